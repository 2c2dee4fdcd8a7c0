"""Markets that no estimate can be made of: a status with a reason in every row, never a crash, NaN or infinity."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.drawn_market import Advert, Market, crowd, put
from tests.drawn_tables import DrawnWarehouse, Row
from tests.oracle.test_determinism import FEWER, order

pytestmark = pytest.mark.slow


def both(n: int, *, employers: int = 40, **fields: Any) -> list[Advert]:
    """Adverts of two years."""
    now = crowd("now", n, employers=employers, level="senior", **fields)
    return [*now, *(replace(a, family=f"then {a.family}", day=date(2021, 6, 1)) for a in now)]


CASES = {
    "no advert at all": [],
    "an occupation without adverts": crowd("other", 60, role="designer", skills=("go",)),
    "one advert": [Advert("f", skills=("go",), pay=1)],
    "one employer only": both(120, employers=1, skills=("go", "sql"), pay=9_000_000),
    "a skill in every advert": both(120, skills=("go",)),
    "a skill in none": both(120),
    "all pay the same": both(120, skills=("go",), pay=9_000_000),
    "pay of zero and below": [
        replace(a, pay=(0, -5_000_000, 9_000_000)[i % 3]) for i, a in enumerate(both(240, skills=("go",)))
    ],
    "no employer is named": [replace(a, employer="") for a in both(120, skills=("go",))],
    "none has a day": [replace(a, day=None) for a in both(60, skills=("go",))],
    "none counts": [replace(a, reason="several_roles") for a in both(60, skills=("go",))],
}


SHARE = {
    "one advert": ("suppressed", "insufficient_sample"),
    "one employer only": ("suppressed", "insufficient_sample"),
    "a skill in every advert": ("suppressed", "small_cell"),
    # None of 120 rests on 40 employers, where 72 would be enough.
    "a skill in none": ("suppressed", "small_cell"),
    "all pay the same": ("suppressed", "small_cell"),
    "pay of zero and below": ("suppressed", "small_cell"),
    # An unknown employer is one employer.
    "no employer is named": ("suppressed", "insufficient_sample"),
}
"""What the headline share of go for dev says; else that no advert counts."""


@pytest.mark.parametrize("name", CASES)
def test_every_row_is_a_number_or_a_reason(drawn: DrawnWarehouse, name: str) -> None:
    market = Market(
        CASES[name],
        roles=("dev", "designer"),
        reviewed=("go", "sql"),
        major_groups=("15", "27"),
        more_skills=("go", "sql"),
    )
    with drawn.forgotten():
        put(drawn, market, checked=False)
        drawn.compute(*order(), **FEWER)
        tables = {table: drawn.read(f"SELECT * FROM {table}") for table in order()}
    for table, rows in tables.items():
        for row in rows:
            bad = [n for n, v in row.items() if isinstance(v, float) and not math.isfinite(v)]
            assert not bad, f"{table}: {bad} of {row}"
    metrics = tables["export_metric_value"]
    assert all(complete(row) for row in metrics)
    headline = [
        (row["status"], row["reason"])
        for row in metrics
        if (row["occupation"], row["skill"], row["metric"]) == ("dev", "go", "posting_share")
        and (row["source_group"], row["geo"]) == ("all", "all")
    ]
    assert headline == [SHARE.get(name, ("missing", "insufficient_sample"))]


def complete(row: Row) -> bool:
    """A number and no reason, a number with a warning, or no number and a reason; labels count as numbers."""
    if row["status"] == "ok":
        return (row["value"] is not None or row["label"] is not None) and row["reason"] is None
    if row["status"] == "low_reliability":
        return row["value"] is not None and row["reason"] is not None
    return row["value"] is None and row["reason"] is not None
