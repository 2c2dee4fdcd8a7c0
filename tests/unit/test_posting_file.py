import datetime as dt
import gzip
import hashlib
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.derive import arrow_schema
from schemas.raw_posting import RawPosting
from transforms.drop import DropFile, Manifest, PostingFormat
from transforms.identity import posting_version
from transforms.parsed import FileRejected, ParsedTable
from transforms.posting_file import parse_posting_file

SHA = "ab" * 32
COLUMNS = {"id": ("nr",), "title": ("job",), "text": ("duties",), "company": ("firm",)}


def manifest(
    *, release: str = "7", retrieved_on: dt.date | None = dt.date(2026, 11, 22), **layout: Any
) -> Manifest:
    return Manifest(
        where="m",
        kind="postings",
        source="harbour_jobs",
        release=release,
        licence="CC0",
        terms_class="open",
        files=(DropFile("jobs.csv", None, SHA),),
        retrieved_on=retrieved_on,
        postings=PostingFormat(**layout),
    )


def parse(data: str | bytes, file: str = "jobs.csv", **given: Any) -> ParsedTable:
    raw = data.encode() if isinstance(data, str) else data
    parsed = parse_posting_file(raw, manifest(**given), file, SHA)
    assert parsed.n_rows_in == parsed.table.num_rows + parsed.n_rows_rejected
    assert parsed.table.schema.equals(arrow_schema(RawPosting), check_metadata=True)
    return parsed


def test_one_row_in_full() -> None:
    data = (
        "nr,job,firm,where,duties,on,until,low,high,per,level,kind,field\n"
        "7,Welder,Quay,Leith,Weld.,2024-03-01,2024-04-01,20,30,Hourly,Senior,Full-time,Ships\n"
    )
    columns = COLUMNS | {
        "place": ("where",),
        "posted_on": ("on",),
        "closes_on": ("until",),
        "pay_min": ("low",),
        "pay_max": ("high",),
        "pay_period": ("per",),
        "seniority": ("level",),
        "employment_type": ("kind",),
        "industry": ("field",),
    }
    parsed = parse(data, columns=columns, country="GB", currency="GBP", text_format="html")
    assert parsed.table.to_pylist() == [
        {
            "snapshot_sha256": SHA,
            "source_id": "harbour_jobs",
            "release": "7",
            "file": "jobs.csv",
            "row_number": 1,
            "source_posting_key": "7",
            "posting_version": posting_version("Welder", "Quay", "html", "Weld."),
            "title": "Welder",
            "company": "Quay",
            "place": "Leith",
            "country": "GB",
            "text": "Weld.",
            "text_format": "html",
            "first_seen_on": dt.date(2024, 3, 1),
            "first_seen_basis": "posted",
            "last_seen_on": None,
            "closes_on": dt.date(2024, 4, 1),
            "pay_text": None,
            "pay_min": 20.0,
            "pay_max": 30.0,
            "pay_currency": "GBP",
            "pay_period": "hour",
            "pay_kind": "structured",
            "seniority_text": "Senior",
            "employment_type_text": "Full-time",
            "industry_text": "Ships",
        }
    ]
    assert parsed.counts == {}
    assert parsed.rejections == []


def test_the_three_formats_give_the_same_rows() -> None:
    rows = [
        {"nr": "1", "job": "Welder", "duties": "Weld.", "firm": None},
        {"nr": "2", "job": "Cook", "duties": None, "firm": "Quay"},
    ]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    csv_text = "nr,job,duties,firm\n1,Welder,Weld.,\n2,Cook,,Quay\n"
    files = {
        "a.csv": csv_text.encode(),
        "a.csv.gz": gzip.compress(csv_text.encode()),
        "a.jsonl.gz": gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()),
        "a.parquet": sink.getvalue(),
    }
    found = {
        name: [row | {"file": ""} for row in parse(data, name, columns=COLUMNS).table.to_pylist()]
        for name, data in files.items()
    }
    assert found["a.csv"] == found["a.csv.gz"] == found["a.jsonl.gz"] == found["a.parquet"]


def test_every_row_is_in_the_table_or_rejected_with_its_reason() -> None:
    data = "nr,job,duties,firm\n1,Welder,Weld.,Q\n\n2,Cook\n3,,-1,Quay\n4,,Cook.,Quay\n5,Nurse,,\n"
    parsed = parse(data, columns=COLUMNS)
    assert parsed.table["row_number"].to_pylist() == [1, 4, 5]
    assert parsed.n_rows_in == 5
    assert [(r.row_number, r.rule, r.action) for r in parsed.rejections] == [
        (2, "cell_count", "row_rejected"),
        (3, "nothing_to_read", "row_rejected"),
    ]
    assert json.loads(parsed.rejections[1].row_json or "") == {
        "nr": "3",
        "job": "",
        "duties": "-1",
        "firm": "Quay",
    }
    assert parsed.counts["blank_lines"] == 1
    assert parsed.counts["missing_marker:text"] == 1


def test_keys_of_a_source_without_ids_hang_on_content() -> None:
    data = "job,duties\nWelder,Weld.\nWelder,Weld.\nWelder,Weld more.\n"
    columns = {"title": ("job",), "text": ("duties",)}
    keys = parse(data, columns=columns).table["source_posting_key"].to_pylist()
    assert keys[0] == keys[1] != keys[2]
    expected = hashlib.sha256(b"6:Welder-1:-1:5:Weld.-1:").hexdigest()[:32]
    assert keys[0] == f"content_{expected}"
    assert keys == parse(data, columns=columns).table["source_posting_key"].to_pylist()


@pytest.mark.parametrize(
    ("cells", "layout", "release", "day", "basis"),
    [
        ("2024-03-05,2024-03-04,2024-03,3 days ago", {}, "7", "2024-03-05", "posted"),
        (",2024-03-04T09:00:00,2024-02,", {}, "7", "2024-03-04", "posted"),
        (",,2024-02,3 days ago", {"posted_before": dt.date(2024, 3, 31)}, "7", "2024-02-01", "posted_month"),
        (",,,3 days ago", {"posted_before": dt.date(2024, 3, 31)}, "7", "2024-03-28", "posted_relative"),
        (",,,save job", {"posted_before": dt.date(2024, 3, 31)}, "2024-02", "2024-03-31", "collected"),
        (",,,3 days ago", {}, "2024-02", "2024-02-01", "release"),
        (",,,", {}, "2024-02-09", "2024-02-09", "release"),
        (",,,", {}, "2024-13", None, "none"),
        (",,,", {}, "2018-2022", None, "none"),
        (",,,", {}, "2024", None, "none"),
        ("2031-01-01,,,", {}, "2024-02", "2024-02-01", "release"),
        ("March 2024,2024-03-09,,", {}, "7", "2024-03-09", "posted"),
    ],
)
def test_first_seen_and_its_basis(
    cells: str, layout: dict[str, Any], release: str, day: str | None, basis: str
) -> None:
    columns = {
        name: (name,) for name in ("title", "posted_on", "posted_at", "posted_month", "posted_relative")
    }
    data = f"title,posted_on,posted_at,posted_month,posted_relative\nCook,{cells}\n"
    row = parse(data, columns=columns, release=release, **layout).table.to_pylist()[0]
    assert row["first_seen_on"] == (dt.date.fromisoformat(day) if day else None)
    assert row["first_seen_basis"] == basis


def test_snapshots_say_when_an_advert_was_seen() -> None:
    columns = {"title": ("title",), "last_seen": ("seen",), "status": ("status",)}
    data = "title,seen,status\nCook,,open\nNurse,2026-04-01,closed\nWelder,,open\n"
    parsed = parse(data, "2026-04-03.csv", columns=columns, snapshot_per_file=True)
    day = dt.date(2026, 4, 3)
    assert parsed.table["first_seen_on"].to_pylist() == [day] * 3
    assert set(parsed.table["first_seen_basis"].to_pylist()) == {"collected"}
    assert parsed.table["last_seen_on"].to_pylist() == [day, dt.date(2026, 4, 1), day]
    assert parsed.counts["status:open"] == 2
    assert parsed.counts["status:closed"] == 1


def test_closing_days_may_lie_ahead_but_not_decades() -> None:
    columns = {"title": ("title",), "closes_on": ("until",)}
    parsed = parse("title,until\nCook,2027-01-31\nNurse,2099-12-31\n", columns=columns)
    assert parsed.table["closes_on"].to_pylist() == [dt.date(2027, 1, 31), None]
    assert parsed.counts["date_out_of_range:closes_on"] == 1


def test_front_matter_fills_what_the_columns_lack() -> None:
    lines = [
        {"path": "a.md", "text": "---\ntitle: Cook\ncompany: Quay\ncreated: '2016-12-06'\n---\nCook well."},
        {"path": "b.md", "text": "No front matter."},
    ]
    parsed = parse("".join(json.dumps(line) + "\n" for line in lines), "jobs.jsonl")
    rows = parsed.table.to_pylist()
    assert [(row["title"], row["company"], row["text"]) for row in rows] == [
        ("Cook", "Quay", "Cook well."),
        (None, None, "No front matter."),
    ]
    assert rows[0]["first_seen_on"] == dt.date(2016, 12, 6)
    assert [row["source_posting_key"] for row in rows] == ["a.md", "b.md"]


def test_bytes_in_the_wrong_encoding_are_counted_not_fatal() -> None:
    parsed = parse(
        b"job,duties\nCook,caf\xe9\n", columns={"title": ("job",), "text": ("duties",)}, encoding="utf-8"
    )
    assert parsed.table["text"].to_pylist() == ["caf\ufffd"]
    assert parsed.counts["undecodable_bytes"] == 1
    parsed = parse(b"job,duties\nCook,caf\xe9\n", columns={"title": ("job",), "text": ("duties",)})
    assert parsed.table["text"].to_pylist() == ["caf\u00e9"]
    assert parsed.counts["decoded_as_cp1252"] == 1


def test_rows_unlike_the_manifest_are_counted() -> None:
    assert parse("title\nCook\n", rows=3).counts["rows_unlike_manifest"] == 2
    assert "rows_unlike_manifest" not in parse("title\nCook\n", rows=1).counts


def test_files_that_are_rejected_as_a_whole() -> None:
    for data, rule in (("", "empty_file"), ("title\n", "no_rows"), ("a,b\n1,2\n", "no_title_or_text")):
        with pytest.raises(FileRejected) as caught:
            parse(data)
        assert caught.value.rule == rule
        assert str(caught.value).startswith("jobs.csv: ")


def test_a_csv_without_its_header_is_rejected_and_says_so() -> None:
    with pytest.raises(FileRejected, match="is the header line missing"):
        parse("7,Welder,Weld. Weld well.\n8,Cook,Cook. Cook well.\n", columns=COLUMNS)


def test_an_unseen_source_loads_without_any_columns_declared() -> None:
    data = (
        "Job Title;Employer;City;Job Description;Date Posted\nCook;Quay;Leith;Cook <b>well</b>.;31/12/2023\n"
    )
    row = parse(data).table.to_pylist()[0]
    assert (row["title"], row["company"], row["place"], row["text_format"]) == (
        "Cook",
        "Quay",
        "Leith",
        "html",
    )
    assert row["first_seen_on"] == dt.date(2023, 12, 31)
