"""Groups of skills that adverts of an occupation ask for together, and how firm each group is.

Backbone: Coscia and Neffke, "Network Backboning with Noisy Data", ICDE 2017. Communities: Leiden (Traag,
Waltman, van Eck, Scientific Reports 9, 2019), consensus over runs (Lancichinetti, Fortunato, Scientific
Reports 2, 2012). Stability: bootstrap Jaccard (Hennig, Computational Statistics & Data Analysis 52, 2007),
resampling employers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import graspologic_native
import numpy as np
from numpy.typing import NDArray

from transforms.estimate.employers import Floats, Integers
from transforms.estimate.lasso import Flags

SINGLE_EXACT = 2**24
CONSENSUS_ROUNDS_MAX = 10
CONSENSUS_SHARE = 0.5
"""Two nodes that fewer than half of the runs put together are not linked in the next round."""


@dataclass(frozen=True)
class ClusterRule:
    """Parameters of config/method.toml, [cluster]."""

    backbone_sigma: float
    resolutions: tuple[float, ...]
    runs: int
    resamples: int
    size_min: int
    stability_min: float
    core_min: float
    seed: int


@dataclass(frozen=True)
class Cluster:
    """Members as columns, most central first; ``centrality`` is the share of the backbone weight inside the
    cluster that touches the member, ``membership`` the share of resamples that put it there, ``core`` whether
    that reaches the rule; ``stability`` the mean best Jaccard over resamples."""

    members: tuple[int, ...]
    centrality: tuple[float, ...]
    membership: tuple[float, ...]
    core: tuple[bool, ...]
    stability: float


def clusters(skills: Flags, employers: Integers, rule: ClusterRule) -> list[Cluster]:
    """Clusters of at least ``size_min`` columns of ``skills`` (n x S), firmest first, also those below
    ``stability_min``, which are not to be published.

    Of the rule's resolutions the one whose firm clusters hold most skills, weighted by stability, is taken,
    the coarser of equals: how fine the bundles of an occupation are is for its adverts to say. ``employers``
    (n) are codes; the order of rows does not matter, that of columns and codes is fixed by the caller.
    """
    backbone, resampled = _backbones(skills, employers, rule)
    best: list[Cluster] = []
    best_held = -1.0
    for resolution in sorted(rule.resolutions):
        found = communities(backbone, runs=rule.runs, seed=rule.seed, resolution=resolution)
        measured = _measured(
            [g for g in found if len(g) >= rule.size_min], backbone, resampled, resolution, rule
        )
        held = sum(len(c.members) * c.stability for c in measured if c.stability >= rule.stability_min)
        if held > best_held + 1e-9:
            best, best_held = measured, held
    return best


def _backbones(skills: Flags, employers: Integers, rule: ClusterRule) -> tuple[Floats, list[Floats]]:
    """The backbone of all adverts, and one for each draw of as many employers with replacement."""
    present, codes = np.unique(employers, return_inverse=True)
    # An advert with one skill or none links nothing.
    linking = skills.sum(axis=1) > 1
    asked, codes = skills[linking].astype(np.float32), codes.reshape(-1)[linking]
    draws = np.random.Generator(np.random.PCG64(rule.seed))
    even = np.full(len(present), 1 / max(len(present), 1))
    weights = [draws.multinomial(len(present), even).astype(np.float64)[codes] for _ in range(rule.resamples)]
    whole, *resampled = (
        noise_corrected(co_occurrence(asked, weight), sigma=rule.backbone_sigma)
        for weight in (np.ones(len(asked)), *weights)
    )
    return whole, resampled


def _measured(
    found: list[tuple[int, ...]],
    backbone: Floats,
    resampled: list[Floats],
    resolution: float,
    rule: ClusterRule,
) -> list[Cluster]:
    """The groups with their stability over the resampled backbones, firmest first."""
    if not found:
        return []
    overlaps = np.zeros((len(resampled), len(found)))
    together = np.zeros((len(found), len(backbone)))
    for b, again in enumerate(resampled):
        drawn = communities(again, runs=1, seed=rule.seed + b + 1, resolution=resolution)
        for position, group in enumerate(found):
            best, overlaps[b, position] = _best_match(group, drawn)
            together[position, list(best)] += 1
    measured = [
        _cluster(group, backbone, together[i] / len(resampled), round(float(overlaps[:, i].mean()), 6), rule)
        for i, group in enumerate(found)
    ]
    return sorted(measured, key=lambda cluster: (-cluster.stability, sorted(cluster.members)))


def co_occurrence(skills: NDArray[np.float32], weights: Floats) -> Floats:
    """Families with each two skills, S x S without its diagonal; whole numbers, so exact in any order.

    Below 2^24 they are exact in half the width as well, at half the time and memory.
    """
    drawn = weights > 0
    asked, weighed = skills[drawn], weights[drawn].astype(np.float32)
    if float(weighed.sum()) < SINGLE_EXACT:
        both = (asked.T @ (asked * weighed[:, None])).astype(np.float64)
    else:
        both = asked.astype(np.float64).T @ (asked * weights[drawn][:, None])
    np.fill_diagonal(both, 0.0)
    return np.asarray(both)


def noise_corrected(both: Floats, *, sigma: float) -> Floats:
    """How many standard deviations Coscia and Neffke's score of an edge lies above 0, below ``sigma`` 0: S x S.

    ``both`` counts families with the two skills; the score is (lift - 1) / (lift + 1). Edges weigh by how sure
    they are, not by the score: on real adverts bundles weighed by the score, which is largest for the rarest
    skills, dissolved in every resample.
    Its variance is binomial with a beta prior that has the hypergeometric mean and variance (their
    equations 4 to 9), the prior's parameters by the method of moments.
    """
    strength = both.sum(axis=1)
    total = float(strength.sum())
    product = np.outer(strength, strength)
    usable = (product > 0) & (strength[:, None] < total) & (strength[None, :] < total)
    if total <= 1 or not usable.any():
        return np.zeros_like(both)
    product = np.where(usable, product, 1.0)
    mean = product / total**2
    spread = product * np.outer(total - strength, total - strength) / (total**4 * (total - 1))
    spread = np.where(usable, spread, 1.0)
    alpha = mean * mean * (1 - mean) / spread - mean
    beta = mean * (1 - mean) ** 2 / spread - (1 - mean)
    chance = np.clip((both + alpha) / (total + alpha + beta), 0.0, 1.0)
    kappa = total / product
    # The margins move with the edge: derivative of kappa by n_ij.
    drift = 1 / product - total * (strength[:, None] + strength[None, :]) / product**2
    slope = 2 * (kappa + both * drift) / (kappa * both + 1) ** 2
    error = np.sqrt(total * chance * (1 - chance)) * np.abs(slope)
    score = (kappa * both - 1) / (kappa * both + 1)
    kept = usable & (both > 0) & (error > 0) & (score > sigma * error)
    deviations = score / np.where(kept, error, 1.0)
    # Nine digits: the weights must be symmetric and the same on every machine before they are clustered.
    return np.asarray(np.where(kept, np.round((deviations + deviations.T) / 2, 9), 0.0))


def communities(weights: Floats, *, runs: int, seed: int, resolution: float = 1.0) -> list[tuple[int, ...]]:
    """Communities of a weighted graph, each sorted, by first member; isolated nodes are in none.

    Several runs are made one by clustering how often they put two nodes together, until they agree.
    """
    linked = np.flatnonzero(weights.any(axis=1))
    if not len(linked):
        return []
    graph = weights[np.ix_(linked, linked)]
    for round_number in range(CONSENSUS_ROUNDS_MAX):
        labels = [_leiden(graph, seed + 1000 * round_number + run, resolution) for run in range(runs)]
        if all(np.array_equal(labels[0], other) for other in labels[1:]):
            break
        agreement = sum((label[:, None] == label[None, :]).astype(np.float64) for label in labels) / runs
        np.fill_diagonal(agreement, 0.0)
        graph = np.where(agreement >= CONSENSUS_SHARE, agreement, 0.0)
    found = [tuple(int(node) for node in linked[labels[0] == label]) for label in range(labels[0].max() + 1)]
    return sorted(group for group in found if len(group) > 1)


def _leiden(graph: Floats, seed: int, resolution: float) -> Integers:
    """Labels of one run, numbered by first node."""
    rows, columns = np.nonzero(graph)
    pointers = np.searchsorted(rows, np.arange(len(graph) + 1)).astype(np.int64)
    _, found = graspologic_native.leiden_csr(
        pointers, columns.astype(np.int32), graph[rows, columns], len(graph), seed=seed, resolution=resolution
    )
    labels = np.array([found[node] for node in range(len(graph))])
    firsts, inverse = np.unique(labels, return_index=True, return_inverse=True)[1:]
    return np.asarray(np.argsort(np.argsort(firsts))[inverse].reshape(-1), dtype=np.int64)


def _best_match(group: tuple[int, ...], drawn: list[tuple[int, ...]]) -> tuple[tuple[int, ...], float]:
    """The drawn community with the largest Jaccard overlap, the first of equals, and that overlap."""
    members = set(group)
    best: tuple[tuple[int, ...], float] = ((), 0.0)
    for other in drawn:
        overlap = len(members.intersection(other)) / len(members.union(other))
        if overlap > best[1]:
            best = (other, overlap)
    return best


def _cluster(
    group: tuple[int, ...], backbone: Floats, membership: Floats, stability: float, rule: ClusterRule
) -> Cluster:
    inside = backbone[np.ix_(group, group)].sum(axis=1)
    centrality = np.round(inside / inside.sum(), 6) if inside.sum() > 0 else np.zeros(len(group))
    order = sorted(range(len(group)), key=lambda i: (-centrality[i], group[i]))
    return Cluster(
        members=tuple(group[i] for i in order),
        centrality=tuple(float(centrality[i]) for i in order),
        membership=tuple(float(membership[group[i]]) for i in order),
        core=tuple(bool(membership[group[i]] >= rule.core_min) for i in order),
        stability=stability,
    )


def stable_ids(
    found: Sequence[frozenset[str]], previous: Mapping[str, frozenset[str]], *, overlap_min: float
) -> list[str | None]:
    """Ids the clusters keep from the release before, by best Jaccard overlap; None for a new cluster.

    One id goes to one cluster; of equal overlaps the smaller id, then the cluster named first, has it.
    """
    overlaps = sorted(
        (-len(members & before) / len(members | before), name, position)
        for position, members in enumerate(found)
        for name, before in previous.items()
        if members & before
    )
    kept: list[str | None] = [None] * len(found)
    taken: set[str] = set()
    for negative, name, position in overlaps:
        if -negative >= overlap_min and name not in taken and kept[position] is None:
            kept[position] = name
            taken.add(name)
    return kept
