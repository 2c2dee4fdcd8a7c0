"""`skillweights explain-family`: members of a family, what joined them, and never a text."""

import os
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.cli import app
from flows.exit_code import OK, REFUSED
from tests.drawn_families import Posting, build_families
from tests.drawn_tables import DrawnWarehouse, opaque
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

TEXT = " ".join(f"secret{n}" for n in range(60))
POSTINGS = [
    Posting("a", date(2022, 1, 1), None, "acme", "Dev", "Lyon", TEXT),
    Posting("b", date(2022, 2, 1), date(2022, 2, 9), "acme", "Dev", "Lyon", TEXT),
    Posting("c", date(2022, 3, 1), None, "acme", "Dev", "Berlin", TEXT + " more"),
    Posting("d", None, None, "", "", "", "secret", ("data-engineer",)),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("families")
    with open_warehouse(Settings(folder, threads=1, memory_limit="300MB")) as warehouse:
        build_families(DrawnWarehouse(warehouse), POSTINGS)
    return folder


def run(home: Path, wanted: str) -> int:
    with patch.dict(os.environ, {"SKILLWEIGHTS_HOME": str(home), "SKILLWEIGHTS_THREADS": "1"}):
        return int(app(["explain-family", wanted], result_action="return_value") or OK)


def pst(name: str) -> str:
    return opaque("posting_id", name)


def test_each_member_names_what_it_joined_and_why(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`more` adds one shingle to 58: 58 of 59."""
    assert run(home, pst("c")) == OK
    told = capsys.readouterr().out
    family = told.split(":")[0]
    assert told.splitlines()[0] == f"{family}: 3 postings of employer acme, rules near-1"
    assert [line.split()[0] for line in told.splitlines() if line.startswith("  pst_")] == [
        pst("a"),
        pst("b"),
        pst("c"),
    ]
    assert "own: first of the family" in told
    assert f"joined {pst('a')} by exact_text: same employer, title and words, score 1.000" in told
    assert f"joined {pst('a')} by near_text" in told and f"score {58 / 59:.3f}" in told
    assert "forum b  2022-02-01..2022-02-09" in told and "Dev; Berlin" in told
    assert "secret" not in told
    assert run(home, family) == OK
    assert capsys.readouterr().out == told


def test_a_lone_posting_without_title_or_day_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, pst("d")) == OK
    told = capsys.readouterr().out
    assert "1 posting of employer unknown" in told
    assert "no title, roles data-engineer; no place" in told and "no day" in told
    assert "secret" not in told


def test_an_unknown_id_is_refused_with_near_ones(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = pst("a")
    slip = known[:-1] + ("0" if known[-1] != "0" else "1")
    assert run(home, slip) == REFUSED
    assert f"no posting id {slip} in this warehouse; did you mean {known}?" in capsys.readouterr().err
    assert run(home, "fam_0000000000000000") == REFUSED
    assert "no family id fam_0000000000000000" in capsys.readouterr().err
    assert run(home, "backend-developer") == REFUSED
    assert "is no id of a family (fam_...) or of a posting (pst_...)" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wanted", ["fam_\udcff", "fam_é", "pst_" + "0" * 100_000], ids=["bytes", "é", "long"]
)
def test_what_can_be_no_id_is_refused_in_a_line(
    home: Path, capsys: pytest.CaptureFixture[str], wanted: str
) -> None:
    assert run(home, wanted) == REFUSED
    told = capsys.readouterr().err
    assert "that is no id of a family (fam_...) or of a posting (pst_...)" in told
    assert len(told) < 300
