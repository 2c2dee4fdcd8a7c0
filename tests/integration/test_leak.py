"""What adverts say of persons leaves by no way: not in a release, nor in what a night and explain print."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.explain import explain
from tests.nights import release_folder, run_night, write_drop
from warehouse.settings import Settings

PLANTS = (
    "maren.oduya@example.org",
    "maren.oduya",
    "Oduya",
    "+44 20 7946 0123",
    "7946 0123",
    "207-555-0133",
    "tobias at example dot org",
    "Tobias Quent",
    "Quent",
)
"""An address, telephone numbers and names, and parts of them long enough to tell a person by."""
N_EMPLOYERS = 80


def adverts() -> bytes:
    """Enough adverts of one role for its shares to be published, with persons wherever a source may put them."""
    rows = []
    for number in range(
        N_EMPLOYERS
    ):  # one each: adverts of one employer that differ in a number are one family
        employer = f"Firm {number} of Oduya"
        asked = "Python and PostgreSQL" if number % 2 else "PostgreSQL"
        rows.append(
            {
                "id": f"maren.oduya@example.org/{number}",
                "title": f"Backend Engineer {number} (call Tobias Quent, 207-555-0133)",
                "company": employer,
                "location": "Lyon, ask Maren Oduya",
                "description": f"Requirements: {asked} are what we ask for in this job. You will build services "
                f"for our team number {number}. Contact Maren Oduya, maren.oduya@example.org, +44 20 7946 0123, or "
                "tobias at example dot org. Salary: Quent decides.",
                "date_posted": "2026-05-01",
                "salary": "ask Tobias Quent",
                "seniority": "Quent",
                "employment_type": "Oduya",
                "industry": "Oduya",
            }
        )
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("leak")
    drop = write_drop(folder / "drop", {"adverts.jsonl": adverts()})
    return folder / "home", run_night(folder / "home", drop)


def strings(folder: Path) -> Iterator[tuple[str, str]]:
    """Every string of a release with where it stands: values of each column of each table, texts of each file."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".parquet":
            for column in pq.read_table(path).itercolumns():
                for value in pa.concat_arrays(column.chunks).to_pylist() if column.num_chunks else ():
                    if value is not None:
                        yield name, str(value)
        elif path.is_file():
            yield name, path.read_text(encoding="utf-8", errors="replace")
        yield name, name


@pytest.mark.slow
def test_no_person_leaves_in_a_release(night: tuple[Path, dict[str, Any]]) -> None:
    folder = release_folder(night[0])
    found = list(strings(folder))
    assert any("PostgreSQL" in text for _, text in found), "the adverts were not read: nothing could leak"
    leaks = {(name, plant) for name, text in found for plant in PLANTS if plant.lower() in text.lower()}
    assert leaks == set()


@pytest.mark.slow
def test_shares_of_those_adverts_are_published(night: tuple[Path, dict[str, Any]]) -> None:
    table = pq.read_table(release_folder(night[0]) / "tables" / "metric_value.parquet").to_pylist()
    shares = {(row["occupation"], row["skill"]) for row in table if row["value"] is not None}
    assert ("backend-developer", "python") in shares


@pytest.mark.slow
def test_no_person_is_told_by_what_a_night_and_explain_print(night: tuple[Path, dict[str, Any]]) -> None:
    home, result = night
    told = json.dumps(result, default=str) + explain(
        Settings(home=home, threads=1), "backend-developer", "python", period=None, n_postings=5
    )
    assert "characters" in told
    assert [plant for plant in PLANTS if plant.lower() in told.lower()] == []
