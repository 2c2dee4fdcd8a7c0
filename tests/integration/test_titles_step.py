"""Titles out of adverts, titles to occupations: each distinct title is coded once by each coder."""

import dataclasses
from pathlib import Path

import pyarrow as pa
import pytest

import flows.titles as module
from flows.estimate import estimate
from flows.load import load
from flows.night import Night
from flows.read import build_lexicon, read_postings
from flows.titles import code_coverage, code_posting_titles, report_code_coverage
from schemas.derive import arrow_schema
from schemas.table import all_tables
from tests.nights import counts, landed, night_over, write_drop, write_market
from warehouse.settings import Settings

ONE = b"title,description,posted\nData Engineer,We use Python and Docker.,2026-06-01\n"
TWO = (
    b"title,description,posted\ndata  engineer,You know SQL.,2026-06-02\nSoftware Tester,Tests.,2026-06-02\n"
)
TABLES = ("core_posting_title", "core_title_code")
TAXONOMIES = ("onet/29.2", "esco/", "crosswalk/")


def titles(night: Night, *drops: Path) -> dict[str, int]:
    load(night, landed(night, *drops))
    code_posting_titles(night)
    return counts(night, "titles")


def frames(night: Night) -> dict[str, pa.Table]:
    return {name: night.warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL") for name in TABLES}


def test_distinct_titles_are_coded_once_and_only_new_ones_later(settings: Settings, tmp_path: Path) -> None:
    market = write_market(tmp_path / "m", n_postings=60, only=TAXONOMIES)
    one = write_drop(tmp_path / "a", {"a.csv": ONE})
    two = write_drop(tmp_path / "b", {"b.csv": TWO}, release="2026-07")
    with night_over(settings) as night:
        first = titles(night, market, one)
        assert (first["postings_titled_now"], first["titles"], first["titles_coded_now_esco"]) == (1, 1, 1)
        before = frames(night)
        again = titles(night, market, one)
        assert (again["postings_titled_now"], again["titles_coded_now_esco"]) == (0, 0)
        assert {name: frame.equals(before[name]) for name, frame in frames(night).items()} == dict.fromkeys(
            TABLES, True
        )
        grown = titles(night, market, one, two)
        assert (grown["postings_titled_now"], grown["titles"], grown["titles_coded_now_onet"]) == (2, 2, 1)
        best = night.warehouse.rows(
            "SELECT title_text, candidate_label, code_rule FROM core_title_code "
            "WHERE scheme = 'esco' AND code_rank = 1 ORDER BY title_text"
        )
    assert best == [
        ("data engineer", "data engineer", "exact_title"),
        ("software tester", "software tester", "exact_title"),
    ]


@pytest.mark.slow
def test_another_coder_codes_everything_again_and_leaves_no_old_row(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = write_market(tmp_path / "m", n_postings=60, only=TAXONOMIES)
    one = write_drop(tmp_path / "a", {"a.csv": ONE})
    with night_over(settings) as night:
        titles(night, market, one)
        monkeypatch.setattr(module, "coder_code_version", lambda: "0" * 64)
        assert titles(night, market, one)["titles_coded_now_onet"] == 1
        versions = night.warehouse.rows(
            "SELECT scheme, count(DISTINCT coder_version) FROM core_title_code GROUP BY ALL"
        )
        assert sorted(versions) == [("esco", 1), ("isco", 1), ("onet-soc", 1)]
        monkeypatch.setattr(module, "title_code_version", lambda: "0" * 64)
        assert titles(night, market, one)["postings_titled_now"] == 1


@pytest.mark.slow
def test_a_taxonomy_that_is_not_offered_any_more_leaves_no_codes(settings: Settings, tmp_path: Path) -> None:
    market = write_market(tmp_path / "m", n_postings=60, only=TAXONOMIES)
    onet = write_market(tmp_path / "o", n_postings=60, only=("onet/29.2",))
    one = write_drop(tmp_path / "a", {"a.csv": ONE})
    with night_over(settings) as night:
        titles(night, market, one)
        titles(night, onet, one)
        assert night.warehouse.rows("SELECT DISTINCT scheme FROM core_title_code") == [("onet-soc",)]
        titles(night, one)
        assert night.warehouse.rows("SELECT * FROM core_title_code") == []


@pytest.mark.slow
def test_codes_reach_postings_and_the_report(settings: Settings, tmp_path: Path) -> None:
    market = write_market(tmp_path / "m", n_postings=60, only=TAXONOMIES)
    drop = write_drop(tmp_path / "a", {"a.csv": ONE, "b.csv": TWO})
    with night_over(settings) as night:
        titles(night, market, drop)
        build_lexicon(night)
        version = read_postings(night)
        previous = arrow_schema(all_tables()["core_published_cell"]).empty_table()
        estimate(night, reader_version=version, previous=previous)
        coverage = code_coverage(night)
        report_code_coverage(night)
        report = counts(night, "codes")
    assert (coverage["postings_coded_esco"], coverage["postings_coded_isco"]) == (3, 3)
    assert 0 < coverage["postings_coded_esco_80"] <= coverage["postings_coded_esco_50"] <= 3
    assert (report["postings"], report["postings_coded_esco_share"]) == (3, 1.0)


@pytest.mark.slow
def test_worker_processes_code_what_one_process_codes(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = write_market(tmp_path / "m", n_postings=240, only=(*TAXONOMIES, "postings/synthetic_board"))
    with night_over(settings) as night:
        titles(night, market)
        alone = frames(night)
        for name in TABLES:
            night.warehouse.run(f"DELETE FROM {name}")
        monkeypatch.setattr(module, "SERIAL_BELOW", 0)
        monkeypatch.setattr(module, "TITLES_PER_BATCH", 7)
        titles(dataclasses.replace(night, settings=dataclasses.replace(settings, threads=2)), market)
        for name, frame in frames(night).items():
            assert frame.equals(alone[name]), name
