"""Headline cells as matrices: the families of each, their employers, and which published skills they ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.estimate.employers import Integers
from transforms.estimate.lasso import Flags

PUBLISHED = """
    SELECT weight_mask.occupation, weight_mask.period_start, weight_mask.period_end, weight_mask.skill_id
    FROM weight_mask
    JOIN weight_posting_share USING (occupation, skill_id, source_group, geo, period_start, period_end)
    WHERE weight_mask.partner_skill_id = ''
      AND weight_mask.source_group = 'all'
      AND weight_mask.geo = 'all'
      AND weight_mask.status IN ('ok', 'low_reliability')
      AND weight_posting_share.n_numerator > 0
    ORDER BY ALL
"""
"""Skills somebody asks for whose headline share the mask lets out, by occupation and period."""

FAMILY = """
    WITH numbered AS (SELECT skill_id, row_number() OVER (ORDER BY skill_id) - 1 AS skill_number FROM core_skill),
    published AS (
        SELECT occupation, period_start, period_end, skill_id
        FROM weight_mask
        WHERE partner_skill_id = '' AND source_group = 'all' AND geo = 'all' AND status IN ('ok', 'low_reliability')
    ),
    cell AS (
        SELECT weight_posting.occupation, weight_posting.period_start, weight_posting.period_end,
            weight_posting.employer_key, weight_posting.family_id
        FROM weight_posting
        JOIN core_occupation USING (occupation)
        SEMI JOIN published USING (occupation, period_start, period_end)
        WHERE weight_posting.source_group = 'all'
          AND weight_posting.geo = 'all'
          AND core_occupation.occupation_kind = 'role'
    ),
    asked AS (
        SELECT
            occupation, period_start, period_end, family_id,
            list(CAST(skill_number AS INTEGER) ORDER BY skill_number) AS skill_numbers
        FROM cell
        JOIN core_family_skill USING (family_id)
        JOIN numbered USING (skill_id)
        -- Joined and not looked up, the planner would pair every family of a cell with every shown skill of it first.
        SEMI JOIN published USING (occupation, period_start, period_end, skill_id)
        GROUP BY ALL
    )
    SELECT
        cell.occupation, cell.period_start, cell.period_end, cell.employer_key, cell.family_id, asked.skill_numbers
    FROM cell
    LEFT JOIN asked USING (occupation, period_start, period_end, family_id)
"""
"""Families of every role's headline cell that shows a share, with the numbers of the shown skills they ask for."""

SKILL = "SELECT skill_id, skill_label FROM core_skill ORDER BY skill_id"
"""Skills in the order of their numbers."""

SELECTS = {"family": FAMILY, "published": PUBLISHED, "skill": SKILL}


@dataclass(frozen=True)
class Cell:
    """One occupation and period: ``skill_ids`` are the published ones (S), ``asked`` is n x S, ``employers`` n.

    ``rows`` are the cell's rows of the frame it was cut from.
    """

    occupation: str
    period_start: date
    period_end: date
    skill_ids: tuple[str, ...]
    asked: Flags
    employers: Integers
    rows: slice

    @property
    def key(self) -> dict[str, Any]:
        """The columns that name the cell."""
        return {
            "occupation": self.occupation,
            "period_start": self.period_start,
            "period_end": self.period_end,
        }


def cells(family: pa.Table, published: pa.Table, skill: pa.Table) -> Iterator[Cell]:
    """Cells with a published skill, in the order of their names; rows of ``family`` in any order.

    Employers are numbered by name, so that neither the order of rows nor of loading shows.
    """
    numbers = {name: number for number, name in enumerate(skill["skill_id"].to_pylist())}
    wanted: dict[tuple[str, date, date], list[str]] = {}
    for row in published.to_pylist():
        wanted.setdefault((row["occupation"], row["period_start"], row["period_end"]), []).append(
            row["skill_id"]
        )
    for (occupation, start, end), rows in cell_rows(family):
        skill_ids = tuple(sorted(wanted.get((occupation, start, end), [])))
        if not skill_ids:
            continue
        part = family.slice(rows.start, rows.stop - rows.start)
        employers = part["employer_key"].combine_chunks().dictionary_encode()
        names = np.array(employers.dictionary.to_pylist(), dtype=object)
        rank = np.argsort(np.argsort(names, kind="stable"), kind="stable")
        yield Cell(
            occupation,
            start,
            end,
            skill_ids,
            _asked(part["skill_numbers"], np.array([numbers[name] for name in skill_ids]), len(numbers)),
            rank[employers.indices.to_numpy()],
            rows,
        )


def ordered(family: pa.Table) -> pa.Table:
    """The frame with its rows in the order of cell, employer and family."""
    names = ["occupation", "period_start", "period_end", "employer_key", "family_id"]
    return family.sort_by([(name, "ascending") for name in names])


def cell_rows(frame: pa.Table) -> Iterator[tuple[tuple[str, date, date], slice]]:
    """Cells of a frame that is sorted by them, and their rows."""
    if not frame.num_rows:
        return
    changed = np.zeros(frame.num_rows, dtype=np.bool_)
    changed[0] = True
    names = ("occupation", "period_start", "period_end")
    for name in names:
        column = frame[name].combine_chunks()
        differs = pc.not_equal(column[1:], column[:-1])
        changed[1:] |= differs.to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(changed)
    for first, last in zip(starts, [*starts[1:], frame.num_rows], strict=True):
        key = tuple(frame[name][int(first)].as_py() for name in names)
        yield key, slice(int(first), int(last))


def _asked(lists: pa.ChunkedArray, wanted: Integers, n_skills: int) -> Flags:
    """Which of the wanted skill numbers each list holds, n x S."""
    combined = lists.combine_chunks()
    place = np.full(n_skills, -1, dtype=np.int64)
    place[wanted] = np.arange(len(wanted))
    rows = pc.list_parent_indices(combined).to_numpy()
    columns = place[pc.list_flatten(combined).to_numpy()]
    asked = np.zeros((len(combined), len(wanted)), dtype=np.bool_)
    asked[rows[columns >= 0], columns[columns >= 0]] = True
    return asked
