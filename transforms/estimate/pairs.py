"""Skills asked for together within an occupation: lift, its error between employers, and a test of it.

The employer is the sampling unit: what leaving one out changes carries the variance. Under three dominant
employers the plain G2 test calls independent skills a pair in every run.
"""

from dataclasses import dataclass
from itertools import product
from math import factorial

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import t as student

from transforms.estimate.employers import Floats, Integers, degrees_of_freedom
from transforms.estimate.lasso import Flags

BLOCK_PAIRS = 4_000_000
"""Pairs of mentions counted at a time: about 100 MB."""


@dataclass(frozen=True)
class Pairs:
    """S x S arrays over the skills of a cell; the diagonal means nothing.

    ``both`` families with the two, ``expected`` if independent, ``log_lift_se`` (NaN where no family has
    both), ``conditional_variance`` of the share of the row skill's families that ask for the column skill,
    ``p_value`` of independence; ``df`` between employers, one number.
    """

    both: Integers
    expected: Floats
    log_lift_se: Floats
    conditional_variance: Floats
    p_value: Floats
    df: float


@dataclass(frozen=True)
class _Cell:
    """Families m (K), families that ask x (K x S), and families with two skills for each employer that has any."""

    n: int
    families: Floats
    asking: Floats
    both: Floats


def pairs(skills: Flags, employers: Integers) -> Pairs:
    """Counts and tests of all pairs of the columns of ``skills`` (n x S); ``employers`` (n) are any codes.

    What leaving an employer out changes is taken to the first order, times n / (n - m): exact but for
    products of two such changes. Fewer than two employers tell nothing: errors are 0 and p is 1.
    """
    # Within an employer the order of rows never shows: all that is taken of them are whole counts.
    order = np.argsort(employers, kind="stable")
    skills, codes = skills[order], np.unique(employers[order], return_inverse=True)[1].reshape(-1)
    n, n_skills = skills.shape
    sizes = np.bincount(codes) if n else np.zeros(0, dtype=np.int64)
    firsts = np.flatnonzero(np.diff(codes, prepend=-1))
    asking = np.add.reduceat(skills, firsts, axis=0, dtype=np.float64) if n else np.zeros((0, n_skills))
    both = np.zeros((n_skills, n_skills))
    blocks = [_together(skills, codes, rows) for rows in _blocks(skills, codes)]
    for _, s, t, count in blocks:
        both += np.bincount(s * n_skills + t, count, minlength=n_skills**2).reshape(n_skills, n_skills)
    cell = _Cell(n, sizes.astype(np.float64), asking, both + both.T + np.diag(asking.sum(axis=0)))
    with_skill = asking.sum(axis=0)
    expected = np.outer(with_skill, with_skill) / max(n, 1)
    df = degrees_of_freedom(sizes.astype(np.int64))
    if len(sizes) < 2:
        nothing = np.zeros_like(expected)
        return Pairs(cell.both.astype(np.int64), expected, nothing, nothing, np.ones_like(expected), df)
    excess, fourth, log_lift, conditional = _squares(cell, blocks)
    return Pairs(
        cell.both.astype(np.int64),
        expected,
        np.where(cell.both > 0, np.sqrt(np.maximum(log_lift, 0.0)), np.nan),
        np.maximum(conditional, 0.0),
        _p_values(cell.both / n - expected / n, excess, fourth, _independent_variance(cell), df),
        df,
    )


Block = tuple[Integers, Integers, Integers, Floats]
"""Employer, first skill, second skill (a larger column) and the employer's families with both."""


def _blocks(skills: Flags, codes: Integers) -> list[Integers]:
    """Row numbers by block of whole employers, each with at most BLOCK_PAIRS pairs if one employer has."""
    if not len(skills):
        return []
    pairs_of_row = skills.sum(axis=1).astype(np.int64) ** 2
    before = np.cumsum(pairs_of_row) - pairs_of_row
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    block_of_employer = before[starts] // BLOCK_PAIRS
    edges = starts[np.flatnonzero(np.diff(block_of_employer, prepend=-1))]
    return [np.arange(a, b) for a, b in zip(edges, [*edges[1:], len(skills)], strict=True)]


def _together(skills: Flags, codes: Integers, rows: Integers) -> Block:
    """How many families of each employer have each two skills, where any does."""
    n_skills = skills.shape[1]
    row, column = np.nonzero(skills[rows])
    length = np.bincount(row, minlength=len(rows))
    start = np.cumsum(length) - length
    repeats = length[row]
    first = np.repeat(column, repeats)
    within = np.arange(len(first)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    second = column[np.repeat(start[row], repeats) + within]
    upper = first < second
    employer = np.repeat(codes[rows][row], repeats)[upper]
    key = (employer * n_skills + first[upper]) * n_skills + second[upper]
    found, count = np.unique(key, return_counts=True)
    return (
        found // n_skills**2,
        found // n_skills % n_skills,
        found % n_skills,
        count.astype(np.float64),
    )


def _squares(cell: _Cell, blocks: list[Block]) -> tuple[Floats, Floats, Floats, Floats]:
    """Sums over employers, S x S: squares and fourth powers of the change of the joint share's excess, squares
    of the change of the log lift and of the conditional share.

    An employer's change has a part that is a sum of its margins, whose powers are products of K x S
    matrices, and a part where it has both skills, which few employers have for a given two.
    """
    x, m, n, n_skills = cell.asking, cell.families, cell.n, cell.asking.shape[1]
    with_skill = np.maximum(x.sum(axis=0), 1.0)
    share = x.sum(axis=0) / n
    leverage = np.where(m < n, 1.0 / np.maximum(n - m, 1.0), 0.0)
    excess_terms = (-np.tile(share[None, :], (n_skills, 1)), _independent_gap(cell, share))
    lift_terms = (-1.0 / with_skill, 1.0 / n)
    both = np.maximum(cell.both, 1.0)
    excess = _margin_power(x, m, leverage, excess_terms[0], excess_terms[1], power=2)
    fourth = _margin_power(x, m, leverage, excess_terms[0], excess_terms[1], power=4)
    lift_column = np.tile(lift_terms[0][:, None], (1, n_skills))
    log_lift = _margin_power(
        x, m, leverage * n, lift_column, np.full((n_skills, n_skills), lift_terms[1]), power=2
    )
    left = np.where(x > 0, 1.0 / np.maximum(with_skill[None, :] - x, 1.0), 0.0)
    given = cell.both / with_skill[:, None]
    conditional = given * given * ((x * left) ** 2).sum(axis=0)[:, None]
    add = np.zeros((5, n_skills * n_skills))
    for k, s, t, count in blocks:
        where, c = s * n_skills + t, leverage[k]
        base = c * (excess_terms[0][s, t] * x[k, s] + excess_terms[0][t, s] * x[k, t])
        base += c * excess_terms[1][s, t] * m[k]
        whole = base + c * count
        lift_base = c * n * (lift_terms[0][s] * x[k, s] + lift_terms[0][t] * x[k, t] + lift_terms[1] * m[k])
        lift_whole = lift_base + c * n * count / both[s, t]
        sums = (
            whole**2 - base**2,
            whole**4 - base**4,
            lift_whole**2 - lift_base**2,
            left[k, s] ** 2 * (count * count - 2 * given[s, t] * x[k, s] * count),
            left[k, t] ** 2 * (count * count - 2 * given[t, s] * x[k, t] * count),
        )
        for total, values in zip(add, sums, strict=True):
            total += np.bincount(where, values, minlength=n_skills**2)
    upper = add.reshape(5, n_skills, n_skills)
    shrink = (len(m) - 1) / len(m)
    return (
        shrink * (excess + upper[0] + upper[0].T),
        fourth + upper[1] + upper[1].T,
        shrink * (log_lift + upper[2] + upper[2].T),
        shrink * (conditional + upper[3] + upper[4].T),
    )


def _independent_gap(cell: _Cell, share: Floats) -> Floats:
    """p_s p_t minus the excess p_st - p_s p_t: what one more family of an employer adds by itself."""
    return np.asarray(2.0 * np.outer(share, share) - cell.both / cell.n)


def _margin_power(
    x: Floats, m: Floats, weight: Floats, of_skill: Floats, of_family: Floats, *, power: int
) -> Floats:
    """Sum over employers of (w (a_st x_s + a_ts x_t + g_st m))^power, S x S, by the multinomial theorem.

    Most employers ask for few of the skills, so the products are sparse.
    """
    total = np.zeros((x.shape[1], x.shape[1]))
    sparse = csr_array(x)
    for i, j in product(range(power + 1), repeat=2):
        rest = power - i - j
        if rest < 0:
            continue
        times = factorial(power) / (factorial(i) * factorial(j) * factorial(rest))
        sums = _weighted(sparse, weight**power * m**rest, i, j)
        total += times * of_skill**i * of_skill.T**j * of_family**rest * sums
    return total


def _weighted(x: csr_array, weight: Floats, i: int, j: int) -> Floats:
    """Sums over employers of weight x_s^i x_t^j, S x S or what broadcasts to it; 0^0 is 1."""
    if i == 0 and j == 0:
        return np.asarray(weight.sum())
    if i == 0 or j == 0:
        sums = np.asarray((x ** max(i, j)).T @ weight)
        return sums[None, :] if i == 0 else sums[:, None]
    return np.asarray(((x**i).T @ (x**j).multiply(weight[:, None]).tocsr()).toarray())


def _independent_variance(cell: _Cell) -> Floats:
    """Variance of the excess were adverts and skills independent: p_s q_s p_t q_t / n."""
    share = cell.asking.sum(axis=0) / cell.n
    spread = share * (1 - share)
    return np.asarray(np.outer(spread, spread) / cell.n)


def _p_values(excess: Floats, squares: Floats, fourth: Floats, floor: Floats, df: float) -> Floats:
    """Student's test of no excess, at the smaller of two degrees of freedom.

    One is that of the employers' sizes, the other (sum D^2)^2 / sum D^4 of this pair's own contributions:
    when a few employers carry all of a pair's excess, the sizes alone promise too much (in planted markets
    of equal employers without any pair, 6 to 11 % of runs then had a false one at q 5 %; so, 0 to 3 %).
    The variance is never below that of as many adverts of their own: employers don't add adverts.
    """
    # A sum of the order of rounding means that no employer differs from another.
    seen = (squares > 1e-24) & (fourth > 0)
    own = np.where(seen, squares**2 / np.where(seen, fourth, 1.0), df)
    variance = np.maximum(squares, floor)
    statistic = np.where(variance > 0, np.abs(excess) / np.sqrt(np.where(variance > 0, variance, 1.0)), 0.0)
    return np.asarray(2.0 * student.sf(statistic, np.maximum(1.0, np.minimum(df, own))))


def benjamini_hochberg(p_values: Floats) -> Floats:
    """q of each p: the smallest false discovery rate at which it is called (Benjamini, Hochberg 1995)."""
    m = len(p_values)
    order = np.argsort(p_values, kind="stable")
    scaled = p_values[order] * m / np.arange(1, m + 1)
    q = np.empty(m)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q
