"""Changes, ladders and concentrations hold their planted truth in every kind of market."""

import numpy as np
import pytest
from scipy.stats import t as student

from flows.configuration import read_configuration
from flows.estimate import renamed_parameters
from tests.oracle import part_twin
from transforms.planted_parts import change_of, part_figures, slope_of

METHOD = renamed_parameters(read_configuration().method)
LEVELS = ("entry", "mid", "senior", "lead")


@pytest.mark.slow
def test_planted_changes_ladders_and_concentrations_are_covered() -> None:
    found = part_figures(METHOD, n_seeds=60, seed=1)
    assert [figure for figure in found if figure.holds is False] == []
    # Ten markets and their mean, of each of the three.
    assert sum(figure.name == "coverage" for figure in found) == 33


def people(families: np.ndarray, asking: np.ndarray) -> list[part_twin.Family]:
    """Counts by employer and level, family by family."""
    return [
        part_twin.Family(
            f"{e} {at} {i}",
            f"employer {e}",
            LEVELS[at],
            {"go": "required"} if i < asking[e, at] else {},
            frozenset({"forum"}),
        )
        for e, at in np.ndindex(families.shape)
        for i in range(families[e, at])
    ]


def test_the_simulated_slope_is_the_one_that_is_published() -> None:
    rng = np.random.default_rng(1)
    families = rng.integers(0, 6, size=(1, 9, 4))
    asking = rng.binomial(families, 0.4)
    told = slope_of(families, asking, METHOD)
    here = people(families[0], asking[0])
    slope = part_twin.slope("go")
    variance = part_twin.left_out(here, slope)
    assert variance is not None
    assert told.value[0] == pytest.approx(slope(here))
    half = t_of(part_twin.effective(here) - 1) * variance**0.5
    # The next of Renard's ten numbers is told.
    assert 10**-0.9 < half <= 10**-0.8
    assert (told.high - told.low)[0] / 2 == pytest.approx(10**-0.8)


def test_the_simulated_change_is_the_one_that_is_published() -> None:
    rng = np.random.default_rng(2)
    families = rng.integers(0, 6, size=(2, 1, 9))
    asking = rng.binomial(families, 0.4)
    told = change_of(families, asking, METHOD)
    now, before = (people(families[at, 0][:, None], asking[at, 0][:, None]) for at in (0, 1))
    both = frozenset(source for family in now for source in family.sources)
    found = part_twin.change(now, before, "go", both)
    assert found is not None
    assert found.variance is not None
    assert told.value[0] == pytest.approx(found.change)
    assert (told.high - told.low)[0] / 2 == pytest.approx(t_of(found.df) * found.variance**0.5)


def t_of(df: float) -> float:
    """Student's two-sided quantile at the level of the method."""
    return float(student(max(1.0, df)).ppf(0.5 + METHOD["ci_level"] / 2))
