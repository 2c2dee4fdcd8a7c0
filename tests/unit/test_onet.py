from typing import Any

import pytest

from schemas.derive import arrow_schema
from schemas.raw_onet_technology_skill import RawOnetTechnologySkill
from transforms.drop import DropFile, Manifest
from transforms.onet import LAYOUTS, is_member, layout_of, parse_onet
from transforms.parsed import NotLoadable, ParsedTable, UnknownLayout

SHA = "cd" * 32
OCCUPATION = 'O*NET-SOC Code\tTitle\tDescription\n15-1252.00\tSoftware Developers\tWrite "software".\n'
TITLES = (
    "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n"
    "15-1252.00\tProgrammer\tn/a\t08\n15-1252.00\tApp Developer (Apps)\tApp Dev\t08\n"
)
SKILLS = (
    "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
    "15-1252.00\tDocker\t43232408\tWeb platform development software\tY\tN\n"
)
OLD_SKILLS = (
    "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\n"
    "15-1252.00\tDocker\t43232408\tWeb platform development software\tY\n"
)
NEW_SKILLS = (
    "O*NET-SOC Code\tWorkplace Example\tElement ID\tElement Name\tHot Technology\tIn Demand\n"
    "15-1252.00\tDocker\t5.A.1\tWeb platform development software\tN\tY\n"
)
NEW_TITLES = "O*NET-SOC Code\tJob Title\tShort Title\tSource(s)\n15-1252.00\tProgrammer\tn/a\t08\n"


def members(**changes: str | None) -> dict[str, bytes]:
    files: dict[str, str | None] = {
        "Occupation Data": OCCUPATION,
        "Technology Skills": SKILLS,
        "Alternate Titles": TITLES,
    }
    files |= {name.replace("_", " "): text for name, text in changes.items()}
    return {f"db/{name}.txt": text.encode() for name, text in files.items() if text is not None}


def parse(files: dict[str, bytes], release: str = "29.2") -> dict[str, ParsedTable]:
    manifest = Manifest("m", "onet", "onet", release, "CC-BY-4.0", "open", (DropFile("db.zip", None, SHA),))
    found = parse_onet(files, manifest, SHA)
    for parsed in found.values():
        assert parsed.n_rows_in == parsed.table.num_rows + parsed.n_rows_rejected
    return found


def skill_row(found: dict[str, ParsedTable]) -> dict[str, Any]:
    row: dict[str, Any] = found["raw_onet_technology_skill"].table.to_pylist()[0]
    return row


def test_the_four_tables_of_a_release() -> None:
    found = parse(members())
    assert list(found) == [
        "raw_onet_occupation",
        "raw_onet_technology_skill",
        "raw_onet_alternate_title",
        "raw_onet_rating",
    ]
    assert found["raw_onet_rating"].table.num_rows == 0  # this copy has no ratings
    assert found["raw_onet_occupation"].table.to_pylist() == [
        {
            "snapshot_sha256": SHA,
            "release": "29.2",
            "onet_soc_code": "15-1252.00",
            "onet_title": "Software Developers",
            "description": 'Write "software".',
        }
    ]
    assert skill_row(found) == {
        "snapshot_sha256": SHA,
        "release": "29.2",
        "onet_soc_code": "15-1252.00",
        "technology_name": "Docker",
        "commodity_code": "43232408",
        "commodity_title": "Web platform development software",
        "hot_technology": True,
        "in_demand": False,
    }
    assert found["raw_onet_technology_skill"].table.schema.equals(arrow_schema(RawOnetTechnologySkill))
    assert found["raw_onet_alternate_title"].table["short_title"].to_pylist() == [None, "App Dev"]


def test_line_ends_and_folders_do_not_matter() -> None:
    plain = {path.removeprefix("db/"): data for path, data in members().items()}
    crlf = {path: data.replace(b"\n", b"\r\n") for path, data in members().items()}
    expected = {name: parsed.table for name, parsed in parse(members()).items()}
    for files in (plain, crlf):
        assert {name: parsed.table for name, parsed in parse(files).items()} == expected


def test_before_27_1_there_is_no_in_demand_flag() -> None:
    assert skill_row(parse(members(Technology_Skills=OLD_SKILLS), "25.1"))["in_demand"] is None
    with pytest.raises(UnknownLayout, match="In Demand"):
        parse(members(Technology_Skills=OLD_SKILLS), "29.2")


@pytest.mark.parametrize("release", ["30.3", "30.10", "31.0"])
def test_from_30_3_on_files_have_other_names(release: str) -> None:
    files = members(
        Technology_Skills=None, Alternate_Titles=None, Software_Skills=NEW_SKILLS, Job_Titles=NEW_TITLES
    )
    found = parse(files, release)
    row = skill_row(found)
    assert (row["commodity_code"], row["commodity_title"]) == (None, "Web platform development software")
    assert (row["hot_technology"], row["in_demand"]) == (False, True)
    assert found["raw_onet_alternate_title"].table["alternate_title"].to_pylist() == ["Programmer"]


@pytest.mark.parametrize("release", ["30.3", "31.0"])
def test_old_names_in_a_new_release_are_an_unknown_layout(release: str) -> None:
    with pytest.raises(
        UnknownLayout, match=r"Software Skills\.txt, Job Titles\.txt, found instead Alternate Titles"
    ):
        parse(members(), release)


def test_new_names_in_an_old_release_are_an_unknown_layout() -> None:
    files = members(Technology_Skills=None, Software_Skills=NEW_SKILLS)
    with pytest.raises(
        UnknownLayout, match=r"O\*NET 29\.2: expected Technology Skills\.txt, found instead Software"
    ):
        parse(files)


def test_unknown_columns_name_release_file_and_both_headers() -> None:
    with pytest.raises(UnknownLayout) as caught:
        parse(members(Technology_Skills=SKILLS.replace("Example", "Sample")))
    message = str(caught.value)
    assert "O*NET 29.2, Technology Skills.txt: expected the columns" in message
    assert "found O*NET-SOC Code, Sample" in message
    assert "LAYOUTS in transforms/onet.py" in message


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_is_an_unknown_layout(text: str) -> None:
    with pytest.raises(UnknownLayout, match="found an empty file"):
        parse(members(Occupation_Data=text))


def test_a_file_of_which_no_row_can_be_read_is_an_unknown_layout() -> None:
    with pytest.raises(UnknownLayout, match="none of its 1 rows"):
        parse(members(Occupation_Data=OCCUPATION.replace("15-1252.00", "2512")))


def test_an_archive_with_nothing_of_ours_is_an_unknown_layout() -> None:
    with pytest.raises(UnknownLayout, match="no file of a text release"):
        parse({})


def test_an_incomplete_copy_is_not_loadable() -> None:
    with pytest.raises(NotLoadable, match=r"O\*NET 30\.2: this copy lacks Alternate Titles\.txt"):
        parse(members(Alternate_Titles=None, Task_Statements="x"), "30.2")


@pytest.mark.parametrize("release", ["24.2", "9.0", "25.0"])
def test_releases_with_the_codes_of_2010_are_not_loadable(release: str) -> None:
    with pytest.raises(NotLoadable, match="O\\*NET-SOC 2010"):
        parse(members(), release)


def test_a_release_without_a_number_is_refused() -> None:
    with pytest.raises(UnknownLayout, match="correct `release` in the manifest"):
        parse(members(), "latest")


def test_twins_in_two_folders_are_refused() -> None:
    with pytest.raises(UnknownLayout, match="twice"):
        parse(members() | {"other/Occupation Data.txt": OCCUPATION.encode()})


def test_what_macs_add_to_archives_is_no_twin() -> None:
    beside = {"__MACOSX/db/._Occupation Data.txt": b"x", "__MACOSX/db/Occupation Data.txt": b"x"}
    assert parse(members() | beside) == parse(members())


def test_rows_that_break_rules_are_rejected_one_by_one() -> None:
    row = SKILLS.splitlines()[1]
    broken = [
        row,
        row.replace("15-1252.00", "15-1252"),
        row.replace("43232408", "4323"),
        row.replace("\tY\t", "\tyes\t"),
        row.replace("Docker", " "),
        row + "\textra",
        row.replace("Docker", "Podman"),
    ]
    found = parse(members(Technology_Skills=SKILLS + "\n".join(broken) + "\n"))["raw_onet_technology_skill"]
    assert found.table["technology_name"].to_pylist() == ["Docker", "Podman"]
    assert [(r.row_number, r.rule) for r in found.rejections] == [
        (2, "primary_key"),
        (3, "onet_soc_code"),
        (4, "commodity_code"),
        (5, "flag"),
        (6, "missing_value"),
        (7, "cell_count"),
    ]
    assert found.n_rows_in == 8
    assert found.counts["row_rejected:primary_key"] == 1


def test_another_encoding_is_counted() -> None:
    files = members() | {"db/Occupation Data.txt": OCCUPATION.replace("Write", "Na\u00efve").encode("cp1252")}
    assert parse(files)["raw_onet_occupation"].counts == {"decoded_as_cp1252": 1}


def test_layouts_stand_in_order_and_cover_the_releases() -> None:
    assert [layout.first for layout in LAYOUTS] == sorted(layout.first for layout in LAYOUTS)
    assert layout_of("29.0") is layout_of("30.2")
    assert layout_of("30.2") is not layout_of("30.3")
    assert is_member("db/Read Me.txt")
    assert not is_member("db/skills.xlsx")


RATING_HEAD = (
    "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\t"
    "Upper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source\n"
)
RATINGS = RATING_HEAD + (
    "15-1252.00\t2.B.3.e\tProgramming\tIM\t4.00\t8\t0.1000\t3.8000\t4.2000\tN\tn/a\t08/2023\tAnalyst\n"
    "15-1252.00\t2.B.3.e\tProgramming\tLV\t4.50\t8\t0.1000\t4.3000\t4.7000\tY\tN\t08/2023\tAnalyst\n"
)


def test_ratings_keep_their_own_count_error_interval_and_flags() -> None:
    knowledge = (
        RATING_HEAD
        + "15-1252.00\t2.C.4.a\tMathematics\tIM\t3.10\t\t\t\t\t\tn/a\t07/2014\tAnalyst - Transition\n"
    )
    table = parse(members(Skills=RATINGS, Knowledge=knowledge))["raw_onet_rating"].table
    first, level, old = table.to_pylist()
    assert (first["rating"], first["n_raters"], first["rating_standard_error"]) == (4.0, 8, 0.1)
    assert (first["rating_ci_low"], first["rating_ci_high"], first["not_relevant"]) == (3.8, 4.2, None)
    assert (level["scale_id"], level["recommend_suppress"], level["not_relevant"]) == ("LV", True, False)
    assert (old["n_raters"], old["rating_ci_low"], old["recommend_suppress"]) == (None, None, None)


def test_a_rating_that_is_none_is_refused_by_row() -> None:
    lines = [RATINGS, "15-1252.00\t2.B.3.k\tTroubleshooting\tRT\t4\t\t\t\t\t\t\t\t\n"]
    lines.append("15-1252.00\t2.B.3.k\tTroubleshooting\tIM\tNaN\t\t\t\t\t\t\t\t\n")
    both = (
        RATING_HEAD
        + "15-1252.00\t2.C.4.a\tMathematics\tIM\t\t\t\t\t\t\t\t\t\n"
        + RATINGS.split("\n")[1]
        + "\n"
    )
    both = both.replace("2.B.3.e", "2.B.3.a")
    parsed = parse(members(Skills="".join(lines), Knowledge=both))["raw_onet_rating"]
    assert [(r.row_number, r.rule) for r in parsed.rejections] == [
        (3, "scale_id"),
        (4, "rating"),
        (5, "missing_value"),
    ]
    assert parsed.table.num_rows == 3


def test_ratings_in_other_columns_load_nothing() -> None:
    with pytest.raises(UnknownLayout, match=r"Skills\.txt: expected the columns"):
        parse(members(Skills=RATINGS.replace("Recommend Suppress", "Suppress")))
