"""Example rows of the core layer."""

from datetime import date

from tests.schemas.rows import Bad, Example

ROWS = {
    "core_family": Example(
        {"family_method": "own", "family_version": "1"},
        [
            Bad({"family_method": "guess"}, ("family_method_isin",)),
            Bad({"posting_id": "fam_" + "a" * 16}, ("posting_id_str_matches",)),
        ],
    ),
    "core_family_fact": Example({}, [Bad({"pay_currency": "€"}, ("pay_currency_str_matches",))]),
    "core_family_skill": Example(
        {},
        [
            Bad({"skill_id": "websockets"}, ("skill_id_str_matches",)),
            Bad({"family_id": "fam_" + "a" * 16 + ":"}, ("family_id_str_matches",)),
        ],
    ),
    "core_mention": Example(
        {
            "start_offset": 8,
            "end_offset": 18,
            "section": "requirements",
            "role_part": "",
            "negated": False,
            "accepted": True,
        },
        [
            Bad({"end_offset": 8}, ("mention_has_length",)),
            Bad({"negated": True}, ("negated_never_counts",)),
            Bad({"section": "footer"}, ("section_isin",)),
            Bad(
                {"start_offset": -1, "end_offset": 0},
                ("start_offset_greater_than_or_equal_to", "end_offset_greater_than_or_equal_to"),
            ),
        ],
    ),
    "core_occupation": Example(
        {},
        [
            Bad({"occupation": "Backend Developer"}, ("occupation_str_matches",)),
            Bad({"occupation_kind": "job"}, ("occupation_kind_isin",)),
        ],
    ),
    "core_occupation_mapping": Example(
        {"found": True},
        [
            Bad({"relation": "same"}, ("relation_isin",)),
            Bad({"code": ""}, ("code_str_length",)),
        ],
    ),
    "core_period": Example(
        {"is_default": True}, [Bad({"period_end": date(2024, 12, 31)}, ("period_is_ordered",))]
    ),
    "core_posting": Example(
        {},
        [
            Bad({"language": "english"}, ("language_isin",)),
            Bad({"n_characters": -1}, ("n_characters_greater_than_or_equal_to",)),
            Bad({"employer_key": None}, ("employer_key_not_null",)),
            Bad({"pay_kind": "predicted"}, ("no_predicted_pay",)),
            Bad({"seniority": "guru"}, ("seniority_isin",)),
        ],
    ),
    "core_posting_role": Example(
        {
            "family_part_id": "fam_" + "a" * 16 + ":backend-developer",
            "separated": True,
            "headline": True,
            "headline_reason": "",
        },
        [Bad({"headline_reason": "spam"}, ("headline_reason_isin",))],
    ),
    "core_published_cell": Example({"partner_skill": ""}, [Bad({"geo": "Europe"}, ("geo_str_matches",))]),
    "core_reading": Example(
        {"employer_name": None, "n_candidates": 7, "n_mentions": 7},
        [
            Bad({"n_mentions": 8}, ("mentions_are_candidates",)),
            Bad({"pay_kind": None}, ("pay_has_kind",)),
            Bad({"pay_min": None, "pay_max": None}, ("pay_has_kind",)),
        ],
    ),
    "core_reading_role": Example(
        {"part_start": 10, "part_end": 90, "n_parts": 1},
        [
            Bad({"part_end": 10}, ("part_has_length",)),
            Bad({"n_parts": 0}, ("n_parts_greater_than_or_equal_to",)),
        ],
    ),
    "core_skill": Example(
        {"scheme_code": "websockets"},
        [
            Bad({"skill": "WebSockets"}, ("skill_str_matches",)),
            Bad({"skill_scheme": "own"}, ("skill_scheme_isin",)),
        ],
    ),
    "core_skill_mapping": Example({}, [Bad({"scheme": "wikidata"}, ("scheme_isin",))]),
    "core_skill_surface": Example(
        {"surface_label": "WebSockets", "surface_kind": "alias", "evidence": "none"},
        [
            Bad({"surface": ""}, ("surface_str_length",)),
            Bad({"surface_kind": "hidden"}, ("surface_kind_isin",)),
        ],
    ),
    "core_source_group": Example(
        {"comparable": True, "declared": True},
        [
            Bad({"source_id": ""}, ("source_id_str_length",)),
            Bad({"comparable": None}, ("comparable_not_null",)),
        ],
    ),
}
