"""The bibliography flow: ask what became of the studies behind our findings, and keep the answers with their day."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.bibliography_round import (
    Addresses,
    Asked,
    Services,
    ask_all,
    client_of,
    keep_answers,
    outcome,
)
from flows.code_version import code_version
from flows.configuration import read_configuration
from flows.fetch.bibliography import (
    CROSSREF,
    OPENALEX,
    RETRACTION_WATCH,
    Round,
    ask_crossref,
    ask_openalex,
    ask_retraction_watch,
)
from flows.fetch.client import Client
from warehouse.settings import settings_from_env

KEY = "SKILLWEIGHTS_OPENALEX_KEY"


@task(name="crossref", cache_policy=NO_CACHE)
def crossref_task(client: Client, dois: Sequence[str], url: str) -> Round:
    """Ask Crossref for every DOI."""
    return ask_crossref(client, dois, url)


@task(name="openalex", cache_policy=NO_CACHE)
def openalex_task(client: Client, dois: Sequence[str], key: str, url: str) -> Round:
    """Ask OpenAlex for every DOI."""
    return ask_openalex(client, dois, key, url)


@task(name="retraction-watch", cache_policy=NO_CACHE)
def retraction_watch_task(client: Client, dois: Sequence[str], url: str, rows_before: int) -> Round:
    """Look every DOI up in the Retraction Watch file."""
    return ask_retraction_watch(client, dois, url, rows_before)


@task(name="keep", cache_policy=NO_CACHE)
def keep_task(asked: Asked, rounds: list[Round]) -> list[str]:
    """Store what was answered."""
    return keep_answers(asked, rounds)


@flow(name="bibliography", persist_result=False, validate_parameters=True)
def bibliography(
    crossref_url: str | None = None,
    openalex_url: str | None = None,
    retraction_watch_url: str | None = None,
) -> dict[str, Any]:
    """Ask Crossref, OpenAlex and Retraction Watch for every DOI of config/studies and store the answers.

    Without addresses the services' own are asked. The next night uses the answers; this flow makes no
    release. Returns dois, answers, changes and faults. A
    service that fails keeps its earlier answers; where none answers, nothing is changed and FetchFault is
    raised. OpenAlex is asked only with a key in SKILLWEIGHTS_OPENALEX_KEY.
    """
    settings = settings_from_env(os.environ)
    configuration = read_configuration()
    asked = Asked(settings, configuration, datetime.now(UTC), code_version())
    urls = Addresses(
        crossref_url or CROSSREF, openalex_url or OPENALEX, retraction_watch_url or RETRACTION_WATCH
    )
    services = Services(crossref_task, openalex_task, retraction_watch_task)
    with client_of(settings) as client:
        rounds = ask_all(asked, client, urls, os.environ.get(KEY), services, _say)
    result = outcome(asked, rounds, keep_task(asked, rounds))
    _artifact(result)
    return result


def _artifact(result: dict[str, Any]) -> None:
    lines = [f"# Bibliography: {result['answers']} answers on {result['dois']} DOIs", ""]
    lines += [f"- {line}" for line in (*result["changes"], *result["faults"])]
    create_markdown_artifact("\n".join(lines) + "\n", key="bibliography", description="What services said")


def _say(line: str) -> None:
    print(f"skillweights: {line}", file=sys.stderr, flush=True)
