"""Fills weight_corrected_share: every shown headline share with its correction, or why it has none."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.derive import arrow_schema
from schemas.weight_corrected_share import WeightCorrectedShare
from transforms.estimate.double_sampling import Proportion, corrected
from transforms.interval import precise, publication_standard

# One row per shown headline share. A sample of the very skill beats that of its class; ambiguous is what
# config/ambiguous_terms.csv asks evidence for.
SELECTS = {
    "share": """
        WITH class_of_skill AS (
            SELECT
                core_skill.skill_id,
                coalesce(
                    weight_measurement_error.skill_class,
                    CASE WHEN count(core_skill_surface.skill_id) > 0 THEN 'ambiguous' ELSE 'plain' END
                ) AS class_of_skill
            FROM core_skill
            LEFT JOIN core_skill_surface
              ON core_skill_surface.skill_id = core_skill.skill_id AND core_skill_surface.evidence <> 'none'
            LEFT JOIN weight_measurement_error
              ON weight_measurement_error.skill_class = concat('skill:', core_skill.skill)
            GROUP BY core_skill.skill_id, weight_measurement_error.skill_class
        )
        SELECT
            occupation, period_start, period_end, skill_id, class_of_skill,
            weight_measurement_error.* EXCLUDE (skill_class),
            n_numerator / n_denominator AS share, share_ci_low, share_ci_high,
            share_n_effective / n_denominator AS efficiency, weight_mask.status AS share_status
        FROM weight_posting_share
        JOIN core_occupation USING (occupation)
        JOIN class_of_skill USING (skill_id)
        JOIN weight_mask USING (occupation, skill_id, source_group, geo, period_start, period_end)
        JOIN weight_share_interval USING (occupation, skill_id, source_group, geo, period_start, period_end)
        LEFT JOIN weight_measurement_error ON weight_measurement_error.skill_class = class_of_skill.class_of_skill
        WHERE core_occupation.occupation_kind = 'role'
          AND source_group = 'all' AND geo = 'all'
          AND weight_mask.partner_skill_id = '' AND weight_mask.status IN ('ok', 'low_reliability')
          AND weight_share_interval.share_metric = 'posting_share' AND weight_share_interval.level = ''
        ORDER BY occupation, skill_id, period_start, period_end
    """
}
DECIMALS = 6
Array = NDArray[np.float64]


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_corrected_share: one for each row of ``share``, in its order."""
    shares = frames["share"]
    raw = _proportion(shares, "share", "share_ci_low", "share_ci_high")
    factor = _proportion(shares, "correction", "correction_ci_low", "correction_ci_high")
    precision = _floats(shares, "reading_precision")
    reasons = correction_reasons(
        raw.value,
        factor.value,
        precision,
        sample_reason=shares["reason"].to_pylist(),
        statuses=shares["status"].to_pylist(),
    )
    given = np.array([reason is None for reason in reasons], dtype=bool)
    found = corrected(
        _picked(raw, given), _picked(factor, given), precision[given], _floats(shares, "efficiency")[given]
    )
    ends = [np.round(end, DECIMALS) for end in (found.value, found.low, found.high)]
    ends = [ends[0], np.minimum(ends[1], ends[0]), np.maximum(ends[2], ends[0])]
    columns: dict[str, list[Any]] = {"corrected_share": [], "corrected_ci_low": [], "corrected_ci_high": []}
    columns |= {"corrected_status": [], "corrected_reason": []}
    # The effective n is the share's own, which is shown and so large enough.
    value, low, high = ends
    narrow = precise(value, low, high, np.full(len(value), np.inf), standard=publication_standard(parameters))
    numbers = zip(*(end.tolist() for end in (*ends, narrow)), strict=True)
    for reason, share_status in zip(reasons, shares["share_status"].to_pylist(), strict=True):
        row = _row(reason, share_status, next(numbers) if reason is None else None)
        for name, value in zip(columns, row, strict=True):
            columns[name].append(value)
    schema = arrow_schema(WeightCorrectedShare)
    made = {"skill_class": shares["class_of_skill"]} | {
        n: pa.array(v, schema.field(n).type) for n, v in columns.items()
    }
    return pa.table([made.get(n) if n in made else shares[n] for n in schema.names], schema=schema)


def correction_reasons(
    share: Array,
    factor: Array,
    precision: Array,
    *,
    sample_reason: list[str | None],
    statuses: list[str | None],
) -> list[str | None]:
    """Why each share can't be corrected, None where it can: no sample, an unusable one, or no share to multiply.

    A share of 0 stays open: what the reader misses of a skill it never reads shows in no multiple of 0.
    Where the product is not below the precision, an advert read as asking asks no more often than any.
    """
    return [
        "not_identifiable"
        if status is None
        else reason
        if reason is not None
        else "not_identifiable"
        if not (value < 1 and 0 < value * multiple < right)
        else None
        for value, multiple, right, reason, status in zip(
            share.tolist(), factor.tolist(), precision.tolist(), sample_reason, statuses, strict=True
        )
    ]


def _row(
    reason: str | None, share_status: str, ends: tuple[float, float, float, bool] | None
) -> tuple[Any, ...]:
    if ends is None:
        return None, None, None, "missing", reason
    value, low, high, narrow = ends
    if not narrow:
        return None, None, None, "suppressed", "wide_interval"
    return value, low, high, share_status, None if share_status == "ok" else "insufficient_sample"


def _proportion(shares: pa.Table, *names: str) -> Proportion:
    return Proportion(*(_floats(shares, name) for name in names))


def _floats(shares: pa.Table, name: str) -> Array:
    return np.asarray(pc.fill_null(shares[name].cast(pa.float64()), float("nan")).to_numpy())


def _picked(of: Proportion, given: NDArray[np.bool_]) -> Proportion:
    return Proportion(of.value[given], of.low[given], of.high[given])
