"""Effect sizes with their sampling variances, and conversions between ways of printing one effect.

Counts follow the usual notation of a 2 x 2 table: ``ai`` of ``n1i`` with the event in the exposed arm,
``ci`` of ``n2i`` in the other. Formulas: Borenstein, Hedges, Higgins & Rothstein, Introduction to
Meta-Analysis (2009), chapters 4, 5 and 7; Viechtbauer, J. Stat. Softw. 36(3), 2010, for the
continuity correction.
"""

import math
from dataclasses import dataclass

from transforms.evidence.distribution import normal_quantile, z_of_level


@dataclass(frozen=True)
class Effect:
    """An effect on the scale of its measure: estimate ``yi`` and sampling variance ``vi``."""

    yi: float
    vi: float

    @property
    def se(self) -> float:
        """Standard error, on the scale of ``yi``."""
        return math.sqrt(self.vi)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Normal interval with coverage ``level``, on the scale of ``yi``."""
        half = z_of_level(level) * self.se
        return self.yi - half, self.yi + half


@dataclass(frozen=True)
class _Cells:
    a: float
    b: float
    c: float
    d: float


def log_risk_ratio(ai: int, n1i: int, ci: int, n2i: int) -> Effect:
    """Log of (ai/n1i) / (ci/n2i); variance 1/a - 1/n1 + 1/c - 1/n2. Raises ValueError."""
    cells = _cells(ai, n1i, ci, n2i)
    n1, n2 = cells.a + cells.b, cells.c + cells.d
    yi = math.log(cells.a / n1) - math.log(cells.c / n2)
    return Effect(yi, 1 / cells.a - 1 / n1 + 1 / cells.c - 1 / n2)


def log_odds_ratio(ai: int, n1i: int, ci: int, n2i: int) -> Effect:
    """Log of the ratio of odds; variance 1/a + 1/b + 1/c + 1/d. Raises ValueError on impossible counts."""
    cells = _cells(ai, n1i, ci, n2i)
    yi = math.log(cells.a / cells.b) - math.log(cells.c / cells.d)
    return Effect(yi, 1 / cells.a + 1 / cells.b + 1 / cells.c + 1 / cells.d)


def risk_difference(ai: int, n1i: int, ci: int, n2i: int) -> Effect:
    """ai/n1i - ci/n2i as a fraction, with its variance. Raises ValueError on impossible counts."""
    cells = _cells(ai, n1i, ci, n2i)
    n1, n2 = cells.a + cells.b, cells.c + cells.d
    vi = cells.a * cells.b / n1**3 + cells.c * cells.d / n2**3
    return Effect(cells.a / n1 - cells.c / n2, vi)


def counts_fault(ai: int, n1i: int, ci: int, n2i: int) -> str | None:
    """What is impossible about the counts, or None."""
    if n1i <= 0 or n2i <= 0:
        return f"an arm has no member: n1i = {n1i}, n2i = {n2i}"
    if not 0 <= ai <= n1i:
        return f"ai = {ai} is not between 0 and n1i = {n1i}"
    if not 0 <= ci <= n2i:
        return f"ci = {ci} is not between 0 and n2i = {n2i}"
    return None


def _cells(ai: int, n1i: int, ci: int, n2i: int) -> _Cells:
    """The four cells; 0.5 is added to all of them only where one is zero."""
    fault = counts_fault(ai, n1i, ci, n2i)
    if fault:
        raise ValueError(f"not a 2 x 2 table: {fault}")
    extra = 0.5 if 0 in (ai, n1i - ai, ci, n2i - ci) else 0.0
    return _Cells(ai + extra, n1i - ai + extra, ci + extra, n2i - ci + extra)


def log_of_percent(percent: float) -> float:
    """Log ratio of a relative change: -40 (per cent) is log(0.6). Raises ValueError at -100 or below."""
    if percent <= -100:
        raise ValueError(f"a fall of 100 per cent or more has no logarithm: {percent}")
    return math.log1p(percent / 100.0)


def percent_of_log(yi: float) -> float:
    """Relative change in per cent of a log ratio; inverse of ``log_of_percent``."""
    return 100.0 * math.expm1(yi)


def se_of_interval(low: float, high: float, level: float = 0.95) -> float:
    """Standard error of a normal interval, on the scale its ends are given on."""
    if not low < high:
        raise ValueError(f"an interval runs from low to high, got {low} to {high}")
    return (high - low) / (2.0 * z_of_level(level))


def se_of_p(estimate: float, p: float) -> float:
    """Standard error behind a two-sided normal p value of ``estimate`` (Cochrane Handbook 6.3.2)."""
    if not 0.0 < p < 1.0 or estimate == 0:
        raise ValueError(f"no standard error follows from estimate {estimate} and p {p}")
    return abs(estimate) / -normal_quantile(p / 2.0)


def risk_ratio_of_odds_ratio(odds_ratio: float, base_rate: float) -> float:
    """Risk ratio at a base rate (Zhang & Yu, JAMA 280:1690, 1998)."""
    _require_rate(base_rate)
    return odds_ratio / (1.0 - base_rate + base_rate * odds_ratio)


def odds_ratio_of_risk_ratio(risk_ratio: float, base_rate: float) -> float:
    """Odds ratio at a base rate; inverse of ``risk_ratio_of_odds_ratio``."""
    _require_rate(base_rate)
    exposed = risk_ratio * base_rate
    if not exposed < 1.0:
        raise ValueError(f"risk ratio {risk_ratio} at base rate {base_rate} is a rate of {exposed}")
    return exposed / (1.0 - exposed) * (1.0 - base_rate) / base_rate


def risk_difference_of_risk_ratio(risk_ratio: float, base_rate: float) -> float:
    """Difference of rates, as a fraction, that a risk ratio means at a base rate."""
    _require_rate(base_rate)
    return base_rate * (risk_ratio - 1.0)


def log_odds_of_d(d: Effect) -> Effect:
    """Log odds ratio of a standardised mean difference (Chinn, Stat. Med. 19:3127, 2000)."""
    factor = math.pi / math.sqrt(3.0)
    return Effect(d.yi * factor, d.vi * factor**2)


def _require_rate(base_rate: float) -> None:
    if not 0.0 < base_rate < 1.0:
        raise ValueError(f"a base rate lies strictly between 0 and 1, got {base_rate}")
