import random
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from exports.content_hash import content_sha256
from schemas import derive
from schemas.export_skill import ExportSkill
from schemas.export_taxonomy_map import ExportTaxonomyMap
from tests.drawn_release import mappings, opaque, skills

SKILLS = pa.Table.from_pylist(
    [*skills(), skills()[0] | {"skill_id": opaque("skl", "old"), "skill": "old", "replaced_by": ["é", ""]}],
    derive.arrow_schema(ExportSkill),
)
MAPPINGS = pa.Table.from_pylist(mappings(), derive.arrow_schema(ExportTaxonomyMap))


def changed(column: str, value: object) -> pa.Table:
    rows = SKILLS.to_pylist()
    rows[0][column] = value
    return pa.Table.from_pylist(rows, SKILLS.schema)


def test_the_order_and_chunks_of_rows_do_not_matter() -> None:
    wanted = content_sha256(ExportSkill, SKILLS)
    order = list(range(SKILLS.num_rows))
    random.Random(1).shuffle(order)
    shuffled = SKILLS.take(order)
    chunks = pa.concat_tables([shuffled.slice(i, 1) for i in range(shuffled.num_rows)])
    assert content_sha256(ExportSkill, shuffled) == wanted
    assert content_sha256(ExportSkill, chunks) == wanted
    assert content_sha256(ExportSkill, chunks.slice(0, 3)) == content_sha256(ExportSkill, shuffled[:3])


def test_every_value_matters_and_null_is_not_the_empty_text() -> None:
    variants = [
        SKILLS,
        SKILLS.slice(0, SKILLS.num_rows - 1),
        SKILLS.slice(0, 0),
        changed("skill_label", "another"),
        changed("skill_type", ""),
        changed("skill_type", "x"),
        changed("replaced_by", [""]),
        changed("replaced_by", ["ab"]),
        changed("replaced_by", ["a", "b"]),
    ]
    assert len({content_sha256(ExportSkill, rows) for rows in variants}) == len(variants)


@pytest.mark.parametrize(("table", "rows"), [(ExportSkill, SKILLS), (ExportTaxonomyMap, MAPPINGS)])
def test_rows_that_went_through_another_engine_have_the_same_hash(
    table: type[ExportSkill], rows: pa.Table
) -> None:
    connection = duckdb.connect()
    connection.register("given", rows)
    returned = connection.sql("SELECT * FROM given ORDER BY random()").to_arrow_table()
    connection.close()
    assert content_sha256(table, returned) == content_sha256(table, rows)


def test_the_hash_of_known_rows_stays() -> None:
    """A changed definition of the hash would part every published release from its rows."""
    row = {
        "concept_kind": "skill",
        "concept": "sql",
        "concept_id": "skl_aaaaaaaaaaaaaaaa",
        "scheme": "esco",
        "taxonomy_version": "1.2.0",
        "code": None,
        "code_label": None,
        "relation": None,
        "status": "missing",
        "reason": "taxonomy_unmapped",
    }
    schema = derive.arrow_schema(ExportTaxonomyMap)
    assert content_sha256(ExportTaxonomyMap, pa.Table.from_pylist([row], schema)) == (
        by_hand(schema.names, [row])
    )


def by_hand(names: list[str], rows: list[dict[str, str | None]]) -> str:
    """The definition in the docstring of exports.content_hash, for columns of text in key order."""
    import hashlib

    def number(n: int) -> bytes:
        return n.to_bytes(8, "little")

    data = b"skillweights content 1\n"
    for name in names:
        data += number(len(name)) + name.encode() + number(len("VARCHAR")) + b"VARCHAR"
        values = [row[name] for row in rows]
        data += number(len(values)) + bytes(value is None for value in values)
        texts = [value.encode() for value in values if value is not None]
        data += b"".join(number(len(text)) for text in texts) + b"".join(texts)
    return hashlib.sha256(data).hexdigest()


def test_days_numbers_and_truths_are_hashed_by_value() -> None:
    from schemas.export_source import ExportSource
    from tests.drawn_release import sources

    def hashed(**changes: object) -> str:
        rows = [row | changes for row in sources(synthetic=False)[:1]]
        schema = derive.arrow_schema(ExportSource)
        return content_sha256(ExportSource, pa.Table.from_pylist(rows, schema))

    day = date(2022, 1, 1)
    found = [hashed(), hashed(n_rows=11), hashed(synthetic=True), hashed(retrieved_on=day)]
    assert len(set(found)) == 4
    assert hashed(retrieved_on=day) == found[3]
