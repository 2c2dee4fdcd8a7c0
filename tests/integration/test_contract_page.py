"""The page for consumers shows queries that run and names what a release holds."""

import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from exports.canonical import read_sealed
from schemas.vocabulary import REASONS, STATUSES
from tests.drawn_release import published

PAGE = (Path(__file__).parents[2] / "docs" / "contract.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("home"))


@pytest.mark.slow
def test_the_query_for_duckdb_runs(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    [query] = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    connection = duckdb.connect()
    for statement in connection.extract_statements(query):
        rows = connection.execute(statement.query).fetchall()
    connection.close()
    shares = [row[1] for row in rows]
    assert shares and shares == sorted(shares, reverse=True)


@pytest.mark.slow
def test_the_checksums_are_those_of_sha256sum(root: Path) -> None:
    [release] = (root / "releases").iterdir()
    done = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=release, check=False)
    assert done.returncode == 0


@pytest.mark.slow
def test_every_field_of_the_manifest_is_on_the_page(root: Path) -> None:
    [release] = (root / "releases").iterdir()
    later = {"format_version", "dataset", "deprecations", "doi", "signature", "next_expected_at"}
    fields = set(read_sealed((release / "manifest.json").read_bytes()))
    assert {name for name in fields - later if f"`{name}`" not in PAGE} == set()


def test_statuses_and_reasons_on_the_page_are_the_declared_ones() -> None:
    table = PAGE.split("## A number")[1].split("##")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == list(STATUSES)
    reasons = re.findall(r"`(\w+)`", re.findall(r"today's tables use(.*?)\. Treat", table, re.DOTALL)[0])
    assert set(reasons) <= set(REASONS)
