"""Fills weight_salary: quartiles of disclosed base pay of each role, in the currency most of it is in."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_salary import WeightSalary
from transforms.estimate.cells import cell_rows, ordered
from transforms.estimate.employers import effective_employers
from transforms.estimate.salary import pay_quantile

SELECTS = {
    "family": """
        SELECT
            weight_posting.occupation, weight_posting.period_start, weight_posting.period_end,
            weight_posting.employer_key, weight_posting.family_id,
            core_family_fact.pay_mid_year,
            CASE WHEN core_family_fact.pay_mid_year > 0 THEN core_family_fact.pay_currency END AS pay_currency
        FROM weight_posting
        JOIN core_occupation USING (occupation)
        LEFT JOIN core_family_fact USING (family_id)
        WHERE weight_posting.source_group = 'all'
          AND weight_posting.geo = 'all'
          AND core_occupation.occupation_kind = 'role'
        ORDER BY ALL
    """
}
QUANTILES = (0.25, 0.5, 0.75)


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_salary by occupation, period and quantile; none where no advert discloses pay."""
    family = ordered(frames["family"])
    rows: list[dict[str, Any]] = []
    for (occupation, start, end), where in cell_rows(family):
        part = family.slice(where.start, where.stop - where.start)
        currencies = np.array([name or "" for name in part["pay_currency"].to_pylist()])
        names, counts = np.unique(currencies[currencies != ""], return_counts=True)
        if not len(names):
            continue
        currency = str(names[np.argmax(counts)])  # the first of equals, names being sorted
        employers = np.unique(np.array(part["employer_key"].to_pylist()), return_inverse=True)[1]
        paid = currencies == currency
        pays = np.array([pay or 0 for pay in part["pay_mid_year"].to_pylist()], dtype=np.int64)[paid]
        sizes = np.bincount(employers[paid])
        key = {"occupation": occupation, "period_start": start, "period_end": end, "pay_currency": currency}
        support = {
            "n_families": len(part),
            "n_paid": len(pays),
            "n_employers_paid": int((sizes > 0).sum()),
            "n_employers_unpaid": len(np.unique(employers[~paid])),
            "top_employer_paid": int(sizes.max()),
            "pay_effective_employers": round(effective_employers(sizes.astype(np.int64)), 6),
        }
        for quantile in QUANTILES:
            found = pay_quantile(
                pays, employers[paid], quantile=quantile, level=float(parameters["ci_level"])
            )
            numbers = {
                "quantile": quantile,
                "pay_quantile": found.value,
                "pay_ci_low": found.low,
                "pay_ci_high": found.high,
                "pay_n_effective": round(found.n_effective, 6),
                "pay_variance": found.variance,
            }
            rows.append(key | support | numbers)
    return pa.Table.from_pylist(rows, schema=arrow_schema(WeightSalary))
