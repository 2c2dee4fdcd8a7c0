"""Runs of repeats to families: near-duplicate runs of one employer join, each with the pair that proves it."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.core_family_merge import CoreFamilyMerge
from schemas.derive import arrow_schema
from transforms.near_text import NO_DAY, Adverts, Links, NearRules, Numbers, links

Link = tuple[int, int, float, bool]


def merges(runs: pa.Table, rules: NearRules) -> pa.Table:
    """Returns core_family_merge of all runs of some employers, sorted by its key.

    ``runs`` has employer_key, spell_id, posting_id (its first), title_words, place_key, first_seen_on, seen_until,
    n_words, shingles and bands, in any order; no employer may be cut in two.
    """
    if not runs.num_rows:
        return arrow_schema(CoreFamilyMerge).empty_table()
    runs = runs.sort_by(
        [("employer_key", "ascending"), ("first_seen_on", "ascending"), ("posting_id", "ascending")]
    )
    spell_ids = runs["spell_id"].to_pylist()
    found: list[dict[str, Any]] = []
    adverts = as_adverts(runs)
    for root, child, parent, score, same_title in _forest(adverts, links(adverts, rules)):
        found.append(
            {
                "spell_id": spell_ids[child],
                "family_id": spell_ids[root],
                "joined_spell_id": spell_ids[parent],
                "family_method": "same_title" if same_title else "near_text",
                "family_score": score,
                "family_version": rules.version,
            }
        )
    found.sort(key=lambda row: str(row["spell_id"]))
    return pa.Table.from_pylist(found, schema=arrow_schema(CoreFamilyMerge))


def as_adverts(runs: pa.Table) -> Adverts:
    """Returns sorted runs as arrays; sort puts null days last."""
    titles = [" ".join(words) for words in runs["title_words"].to_pylist()]
    known = ["", *sorted(set(titles) - {""})]
    number = {title: n for n, title in enumerate(known)}
    shingles, bands = runs["shingles"].combine_chunks(), runs["bands"].combine_chunks()
    lengths = pc.list_value_length(shingles).to_numpy(zero_copy_only=False).astype(np.int64)
    return Adverts(
        employer=_numbered(runs["employer_key"]),
        title=np.array([number[title] for title in titles], dtype=np.int64),
        titles=tuple(frozenset(title.split()) for title in known),
        place=_numbered(runs["place_key"]),
        start=_days(runs["first_seen_on"]),
        end=_days(runs["seen_until"]),
        n_words=runs["n_words"].to_numpy().astype(np.int64),
        shingles=shingles.flatten().to_numpy(),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        bands=bands.flatten().to_numpy().reshape(runs.num_rows, -1),
    )


def _numbered(column: pa.ChunkedArray) -> Numbers:
    names = column.to_pylist()
    number = {name: n for n, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.int64)


def _days(column: pa.ChunkedArray) -> Numbers:
    days = pc.fill_null(column.cast(pa.int32()).cast(pa.int64()), NO_DAY)
    return np.asarray(days.to_numpy(), dtype=np.int64)


def _forest(adverts: Adverts, found: Links) -> Iterable[tuple[int, int, int, float, bool]]:
    """Root, advert, advert it joins, score and rule of every advert that joins a family.

    The best links hold a family together (Kruskal); its root is the earliest advert.
    """
    all_links = sorted(
        zip(
            found.one.tolist(),
            found.other.tolist(),
            found.score.tolist(),
            found.same_title.tolist(),
            strict=True,
        ),
        key=lambda link: (-link[2], link[0], link[1]),
    )
    parent: dict[int, int] = {}
    kept: dict[int, list[Link]] = {}
    for link in _one_time_each(adverts, all_links):
        one, other = _root(parent, link[0]), _root(parent, link[1])
        if one != other:
            parent[max(one, other)] = min(one, other)
            for end in link[:2]:
                kept.setdefault(end, []).append(link)
    for root in sorted(n for n in kept if _root(parent, n) == n):
        waiting, seen = [root], {root}
        for at in waiting:
            for one, other, score, same_title in kept[at]:
                child = other if one == at else one
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
                    yield root, child, at, score, same_title


def _one_time_each(adverts: Adverts, all_links: list[Link]) -> list[Link]:
    """Links without those by which an undated advert would bridge two searches for staff years apart.

    Undated adverts that are alike are one; together they join the dated advert last seen, as an undated
    repeat joins the last run.
    """
    undated = adverts.start == NO_DAY
    parent: dict[int, int] = {}
    for one, other, _, _ in all_links:
        if undated[one] and undated[other]:
            a, b = _root(parent, one), _root(parent, other)
            parent[max(a, b)] = min(a, b)
    latest: dict[int, tuple[tuple[int, float, int, int], Link]] = {}
    for link in all_links:
        one, other, score, _ = link
        if undated[one] != undated[other]:
            dated, lone = (other, one) if undated[one] else (one, other)
            rank = (-int(adverts.end[dated]), -score, dated, lone)
            group = _root(parent, lone)
            if group not in latest or rank < latest[group][0]:
                latest[group] = (rank, link)
    chosen = {link[:2] for _, link in latest.values()}
    return [link for link in all_links if undated[link[0]] == undated[link[1]] or link[:2] in chosen]


def _root(parent: dict[int, int], at: int) -> int:
    while (above := parent.get(at, at)) != at:
        parent[at] = parent.get(above, above)
        at = above
    return at
