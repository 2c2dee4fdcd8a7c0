"""weight_trend.sql: the change on the year before, against leaving out each employer in turn."""

import random
from collections.abc import Sequence
from datetime import date

import pytest

from tests.drawn_market import Advert, Market, put
from tests.drawn_tables import DrawnWarehouse, Row

TABLES = ("weight_posting", "weight_occupation", "weight_posting_share", "weight_trend")


def trend(drawn: DrawnWarehouse, market: Market) -> Row:
    put(drawn, market, checked=False)
    drawn.compute(*TABLES[:-1])
    drawn.build(TABLES[-1])
    [row] = [row for row in drawn.read("SELECT * FROM weight_trend") if row["skill_id"] == "go"]
    return row


def change(adverts: Sequence[Advert]) -> float:
    def share(year: int) -> float:
        here = [advert for advert in adverts if advert.day and advert.day.year == year]
        return sum("go" in advert.skills for advert in here) / len(here)

    return share(2022) - share(2021)


def adverts(seed: int) -> list[Advert]:
    """Sixty adverts of eight employers over two years, some of them in one year alone."""
    draw = random.Random(seed)
    return [
        Advert(
            f"f{i}",
            employer=f"e{min(draw.randrange(8), draw.randrange(8))}",
            skills=("go",) if draw.random() < 0.6 else (),
            day=date(draw.choice((2021, 2022)), 6, 1),
        )
        for i in range(60)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_the_variance_leaves_out_each_employer_of_both_years(drawn: DrawnWarehouse, seed: int) -> None:
    found = adverts(seed)
    row = trend(drawn, Market(found))
    employers = {advert.employer for advert in found}
    squares = sum(
        (change([a for a in found if a.employer != employer]) - change(found)) ** 2 for employer in employers
    )
    assert row["share_change"] == pytest.approx(change(found), abs=1e-6)
    assert row["change_variance"] == pytest.approx((len(employers) - 1) / len(employers) * squares, rel=1e-6)


def test_what_stands_in_an_unmatched_source_is_counted_apart(drawn: DrawnWarehouse) -> None:
    groups = (("forum", "software-forum", True), ("board", "job-boards", True))
    late = [Advert(f"late {i}", employer=f"e{i}", skills=("go",), source="board") for i in range(5)]
    row = trend(drawn, Market([*adverts(1), *late], groups=groups))
    assert (row["n_unmatched"], row["n_unmatched_asking"], row["n_unmatched_before"]) == (5, 5, 0)
    assert row["share_change"] == pytest.approx(change(adverts(1)), abs=1e-6)
    assert row["source_ids"] == ["forum"]


@pytest.mark.slow
def test_shuffled_adverts_have_the_same_trend(drawn: DrawnWarehouse) -> None:
    assert trend(drawn, Market(adverts(2))) == trend(drawn, Market(adverts(2)[::-1]))
