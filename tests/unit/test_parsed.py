import json

import pytest

from schemas.raw_onet_occupation import RawOnetOccupation
from transforms.parsed import MAX_LISTED, FileRejected, Notes, ParsedTable, table_of


def test_rejected_rows_are_counted_and_emptied_fields_are_not_rejected_rows() -> None:
    notes = Notes()
    notes.reject(3, "cell_count", "2 cells where the header has 3", ["a", "b"])
    notes.empty_field(4, "pay_min", "pay_unreadable", "not one number", "lots")
    table = table_of(RawOnetOccupation, {name: [] for name in _columns()})
    parsed = ParsedTable(table, notes.rejections, dict(notes.counts), n_rows_in=1)
    assert parsed.n_rows_rejected == 1
    assert parsed.n_rows_in == parsed.table.num_rows + parsed.n_rows_rejected
    assert parsed.counts == {"row_rejected:cell_count": 1, "pay_unreadable:pay_min": 1}
    assert [rejection.action for rejection in parsed.rejections] == ["row_rejected", "field_emptied"]
    assert json.loads(parsed.rejections[1].row_json or "") == {"pay_min": "lots"}


def test_counts_go_on_when_the_list_of_emptied_fields_is_full() -> None:
    notes = Notes()
    for row_number in range(1, MAX_LISTED + 3):
        notes.empty_field(row_number, "posted_on", "date_unreadable", "no day", "soon")
    assert len(notes.rejections) == MAX_LISTED
    assert notes.counts["date_unreadable:posted_on"] == MAX_LISTED + 2


def test_a_column_left_out_is_an_error() -> None:
    with pytest.raises(KeyError, match="description"):
        table_of(RawOnetOccupation, {name: [] for name in _columns() if name != "description"})


def test_file_rejected_says_file_and_reason() -> None:
    fault = FileRejected("jobs.csv", "empty_file", "the file is empty")
    assert str(fault) == "jobs.csv: the file is empty"
    assert (fault.file, fault.rule, fault.reason) == ("jobs.csv", "empty_file", "the file is empty")


def _columns() -> tuple[str, ...]:
    return tuple(RawOnetOccupation.to_schema().columns)
