"""Asking bibliographic services: what is kept, what is news, and that a silent service changes nothing."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.bibliography_round import client_of
from flows.fetch.fault import FetchFault
from flows.night import InputFault
from tests.bibliographies import WORKS, run_bibliography, sound
from tests.fake_services import FakeServices, Reply, fake_services, retracted_by
from tests.nights import small_configuration
from warehouse.bibliography import read_checks, restore_checks, store_checks
from warehouse.connection import open_warehouse
from warehouse.landing import LandingFault, read_landed
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

FIRST = "10.1000/first"


@pytest.fixture
def services() -> Iterator[FakeServices]:
    with fake_services() as running:
        sound(running)
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def table(home: Path) -> list[dict[str, Any]]:
    with open_warehouse(Settings(home, threads=1), read_only=True) as warehouse:
        return list(warehouse.arrow("SELECT * FROM meta_bibliography ORDER BY doi, told_by").to_pylist())


def told(home: Path, doi: str, service: str = "crossref") -> dict[str, Any]:
    return next(row for row in table(home) if (row["doi"], row["told_by"]) == (doi, service))


def retract(services: FakeServices, kind: str = "retraction") -> None:
    services.works(WORKS[FIRST] | retracted_by("10.1000/notice", kind))


def test_answers_are_kept_with_day_title_year_and_the_bytes_they_were_read_from(
    home: Path, services: FakeServices
) -> None:
    result = run_bibliography(home, services, key="k")
    assert (result["dois"], result["answers"], result["changes"], result["faults"]) == (3, 9, [], [])
    assert len(table(home)) == 9
    row = told(home, FIRST)
    assert (row["known"], row["record_title"], row["record_year"]) == (True, "Invented audit number 0", 2000)
    assert row["checked_on"] == row["told_since"]
    body = read_landed(Settings(home, threads=1), row["answer_sha256"])
    assert json.loads(body)["message"]["DOI"] == FIRST
    assert not told(home, FIRST, "retraction_watch")["known"]
    assert {query.split("api_key=")[1] for query, _ in services.asked if "api_key" in query} == {"k"}


def test_without_a_key_openalex_is_not_asked_and_that_is_told(home: Path, services: FakeServices) -> None:
    result = run_bibliography(home, services)
    assert result["answers"] == 6
    assert result["notes"] == ["openalex was not asked: no key in SKILLWEIGHTS_OPENALEX_KEY"]


def test_news_are_told_and_dated(home: Path, services: FakeServices) -> None:
    run_bibliography(home, services)
    before = told(home, FIRST)
    retract(services)
    changes = run_bibliography(home, services)["changes"]
    assert changes == [f"{FIRST}: crossref says retracted True, said False"]
    row = told(home, FIRST)
    assert (row["retracted"], row["notice_doi"]) == (True, "10.1000/notice")
    assert row["told_since"] >= before["told_since"]
    services.works(WORKS[FIRST])
    assert run_bibliography(home, services)["changes"] == [
        f"{FIRST}: crossref says retracted False, said True"
    ]


def test_the_same_answer_keeps_its_first_day(home: Path, services: FakeServices) -> None:
    run_bibliography(home, services)
    settings = Settings(home, threads=1)
    earlier = [row | {"told_since": date(2020, 1, 1)} for row in read_checks(settings)]
    with open_warehouse(settings) as warehouse:
        store_checks(warehouse, earlier)
    services.works(WORKS[FIRST] | {"is-referenced-by-count": 7})
    retract_second = WORKS["10.1000/second"] | retracted_by("10.1000/n")
    services.works(retract_second)
    run_bibliography(home, services)
    assert told(home, FIRST)["told_since"] == date(2020, 1, 1)
    assert told(home, FIRST)["checked_on"] > date(2020, 1, 1)
    assert told(home, "10.1000/second")["told_since"] > date(2020, 1, 1)


def test_nobody_answers_and_nothing_changes(home: Path, services: FakeServices) -> None:
    retract(services)
    run_bibliography(home, services)
    before = (home / "landing/bibliography.json").read_bytes()
    services.replies.clear()
    for path in (*(f"/works/{doi}" for doi in WORKS), "/watch.csv"):
        services.set(path, Reply(503, b"down", "text/plain"))
    with pytest.raises(FetchFault, match="no service answered; nothing was changed") as fault:
        run_bibliography(home, services)
    assert "crossref: " in str(fault.value) and "retraction_watch: " in str(fault.value)
    assert (home / "landing/bibliography.json").read_bytes() == before
    assert told(home, FIRST)["retracted"]


def test_a_service_that_is_down_keeps_its_earlier_answers(home: Path, services: FakeServices) -> None:
    services.watch((FIRST, "Retraction", "1/2/2021 0:00", "10.1000/n"))
    run_bibliography(home, services)
    services.set("/watch.csv", Reply(200, b"<html>moved</html>", "text/html"))
    retract(services, "expression_of_concern")
    result = run_bibliography(home, services)
    [fault] = result["faults"]
    assert fault.startswith("retraction_watch: ") and "status 200, yet text/html" in fault
    assert told(home, FIRST, "retraction_watch")["retracted"]
    assert told(home, FIRST)["concern"]


def test_a_watch_file_that_lost_its_rows_is_not_believed(home: Path, services: FakeServices) -> None:
    many = [(f"10.9999/{n}", "Retraction", "1/2/2021 0:00", "") for n in range(40)]
    services.watch(*many, (FIRST, "Retraction", "1/2/2021 0:00", "10.1000/n"))
    run_bibliography(home, services)
    services.watch()
    result = run_bibliography(home, services)
    assert result["faults"] == ["retraction_watch: the file has 1 rows, it had 42: cut short, not used"]
    assert told(home, FIRST, "retraction_watch")["retracted"]


def test_a_doi_that_fails_is_told_and_the_others_are_kept(home: Path, services: FakeServices) -> None:
    services.set(f"/works/{FIRST}", Reply(200, b'{"status": "ok"}'))
    result = run_bibliography(home, services)
    [fault] = result["faults"]
    assert fault.endswith(f"[{FIRST}]")
    assert ("crossref", FIRST) not in {(row["told_by"], row["doi"]) for row in table(home)}
    assert told(home, "10.1000/second")["known"]


def test_a_doi_crossref_does_not_know_is_kept_as_that(home: Path, services: FakeServices) -> None:
    del services.replies[f"/works/{FIRST}"]
    run_bibliography(home, services)
    row = told(home, FIRST)
    assert (row["known"], row["record_title"], row["retracted"]) == (False, None, False)


def test_a_lost_warehouse_gets_the_answers_back(home: Path, services: FakeServices) -> None:
    retract(services)
    run_bibliography(home, services)
    kept = table(home)
    settings = Settings(home, threads=1)
    settings.warehouse_file.unlink()
    with open_warehouse(settings) as warehouse:
        assert restore_checks(warehouse) == kept
    assert table(home) == kept


def test_a_damaged_record_stops_the_night_instead_of_bringing_findings_back(
    home: Path, services: FakeServices
) -> None:
    retract(services)
    run_bibliography(home, services)
    path = home / "landing/bibliography.json"
    path.write_bytes(path.read_bytes().replace(b'"retracted":true', b'"retracted":false'))
    with (
        open_warehouse(Settings(home, threads=1)) as warehouse,
        pytest.raises(LandingFault, match="skillweights bibliography"),
    ):
        restore_checks(warehouse)


def test_the_run_is_written_down(home: Path, services: FakeServices) -> None:
    run_bibliography(home, services)
    with open_warehouse(Settings(home, threads=1), read_only=True) as warehouse:
        assert warehouse.rows("SELECT flow, run_state FROM meta_run") == [("bibliography", "completed")]


def test_nobody_is_asked_without_a_name(home: Path) -> None:
    with pytest.raises(InputFault, match="export SKILLWEIGHTS_CONTACT="):
        client_of(Settings(home, threads=1))


@pytest.mark.slow
def test_the_flow_itself_asks_keeps_and_tells(
    home: Path, services: FakeServices, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through Prefect's own functions, tasks called as the plain ones they wrap."""
    import flows.bibliography as flow_module

    retract(services)
    for name in ("crossref_task", "openalex_task", "retraction_watch_task", "keep_task"):
        monkeypatch.setattr(flow_module, name, getattr(flow_module, name).fn)
    monkeypatch.setattr(flow_module, "_artifact", lambda result: None)
    monkeypatch.setattr(flow_module, "read_configuration", small_configuration)
    for name, value in (("HOME", str(home)), ("CONTACT", "me@example.org"), ("OPENALEX_KEY", "k")):
        monkeypatch.setenv(f"SKILLWEIGHTS_{name}", value)
    result = flow_module.bibliography.fn(services.base_url, services.base_url, services.watch_url)
    assert (result["answers"], result["faults"]) == (9, [])
    assert result["changes"] == [f"{FIRST}: crossref says retracted"]
    assert "skillweights: crossref: 3 DOIs" in capsys.readouterr().err
