"""From study files to a release: what every release carries, and what a retraction does to the next one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from exports.verify import verify
from flows.configuration import read_configuration
from flows.evidence import require_registry
from tests.bibliographies import WORKS, run_bibliography, sound
from tests.drawn_evidence import FILES
from tests.fake_services import FakeServices, fake_services, retracted_by
from tests.nights import SMALL, release_folder, run_night, small_configuration, step, write_market
from transforms.evidence.fault import EvidenceFault

TABLES = (
    "finding",
    "finding_link",
    "finding_removed",
    "claim",
    "synthesis",
    "cohort",
    "search_log",
    "instrument_reliability",
)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_market(tmp_path_factory.mktemp("drops"), n_postings=240, only=SMALL)


@pytest.fixture
def services() -> Iterator[FakeServices]:
    with fake_services() as running:
        sound(running)
        yield running


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return list(pq.read_table(folder / f"tables/{table}.parquet").to_pylist())


def ids(folder: Path, table: str = "finding") -> set[str]:
    return {row["finding_id"] for row in rows(folder, table)}


def page(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "json/findings.json").read_bytes())
    return found


@pytest.mark.slow
def test_a_retracted_doi_takes_its_findings_out_of_the_next_release_only(
    tmp_path: Path, market: Path, services: FakeServices
) -> None:
    home = tmp_path / "home"
    first = run_night(home, market)
    before = release_folder(home)
    assert "EX2000-name" in ids(before)
    assert not any("EX2000" in warning for warning in first["warnings"])

    services.works(WORKS["10.1000/first"] | retracted_by("10.1000/notice"))
    run_bibliography(home, services)
    second = run_night(home, market)
    after = release_folder(home)
    assert after != before
    assert ids(before) - ids(after) == {"EX2000-name"}
    assert ids(after, "finding_removed") == {"EX2000-name"}
    assert "EX2000-name" in ids(before)  # the release before keeps what it said

    [warning] = [text for text in second["warnings"] if "EX2000" in text]
    assert warning.startswith("EX2000-name removed: retraction of EX2000 (crossref, ")
    assert step(second, "evidence")["findings_removed"] == 1
    notes = (after / "CHANGES.md").read_text()
    told = "EX2000-name: retraction of EX2000 (10.1000/first), told by crossref since "
    assert f"* removed {told}" in notes
    assert f"* {told}" in notes.split("## Left out")[1]
    assert "0 added, 1 removed" in notes

    pooled = {row["claim"]: (row["status"], row["k"]) for row in rows(before, "synthesis")}
    alone = {row["claim"]: (row["status"], row["reason"], row["k"]) for row in rows(after, "synthesis")}
    assert pooled["callback-invented-name"] == ("low_reliability", 2)
    assert alone["callback-invented-name"] == ("missing", "single_study", 1)
    assert "EX2000" not in (after / "forest/callback-invented-name.log_rr.svg").read_text()
    assert "EX2000-name" not in json.dumps(page(after)["faq"])
    assert verify(home / "releases/v1") == []

    # The same answers on another day are the same night.
    run_bibliography(home, services)
    third = run_night(home, market)
    assert step(third, "release")["state"] == "inputs unchanged, release kept"

    # And a mistaken retraction brings them back.
    sound(services)
    run_bibliography(home, services)
    run_night(home, market)
    assert "EX2000-name" in ids(release_folder(home))
    assert "* added EX2000-name" in (release_folder(home) / "CHANGES.md").read_text()


@pytest.mark.slow
def test_a_release_carries_the_whole_registry_of_the_project(tmp_path: Path, market: Path) -> None:
    """Its own studies beside a made-up market: the release is synthetic, the findings are not."""
    whole = read_configuration()
    linked = {
        row["skill"]
        for row in whole.skill_aliases
        if b'skill = "' + row["skill"].encode() in b"".join(whole.evidence.studies.values())
    }
    small = {row["skill"] for row in small_configuration().skill_aliases}
    configuration = replace(
        whole, skill_aliases=[row for row in whole.skill_aliases if row["skill"] in small | linked]
    )
    run_night(tmp_path / "home", market, configuration=configuration)
    folder = release_folder(tmp_path / "home")
    assert [name for name in TABLES if not (folder / f"tables/{name}.parquet").is_file()] == []
    assert len(rows(folder, "finding")) == 86
    found = page(folder)
    assert (found["synthetic"], found["findings_synthetic"]) == (True, False)
    keys = [item["question_key"] for item in found["faq"]]
    assert len(keys) == len(set(keys)) == 43
    assert len({item["question"] for item in found["faq"]}) == len(keys)
    assert len(list((folder / "forest").iterdir())) == 13
    sums = (folder / "SHA256SUMS").read_text()
    assert all(f"  forest/{path.name}\n" in sums for path in (folder / "forest").iterdir())
    for row in found["findings"]:
        if row["is_vendor"] and row["display_short"]:
            assert row["vendor_disclosure"] in row["display_short"]
    for name in ("BM2004-computer", "BM2004-special"):
        [row] = [row for row in found["findings"] if row["finding_id"] == name]
        assert (row["status"], row["reason"], row["estimate"], row["is_effect"]) == (
            "not_applicable",
            "not_identifiable",
            None,
            False,
        )
    effects = [row for row in rows(folder, "metric_value") if row["metric"] == "callback_effect"]
    assert {(row["status"], row["reason"]) for row in effects} == {("missing", "no_evidence_found")}
    [websockets] = [
        row for row in effects if (row["occupation"], row["skill"]) == ("backend-developer", "websockets")
    ]
    assert websockets["value"] is None
    assert websockets["reason_detail"] == (
        "search named-skill-callback-reading-list; nearest evidence, not of this skill here: "
        "BLO2024-35_se (broader), ORE2011-prog_t4 (broader)"
    )
    shown = json.loads((folder / "json/occupation/backend-developer.json").read_bytes())["callback_effect"]
    of_skill = shown["by_skill"].get("websockets", shown["every_other_skill"])
    assert (of_skill["status"], of_skill["reason_detail"]) == ("missing", websockets["reason_detail"])
    assert verify(tmp_path / "home/releases/v1") == []


def test_a_registry_with_faults_stops_before_anything_is_loaded() -> None:
    broken = {"config/studies/2000-nobody.toml": b"[study]\nyear = 2000\n"}
    configuration = small_configuration()
    require_registry(configuration)
    with pytest.raises(EvidenceFault, match="missing_field"):
        require_registry(replace(configuration, evidence=replace(FILES, studies=broken)))
