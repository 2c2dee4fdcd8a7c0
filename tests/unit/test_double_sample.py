"""transforms.declared.double_sample: what config/double_samples.csv may say, and every fault named with its line."""

import csv
from datetime import date

import pytest

from flows.configuration import CONFIG_FOLDER
from transforms.declared.double_sample import COLUMNS, double_sample_table, double_samples

GOOD = dict(
    zip(
        COLUMNS,
        (
            "one",
            "plain",
            "0" * 16,
            "50",
            "45",
            "1000",
            "9000",
            "100",
            "1",
            "one night",
            "two judges",
            "2026-01-02",
        ),
        strict=True,
    )
)


def faults(**changes: str) -> list[str]:
    return double_samples([GOOD | changes])[1]


def test_a_sound_row_is_read() -> None:
    rows, wrong = double_samples([GOOD])
    assert wrong == []
    assert (rows[0]["n_read"], rows[0]["n_unread_true"], rows[0]["judged_on"]) == (1000, 1, date(2026, 1, 2))
    assert double_sample_table(rows).num_rows == 1


def test_what_is_missed_may_be_unjudged() -> None:
    rows, wrong = double_samples(
        [GOOD | dict.fromkeys(("n_read", "n_unread", "n_unread_judged", "n_unread_true"), "")]
    )
    assert wrong == []
    assert (rows[0]["n_read_true"], rows[0]["n_unread_judged"]) == (45, None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sample": " "}, "line 2: sample is empty"),
        ({"judged_by": ""}, "line 2: judged_by is empty"),
        ({"skill_class": "rare"}, "skill_class 'rare' is none of ambiguous, plain, skill:<slug>"),
        ({"n_read_true": "51"}, "n_read_true is more than n_read_judged"),
        ({"n_read_judged": "0", "n_read_true": "0"}, "n_read_judged is 0"),
        ({"n_unread_judged": "9001"}, "n_unread_judged is more than n_unread"),
        ({"n_unread": ""}, "n_unread '' is no count"),
        ({"n_read": "-3"}, "n_read '-3' is no count"),
        ({"n_read_true": "nan"}, "n_read_true 'nan' is no count"),
        ({"judged_on": "last week"}, "judged_on 'last week' is no day"),
    ],
)
def test_each_fault_is_named(changes: dict[str, str], message: str) -> None:
    assert any(message in fault for fault in faults(**changes)), faults(**changes)


def test_a_class_has_one_sample() -> None:
    assert double_samples([GOOD, GOOD])[1] == [
        "double_samples.csv line 3: plain has a sample already; a class has one"
    ]


def test_the_file_of_the_project_is_sound_and_claims_no_recall() -> None:
    with (CONFIG_FOLDER / "double_samples.csv").open(encoding="utf-8", newline="") as file:
        rows, wrong = double_samples(csv.DictReader(file))
    assert wrong == []
    assert [row["skill_class"] for row in rows] == ["ambiguous", "plain"]
    assert {row["n_unread_judged"] for row in rows} == {
        None
    }  # the audit drew nothing the reader did not match
    with (CONFIG_FOLDER.parent / "tests" / "labelled" / "audit.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        judged = [row for row in csv.DictReader(file) if row["accepted"] == "yes"]
    assert sum(row["n_read_judged"] for row in rows) == len(judged)
    assert sum(row["n_read_true"] for row in rows) == sum(row["verdict"] == "right" for row in judged)
    assert {row["reader_version"] for row in rows} == {row["reader_version"] for row in judged}
