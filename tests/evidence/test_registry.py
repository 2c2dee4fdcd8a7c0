"""The registry as entered: complete, without fault, in the declared shape, the same bytes twice."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from schemas import derive
from schemas.table import all_tables
from tests.evidence.files import CONFIG, registry_files, shared
from transforms.evidence.fault import EvidenceFault
from transforms.evidence.page_number import numbers_in
from transforms.evidence.registry import Evidence, build_evidence, registry_report

AS_OF = date(2026, 11, 22)
TABLES = (
    "core_study",
    "core_finding",
    "core_finding_derived",
    "export_finding",
    "export_finding_link",
    "export_finding_removed",
    "export_claim",
    "export_synthesis",
    "export_cohort",
    "export_search_log",
    "export_instrument_reliability",
)

PUBLISHABLE_WORDS = {"primary_text": "primary", "replication_microdata": "primary"}
LEVELS = PUBLISHABLE_WORDS | {"abstract_quoted_elsewhere": "abstract", "primary_text_mirror": "mirror"}


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return build_evidence(registry_files(), as_of=AS_OF, method_version="2026.1")


def rows(evidence: Evidence, table: str) -> dict[str, dict[str, object]]:
    return {row["finding_id"]: row for row in evidence.tables[table].to_pylist()}


def test_the_registry_has_no_fault() -> None:
    registry, faults = registry_report(registry_files())
    assert not faults, "\n".join(map(str, faults))
    assert (len(registry.studies), len(registry.findings)) == (58, 86)


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_a_table_keeps_its_declaration(evidence: Evidence, name: str) -> None:
    table, declared = evidence.tables[name], all_tables()[name]
    assert table.schema.equals(derive.arrow_schema(declared), check_metadata=True)
    declared.validate(table)
    connection = duckdb.connect()
    connection.register("relation", table)
    counts = connection.execute(derive.broken_counts_sql(declared, "relation")).fetchall()[0]
    assert not [rule.name for rule, count in zip(derive.rules(declared), counts, strict=True) if count]
    assert not connection.execute(derive.duplicate_keys_sql(declared, "relation")).fetchall()
    key = list(derive.primary_key(declared))
    in_order = table.sort_by([(column, "ascending") for column in key]) if table.num_rows else table
    if not any(column.null_count for column in table.select(key).columns):
        assert table.equals(in_order)


def test_the_same_files_give_the_same_tables(evidence: Evidence) -> None:
    files = registry_files()
    backwards = replace(files, studies=dict(reversed(list(files.studies.items()))))
    again = build_evidence(backwards, as_of=AS_OF, method_version="2026.1")
    assert all(again.tables[name].equals(evidence.tables[name]) for name in TABLES)
    assert again.forests == evidence.forests and again.faq == evidence.faq


def test_every_finding_of_the_reading_list_is_entered_with_its_numbers() -> None:
    path = shared("evidence", "findings.csv")
    if path is None:
        pytest.skip("the reading list ../shared/evidence/findings.csv is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        listed = list(csv.DictReader(lines))
    registry, _ = registry_report(registry_files())
    entered = {finding.finding_id: finding for finding in registry.findings}
    assert len(listed) == 79 and len({row["study_id"] for row in listed}) == 54
    turned = {"PENG2023-time"}  # printed as faster, entered as a fall in time
    for row in listed:
        finding = entered[row["finding_id"]]
        sign = -1.0 if finding.finding_id in turned else 1.0
        assert finding.study_id == row["study_id"]
        for column in ("estimate", "se", "n", "ai", "n1i", "ci", "n2i"):
            listed_number = float(row[column]) if row[column] else None
            number = getattr(finding, column)
            if column == "estimate" and number is not None:
                number *= sign
            assert number == (pytest.approx(listed_number) if listed_number is not None else None), column
        ends = (row["ci_low"], row["ci_high"])
        if all(ends) and finding.finding_id not in turned:
            assert (finding.ci_low, finding.ci_high) == (float(ends[0]), float(ends[1]))
        assert finding.source_level == LEVELS.get(row["source_level"], "secondary")
        if row["attribute_randomised"] == "no":
            assert finding.attribute_randomised == "no"


def test_what_was_not_read_at_a_source_leaves_no_number(evidence: Evidence) -> None:
    exported = rows(evidence, "export_finding")
    hidden = [row for row in exported.values() if row["source_level"] in ("mirror", "secondary")]
    assert len(hidden) == 25
    for row in hidden:
        assert (row["status"], row["reason"]) == ("missing", "pending_review")
        for column in ("estimate", "stated", "ci_low", "se", "p", "ai", "display_short", "direction", "note"):
            assert row[column] is None, (row["finding_id"], column)


def test_no_hidden_number_stands_in_the_words_of_its_study() -> None:
    registry, _ = registry_report(registry_files())
    evidence = build_evidence(registry_files(), as_of=date(2026, 11, 22), method_version="2026.1")
    exported = rows(evidence, "export_finding")
    hidden = [
        finding
        for finding in registry.findings
        if exported[finding.finding_id]["status"] not in ("ok", "low_reliability")
    ]
    assert len(hidden) > 20
    for finding in hidden:
        for row in exported.values():
            if row["study_id"] != finding.study_id:
                continue
            for column in (
                "population",
                "outcome",
                "denominator",
                "n_unit",
                "locator",
                "note",
                "display_short",
            ):
                found = numbers_in(str(row[column] or ""))
                assert not any(number.is_estimate_of(finding) for number in found), (
                    finding.finding_id,
                    column,
                )


def test_source_levels_follow_the_reading_list(evidence: Evidence) -> None:
    path = shared("evidence", "findings.csv")
    if path is None:
        pytest.skip("the reading list ../shared/evidence/findings.csv is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        listed = {row["finding_id"] for row in csv.DictReader(lines)}
    exported = rows(evidence, "export_finding")
    levels = Counter(str(row["source_level"]) for name, row in exported.items() if name in listed)
    assert levels == {"primary": 35 + 14, "abstract": 9, "mirror": 6, "secondary": 8 + 7}


def test_no_number_or_word_of_a_hidden_finding_is_left_in_the_other_exports(evidence: Evidence) -> None:
    exported = rows(evidence, "export_finding")
    shown = {name for name, row in exported.items() if row["status"] in ("ok", "low_reliability")}
    for row in evidence.tables["export_synthesis"].to_pylist():
        assert set(row["finding_ids"]) <= shown
    answers = " ".join(str(item["answers"]) for item in evidence.faq)
    assert "170,000,000" not in answers and "41 %" not in answers and "ratio 0.79" not in answers


@pytest.mark.parametrize("name", ["BM2004-computer", "BM2004-special"])
def test_an_attribute_nobody_randomised_is_shown_without_number(evidence: Evidence, name: str) -> None:
    row = rows(evidence, "export_finding")[name]
    assert (row["status"], row["reason"], row["is_effect"]) == ("not_applicable", "not_identifiable", False)
    assert row["estimate"] is None and row["display_short"] is None and row["ai"] is None
    derived = rows(evidence, "core_finding_derived")[name]
    assert (derived["yi"], derived["is_effect"], derived["is_publishable"]) == (None, False, False)


def test_legal_rows_carry_a_status_and_never_an_effect(evidence: Evidence) -> None:
    legal = [
        row
        for row in rows(evidence, "export_finding").values()
        if row["design"] in ("court_order", "regulator")
    ]
    assert {row["study_id"] for row in legal} == {"MOB2025", "ITU2022", "ITU2023", "OSC2025"}
    assert not any(row["is_effect"] for row in legal)


def test_warnings_travel_with_the_numbers_they_belong_to(evidence: Evidence) -> None:
    exported = rows(evidence, "export_finding")

    def flagged(flag: str) -> set[str]:
        return {name for name, row in exported.items() if flag in row["flags"]}  # type: ignore[operator]

    assert {"ORE2011-prog_t4", "BM2004-quality_b"} <= flagged("underpowered")
    assert "BM2004-race" not in flagged("single_study")
    assert flagged("superseded") == {"NZ2023WP-time", "NZ2023WP-quality", "BLR2023WP-avg", "BLS2022-growth"}
    assert {"NZ2023-time", "NZ2023WP-time", "BLR2025-avg", "BLS2023-growth"} <= flagged("versions_disagree")
    developers = {"PENG2023-time", "CUI2024-tasks", "METR2025-time"}
    assert flagged("contradicted") == developers | {"BLO2024-35_fa", "BLO2024-35_se", "INT2024-claim"}
    assert flagged("stale") == {"BLS2022-growth"}
    assert {"PENG2023-time", "CUI2024-tasks", "IND2025-high", "AKA2025-pass"} <= flagged("vendor")
    assert flagged("picked_contrast") == {"BLO2024-35_fa", "BLO2024-35_se"}
    assert flagged("not_second_coded") == set(exported)
    assert "METR2025-time" not in flagged("indirect") and "NZ2023-time" in flagged("indirect")


def test_entries_grow_stale_with_time() -> None:
    later = build_evidence(registry_files(), as_of=date(2028, 1, 1), method_version="2026.1")
    assert all("stale" in row["flags"] for row in rows(later, "export_finding").values())  # type: ignore[operator]


def test_replication_counts_stay_empty_until_a_search_is_logged(evidence: Evidence) -> None:
    exported = rows(evidence, "export_finding")
    assert all(row["replication_count"] is None for row in exported.values())
    search = b"""
[[search]]
search_id = "test"
question = "replications"
claim = "callback-black-name"
scope = "database"
searched_in = "nowhere"
search_terms = ["name"]
searched_on = 2026-11-22
n_screened = 3
n_included = 1
search_result = "one"
for_replications = true
coder = "tests"
"""
    files = registry_files()
    logged = build_evidence(
        replace(files, search_log=files.search_log + search), as_of=AS_OF, method_version="2026.1"
    )
    counted = rows(logged, "export_finding")
    assert counted["BM2004-race"]["replication_count"] == 2
    assert counted["KRW2024-worst"]["replication_count"] == 0
    assert counted["NZ2023-time"]["replication_count"] is None


def test_nothing_is_pooled_but_independent_effects_of_one_claim(evidence: Evidence) -> None:
    pooled = [row for row in evidence.tables["export_synthesis"].to_pylist() if row["value"] is not None]
    assert [row["claim"] for row in pooled] == ["productivity-ai-coding-time"]
    row = pooled[0]
    assert (row["k"], row["finding_ids"]) == (2, ["METR2025-time", "PENG2023-time"])
    assert row["tau2"] > 0 and row["prediction_low"] <= row["ci_low"] <= row["value"] <= row["ci_high"]
    assert (row["status"], row["certainty_start"], row["certainty"]) == ("low_reliability", "high", "low")
    assert "disclosure: authors at Microsoft Research and GitHub" in row["display_short"]
    by_claim = {row["claim"]: row for row in evidence.tables["export_synthesis"].to_pylist()}
    assert by_claim["pay-ai-skills"]["reason"] == "not_identifiable"
    assert "PWC2025-prem: an association, not an effect" in by_claim["pay-ai-skills"]["left_out"]
    assert "NZ2023WP-time: superseded by NZ2023" in by_claim["productivity-ai-writing-time"]["left_out"]
    assert "ORE2011-prog_t4: same sample as ORE2011-t4" in by_claim["callback-foreign-resume"]["left_out"]


def test_every_cohort_has_findings_or_a_logged_search(evidence: Evidence) -> None:
    cohorts = {row["cohort"]: row for row in evidence.tables["export_cohort"].to_pylist()}
    assert {"older-workers", "non-native-speakers", "foreign-credentialed", "neurodivergent"} <= set(cohorts)
    assert cohorts["neurodivergent"]["reason"] == "no_evidence_found"
    assert cohorts["neurodivergent"]["search_ids"] == ["neurodivergent-reading-list"]
    files = registry_files()
    with pytest.raises(EvidenceFault, match="cohort_without_evidence"):
        build_evidence(replace(files, search_log=b""), as_of=AS_OF, method_version="2026.1")


def test_links_are_held_to_known_skills_and_occupations(evidence: Evidence) -> None:
    links = evidence.tables["export_finding_link"].to_pylist()
    known = frozenset(link["occupation"] for link in links if link["occupation"])
    skills = frozenset(link["skill"] for link in links if link["skill"])
    build_evidence(registry_files(), as_of=AS_OF, method_version="2026.1", skills=skills, occupations=known)
    with pytest.raises(EvidenceFault, match="unknown_skill"):
        build_evidence(registry_files(), as_of=AS_OF, method_version="2026.1", skills=frozenset())
    with pytest.raises(EvidenceFault, match="unknown_occupation"):
        build_evidence(registry_files(), as_of=AS_OF, method_version="2026.1", occupations=frozenset())
    assert {link["finding_id"] for link in links} == set(rows(evidence, "export_finding"))


def test_instruments_are_whole_or_refused() -> None:
    whole = b"""
[[reliability]]
instrument = "invented test"
coefficient = "Cronbach's alpha"
reliability_type = "internal_consistency"
value = 0.81
ci_low = 0.78
ci_high = 0.84
ci_level = 0.95
n = 412
n_unit = "test takers"
population = "invented adults"
citation = "Nobody (2000)"
url = "https://example.org"
locator = "Table 2"
stated = ".81"
source_level = "primary"
verified_on = 2026-11-22
"""
    files = registry_files()
    built = build_evidence(replace(files, instruments=whole), as_of=AS_OF, method_version="2026.1")
    assert built.tables["export_instrument_reliability"].num_rows == 1
    for line in (b"n = 412\n", b"ci_low = 0.78\n", b'population = "invented adults"\n', b'stated = ".81"\n'):
        with pytest.raises(EvidenceFault, match="missing_field"):
            build_evidence(
                replace(files, instruments=whole.replace(line, b"")), as_of=AS_OF, method_version="2026.1"
            )


def test_tables_are_arrow_tables_of_plain_types(evidence: Evidence) -> None:
    assert set(evidence.tables) == set(TABLES)
    assert all(isinstance(table, pa.Table) for table in evidence.tables.values())


def test_links_name_roles_and_skills_of_the_configuration() -> None:
    def slugs(name: str, column: str) -> frozenset[str]:
        with (CONFIG / name).open(encoding="utf-8", newline="") as lines:
            return frozenset(row[column] for row in csv.DictReader(lines))

    skills, occupations = slugs("skill_aliases.csv", "skill"), slugs("occupations.csv", "occupation")
    built = build_evidence(
        registry_files(), as_of=AS_OF, method_version="2026.1", skills=skills, occupations=occupations
    )
    links = built.tables["export_finding_link"].to_pylist()
    assert {link["skill"] for link in links if link["skill"]} <= skills
    assert {link["occupation"] for link in links if link["occupation"]} <= occupations
