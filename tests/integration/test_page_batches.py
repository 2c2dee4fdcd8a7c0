"""Pages made of the rows that are sent in batches are those made of all rows of a release."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from exports.batches import frames_of, page_frames
from exports.frame_check import tables_in_memory
from exports.page_query import PageRows, page_rows
from exports.release import export_tables
from exports.tables import conformed
from tests.drawn_release import ROLES, tables
from warehouse.coded import coded, plain


def frames(*, in_codes: bool) -> dict[str, pa.Table]:
    given = tables(seed=3)
    plain_frames = {
        name: conformed(table, given[f"export_{name}"]) for name, table in export_tables().items()
    }
    if not in_codes:
        return plain_frames
    return {name: coded(rows.to_batches(), rows.schema) for name, rows in plain_frames.items()}


def read(found: dict[str, pa.Table]) -> PageRows:
    with tables_in_memory(found) as warehouse:
        return page_rows(warehouse)


@pytest.mark.parametrize("in_codes", [False, True])
def test_rows_no_page_asks_for_are_left_out_and_no_other(in_codes: bool) -> None:
    whole = frames(in_codes=in_codes)
    cut = page_frames(whole)
    assert read(cut) == read(whole)
    assert 0 < cut["metric_value"].num_rows < whole["metric_value"].num_rows


def test_a_metric_of_a_skill_without_a_share_above_zero_is_left_out_and_comes_back_with_one() -> None:
    whole = frames(in_codes=True)
    rows = plain(whole["metric_value"]).to_pylist()
    share = next(
        row
        for row in rows
        if row["metric"] == "posting_share" and row["source_group"] == row["geo"] == "all" and row["value"]
    )
    cell = (share["occupation_id"], share["skill_id"])

    def beside(value: float | None) -> int:
        changed = [
            row | {"value": value}
            if row["metric"] == "posting_share" and (row["occupation_id"], row["skill_id"]) == cell
            else row
            for row in rows
        ]
        given = pa.Table.from_pylist(changed, plain(whole["metric_value"]).schema)
        found = page_frames(whole | {"metric_value": given})["metric_value"].to_pylist()
        other = [row for row in found if row["metric"] not in ("posting_share", "callback_effect")]
        return sum((row["occupation_id"], row["skill_id"]) == cell for row in other)

    assert beside(0.5) > 0
    assert beside(0.0) == beside(None) == 0


def test_a_batch_holds_its_occupations_alone_and_texts_that_hardly_repeat_as_such() -> None:
    whole = frames(in_codes=True)
    found = frames_of(page_frames(whole), [ROLES[0]])
    assert set(found["metric_value"]["occupation"].to_pylist()) == {ROLES[0]}
    assert set(found["skill_pair"]["occupation"].to_pylist()) <= {ROLES[0]}
    of_all = whole["skill"]["skill"].combine_chunks()
    assert pa.types.is_dictionary(of_all.type)
    assert pa.types.is_string(found["skill"]["skill"].type)  # each slug stands once
    assert pa.types.is_dictionary(found["metric_value"]["metric"].type)
    both = frames_of(page_frames(whole), list(ROLES))
    assert read(found).shares == {
        key: rows
        for key, rows in read(both).shares.items()
        if key in pc.unique(found["occupation"]["occupation_id"]).to_pylist()
    }


def test_a_release_without_rows_has_none_in_a_batch() -> None:
    empty = {name: rows.slice(0, 0) for name, rows in frames(in_codes=False).items()}
    assert all(rows.num_rows == 0 for rows in frames_of(page_frames(empty), []).values())
