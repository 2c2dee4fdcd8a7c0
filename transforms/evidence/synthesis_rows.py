"""Rows of export_synthesis: the pooled effect on the scale of a page, with what stands beside it."""

import math
from typing import Any

from transforms.evidence.plot import LOG_MEASURES
from transforms.evidence.pool import Pooled
from transforms.evidence.synthesis import Synthesis

DF_MIN = 8
"""Fewer degrees of freedom than this: shown with a warning (contract section 5)."""

POOLED_FIELDS = (
    "mu",
    "mu_se",
    "mu_low",
    "mu_high",
    "value",
    "unit",
    "ci_low",
    "ci_high",
    "ci_level",
    "prediction_low",
    "prediction_high",
    "tau2",
    "i2",
    "q",
    "q_p",
    "tau2_method",
    "test",
)


def synthesis_row(row: Synthesis, method_version: str) -> dict[str, Any]:
    """One row. Few samples are low_reliability, as few employers are elsewhere."""
    pooled = row.pooled
    low_df = pooled is not None and pooled.k - 1 < DF_MIN
    numbers: dict[str, Any] = dict.fromkeys((*POOLED_FIELDS, "display_short"))
    if pooled is not None:
        numbers = _pooled_numbers(row.measure, pooled) | {"display_short": _pooled_line(row)}
    status = "missing" if pooled is None else "low_reliability" if low_df else "ok"
    if pooled is None and row.reason == "not_identifiable":
        status = "not_applicable"
    detail = f"{pooled.k} samples: {pooled.k - 1} degrees of freedom" if low_df and pooled else None
    return numbers | {
        "claim": row.claim.claim,
        "claim_type": row.claim.claim_type,
        "measure": row.measure,
        "k": len(row.members),
        "finding_ids": [member.finding.finding_id for member in row.members],
        "left_out": row.left_out,
        "egger_p": row.egger.p if row.egger else None,
        "certainty": row.certainty,
        "certainty_start": row.certainty_start,
        "downgrades": row.downgrades,
        "status": status,
        "reason": row.reason if pooled is None else "insufficient_sample" if low_df else None,
        "reason_detail": row.reason_detail if pooled is None else detail,
        "method_version": method_version,
    }


def _pooled_numbers(measure: str, pooled: Pooled) -> dict[str, Any]:
    log = measure in LOG_MEASURES
    factor = 100.0 if measure == "rd" else 1.0

    def shown(value: float) -> float:
        return math.exp(value) if log else factor * value

    return {
        "mu": pooled.mu,
        "mu_se": pooled.se,
        "mu_low": pooled.ci_low,
        "mu_high": pooled.ci_high,
        "value": shown(pooled.mu),
        "unit": "fraction" if log else "pp" if measure == "rd" else "sd",
        "ci_low": shown(pooled.ci_low),
        "ci_high": shown(pooled.ci_high),
        "ci_level": pooled.level,
        "prediction_low": shown(pooled.prediction_low),
        "prediction_high": shown(pooled.prediction_high),
        "tau2": pooled.tau2,
        "i2": pooled.i2,
        "q": pooled.q,
        "q_p": pooled.q_p,
        "tau2_method": pooled.tau2_method,
        "test": pooled.test,
    }


def _pooled_line(row: Synthesis) -> str:
    """One line with interval, prediction interval, heterogeneity and every disclosure."""
    pooled = row.pooled
    if pooled is None:
        return ""
    numbers = _pooled_numbers(row.measure, pooled)
    unit = {"fraction": "", "pp": " percentage points", "sd": " standard deviations"}[numbers["unit"]]
    prefix = "ratio " if numbers["unit"] == "fraction" else ""
    shown = {
        name: plain(numbers[name]) for name in ("ci_low", "ci_high", "prediction_low", "prediction_high")
    }
    line = (
        f"{row.claim.claim_label} Pooled: {prefix}{numbers['value']:.2f}{unit} "
        f"(95 % interval {shown['ci_low']} to {shown['ci_high']}; 95 % prediction interval "
        f"{shown['prediction_low']} to {shown['prediction_high']}); {pooled.k} samples, "
        f"tau2 = {pooled.tau2:.2g}, I2 = {pooled.i2:.0f} %; certainty {row.certainty}"
    )
    disclosures = sorted({member.study.vendor_disclosure or "" for member in row.members} - {""})
    return "; ".join([line, *(f"disclosure: {text}" for text in disclosures)])


def plain(number: float) -> str:
    """Two or so digits without an exponent: 392.9 is `393`, 0.0000278 is `0.000028`."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    if abs(number) >= 0.01 or number == 0:
        return f"{number:.2f}"
    decimals = 1 - math.floor(math.log10(abs(number)))
    return f"{number:.{decimals}f}"
