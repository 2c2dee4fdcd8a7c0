"""Every posting drop and taxonomy of the real data, row for row accounted for; skipped without that data."""

import os
import zipfile
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from transforms.drop import Manifest, parse_manifest
from transforms.esco import parse_esco
from transforms.onet import parse_onet
from transforms.parsed import NotLoadable, ParsedTable
from transforms.posting_file import parse_posting_file

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("SKILLWEIGHTS_REAL_DATA") or ROOT.parent / "shared" / "data")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (DATA / "postings").is_dir(),
        reason=f"no real data in {DATA}; set SKILLWEIGHTS_REAL_DATA to the folder that holds it",
    ),
]

ROWS = {
    "afriworket_2026": (2_958, 2_958),
    "ats_snapshots_2026-04": (28_389, 28_389),
    "data_job_market_2024": (2_053, 2_053),
    "glassdoor_ds_2020": (956, 956),
    "glassdoor_ds_uncleaned": (1_344, 1_331),
    "google_jobs_2018": (1_250, 1_250),
    "hn_who_is_hiring_2018-2022": (42_384, 42_384),
    "linkedin_2019": (1_950, 1_942),
    "linkedin_2019_calibration": (1_012, 1_012),
    "linkedin_israel_2024": (1_156, 1_156),
    "nhs_jobs_2020": (5_887, 5_887),
    "nofluffjobs_2022": (1_108, 1_108),
    "nyc_jobs_2019": (3_977, 3_977),
    "nyc_jobs_2022": (5_198, 5_198),
    "positions_18f": (54, 54),
    "pythonjobs_2015-2023": (265, 265),
    "usajobs_2016": (3_879, 3_879),
}
"""Data rows in the files, and rows that get into raw_posting; the others are rejected with a reason."""

FIRST_SEEN = {
    "afriworket_2026": {"posted": 2_958},
    "google_jobs_2018": {"none": 1_250},
    "hn_who_is_hiring_2018-2022": {"posted": 14_738, "posted_month": 27_646},
    "linkedin_2019": {"collected": 1_942},
    "linkedin_2019_calibration": {"posted_relative": 822, "collected": 190},
    "linkedin_israel_2024": {"release": 1_156},
    "nyc_jobs_2019": {"posted": 3_973, "none": 4},
    "usajobs_2016": {"posted": 3_879},
}

COUNTS = {
    "glassdoor_ds_2020": {"missing_marker:pay": 214, "company_rating_cut": 922},
    "glassdoor_ds_uncleaned": {"decoded_as_mac_roman": 1, "row_rejected:nothing_to_read": 13},
    "linkedin_2019": {"row_rejected:nothing_to_read": 8},
    "nhs_jobs_2020": {"company_from_json": 5_887, "place_from_json": 5_887},
    "nyc_jobs_2019": {"mojibake_repaired": 43},
    "pythonjobs_2015-2023": {"front_matter_read": 262},
}


def parse_drop(folder: Path) -> tuple[pa.Table, Counter[str], int]:
    """Rows of all files of a posting drop, summed counts, and rows in the files."""
    manifest = parse_manifest((folder / "manifest.json").read_bytes(), where=folder.name)
    counts = Counter[str]()
    tables = []
    n_rows_in = 0
    for file in manifest.files:
        parsed = parse_posting_file((folder / file.path).read_bytes(), manifest, file.path, file.sha256)
        assert parsed.n_rows_in == parsed.table.num_rows + parsed.n_rows_rejected, file.path
        counts.update(parsed.counts)
        tables.append(parsed.table)
        n_rows_in += parsed.n_rows_in
    return pa.concat_tables(tables), counts, n_rows_in


@pytest.mark.parametrize("name", sorted(ROWS))
def test_posting_drops(name: str) -> None:
    table, counts, n_rows_in = parse_drop(DATA / "postings" / name)
    assert (n_rows_in, table.num_rows) == ROWS[name]
    assert {key: counts[key] for key in COUNTS.get(name, {})} == COUNTS.get(name, {})
    bases = Counter(table["first_seen_basis"].to_pylist())
    assert bases == FIRST_SEEN.get(name, bases)
    texts = [text or "" for text in table["text"].to_pylist()]
    assert not any("\0" in text or text.startswith("---\ntitle:") for text in texts)
    assert not any(
        cell in ("-1", "nan", "None") for column in ("company", "place") for cell in table[column].to_pylist()
    )
    assert min((value for value in table["pay_min"].to_pylist() if value is not None), default=1) > 0


def test_every_posting_drop_is_in_the_list() -> None:
    assert {folder.name for folder in (DATA / "postings").iterdir() if folder.is_dir()} == set(ROWS)


def test_growing_files_name_a_posting_alike() -> None:
    table, _, _ = parse_drop(DATA / "postings" / "data_job_market_2024")
    keys = Counter(zip(table["file"].to_pylist(), table["source_posting_key"].to_pylist(), strict=True))
    by_file: dict[str, set[str]] = {}
    for file, key in keys:
        by_file.setdefault(file, set()).add(key)
    _, middle, last = (by_file[file] for file in sorted(by_file))
    assert len(middle & last) / len(middle) > 0.9


def taxonomy(folder: str) -> tuple[dict[str, bytes], Manifest]:
    path = DATA / folder
    manifest = parse_manifest((path / "manifest.json").read_bytes(), where=folder)
    members = {}
    for file in manifest.files:
        if not file.path.endswith(".zip"):
            members[file.path] = (path / file.path).read_bytes()
            continue
        with zipfile.ZipFile(path / file.path) as archive:
            members |= {name: archive.read(name) for name in archive.namelist()}
    return members, manifest


def sizes(found: dict[str, ParsedTable]) -> dict[str, tuple[int, int]]:
    return {name: (parsed.table.num_rows, parsed.n_rows_rejected) for name, parsed in found.items()}


@pytest.mark.parametrize(
    ("folder", "rows"),
    [
        ("onet/29.0", ((1_016, 0), (32_470, 0), (55_118, 2), (119_544, 0))),
        ("onet/29.2", ((1_016, 0), (32_627, 0), (56_558, 2), (0, 0))),  # the copy has no rating files
    ],
)
def test_onet(folder: str, rows: tuple[tuple[int, int], ...]) -> None:
    members, manifest = taxonomy(folder)
    assert tuple(sizes(parse_onet(members, manifest, "ab" * 32)).values()) == rows


def test_technology_skills_between_two_releases() -> None:
    rows = []
    for folder in ("onet/29.0", "onet/29.2"):
        members, manifest = taxonomy(folder)
        table = parse_onet(members, manifest, "ab" * 32)["raw_onet_technology_skill"].table
        columns = [table[name].to_pylist() for name in table.column_names[2:]]
        rows.append(set(zip(*columns, strict=True)))
    old, new = rows
    assert (len(new - old), len(old - new)) == (1_234, 1_077)


@pytest.mark.parametrize(
    ("folder", "rows"),
    [
        ("esco/1.1.1", ((3_007, 0), (13_412, 0), (0, 0))),
        ("esco/1.2.0", ((3_039, 0), (13_925, 0), (128_993, 11))),
    ],
)
def test_esco(folder: str, rows: tuple[tuple[int, int], ...]) -> None:
    members, manifest = taxonomy(folder)
    found = parse_esco(members, manifest, "ab" * 32)
    assert tuple(sizes(found).values()) == rows
    codes = found["raw_esco_occupation"].table["isco_code"].to_pylist()
    assert {len(code) for code in codes} == {4}
    assert sum(code.startswith("0") for code in codes) >= 20


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("onet/24.2", "O\\*NET-SOC 2010"),
        ("onet/30.2", "lacks Alternate Titles"),
        ("esco/1.0", "from 1.1 on"),
        ("esco/1.1.1-tabiya", "not the official layout"),
    ],
)
def test_what_does_not_load_says_why(folder: str, reason: str) -> None:
    members, manifest = taxonomy(folder)
    with pytest.raises(NotLoadable, match=reason):
        (parse_onet if manifest.kind == "onet" else parse_esco)(members, manifest, "ab" * 32)
