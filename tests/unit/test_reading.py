import pickle
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest

from schemas.core_mention import CoreMention
from schemas.core_reading import CoreReading
from schemas.derive import arrow_schema
from transforms.reading import build_reader, read_batch

SURFACES: list[dict[str, Any]] = [
    {
        "surface": name.lower(),
        "skill_id": "skl_" + name.lower() * 2,
        "surface_label": name,
        "surface_kind": "alias",
        "evidence": "none",
    }
    for name in ("Python", "Redis")
]
OCCUPATIONS = [
    {
        "occupation": "backend-developer",
        "kind": "role",
        "title_rules": "back-?end",
        "exclude_rules": "",
        "specificity": "1",
    }
]
ROWS: list[tuple[str, str | None, str | None, str | None, str]] = [
    ("f" * 32, None, None, "Acme | Backend | Oslo<p>Python &amp; Redis, Python", "html"),
    (
        "a" * 32,
        "Backend Engineer",
        "Maps, Inc.\n3.8",
        "We use Python. Elastic maps and more for all of us.",
        "plain",
    ),
    ("b" * 32, "Backend Engineer", "-1", None, "plain"),
    ("c" * 32, None, None, "", "html"),
    (
        "d" * 32,
        "Koch",
        None,
        "Wir suchen für unser Team eine Köchin, die auch Python und Redis kann.",
        "plain",
    ),
]


def batch(rows: list[tuple[str, str | None, str | None, str | None, str]]) -> pa.Table:
    names = ["posting_version", "title", "company", "text", "text_format"]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table([pa.array(column, pa.string()) for column in columns], names=names)


def read(rows: list[tuple[str, str | None, str | None, str | None, str]]) -> tuple[pa.Table, pa.Table]:
    found = read_batch(build_reader(SURFACES, [], OCCUPATIONS), "0" * 16, batch(rows))
    return found.core_reading, found.core_mention


@pytest.mark.slow
def test_readings() -> None:
    found, _ = read(ROWS)
    assert found.schema == arrow_schema(CoreReading)
    drawn = [
        (
            row["posting_version"][0],
            row["language"],
            row["employer_key"],
            row["role_slugs"],
            row["n_mentions"],
        )
        for row in found.to_pylist()
    ]
    assert drawn == [
        ("a", "en", "maps", ["backend-developer"], 1),
        ("b", "none", "", ["backend-developer"], 0),
        ("c", "none", "", ["other"], 0),
        ("d", "other", "", ["other"], 0),
        ("f", "en", "acme", ["backend-developer"], 3),
    ]
    assert found.column("n_characters").to_pylist()[1] == 0
    assert found.column("employer_name").to_pylist() == ["Maps, Inc.\n3.8", "-1", None, None, "Acme"]


def test_mentions_are_sorted_by_key_and_do_not_overlap() -> None:
    _, found = read(ROWS)
    assert found.schema == arrow_schema(CoreMention)
    keys = [
        (row["posting_version"], row["start_offset"], row["end_offset"], row["skill_id"])
        for row in found.to_pylist()
    ]
    assert keys == sorted(keys)
    assert all(left[0] != right[0] or left[2] <= right[1] for left, right in pairwise(keys))
    assert len(keys) == 1 + 3


def test_an_empty_batch_gives_empty_tables() -> None:
    readings, found = read([])
    assert (readings.num_rows, found.num_rows) == (0, 0)


def test_the_order_of_rows_does_not_matter() -> None:
    assert read(ROWS) == read(ROWS[::-1])


def test_what_a_worker_needs_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps((SURFACES, OCCUPATIONS, batch(ROWS))))[0] == SURFACES


def test_an_unknown_text_format_is_named() -> None:
    with pytest.raises(ValueError, match="'rtf' is unknown"):
        read([("a" * 32, None, None, "x", "rtf")])
