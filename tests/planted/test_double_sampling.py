"""Planted misreading: the raw interval misses the truth, the corrected one holds it; the figures are printed."""

import pytest

from transforms.planted import MARKETS
from transforms.planted_misreading import (
    JUDGED,
    READERS,
    MisreadCoverage,
    Reader,
    misread_coverage,
    misread_figures,
)

FAITHFUL = Reader(0.999, 0.999)


def covered(reader: Reader, n_seeds: int) -> dict[str, MisreadCoverage]:
    found = {
        market.name: misread_coverage(market, reader, judged=JUDGED, level=0.95, n_seeds=n_seeds, seed=11)
        for market in MARKETS
    }
    for name, one in found.items():
        print(
            f"recall {reader.recall} precision {reader.precision}  {name}: raw {one.raw:.3f} corrected "
            f"{one.corrected:.3f} (worst skill {one.worst_skill:.3f}), width {one.raw_width:.3f} -> "
            f"{one.corrected_width:.3f}"
        )
    return found


def assert_bars(found: dict[str, MisreadCoverage]) -> None:
    held = [one.corrected for one in found.values()]
    assert sum(held) / len(held) >= 0.93
    assert min(held) >= 0.87


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS, ids=str)
def test_corrected_intervals_hold_the_truth(reader: Reader) -> None:
    assert_bars(covered(reader, 100))


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS, ids=str)
def test_corrected_intervals_hold_the_truth_in_2000_seeds(reader: Reader) -> None:
    assert_bars(covered(reader, 2000))


def test_raw_intervals_do_not_where_a_third_is_missed() -> None:
    found = covered(READERS[0], 100)["many equal employers"]
    assert found.raw < 0.6
    assert found.corrected > found.raw + 0.3


def test_a_reader_without_errors_loses_little_width() -> None:
    found = covered(FAITHFUL, 100)["many equal employers"]
    assert found.raw >= 0.9
    assert found.corrected >= 0.93
    # What 600 unread adverts can't rule out is missed stays in the interval: no free certainty.
    assert found.raw_width < found.corrected_width < 3 * found.raw_width


def test_figures_hold_the_corrected_share_to_its_bars_and_show_the_raw_one_failing() -> None:
    found = misread_figures({"ci_level": 0.95}, n_seeds=20, seed=11)
    assert [figure.estimator for figure in found] == ["raw_share", "corrected_share", "corrected_share"] * 3
    assert all(figure.holds for figure in found if figure.estimator == "corrected_share")
    raw = [figure for figure in found if figure.estimator == "raw_share"]
    # The third reader's misses and false reads are equally many, so its raw share is right by chance.
    assert [figure.holds is None and figure.value < 0.6 for figure in raw] == [True, True, False]
