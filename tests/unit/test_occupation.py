from typing import Any

import pytest

from transforms.identity import occupation_id_of
from transforms.occupation import OccupationFault, build_occupations


def rule(slug: str = "backend-developer", **changes: str) -> dict[str, str]:
    row = {
        "occupation": slug,
        "label": "Backend developer",
        "kind": "role",
        "onet_soc_codes": "15-1252.00",
        "esco_labels": "software developer",
        "isco_codes": "2512",
    }
    return row | changes


ONET = [{"onet_soc_code": "15-1252.00", "onet_title": "Software Developers"}]
ESCO = [
    {"esco_uri": "e:2", "isco_code": "0110", "preferred_label": "air force officer"},
    {"esco_uri": "e:1", "isco_code": "2512", "preferred_label": "Software developer"},
    {"esco_uri": "e:0", "isco_code": "2512", "preferred_label": "software Developer"},
]


def mappings(*rules: dict[str, str]) -> dict[tuple[str, str], dict[str, Any]]:
    tables = build_occupations(list(rules), ONET, ESCO, onet_version="29.2", esco_version="1.2.0")
    return {(row["scheme"], row["code"]): row for row in tables.core_occupation_mapping.to_pylist()}


def test_occupations_carry_their_own_ids_sorted() -> None:
    rules = [rule("other", kind="residual"), rule(), rule("all", kind="pool")]
    tables = build_occupations(rules, [], [], onet_version="", esco_version="")
    ids = tables.core_occupation["occupation_id"].to_pylist()
    assert ids == sorted(occupation_id_of(slug) for slug in ("other", "backend-developer", "all"))


def test_codes_are_looked_up_in_the_loaded_releases() -> None:
    found = mappings(rule())
    assert found[("onet-soc", "15-1252.00")]["code_label"] == "Software Developers"
    assert found[("onet-soc", "15-1252.00")]["taxonomy_version"] == "29.2"
    assert found[("esco", "e:0")]["code_label"] == "software Developer"
    assert found[("isco", "2512")]["taxonomy_version"] == "1.2.0"
    assert all(row["found"] and row["relation"] == "broad" for row in found.values())


def test_codes_keep_leading_zeros_and_groups_are_found() -> None:
    found = mappings(rule(isco_codes="0110 01 9999"))
    assert [found[("isco", code)]["found"] for code in ("0110", "01", "9999")] == [True, True, False]


def test_what_the_release_does_not_hold_stays_with_found_false() -> None:
    found = mappings(rule(onet_soc_codes="15-9999.00", esco_labels="web wizard|"))
    assert found[("onet-soc", "15-9999.00")]["found"] is False
    assert found[("onet-soc", "15-9999.00")]["code_label"] is None
    assert found[("esco", "web wizard")]["code_label"] == "web wizard"
    assert found[("esco", "web wizard")]["found"] is False


def test_no_taxonomies_and_no_codes() -> None:
    empty = rule(onet_soc_codes="", esco_labels="", isco_codes="")
    assert mappings(empty) == {}
    tables = build_occupations([rule()], [], [], onet_version="", esco_version="")
    assert tables.core_occupation_mapping["found"].to_pylist() == [False, False, False]
    assert tables.core_occupation_mapping["taxonomy_version"].to_pylist() == ["", "", ""]


def test_a_rule_may_state_its_relation() -> None:
    assert {row["relation"] for row in mappings(rule(relation="close")).values()} == {"close"}


def test_all_faults_are_told_at_once() -> None:
    rules = [
        rule(),
        rule(label=" "),
        rule("Bad Slug", kind="job", onet_soc_codes="15-1252", isco_codes="25x", relation="near"),
    ]
    with pytest.raises(OccupationFault) as raised:
        build_occupations(rules, [], [], onet_version="", esco_version="")
    message = str(raised.value)
    for part in (
        "line 3 (backend-developer): this occupation stands on an earlier line",
        "line 3 (backend-developer): empty label",
        "line 4 (Bad Slug): slug does not match",
        "kind must be one of",
        "relation must be one of",
        "'15-1252' is no O*NET-SOC code",
        "'25x' is no ISCO-08 code",
    ):
        assert part in message
