"""Example rows of the core layer."""

from datetime import date

from tests.schemas.rows import Bad, Example

ROWS = {
    "core_label_rule": Example(
        {
            "label_rule": "demand-growing",
            "rule_order": 1,
            "label_kind": "demand_profile",
            "rule_label": "growing",
            "rests_on": "demand_trend",
            "interval_above": 0.0,
            "interval_below": None,
            "term": None,
            "rule_text": "the interval lies above 0",
            "rule_source": "own rule",
            "official_list": None,
        },
        [
            Bad({"rule_label": "critical shortage"}, ("shortage_has_a_list",)),
            Bad({"rests_on": "taste"}, ("rests_on_isin",)),
        ],
    ),
    "core_published_cluster": Example({}, [Bad({"cluster_id": "clu_1"}, ("cluster_id_str_matches",))]),
    "core_family": Example(
        {"family_method": "near_text", "family_score": 0.9, "merged_with": "pst_" + "b" * 16},
        [
            Bad({"family_method": "guess"}, ("family_method_isin",)),
            Bad({"family_score": 1.1}, ("family_score_less_than_or_equal_to",)),
            Bad({"family_version": ""}, ("family_version_str_length",)),
            Bad({"merged_with": None}, ("first_is_own",)),
            Bad({"family_score": None}, ("first_is_own",)),
            Bad({"family_method": "own"}, ("first_is_own",)),
            Bad({"merged_with": "pst_" + "a" * 16}, ("joins_another",)),
            Bad({"posting_id": "fam_" + "a" * 16}, ("posting_id_str_matches",)),
        ],
    ),
    "core_family_merge": Example(
        {
            "spell_id": "fam_" + "b" * 16,
            "joined_spell_id": "fam_" + "a" * 16,
            "family_method": "same_title",
            "family_score": 0.7,
        },
        [
            Bad({"family_method": "own"}, ("family_method_isin",)),
            Bad({"spell_id": "fam_" + "a" * 16}, ("family_is_earlier", "joins_another")),
            Bad({"joined_spell_id": "b"}, ("joined_spell_id_str_matches",)),
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
    "core_posting_code": Example(
        {"scheme": "esco", "occupation_code": "http://example.org/esco/1"},
        [
            Bad({"scheme": "soc"}, ("scheme_isin",)),
            Bad({"code_confidence": 1.2}, ("code_confidence_less_than_or_equal_to",)),
            Bad({"occupation_code": ""}, ("occupation_code_str_length",)),
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
    "core_posting_title": Example(
        {"title_version": "0" * 16, "n_titles": 1},
        [
            Bad({"n_titles": 0}, ("title_where_counted",)),
            Bad({"title_text": ""}, ("title_where_counted",)),
        ],
    ),
    "core_published_cell": Example(
        {"metric": "posting_share", "level": "", "partner_skill": ""},
        [Bad({"geo": "Europe"}, ("geo_str_matches",))],
    ),
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
    "core_signature": Example(
        {"text_key": "0" * 16, "n_words": 3, "shingles": [7], "bands": [1, 2]},
        [
            Bad({"text_key": "x"}, ("text_key_str_matches",)),
            Bad({"text_key": ""}, ("words_have_a_key",)),
            Bad({"shingles": []}, ("words_have_shingles",)),
            Bad({"n_words": 0, "text_key": "", "shingles": []}, ("words_have_shingles",)),
            Bad({"signature_version": ""}, ("signature_version_str_length",)),
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
        {"language_code": "en", "surface_label": "WebSockets", "surface_kind": "alias", "evidence": "none"},
        [
            Bad({"surface": ""}, ("surface_str_length",)),
            Bad({"surface_kind": "hidden"}, ("surface_kind_isin",)),
        ],
    ),
    "core_spell": Example(
        {"title_words": ["engineer"], "place_key": "lyon", "spell_method": "own", "merged_with": None},
        [
            Bad({"spell_id": "7"}, ("spell_id_str_matches",)),
            Bad({"spell_method": "exact_text"}, ("first_is_own",)),
            Bad({"merged_with": "pst_" + "b" * 16}, ("first_is_own",)),
            Bad({"spell_method": "near_text"}, ("first_is_own", "spell_method_isin")),
        ],
    ),
    "core_onet_element": Example({}, [Bad({"element_id": "Programming"}, ("element_id_str_matches",))]),
    "core_double_sample": Example(
        {},
        [
            Bad({"n_read_judged": 1001}, ("judged_are_drawn",)),
            Bad({"n_unread_true": 101}, ("true_are_judged",)),
            Bad({"n_read_true": 51}, ("true_are_judged",)),
            Bad({"n_unread": None}, ("unread_counts_together",)),
            Bad({"skill_class": "rare"}, ("skill_class_str_matches",)),
        ],
    ),
    "core_source_group": Example(
        {"comparable": True, "declared": True},
        [
            Bad({"source_id": ""}, ("source_id_str_length",)),
            Bad({"comparable": None}, ("comparable_not_null",)),
        ],
    ),
    "core_title_code": Example(
        {
            "scheme": "esco",
            "code_rank": 1,
            "occupation_code": "http://example.org/esco/1",
            "candidate_label": "programmer",
            "similarity": 0.9,
            "coder_version": "0" * 16,
        },
        [
            Bad({"occupation_code": None}, ("unmatched_has_no_code",)),
            Bad({"code_rule": "unmatched"}, ("unmatched_has_no_code",)),
            Bad({"code_rank": 6}, ("code_rank_less_than_or_equal_to",)),
        ],
    ),
}
