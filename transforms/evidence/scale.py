"""On which scale a finding's number, interval and standard error are read: as printed or as a logarithm."""

import math

from transforms.evidence.entry import Finding

RATIO_METRICS = ("callback_ratio", "association_ratio")
PERCENT_METRICS = ("pct_change", "association_pct")


def is_log_scaled(finding: Finding) -> bool:
    """The number is a ratio, whose interval is symmetric on the log scale."""
    return finding.metric in RATIO_METRICS and finding.unit != "log"


def estimate_scales(finding: Finding) -> tuple[bool, ...]:
    """Scales to try, True for log: ratios on the log, points as printed, relative changes on either."""
    if is_log_scaled(finding):
        return (True,) if finding.se_scale != "unit" else (True, False)
    if finding.metric in PERCENT_METRICS and _has_log(finding):
        return (log_fits_better(finding), not log_fits_better(finding))
    return (False,)


def log_fits_better(finding: Finding) -> bool:
    """The interval of a relative change is more nearly symmetric around its estimate on the log scale."""
    low, high, estimate = finding.ci_low, finding.ci_high, finding.estimate
    if low is None or high is None or estimate is None or not _has_log(finding) or low == high:
        return False
    plain = abs((low + high) / 2 - estimate) / (high - low)
    logs = [math.log1p(value / 100.0) for value in (low, estimate, high)]
    return abs((logs[0] + logs[2]) / 2 - logs[1]) / (logs[2] - logs[0]) < plain


def _has_log(finding: Finding) -> bool:
    numbers = [value for value in (finding.ci_low, finding.estimate, finding.ci_high) if value is not None]
    return bool(numbers) and min(numbers) > -100
