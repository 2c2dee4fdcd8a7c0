"""export_measurement_error.sql: what judges found and what follows; a sample that can't correct says why."""

import pytest

from tests.drawn_tables import READER, DrawnWarehouse

HEAD = "skill_class | sample | reader_version | n_read | n_read_judged | n_read_true | n_unread | n_unread_judged | "
HEAD += "n_unread_true | drawn_from | judged_by | judged_on"


def exported(drawn: DrawnWarehouse, *lines: str) -> dict[str, dict[str, object]]:
    drawn.draw(
        "core_double_sample",
        "\n".join((HEAD, *(f"{line} | one night | judges | 2022-12-01" for line in lines))),
    )
    drawn.build("weight_measurement_error", "export_measurement_error")
    return {str(row["skill_class"]): row for row in drawn.read("FROM export_measurement_error")}


def test_precision_recall_and_factor_follow_from_the_counts(drawn: DrawnWarehouse) -> None:
    found = exported(drawn, f"plain | s | {READER} | 1000 | 50 | 45 | 9000 | 100 | 1")["plain"]
    assert found["reading_precision"] == 0.9
    assert found["correction"] == pytest.approx(0.9 + 9 * 0.01)
    assert found["reading_recall"] == pytest.approx(0.9 / 0.99, abs=1e-6)
    assert (found["status"], found["reason"], found["n_unread_judged"]) == ("ok", None, 100)


def test_reads_alone_give_precision_and_nothing_else(drawn: DrawnWarehouse) -> None:
    found = exported(drawn, f"plain | s | {READER} |  | 50 | 45 |  |  | ")["plain"]
    assert found["reading_precision"] == 0.9
    assert (found["reading_recall"], found["correction"]) == (None, None)
    assert (found["status"], found["reason"]) == ("missing", "not_identifiable")
    assert "misses" in str(found["reason_detail"])


def test_a_sample_of_another_reader_corrects_nothing(drawn: DrawnWarehouse) -> None:
    found = exported(drawn, f"plain | s | {'a' * 16} | 1000 | 50 | 45 | 9000 | 100 | 1")["plain"]
    assert (found["correction"], found["status"], found["reason"]) == (None, "missing", "source_stale")
    assert found["reading_recall"] is not None  # what that reader was like may be known


def test_where_nothing_true_was_seen_nothing_is_corrected(drawn: DrawnWarehouse) -> None:
    found = exported(drawn, f"ambiguous | s | {READER} | 1000 | 50 | 0 | 9000 | 100 | 0")["ambiguous"]
    assert (found["correction"], found["status"], found["reason"]) == (None, "missing", "not_identifiable")


def test_no_sample_no_row(drawn: DrawnWarehouse) -> None:
    drawn.fill("core_double_sample", [])
    drawn.build("weight_measurement_error", "export_measurement_error")
    assert drawn.rows("FROM export_measurement_error") == []
