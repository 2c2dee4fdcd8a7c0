"""Markets that no estimate can be made of: a status with a reason in every row, never a crash, NaN or infinity."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.drawn_market import Advert, Market, crowd, put
from tests.drawn_tables import DrawnWarehouse, Row
from tests.oracle.test_determinism import FEWER, order
from tests.sql.test_export_share_sensitivity import sample
from warehouse.check import require_valid

pytestmark = pytest.mark.slow


EVERYTHING = FEWER | {
    "calibration_enabled": True,
    "calibration_class_min": 20,
    "importance_score_enabled": True,
}
"""What is off by default as well."""


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
    "all pay the same, some ask": [
        replace(a, pay=9_000_000, skills=("go",) if i % 3 else ("sql",)) for i, a in enumerate(both(240))
    ],
    "the skill decides the pay": [
        replace(a, pay=(9_000_000, 7_000_000)[i // 40 % 2], skills=(("go",), ("sql",))[i // 40 % 2])
        for i, a in enumerate(both(240))
    ],
    "the month decides the skill": [
        replace(a, pay=9_000_000 + i * i, day=date(2022, 1 + i % 12, 1), skills=("go",) if i % 12 < 3 else ())
        for i, a in enumerate(crowd("a", 480, employers=40))
    ],
    "pay as large as a number can be": [
        replace(a, pay=2**53 - 1 - i % 7, skills=("go",) if i % 3 else ()) for i, a in enumerate(both(240))
    ],
    "one employer has all but one": [
        *both(119, employers=1, skills=("go",), pay=9_000_000),
        Advert("single", employer="single", level="mid", pay=8_000_000),
    ],
    "each advert has an employer of its own": [
        replace(a, skills=("go!",) if i % 3 else ("sql?",), pay=9_000_000 + i * i)
        for i, a in enumerate(both(240, employers=240))
    ],
    "all skills in every advert that asks": [
        replace(a, skills=("go", "sql") if i % 3 else ()) for i, a in enumerate(both(240))
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
    "all pay the same, some ask": ("ok", None),
    "the skill decides the pay": ("ok", None),
    "the month decides the skill": ("ok", None),
    "pay as large as a number can be": ("ok", None),
    "one employer has all but one": ("suppressed", "insufficient_sample"),
    "each advert has an employer of its own": ("ok", None),
    "all skills in every advert that asks": ("ok", None),
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
        strange_benchmark(drawn, len(market.adverts))
        drawn.fill("core_double_sample", [sample("plain")])
        drawn.compute(*order(), **EVERYTHING)
        for table in order():
            # As a night does: a row that breaks a rule of its table stops it.
            require_valid(drawn.warehouse, table, table)
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


def strange_benchmark(drawn: DrawnWarehouse, n_postings: int) -> None:
    """Two codes in turn, and a wage table with a negative, a zero and a single sound number."""
    drawn.load(
        "core_posting_code",
        [
            {
                "posting_id": f"posting {i}",
                "scheme": "onet-soc",
                "occupation_code": ("15-1252.00", "15-1254.00", "15-1255.00")[i % 3],
                "code_confidence": 0.9,
            }
            for i in range(n_postings)
        ],
    )
    drawn.load("meta_input", [{"snapshot_sha256": "w", "source_kind": "wages", "source_id": "oews"}])
    drawn.load(
        "raw_oews_employment",
        [
            {"snapshot_sha256": "w", "soc_code": code, "soc_level": "detailed", "n_employed": n}
            for code, n in {"15-1252": -5, "15-1254": 0, "15-1255": 7}.items()
        ],
    )


def complete(row: Row) -> bool:
    """A number and no reason, a number with a warning, or no number and a reason; labels count as numbers."""
    if row["status"] == "ok":
        return (row["value"] is not None or row["label"] is not None) and row["reason"] is None
    if row["status"] == "low_reliability":
        return row["value"] is not None and row["reason"] is not None
    return row["value"] is None and row["reason"] is not None
