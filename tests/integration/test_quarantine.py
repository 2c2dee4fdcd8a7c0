"""Rejected rows kept, counted and replayed."""

from transforms.parsed import FIELD_EMPTIED, FILE_REJECTED, ROW_REJECTED, Rejection
from warehouse.connection import Warehouse
from warehouse.quarantine import (
    forget_loads,
    list_quarantine,
    quarantine_counts,
    replay_candidates,
    write_rejections,
)
from warehouse.runs import Load, is_loaded, record_load

NO_TITLE = Rejection(7, "no_title", "the row has no title", ROW_REJECTED, '{"id": 7}')
BAD_PAY = Rejection(8, "pay_unreadable", "pay_min is 'much'", FIELD_EMPTIED, '{"pay_min": "much"}')


def write(
    warehouse: Warehouse, *rejections: Rejection, file: str = "a.csv", source_id: str = "northwind"
) -> int:
    return write_rejections(
        warehouse,
        rejections,
        snapshot_sha256=sha(file),
        table_name="raw_posting",
        source_id=source_id,
        release="2026-01",
        file=file,
    )


def sha(file: str) -> str:
    return file[0] * 64


def test_a_rejection_is_kept_with_row_rule_reason_and_place(warehouse: Warehouse) -> None:
    assert write(warehouse, BAD_PAY, NO_TITLE) == 2
    assert list_quarantine(warehouse).to_pylist() == [
        {
            "snapshot_sha256": sha("a.csv"),
            "table_name": "raw_posting",
            "source_id": "northwind",
            "release": "2026-01",
            "file": "a.csv",
            "row_number": each.row_number,
            "rule": each.rule,
            "quarantine_reason": each.reason,
            "action": each.action,
            "row_json": each.row_json,
        }
        for each in (NO_TITLE, BAD_PAY)
    ]


def test_a_new_load_replaces_what_the_file_left_there(warehouse: Warehouse) -> None:
    write(warehouse, NO_TITLE, BAD_PAY)
    write(warehouse, NO_TITLE, file="b.csv")
    write(warehouse, BAD_PAY)
    assert quarantine_counts(warehouse) == [
        ("northwind", "raw_posting", FIELD_EMPTIED, "pay_unreadable", 1),
        ("northwind", "raw_posting", ROW_REJECTED, "no_title", 1),
    ]
    assert write(warehouse) == 0
    assert replay_candidates(warehouse) == [(sha("b.csv"), "b.csv")]


def test_one_rule_broken_twice_in_a_row_is_one_line_with_both_reasons(warehouse: Warehouse) -> None:
    other = Rejection(8, "pay_unreadable", "pay_max is 'more'", FIELD_EMPTIED, None)
    assert write(warehouse, BAD_PAY, other) == 1
    [line] = list_quarantine(warehouse).to_pylist()
    assert line["quarantine_reason"] == "pay_min is 'much'; pay_max is 'more'"


def test_one_source_and_a_limit(warehouse: Warehouse) -> None:
    write(warehouse, NO_TITLE, BAD_PAY)
    write(warehouse, Rejection(0, "no_header", "no header", FILE_REJECTED, None), file="b.csv", source_id="x")

    def rules(source_id: str | None = None, limit: int = 100) -> list[str]:
        found = list_quarantine(warehouse, source_id=source_id, limit=limit)
        return [str(rule) for rule in found["rule"].to_pylist()]

    assert rules() == ["no_title", "pay_unreadable", "no_header"]
    assert rules("x") == ["no_header"]
    assert rules("nobody") == []
    assert rules(limit=1) == ["no_title"]


def test_a_replay_forgets_the_loads_so_that_the_next_night_does_them_again(warehouse: Warehouse) -> None:
    for file, key in (("a.csv", "1"), ("b.csv", "2"), ("c.csv", "3")):
        record_load(
            warehouse,
            Load(
                load_key=key * 64,
                table_name="raw_posting",
                snapshot_sha256=sha(file),
                source_id="northwind",
                release="2026-01",
                file=file,
                n_rows_in=1,
                n_rows_out=1,
                n_rows_rejected=0,
                counts={},
                run_id="run-1",
            ),
        )
    write(warehouse, NO_TITLE)
    write(warehouse, NO_TITLE, file="b.csv", source_id="southwind")
    assert replay_candidates(warehouse) == [(sha("a.csv"), "a.csv"), (sha("b.csv"), "b.csv")]
    assert replay_candidates(warehouse, "southwind") == [(sha("b.csv"), "b.csv")]
    assert forget_loads(warehouse, [snapshot for snapshot, _ in replay_candidates(warehouse)]) == 2
    assert [is_loaded(warehouse, key * 64, "raw_posting") for key in "123"] == [False, False, True]
    assert forget_loads(warehouse, []) == 0
