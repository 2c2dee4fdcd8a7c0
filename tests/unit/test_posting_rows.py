import datetime as dt
import gzip
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms.parsed import FileRejected, Notes
from transforms.posting_rows import SourceRows, format_of, looks_like_data, read_rows


def read(data: bytes | str, kind: str, file: str = "jobs") -> tuple[SourceRows, Notes]:
    notes = Notes()
    raw = data.encode() if isinstance(data, str) else data
    return read_rows(raw, file, kind, "utf-8", notes), notes


def parquet(columns: dict[str, Any]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def rejected(data: bytes | str, kind: str) -> FileRejected:
    with pytest.raises(FileRejected) as caught:
        read(data, kind)
    return caught.value


@pytest.mark.parametrize(
    ("declared", "file", "kind"),
    [
        ("csv.gz", "a.csv.gz", "csv"),
        ("csv.gz", "a.csv", "csv"),
        (None, "a.jsonl.gz", "jsonl"),
        (None, "b/A.JSONL", "jsonl"),
        (None, "a.parquet", "parquet"),
        ("parquet", "a", "parquet"),
    ],
)
def test_format(declared: str | None, file: str, kind: str) -> None:
    assert format_of(declared, file) == kind


def test_unknown_format() -> None:
    with pytest.raises(FileRejected, match=r"add `postings\.format`"):
        format_of(None, "jobs.xls")


def test_csv_cells_may_hold_line_breaks_and_rows_keep_their_numbers() -> None:
    rows, notes = read('title,text\nWelder,"a\r\nb, c"\n\n,,\nBaker,d\ntitle,text\nCook\nNurse,e\n', "csv")
    assert rows.columns == {"title": ["Welder", "Baker", "Nurse"], "text": ["a\r\nb, c", "d", "e"]}
    assert rows.row_numbers == [1, 3, 6]
    assert rows.n_rows_in == 6
    assert notes.counts == {
        "blank_lines": 1,
        "row_rejected:cell_count": 2,
        "row_rejected:repeated_header": 1,
    }
    assert [(r.row_number, r.rule) for r in notes.rejections] == [
        (2, "cell_count"),
        (4, "repeated_header"),
        (5, "cell_count"),
    ]
    assert notes.rejections[0].reason == "3 cells where the header has 2, in lines 5 to 5"
    assert rows.row(1) == {"title": "Baker", "text": "d"}


def test_an_unclosed_quote_is_told_with_its_lines() -> None:
    _, notes = read('title,text\nWelder,"a\nBaker,b\nCook,c\n' + 'Nurse,"d","e"\n', "csv")
    assert notes.counts["row_rejected:cell_count"] == 1
    assert "in lines 2 to 5" in notes.rejections[0].reason


def test_csv_header_quirks() -> None:
    rows, notes = read(",title,note,note\n1,Welder,a,b\n", "csv")
    assert rows.names == ("column_1", "title", "note", "note_4")
    assert notes.counts["header_blank_or_repeated"] == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiters(delimiter: str) -> None:
    rows, _ = read(f"title{delimiter}text\nWelder{delimiter}a\n", "csv")
    assert rows.columns["text"] == ["a"]


def test_a_field_larger_than_the_usual_limit() -> None:
    rows, _ = read("title,text\nWelder," + "x" * 200_000 + "\n", "csv")
    assert len(rows.columns["text"][0] or "") == 200_000


@pytest.mark.parametrize("data", ["title,text\n", "title,text"])
def test_a_header_alone_is_no_data(data: str) -> None:
    assert rejected(data, "csv").rule == "no_rows"


def test_json_lines_end_with_newline_only() -> None:
    lines = [
        {"title": "Welder", "text": "a\u2028b\u0085c"},
        {"title": "Cook", "n": 3, "x": {"a": [1]}, "y": None},
    ]
    data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n"
    rows, notes = read(data, "jsonl")
    assert rows.columns["text"] == ["a\u2028b\u0085c", None]
    assert rows.columns["n"] == [None, "3"]
    assert rows.columns["x"] == [None, '{"a": [1]}']
    assert notes.counts["blank_lines"] == 1
    assert rows.n_rows_in == 2


def test_json_lines_that_are_no_objects_are_rejected() -> None:
    rows, notes = read('{"title": "a", "f": 1.5, "b": true, "v": NaN}\n[1]\n{"title"\n"x"\n', "jsonl")
    assert rows.row_numbers == [1]
    assert rows.n_rows_in == 4
    assert (rows.columns["f"], rows.columns["b"], rows.columns["v"]) == (["1.5"], ["true"], ["NaN"])
    assert [(r.row_number, r.rule) for r in notes.rejections] == [
        (2, "not_json"),
        (3, "not_json"),
        (4, "not_json"),
    ]
    assert rejected("[1]\n2\n", "jsonl").rule == "not_json"


def test_half_a_character_is_replaced_and_counted() -> None:
    rows, notes = read('{"title": "a\\ud83d", "text": "\\ud83d\\ude00", "n": null}\n', "jsonl")
    assert rows.columns == {"title": ["a\ufffd"], "text": ["\U0001f600"], "n": [None]}
    assert notes.counts["lone_surrogates_replaced"] == 1


def test_parquet_columns_become_text() -> None:
    data = parquet(
        {
            "id": [7, 8],
            "pay": [1.5, None],
            "on": [dt.date(2024, 3, 1), None],
            "at": [dt.datetime(2024, 3, 1, 12), None],
            "org": [{"name": "Harbour"}, None],
            "raw": [b"caf\xc3\xa9", None],
        }
    )
    rows, _ = read(data, "parquet")
    assert rows.columns["id"] == ["7", "8"]
    assert rows.columns["pay"] == ["1.5", None]
    assert rows.columns["on"] == ["2024-03-01", None]
    assert (rows.columns["at"][0] or "").startswith("2024-03-01 12:00:00")
    assert rows.columns["org"] == ['{"name": "Harbour"}', None]
    assert rows.columns["raw"] == ["caf\u00e9", None]


def test_broken_parquet_and_no_rows() -> None:
    data = parquet({"title": ["a"]})
    assert rejected(data[:-9], "parquet").rule == "broken_parquet"
    assert rejected(b"title,text\n", "parquet").rule == "broken_parquet"
    assert rejected(parquet({"title": pa.array([], pa.string())}), "parquet").rule == "no_rows"


def test_gzip_goes_by_the_file_name() -> None:
    rows, _ = read(gzip.compress(b"title\nCook\n"), "csv", "jobs.csv.gz")
    assert rows.columns["title"] == ["Cook"]


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        (("id", "Job Title", "Salary Range From", "Full-Time/Part-Time"), False),
        (("Welder", "42000", "Leith"), True),
        (("Welder", "2024-03-01T10:00"), True),
        (("Welder", "You weld. You like it."), True),
        (("Welder", "x" * 101), True),
        (("Welder", "https://harbour.example/1"), True),
        (("", ""), False),
    ],
)
def test_first_lines_that_look_like_data(cells: tuple[str, ...], answer: bool) -> None:
    assert looks_like_data(cells) is answer


def test_lines_may_end_as_on_old_macs() -> None:
    rows, _ = read("title;text\rCook;a\rNurse;b\r", "csv")
    assert rows.columns == {"title": ["Cook", "Nurse"], "text": ["a", "b"]}


def test_a_number_too_long_to_read_rejects_its_row() -> None:
    rows, notes = read('{"title": "a"}\n{"title": "b", "n": ' + "1" * 5_000 + "}\n", "jsonl")
    assert rows.columns["title"] == ["a"]
    assert notes.counts == {"row_rejected:not_json": 1}


def test_a_name_given_to_a_blank_header_cell_stays_free() -> None:
    rows, _ = read("column_2,,title\na,b,Cook\n", "csv")
    assert rows.names == ("column_2", "column_2_", "title")


def test_parquet_text_that_is_no_text_rejects_the_file() -> None:
    data = parquet({"title": pa.array([b"\xff"]).view(pa.string())})
    assert rejected(data, "parquet").rule == "broken_parquet"


def test_parquet_types_without_a_simple_text_form_are_read() -> None:
    rows, _ = read(parquet({"title": ["a"], "length": [dt.timedelta(days=1)]}), "parquet")
    assert rows.columns["title"] == ["a"]
