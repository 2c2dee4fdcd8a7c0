"""The example rows as rows and frames."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from schemas import derive
from schemas.table import Table, all_tables, table_name
from tests.schemas.rows import SHARED, Example, core, evidence, export, meta, raw, weight

EXAMPLES: dict[str, Example] = {
    **raw.ROWS,
    **core.ROWS,
    **weight.ROWS,
    **export.ROWS,
    **meta.ROWS,
    **evidence.ROWS,
}
TABLES = all_tables()


def good_row(table: type[Table], **changes: Any) -> dict[str, Any]:
    """The table's good row, with changes."""
    return _good_row(table) | changes


@cache
def _good_row(table: type[Table]) -> dict[str, Any]:
    name = table_name(table)
    known = SHARED | EXAMPLES[name].own
    missing = [spec.name for spec in derive.column_specs(table) if spec.name not in known]
    assert not missing, f"{name}: give {missing} a good value in tests/schemas/rows/{name.split('_')[0]}.py"
    return {spec.name: known[spec.name] for spec in derive.column_specs(table)}


def frame(table: type[Table], rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows as an Arrow table with the declared columns and types."""
    return pa.Table.from_pylist(list(rows), schema=derive.arrow_schema(table))
