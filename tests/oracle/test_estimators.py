"""Each estimator of transforms/estimate against its slow twin on small random tables."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import gammainc

from tests.oracle import plain
from transforms.estimate.cluster_robust import coefficient, orthonormal
from transforms.estimate.clusters import co_occurrence, communities, noise_corrected, stable_ids
from transforms.estimate.employers import counts
from transforms.estimate.lasso import coordinate_descent, plug_in_penalty
from transforms.estimate.pairs import benjamini_hochberg, pairs
from transforms.estimate.pay import PremiumRule, paule_mandel, premiums, spread_of
from transforms.estimate.rank import ranks
from transforms.estimate.salary import pay_quantile
from transforms.estimate.shrinkage import Prior, fit_prior, shrink

N_SKILLS = 4
EMPLOYER = st.integers(1, 6).flatmap(
    lambda m: st.tuples(st.just(m), st.lists(st.integers(0, m), min_size=N_SKILLS, max_size=N_SKILLS))
)
EMPLOYERS = st.lists(EMPLOYER, min_size=1, max_size=6)


@given(EMPLOYERS)
@example([(5, [0, 0, 0, 0])])  # one employer, nothing asked
@example([(2, [1, 1, 1, 1]), (2, [1, 1, 1, 1])])  # all equal: ties, no error
@example([(1, [1, 0, 1, 0]), (6, [0, 6, 3, 3]), (1, [0, 0, 0, 1])])
@settings(max_examples=30)
def test_ranks_are_those_of_the_twin(employers: list[tuple[int, list[int]]]) -> None:
    cell = counts(np.array([m for m, _ in employers]), np.array([x for _, x in employers]))
    found = ranks(cell, level=0.9, resamples=40, seed=3)
    rank, low, high = plain.rank_intervals(
        cell.families.tolist(), cell.asking.tolist(), level=0.9, resamples=40, seed=3
    )
    assert (found.rank.tolist(), found.low.tolist(), found.high.tolist()) == (rank, low, high)


@given(EMPLOYERS, st.randoms())
@settings(max_examples=20)
def test_ranks_do_not_depend_on_the_order_of_employers(
    employers: list[tuple[int, list[int]]], random: object
) -> None:
    shuffled = list(employers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    both = [
        ranks(
            counts(np.array([m for m, _ in order]), np.array([x for _, x in order])),
            level=0.95,
            resamples=60,
            seed=1,
        )
        for order in (employers, shuffled)
    ]
    assert both[0].low.tolist() == both[1].low.tolist()
    assert both[0].high.tolist() == both[1].high.tolist()


def test_counts_name_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="between 0 and the employer's families"):
        counts(np.array([2]), np.array([[3]]))


ADVERTS = st.lists(st.tuples(st.sampled_from("abcde"), st.booleans(), st.booleans()), min_size=1, max_size=14)


@pytest.mark.slow
@given(ADVERTS)
@example([("a", True, True)])
@example([("a", True, True), ("b", True, True)])  # every advert has both
@example([("a", False, False), ("b", False, False)])  # none has either
@example([("a", True, False), ("b", False, True), ("b", True, True), ("c", False, False)])
@settings(max_examples=60)
def test_pair_tests_are_those_of_the_twin(adverts: list[tuple[str, bool, bool]]) -> None:
    skills = np.array([[a, b] for _, a, b in adverts])
    found = pairs(skills, np.array([ord(name) for name, _, _ in adverts]))
    twin = plain.pair_test(adverts)
    assert found.both[0, 1] == sum(a and b for _, a, b in adverts)
    assert found.p_value[0, 1] == pytest.approx(twin["p"], abs=1e-9)
    assert found.conditional_variance[0, 1] == pytest.approx(twin["conditional_variance"], abs=1e-12)
    if found.both[0, 1]:
        assert found.log_lift_se[0, 1] == pytest.approx(twin["log_lift_se"], abs=1e-7)
    else:
        assert len({e for e, _, _ in adverts}) < 2 or np.isnan(found.log_lift_se[0, 1])


def test_errors_of_pairs_are_close_to_leaving_employers_out_one_by_one() -> None:
    rng = np.random.default_rng(5)
    employers = np.repeat(np.arange(80), rng.integers(1, 12, 80))
    skills = rng.random((len(employers), 5)) < np.array([0.2, 0.3, 0.4, 0.5, 0.6])
    found = pairs(skills, employers)

    def log_lift(rows: np.ndarray) -> float:
        a, b = rows[:, 0], rows[:, 1]
        return float(np.log((a & b).sum() * len(rows) / (a.sum() * b.sum())))

    left = [log_lift(skills[employers != e]) for e in range(80)]
    exact = plain.jackknife(left, log_lift(skills)) ** 0.5
    assert found.log_lift_se[0, 1] == pytest.approx(exact, rel=0.05)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_q_is_the_smallest_level_that_calls(p_values: list[float]) -> None:
    q = benjamini_hochberg(np.array(p_values))
    m = len(p_values)
    for p, found in zip(p_values, q.tolist(), strict=True):
        at_least = [x * m / sum(y <= x for y in p_values) for x in p_values if x >= p]
        assert found == pytest.approx(min([1.0, *at_least]), abs=1e-12)


TABLE = st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=5, max_size=5)


@pytest.mark.slow
@given(TABLE)
@example([[0] * 5] * 5)
@example([[4] * 5] * 5)
@settings(max_examples=60)
def test_backbone_is_that_of_the_twin(drawn_counts: list[list[int]]) -> None:
    both = np.array(drawn_counts)
    both = both + both.T
    np.fill_diagonal(both, 0)
    found = noise_corrected(both.astype(np.float64), sigma=1.0)
    for i in range(5):
        for j in range(5):
            assert found[i, j] == pytest.approx(plain.backbone_edge(both.tolist(), i, j, 1.0), abs=2e-9)


def test_co_occurrence_counts_families() -> None:
    skills = np.array([[1, 1, 0], [1, 1, 1], [0, 0, 1]], dtype=np.float32)
    found = co_occurrence(skills, np.array([1.0, 2.0, 5.0]))
    assert found.tolist() == [[0, 1 + 2, 2], [1 + 2, 0, 2], [2, 2, 0]]


def test_co_occurrence_counts_exactly_beyond_what_single_precision_holds() -> None:
    """2^24 + 1 is no float32."""
    found = co_occurrence(np.ones((2, 2), dtype=np.float32), np.array([2.0**24, 1.0]))
    assert found[0, 1] == 2**24 + 1


def test_communities_are_those_a_person_sees() -> None:
    weights = np.zeros((7, 7))
    for group in ((0, 1, 2), (3, 4, 5)):
        for i in group:
            for j in group:
                weights[i, j] = float(i != j)
    assert communities(weights, runs=5, seed=1) == [(0, 1, 2), (3, 4, 5)]  # 6 is alone
    assert communities(np.zeros((4, 4)), runs=5, seed=1) == []


SETS = st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1), max_size=4)


@given(SETS, SETS)
@settings(max_examples=60)
def test_ids_go_to_the_best_overlap_and_to_one_cluster_each(
    found: list[frozenset[str]], before: list[frozenset[str]]
) -> None:
    previous = {f"clu_{i}": members for i, members in enumerate(before)}
    kept = stable_ids(found, previous, overlap_min=0.5)
    given_ids = [name for name in kept if name]
    assert len(given_ids) == len(set(given_ids))
    for members, name in zip(found, kept, strict=True):
        best = max((_overlap(members, other) for other in before), default=0.0)
        if name:
            assert _overlap(members, previous[name]) >= 0.5
        elif best >= 0.5:  # whoever has the id overlaps at least as well
            rivals = [n for n, other in previous.items() if _overlap(members, other) == best]
            assert all(
                any(k == n and _overlap(f, previous[n]) >= best for f, k in zip(found, kept, strict=True))
                for n in rivals
            )


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)


def regression(seed: int, n: int, n_employers: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    employers = rng.integers(0, n_employers, n)
    d = (rng.random(n) < 0.4).astype(np.float64)
    controls = np.column_stack([np.ones(n), rng.normal(size=n), rng.integers(0, 2, n)])
    y = 0.1 * d + controls @ np.array([1.0, 0.2, -0.3]) + rng.normal(size=n_employers)[employers]
    return y + rng.normal(size=n), d, controls, employers


@given(st.integers(0, 10_000), st.integers(12, 40), st.integers(3, 9))
@settings(max_examples=40)
def test_cr2_and_its_df_are_those_of_the_brute_force_twin(seed: int, n: int, n_employers: int) -> None:
    y, d, controls, employers = regression(seed, n, n_employers)
    found = coefficient(y, d, orthonormal(controls), employers)
    if found is None:
        assert np.linalg.matrix_rank(np.column_stack([controls, d])) == np.linalg.matrix_rank(controls)
        return
    value, se, df = plain.brute_cr2(np.column_stack([controls, d]), y, employers, 3)
    assert found.value == pytest.approx(value, abs=1e-8)
    assert found.se == pytest.approx(se, rel=1e-6)
    assert found.df == pytest.approx(df, rel=1e-6)


@pytest.mark.slow  # statsmodels takes seconds to import
def test_the_coefficient_is_that_of_statsmodels() -> None:
    sm = pytest.importorskip("statsmodels.api")
    y, d, controls, employers = regression(7, 300, 40)
    found = coefficient(y, d, orthonormal(controls), employers)
    fit = sm.OLS(y, np.column_stack([controls, d])).fit()
    assert found is not None
    assert found.value == pytest.approx(fit.params[3], abs=1e-9)
    clustered = fit.get_robustcov_results("cluster", groups=employers)
    assert found.se == pytest.approx(clustered.bse[3], rel=0.05)  # CR1 there: the same but for small samples


def test_a_skill_the_controls_determine_has_no_coefficient() -> None:
    y, d, _, employers = regression(1, 30, 5)
    assert coefficient(y, d, orthonormal(np.column_stack([np.ones(30), d])), employers) is None


@pytest.mark.parametrize("seed", range(4))
def test_a_skill_that_a_level_or_two_regions_determine_is_not_identifiable(seed: int) -> None:
    """Freed of the controls such a skill is rounding, and rounding over rounding was a premium of 1e13."""
    rng = np.random.default_rng(seed)
    n, rule = 400, PremiumRule(level=0.95, n_min=200, arm_min=30, arm_employers_min=15, df_min=8)
    level, region, month = (rng.integers(0, size, n) for size in (4, 5, 12))
    skills = np.column_stack([level == 3, (region == 1) | (region == 2), rng.random(n) < 0.4])
    found = premiums(
        11 + rng.normal(0, 0.2, n),
        skills,
        np.arange(n) % 100,
        [level, region, month],
        targets=[0, 1, 2],
        rule=rule,
    )
    assert [one.reason for one in found] == ["not_identifiable", "not_identifiable", None]
    assert found[2].value == pytest.approx(0, abs=0.1)


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_the_lasso_meets_the_conditions_of_its_minimum(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(40, 6)), rng.normal(size=(40, 2)) + 0
    y[:, 0] += x[:, 0]
    allowed = np.ones((6, 2), dtype=np.bool_)
    allowed[1, 1] = False
    penalties = rng.uniform(1, 15, size=(6, 2))
    found = coordinate_descent(x.T @ x, x.T @ y, penalties, allowed)
    slope = x.T @ (y - x @ found)
    assert found[1, 1] == 0
    for j in range(6):
        for r in range(2):
            if found[j, r] != 0:
                assert slope[j, r] == pytest.approx(np.sign(found[j, r]) * penalties[j, r], abs=1e-4)
            elif allowed[j, r]:
                assert abs(slope[j, r]) <= penalties[j, r] + 1e-4


def test_the_plug_in_penalty_is_that_of_the_paper() -> None:
    """c sqrt(n) z, z the normal point that 0.1 / log n over 2p lies beyond; for n = 100, p = 10: 3.066."""
    assert plug_in_penalty(100, 10) == pytest.approx(1.1 * 10 * 3.0664, abs=0.01)


PRIOR = Prior(0.5, 0.5, 4.0, 3.0, 0.4)


@pytest.mark.slow
@given(st.integers(0, 40), st.floats(0.2, 30))
@settings(max_examples=10)
def test_the_posterior_is_that_of_the_integral(n: int, expected: float) -> None:
    found = shrink(np.array([n]), np.array([expected]), PRIOR)
    mean, below_one = plain.posterior(n, expected, PRIOR)
    assert found.ebgm[0] == pytest.approx(mean, rel=1e-4)
    assert (found.eb05[0] < 1) == (below_one > 0.05)
    assert (found.eb95[0] < 1) == (below_one > 0.95)
    assert found.eb05[0] < found.eb95[0]


@pytest.mark.slow
def test_a_planted_prior_is_found_again() -> None:
    rng = np.random.default_rng(11)
    ratio = np.where(rng.random(20_000) < 0.3, rng.gamma(1.0, 2.0, 20_000), rng.gamma(8.0, 1 / 8, 20_000))
    expected = rng.uniform(1, 40, 20_000)
    prior = fit_prior(rng.poisson(ratio * expected).astype(np.float64), expected)
    for point in (0.5, 1.0, 2.0, 4.0):
        fitted = prior.weight_1 * gammainc(prior.shape_1, prior.rate_1 * point)
        fitted += (1 - prior.weight_1) * gammainc(prior.shape_2, prior.rate_2 * point)
        assert fitted == pytest.approx((ratio < point).mean(), abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("scatter", [0.02, 0.05, 0.2])
def test_points_hold_where_ratios_hardly_differ(scatter: float) -> None:
    """Of 12 roles' shares of 60 skills: a prior taken as known left a third of the truths outside 90 % at 5 %."""
    rng = np.random.default_rng(17)
    n_missed = n = 0
    for _ in range(6):
        sizes = rng.integers(100, 600, 12)[:, None]
        truth = np.minimum(np.exp(rng.uniform(-3, -1, 60)) * np.exp(rng.normal(0, scatter, (12, 60))), 0.8)
        asked = rng.binomial(sizes, truth)
        pool = asked.sum(axis=0) / sizes.sum()
        noise = (1 - pool) * (1 - sizes / sizes.sum())
        counts, expected = (asked / noise).ravel(), (sizes * pool / noise).ravel()
        found = shrink(counts, expected, fit_prior(counts, expected))
        ratio = (truth / ((truth * sizes).sum(axis=0) / sizes.sum())).ravel()
        n_missed += int(((ratio < found.eb05) | (ratio > found.eb95)).sum())
        n += len(ratio)
    assert n_missed / n < 0.12


@pytest.mark.parametrize(
    ("n", "expected", "message"),
    [
        ([1.0], [0.0], "above 0"),
        ([-1.0], [1.0], "at least 0"),
        ([], [], "no cell"),
        ([1.0], [np.nan], "finite"),
    ],
)
def test_a_prior_needs_counts_and_expectations(
    n: Sequence[float], expected: Sequence[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        fit_prior(np.array(n), np.array(expected))


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(1, 5)), min_size=1, max_size=20),
    st.sampled_from([0.25, 0.5, 0.75]),
)
@example([(3, 1)] * 6, 0.5)
@settings(max_examples=60)
def test_quantiles_are_pays_and_lie_in_their_interval(rows: list[tuple[int, int]], share: float) -> None:
    pays = [pay for pay, _ in rows]
    found = pay_quantile(np.array(pays), np.array([e for _, e in rows]), quantile=share, level=0.95)
    assert found.value == plain.quantile_of(pays, share)
    assert found.low <= found.value <= found.high
    assert {found.low, found.high} <= set(pays)


def test_a_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no pay"):
        pay_quantile(np.array([], dtype=np.int64), np.array([], dtype=np.int64), quantile=0.5, level=0.95)


def test_premiums_are_pulled_as_their_errors_ask() -> None:
    assert spread_of(np.array([0.1, 0.2]), np.array([0.1, 0.1])) is None
    same = spread_of(np.array([0.1, 0.2, 0.3]), np.array([1.0, 1.0, 1.0]))
    assert same is not None
    assert same.pulled(0.1, 1.0) == pytest.approx(0.2)  # the spread is less than the errors: the mean
    values, errors = np.array([0.0, 0.2, 0.7]), np.array([0.05, 0.1, 0.05])
    tau2 = paule_mandel(values, errors)
    weights = 1 / (errors**2 + tau2)
    mean = (weights * values).sum() / weights.sum()
    assert (weights * (values - mean) ** 2).sum() == pytest.approx(2, abs=1e-6)
    spread = spread_of(values, errors)
    assert spread is not None
    pulled = [spread.pulled(v, se) for v, se in zip(values, errors, strict=True)]
    assert pulled == pytest.approx((mean + (values - mean) * tau2 / (tau2 + errors**2)).tolist())
