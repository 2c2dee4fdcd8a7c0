"""One round of questions to bibliographic services: whom to ask, what their answers change, what is kept."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any

from flows.configuration import Configuration
from flows.evidence import study_dois
from flows.fetch.bibliography import Round, ask_crossref, ask_openalex, ask_retraction_watch
from flows.fetch.client import PROJECT, Client
from flows.fetch.fault import FetchFault
from flows.night import InputFault, Progress
from transforms.evidence.record import Record
from warehouse.bibliography import land_answer, read_checks, store_checks, watch_rows
from warehouse.connection import open_warehouse
from warehouse.runs import end_run, start_run
from warehouse.settings import CONTACT, Settings

Row = dict[str, Any]
SAID = ("known", "retracted", "concern", "corrected", "published_as")
"""Fields of an answer that a change of is news."""

LANDED_MAX_BYTES = 1 << 20
"""Larger answers (the Retraction Watch file) are known by their hash and not kept: 60 MB a day would pile up."""


@dataclass(frozen=True)
class Asked:
    """What a round is given."""

    settings: Settings
    configuration: Configuration
    started_at: datetime
    code_version: str


def asked_dois(configuration: Configuration) -> list[str]:
    """Every DOI of the registry, once, sorted."""
    return sorted(set(study_dois(configuration).values()))


def client_of(settings: Settings) -> Client:
    """The client under the contact of the settings. Raises InputFault without one: services ask for it."""
    if not settings.contact:
        raise InputFault([f"services ask who is asking: export {CONTACT}=you@example.org (or your web page)"])
    return Client(settings.contact, version=version(PROJECT))


@dataclass(frozen=True)
class Addresses:
    """Where each service is asked."""

    crossref: str
    openalex: str
    retraction_watch: str


@dataclass(frozen=True)
class Services:
    """How each service is asked: the plain functions, or tasks around them."""

    crossref: Callable[[Client, Sequence[str], str], Round] = ask_crossref
    openalex: Callable[[Client, Sequence[str], str, str], Round] = ask_openalex
    retraction_watch: Callable[[Client, Sequence[str], str, int], Round] = ask_retraction_watch


def ask_all(
    asked: Asked, client: Client, urls: Addresses, key: str | None, services: Services, say: Progress
) -> list[Round]:
    """One service after the other about every DOI; OpenAlex only with a ``key``."""
    dois = asked_dois(asked.configuration)
    say(f"crossref: {len(dois)} DOIs")
    rounds = [services.crossref(client, dois, urls.crossref)]
    if key:
        say(f"openalex: {len(dois)} DOIs")
        rounds.append(services.openalex(client, dois, key, urls.openalex))
    say("retraction_watch: its file")
    rounds.append(services.retraction_watch(client, dois, urls.retraction_watch, watch_rows(asked.settings)))
    return rounds


def keep_answers(asked: Asked, rounds: list[Round]) -> list[str]:
    """Store the answers beside those of services that gave none; returns a line per change.

    Raises FetchFault where nobody answered; then nothing is changed. Raises SecondWriter.
    """
    if not any(found.records for found in rounds):
        faults = "\n".join(fault for found in rounds for fault in found.faults)
        raise FetchFault(
            f"no service answered; nothing was changed, and the next night goes by the earlier answers:\n{faults}"
        )
    before = {(row["doi"], row["told_by"]): row for row in read_checks(asked.settings)}
    wanted = set(asked_dois(asked.configuration))
    rows = {key: row for key, row in before.items() if row["doi"] in wanted}
    for found in rounds:
        for record, body in found.records:
            key = (record.doi, found.told_by)
            rows[key] = _row(asked, record, found.told_by, body, before.get(key))
    changes = [line for key, row in sorted(rows.items()) for line in _news(row, before.get(key))]
    n_rows = next((found.n_rows for found in rounds if found.n_rows is not None), None)
    _store(asked, list(rows.values()), changes, n_rows)
    return changes


def outcome(asked: Asked, rounds: list[Round], changes: list[str]) -> Row:
    """What a round came to, for the command line and the artifact."""
    faults = [fault for found in rounds for fault in found.faults]
    without_key = "openalex" not in {found.told_by for found in rounds}
    notes = ["openalex was not asked: no key in SKILLWEIGHTS_OPENALEX_KEY"] if without_key else []
    return {
        "dois": len(asked_dois(asked.configuration)),
        "answers": sum(len(found.records) for found in rounds),
        "changes": changes,
        "faults": faults,
        "notes": notes,
    }


def _row(asked: Asked, record: Record, told_by: str, body: bytes, before: Row | None) -> Row:
    today = asked.started_at.astimezone(UTC).date()
    said = asdict(record)
    row = {
        "doi": record.doi,
        "told_by": told_by,
        "record_title": said.pop("title"),
        "record_year": said.pop("year"),
        "checked_on": today,
        "told_since": today,
        "answer_sha256": land_answer(asked.settings, body, keep=len(body) <= LANDED_MAX_BYTES),
    } | {name: value for name, value in said.items() if name != "doi"}
    same = before is not None and all(before[name] == row[name] for name in row if name not in _TIMES)
    return row | {"told_since": _earlier(before["told_since"], today) if before and same else today}


_TIMES = ("checked_on", "told_since", "answer_sha256")


def _earlier(one: date, other: date) -> date:
    return min(one, other)  # a clock that was set back must not make an answer newer than its check


def _news(row: Row, before: Row | None) -> list[str]:
    """Retractions and the like that are new, and whatever else a service says differently than before."""
    where = f"{row['doi']}: {row['told_by']}"
    if before is None:
        said = [name for name in ("retracted", "concern", "corrected") if row[name]]
        return [f"{where} says {', '.join(said)}"] if said else []
    return [
        f"{where} says {name} {row[name]}, said {before[name]}" for name in SAID if row[name] != before[name]
    ]


def _store(asked: Asked, rows: list[Row], changes: list[str], n_rows: int | None) -> None:
    started_at = asked.started_at
    run_id = f"{started_at:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
    with open_warehouse(asked.settings, now=started_at) as warehouse:
        start_run(
            warehouse,
            run_id=run_id,
            flow="bibliography",
            parameters={},
            code_version=asked.code_version,
            config_sha256=asked.configuration.sha256,
            started_at=started_at,
        )
        store_checks(warehouse, rows, watch_rows=n_rows)
        end_run(
            warehouse,
            run_id,
            run_state="completed",
            ended_at=datetime.now(UTC),
            report={"checks": len(rows), "changes": changes},
        )
