"""Example rows of the export layer."""

from tests.schemas.rows import Bad, Example

SUPPRESSED = {
    "status": "suppressed",
    "reason": "small_cell",
    "value": None,
    "n": None,
    "n_numerator": None,
    "n_denominator": None,
    "n_effective": None,
    "n_employers": None,
    "ci_low": None,
    "ci_high": None,
    "ci_level": None,
}

ROWS = {
    "export_importance_score": Example(
        {},
        [
            Bad({"importance_score": None}, ("scored_or_reason",)),
            Bad({"sensitivity_low": 61.0}, ("band_ordered",)),
            Bad({"n_score_parts": 1}, ("two_parts_at_least",)),
        ],
    ),
    "export_label_rule": Example(
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
    "export_metric_value": Example(
        {
            "metric": "posting_share",
            "value": 15 / 60,
            "label": None,
            "unit": "share",
            "currency": None,
            "denominator": "families of the role",
            "n": 15,
            "n_numerator": 15,
            "n_denominator": 60,
            "n_effective": 60.0,
            "n_unit": "families",
            "ci_low": 0.16,
            "ci_high": 0.37,
            "basis": "computed",
        },
        [
            Bad({"label_rule": "demand-growing"}, ("label_has_rule",)),
            Bad({"metric": "pay_premium"}, ("premium_is_observational",)),
            Bad({"value": None}, ("number_or_reason",)),
            Bad({**SUPPRESSED, "value": 0.25, "basis": None}, ("number_or_reason",)),
            Bad({"reason": "wide_interval"}, ("reason_unless_ok",)),
            Bad({**SUPPRESSED, "reason": None}, ("reason_unless_ok",)),
            Bad({"ci_high": None}, ("interval_with_number",)),
            Bad({"ci_level": None}, ("interval_with_number",)),
            Bad(
                {"ci_low": None, "ci_high": None, "ci_level": None},
                ("computed_number_has_interval",),
            ),
            Bad({"ci_high": 0.2}, ("value_inside_interval",)),
            Bad({**SUPPRESSED, "n_denominator": 60}, ("suppressed_tells_nothing",)),
            Bad({**SUPPRESSED, "n_employers": 2}, ("suppressed_tells_nothing",)),
            Bad(
                {"value": 1.25, "n_numerator": 75, "ci_high": 1.5},
                ("share_between_0_and_1", "counts_ordered"),
            ),
            Bad({"source_ids": []}, ("number_has_source",)),
            Bad({"value": 0.3}, ("share_is_its_counts",)),
            Bad(
                {"value": float("inf"), "ci_high": float("inf")},
                ("value_finite", "ci_high_finite", "share_between_0_and_1", "share_is_its_counts"),
            ),
            Bad({"metric": "importance"}, ("metric_isin",)),
            Bad({"metric": "callback_effect"}, ("callback_effect_is_a_ratio",)),
            Bad({"metric": "callback_effect", "unit": "ratio", "geo": "FR"}, ("callback_effect_is_a_ratio",)),
            Bad({"ci_level": 1.0}, ("ci_level_less_than",)),
        ],
    ),
    "export_occupation": Example(
        {
            "n_families_headline": 60,
            "n_employers_headline": 8,
            "n_families_several_roles": None,
            "n_skills_published": 12,
        },
        [
            Bad({"n_families_headline": None}, ("counted_or_reason",)),
            Bad({"status": "suppressed", "reason": "small_cell"}, ("counted_or_reason",)),
        ],
    ),
    "export_ladder": Example(
        {
            "ladder_level": "senior",
            "level_share": 15 / 60,
            "level_share_ci_low": 0.16,
            "level_share_ci_high": 0.37,
            "level_n": 15,
            "level_n_denominator": 60,
            "level_n_effective": 60.0,
            "level_lift": 1.2,
        },
        [
            Bad({"level_share": None}, ("number_or_reason", "suppressed_tells_nothing")),
            Bad({"status": "suppressed", "reason": "small_cell"}, ("number_or_reason",)),
            Bad({"status": "low_reliability"}, ("reason_unless_ok",)),
            Bad({"level_share_ci_high": 0.2}, ("value_inside_interval",)),
            Bad({"ladder_level": "unknown"}, ("ladder_level_isin",)),
            Bad(
                {"level_share": None, "status": "suppressed", "reason": "small_cell"},
                ("suppressed_tells_nothing",),
            ),
        ],
    ),
    "export_occupation_skill": Example(
        {
            "posting_share": 15 / 60,
            "posting_share_ci_low": 0.16,
            "posting_share_ci_high": 0.37,
            "posting_share_n": 15,
            "posting_share_n_denominator": 60,
            "posting_share_status": "ok",
            "posting_share_reason": None,
        },
        [
            Bad({"posting_share": 1.5}, ("posting_share_less_than_or_equal_to",)),
            Bad({"posting_share_reason": "too few"}, ("posting_share_reason_isin",)),
        ],
    ),
    "export_skill_cluster": Example(
        {"n_core_skills": 3, "algorithm": "backbone, Leiden", "seed": 1},
        [
            Bad({"n_core_skills": 5}, ("core_within_cluster",)),
            Bad({"stability": 0.59}, ("stable_enough",)),
            Bad({"source_ids": []}, ("has_source",)),
        ],
    ),
    "export_skill_cluster_member": Example(
        {}, [Bad({"member_rank": 0}, ("member_rank_greater_than_or_equal_to",))]
    ),
    "export_measurement_error": Example(
        {},
        [
            Bad({"correction": None}, ("corrected_or_reason",)),
            Bad({"reason": "source_stale"}, ("reason_unless_ok",)),
        ],
    ),
    "export_survey_rating": Example({}, [Bad({"source_ids": []}, ("has_source",))]),
    "export_share_sensitivity": Example(
        {},
        [
            Bad({"corrected_share": None}, ("corrected_or_reason",)),
            Bad({"corrected_reason": "wide_interval"}, ("corrected_reason_unless_ok",)),
            Bad({"calibrated_share": None}, ("calibrated_or_reason",)),
            Bad({"calibrated_reason_detail": "calibration is off"}, ("detail_of_no_source",)),
        ],
    ),
    "export_skill": Example(
        {"concept_status": "active", "replaced_by": []},
        [Bad({"concept_status": "gone"}, ("concept_status_isin",))],
    ),
    "export_skill_pair": Example(
        {
            "paired_skill": "node.js",
            "n_expected": 20 * 30 / 60,
            "share_given_skill": 12 / 20,
            "share_given_skill_ci_low": 0.38,
            "share_given_skill_ci_high": 0.79,
            "lift": 12 / 10,
            "lift_ci_low": 0.9,
            "lift_ci_high": 1.5,
            "npmi": 0.11,
            "conditional_on_skill": True,
        },
        [
            Bad({"lift": 1.6}, ("lift_inside_interval",)),
            Bad({"share_given_skill_ci_high": 0.5}, ("share_inside_interval",)),
            Bad({"npmi": -1.1}, ("npmi_greater_than_or_equal_to",)),
        ],
    ),
    "export_source": Example(
        {"source_version": "2026-01", "attribution_text": "Data: Northwind Jobs"},
        [
            Bad({"attribution_text": ""}, ("attribution_text_str_length",)),
            Bad({"licence": ""}, ("licence_str_length",)),
            Bad({"terms_class": "none stated"}, ("terms_class_isin",)),
        ],
    ),
    "export_taxonomy_map": Example(
        {"concept_kind": "skill", "concept": "websockets", "concept_id": "skl_aaaaaaaaaaaaaaaa"},
        [
            Bad({"status": "missing"}, ("reason_unless_ok",)),
            Bad({"concept_kind": "task"}, ("concept_kind_isin",)),
        ],
    ),
    "export_taxonomy_sensitivity": Example(
        {"n_numerator": 24, "n_denominator": 60, "n_unit": "families"},
        [
            Bad({"code_share": None}, ("number_or_reason",)),
            Bad({"status": "suppressed", "reason": "small_cell"}, ("number_or_reason",)),
            Bad({"reason": "small_cell"}, ("reason_unless_ok",)),
        ],
    ),
}
