"""How ranks, pairs, clusters, premiums and quartiles do in planted markets, against the bars of method section 6."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from transforms.estimate.clusters import ClusterRule, clusters
from transforms.estimate.employers import counts, t_quantile
from transforms.estimate.pairs import benjamini_hochberg, pairs
from transforms.estimate.pay import PremiumRule, premiums
from transforms.estimate.rank import ranks
from transforms.estimate.salary import pay_quantile
from transforms.estimate.weight_pair_test import lower_lifts
from transforms.planted_skills import (
    EMPLOYERS,
    KINDS,
    Adverts,
    clustered_skills,
    employer_sizes,
    independent_skills,
    paid_adverts,
    rng_of,
    with_a_pair,
)

Method = Mapping[str, Any]
FDR = 0.05


@dataclass(frozen=True)
class Figure:
    """One measured figure: ``holds`` is whether it keeps its bar, None where it has none."""

    estimator: str
    market: str
    name: str
    value: float
    bar: str
    holds: bool | None


def figures(method: Method, *, n_seeds: int, seed: int) -> list[Figure]:
    """Every estimator in every kind of market; premiums and clusters, which are slow, at a tenth of the seeds."""
    few = max(10, n_seeds // 10)
    found = []
    for kind in KINDS:
        found += rank_figures(kind, method, n_seeds=n_seeds, seed=seed)
        found += pair_figures(kind, method, n_seeds=n_seeds, seed=seed)
        found += pay_figures(kind, method, n_seeds=n_seeds, seed=seed)
        found += cluster_figures(kind, method, n_seeds=few, seed=seed)
        found += premium_figures(kind, method, n_seeds=few, seed=seed)
    means = [
        figure.value for figure in found if figure.name == "coverage" and figure.estimator == "pay_premium"
    ]
    found.append(
        Figure("pay_premium", "mean of markets", "coverage", _mean(means), ">= 0.93", _mean(means) >= 0.93)
    )
    return found


def rank_figures(kind: str, method: Method, *, n_seeds: int, seed: int) -> list[Figure]:
    """Joint coverage: all ranks of a market at once, ties of the truth counted as any order of them."""
    shares = np.array([*[0.2] * 8, 0.1, 0.17, 0.23, 0.3, 0.37, 0.43, 0.5])
    best = 1 + (shares[None, :] > shares[:, None]).sum(axis=1)
    worst = len(shares) - (shares[None, :] < shares[:, None]).sum(axis=1)
    held, widths = [], []
    for draw in range(n_seeds):
        adverts = independent_skills(kind, rng_of(kind, seed, draw), shares, correlation=0.1)
        families = np.bincount(adverts.employers)
        asking = np.zeros((len(families), len(shares)), dtype=np.int64)
        np.add.at(asking, adverts.employers, adverts.skills)
        found = ranks(
            counts(families, asking),
            level=method["ci_level"],
            resamples=method["rank_resamples"],
            seed=method["seed"],
        )
        held.append(bool((found.low <= best).all() and (found.high >= worst).all()))
        widths.append(float((found.high - found.low).mean()))
    # The bar is the truth's, so a finite number of seeds may fall short of it by three of its errors.
    bar = 0.95 - 3 * (0.95 * 0.05 / n_seeds) ** 0.5
    return [
        Figure("rank", kind, "joint coverage", _mean(held), ">= 0.95", _mean(held) >= bar),
        Figure("rank", kind, "mean width in ranks, of 15", _mean(widths), "", None),
    ]


def pair_figures(kind: str, method: Method, *, n_seeds: int, seed: int) -> list[Figure]:
    """Runs with any false pair among 20 independent skills, by our test and by G2; and power where one is true.

    And how many of their lifts, which are 1, lie below the 5 % point of the shrunken lift.
    """
    false, plain, power, below = [], [], [], []
    upper = np.triu_indices(20, 1)
    for draw in range(n_seeds):
        rng = rng_of(kind, seed, draw, 1)
        adverts = independent_skills(kind, rng, rng.uniform(0.08, 0.5, 20), correlation=0.1)
        q, expected = _q_values(adverts, method)
        false.append(bool((q <= FDR).any()))
        plain.append(_plain_share(adverts, expected, upper))
        below.append(_share_below_lower_point(adverts, method))
        q, _ = _q_values(with_a_pair(adverts, rng), method)
        power.append(bool(q[0] <= FDR))
    bar = FDR + 3 * (FDR * (1 - FDR) / n_seeds) ** 0.5
    return [
        Figure(
            "skill_pair",
            kind,
            "runs with a false pair at q 5 %",
            _mean(false),
            "<= 0.05",
            _mean(false) <= bar,
        ),
        Figure(
            "skill_pair", kind, "null pairs the plain chi-square test calls at 5 %", _mean(plain), "", None
        ),
        Figure(
            "skill_pair", kind, "lifts of 1 below their EB05", _mean(below), "<= 0.05", _mean(below) <= FDR
        ),
        Figure("skill_pair", kind, "power for a pair copied in half of the adverts", _mean(power), "", None),
    ]


def _q_values(adverts: Adverts, method: Method) -> tuple[Any, Any]:
    found = pairs(adverts.skills, adverts.employers)
    upper = np.triu_indices(adverts.skills.shape[1], 1)
    tested = found.expected[upper] >= method["pair_expected_min"]
    q = np.ones(len(upper[0]))
    if found.df + 1 >= method["df_min"] and tested.any():
        q[tested] = benjamini_hochberg(found.p_value[upper][tested])
    return q, found.expected[upper]


def _share_below_lower_point(adverts: Adverts, method: Method) -> float:
    found = pairs(adverts.skills, adverts.employers)
    shown = found.both[np.triu_indices(adverts.skills.shape[1], 1)] >= method["k_enter"]
    return float((lower_lifts(found, len(adverts.skills), shown) > 1).mean()) if shown.any() else 0.0


def _plain_share(adverts: Adverts, expected: Any, upper: Any) -> float:
    correlation = np.asarray(np.corrcoef(adverts.skills.T))[upper]
    return float((len(adverts.skills) * correlation**2 > 3.8415)[expected >= 5].mean())


def cluster_figures(kind: str, method: Method, *, n_seeds: int, seed: int) -> list[Figure]:
    """Adjusted Rand index of published clusters over bundled skills; a skill in none is a group of its own."""
    rule = cluster_rule(method)
    scores, noise = [], []
    for draw in range(n_seeds):
        rng = rng_of(kind, seed, draw, 2)
        adverts, truth = clustered_skills(kind, rng)
        found = [-10 - i for i in range(len(truth))]
        for label, cluster in enumerate(clusters(adverts.skills, adverts.employers, rule)):
            for member in cluster.members if cluster.stability >= rule.stability_min else ():
                found[member] = label
        bundled = [i for i, group in enumerate(truth) if group >= 0]
        scores.append(adjusted_rand([truth[i] for i in bundled], [found[i] for i in bundled]))
        alone = independent_skills(kind, rng, rng.uniform(0.05, 0.5, 30), correlation=0.05)
        noise.append(
            any(c.stability >= rule.stability_min for c in clusters(alone.skills, alone.employers, rule))
        )
    return [
        Figure("skill_cluster", kind, "adjusted Rand index", _mean(scores), ">= 0.9", _mean(scores) >= 0.9),
        Figure("skill_cluster", kind, "runs with a cluster of unrelated skills", _mean(noise), "", None),
    ]


def premium_figures(kind: str, method: Method, *, n_seeds: int, seed: int) -> list[Figure]:
    """Coverage and width of unshrunken premiums that are told."""
    rule = premium_rule(method)
    held, widths, errors, told = [], [], [], []
    for draw in range(n_seeds):
        market = paid_adverts(kind, rng_of(kind, seed, draw, 3))
        found = premiums(
            market.log_pay,
            market.adverts.skills,
            market.adverts.employers,
            market.controls,
            targets=range(8),
            rule=rule,
        )
        for truth, premium in zip(market.premium, found, strict=False):
            told.append(premium.value is not None)
            if premium.value is not None and premium.low is not None and premium.high is not None:
                held.append(premium.low <= truth <= premium.high)
                widths.append(premium.high - premium.low)
                errors.append(premium.value - truth)
    # The width an interval from the true variance would have, at the degrees of freedom of a large market.
    width = float(np.median(widths)) / (2 * t_quantile(rule.level, 1e6) * float(np.std(errors)))
    return [
        Figure("pay_premium", kind, "coverage", _mean(held), ">= 0.87", _mean(held) >= 0.87),
        Figure("pay_premium", kind, "median width over the true one", width, "<= 1.3", width <= 1.3),
        Figure("pay_premium", kind, "premiums told", _mean(told), "", None),
    ]


def pay_figures(kind: str, method: Method, *, n_seeds: int, seed: int) -> list[Figure]:
    """Coverage of quartiles where log pay is normal within and between employers: the truth is the normal's."""
    held: list[bool] = []
    for draw in range(n_seeds):
        rng = rng_of(kind, seed, draw, 4)
        employers = np.repeat(np.arange(EMPLOYERS[kind]), employer_sizes(kind, rng))
        log_pay = 11 + rng.normal(0, 0.15, EMPLOYERS[kind])[employers] + rng.normal(0, 0.2, len(employers))
        for quantile, z in ((0.25, -0.6744898), (0.5, 0.0), (0.75, 0.6744898)):
            truth = np.exp(11 + 0.25 * z) * 100
            pays = np.rint(np.exp(log_pay) * 100).astype(np.int64)
            found = pay_quantile(pays, employers, quantile=quantile, level=method["ci_level"])
            held.append(bool(found.low <= truth <= found.high))
    return [Figure("salary quartiles", kind, "coverage", _mean(held), ">= 0.87", _mean(held) >= 0.87)]


def cluster_rule(method: Method) -> ClusterRule:
    """The rule of config/method.toml."""
    return ClusterRule(
        backbone_sigma=float(method["cluster_sigma"]),
        resolutions=tuple(float(value) for value in method["cluster_resolutions"]),
        runs=int(method["cluster_runs"]),
        resamples=int(method["cluster_resamples"]),
        size_min=int(method["cluster_size_min"]),
        stability_min=float(method["cluster_stability_min"]),
        core_min=float(method["cluster_core_min"]),
        seed=int(method["seed"]),
    )


def premium_rule(method: Method) -> PremiumRule:
    """The rule of config/method.toml."""
    return PremiumRule(
        level=float(method["ci_level"]),
        n_min=int(method["premium_n_min"]),
        arm_min=int(method["premium_arm_min"]),
        arm_employers_min=int(method["premium_arm_employers_min"]),
        df_min=float(method["df_min"]),
    )


def adjusted_rand(a: list[int], b: list[int]) -> float:
    """Agreement of two groupings beyond chance, 1 for the same (Hubert, Arabie, Journal of Classification 2, 1985)."""
    together = sum(a[i] == a[j] and b[i] == b[j] for i, j in combinations(range(len(a)), 2))
    in_a, in_b = (sum(comb(labels.count(name), 2) for name in set(labels)) for labels in (a, b))
    chance, largest = in_a * in_b / comb(len(a), 2), (in_a + in_b) / 2
    return 1.0 if largest == chance else (together - chance) / (largest - chance)


def _mean(values: list[bool] | list[float]) -> float:
    return float(np.mean(values)) if values else float("nan")
