"""Rule 3: title, year, retraction, concern, correction, and what they do to a release."""

from datetime import date
from typing import Any

import pytest

from tests.evidence.files import COUNTEREXAMPLES, registry_files
from transforms.evidence.bibliography import title_overlap
from transforms.evidence.fault import EvidenceFault
from transforms.evidence.registry import Evidence, build_evidence

AS_OF = date(2026, 11, 22)
COHORTS = ("online-learners",)
"""Cohorts of one study each."""

TITLE = "Experimental evidence on the productivity effects of generative artificial intelligence"


def build(*checks: dict[str, Any], extra: dict[str, bytes] | None = None) -> Evidence:
    rows = [{"source": "crossref", "checked_on": AS_OF} | check for check in checks]
    return build_evidence(
        registry_files(extra), bibliographic_checks=rows, as_of=AS_OF, method_version="2026.1"
    )


def ids(evidence: Evidence, table: str) -> set[str]:
    return set(evidence.tables[table].column("finding_id").to_pylist())


def test_a_matching_record_changes_nothing() -> None:
    checked = build({"study_id": "NZ2023", "title": TITLE, "year": 2023})
    found, unchecked = (one.tables["export_finding"].to_pylist() for one in (checked, build()))
    said = {row["finding_id"]: row["checked_with"] for row in found if row["checked_with"]}
    assert said == {"NZ2023-time": ["crossref"], "NZ2023-quality": ["crossref"]}
    assert [row | {"checked_with": []} for row in found] == unchecked
    assert checked.removed == () and checked.notices == ()


@pytest.mark.slow
@pytest.mark.parametrize("kind", [{"retracted": True}, {"concern": True}])
@pytest.mark.parametrize("source", ["crossref", "retraction_watch"])
def test_a_retraction_removes_the_findings_and_says_so(kind: dict[str, bool], source: str) -> None:
    before, after = build(), build({"study_id": "NZ2023", "source": source} | kind)
    # The working paper goes with the article that superseded it.
    gone = {"NZ2023-time", "NZ2023-quality", "NZ2023WP-time", "NZ2023WP-quality"}
    for table in ("export_finding", "export_finding_link", "core_finding_derived"):
        assert ids(before, table) - ids(after, table) == gone
    assert ids(after, "core_finding") == ids(before, "core_finding")
    assert {removal.finding_id for removal in after.removed} == gone
    assert ids(after, "export_finding_removed") == gone
    assert {removal.study_id for removal in after.removed} == {"NZ2023"}
    word = "retraction" if "retracted" in kind else "concern"
    assert f"NZ2023-time removed: {word} of NZ2023 ({source}, 2026-11-22)" in after.notices
    assert not any(item["question_key"] == "productivity-ai-writing-quality" for item in after.faq)


def test_a_retracted_member_leaves_the_pool() -> None:
    after = build({"study_id": "PENG2023", "retracted": True})
    row = next(
        row
        for row in after.tables["export_synthesis"].to_pylist()
        if row["claim"] == "productivity-ai-coding-time"
    )
    assert (row["value"], row["reason"], row["k"]) == (None, "single_study", 1)
    assert "PENG2023" not in after.forests["productivity-ai-coding-time.log_ratio_of_means.svg"]


def test_what_a_retracted_study_replicated_or_contradicted_is_no_longer_said_of_others() -> None:
    before, after = (
        {row["finding_id"]: row for row in one.tables["export_finding"].to_pylist()}
        for one in (build(), build({"study_id": "METR2025", "retracted": True}))
    )
    assert before["PENG2023-time"]["contradicted_by"] == ["METR2025"]
    assert "contradicted" in before["PENG2023-time"]["flags"]
    assert after["PENG2023-time"]["contradicted_by"] == []
    assert "contradicted" not in after["PENG2023-time"]["flags"]


def test_a_cohort_whose_only_study_was_retracted_says_so() -> None:
    entered = build().tables["core_finding"].to_pylist()
    studies = {cohort: {row["study_id"] for row in entered if row["cohort"] == cohort} for cohort in COHORTS}
    for cohort, (study,) in studies.items():
        rows = build({"study_id": study, "retracted": True}).tables["export_cohort"].to_pylist()
        [found] = [row for row in rows if row["cohort"] == cohort]
        assert (found["status"], found["reason"], found["n_published"]) == ("missing", "source_withdrawn", 0)
        assert found["n_findings"] > 0


def test_a_doi_nobody_knows_is_noticed_and_removes_nothing() -> None:
    after = build({"study_id": "NZ2023", "known": False})
    assert after.notices == ("NZ2023: crossref does not know 10.1126/science.adh2586; mistyped?",)
    quiet = build({"study_id": "NZ2023", "source": "retraction_watch", "known": False})
    assert quiet.notices == ()


def test_openalex_alone_warns_and_removes_nothing() -> None:
    after = build({"study_id": "NZ2023", "source": "openalex", "retracted": True})
    assert after.removed == ()
    assert after.notices == ("NZ2023: retraction according to openalex alone; not removed",)


def test_a_retraction_entered_by_hand_counts_too() -> None:
    entry = (COUNTEREXAMPLES / "valid.toml").read_bytes().replace(b'"published"', b'"retracted"')
    after = build(extra={"config/studies/2000-nobody.toml": entry})
    assert [removal.finding_id for removal in after.removed] == ["EX2000-main"]
    assert "EX2000-main" not in ids(after, "export_finding")


def test_a_correction_warns() -> None:
    after = build({"study_id": "NZ2023", "corrected": True})
    flags = {row["finding_id"]: row["flags"] for row in after.tables["export_finding"].to_pylist()}
    assert "corrected" in flags["NZ2023-time"] and "corrected" not in flags["BM2004-race"]
    assert after.removed == ()


def test_a_working_paper_that_appeared_is_noticed() -> None:
    after = build({"study_id": "PENG2023", "published_as": "10.1000/xyz"})
    assert after.notices == ("PENG2023: appeared as 10.1000/xyz; enter that version",)


@pytest.mark.parametrize(
    ("check", "rule"),
    [
        ({"study_id": "NZ2023", "title": "A trial of the BCG vaccine"}, "title_mismatch"),
        ({"study_id": "NZ2023", "year": 2019}, "year_mismatch"),
        ({"study_id": "NOBODY2000", "title": TITLE}, "unknown_study"),
    ],
)
def test_a_record_of_another_paper_is_a_hard_failure(check: dict[str, Any], rule: str) -> None:
    with pytest.raises(EvidenceFault) as raised:
        build(check)
    assert {fault.rule for fault in raised.value.faults} == {rule}


def test_a_year_apart_is_online_and_print() -> None:
    assert build({"study_id": "NZ2023", "year": 2024}).notices == ()


@pytest.mark.parametrize(
    ("one", "other", "matches"),
    [
        ("Generative AI at Work", "Generative AI at Work*", True),
        ("Age, Women, and Hiring: An Experimental Study", "Age, Women, and Hiring", True),
        ("Whitened Resumes", "Generative AI at Work", False),
        ("", "Generative AI at Work", False),
    ],
)
def test_titles_match_by_their_telling_words(one: str, other: str, matches: bool) -> None:
    assert (title_overlap(one, other) >= 0.6) is matches
