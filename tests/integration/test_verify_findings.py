"""verify holds the evidence of a release together: page, plots and notes to tables, tables to each other."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from exports.canonical import canonical_bytes
from exports.changes import changes_file
from exports.fault import ReleaseFault
from exports.findings_json import faq
from exports.release import export_tables
from exports.tables import conformed, read_table
from exports.verify_findings import findings_faults
from exports.verify_json import json_faults
from exports.write import write_release
from schemas.derive import arrow_schema
from tests.drawn_evidence import drawn_evidence
from tests.drawn_release import facts, staged, tables

pytestmark = pytest.mark.slow

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return staged(tmp_path_factory.mktemp("release") / "staging")


@pytest.fixture
def release(tmp_path: Path, pristine: Path) -> Path:
    shutil.copytree(pristine, tmp_path / "release")
    return tmp_path / "release"


def frames(release: Path) -> dict[str, pa.Table]:
    return {
        name: conformed(table, read_table(release / f"tables/{name}.parquet"))
        for name, table in export_tables().items()
    }


def page(release: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / "json/findings.json").read_bytes())
    return found


def told(release: Path) -> list[str]:
    return [
        f"{fault.file}: {fault.message}" for fault in findings_faults(release, page(release), frames(release))
    ]


def test_the_untouched_release_has_no_fault(release: Path) -> None:
    assert told(release) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: p["findings"][0].update(estimate=0.5), "findings: EX2000-name: estimate differ"),
        (lambda p: p["findings"][3].update(vendor_disclosure=None), "vendor_disclosure differ"),
        (lambda p: p["findings"][0]["links"].clear(), "findings: EX2000-name: links differ"),
        (lambda p: p["findings"].pop(), "findings: 3 entries, the tables have 4"),
        (lambda p: p["faq"][0].update(question="?"), "faq: callback-invented-name: question differ"),
        (lambda p: p["faq"][1]["answers"].append("more"), "faq: productivity-invented-tool: answers differ"),
        (lambda p: p["syntheses"][0].update(forest=None), "forest differ"),
        (lambda p: p.update(findings_synthetic=True), "findings_synthetic is not what the tables say"),
        (lambda p: p.update(n_published_by_design={}), "n_published_by_design is not what the tables say"),
        (lambda p: p.pop("left_out"), "left_out is not what the tables say"),
    ],
)
def test_a_page_that_says_anything_but_its_rows_is_told(release: Path, change: Change, message: str) -> None:
    changed = page(release)
    change(changed)
    found = [fault.message for fault in findings_faults(release, changed, frames(release))]
    assert [text for text in found if message in text], found


def test_a_page_that_breaks_its_schema_is_told_with_its_name(release: Path) -> None:
    changed = page(release)
    changed["findings"][0]["design"] = "guess"
    (release / "json/findings.json").write_bytes(canonical_bytes(changed))
    manifest = json.loads((release / "manifest.json").read_bytes())
    found = [fault.message for fault in json_faults(release, manifest, frames(release))]
    assert any(text.startswith("breaks its schema at $.findings[0].design") for text in found), found


def test_plots_are_those_of_the_syntheses(release: Path) -> None:
    [first, second] = sorted((release / "forest").iterdir())
    first.write_text(first.read_text().replace("EX2001-name", "EX2009-name"))
    second.write_text("no picture")
    (release / "forest/more.svg").write_text("<svg/>")
    assert told(release) == [
        "forest/more.svg: is the plot of no row of table synthesis",
        "forest/callback-invented-name.log_rr.svg: does not show EX2001-name",
        "forest/productivity-invented-tool.log_ratio_of_means.svg: is no SVG: syntax error: line 1, column 0",
    ]
    first.unlink()
    assert any("log_rr.svg: is missing" in text for text in told(release))


def test_faq_of_the_page_is_that_of_the_registry() -> None:
    evidence = drawn_evidence()
    rows = {name: evidence.tables[f"export_{name}"].to_pylist() for name in ("finding", "claim")}
    assert faq(rows["finding"], rows["claim"]) == evidence.faq
    assert "disclosure: sells the tool" in str(evidence.faq[1])


def changed(name: str, **columns: Any) -> dict[str, pa.Table]:
    """The drawn tables, columns of the first row of one replaced; a value may be a function of the row."""
    given = tables()
    rows = given[f"export_{name}"].to_pylist()
    rows.sort(key=lambda row: (row.get("metric") != "callback_effect", str(row)))
    rows[0] |= columns
    return given | {f"export_{name}": pa.Table.from_pylist(rows, schema=arrow_schema(export_tables()[name]))}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (lambda: changed("finding_link", skill="no-such-skill"), "names what the release does not hold"),
        (lambda: changed("finding_link", occupation="no-such-role"), "names what the release does not hold"),
        (lambda: changed("finding_link", finding_id="EX2000-other"), "names what the release does not hold"),
        (lambda: changed("search_log", cohort="nobody"), "names what the release does not hold"),
        (lambda: changed("claim", search_ids=["none"]), "names what the release does not hold"),
        (lambda: changed("claim", n_published=1), "n_published is not the number of findings shown"),
        (
            lambda: changed(
                "metric_value",
                value=0.78,
                ci_low=0.5,
                ci_high=1.2,
                ci_level=0.95,
                status="ok",
                reason=None,
                basis="computed",
                source_ids=["EX2000"],
            ),
            "not the pooled effect of findings on that very skill",
        ),
        (lambda: changed("metric_value", reason_detail="looked around"), "names no logged search"),
        (
            lambda: changed(
                "metric_value", reason_detail="search one-skill-callback; nearest: EX1999-x (broader)"
            ),
            "a nearest finding that is not there",
        ),
        (
            lambda: (
                tables()
                | {
                    "export_finding_removed": pa.Table.from_pylist(
                        [
                            {
                                "finding_id": "EX2000-name",
                                "study_id": "EX2000",
                                "removal_kind": "retraction",
                                "told_by": "study file",
                            }
                        ],
                        schema=arrow_schema(export_tables()["finding_removed"]),
                    )
                }
            ),
            "a finding of a study that was taken out",
        ),
    ],
)
def test_tables_that_contradict_each_other_never_become_a_release(
    tmp_path: Path, given: Callable[[], dict[str, pa.Table]], message: str
) -> None:
    with pytest.raises(ReleaseFault, match=message):
        write_release(
            given(),
            facts(),
            tmp_path / "staging",
            data_version="2022-12-31.0",
            previous_data_version=None,
            forests={},
        )


def notes(before: pa.Table | None, now: pa.Table, removed: list[dict[str, Any]]) -> list[str]:
    gone = pa.Table.from_pylist(removed, schema=arrow_schema(export_tables()["finding_removed"]))
    return changes_file("2022-12-31.1", "2022-12-31.0", now, gone, before).decode().splitlines()


def test_notes_say_what_came_went_and_changed() -> None:
    whole = drawn_evidence().tables["export_finding"]
    rows = whole.to_pylist()
    now = pa.Table.from_pylist([rows[0] | {"n": 1999}, *rows[2:]], schema=whole.schema)
    removed = {
        "finding_id": rows[1]["finding_id"],
        "study_id": rows[1]["study_id"],
        "doi": "10.1000/second",
        "removal_kind": "concern",
        "told_by": "retraction_watch",
        "told_since": facts().as_of,
    }
    why = "EX2001-name: concern of EX2001 (10.1000/second), told by retraction_watch since 2022-12-31"
    assert notes(whole, now, [removed])[4:] == [
        "3 findings; 2022-12-31.0 had 4: 0 added, 1 removed, 1 changed.",
        "",
        f"* removed {why}",
        "* changed EX2000-name: n",
        "",
        "## Left out",
        "",
        f"* {why}",
    ]
    assert notes(now, whole, [])[6:] == ["* added EX2001-name", "* changed EX2000-name: n"]
    assert notes(whole, now, [])[6] == "* removed EX2001-name: no longer entered"
    assert notes(whole, whole, [])[4:] == ["4 findings; 2022-12-31.0 had 4: 0 added, 0 removed, 0 changed."]
    assert notes(None, whole, [])[4:] == ["4 findings; 2022-12-31.0 had no findings."]
