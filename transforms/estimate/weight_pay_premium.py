"""Fills weight_pay_premium: pay premiums of the published skills of each role, over adverts that disclose pay."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_pay_premium import WeightPayPremium
from transforms.estimate.cells import PUBLISHED, SKILL, Cell, cells, ordered
from transforms.estimate.employers import Floats, Integers
from transforms.estimate.pay import Premium, premium_rule, premiums, shrunken

PAID = """
    WITH numbered AS (SELECT skill_id, row_number() OVER (ORDER BY skill_id) - 1 AS skill_number FROM core_skill)
    SELECT
        weight_posting.occupation, weight_posting.period_start, weight_posting.period_end,
        weight_posting.employer_key, weight_posting.family_id,
        core_family_fact.pay_mid_year, core_family_fact.pay_currency, core_family_fact.seniority,
        coalesce(core_family_fact.country, 'unknown') AS region,
        strftime(core_family_fact.first_seen_on, '%Y-%m') AS month,
        core_family_fact.source_id,
        list(CAST(numbered.skill_number AS INTEGER) ORDER BY numbered.skill_number)
            FILTER (numbered.skill_number IS NOT NULL) AS skill_numbers
    FROM weight_posting
    JOIN core_occupation USING (occupation)
    JOIN core_family_fact USING (family_id)
    LEFT JOIN core_family_skill USING (family_id)
    LEFT JOIN numbered USING (skill_id)
    WHERE weight_posting.source_group = 'all'
      AND weight_posting.geo = 'all'
      AND core_occupation.occupation_kind = 'role'
      AND core_family_fact.pay_mid_year > 0
      AND core_family_fact.pay_currency IS NOT NULL
    GROUP BY ALL
    ORDER BY ALL
"""
SELECTS = {"paid": PAID, "published": PUBLISHED, "skill": SKILL}
CONTROLS = ("seniority", "region", "month", "pay_currency", "source_id")
DECIMALS = 9


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_pay_premium by occupation, period and skill."""
    rule = premium_rule(parameters)
    paid = ordered(frames["paid"])
    rows: list[dict[str, Any]] = []
    for cell in cells(paid, frames["published"], frames["skill"]):
        part = paid.slice(cell.rows.start, cell.rows.stop - cell.rows.start)
        found = premiums(
            np.log(part["pay_mid_year"].to_numpy().astype(np.float64)),
            cell.asked,
            cell.employers,
            [_codes(part[name]) for name in CONTROLS],
            targets=range(len(cell.skill_ids)),
            rule=rule,
        )
        pulled = _shrunken(found)
        for skill_id, premium, asked, shrunk in zip(cell.skill_ids, found, cell.asked.T, pulled, strict=True):
            dominated = _dominated(cell.employers, asked, float(parameters["dominance_max"]))
            rows.append(_row(cell, skill_id, premium, shrunk, dominated=dominated))
    return pa.Table.from_pylist(rows, schema=arrow_schema(WeightPayPremium))


def _row(
    cell: Cell, skill_id: str, premium: Premium, shrunk: float | None, *, dominated: bool
) -> dict[str, Any]:
    shown = premium.value is not None and not dominated
    reason = premium.reason or ("single_employer" if dominated else None)
    numbers = {
        "premium": premium.value,
        "premium_se": premium.se,
        "premium_df": premium.df,
        "premium_ci_low": premium.low,
        "premium_ci_high": premium.high,
        "premium_shrunken": shrunk,
    }
    return (
        cell.key
        | {
            "skill_id": skill_id,
            "n_with_pay": premium.n,
            "n_employers_with_pay": len(np.unique(cell.employers)),
            "n_with_skill": premium.n_with,
            "n_employers_with_skill": premium.employers_with,
            "n_employers_without_skill": premium.employers_without,
            "n_controls": premium.n_selected if shown else None,
            "premium_reason": reason,
        }
        | {
            name: round(value, DECIMALS) if shown and value is not None else None
            for name, value in numbers.items()
        }
    )


def _shrunken(found: list[Premium]) -> list[float | None]:
    known = [(p.value, p.se) for p in found if p.value is not None and p.se is not None]
    values: Floats = np.array([value for value, _ in known])
    pulled = shrunken(values, np.array([se for _, se in known]))
    if pulled is None:
        return [None] * len(found)
    rest = iter(pulled.tolist())
    return [None if premium.value is None else next(rest) for premium in found]


def _dominated(employers: Integers, asked: Any, most: float) -> bool:
    """Whether one employer holds more than ``most`` of an arm: contract section 5."""
    arms = (np.bincount(employers[arm]) for arm in (asked, ~asked) if arm.any())
    return any(int(sizes.max()) > most * int(sizes.sum()) for sizes in arms)


def _codes(column: pa.ChunkedArray) -> Integers:
    return np.asarray(np.unique(np.array(column.to_pylist(), dtype=str), return_inverse=True)[1]).reshape(-1)
