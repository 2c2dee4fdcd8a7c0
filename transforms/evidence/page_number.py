"""Numbers in rendered text, and whether each is an estimate or a base of an entered finding."""

import re
from dataclasses import dataclass

from transforms.evidence.entry import Finding

NUMBER = re.compile(
    r"(?P<sign>[-+−])?(?P<approximate>~)?\$?(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s?"
    r"(?P<unit>%|per ?cent\b|percentage points?\b|pp\b|million\b|billion\b|[MBk]\b)?"
    r"(?P<after>[-\s]?(?:yr|years?|months?|week|days?|h|(?:prediction )?interval)\b)?"
)
SCALES = {"million": 1e6, "M": 1e6, "billion": 1e9, "B": 1e9, "k": 1e3}
YEAR_LIKE = re.compile(r"^(?:19|20)\d\d$")


@dataclass(frozen=True)
class PageNumber:
    """A number as a page prints it, at ``start`` in its clause; ``unit`` is percent, pp or count."""

    printed: str
    value: float
    unit: str
    sign: int
    start: int
    decimals: int

    def is_estimate_of(self, finding: Finding) -> bool:
        """The finding's estimate, whatever its sign, in the same unit; a computed one as far as printed."""
        ends = [end for end in (finding.estimate, finding.estimate_high) if end is not None]
        unit = finding.unit if finding.unit in ("percent", "pp") else "count"
        rounded = finding.estimate_basis == "computed"
        return unit == self.unit and any(self._equals(end, rounded=rounded) for end in ends)

    def is_detail_of(self, finding: Finding) -> bool:
        """An end of its interval, its standard error, one of its counts, or a number in its own words."""
        details = (finding.ci_low, finding.ci_high, finding.se, *(finding.counts or ()))
        if any(self._equals(number, rounded=True) for number in details if number is not None):
            return True
        wording = (finding.outcome, finding.exposure, finding.comparison, finding.denominator, finding.n_unit)
        own = numbers_in("; ".join(part for part in wording if part))
        return any(self.value == other.value and self.unit == other.unit for other in own)

    def _equals(self, number: float, *, rounded: bool) -> bool:
        slack = 0.5 * 10.0**-self.decimals if rounded else 0.0
        return abs(abs(number) - self.value) <= slack * (1 + 1e-9) + 1e-9 * self.value

    def is_base_of(self, finding: Finding) -> bool:
        """The finding's n, or a number in the words for its denominator."""
        if self.unit != "count":
            return False
        if finding.n is not None and abs(finding.n - self.value) < 1e-9 * self.value:
            return True
        return f"{self.value:,.0f}" in (finding.denominator or "")

    def contradicts_sign_of(self, finding: Finding) -> bool:
        """A printed sign against the sign of a change; counts have none."""
        change = finding.unit in ("percent", "pp") and finding.metric != "share"
        return change and self.sign * (finding.estimate or 0.0) < 0


def numbers_in(text: str) -> tuple[PageNumber, ...]:
    """Numbers that say something: years, durations and parts of citations are passed over."""
    found = []
    for hit in NUMBER.finditer(text):
        digits, unit = hit["digits"], hit["unit"] or ""
        if not unit and text[hit.end() :].lstrip().startswith("to "):
            following = NUMBER.match(text[hit.end() :].lstrip().removeprefix("to "))
            unit = (following["unit"] or "") if following else ""  # "8 to 15 %": one unit for both
        before = text[hit.start() - 1 : hit.start()]
        if before.isalnum() or hit["after"] or (not unit and YEAR_LIKE.match(digits)):
            continue
        kind = "percent" if unit.startswith(("%", "per c", "perc")) and "point" not in unit else "count"
        if unit == "pp" or "point" in unit:
            kind = "pp"
        value = float(digits.replace(",", "").rstrip(".")) * SCALES.get(unit, 1.0)
        if value == 0:
            continue
        decimals = len(digits.partition(".")[2])
        sign = {"-": -1, "−": -1, "+": 1}.get(hit["sign"] or "", 0)
        found.append(PageNumber(hit.group().strip(), value, kind, sign, hit.start(), decimals))
    return tuple(found)
