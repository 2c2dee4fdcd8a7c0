"""The command line: help that teaches, exit codes that mean something, numbers taken apart."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.cli import app
from flows.exit_code import FAILED, OK, REFUSED
from tests.nights import SMALL, release_folder, run_night, write_market
from transforms.synthetic_roles import ROLES

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(name for name in app if not name.startswith("-"))


def run(home: Path, *arguments: str) -> int:
    """Exit code of a command that needs no Prefect, in this process."""
    with patch.dict(os.environ, {"SKILLWEIGHTS_HOME": str(home), "SKILLWEIGHTS_THREADS": "1"}):
        return int(app(list(arguments), result_action="return_value") or OK)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    app([command, "--help"], result_action="return_value")
    told = capsys.readouterr().out
    assert f"Example: skillweights {command}" in " ".join(told.split())


def test_the_help_says_what_the_exit_codes_mean(capsys: pytest.CaptureFixture[str]) -> None:
    app(["--help"], result_action="return_value")
    told = " ".join(capsys.readouterr().out.split())
    assert [command for command in COMMANDS if command not in told] == []
    assert "0 done" in told
    assert "3 the warehouse is in use" in told


@pytest.mark.slow
def test_an_unknown_command_or_option_is_refused_with_words() -> None:
    for arguments in (["nightli"], ["nightly", "--drops", "x"], ["verify"]):
        done = subprocess.run(
            [sys.executable, "-c", "from flows.cli import main; main()", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode != 0, arguments
        assert "Traceback" not in done.stderr + done.stdout


def test_explain_and_replay_without_a_warehouse_say_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["explain", "backend-developer", "docker"], ["replay", "--list-only"]):
        assert run(tmp_path, *arguments) == REFUSED
        assert "make one with: skillweights nightly" in capsys.readouterr().err


def test_verify_of_what_is_no_release_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "verify", str(tmp_path)) == FAILED
    assert "is neither a v1 root" in capsys.readouterr().out
    assert run(tmp_path, "verify", str(tmp_path / "nowhere")) == REFUSED
    assert "is no folder" in capsys.readouterr().err


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    drops = write_market(tmp_path_factory.mktemp("drops"), n_postings=900, only=SMALL)
    run_night(folder, drops, periods=("2026-01..2026-06",))
    return folder


def shown(home: Path, slug: str) -> dict[str, dict[str, object]]:
    """Skills of an occupation as its page shows them, by slug."""
    import pyarrow.parquet as pq

    rows = pq.read_table(release_folder(home) / "tables/metric_value.parquet").to_pylist()
    return {
        row["skill"]: row
        for row in rows
        if (row["occupation"], row["metric"]) == (slug, "posting_share")
        and (row["source_group"], row["geo"]) == ("all", "all")
        and str(row["period_end"]) == "2026-06-30"
        and str(row["period_start"]) == "2025-07-01"
    }


@pytest.mark.slow
def test_explain_takes_a_number_apart(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = shown(home, "backend-developer")
    row = next(row for row in rows.values() if row["skill"] == "python")
    assert row["status"] in ("ok", "low_reliability"), row
    assert run(home, "explain", "backend-developer", "python", "--postings", "2") == OK
    told = capsys.readouterr().out
    assert f"posting_share, 2025-07-01 to 2026-06-30: {row['value']:.6f}   status {row['status']}" in told
    assert f"= {row['n_numerator']} families that ask for it / {row['n_denominator']} families" in told
    assert f"interval {row['ci_low']} to {row['ci_high']}: Clopper-Pearson at an effective n of" in told
    assert f"an effective n of {row['n_effective']:.6f}" in told
    assert f"employers asking for it {row['n_employers']}" in told
    assert (
        f"method {row['method_version']}, as of 2026-06-30, sources synthetic_agency, synthetic_board" in told
    )
    assert "posting_share, 2026-01-01 to 2026-06-30" in told
    default = told[: told.index("posting_share, 2026-01-01")]
    postings = re.findall(
        r"(pst_[0-9a-f]{16})  synthetic_\w+ (S[AB]-\d{6})  (\d{4}-\d\d-\d\d)  characters (\d+)-(\d+)  section",
        default,
    )
    assert len({posting for posting, *_ in postings}) == 2
    assert all(int(start) < int(end) for *_, start, end in postings)
    manifest = json.loads((release_folder(home) / "manifest.json").read_bytes())
    assert f"release {manifest['data_version']}, run " in told
    assert re.search(r"synthetic_onet 29\.2: \d+ rows, 1 files, sha256 [0-9a-f]{64}", told)


@pytest.mark.slow
def test_single_sources_and_employers_are_told_inside_only(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A source is a part of the total: the release withholds it where it is small, or another part is."""
    row = next(row for row in shown(home, "backend-developer").values() if row["skill"] == "python")
    arguments = ("explain", "backend-developer", "python", "--period", "2025-07..2026-06", "--postings", "90")
    assert run(home, *arguments) == OK
    told = capsys.readouterr().out
    assert not re.search(r"\d+ postings in \d+ families|largest employer", told)
    assert len(set(re.findall(r"pst_[0-9a-f]{16}", told))) == 5
    assert run(home, *arguments, "--internal") == OK
    told = capsys.readouterr().out
    families = re.findall(r"synthetic_(?:agency|board): \d+ postings in (\d+) families", told)
    assert sum(map(int, families)) == row["n_numerator"]
    assert len(set(re.findall(r"pst_[0-9a-f]{16}", told))) > 5
    assert "INTERNAL: largest employer holds " in told


@pytest.mark.slow
def test_the_offsets_that_explain_tells_are_those_of_the_word(home: Path) -> None:
    from transforms.text import clean
    from warehouse.connection import open_warehouse
    from warehouse.settings import Settings

    with open_warehouse(Settings(home, threads=1), read_only=True) as warehouse:
        rows = warehouse.rows(
            "SELECT raw_posting.text, raw_posting.text_format, start_offset, end_offset FROM core_mention "
            "JOIN core_skill USING (skill_id) JOIN raw_posting USING (posting_version) "
            "WHERE skill = 'python' AND accepted ORDER BY ALL LIMIT 50"
        )
    assert len(rows) == 50
    assert {clean(text, kind)[start:end].lower() for text, kind, start, end in rows} <= {"python", "python3"}


@pytest.mark.slow
def test_explain_of_one_period_tells_that_period_alone(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "explain", "backend-developer", "python", "--period", "2026-01..2026-06") == OK
    told = capsys.readouterr().out
    assert told.count("posting_share, ") == 1
    assert "posting_share, 2026-01-01 to 2026-06-30" in told
    assert run(home, "explain", "backend-developer", "python", "--period", "2020-01..2020-06") == REFUSED
    assert (
        "estimated are the periods 2025-07-01..2026-06-30, 2026-01-01..2026-06-30" in capsys.readouterr().err
    )
    assert run(home, "explain", "backend-developer", "python", "--period", "2020") == REFUSED
    assert "write FROM..TO" in capsys.readouterr().err


@pytest.mark.slow
def test_a_withheld_number_is_told_without_counts_unless_internal(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [skill, *_] = sorted(
        skill for skill, row in shown(home, "designer").items() if row["status"] == "suppressed"
    )
    assert run(home, "explain", "designer", skill) == OK
    told = capsys.readouterr().out
    assert "no number   status suppressed, reason " in told
    assert not re.search(r"families that ask|interval|employers asking|postings in|pst_", told)
    assert run(home, "explain", "designer", skill, "--internal") == OK
    inside = capsys.readouterr().out
    assert "INTERNAL: withheld from every release" in inside
    assert re.search(r"= \d+ families that ask for it / \d+ families", inside)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("occupation", "skill", "told"),
    [
        (
            "backend-develper",
            "python",
            "no occupation 'backend-develper' in the warehouse; did you mean backend-",
        ),
        ("backend-developer", "pyton", "no skill 'pyton' in the warehouse; did you mean python"),
        ("backend-developer", "zzzzzz", "no skill 'zzzzzz' in the warehouse"),
    ],
)
def test_an_unknown_slug_is_refused_with_near_ones(
    home: Path, capsys: pytest.CaptureFixture[str], occupation: str, skill: str, told: str
) -> None:
    assert run(home, "explain", occupation, skill) == REFUSED
    assert f"refused: {told}" in capsys.readouterr().err


@pytest.mark.slow
def test_every_role_of_the_market_can_be_explained(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for role in ROLES:
        if role != "other":
            assert run(home, "explain", role, "docker") == OK, role
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.slow
def test_verify_prints_that_all_is_well(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "verify", str(home / "releases/v1")) == OK
    assert capsys.readouterr().out == f"{home / 'releases/v1'}: verified, no fault\n"


@pytest.mark.slow
def test_replay_lists_and_changes_nothing_when_asked_to_list(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "replay", "--list-only") == OK
    told = capsys.readouterr().out
    assert "synthetic_board  raw_posting  row_rejected  cell_count" in told
    assert "will be loaded again" not in told
    assert run(home, "replay", "--list-only", "--source", "nobody") == OK
    assert "nothing is in quarantine from nobody" in capsys.readouterr().out
