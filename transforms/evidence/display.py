"""Lines a page may print, made from the numbers. A test reads every line back to the number it came from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.evidence_vocabulary import READER_FLAGS
from transforms.evidence.entry import Finding, Study
from transforms.evidence.stated import NUMBER_FORM

RATIO_METRICS = ("callback_ratio", "association_ratio")

CHANGE_METRICS = ("callback_diff_pp", "pct_change", "smd", "association_pct", "change_pp", "growth_pct")
"""Changes print their sign, so that +42 % cannot be taken for a rate of 42 %."""

BOUND_WORDS = {"at_least": "at least ", "max": "at most ", "about": "about ", "exact": "", "range": ""}

MODALITY_WORDS = {
    "could": "could be, not measured",
    "expected": "expected, not measured",
    "alleged": "alleged, not established",
    "party_statement": "statement of a party, not a finding",
}

DIRECTION_WORDS = {
    "positive": "reported higher, no number printed",
    "negative": "reported lower, no number printed",
    "null": "reported no difference, no number printed",
    "mixed": "reported mixed, no number printed",
}

LEGAL_WORDS = {
    "complaint_filed": "complaint filed",
    "preliminary_certification_granted": "preliminary certification granted",
    "consent_decree": "consent decree",
    "audit_report": "audit report",
    "guidance_issued": "guidance issued",
    "decided": "decided",
}

EMPTY_SLOT = re.compile(
    r"(?<![\w.])\.\s+(?:and|over|to)\b"  # "above . and"
    r"|\b(?:above|below|of|over|command|about|by|than)\s+[.,;](?!\d)"
    r"|(?:^|\s)-\s(?:months?|years?|days?|weeks?|hours?|minutes?)\b"
    r"|\b(?:command|earn|pay|costs?)\s+-k?\b"
    r"|\{\w*\}|\b(?:None|nan|NaN|null)(?=\s?(?:[%.;,)]|to\b|$))"
)
"""A template slot that lost its number: "above .", "- months", "command -k", "{value}", "None"."""


def display_number(finding: Finding) -> str | None:
    """The estimate with unit and bound: ``at least 40 %``, ``ratio 0.67``; None without a number."""
    if finding.estimate is None:
        return None
    if finding.estimate_high is not None:
        low, high = _digits(finding, finding.estimate), _digits(finding, finding.estimate_high)
        plus = "+" if finding.metric in CHANGE_METRICS and finding.estimate > 0 else ""
        return f"{plus}{low} to {plus}{high}{_unit(finding)}"
    prefix = "ratio " if finding.metric in RATIO_METRICS else ""
    bound = BOUND_WORDS[finding.estimate_bound]
    money = "$" if finding.unit == "usd" else ""
    plus = "+" if finding.metric in CHANGE_METRICS and finding.estimate > 0 else ""
    return f"{prefix}{bound}{plus}{money}{_digits(finding, finding.estimate)}{_unit(finding)}"


def display_short(finding: Finding, study: Study) -> str:
    """One line: outcome, number, interval, base, how it is asserted, disclosure wherever there is one."""
    head = sentence(finding.outcome)
    if finding.exposure and finding.comparison:
        head += f", {finding.exposure} against {finding.comparison}"
    parts = [f"{head}: {_what(finding)}"]
    if finding.modality in MODALITY_WORDS:
        parts[0] += f" ({MODALITY_WORDS[finding.modality]})"
    if finding.n is not None:
        parts.append(f"n = {finding.n:,} {finding.n_unit}")
    if finding.metric.startswith("association"):
        parts.append("association, not an effect")
    if study.vendor_disclosure:
        parts.append(f"disclosure: {study.vendor_disclosure}")
    return "; ".join(parts)


def read_back(line: str) -> float | None:
    """The estimate a line of ``display_short`` prints, sign included; None where it prints none."""
    what = line.split(": ", 1)[1].split("; ")[0]
    what = re.sub(r" \(.*$", "", what)
    found = NUMBER_FORM.search(what)
    if not found:
        return None
    value = float(found["digits"].replace(",", ""))
    return -value if found["sign"] in ("-", "−") else value


def slot_faults(text: str) -> list[str]:
    """Every slot in a rendered text that lost its number, with a few characters around it."""
    return [text[max(0, hit.start() - 20) : hit.end() + 20].strip() for hit in EMPTY_SLOT.finditer(text)]


@dataclass(frozen=True, order=True)
class FaqLine:
    """A finding's line in an answer: display line, citation, finding id, warnings it carries."""

    claim: str
    question: str
    line: str
    citation: str
    finding_id: str
    flags: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """The line with its warnings and where it is from."""
        warnings = ", ".join(flag.replace("_", " ") for flag in self.flags if flag in READER_FLAGS)
        return self.line + (f"; warnings: {warnings}" if warnings else "") + f". ({self.citation})"


def faq_items(lines: Sequence[FaqLine]) -> list[dict[str, object]]:
    """One FAQ item per claim, question keys unique; ``finding_ids`` in the order of the answers.

    Raises ValueError where two claims ask one question or a text has an empty slot.
    """
    questions: dict[str, str] = {}
    answers: dict[str, list[FaqLine]] = {}
    for line in sorted(lines):
        broken = slot_faults(line.line) + slot_faults(line.question)
        if broken:
            raise ValueError(f"faq {line.claim}: a slot lost its number: {broken}")
        questions[line.claim] = line.question
        answers.setdefault(line.claim, []).append(line)
    asked = list(questions.values())
    twice = sorted({question for question in asked if asked.count(question) > 1})
    if twice:
        raise ValueError(f"faq: asked more than once: {twice}")
    return [
        {
            "question_key": claim,
            "question": question,
            "answers": [line.answer for line in answers[claim]],
            "finding_ids": [line.finding_id for line in answers[claim]],
        }
        for claim, question in questions.items()
    ]


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _what(finding: Finding) -> str:
    number = display_number(finding)
    if number is None:
        if finding.legal_status:
            return LEGAL_WORDS[finding.legal_status]
        return DIRECTION_WORDS[finding.direction or "mixed"]
    if finding.denominator:
        number += f" of {finding.denominator}"
    if finding.legal_status:
        number += f" [{LEGAL_WORDS[finding.legal_status]}]"
    if finding.ci_low is not None and finding.ci_high is not None and finding.ci_level is not None:
        low, high = _digits(finding, finding.ci_low), _digits(finding, finding.ci_high)
        number += f" ({100 * finding.ci_level:g} % interval {low} to {high})"
    elif finding.se is not None and finding.se_scale == "unit":
        number += f" (standard error {_digits(finding, finding.se)})"
    return number


def _digits(finding: Finding, value: float) -> str:
    """Digits as entered; ratios with two decimals, which is more than their intervals bear."""
    if finding.metric in RATIO_METRICS and finding.estimate_basis == "computed":
        text = f"{value:.2f}"
    else:
        text = f"{value:,.10f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _unit(finding: Finding) -> str:
    return {
        "percent": " %",
        "pp": " percentage points",
        "sd": " standard deviations",
        "log": " log points",
    }.get(finding.unit or "", "")
