"""What follows from an entered finding: effect on a common scale, variance, sign, whether it may be shown."""

import math
from dataclasses import dataclass

from schemas import evidence_vocabulary as words
from transforms.evidence.check import not_listed_reason, standing_reason
from transforms.evidence.distribution import z_of_level
from transforms.evidence.effect import Effect, log_risk_ratio, risk_difference, se_of_interval, se_of_p
from transforms.evidence.entry import Claim, Finding, Registry, Study
from transforms.evidence.scale import log_fits_better

SIGNIFICANCE = 0.05

RATE_CLAIMS = ("callback", "interview")
"""Claims about the rate of an event: a relative change of a rate is a risk ratio."""


@dataclass(frozen=True)
class Derived:
    """One finding with what follows from it. ``yi`` speaks of the claim's exposure against its comparison."""

    finding: Finding
    study: Study
    claim: Claim | None
    is_effect: bool
    is_publishable: bool
    is_reversed: bool
    measure: str
    yi: float | None
    vi: float | None
    vi_basis: str
    direction: int
    is_mixed: bool
    is_significant: bool | None

    @property
    def effect(self) -> Effect | None:
        """Estimate and variance, where both are there."""
        return Effect(self.yi, self.vi) if self.yi is not None and self.vi is not None else None

    @property
    def sign(self) -> str:
        """For the person concerned: better, worse, null, mixed or unknown."""
        if self.is_mixed:
            return "mixed"
        if not self.is_effect or self.finding.better_if == "neither":
            return "unknown"
        if self.direction == 0:
            return "null"
        return "better" if (self.direction > 0) == (self.finding.better_if == "higher") else "worse"


def derive(registry: Registry) -> tuple[Derived, ...]:
    """Every finding of a registry without faults, in its order."""
    found = []
    for finding in registry.findings:
        study = registry.study(finding.study_id)
        if study is not None:
            found.append(_derive(finding, study, registry))
    return tuple(found)


def _derive(finding: Finding, study: Study, registry: Registry) -> Derived:
    claim = registry.claim(finding.claim)
    is_effect = _is_effect(finding, study, registry)
    turned = claim is not None and claim.comparison is not None and finding.exposure == claim.comparison
    factor = -1.0 if turned else 1.0
    measure = _measure(finding, claim) if is_effect else "none"
    yi = _yi(finding, measure)
    vi, basis = _vi(finding, measure) if yi is not None else (None, "none")
    oriented = None if yi is None else factor * yi
    return Derived(
        finding=finding,
        study=study,
        claim=claim,
        is_effect=is_effect,
        is_publishable=_is_publishable(finding, study, registry),
        is_reversed=turned,
        measure=measure if yi is not None else "none",
        yi=oriented,
        vi=vi,
        vi_basis=basis,
        direction=_direction(finding, oriented, turned) if is_effect else 0,
        is_mixed=finding.direction == "mixed",
        is_significant=_significant(finding, oriented, vi),
    )


def _is_effect(finding: Finding, study: Study, registry: Registry) -> bool:
    """An effect metric, measured, of an assigned attribute; no legal row, no standing rule against it."""
    if finding.metric not in words.EFFECT_METRICS or study.design in words.LEGAL_DESIGNS:
        return False
    if finding.modality != "measured" or standing_reason(finding, study, registry):
        return False
    if not_listed_reason(finding, study, registry):
        return False
    if finding.attribute_randomised == "as_good_as":
        return study.design == "quasi_experiment"
    return finding.attribute_randomised == "yes"


def _is_publishable(finding: Finding, study: Study, registry: Registry) -> bool:
    """Read at the primary source or its abstract, and not an observed attribute of an experiment."""
    observed = finding.attribute_randomised == "no" and study.design in words.EXPERIMENTAL_DESIGNS
    return (
        finding.source_level in words.PUBLISHABLE_SOURCE_LEVELS
        and study.study_status not in words.BLOCKING_STATUSES
        and not observed
        and standing_reason(finding, study, registry) is None
    )


def _measure(finding: Finding, claim: Claim | None) -> str:
    if finding.metric == "callback_ratio":
        return "log_rr"
    if finding.metric == "pct_change":
        rate = claim is not None and claim.claim_type in RATE_CLAIMS
        return "log_rr" if rate else "log_ratio_of_means"
    return {"callback_diff_pp": "rd", "smd": "smd"}.get(finding.metric, "none")


def _yi(finding: Finding, measure: str) -> float | None:
    if finding.estimate is None or measure == "none" or finding.estimate_bound == "range":
        return None
    return _on_measure(finding, finding.estimate)


def _on_measure(finding: Finding, value: float) -> float:
    if finding.metric == "callback_ratio":
        return value if finding.unit == "log" else math.log(value)
    if finding.metric == "pct_change":
        return math.log1p(value / 100.0)
    return value / 100.0 if finding.unit == "pp" else value


def _vi(finding: Finding, measure: str) -> tuple[float | None, str]:
    """Sampling variance, from the best that is entered: standard error, interval, p value, counts."""
    if finding.p_tests == "all_groups" or finding.estimate is None:
        return None, "none"  # one contrast picked out of many has no honest interval of its own
    if finding.se is not None:
        return _se_on_measure(finding, finding.se, finding.se_scale == "log") ** 2, "se"
    if finding.ci_low is not None and finding.ci_high is not None:
        level = finding.ci_level or 0.95
        if finding.metric == "pct_change" and not log_fits_better(finding):
            plain = se_of_interval(finding.ci_low, finding.ci_high, level)
            return _se_on_measure(finding, plain, False) ** 2, "interval"
        low, high = _on_measure(finding, finding.ci_low), _on_measure(finding, finding.ci_high)
        return se_of_interval(low, high, level) ** 2, "interval"
    yi = _on_measure(finding, finding.estimate)
    if finding.p is not None and 0 < finding.p < 1 and yi != 0:
        return se_of_p(yi, finding.p) ** 2, "p"
    if finding.counts is not None and measure in ("log_rr", "rd"):
        effect = (log_risk_ratio if measure == "log_rr" else risk_difference)(*finding.counts)
        return effect.vi, "counts"
    return None, "none"


def _se_on_measure(finding: Finding, se: float, log: bool) -> float:
    """Delta method where the standard error is printed on the scale of the unit."""
    estimate = finding.estimate or 0.0
    if log:
        return se
    if finding.metric == "pct_change":
        return (se / 100.0) / (1.0 + estimate / 100.0)
    if finding.metric == "callback_ratio" and finding.unit != "log":
        return se / estimate
    return se / 100.0 if finding.unit == "pp" else se


def _direction(finding: Finding, yi: float | None, turned: bool) -> int:
    if finding.direction is not None:
        plain = {"positive": 1, "negative": -1}.get(finding.direction, 0)
        return -plain if turned else plain
    value = yi if yi is not None else (finding.estimate or 0.0) * (-1.0 if turned else 1.0)
    return (value > 0) - (value < 0)


def _significant(finding: Finding, yi: float | None, vi: float | None) -> bool | None:
    if yi is not None and vi is not None:
        return abs(yi) > z_of_level(1.0 - SIGNIFICANCE) * math.sqrt(vi)
    return finding.p < SIGNIFICANCE if finding.p is not None else None
