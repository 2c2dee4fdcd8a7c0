"""The night: drop folders in, a verified release out. Prefect keeps order, retries and the record of it."""

import os
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from flows.code_version import code_version
from flows.configuration import read_configuration
from flows.embedded import embedded_drops
from flows.estimate import Estimated, estimate
from flows.evidence import checks_key, evidence, require_registry, stored_checks
from flows.land import land
from flows.load import load
from flows.night import InputFault, Night, OfferedFile, Report, Request
from flows.period import parse_day, parse_period
from flows.read import build_lexicon, read_postings
from flows.release import keep, kept_release, mirrors, night_key, previous_clusters, previous_mask, release
from flows.report import markdown, quarantine_rows
from flows.titles import code_posting_titles, report_code_coverage
from transforms.evidence.registry import Evidence
from warehouse.connection import open_warehouse
from warehouse.load import replace_partition
from warehouse.runs import end_run, start_run
from warehouse.settings import settings_from_env

Given = TypeVar("Given")


def unsearched(given: Given) -> Given:
    """The same for a task, but Prefect does not walk through it in search of results of other tasks.

    Left to it, the walk through frames, registry and configuration took a fifth of an embedded night.
    """
    return cast(Given, quote(given))


def _can_pass(error: BaseException | None) -> bool:
    """Disks and networks may work a moment later; refused input never does."""
    return isinstance(error, OSError) and not isinstance(error, FileNotFoundError | PermissionError)


def _retry(_task: object, _run: object, state: Any) -> bool:
    error = state.result(raise_on_failure=False)
    return _can_pass(error if isinstance(error, BaseException) else None)


@task(name="land", retries=2, retry_delay_seconds=[2, 10], retry_condition_fn=_retry, cache_policy=NO_CACHE)
def land_task(settings: Any, drops: list[Path], report: Report) -> list[OfferedFile]:
    """Land every file of the drops."""
    return land(settings, drops, report)


@task(name="load", cache_policy=NO_CACHE)
def load_task(night: Night, offered: list[OfferedFile]) -> None:
    """Fill the raw tables."""
    load(night, offered)


@task(name="read", cache_policy=NO_CACHE)
def read_task(night: Night) -> tuple[dict[str, str], str]:
    """Build the lexicon, read the postings; taxonomy releases and reader version."""
    taxonomy = build_lexicon(night)
    return taxonomy, read_postings(night)


@task(name="titles", cache_policy=NO_CACHE)
def titles_task(night: Night) -> None:
    """Code the titles of the postings."""
    code_posting_titles(night)


@task(name="estimate", cache_policy=NO_CACHE)
def estimate_task(night: Night, reader_version: str, previous: Any) -> Estimated:
    """Count and estimate."""
    return estimate(night, reader_version=reader_version, previous=previous)


@task(name="evidence", cache_policy=NO_CACHE)
def evidence_task(night: Night, estimated: Estimated, checks: list[dict[str, Any]]) -> Evidence:
    """Build the evidence registry's tables."""
    return evidence(night, estimated, checks)


@task(name="release", cache_policy=NO_CACHE)
def release_task(
    night: Night,
    offered: list[OfferedFile],
    estimated: Estimated,
    found: Evidence,
    key: str,
    taxonomy: dict[str, str],
    previous: str | None,
) -> str:
    """Write, verify and publish."""
    return release(night, offered, estimated, found, key=key, taxonomy=taxonomy, previous=previous)


@flow(name="nightly", persist_result=False, validate_parameters=True)
def nightly(
    drops: list[str] | None = None, as_of: str | None = None, periods: list[str] | None = None
) -> dict[str, Any]:
    """Drop folders to a verified release; without drops, the embedded synthetic market.

    ``as_of`` is a day (2026-11-22), ``periods`` are FROM..TO (2018-01..2022-12). Returns run_id,
    data_version, releases folder, report steps and warnings. Raises what the steps raise; a failed
    night never moves ``latest.json``.
    """
    settings = settings_from_env(os.environ)
    request = Request(
        as_of=parse_day(as_of) if as_of else None,
        periods=tuple(parse_period(period) for period in periods or []),
    )
    configuration = read_configuration()
    require_registry(configuration)
    started_at = datetime.now(UTC)
    began = time.monotonic()
    report = Report([], [], lambda: time.monotonic() - began)
    folders = [Path(drop).expanduser() for drop in drops] if drops else embedded_drops(settings)
    with open_warehouse(settings, now=started_at) as warehouse:
        night = Night(
            settings=settings,
            warehouse=warehouse,
            configuration=configuration,
            request=request,
            run_id=f"{started_at:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}",
            started_at=started_at,
            code_version=code_version(),
            progress=_say,
            report=report,
        )
        _open_run(night, [str(folder) for folder in folders])
        try:
            data_version = _night(night, folders)
        except BaseException as error:
            end_run(
                warehouse,
                night.run_id,
                run_state="failed",
                ended_at=datetime.now(UTC),
                report={"error": type(error).__name__, "steps": report.steps, "warnings": report.warnings},
            )
            raise
        _artifacts(night, data_version)
        return {
            "run_id": night.run_id,
            "data_version": data_version,
            "releases": str(settings.releases / "v1"),
            "steps": report.steps,
            "warnings": report.warnings,
        }


def _open_run(night: Night, folders: list[str]) -> None:
    if night.warehouse.rebuilt:
        night.report.warnings.append(
            "declarations changed, rebuilt from landing: " + ", ".join(night.warehouse.rebuilt)
        )
    killed = start_run(
        night.warehouse,
        run_id=night.run_id,
        flow="nightly",
        parameters={
            "drops": folders,
            "as_of": str(night.request.as_of),
            "periods": [f"{s}..{e}" for s, e in night.request.periods],
        },
        code_version=night.code_version,
        config_sha256=night.configuration.sha256,
        started_at=night.started_at,
    )
    night.report.warnings += [
        f"run {run} was killed before it ended; this run goes on from there" for run in killed
    ]


def _night(night: Night, folders: list[Path]) -> str:
    offered = land_task(unsearched(night.settings), folders, unsearched(night.report))
    checks = stored_checks(night)
    key = night_key(night, offered, checks_key(checks))
    kept = kept_release(night, key)
    if kept is None or not mirrors(night, key):
        synthetic = any(file.manifest.synthetic for file in offered)
        load_task(unsearched(night), unsearched(offered))
        taxonomy, reader_version = read_task(unsearched(night))
        titles_task(unsearched(night))
        previous, mask = previous_mask(night, synthetic=synthetic, kept=kept)
        lent = previous_clusters(night, previous)
        replace_partition(night.warehouse, "core_published_cluster", lent, where={})
        estimated = estimate_task(unsearched(night), reader_version, unsearched(mask))
        report_code_coverage(night)
        found = evidence_task(unsearched(night), unsearched(estimated), unsearched(checks))
        if kept is None:
            data_version = release_task(
                unsearched(night),
                unsearched(offered),
                unsearched(estimated),
                unsearched(found),
                key,
                taxonomy,
                previous,
            )
    if kept is not None:
        data_version = keep(night, kept)
    end_run(
        night.warehouse,
        night.run_id,
        run_state="completed",
        ended_at=datetime.now(UTC),
        data_version=data_version,
        night_key=key,
        report={"steps": night.report.steps, "warnings": night.report.warnings},
    )
    return data_version


def _artifacts(night: Night, data_version: str) -> None:
    create_markdown_artifact(
        markdown(night, data_version), key="run-report", description="What the night did"
    )
    create_table_artifact(quarantine_rows(night), key="quarantine", description="What the night refused")


def _say(line: str) -> None:
    print(f"skillweights: {line}", file=sys.stderr, flush=True)


__all__ = ["InputFault", "nightly"]
