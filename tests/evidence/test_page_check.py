"""Every discrepancy of the checked consumer page is caught by a named rule; rows that agree raise no alarm.

The folder ../shared holds the page and its check, row by row; both tests on them are skipped where it is not
there. Each row is named below by the start of its claim, with the rule that catches it and on which text.
"""

import csv
from dataclasses import dataclass

import pytest

from tests.evidence.consumer_page import read_consumer_page
from tests.evidence.files import registry_files, shared
from transforms.evidence.derive import derive
from transforms.evidence.display import display_short
from transforms.evidence.entry import Registry
from transforms.evidence.registry import registry_report
from transforms.evidence.rendering import Alarm, Page, Statement, page_alarms

NUMBER_RULES = (
    "number_unknown",
    "superseded_number",
    "sign_flipped",
    "denominator_mismatch",
    "modality_overstated",
    "cause_not_in_source",
    "outcome_narrowed",
    "not_at_primary",
    "preregistration_unfounded",
)


@dataclass(frozen=True)
class Row:
    """A row of the check: start of its claim, rule and text of its alarm, or why there is none."""

    claim: str
    rule: str | None
    text: str
    why: str = ""


CAUGHT = (
    Row("relevance to Backend Developer", "indirect_unlabelled", "ai helps for Backend Developer"),
    Row("26% of jobs face high", "denominator_mismatch", "26% of jobs face high GenAI"),
    Row("41% face the highest", "not_at_primary", "41% face the highest exposure"),
    Row("26% of jobs ... are LIKELY", "modality_overstated", "are likely to be 'highly'"),
    Row("source URL", "url_not_canonical", "/2025/09/23/"),
    Row("'vendor surveys are always", "disclosure_missing", "Indeed Hiring Lab"),
    Row("92 million displaced BY AUTOMATION", "cause_not_in_source", "displaced by automation"),
    Row("39% skills obsolete", "outcome_narrowed", "39% skills obsolete"),
    Row("'forecasts'", "forecast_contradiction", "forecasts"),
    Row("every effect size", "promise_not_kept", "confidence interval"),
    Row("reliability 'above .'", "empty_slot", "above ."),
    Row("sources skew towards", "design_mix", "skew towards causal designs"),
    Row("callback rates ... salary", "promised_metric_absent", "callback rates, and salary bands"),
    Row("FAQ: two different items", "question_repeated", "skill economy for Backend Developer"),
)

AGREES = (
    Row("ChatGPT: -40% time", None, "ChatGPT: -40% time, +18% quality (Science, n=453)"),
    Row("pre-registered experiment", None, "in a pre-registered experiment, compressing the gap"),
    Row("+170M new roles", None, "2030: +170M new roles, -92M displaced, net +78M"),
)

NOT_ON_THE_PAGE = (
    Row("n=453 (not 444)", "superseded_number", "n=444", "the page prints 453, which is right"),
    Row("~2,900 skills (2,884?)", "number_unknown", "2,884 skills", "the page prints ~2,900, which is known"),
    Row("Mobley", "party_statement_unlabelled", "1.1B", "it stands on another page"),
)
"""Nothing on this page to catch: the same rule is shown on the text the row speaks of."""

NOT_FOR_A_MACHINE = {
    "~2,900 skills (2,884?)": "which of the counts is right: only that 2,884 was never entered",
    "source URL": "whether the older address redirects: only that it is not the one entered",
    "41% face the highest": "whether the report prints it further on: only that nobody has read it there",
    "26% of jobs ... are LIKELY": "that `could` is the source's word: a person entered it",
}
"""What a machine cannot say about a row, although a rule catches the discrepancy."""

PLANTED = {
    "n=453 (not 444)": ("NZ2023", "ChatGPT: -40% time (Science, n=444)"),
    "~2,900 skills (2,884?)": ("IND2025", "41% of 2,884 skills have the highest potential exposure"),
    "Mobley": ("MOB2025", "Workday: ~1.1B applications rejected by its tools"),
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return registry_report(registry_files())[0]


@pytest.fixture(scope="module")
def page() -> Page:
    path = shared("design", "consumer_page.txt")
    if path is None:
        pytest.skip("the page ../shared/design/consumer_page.txt is not here")
    return read_consumer_page(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def alarms(page: Page, registry: Registry) -> tuple[Alarm, ...]:
    return page_alarms(page, registry)


def test_every_row_of_the_check_is_named_here_once() -> None:
    path = shared("evidence", "page_check.csv")
    if path is None:
        pytest.skip("the check ../shared/evidence/page_check.csv is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        claims = [row["claim_on_page"] for row in csv.DictReader(lines)]
    named = (*CAUGHT, *AGREES, *NOT_ON_THE_PAGE)
    assert len(claims) == len(named) == 20
    for row in named:
        assert sum(claim.startswith(row.claim) for claim in claims) == 1, row.claim


@pytest.mark.parametrize("row", CAUGHT, ids=lambda row: row.claim)
def test_a_discrepancy_raises_its_rule(row: Row, alarms: tuple[Alarm, ...]) -> None:
    assert any(alarm.rule == row.rule and row.text in alarm.text for alarm in alarms), row


@pytest.mark.parametrize("row", AGREES, ids=lambda row: row.claim)
def test_a_row_that_agrees_raises_no_alarm(row: Row, page: Page, alarms: tuple[Alarm, ...]) -> None:
    assert row.text in page.text
    assert not [alarm for alarm in alarms if row.text in alarm.text or alarm.text in row.text.split("; ")]


def test_numbers_of_the_agreeing_study_raise_no_alarm_anywhere_on_the_page(alarms: tuple[Alarm, ...]) -> None:
    assert not [alarm for alarm in alarms if alarm.study_id == "NZ2023" and alarm.rule in NUMBER_RULES]
    wrong = {
        alarm.finding_id for alarm in alarms if alarm.study_id == "WEF2025" and alarm.rule in NUMBER_RULES
    }
    assert wrong == {"WEF2025-lost", "WEF2025-skill39"}


@pytest.mark.parametrize("row", NOT_ON_THE_PAGE, ids=lambda row: row.claim)
def test_what_the_page_does_not_print_would_be_caught(
    row: Row, registry: Registry, alarms: tuple[Alarm, ...]
) -> None:
    assert not [alarm for alarm in alarms if alarm.rule == row.rule], row.why
    study, text = PLANTED[row.claim]
    planted = page_alarms(Page((Statement(text, study),), text), registry)
    assert row.rule in {alarm.rule for alarm in planted}
    assert any(row.text in alarm.text for alarm in planted)


def test_the_whole_page_raises_these_rules_and_no_other(alarms: tuple[Alarm, ...]) -> None:
    assert {alarm.rule for alarm in alarms} == {row.rule for row in CAUGHT}


def test_every_limit_of_the_machine_belongs_to_a_row() -> None:
    rows = {row.claim for row in (*CAUGHT, *NOT_ON_THE_PAGE)}
    assert set(NOT_FOR_A_MACHINE) <= rows


def test_our_own_lines_raise_nothing(registry: Registry) -> None:
    """Every line the registry shows keeps the rules it holds pages to."""
    shown = [row for row in derive(registry) if row.is_publishable]
    assert len(shown) == 59
    for row in shown:
        line = display_short(row.finding, row.study).split("; disclosure")[0]
        text = f"{line} (disclosure printed)"
        assert not page_alarms(Page((Statement(text, row.study.study_id),), text), registry), line


@pytest.mark.parametrize(
    ("study", "text", "rule"),
    [
        ("NZ2023", "ChatGPT: +40% time", "sign_flipped"),
        ("NZ2023", "ChatGPT: -41% time", "number_unknown"),
        ("ICT2010", "a pre-registered trial of ICT skills: 1%", "preregistration_unfounded"),
        ("ITU2022", "200 qualified applicants rejected by age", "allegation_unlabelled"),
        ("BM2004", "computer skills change callbacks by a ratio of 0.79", "not_randomised_effect"),
        ("WEF2025", "39% of skill sets transformed", "modality_overstated"),
        ("XX2000", "anything", "source_unknown"),
    ],
)
def test_other_ways_to_go_wrong(study: str, text: str, rule: str, registry: Registry) -> None:
    found = page_alarms(Page((Statement(text, study),), text), registry)
    assert rule in {alarm.rule for alarm in found}, found


@pytest.mark.parametrize(
    ("study", "text"),
    [
        ("NZ2023", "Time fell by 40% among 453 professionals in a preregistered experiment in 2023"),
        (
            "ITU2022",
            "The regulator alleged that more than 200 applicants were rejected (disclosure: allegation)",
        ),
        ("IND2025", "26% of jobs could be highly transformed by GenAI (vendor: Indeed)"),
        ("BLS2023", "Median annual wage $132,270 in May 2023"),
    ],
)
def test_right_renderings_raise_nothing(study: str, text: str, registry: Registry) -> None:
    assert not page_alarms(Page((Statement(text, study),), text), registry)
