"""A reader who knows that each employer has one advert, against a slope's interval (contract section 5).

The slope and its counts leave some counts of the levels possible. Where employers are single adverts the jackknife
variance is a sum over these counts, so that an interval of six decimals picks one of them.
"""

import random
from collections.abc import Iterator
from itertools import product
from math import ceil, floor, log10

import numpy as np
import pytest
from scipy.special import stdtrit

from tests.drawn_market import Advert, Market, estimate
from tests.drawn_tables import DrawnWarehouse, Row

pytestmark = pytest.mark.slow

LEVELS = ("entry", "mid", "senior", "lead")
SHOWN = ("ok", "low_reliability")
WIDE_ENOUGH = 5
Counts = tuple[int, ...]


def single_adverts(seed: int) -> tuple[list[Advert], Counts, dict[str, Counts]]:
    """One advert an employer: adverts, families of each level, and of each skill those that ask."""
    draw = random.Random(seed)
    sizes = [draw.randint(*ends) for ends in ((30, 60), (50, 90), (100, 180), (35, 70), (100, 200))]
    odds = {f"s{k}": [draw.choice((0.05, 0.1, 0.2, 0.3)) for _ in sizes] for k in range(12)}
    odds["ref"] = [0.5] * len(sizes)
    found = []
    asking = {skill: [0] * len(sizes) for skill in odds}
    for at, (level, size) in enumerate(zip((*LEVELS, "unknown"), sizes, strict=True)):
        for i in range(size):
            skills = tuple(skill for skill in odds if draw.random() < odds[skill][at])
            for skill in skills:
                asking[skill][at] += 1
            found.append(Advert(f"{level} {i}", employer=f"{level} {i}", skills=skills, level=level))
    return found, tuple(sizes[:4]), {skill: tuple(counts[:4]) for skill, counts in asking.items()}


def possible(row: Row, sizes: Counts, known: dict[str, int]) -> Iterator[Counts]:
    """Counts of the levels that leave the slope, its count and the shown steps as they are."""
    n, s, ss = (
        sum(sizes),
        sum(k * m for k, m in enumerate(sizes)),
        sum(k * k * m for k, m in enumerate(sizes)),
    )
    spread = n * ss - s * s
    near = (row["value"] * spread + s * row["n_numerator"]) / n
    slack = 5.1e-7 * spread / n + 1e-6
    for steps in range(ceil(near - slack), floor(near + slack) + 1):
        for senior, lead in product(range(sizes[2] + 1), range(sizes[3] + 1)):
            mid = steps - 2 * senior - 3 * lead
            counts = (row["n_numerator"] - mid - senior - lead, mid, senior, lead)
            if all(0 <= c <= m for c, m in zip(counts, sizes, strict=True)) and all(
                counts[LEVELS.index(level)] == count for level, count in known.items()
            ):
                yield counts


def half_width(counts: Counts, sizes: Counts) -> float:
    """Of the interval that a jackknife over single adverts gives, one advert after the other left out."""
    step, n = np.arange(4), np.array(sizes)
    y = np.array(counts)

    def slope(n: np.ndarray, y: np.ndarray) -> float:
        line = n.sum() * (n * step**2).sum() - (n * step).sum() ** 2
        return float((n.sum() * (y * step).sum() - (n * step).sum() * y.sum()) / line)

    moved = 0.0
    for at in range(4):
        one = np.eye(4, dtype=int)[at]
        moved += y[at] * (slope(n - one, y - one) - slope(n, y)) ** 2 if y[at] else 0.0
        moved += (n - y)[at] * (slope(n - one, y) - slope(n, y)) ** 2 if n[at] > y[at] else 0.0
    total = n.sum()
    return float(stdtrit(total - 1, 0.975) * np.sqrt((total - 1) / total * moved))


def widths(found: list[Counts], withheld: list[str]) -> dict[str, int]:
    """How many values each withheld level's count may have."""
    return {level: len({counts[LEVELS.index(level)] for counts in found}) for level in withheld}


def attack(drawn: DrawnWarehouse, seed: int) -> Iterator[tuple[str, dict[str, int], dict[str, int]]]:
    """Of each shown slope, values left for withheld levels by the printed interval, and by an unrounded one."""
    adverts, sizes, truth = single_adverts(seed)
    with drawn.forgotten():
        estimate(drawn, Market(adverts), "export_metric_value", "export_ladder")
        metrics = drawn.read("SELECT * FROM export_metric_value WHERE metric = 'ladder'")
        steps = drawn.read("SELECT * FROM export_ladder")
        exact = {r["skill_id"]: r["slope_half_width"] for r in drawn.read("SELECT * FROM weight_ladder")}
    for row in metrics:
        if row["status"] not in SHOWN:
            continue
        known = {
            r["ladder_level"]: r["level_n"]
            for r in steps
            if r["skill"] == row["skill"] and r["level_n"] is not None
        }
        withheld = [level for level in LEVELS if level not in known]
        lattice = [(counts, half_width(counts, sizes)) for counts in possible(row, sizes, known)]
        printed = max(row["ci_high"] - row["value"], row["value"] - row["ci_low"])
        kept = [c for c, half in lattice if abs(10 ** (ceil(10 * log10(half)) / 10) - printed) < 2e-6]
        sharp = [c for c, half in lattice if abs(half - exact[row["skill"]]) < 1e-6]
        assert truth[row["skill"]] in kept, "the attack is wrong"
        assert truth[row["skill"]] in sharp, "the attack is wrong"
        yield row["skill"], widths(kept, withheld), widths(sharp, withheld)


def test_the_printed_interval_of_a_slope_gives_no_level_away(drawn: DrawnWarehouse) -> None:
    n_withheld = 0
    for seed in range(4):
        for skill, printed, _ in attack(drawn, seed):
            n_withheld += len(printed)
            told = {level: width for level, width in printed.items() if width < WIDE_ENOUGH}
            assert told == {}, f"market {seed}, {skill}"
    assert n_withheld > 20, "a mask that shows nothing would pass too"


def test_the_attack_breaks_an_interval_of_six_decimals(drawn: DrawnWarehouse) -> None:
    sharp = [width for _, _, widths_ in attack(drawn, 0) for width in widths_.values()]
    assert sharp
    assert max(sharp) < WIDE_ENOUGH
