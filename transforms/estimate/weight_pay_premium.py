"""Fills weight_pay_premium: pay premiums of the published skills of each role, over adverts that disclose pay."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_pay_premium import WeightPayPremium
from transforms.estimate.cells import PUBLISHED, SKILL, cells, ordered
from transforms.estimate.employers import Integers
from transforms.estimate.lasso import Flags
from transforms.estimate.pay import Premium, Spread, premium_rule, premiums, spread_of

PAID = """
    WITH numbered AS (SELECT skill_id, row_number() OVER (ORDER BY skill_id) - 1 AS skill_number FROM core_skill),
    base_employer AS (
        SELECT occupation, period_start, period_end, employer_key, count(*) AS n_of_employer
        FROM weight_posting
        JOIN core_occupation USING (occupation)
        WHERE source_group = 'all' AND geo = 'all' AND occupation_kind = 'role'
        GROUP BY ALL
    ),
    base AS (
        SELECT
            occupation, period_start, period_end,
            CAST(sum(n_of_employer) AS BIGINT) AS n_of_cell, count(*) AS n_employers_of_cell
        FROM base_employer
        GROUP BY ALL
    )
    SELECT
        weight_posting.occupation, weight_posting.period_start, weight_posting.period_end,
        weight_posting.employer_key, weight_posting.family_id,
        core_family_fact.pay_mid_year, core_family_fact.pay_currency, core_family_fact.seniority,
        coalesce(core_family_fact.country, 'unknown') AS region,
        strftime(core_family_fact.first_seen_on, '%Y-%m') AS month,
        core_family_fact.source_id,
        base_employer.n_of_employer, base.n_of_cell, base.n_employers_of_cell,
        list(CAST(numbered.skill_number AS INTEGER) ORDER BY numbered.skill_number)
            FILTER (numbered.skill_number IS NOT NULL) AS skill_numbers
    FROM weight_posting
    JOIN core_occupation USING (occupation)
    JOIN base_employer USING (occupation, period_start, period_end, employer_key)
    JOIN base USING (occupation, period_start, period_end)
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
SUPPORT = ("n_with_pay", "n_employers_with_pay", "n_without_pay", "n_employers_without_pay")
DECIMALS = 9


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_pay_premium by occupation, period and skill."""
    rule = premium_rule(parameters)
    paid = ordered(frames["paid"])
    rows: list[dict[str, Any]] = []
    for whole in cells(paid, frames["published"], frames["skill"]):
        part = paid.slice(whole.rows.start, whole.rows.stop - whole.rows.start)
        kept = frequent_currencies(
            part["pay_currency"],
            whole.employers,
            families_min=int(parameters["k_enter"]),
            employers_min=int(parameters["employer_min"]),
        )
        part = part.filter(pa.array(kept))
        cell = replace(whole, asked=whole.asked[kept], employers=whole.employers[kept])
        found = premiums(
            np.log(part["pay_mid_year"].to_numpy().astype(np.float64)),
            cell.asked,
            cell.employers,
            [_codes(part[name]) for name in CONTROLS],
            targets=range(len(cell.skill_ids)),
            rule=rule,
        )
        known = [(p.value, p.se) for p in found if p.value is not None and p.se is not None]
        spread = spread_of(np.array([v for v, _ in known]), np.array([se for _, se in known]))
        support = _support(part, cell.employers)
        for skill_id, premium, asked in zip(cell.skill_ids, found, cell.asked.T, strict=True):
            dominated = _dominated(cell.employers, asked, float(parameters["dominance_max"]))
            rows.append(
                cell.key | {"skill_id": skill_id} | support | _numbers(premium, spread, dominated=dominated)
            )
    return pa.Table.from_pylist(rows, schema=arrow_schema(WeightPayPremium))


def frequent_currencies(
    currencies: pa.ChunkedArray, employers: Integers, *, families_min: int, employers_min: int
) -> Flags:
    """Which families pay in a currency that enough of a cell do: the others tell no difference of currencies.

    Their number would stand between that of the premium and that of the quartiles of pay, which are in one
    currency (contract section 5).
    """
    names = np.array(currencies.to_pylist(), dtype=str)
    frequent = [
        name
        for name in np.unique(names)
        if (names == name).sum() >= families_min and len(np.unique(employers[names == name])) >= employers_min
    ]
    return np.asarray(np.isin(names, frequent))


def _support(part: pa.Table, employers: Integers) -> dict[str, int]:
    """Families of the premium, and what they leave of the cell."""
    if not part.num_rows:
        return dict.fromkeys(SUPPORT, 0)
    sizes = np.bincount(employers)
    of_employer = np.zeros_like(sizes)
    of_employer[employers] = part["n_of_employer"].to_numpy()
    n_all_paid = int(((sizes > 0) & (sizes == of_employer)).sum())
    numbers = (
        part.num_rows,
        int((sizes > 0).sum()),
        part["n_of_cell"][0].as_py() - part.num_rows,
        part["n_employers_of_cell"][0].as_py() - n_all_paid,
    )
    return dict(zip(SUPPORT, numbers, strict=True))


def _numbers(premium: Premium, spread: Spread | None, *, dominated: bool) -> dict[str, Any]:
    shown = premium.value is not None and not dominated
    reason = premium.reason or ("single_employer" if dominated else None)
    pulled = None
    if spread and premium.value is not None and premium.se is not None:
        pulled = spread.pulled(premium.value, premium.se)
    numbers = {
        "premium": premium.value,
        "premium_se": premium.se,
        "premium_df": premium.df,
        "premium_ci_low": premium.low,
        "premium_ci_high": premium.high,
        "premium_cross": premium.cross,
        "premium_squares": premium.squares,
        "premium_shrunken": pulled,
        "premium_mean": spread.mean if spread else None,
        "premium_spread": spread.tau2 if spread else None,
    }
    return {
        "n_with_skill": premium.n_with,
        "n_employers_with_skill": premium.employers_with,
        "n_employers_without_skill": premium.employers_without,
        "n_controls": premium.n_selected if shown else None,
        "premium_reason": reason,
    } | {
        name: round(value, DECIMALS) if shown and value is not None else None
        for name, value in numbers.items()
    }


def _dominated(employers: Integers, asked: Any, most: float) -> bool:
    """Whether one employer holds more than ``most`` of an arm: contract section 5."""
    arms = (np.bincount(employers[arm]) for arm in (asked, ~asked) if arm.any())
    return any(int(sizes.max()) > most * int(sizes.sum()) for sizes in arms)


def _codes(column: pa.ChunkedArray) -> Integers:
    return np.asarray(np.unique(np.array(column.to_pylist(), dtype=str), return_inverse=True)[1]).reshape(-1)
