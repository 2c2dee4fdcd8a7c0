"""Hard failures of a finding's numbers: printed form, counts, interval, SE and p value, identities."""

import math
from collections.abc import Iterator

from schemas import evidence_vocabulary as words
from transforms.evidence.distribution import normal_quantile, z_of_level
from transforms.evidence.effect import counts_fault, log_risk_ratio, risk_difference
from transforms.evidence.entry import Finding, Identity
from transforms.evidence.scale import PERCENT_METRICS, RATIO_METRICS, estimate_scales, is_log_scaled
from transforms.evidence.stated import (
    NoNumber,
    Printed,
    half_of_last_digit,
    parse_number,
    parse_stated,
)

TOLERANCE = 0.05
"""Interval, standard error and p value may differ by 5 % beyond rounding: t against z, profile likelihood."""

COUNTS_TOLERANCE = 0.25
"""A p value printed beside bare counts may be of another test: chi-squared, exact, with a continuity correction."""

P_EDGE = 0.05
"""A p value entered as 0 or 1 was rounded to it: below 0.05 or above 0.95."""

OF_COUNTS = (*RATIO_METRICS, *PERCENT_METRICS, "callback_diff_pp")

Broken = tuple[str, str]
"""Rule and message."""


def number_faults(finding: Finding) -> Iterator[Broken]:
    """Every rule the numbers of a finding break."""
    yield from _presence(finding)
    impossible = list(_possible(finding))
    yield from impossible
    if impossible:
        return  # nothing can be computed from such a number
    yield from _printed(finding)
    yield from _counts(finding)
    yield from _interval(finding)
    yield from _uncertainty(finding)


def _presence(finding: Finding) -> Iterator[Broken]:
    without = finding.metric in words.METRICS_WITHOUT_NUMBER
    if without and finding.estimate is not None:
        yield (
            "number_without_metric",
            f"{finding.metric} carries no number, yet estimate = {finding.estimate}",
        )
    if not without and finding.estimate is None:
        yield "estimate_missing", f"{finding.metric} needs an estimate"
    if finding.estimate is not None and finding.stated is None:
        yield "stated_missing", "the number as the source prints it is missing"
    if finding.metric.endswith("direction") or finding.metric == "direction_only":
        if finding.direction is None:
            yield "stated_missing", f"{finding.metric} needs the direction the source reports"
    elif finding.direction is not None:
        yield "direction_with_number", "direction is entered only where the source prints no number"
    allowed = words.UNITS_OF_METRIC.get(finding.metric, ())
    if not without and finding.unit not in allowed:
        yield "unit_of_metric", f"{finding.metric} is in {' or '.join(allowed)}, not in {finding.unit}"
    if finding.metric == "share" and not finding.denominator:
        yield "denominator_missing", "a share needs the words for what it is a share of"
    if finding.n is not None and not finding.n_unit:
        yield "n_unit_missing", f"n = {finding.n} of what?"
    if (finding.estimate_bound == "range") != (finding.estimate_high is not None):
        yield "range_ends", "estimate_bound = 'range' and estimate_high come together"


def _possible(finding: Finding) -> Iterator[Broken]:
    """A ratio is positive, a fall ends at 100 per cent, a share at its whole, a sample has members."""
    values = {
        "estimate": finding.estimate,
        "estimate_high": finding.estimate_high,
        "ci_low": finding.ci_low,
        "ci_high": finding.ci_high,
    }
    whole = 1.0 if finding.unit == "fraction" else 100.0
    for name, value in values.items():
        if value is None:
            continue
        ratio = finding.metric in ("callback_ratio", "association_ratio") and finding.unit == "fraction"
        if ratio and (value <= 0 and name.startswith("estimate")):
            yield "estimate_impossible", f"{name} = {value}: a ratio of two rates is positive"
        if finding.metric in ("pct_change", "association_pct", "growth_pct") and value <= -100:
            yield "estimate_impossible", f"{name} = {value}: nothing falls by 100 per cent or more"
        if finding.metric == "share" and not 0 <= value <= whole:
            yield "estimate_impossible", f"{name} = {value}: a share in {finding.unit} ends at {whole:g}"
        if finding.unit == "pp" and abs(value) > 100 and name.startswith("estimate"):
            yield "estimate_impossible", f"{name} = {value}: rates differ by 100 points at most"
    if finding.estimate_high is not None and finding.estimate_high < (finding.estimate or 0.0):
        yield "range_ends", f"the range runs down, from {finding.estimate} to {finding.estimate_high}"
    if finding.n is not None and finding.n <= 0:
        yield "n_impossible", f"n = {finding.n}: a number was found on somebody"


def _printed(finding: Finding) -> Iterator[Broken]:
    if finding.stated is None or finding.estimate is None:
        return
    try:
        printed = parse_stated(finding.stated, faster_is_less=finding.better_if == "lower")
    except NoNumber as error:
        yield "stated_not_estimate", f"{error}; the estimate is {finding.estimate}"
        return
    if printed.unit is not None and not printed.counts and not _same_unit(printed, finding):
        yield "stated_unit", f"{finding.stated!r} is in {printed.unit}, the estimate in {finding.unit}"
        return
    yield from _value_of(printed, finding)
    if printed.bound != finding.estimate_bound:
        yield (
            "stated_bound",
            f"{finding.stated!r} says {printed.bound}, the entry says {finding.estimate_bound}",
        )


def _value_of(printed: Printed, finding: Finding) -> Iterator[Broken]:
    estimate = finding.estimate or 0.0
    entered = (estimate,) if finding.estimate_high is None else (estimate, finding.estimate_high)
    scale = 0.01 if finding.unit == "fraction" and printed.unit == "percent" else 1.0
    values = tuple(value * scale for value in printed.values)
    if printed.counts:
        recomputed = _recomputed(finding, printed.counts)
        if recomputed is None:
            yield "stated_not_estimate", f"no {finding.metric} follows from the counts {finding.stated!r}"
            return
        values = (abs(recomputed),)
    slack = half_of_last_digit(estimate) if printed.counts else 1e-9 * max(1.0, abs(estimate))
    if len(values) != len(entered) or any(
        abs(value - abs(given)) > slack * (1 + 1e-9) for value, given in zip(values, entered, strict=False)
    ):
        yield "stated_not_estimate", f"{finding.stated!r} reads as {values}, the entry as {entered}"
    elif not printed.counts and estimate < 0 and printed.sense == 0:
        yield "stated_sign", f"nothing in {finding.stated!r} says that {estimate} is negative"
    elif not printed.counts and printed.sense and estimate and (printed.sense > 0) != (estimate > 0):
        yield "stated_sign", f"{finding.stated!r} and the estimate {estimate} point in opposite directions"
    if printed.counts and finding.counts and printed.counts != finding.counts:
        yield "stated_not_estimate", f"{finding.stated!r} are not the counts entered, {finding.counts}"


def _same_unit(printed: Printed, finding: Finding) -> bool:
    return printed.unit == finding.unit or (printed.unit == "percent" and finding.unit == "fraction")


def _counts(finding: Finding) -> Iterator[Broken]:
    given = [value is not None for value in (finding.ai, finding.n1i, finding.ci, finding.n2i)]
    if any(given) and not all(given):
        yield "counts_incomplete", "ai, n1i, ci and n2i come together"
    counts = finding.counts
    if counts is None:
        return
    fault = counts_fault(*counts)
    if fault:
        yield "counts_impossible", fault
        return
    ai, n1i, ci, n2i = counts
    if finding.estimate is None:
        return
    recomputed = _recomputed(finding, counts)
    half = half_of_last_digit(finding.estimate) * (1 + 1e-9)
    if recomputed is not None and abs(recomputed - finding.estimate) > half:
        yield (
            "counts_not_estimate",
            f"{ai}/{n1i} against {ci}/{n2i} gives {recomputed:.6g}, not {finding.estimate}",
        )


def _recomputed(finding: Finding, counts: tuple[int, int, int, int]) -> float | None:
    """What four counts give in the metric and unit of the finding; None where nothing follows from them."""
    ai, n1i, ci, n2i = counts
    if finding.metric == "callback_diff_pp":
        return 100.0 * (ai / n1i - ci / n2i)
    if ci == 0 or finding.metric not in RATIO_METRICS + PERCENT_METRICS:
        return None
    ratio = (ai / n1i) / (ci / n2i)
    if finding.metric in PERCENT_METRICS:
        return 100.0 * (ratio - 1.0)
    if finding.unit == "log":
        return math.log(ratio) if ratio > 0 else None
    return ratio


def _interval(finding: Finding) -> Iterator[Broken]:
    if (finding.ci_low is None) != (finding.ci_high is None):
        yield "interval_incomplete", "both ends of an interval come together"
    if finding.ci_low is None or finding.ci_high is None:
        return
    if finding.ci_level is None or not 0 < finding.ci_level < 1:
        yield "interval_incomplete", f"ci_level = {finding.ci_level} is no level such as 0.95"
    if finding.estimate is None or not finding.ci_low <= finding.estimate <= finding.ci_high:
        yield (
            "interval_without_estimate",
            f"{finding.estimate} is not between {finding.ci_low} and {finding.ci_high}",
        )
    elif is_log_scaled(finding) and finding.ci_low <= 0:
        yield "interval_without_estimate", f"a ratio has no interval from {finding.ci_low}"


def _uncertainty(finding: Finding) -> Iterator[Broken]:
    if (finding.se is None) != (finding.se_scale is None):
        yield "se_scale_missing", "se and se_scale come together"
    if finding.se is not None and finding.se <= 0:
        yield "uncertainty_inconsistent", f"a standard error is positive, got {finding.se}"
        return
    if finding.p is not None and not 0 <= finding.p <= 1:
        yield "uncertainty_inconsistent", f"a p value lies between 0 and 1, got {finding.p}"
        return
    if finding.p is not None and finding.p_tests is None:
        yield "p_tests_missing", "say what the p value tests: estimate or all_groups"
    if finding.estimate is None or (finding.ci_level is not None and not 0 < finding.ci_level < 1):
        return
    complaints = [_disagreement(finding, log) for log in estimate_scales(finding)]
    if complaints and all(complaints):
        yield "uncertainty_inconsistent", str(complaints[0])
    yield from _p_of_counts(finding)


def _disagreement(finding: Finding, log: bool) -> str | None:
    """How interval, standard error and p value contradict each other on one scale, or None."""
    estimate = _on(finding, finding.estimate, log)
    own_scale = finding.unit == "log" or (finding.se_scale == "log") == log
    se = finding.se if own_scale else None  # where the number is a logarithm, there is no other scale
    if finding.ci_low is not None and finding.ci_high is not None and finding.ci_level:
        low, high = _on(finding, finding.ci_low, log), _on(finding, finding.ci_high, log)
        z = z_of_level(finding.ci_level)
        slack = (_slack(finding, finding.ci_low, log) + _slack(finding, finding.ci_high, log)) / (2 * z)
        from_interval = (high - low) / (2 * z)
        if se is None:
            se = from_interval
        elif abs(from_interval - se) > TOLERANCE * se + slack + half_of_last_digit(se):
            return f"the interval means a standard error of {from_interval:.4g}, the entry says {se}"
    if se is None or finding.p is None or finding.p_tests != "estimate":
        return None
    return _p_against(abs(estimate) / se, finding.p, TOLERANCE, "estimate and standard error give")


def _p_against(z: float, p: float, tolerance: float, words_for_z: str) -> str | None:
    """How a p value contradicts a statistic, or None; 0 and 1 are what is left of it by rounding."""
    if p in (0.0, 1.0):
        edge = -normal_quantile(P_EDGE / 2) if p == 0.0 else -normal_quantile((1 - P_EDGE) / 2)
        apart = edge - z if p == 0.0 else z - edge
        if apart > tolerance * max(1.0, z):
            return f"{words_for_z} z = {z:.3g}, which p = {p:g} is not"
        return None
    z_of_p = -normal_quantile(p / 2)
    z_slack = z_of_p + normal_quantile(min(p + half_of_last_digit(p), 1 - 1e-12) / 2)
    if abs(z_of_p - z) > tolerance * max(1.0, z) + z_slack:
        return f"{words_for_z} z = {z:.3g}, p = {p} means z = {z_of_p:.3g}"
    return None


def _p_of_counts(finding: Finding) -> Iterator[Broken]:
    """A p value with no other uncertainty beside it, against counts of applications that are not clustered."""
    counts, alone = finding.counts, finding.se is None and finding.ci_low is None
    if counts is None or not alone or finding.p is None or finding.p_tests != "estimate":
        return
    if finding.clustering != "none" or counts_fault(*counts) or finding.metric not in OF_COUNTS:
        return
    effect = (risk_difference if finding.metric == "callback_diff_pp" else log_risk_ratio)(*counts)
    wrong = _p_against(abs(effect.yi) / effect.se, finding.p, COUNTS_TOLERANCE, "the counts give")
    if wrong:
        yield "uncertainty_inconsistent", wrong


def _on(finding: Finding, value: float | None, log: bool) -> float:
    number = 0.0 if value is None else value
    if not log:
        return number - (1.0 if is_log_scaled(finding) else 0.0)
    return math.log(number) if is_log_scaled(finding) else math.log1p(number / 100.0)


def _slack(finding: Finding, end: float, log: bool) -> float:
    half = half_of_last_digit(end)
    if not log:
        return half
    return half / abs(end) if is_log_scaled(finding) else half / (100.0 + end)


def identity_fault(identity: Identity) -> Broken | None:
    """The rule an arithmetic identity breaks: terms and result, each within its rounding, cannot agree."""
    try:
        terms = [parse_number(term) for term in identity.terms]
        result, half = parse_number(identity.result)
    except NoNumber as error:
        return "identity_broken", str(error)
    if identity.kind != "sum" and len(terms) != 2:
        return "identity_broken", f"{identity.kind} needs two terms, got {len(terms)}"
    corners: list[float] = [0.0]
    if identity.kind == "sum":
        total, slack = sum(value for value, _ in terms), sum(width for _, width in terms)
        corners = [total - slack, total + slack]
    else:
        (a, wide_a), (b, wide_b) = terms
        if abs(b) <= wide_b:
            return "identity_broken", f"cannot divide by {identity.terms[1]}"
        ratios = [(a + i * wide_a) / (b + j * wide_b) for i in (-1, 1) for j in (-1, 1)]
        corners = ratios if identity.kind == "ratio" else [100.0 * (ratio - 1.0) for ratio in ratios]
    tiny = 1e-9 * max(1.0, abs(result))
    if max(corners) < result - half - tiny or min(corners) > result + half + tiny:
        return (
            "identity_broken",
            f"{identity.kind} of {', '.join(identity.terms)} lies between {min(corners):.6g} and "
            f"{max(corners):.6g}, not at {identity.result}",
        )
    return None
