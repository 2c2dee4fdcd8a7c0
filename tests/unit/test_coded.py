"""Rows with each text once say what the plain rows say."""

import pyarrow as pa
import pyarrow.compute as pc

from exports.content_hash import content_sha256, in_key_order
from schemas import derive
from schemas.export_skill import ExportSkill
from tests.drawn_release import skills
from warehouse.coded import coded, key_order, plain, plain_type

SKILLS = pa.Table.from_pylist(skills(), derive.arrow_schema(ExportSkill))


def code(rows: pa.Table, rows_per_batch: int) -> pa.Table:
    return coded(rows.to_batches(max_chunksize=rows_per_batch), rows.schema)


def test_coded_rows_say_what_the_plain_ones_say() -> None:
    found = code(SKILLS, 2)
    assert pa.types.is_dictionary(found["skill"].type) and found["skill"].num_chunks == 1
    assert plain(found).to_pylist() == found.to_pylist() == SKILLS.to_pylist()
    assert content_sha256(ExportSkill, found) == content_sha256(ExportSkill, SKILLS)


def test_nulls_and_empty_texts_are_told_apart_in_the_hash() -> None:
    def hashed(value: str | None) -> list[str]:
        rows = SKILLS.to_pylist()
        rows[1]["reuse_level"] = value
        table = pa.Table.from_pylist(rows, SKILLS.schema)
        return [content_sha256(ExportSkill, table), content_sha256(ExportSkill, code(table, 3))]

    empty, null = hashed(""), hashed(None)
    assert len(set(empty)) == len(set(null)) == 1
    assert empty != null


def test_no_batch_is_a_table_without_rows() -> None:
    assert coded([], SKILLS.schema).equals(SKILLS.schema.empty_table())
    assert code(SKILLS.slice(0, 0), 1).num_rows == 0


def test_the_order_of_keys_is_that_of_a_sort_with_nulls_last() -> None:
    rows = pa.table(
        {
            "name": ["b", "a", None, "é", "a", "Z", "a"],
            "n": pa.array([1, 3, 0, 2, None, 5, -4], pa.int64()),
        }
    )
    wanted = rows.sort_by([("name", "ascending", "at_end"), ("n", "ascending", "at_end")])
    for table in (rows, code(rows, 2)):
        order = key_order(table, ("name", "n"))
        assert order is not None
        assert plain(table.take(pc.sort_indices(pa.array(order)))).equals(wanted)


def test_equal_keys_have_one_number_and_too_many_keys_have_none() -> None:
    order = key_order(pa.table({"name": ["a", "b", "a"]}), ["name"])
    assert order is not None and order.tolist() == [0, 1, 0]
    wide = pa.table({f"n{i}": list(range(100)) for i in range(10)})  # 101^10 is beyond 2^62
    assert key_order(wide, wide.column_names) is None


def test_rows_with_too_many_keys_are_sorted_all_the_same() -> None:
    turned = SKILLS.take(list(range(SKILLS.num_rows - 1, -1, -1)))
    assert in_key_order(ExportSkill, turned).equals(in_key_order(ExportSkill, SKILLS))


def test_a_column_that_breaks_its_declaration_is_decoded_without_complaint() -> None:
    field = pa.field("name", pa.string(), nullable=False)
    rows = pa.table([pa.array(["a", None])], schema=pa.schema([field]))
    assert plain(rows)["name"].to_pylist() == ["a", None]


def test_lists_of_wide_text_stand_for_lists_of_text() -> None:
    assert plain_type(pa.list_(pa.large_string())) == pa.list_(pa.string())
    assert plain_type(pa.dictionary(pa.int32(), pa.string())) == pa.string()
    assert plain_type(pa.int64()) == pa.int64()
