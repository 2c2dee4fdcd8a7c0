"""The same adverts give the same estimates to the last bit: in any order, with one thread or two, and again."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from flows.estimate import POSTING_TABLES, estimators, selects
from schemas.table import all_tables
from tests.drawn_market import Advert, Market, put
from tests.drawn_tables import DrawnWarehouse
from warehouse.connection import open_warehouse
from warehouse.load import build_order
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

SKILLS = ("ada", "css", "git", "go", "html", "js", "rust", "sql")
FEWER = {
    "rank_resamples": 50,
    "cluster_resamples": 3,
    "cluster_runs": 2,
    "cluster_stability_min": 0.0,
    "major_groups_min": 2,
    "premium_n_min": 60,
    "premium_arm_min": 10,
    "premium_arm_employers_min": 5,
}
"""Fewer draws and lower bars, so that every estimator has something to do."""


def adverts() -> list[Advert]:
    """Bundles of skills, two years, all levels, pay, two sources, split adverts, duplicates."""
    draw = random.Random(5)
    found = []
    for role in ("dev", "designer", "other"):
        for i in range(360):
            bundle = draw.choice((SKILLS[:4], SKILLS[4:]))
            skills = tuple(s + draw.choice("!? ").strip() for s in bundle if draw.random() < 0.6)
            found.append(
                Advert(
                    f"{role} {i}",
                    role,
                    f"employer {draw.randrange(60)}",
                    skills,
                    draw.choice(("forum", "forum", "board")),
                    draw.choice((None, "DE", "US")),
                    date(draw.choice((2021, 2022, 2022)), draw.randrange(1, 13), 1),
                    draw.choice(("mid", "senior", "senior", "unknown")),
                    pay=draw.randrange(5_000_000, 20_000_000, 10_000) if draw.random() < 0.7 else None,
                )
            )
    whole = found[:40]
    found[:40] = [replace(advert, role=role, split=True) for advert in whole for role in ("dev", "designer")]
    return found


def market(found: list[Advert]) -> Market:
    return Market(
        found,
        roles=("dev", "designer"),
        reviewed=SKILLS,
        groups=(("forum", "software-forum", True), ("board", "job-boards", True)),
        major_groups=("15", "27"),
    )


def order() -> tuple[str, ...]:
    """Every table that is estimated, in the order a night fills them."""
    sqls = {name: sql for name, sql in selects().items() if name not in POSTING_TABLES}
    needs = sqls | {name: filler.reads for name, filler in estimators().items()}
    return tuple(name for name in build_order(needs) if name.startswith(("weight_", "export_")))


def estimated(home: Path, found: list[Advert], *, threads: int) -> Mapping[str, pa.Table]:
    with open_warehouse(Settings(home, threads=threads, memory_limit="300MB")) as warehouse:
        drawn = DrawnWarehouse(warehouse)
        put(drawn, market(found), checked=False)
        drawn.compute(*order(), **FEWER)
        return {name: warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL") for name in order()}


def test_order_threads_and_repeats_change_no_bit(tmp_path: Path) -> None:
    found = adverts()
    shuffled = random.Random(1).sample(found, len(found))
    first = estimated(tmp_path / "first", found, threads=1)
    other = estimated(tmp_path / "other", shuffled, threads=2)
    assert [name for name in first if not first[name].equals(other[name])] == []
    # A comparison of empty tables would compare nothing.
    empty = {name for name, table in first.items() if table.num_rows == 0}
    assert {"weight_rank", "weight_pay_premium", "weight_salary", "weight_skill_cluster"}.isdisjoint(empty)
    assert {"weight_ladder", "weight_trend", "weight_specificity", "weight_pair_test"}.isdisjoint(empty)
    assert {"export_metric_value", "export_ladder", "export_skill_pair"}.isdisjoint(empty)


def test_every_estimated_table_is_among_them() -> None:
    assert set(order()) >= {name for name in all_tables() if name.startswith("weight_")}
