from typing import Any

import pytest

from schemas.core_skill import CoreSkill
from schemas.core_skill_mapping import CoreSkillMapping
from schemas.core_skill_surface import CoreSkillSurface
from schemas.derive import arrow_schema
from transforms.identity import skill_id_of
from transforms.skill import AliasFault, SkillTables, build_skills


def alias(skill: str, label: str, surface: str | None = None) -> dict[str, str]:
    kind = "label" if surface is None else "alias"
    return {"skill": skill, "label": label, "kind": kind, "surface": surface or label, "note": ""}


def concept(uri: str, label: str, *alternatives: str, hidden: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "esco_uri": uri,
        "skill_type": "knowledge",
        "reuse_level": None,
        "preferred_label": label,
        "alternative_labels": list(alternatives),
        "hidden_labels": list(hidden),
    }


def technology(name: str) -> dict[str, Any]:
    return {"technology_name": name}


def build(
    aliases: list[dict[str, str]],
    esco: list[dict[str, Any]],
    onet: list[dict[str, Any]],
    ambiguous: list[dict[str, str]] | None = None,
) -> SkillTables:
    return build_skills(aliases, esco, onet, ambiguous or [], esco_version="1.2.0", onet_version="29.2")


def owners(tables: SkillTables) -> dict[str, str]:
    """Slug of the skill by written form."""
    slugs = {row["skill_id"]: row["skill"] for row in tables.core_skill.to_pylist()}
    return {row["surface"]: slugs[row["skill_id"]] for row in tables.core_skill_surface.to_pylist()}


def relations(tables: SkillTables) -> dict[tuple[str, str], tuple[str, str]]:
    """(slug, relation) by (scheme, code)."""
    slugs = {row["skill_id"]: row["skill"] for row in tables.core_skill.to_pylist()}
    return {
        (row["scheme"], row["code"]): (slugs[row["skill_id"]], row["relation"])
        for row in tables.core_skill_mapping.to_pylist()
    }


PYTHON = [alias("python", "Python"), alias("python", "Python", "CPython")]


def test_tables_have_the_declared_schemas_and_no_rows_from_nothing() -> None:
    tables = build([], [], [])
    assert tables.core_skill.schema.equals(arrow_schema(CoreSkill), check_metadata=True)
    assert tables.core_skill_surface.schema.equals(arrow_schema(CoreSkillSurface), check_metadata=True)
    assert tables.core_skill_mapping.schema.equals(arrow_schema(CoreSkillMapping), check_metadata=True)
    assert tables.core_skill.num_rows == 0


def test_a_concept_our_list_knows_is_a_code_of_our_skill() -> None:
    tables = build(
        PYTHON,
        [concept("e:1", "Python (computer programming)"), concept("e:2", "CPython")],
        [technology("Python"), technology("PYTHON")],
    )
    assert tables.core_skill["skill"].to_pylist() == ["python"]
    assert tables.core_skill["skill_id"].to_pylist() == [skill_id_of("skillweights", "python")]
    assert relations(tables) == {
        ("esco", "e:1"): ("python", "close"),
        ("esco", "e:2"): ("python", "close"),
        ("onet-technology", "PYTHON"): ("python", "exact"),
        ("onet-technology", "Python"): ("python", "exact"),
    }
    assert tables.core_skill_mapping["taxonomy_version"].to_pylist() == ["1.2.0", "1.2.0", "29.2", "29.2"]


def test_a_code_row_maps_a_taxonomy_name_that_no_text_is_searched_for() -> None:
    code = alias("redux", "Redux", "React Redux") | {"kind": "code"}
    tables = build([alias("redux", "Redux"), code], [], [technology("React Redux")])
    assert relations(tables) == {("onet-technology", "React Redux"): ("redux", "close")}
    assert owners(tables) == {"redux": "redux"}


def test_a_concept_nobody_knows_is_a_skill_with_its_own_code() -> None:
    tables = build([], [concept("e:1", "perform welding")], [technology("Arc tool")])
    assert relations(tables) == {
        ("esco", "e:1"): ("perform-welding", "exact"),
        ("onet-technology", "Arc tool"): ("arc-tool", "exact"),
    }
    assert {row["skill_id"] for row in tables.core_skill.to_pylist()} == {
        skill_id_of("esco", "e:1"),
        skill_id_of("onet", "Arc tool"),
    }


def test_onet_names_equal_to_esco_labels_are_codes_of_the_esco_skill() -> None:
    tables = build(
        [],
        [
            concept("e:1", "Ansible"),
            concept("e:2", "Prolog (computer programming)"),
            concept("e:3", "use a lathe", "lathe operation"),
        ],
        [technology("ansible"), technology("Prolog"), technology("Lathe operation")],
    )
    assert relations(tables)[("onet-technology", "ansible")] == ("ansible", "exact")
    assert relations(tables)[("onet-technology", "Prolog")] == ("prolog-computer-programming", "close")
    assert relations(tables)[("onet-technology", "Lathe operation")] == ("use-a-lathe", "close")
    assert owners(tables)["prolog"] == "prolog-computer-programming"


def test_onet_tails_lead_to_our_skill() -> None:
    aliases = [
        alias("sql", "SQL"),
        alias("sql", "SQL", "Structured Query Language"),
        alias("bash", "Bash"),
    ]
    tables = build(aliases, [], [technology("Structured query language SQL"), technology("Bash software")])
    assert relations(tables) == {
        ("onet-technology", "Structured query language SQL"): ("sql", "close"),
        ("onet-technology", "Bash software"): ("bash", "close"),
    }


def test_alternative_labels_need_two_words_and_eight_characters_and_hidden_ones_never_count() -> None:
    esco = [
        concept(
            "e:1", "mend nets", "netting", "fix net", "repair nets", "repair  NETS", hidden=("mendnets now",)
        )
    ]
    assert set(owners(build([], esco, []))) == {"mend nets", "repair nets"}


def test_one_character_forms_only_from_our_list() -> None:
    tables = build([alias("c", "C")], [concept("e:1", "C"), concept("e:2", "D")], [technology("R")])
    assert owners(tables) == {"c": "c"}


def test_preferred_beats_alternative_then_the_lower_code_wins() -> None:
    esco = [
        concept("e:9", "tend bees now"),
        concept("e:2", "keep bees", "tend bees now", "look after bees"),
        concept("e:1", "bee keeping", "look after bees"),
    ]
    forward = build([], esco, [])
    assert owners(forward)["tend bees now"] == "tend-bees-now"
    assert owners(forward)["look after bees"] == "bee-keeping"
    backward = build([], esco[::-1], [])
    assert forward.core_skill.equals(backward.core_skill)
    assert forward.core_skill_surface.equals(backward.core_skill_surface)
    assert forward.core_skill_mapping.equals(backward.core_skill_mapping)


def test_two_concepts_with_one_preferred_label_are_one_skill_with_two_codes() -> None:
    tables = build([], [concept("e:2", "keep bees"), concept("e:1", "Keep bees")], [])
    assert relations(tables) == {
        ("esco", "e:1"): ("keep-bees", "exact"),
        ("esco", "e:2"): ("keep-bees", "exact"),
    }


def test_colliding_slugs_get_four_characters_of_the_id() -> None:
    tables = build([alias("r-and-d", "R&D")], [concept("e:1", "R and D")], [])
    opaque = skill_id_of("esco", "e:1").removeprefix("skl_")
    assert sorted(tables.core_skill["skill"].to_pylist()) == ["r-and-d", f"r-and-d-{opaque[:4]}"]


def test_evidence_comes_from_the_ambiguous_terms() -> None:
    ambiguous = [
        {"surface": "go", "evidence": "exact_case_and_list_or_near"},
        {"surface": "lead", "evidence": "never"},
    ]
    aliases = [alias("go", "Go"), alias("go", "Go", "Golang")]
    tables = build(aliases, [concept("e:1", "Lead")], [], ambiguous)
    evidence = {row["surface"]: row["evidence"] for row in tables.core_skill_surface.to_pylist()}
    assert evidence == {"go": "exact_case_and_list_or_near", "golang": "none", "lead": "never"}


def test_surface_label_keeps_the_case_of_its_source() -> None:
    tables = build(PYTHON, [], [])
    rows = {row["surface"]: row for row in tables.core_skill_surface.to_pylist()}
    assert rows["cpython"]["surface_label"] == "CPython"
    assert rows["cpython"]["surface_kind"] == "alias"


def test_other_languages_name_the_same_skill_in_a_lexicon_of_their_own() -> None:
    german = concept("e:1", "schweißen lernen", "Metall schweißen") | {"language_code": "de"}
    unknown = concept("e:2", "löten lernen") | {"language_code": "de"}
    english = concept("e:1", "weld metal") | {"language_code": "en"}
    tables = build(PYTHON, [german, unknown, english], [])
    forms = {(row["language_code"], row["surface"]) for row in tables.core_skill_surface.to_pylist()}
    own = {"python", "cpython"}
    assert forms == {("en", form) for form in own | {"weld metal"}} | {
        ("de", form) for form in own | {"schweißen lernen", "metall schweißen"}
    }
    assert owners(tables)["schweißen lernen"] == "weld-metal"
    assert owners(build([], [german], [])) == {}


def test_all_alias_faults_are_told_at_once() -> None:
    aliases = [
        alias("Java", "Java"),
        alias("java", "Java", "java"),
        alias("java", "Other"),
        alias("js", "JS", " "),
    ]
    with pytest.raises(AliasFault) as raised:
        build(aliases, [], [])
    message = str(raised.value)
    for part in (
        "line 2 (Java, 'Java'): slug does not match",
        "line 3 (java, 'java'): this form already stands for Java",
        "line 4 (java, 'Other'): label 'Other' differs",
        "empty surface",
        "js: 0 rows of kind label",
    ):
        assert part in message
