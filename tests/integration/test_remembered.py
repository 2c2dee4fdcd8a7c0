"""What tests remember of checked tables hides no change from them."""

import pyarrow as pa
import pytest

from exports import verify
from exports.release import export_tables
from exports.tables import conformed
from tests.drawn_release import facts, tables
from tests.remembered import checks_remembered, digest

ROWS = pa.table({"name": ["a", None], "n": [1, 2]})


@pytest.mark.parametrize(
    "other",
    [
        pa.table({"name": ["a", None], "n": [1, 3]}),
        pa.table({"name": ["a", ""], "n": [1, 2]}),
        pa.table({"name": [None, "a"], "n": [2, 1]}),
        pa.table({"name": ["a", None], "m": [1, 2]}),
        pa.table({"name": ["a", None], "n": pa.array([1, 2], pa.int32())}),
        ROWS.replace_schema_metadata({"unit": "share"}),
        ROWS.slice(0, 1),
        ROWS.slice(0, 0),
    ],
)
def test_a_table_that_differs_in_anything_is_another(other: pa.Table) -> None:
    assert digest(other) != digest(ROWS)


def test_the_same_rows_are_the_same_table_however_they_lie_in_memory() -> None:
    assert digest(pa.concat_tables([ROWS.slice(0, 1), ROWS.slice(1, 1)])) == digest(ROWS)


def test_a_row_that_breaks_a_rule_is_told_after_the_sound_table_and_each_time() -> None:
    frames = {name: conformed(t, tables()[f"export_{name}"]) for name, t in export_tables().items()}
    only = {"skill": frames["skill"]}
    position = only["skill"].schema.get_field_index("skill")
    field = only["skill"].schema.field("skill")
    names = pa.array(["No Slug!", *only["skill"]["skill"].to_pylist()[1:]], field.type)
    broken = {"skill": only["skill"].set_column(position, field, names)}
    stated = {
        "method_version": facts().method_version,
        "k_min": facts().k_min,
        "employer_min": 3,
        "periods": [],
    }
    with checks_remembered():
        rule_faults = verify.__dict__["rule_faults"]  # as it stands inside
        assert rule_faults(stated, only) == []
        told = rule_faults(stated, broken)
        assert [fault.file for fault in told] == ["tables/skill.parquet"]
        assert rule_faults(stated, broken) == told
        assert rule_faults(stated, only) == []
