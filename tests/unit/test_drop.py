import datetime as dt
import json
from typing import Any

import pytest

from transforms.drop import DropFile, ManifestFault, parse_manifest

SHA = "ab" * 32


def manifest(**changes: Any) -> bytes:
    content: dict[str, Any] = {
        "manifest_version": 1,
        "kind": "postings",
        "source": "harbour_jobs",
        "release": "2024-03",
        "licence": "CC-BY-4.0",
        "terms_class": "open",
        "files": [{"path": "jobs.csv.gz", "bytes": 12, "sha256": SHA}],
    }
    content |= changes
    return json.dumps({key: value for key, value in content.items() if value is not ...}).encode()


def faults(**changes: Any) -> list[str]:
    with pytest.raises(ManifestFault) as caught:
        parse_manifest(manifest(**changes), where="drops/harbour/manifest.json")
    return caught.value.faults


def test_a_good_manifest_with_everything() -> None:
    found = parse_manifest(
        manifest(
            retrieved_on="2026-11-22",
            synthetic=True,
            language="en",
            shoe_size=44,
            postings={
                "format": "csv.gz",
                "encoding": "utf-8",
                "text_format": "html",
                "country": "GB",
                "currency": "GBP",
                "pay_kind": "predicted",
                "posted_before": "2024-03-31",
                "rows": 7,
                "snapshot_per_file": True,
                "columns": {"title": "Job", "text": ["Duties", "Needs"]},
            },
        ),
        where="m",
    )
    assert found.files == (DropFile("jobs.csv.gz", 12, SHA),)
    assert found.retrieved_on == dt.date(2026, 11, 22)
    assert found.synthetic
    assert found.postings is not None
    assert found.postings.columns == {"title": ("Job",), "text": ("Duties", "Needs")}
    assert found.postings.posted_before == dt.date(2024, 3, 31)
    assert found.postings.rows == 7
    assert found.terms_note is None


def test_a_short_manifest_has_defaults() -> None:
    found = parse_manifest(manifest(), where="m")
    assert not found.synthetic
    assert found.postings is not None
    assert found.postings.columns == {}
    assert found.postings.format is None


def test_other_kinds_have_no_posting_format() -> None:
    assert parse_manifest(manifest(kind="onet", postings={"format": "odd"}), where="m").postings is None


@pytest.mark.parametrize("licence", [..., "", "   ", None])
def test_no_licence_is_refused(licence: Any) -> None:
    assert any("a drop without a licence line is refused" in fault for fault in faults(licence=licence))


@pytest.mark.parametrize(
    "licence", ["none stated; local use only", "None Stated", "none stated (user content)"]
)
def test_none_stated_makes_a_drop_local_and_says_so(licence: str) -> None:
    found = parse_manifest(manifest(licence=licence, terms_class="open"), where="m")
    assert found.terms_class == "local"
    assert found.terms_note is not None
    assert "claims open" in found.terms_note


def test_none_stated_and_local_needs_no_note() -> None:
    found = parse_manifest(manifest(licence="none stated", terms_class="local"), where="m")
    assert (found.terms_class, found.terms_note) == ("local", None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"manifest_version": ...}, "no `manifest_version`"),
        ({"manifest_version": 2}, "unknown `manifest_version` 2"),
        ({"manifest_version": True}, "unknown `manifest_version` True"),
        ({"kind": "jobs"}, "unknown `kind` 'jobs'"),
        ({"kind": ...}, "no `kind`"),
        ({"terms_class": "free"}, "unknown `terms_class` 'free'"),
        ({"terms_class": ...}, "no `terms_class`"),
        ({"source": ...}, "no `source`"),
        ({"release": ...}, "no `release`"),
        ({"release": 30.1}, 'put it in quotes ("30.1")'),
        ({"files": ...}, "no `files`"),
        ({"files": []}, "no `files`"),
        ({"files": ["a.csv"]}, "files[1] is no object"),
        ({"files": [{"path": "a.csv", "sha256": "AB" * 32}]}, "is not 64 lower-case hexadecimal digits"),
        ({"files": [{"path": "a.csv"}]}, "no `files[1].sha256`"),
        ({"files": [{"sha256": SHA}]}, "no `files[1].path`"),
        ({"files": [{"path": "a", "bytes": -1, "sha256": SHA}]}, "`files[1].bytes` is -1"),
        ({"files": [{"path": "a", "sha256": SHA}, {"path": "a", "sha256": SHA}]}, "is listed twice"),
        ({"synthetic": "yes"}, "write true or false"),
        ({"retrieved_on": "22.11.2026"}, "no day of the form 2026-11-22"),
        ({"postings": {"format": "xlsx"}}, "unknown `postings.format` 'xlsx'"),
        ({"postings": {"text_format": "rtf"}}, "unknown `postings.text_format` 'rtf'"),
        ({"postings": {"country": "usa"}}, "`postings.country` 'usa' is not of the form US"),
        ({"postings": {"encoding": "klingon"}}, "unknown `postings.encoding` 'klingon'"),
        ({"postings": {"columns": {"titel": "Job"}}}, "unknown field `postings.columns.titel`"),
        ({"postings": {"columns": {"title": 3}}}, "name a column or a list of columns"),
        ({"postings": {"columns": ["Job"]}}, "`postings.columns` is no object"),
        ({"postings": []}, "`postings` is no object"),
    ],
)
def test_faults(changes: dict[str, Any], message: str) -> None:
    assert any(message in fault for fault in faults(**changes)), faults(**changes)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/jobs.csv",
        "../jobs.csv",
        "a/../../jobs.csv",
        "a\\jobs.csv",
        "C:/jobs.csv",
        "./jobs.csv",
        "a//b",
        "a\nb",
    ],
)
def test_paths_that_leave_the_drop_or_hide(path: str) -> None:
    assert any(".path" in fault for fault in faults(files=[{"path": path, "sha256": SHA}]))


def test_all_faults_are_told_at_once() -> None:
    found = faults(licence=..., kind="x", release=..., files=[])
    assert len(found) == 4


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "not JSON"), (b"{", "not JSON"), (b"[1]", "a JSON list"), (b"\xff\xfe{", "not UTF-8")],
)
def test_what_is_no_manifest(data: bytes, message: str) -> None:
    with pytest.raises(ManifestFault, match=message) as caught:
        parse_manifest(data, where="x/manifest.json")
    assert "x/manifest.json" in str(caught.value)
    assert "mend its manifest.json" in str(caught.value)
