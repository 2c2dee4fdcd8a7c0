"""A warehouse over the embedded market against the truth that market was made from."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from transforms.synthetic import PostingTruth, truth
from warehouse.connection import Warehouse

Key = tuple[str, str]
"""Source and the key it gives a posting."""


@dataclass(frozen=True)
class Comparison:
    """How far the warehouse is from the truth; ``differing`` holds role, skill, families counted and true.

    ``n_shares`` counts planted shares of roles that have at least 30 families in the default period;
    ``n_intervals`` of them have an interval (too small a count has none), and ``share_of_truths_inside`` tells how
    many of those hold the generating share.
    """

    roles_wrong: int
    families_split: int
    families_merged: int
    precision: float
    recall: float
    denominators_wrong: list[tuple[str, int, int]]
    n_shares: int
    share_of_numerators_exact: float
    differing: list[tuple[str, str, int, int]]
    n_intervals: int
    share_of_truths_inside: float


def compare_with_truth(warehouse: Warehouse) -> Comparison:
    """Compare a night over the whole embedded market with its truth."""
    postings = {(row.source_id, row.source_posting_key): row for row in truth().postings}
    split, merged = _families(warehouse, postings)
    precision, recall = _mentions(warehouse, postings)
    wrong, exact, differing, inside = _shares(warehouse, postings)
    return Comparison(
        _roles_wrong(warehouse, postings),
        split,
        merged,
        precision,
        recall,
        wrong,
        len(exact),
        sum(exact) / len(exact),
        differing,
        len(inside),
        sum(inside) / len(inside),
    )


def _roles_wrong(warehouse: Warehouse, postings: dict[Key, PostingTruth]) -> int:
    found: dict[Key, set[str]] = defaultdict(set)
    for source, key, occupation in warehouse.rows(
        "SELECT source_id, source_posting_key, occupation FROM core_posting JOIN core_posting_role USING (posting_id)"
    ):
        found[source, key].add(occupation)
    return sum(found[key] != set(row.roles) for key, row in postings.items())


def _families(warehouse: Warehouse, postings: dict[Key, PostingTruth]) -> tuple[int, int]:
    """True families found in several parts, and found families that mix true ones."""
    parts: dict[str, set[str]] = defaultdict(set)
    mixed: dict[str, set[str]] = defaultdict(set)
    for source, key, family in warehouse.rows(
        "SELECT source_id, source_posting_key, family_id FROM core_posting JOIN core_family USING (posting_id)"
    ):
        true = postings[source, key].family
        parts[true].add(family)
        mixed[family].add(true)
    return sum(len(x) > 1 for x in parts.values()), sum(len(x) > 1 for x in mixed.values())


def _mentions(warehouse: Warehouse, postings: dict[Key, PostingTruth]) -> tuple[float, float]:
    """Precision and recall of skills over English postings, a skill once a posting."""
    found: dict[Key, set[str]] = defaultdict(set)
    for source, key, skill in warehouse.rows(
        "SELECT DISTINCT source_id, source_posting_key, skill FROM core_posting "
        "JOIN core_mention USING (posting_version) JOIN core_skill USING (skill_id) WHERE accepted"
    ):
        found[source, key].add(skill)
    english = {key: set(row.skills) for key, row in postings.items() if row.language == "en"}
    right = sum(len(found[key] & skills) for key, skills in english.items())
    n_found = sum(len(found[key]) for key in english)
    n_true = sum(len(skills) for skills in english.values())
    return right / n_found, right / n_true


def _shares(
    warehouse: Warehouse, postings: dict[Key, PostingTruth]
) -> tuple[list[tuple[str, int, int]], list[bool], list[tuple[str, str, int, int]], list[bool]]:
    """Headline counts of the default period against counts of the truth's own families."""
    [(start, end)] = warehouse.rows("SELECT period_start, period_end FROM core_period WHERE is_default")
    base, asking = _true_counts(postings, start, end)
    generating = truth().shares
    wrong: set[tuple[str, int, int]] = set()
    exact, inside = [], []
    differing = []
    for occupation, skill, numerator, denominator, low, high in warehouse.rows(
        "SELECT occupation, skill, weight_posting_share.n_numerator, weight_posting_share.n_denominator, "
        "share_ci_low, share_ci_high FROM weight_posting_share "
        # Too small a count to be shown has no interval.
        "LEFT JOIN (FROM weight_share_interval WHERE share_metric = 'posting_share') "
        "USING (occupation, skill_id, source_group, geo, period_start, period_end) "
        "JOIN core_skill USING (skill_id) JOIN core_period USING (period_start, period_end) "
        "WHERE is_default AND source_group = 'all' AND geo = 'all' ORDER BY ALL"
    ):
        share = generating.get((occupation, skill)) if occupation in base else None
        if share is None or len(base[occupation]) < 30:
            continue
        expected = len(asking[occupation, skill])
        if denominator != len(base[occupation]):
            wrong.add((occupation, denominator, len(base[occupation])))
        exact.append(numerator == expected)
        if low is not None:
            inside.append(low <= share <= high)
        if numerator != expected:
            differing.append((str(occupation), str(skill), int(numerator), expected))
    return sorted(wrong), exact, differing, inside


def _true_counts(
    postings: dict[Key, PostingTruth], start: dt.date, end: dt.date
) -> tuple[dict[str, set[str]], dict[tuple[str, str], set[str]]]:
    """Families of each role that count in the headline, and those of them that ask for each skill."""
    base: dict[str, set[str]] = defaultdict(set)
    asking: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in postings.values():
        if row.language != "en" or len(row.roles) > 1 or not row.first_seen_on:
            continue
        if start <= row.first_seen_on <= end:
            base[row.roles[0]].add(row.family)
            for skill in row.skills:
                asking[row.roles[0], skill].add(row.family)
    return base, asking
