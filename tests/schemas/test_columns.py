"""One name, one meaning: a column that stands in two tables has one type, one unit and one description."""

from collections import defaultdict
from pathlib import Path

from schemas import columns, derive
from schemas.table import table_name
from tests.schemas.examples import TABLES

UNIT_STANDS_IN_THE_ROW = {"n_numerator", "n_denominator"}
"""``export_metric_value`` holds many metrics: what these count stands in its column ``n_unit``."""


def meaning(description: str) -> str:
    """The description without what it says of nulls: a column may be nullable in one table only."""
    return description.split("; null ")[0]


def test_a_name_means_one_thing() -> None:
    meanings: dict[str, dict[tuple[str, str | None, str], list[str]]] = defaultdict(dict)
    for table in TABLES.values():
        for spec in derive.column_specs(table):
            unit = "see n_unit" if spec.name in UNIT_STANDS_IN_THE_ROW else spec.unit
            key = (spec.sql_type, unit, meaning(spec.description))
            meanings[spec.name].setdefault(key, []).append(table_name(table))
    differing = {name: found for name, found in meanings.items() if len(found) > 1}
    assert differing == {}, "give the column another name, or declare it once in schemas/columns.py"


def test_a_count_or_share_has_a_unit() -> None:
    without = [
        f"{table_name(table)}.{spec.name}"
        for table in TABLES.values()
        for spec in derive.column_specs(table)
        if spec.sql_type in ("BIGINT", "DOUBLE", "DATE", "TIMESTAMP") and not spec.unit
    ]
    assert without == []


def test_no_declaration_of_a_shared_column_is_left_over() -> None:
    folder = Path(columns.__file__).parent
    used = "\n".join(
        path.read_text()
        for path in sorted(folder.glob("*.py"))
        if path.name not in ("columns.py", "__init__.py")
    )
    functions = [
        name
        for name, value in vars(columns).items()
        if callable(value) and getattr(value, "__module__", "") == columns.__name__ and name != "column"
    ]
    assert [name for name in functions if f"columns.{name}(" not in used] == []
