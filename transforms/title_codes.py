"""Titles coded in batches: rows of core_title_code."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from schemas.core_title_code import CoreTitleCode
from schemas.derive import arrow_schema
from transforms.title import Candidate, TitleCoder, code_title

CANDIDATES = 5

_COLUMNS = (
    "title_text", "scheme", "code_rank", "occupation_code", "candidate_label", "similarity", "code_confidence",
    "code_rule", "coder_version",
)  # fmt: skip


def code_titles(
    coder: TitleCoder,
    titles: Sequence[str],
    *,
    scheme: str,
    coder_version: str,
    groups: Mapping[str, str] | None = None,
) -> pa.Table:
    """core_title_code of the titles, at most five candidates each; one without any gets a row that says so.

    With ``groups`` (ESCO address to ISCO group) rows of scheme `isco` come along: the groups of the
    candidates, each as sure as its candidates together, since only one of them can be right.
    """
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for title in titles:
        found = code_title(coder, title, limit=CANDIDATES)
        _append(columns, title, scheme, found, coder_version)
        if groups is not None:
            _append(columns, title, "isco", _grouped(found, groups), coder_version)
    return pa.Table.from_pydict(columns, schema=arrow_schema(CoreTitleCode))


def _grouped(found: Sequence[Candidate], groups: Mapping[str, str]) -> list[Candidate]:
    best: dict[str, Candidate] = {}
    sums: dict[str, float] = {}
    for one in found:
        group = groups[one.code]
        best.setdefault(group, one)
        sums[group] = sums.get(group, 0.0) + one.confidence
    made = [
        Candidate(group, "", round(min(1.0, sums[group]), 4), one.rule, one.similarity)
        for group, one in best.items()
    ]
    return sorted(made, key=lambda one: (-one.confidence, one.code))


def _append(
    columns: dict[str, list[Any]], title: str, scheme: str, found: Sequence[Candidate], version: str
) -> None:
    rows: list[tuple[Any, ...]] = [
        (title, scheme, rank, one.code, one.label or None, one.similarity, one.confidence, one.rule, version)
        for rank, one in enumerate(found, start=1)
    ]
    for row in rows or [(title, scheme, 1, None, None, 0.0, 0.0, "unmatched", version)]:
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)
