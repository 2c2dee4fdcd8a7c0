import os
from pathlib import Path
from typing import Any

import pytest

from tests.workbooks import parts
from transforms.crosswalk import is_workbook, parse_crosswalk
from transforms.drop import DropFile, Manifest
from transforms.parsed import NotLoadable, ParsedTable, UnknownLayout
from transforms.synthetic_taxonomy import crosswalk_file

SHA = "ef" * 32
DATA = Path(os.environ.get("SKILLWEIGHTS_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
OFFICIAL = (
    "\ufeffMapping project name,A crosswalk,,,,,\n"
    "Classification 1 Name,O*NET,,,,,\n"
    "Classification 1 Version,O*NET-SOC 2019,,,,,\n"
    "Classification 2 Name,ESCO,,,,,\n"
    "Classification 2 Version,v1.1.0,,,,,\n"
    ",,,,,,\n"
    "O*NET Id,O*NET Title,O*NET Description,ESCO or ISCO URI,ESCO or ISCO Title,ESCO or ISCO Description,"
    "Type of Match\n"
    '15-1254.00,Makers,"a, b",e/occupation/1,web maker,"two\nlines",broadMatch\n'
    "15-1254.00,Makers,,e/isco/C2513,Makers,,exactISCO\n"
    "15-1254.00,Makers,,e/occupation/1,web maker,,closeMatch\n"
    "15-1254,Makers,,e/occupation/2,web maker,,exactMatch\n"
    "15-1254.00,Makers,,e/occupation/2,web maker,,sameMatch\n"
    "15-1254.00,Makers,,,web maker,,exactMatch\n"
    "15-1254.00,Makers\n"
)
EDITIONS = ["O*NET-SOC 2010 Code", "O*NET-SOC 2010 Title", "2018 SOC Code", "2018 SOC Title"]


def manifest(file: str) -> Manifest:
    return Manifest("m", "crosswalk", "pairs", "2022-09", "CC0", "open", (DropFile(file, None, SHA),))


def parse(data: str | bytes | list[list[str]], file: str = "a.csv") -> ParsedTable:
    text = data.encode() if isinstance(data, str) else data
    given = parts(text) if isinstance(text, list) else {file: text}
    [(name, parsed)] = parse_crosswalk(given, manifest(file), file, SHA).items()
    assert name == "raw_crosswalk"
    assert parsed.n_rows_in == parsed.table.num_rows + parsed.n_rows_rejected
    return parsed


def row(side: str, scheme: str, version: str, code: str, label: str | None) -> dict[str, Any]:
    values = {"scheme": scheme, "version": version, "code": code, "label": label}
    return {f"{side}_{name}": value for name, value in values.items()}


def test_the_official_file_pairs_esco_or_isco_with_onet() -> None:
    onet = row("to", "onet-soc", "2019", "15-1254.00", "Makers")
    constants = {"snapshot_sha256": SHA, "release": "2022-09"}
    assert parse(OFFICIAL).table.to_pylist() == [
        constants
        | row("from", "esco", "1.1.0", "e/occupation/1", "web maker")
        | onet
        | {"pair_relation": "broad"},
        constants | row("from", "isco", "08", "2513", "Makers") | onet | {"pair_relation": "exact"},
    ]


def test_rows_that_are_no_pair_are_rejected_with_their_rule() -> None:
    found = [(one.row_number, one.rule) for one in parse(OFFICIAL).rejections]
    assert found == [(3, "primary_key"), (4, "code"), (5, "match"), (6, "missing_value"), (7, "cell_count")]


def test_editions_come_from_the_header_whatever_stands_before_it() -> None:
    made = parse(
        [["Listings"], ["Crosswalk"], EDITIONS, ["11-1011.03", "Green Chiefs", "11-1011", ""]], "x.xlsx"
    )
    [found] = made.table.to_pylist()
    assert found == {"snapshot_sha256": SHA, "release": "2022-09", "pair_relation": None} | row(
        "from", "onet-soc", "2010", "11-1011.03", "Green Chiefs"
    ) | row("to", "soc", "2018", "11-1011", None)


def test_the_pairs_of_nesta() -> None:
    header = "id,esco_occupation,isco_code,onet_code,onet_occupation,concept_uri\n"
    [found] = parse(header + "1,baker,7512,51-3011.00,bakers,e/7\n").table.to_pylist()
    assert (found["from_code"], found["to_code"], found["from_version"]) == ("e/7", "51-3011.00", "")


def test_the_synthetic_file_has_the_official_layout() -> None:
    made = parse(crosswalk_file())
    assert made.rejections == []
    assert {one["from_scheme"] for one in made.table.to_pylist()} == {"esco", "isco"}
    assert {one["from_version"] for one in made.table.to_pylist()} == {"1.2.0", "08"}


@pytest.mark.parametrize(
    ("data", "file", "message"),
    [
        (b"\xd0\xcf\x11\xe0old", "a.xls", "save it as .xlsx or .csv"),
        ([EDITIONS[:2], ["11-1011.00", "Chiefs"]], "a.xlsx", "no crosswalk"),
        (
            [["Occupations with code changes"], EDITIONS, ["a", "b", "c", "d"]],
            "a.xlsx",
            "a list of what changed",
        ),
    ],
)
def test_what_is_known_to_be_no_crosswalk_is_not_loaded(data: Any, file: str, message: str) -> None:
    with pytest.raises(NotLoadable, match=message):
        parse(data, file)


@pytest.mark.parametrize("data", ["", "code,name\n1,2\n", "\n".join(["x,y"] * 50 + [",".join(EDITIONS)])])
def test_an_unknown_layout_is_told_with_what_to_do(data: str) -> None:
    with pytest.raises(UnknownLayout, match=r"Add its layout to transforms/crosswalk.py"):
        parse(data)


def test_a_file_whose_rows_are_all_bad_is_an_unknown_layout() -> None:
    with pytest.raises(UnknownLayout, match="none of its 1 rows"):
        parse(",".join(EDITIONS) + "\na,b,c,d\n")


def test_only_the_suffix_tells_a_workbook() -> None:
    assert [is_workbook(name) for name in ("a.xlsx", "A.XLSX", "a.xls", "a.csv")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.skipif(not (DATA / "crosswalk").is_dir(), reason=f"no real crosswalks in {DATA}")
def test_the_official_crosswalk_as_published() -> None:
    [path] = (DATA / "crosswalk" / "esco_onet_official").glob("*.csv")
    made = parse(path.read_bytes(), path.name)
    assert (made.table.num_rows, made.rejections) == (4253, [])
