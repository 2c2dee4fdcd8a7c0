"""Lines are made from numbers and read back to them; no line loses a number or a disclosure."""

from datetime import date

import pytest

from tests.evidence.files import registry_files
from transforms.evidence.derive import derive
from transforms.evidence.display import FaqLine, display_short, faq_items, read_back, slot_faults
from transforms.evidence.entry import Finding, Registry
from transforms.evidence.registry import Evidence, build_evidence, registry_report


@pytest.fixture(scope="module")
def registry() -> Registry:
    return registry_report(registry_files())[0]


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return build_evidence(registry_files(), as_of=date(2026, 11, 22), method_version="2026.1")


def test_every_line_reads_back_to_its_number(registry: Registry) -> None:
    read = 0
    for row in derive(registry):
        line = display_short(row.finding, row.study)
        number = read_back(line)
        if row.finding.estimate is None:
            assert number is None, line
            continue
        digits = 0.005 if row.finding.estimate_basis == "computed" else 1e-9 * abs(row.finding.estimate)
        assert number == pytest.approx(row.finding.estimate, abs=digits * 1.0001), line
        read += 1
    assert read == sum(1 for finding in registry.findings if finding.estimate is not None) > 60


def test_every_line_carries_its_disclosure_and_its_modality(registry: Registry) -> None:
    for row in derive(registry):
        line = display_short(row.finding, row.study)
        if row.study.is_vendor or row.study.vendor_disclosure:
            assert f"disclosure: {row.study.vendor_disclosure}" in line
        if row.finding.modality in ("could", "expected"):
            assert "not measured" in line
        if row.finding.modality == "party_statement":
            assert "statement of a party" in line
        if row.finding.metric.startswith("association"):
            assert "association, not an effect" in line


def test_no_line_and_no_answer_has_an_empty_slot(registry: Registry, evidence: Evidence) -> None:
    for row in derive(registry):
        assert not slot_faults(display_short(row.finding, row.study))
    for item in evidence.faq:
        assert not slot_faults(f"{item['question']} {item['answers']}")


@pytest.mark.parametrize(
    "text",
    [
        "internal consistency above . and test-retest",
        "Senior engineers command -k.",
        "curve: - months foundation",
        "a ratio of {value} or so",
        "n = None, p = 0.1",
        "nan % of postings",
    ],
)
def test_an_empty_slot_is_found(text: str) -> None:
    assert slot_faults(text)


@pytest.mark.parametrize("text", ["above 0.5 and below 1", "None of those sources", "6 - 9 months", "by 3."])
def test_full_slots_raise_nothing(text: str) -> None:
    assert not slot_faults(text)


def test_questions_and_their_keys_are_unique(evidence: Evidence) -> None:
    for name in ("question_key", "question"):
        values = [item[name] for item in evidence.faq]
        assert len(values) == len(set(values)) > 30


def test_one_question_for_two_claims_is_refused() -> None:
    with pytest.raises(ValueError, match="asked more than once"):
        faq_items([FaqLine("a", "Why?", "line", "source", "A"), FaqLine("b", "Why?", "line", "source", "B")])


def test_an_answer_with_an_empty_slot_is_refused() -> None:
    with pytest.raises(ValueError, match="lost its number"):
        faq_items([FaqLine("a", "Why?", "reliability above . and so on", "source", "A")])


def test_findings_of_one_claim_share_an_item() -> None:
    flags = ("indirect", "not_second_coded", "single_study")
    items = faq_items([FaqLine("a", "Why?", "one", "s", "Z", flags), FaqLine("a", "Why?", "two", "t", "A")])
    answers = ["one; warnings: indirect, single study. (s)", "two. (t)"]
    assert items == [{"question_key": "a", "question": "Why?", "answers": answers, "finding_ids": ["Z", "A"]}]


def test_an_answer_prints_the_warnings_of_its_finding(evidence: Evidence) -> None:
    answers = {
        finding: answer
        for item in evidence.faq
        for finding, answer in zip(item["finding_ids"], item["answers"], strict=True)  # type: ignore[call-overload]
    }
    assert "warnings: indirect, underpowered. (Bertrand" in answers["BM2004-race"]
    assert "contradicted" in answers["METR2025-time"] and "indirect" not in answers["METR2025-time"]
    assert "single study" in answers["NZ2023-time"]


def test_copies_are_never_cited(evidence: Evidence) -> None:
    cited = " ".join(str(item["answers"]) for item in evidence.faq)
    for copy in ("booksci", "vdare", "arbiter", "journalismai", "largelanguagelaw", "paperzz"):
        assert copy not in cited


def test_a_finding_without_number_or_direction_is_not_made_up() -> None:
    empty = Finding(
        finding_id="EX-a",
        study_id="EX",
        file="x",
        cohort="all",
        outcome="callback",
        metric="direction_only",
        attribute_randomised="yes",
        modality="measured",
        better_if="higher",
        clustering="none",
        source_level="primary",
    )
    assert empty.counts is None and empty.estimate is None
