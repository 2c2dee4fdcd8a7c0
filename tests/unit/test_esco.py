import pytest

from transforms.drop import DropFile, Manifest
from transforms.esco import is_member, labels, parse_esco
from transforms.parsed import NotLoadable, ParsedTable, UnknownLayout

SHA = "ef" * 32
OCCUPATIONS = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,code\n"
    'Occupation,o:1,2512,web developer,"web dev\nsite builder\nweb dev",2512.4\n'
    "Occupation,o:2,110,air force officer,,110.1\n"
)
SKILLS = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels\n"
    'KnowledgeSkillCompetence,s:1,knowledge,sector-specific,Docker,"docker engine",dokcer\n'
    "KnowledgeSkillCompetence,s:2,,,write code,,\n"
)
RELATIONS = (
    "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel\n"
    "o:1,web developer,essential,,s:2,write code\n"
    "o:1,web developer,optional,knowledge,s:1,Docker\n"
)


def members(**changes: str | None) -> dict[str, bytes]:
    files: dict[str, str | None] = {
        "occupations_en": OCCUPATIONS,
        "skills_en": SKILLS,
        "occupationSkillRelations_en": RELATIONS,
    }
    files |= changes
    return {f"{name}.csv": text.encode() for name, text in files.items() if text is not None}


def parse(
    files: dict[str, bytes], release: str = "1.2.0", kind: str = "esco", language: str | None = "en"
) -> dict[str, ParsedTable]:
    listed = (DropFile("esco.zip", None, SHA),)
    manifest = Manifest("m", kind, "esco", release, "2011/833/EU", "open", listed, language=language)
    found = parse_esco(files, manifest, SHA)
    for parsed in found.values():
        assert parsed.n_rows_in == parsed.table.num_rows + parsed.n_rows_rejected
    return found


def test_the_three_tables_of_a_release() -> None:
    found = parse(members())
    assert list(found) == ["raw_esco_occupation", "raw_esco_skill", "raw_esco_occupation_skill"]
    occupations = found["raw_esco_occupation"]
    assert occupations.table.to_pylist()[0] == {
        "snapshot_sha256": SHA,
        "release": "1.2.0",
        "language_code": "en",
        "esco_uri": "o:1",
        "isco_code": "2512",
        "esco_code": "2512.4",
        "preferred_label": "web developer",
        "alternative_labels": ["web dev", "site builder"],
        "description": None,
    }
    skills = found["raw_esco_skill"].table.to_pylist()
    assert [(row["skill_type"], row["reuse_level"], row["hidden_labels"]) for row in skills] == [
        ("knowledge", "sector-specific", ["dokcer"]),
        (None, None, []),
    ]
    relations = found["raw_esco_occupation_skill"].table
    assert relations["relation_type"].to_pylist() == ["essential", "optional"]


def test_group_codes_keep_or_get_back_their_leading_zeros() -> None:
    occupations = parse(members())["raw_esco_occupation"]
    assert occupations.table["isco_code"].to_pylist() == ["2512", "0110"]
    assert occupations.counts == {"isco_leading_zero_restored": 1}
    whole = parse(members(occupations_en=OCCUPATIONS.replace(",110,", ",C0110,")))["raw_esco_occupation"]
    assert whole.table["isco_code"].to_pylist() == ["2512", "0110"]
    assert whole.counts == {}


def test_relations_may_be_absent_and_that_is_said() -> None:
    found = parse(members(occupationSkillRelations_en=None), "1.1.1")["raw_esco_occupation_skill"]
    assert found.table.num_rows == found.n_rows_in == 0
    assert found.counts == {"file_absent:occupationSkillRelations": 1}


def test_relations_of_older_packages_have_no_language_in_their_name() -> None:
    files = members(occupationSkillRelations_en=None, occupationSkillRelations=RELATIONS)
    assert parse(files)["raw_esco_occupation_skill"].table.num_rows == 2


def test_broken_rows_are_rejected() -> None:
    more = "o:1,x,essential,,,\no:1,x,needed,,s:1,\no:1,x,essential,,s:2,again\no:1\n"
    found = parse(members(occupationSkillRelations_en=RELATIONS + more))["raw_esco_occupation_skill"]
    assert [(r.row_number, r.rule) for r in found.rejections] == [
        (3, "missing_value"),
        (4, "relation_type"),
        (5, "primary_key"),
        (6, "cell_count"),
    ]
    more = (
        "Occupation,o:1,2512,again,,\n"
        "Occupation,o:3,xx,label,,\n"
        "ISCOGroup,o:4,25,group,,\n"
        "Occupation,o:5,2512,,,\n"
    )
    occupations = parse(members(occupations_en=OCCUPATIONS + more))["raw_esco_occupation"]
    assert [r.rule for r in occupations.rejections] == [
        "primary_key",
        "isco_code",
        "concept_type",
        "missing_value",
    ]


def test_the_language_is_the_manifests() -> None:
    german = {name.replace("_en", "_de"): data for name, data in members().items()}
    both = members() | german
    assert parse(both, language="de")["raw_esco_skill"].table["language_code"].to_pylist() == ["de", "de"]
    assert parse(both, language=None)["raw_esco_skill"].table["language_code"].to_pylist() == ["en", "en"]
    with pytest.raises(UnknownLayout, match="set `language` in the manifest"):
        parse(german)


def test_folders_byte_order_mark_and_line_ends_do_not_matter() -> None:
    files = {
        f"esco/{name}": b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in members().items()
    }
    tables = {name: parsed.table for name, parsed in parse(files).items()}
    assert tables == {name: parsed.table for name, parsed in parse(members()).items()}


@pytest.mark.parametrize(("release", "kind"), [("1.0.8", "esco"), ("1.0", "esco"), ("1.1.1", "esco_tabiya")])
def test_releases_that_do_not_load(release: str, kind: str) -> None:
    with pytest.raises(NotLoadable, match=release):
        parse(members(), release, kind)


def test_an_incomplete_copy_is_not_loadable() -> None:
    with pytest.raises(NotLoadable, match=r"lacks skills_en\.csv"):
        parse(members(skills_en=None, ISCOGroups_en="x"))


@pytest.mark.parametrize(
    "files",
    [
        members(skills_en=None, competences_en=SKILLS),
        members(skills_en=None, occupations_en=None),
        {"occupations.csv": b"ID,UUID\n1,2\n", "skills.csv": b"ID\n1\n"},
        {},
    ],
)
def test_other_names_are_an_unknown_layout(files: dict[str, bytes]) -> None:
    with pytest.raises(UnknownLayout, match="Nothing was loaded"):
        parse(files)


def test_other_columns_are_an_unknown_layout() -> None:
    with pytest.raises(UnknownLayout, match=r"skills_en\.csv: expected .* skillType is missing"):
        parse(members(skills_en=SKILLS.replace("skillType", "type")))


def test_a_release_without_a_number_is_refused() -> None:
    with pytest.raises(UnknownLayout, match="correct `release`"):
        parse(members(), "newest")


def test_labels_and_members() -> None:
    assert labels(" a \n\nb\r\na") == ["a", "b"]
    assert labels("") == []
    assert is_member("x/skills_en.csv")
    assert not is_member("x/readme.txt")
