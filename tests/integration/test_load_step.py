"""Landed files to raw tables: what loads, what is reported as not loaded, what goes to quarantine."""

import gzip
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import flows.load as module
from flows.load import load
from flows.night import InputFault, Night
from tests.nights import SMALL, change_manifest, counts, landed, night_over, write_drop, write_market
from tests.workbooks import workbook
from transforms.synthetic import truth
from transforms.synthetic_labour import AGENCY, BOARD
from transforms.synthetic_taxonomy import crosswalk_file, esco_members, onet_members
from warehouse.settings import Settings

CSV = b"title,description,posted\nBackend Developer,We use Python and Docker.,2026-06-01\n"
TWO = CSV + b"Data Engineer,You know SQL and Airflow.,2026-06-02\n"


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def taxonomy(folder: Path, kind: str, release: str, data: bytes) -> Path:
    return write_drop(folder, {"x.zip": data}, kind=kind, source=f"x_{kind}", release=release, postings=None)


def states(night: Night) -> dict[tuple[str, str], tuple[str, str | None]]:
    rows = night.warehouse.rows(
        "SELECT source_id, file, load_state, load_detail FROM meta_input ORDER BY ALL"
    )
    return {(source, file): (state, detail) for source, file, state, detail in rows}


def n_postings(night: Night) -> int:
    return int(night.warehouse.rows("SELECT count(*) FROM raw_posting")[0][0])


@pytest.mark.slow
def test_a_market_loads_once_and_not_again(settings: Settings, tmp_path: Path) -> None:
    drops = write_market(tmp_path / "drops", n_postings=240, only=SMALL)
    with night_over(settings) as night:
        load(night, landed(night, drops))
        first = counts(night, "load")
        tables = {
            name: night.warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL")
            for name in ("raw_posting", "raw_onet_occupation", "raw_esco_skill", "meta_load", "meta_input")
        }
        load(night, landed(night, drops))
        second = counts(night, "load")
        for name, before in tables.items():
            assert night.warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL").equals(before), name
        assert n_postings(night) == sum(
            row.source_id in (BOARD, AGENCY) for row in truth(7, n_postings=240).postings
        )
    assert first["files_loaded_now"] == first["files_loaded"] == 3
    assert first["rows_rejected"] == 1  # the board's broken row
    assert second == first | {"files_loaded_now": 0}


def test_a_source_never_seen_before_loads_with_columns_told_from_its_header(
    settings: Settings, tmp_path: Path
) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": TWO}, postings={"columns": {}})
    with night_over(settings) as night:
        load(night, landed(night, drop))
        rows = night.warehouse.rows(
            "SELECT title, text, CAST(first_seen_on AS VARCHAR) FROM raw_posting ORDER BY row_number"
        )
    assert rows == [
        ("Backend Developer", "We use Python and Docker.", "2026-06-01"),
        ("Data Engineer", "You know SQL and Airflow.", "2026-06-02"),
    ]


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"title": ["QA Engineer"], "description": ["You use Selenium."]}), out)
    return out.getvalue()


UNUSABLE = {
    "no header.csv": (CSV.split(b"\n", 1)[1] * 3, "no_title_or_text"),
    "empty.csv": (b"", "empty_file"),
    "blank.csv": (b"\n \n", "empty_file"),
    "header only.csv": (CSV.split(b"\n", 1)[0] + b"\n", "no_rows"),
    "nothing.csv.gz": (gzip.compress(b"", mtime=0), "empty_file"),
    "truncated.csv.gz": (gzip.compress(TWO * 50, mtime=0)[:-20], "truncated_gzip"),
    "not gzip.csv.gz": (CSV, "not_gzip"),
    "truncated.parquet": (parquet()[:-9], "broken_parquet"),
    "text.jsonl": (b"title: Backend Developer\n", "not_json"),
    "strange.docx": (CSV, "unknown_format"),
    "zeros.csv": (b"\0" * 500, "empty_file"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", UNUSABLE)
def test_an_unusable_posting_file_goes_to_quarantine_and_the_night_goes_on(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    drop = write_drop(tmp_path / "d", {"good.csv": TWO, name: UNUSABLE[name][0]})
    with night_over(settings) as night:
        load(night, landed(night, drop))
        state, detail = states(night)["invented_board", name]
        rows = night.warehouse.rows(
            "SELECT file, row_number, rule, quarantine_reason, action FROM meta_quarantine"
        )
        assert n_postings(night) == 2
        [warning] = night.report.warnings
    assert state == "quarantined"
    assert detail
    assert name in warning
    assert detail in warning
    [(file, row_number, rule, reason, action)] = rows
    assert (file, row_number, rule, action) == (name, 0, UNUSABLE[name][1], "file_rejected")
    assert reason == detail


@pytest.mark.slow
def test_bytes_that_are_not_utf_8_are_read_and_counted_not_lost(settings: Settings, tmp_path: Path) -> None:
    data = CSV.replace(b"We use", "Zürich: we use".encode("cp1252"))
    drop = write_drop(tmp_path / "d", {"a.csv": data})
    with night_over(settings) as night:
        load(night, landed(night, drop))
        [[text]] = night.warehouse.rows("SELECT text FROM raw_posting")
        [[told]] = night.warehouse.rows("SELECT counts_json FROM meta_load")
    assert text == "Zürich: we use Python and Docker."
    assert "decod" in told or "cp1252" in told, told


def test_where_no_posting_file_can_be_loaded_there_is_no_night(settings: Settings, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": b""})
    with night_over(settings) as night, pytest.raises(InputFault) as fault:
        load(night, landed(night, drop))
    assert fault.value.faults[0] == "no posting file could be loaded, so there is nothing to count"
    assert f"{drop}/manifest.json: a.csv: " in fault.value.faults[1]


@pytest.mark.slow
def test_taxonomies_alone_are_no_night(settings: Settings, tmp_path: Path) -> None:
    drop = taxonomy(tmp_path / "d", "onet", "29.2", zipped(onet_members("29.2")))
    with night_over(settings) as night, pytest.raises(InputFault, match="no posting file could be loaded"):
        load(night, landed(night, drop))


@pytest.mark.slow
def test_kinds_and_releases_without_a_loader_are_reported_not_refused(
    settings: Settings, tmp_path: Path
) -> None:
    write_drop(tmp_path / "a", {"a.csv": TWO})
    write_drop(tmp_path / "b", {"w.csv": b"a,b\n"}, kind="series", source="series", postings=None)
    write_drop(tmp_path / "c", {"t.csv": b"a,b\n"}, kind="esco_tabiya", source="tabiya", postings=None)
    members = onet_members("29.2")
    few = {name: data for name, data in members.items() if "Occupation Data" in name}
    taxonomy(tmp_path / "d", "onet", "30.2", zipped(few))
    with night_over(settings) as night:
        load(night, landed(night, tmp_path))
        found = states(night)
        report = counts(night, "load")
    assert found["series", "w.csv"] == ("not_loaded", "no loader yet for kind series")
    assert found["tabiya", "t.csv"] == ("not_loaded", "no loader yet for kind esco_tabiya")
    assert found["x_onet", "x.zip"][0] == "not_loaded"
    assert (report["files_loaded"], report["files_not_loaded"], report["files_quarantined"]) == (1, 3, 0)


@pytest.mark.slow
@pytest.mark.parametrize("terms", ["display_only", "permission"])
def test_postings_whose_terms_allow_no_number_are_never_loaded(
    settings: Settings, tmp_path: Path, terms: str
) -> None:
    write_drop(tmp_path / "a", {"a.csv": CSV})
    write_drop(tmp_path / "b", {"b.csv": TWO}, source="closed", terms_class=terms)
    with night_over(settings) as night:
        load(night, landed(night, tmp_path))
        assert n_postings(night) == 1
        state, detail = states(night)["closed", "b.csv"]
    assert state == "not_loaded"
    assert detail
    assert detail.startswith(f"terms class {terms}: ")


@pytest.mark.slow
def test_rows_loaded_under_wider_terms_leave_when_the_terms_narrow(
    settings: Settings, tmp_path: Path
) -> None:
    write_drop(tmp_path / "a", {"a.csv": CSV})
    other = write_drop(tmp_path / "b", {"b.csv": TWO}, source="closing")
    with night_over(settings) as night:
        load(night, landed(night, tmp_path))
        change_manifest(other, terms_class="display_only")
        load(night, landed(night, tmp_path))
        counted = night.warehouse.rows(
            "SELECT DISTINCT source_id FROM raw_posting JOIN meta_input USING (snapshot_sha256, source_id, release, "
            "file) WHERE load_state = 'loaded'"
        )
    assert counted == [("invented_board",)]


@pytest.mark.slow
def test_an_unknown_taxonomy_layout_is_refused_with_its_name(settings: Settings, tmp_path: Path) -> None:
    write_drop(tmp_path / "a", {"a.csv": CSV})
    members = {n: d.replace(b"O*NET-SOC Code", b"Code of SOC") for n, d in onet_members("29.2").items()}
    drop = taxonomy(tmp_path / "b", "onet", "29.2", zipped(members))
    with night_over(settings) as night, pytest.raises(InputFault) as fault:
        load(night, landed(night, tmp_path))
    [told] = fault.value.faults
    assert told.startswith(f"{drop}/manifest.json: ")
    assert "O*NET-SOC Code" in told


HOSTILE = {
    "truncated": (zipped(onet_members("29.2"))[:-200], "fetch it again"),
    "no zip": (b"PK but not really", "fetch it again"),
    "outside": (zipped(onet_members("29.2") | {"../evil.txt": b"x"}), "'../evil.txt' would lie outside"),
    "bomb": (zipped({"db_29_2_text/bomb.txt": bytes(40_000_000)}), "size bomb"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_archive_is_refused_with_its_name(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    write_drop(tmp_path / "a", {"a.csv": CSV})
    drop = taxonomy(tmp_path / "b", "onet", "29.2", HOSTILE[name][0])
    with night_over(settings) as night, pytest.raises(InputFault) as fault:
        load(night, landed(night, tmp_path))
    [told] = fault.value.faults
    assert f"{drop}/manifest.json: x.zip: " in told
    assert HOSTILE[name][1] in told


def test_all_faulty_taxonomies_are_told_at_once(settings: Settings, tmp_path: Path) -> None:
    write_drop(tmp_path / "a", {"a.csv": CSV})
    taxonomy(tmp_path / "b", "onet", "29.2", b"no")
    taxonomy(tmp_path / "c", "esco", "1.2.0", zipped(esco_members())[:-300])
    with night_over(settings) as night, pytest.raises(InputFault) as fault:
        load(night, landed(night, tmp_path))
    assert len(fault.value.faults) == 2


@pytest.mark.slow
def test_a_changed_file_replaces_its_rows_and_its_quarantine(settings: Settings, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": TWO + b"one cell\n", "b.csv": CSV})
    with night_over(settings) as night:
        load(night, landed(night, drop))
        assert (n_postings(night), counts(night, "load")["rows_rejected"]) == (3, 1)
        (drop / "a.csv").write_bytes(CSV.replace(b"Docker", b"Kubernetes"))
        change_manifest(drop)
        load(night, landed(night, drop))
        report = counts(night, "load")
        texts = night.warehouse.rows("SELECT text FROM raw_posting WHERE file = 'a.csv'")
        left = night.warehouse.rows("SELECT count(*) FROM meta_quarantine")
    assert texts == [("We use Python and Kubernetes.",)]
    assert (report["files_loaded_now"], report["rows_rejected"], left) == (2, 0, [(0,)])


@pytest.mark.slow
def test_one_more_file_loads_alone(settings: Settings, tmp_path: Path) -> None:
    write_drop(tmp_path / "a", {"a.csv": TWO})
    with night_over(settings) as night:
        load(night, landed(night, tmp_path))
        write_drop(tmp_path / "b", {"b.csv": CSV}, release="2026-07")
        load(night, landed(night, tmp_path))
        report = counts(night, "load")
    assert (report["files_loaded_now"], report["files_loaded"], report["rows"]) == (1, 2, 3)


@pytest.mark.slow
def test_another_adapter_loads_every_file_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": TWO})
    with night_over(settings) as night:
        load(night, landed(night, drop))
        monkeypatch.setattr(module, "loader_version", lambda: "0" * 64)
        load(night, landed(night, drop))
        assert counts(night, "load")["files_loaded_now"] == 1
        assert n_postings(night) == 2
        assert night.warehouse.rows("SELECT count(*) FROM meta_load") == [(1,)]


@pytest.mark.slow
def test_releases_are_ranked_by_number_not_by_letters(settings: Settings, tmp_path: Path) -> None:
    for release in ("9.0", "10.0", "undated"):
        write_drop(tmp_path / release, {f"{release}.csv": CSV}, release=release)
    with night_over(settings) as night:
        load(night, landed(night, tmp_path))
        ranks = night.warehouse.rows("SELECT release, release_rank FROM meta_input ORDER BY release_rank")
    assert ranks == [("undated", 1), ("9.0", 2), ("10.0", 3)]


@pytest.mark.slow
def test_crosswalks_load_and_what_is_none_is_told_without_ending_the_night(
    settings: Settings, tmp_path: Path
) -> None:
    files = {
        "pairs.csv": crosswalk_file(),
        "pairs.xlsx": workbook(
            [
                ["Crosswalk 2010 to 2019"],
                [
                    "O*NET-SOC 2010 Code",
                    "O*NET-SOC 2010 Title",
                    "O*NET-SOC 2019 Code",
                    "O*NET-SOC 2019 Title",
                ],
                ["11-1011.00", "Chiefs", "11-1011.00", "Chiefs"],
                ["11-1011", "Chiefs", "11-1011.00", "Chiefs"],
            ]
        ),
        "strange.csv": b"a,b\n1,2\n",
        "damaged.xlsx": workbook([["a"]])[:-20],
        "old.xls": b"\xd0\xcf\x11\xe0",
    }
    write_drop(tmp_path / "c", files, kind="crosswalk", source="x_pairs", postings=None)
    write_drop(tmp_path / "p", {"a.csv": CSV})
    with night_over(settings) as night:
        load(night, landed(night, tmp_path))
        found = {file: state for (source, file), (state, _) in states(night).items() if source == "x_pairs"}
        told = states(night)["x_pairs", "strange.csv"][1]
        [[from_workbook]] = night.warehouse.rows(
            "SELECT count(*) FROM raw_crosswalk WHERE from_scheme = 'onet-soc'"
        )
        rejected = night.warehouse.rows(
            "SELECT file, rule FROM meta_quarantine WHERE table_name = 'raw_crosswalk' ORDER BY file"
        )
        load(night, landed(night, tmp_path))
        assert counts(night, "load")["files_loaded_now"] == 0
    assert found == {
        "pairs.csv": "loaded",
        "pairs.xlsx": "loaded",
        "strange.csv": "quarantined",
        "damaged.xlsx": "quarantined",
        "old.xls": "not_loaded",
    }
    assert "none of its first 2 rows is the header of a crosswalk we know" in str(told)
    assert from_workbook == 1
    assert rejected == [
        ("damaged.xlsx", "unknown_layout"),
        ("pairs.xlsx", "code"),
        ("strange.csv", "unknown_layout"),
    ]
