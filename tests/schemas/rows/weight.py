"""Example rows of the weight layer."""

from datetime import date

from tests.schemas.rows import Bad, Example

NAN = float("nan")

ROWS = {
    "weight_importance_score": Example(
        {},
        [
            Bad({"importance_score": None}, ("scored_or_reason",)),
            Bad({"sensitivity_low": 61.0}, ("band_ordered",)),
            Bad({"n_score_parts": 1}, ("two_parts_at_least",)),
        ],
    ),
    "weight_measurement_error": Example(
        {},
        [
            Bad({"correction": None}, ("corrected_or_reason",)),
            Bad({"correction_ci_low": 1.1}, ("correction_inside_interval",)),
            Bad({"reason": "source_stale"}, ("reason_unless_ok",)),
        ],
    ),
    "weight_survey_importance": Example(
        {"survey_scope": "importance of Programming", "survey_importance": 4.0},
        [
            Bad({"survey_importance": None}, ("rated_or_reason",)),
            Bad({"reason": "taxonomy_unmapped"}, ("reason_unless_ok",)),
        ],
    ),
    "weight_label": Example(
        {"label_kind": "rarity", "label": "used across sectors", "label_rule": "rarity-cross-sector"},
        [
            Bad({"label_rule": None}, ("label_has_rule",)),
            Bad({"label": None}, ("label_has_rule",)),
            Bad({"reason": "no_source"}, ("reason_unless_ok",)),
        ],
    ),
    "weight_calibration": Example({}, [Bad({"calibrated_weight": None}, ("weight_or_reason",))]),
    "weight_calibrated_share": Example({}, [Bad({"calibrated_share": None}, ("calibrated_or_reason",))]),
    "weight_corrected_share": Example(
        {},
        [
            Bad({"corrected_share": None}, ("corrected_or_reason",)),
            Bad({"corrected_ci_low": 0.41}, ("corrected_inside_interval",)),
        ],
    ),
    "weight_metric": Example(
        {
            "metric": "pay_premium",
            "value": 0.05,
            "value_shrunken": 0.03,
            "observational": True,
            "label": None,
            "unit": "log_points",
            "currency": None,
            "denominator": "families that disclose base pay",
            "n": 300,
            "n_numerator": None,
            "n_denominator": None,
            "n_effective": None,
            "n_unit": "families",
            "ci_low": 0.01,
            "ci_high": 0.09,
            "basis": "computed",
        },
        [
            Bad({"value": None}, ("number_or_reason", "no_number_no_count")),
            Bad({"status": "low_reliability"}, ("reason_unless_ok",)),
            Bad({"ci_low": 0.06}, ("value_inside_interval",)),
            Bad({"observational": False}, ("premium_is_observational",)),
            Bad(
                {"value": None, "status": "missing", "reason": "insufficient_sample"}, ("no_number_no_count",)
            ),
        ],
    ),
    "weight_rank": Example(
        {
            "share_rank": 3,
            "rank_low": 1,
            "rank_high": 7,
            "n_ranked": 20,
            "rank_df": 30.0,
            "rank_critical": 3.1,
            "above_skill_id": "skl_a",
            "above_error": 0.01,
            "below_skill_id": None,
            "below_error": None,
        },
        [
            Bad({"rank_low": 4}, ("rank_inside_interval",)),
            Bad({"rank_critical": -0.1}, ("rank_critical_greater_than_or_equal_to",)),
            Bad({"rank_high": 21}, ("ranks_end_at_n",)),
            Bad(
                {"share_rank": 0, "rank_low": 0},
                ("share_rank_greater_than_or_equal_to", "rank_low_greater_than_or_equal_to"),
            ),
        ],
    ),
    "weight_pair_test": Example(
        {
            "log_lift_se": 0.1,
            "t_quantile": 2.0,
            "given_ci_low": 0.2,
            "given_ci_high": 0.5,
            "is_precise": False,
            "pair_df": 20.0,
        },
        [
            Bad({"q_value": 0.0001}, ("q_not_below_p",)),
            Bad({"log_lift_se": NAN}, ("log_lift_se_finite",)),
        ],
    ),
    "weight_skill_cluster": Example({}, [Bad({"stability": 1.1}, ("stability_less_than_or_equal_to",))]),
    "weight_pay_premium": Example(
        {
            "n_with_pay": 300,
            "n_with_skill": 60,
            "n_employers_with_pay": 60,
            "n_without_pay": 40,
            "n_employers_without_pay": 20,
            "premium_cross": 2.0,
            "premium_squares": 40.0,
            "premium_mean": 0.02,
            "premium_spread": 0.0004,
            "n_employers_with_skill": 20,
            "n_employers_without_skill": 40,
            "premium": 0.05,
            "premium_se": 0.02,
            "premium_df": 25.0,
            "premium_ci_low": 0.01,
            "premium_ci_high": 0.09,
            "premium_shrunken": 0.03,
            "n_controls": 4,
            "premium_reason": None,
        },
        [
            Bad({"premium": None}, ("premium_or_reason", "premium_has_interval")),
            Bad({"premium_reason": "insufficient_sample"}, ("premium_or_reason",)),
            Bad({"premium_ci_high": 0.04}, ("premium_inside_interval",)),
            Bad({"premium_se": NAN}, ("premium_se_finite",)),
        ],
    ),
    "weight_salary": Example(
        {
            "quantile": 0.5,
            "n_paid": 40,
            "n_employers_paid": 12,
            "pay_currency": "EUR",
            "n_employers_unpaid": 5,
            "top_employer_paid": 6,
            "pay_effective_employers": 12.0,
            "pay_quantile": 5000000,
            "pay_ci_low": 4500000,
            "pay_ci_high": 5500000,
            "pay_n_effective": 30.0,
            "pay_variance": 0.005,
        },
        [
            Bad({"pay_ci_low": 5100000}, ("quantile_inside_interval",)),
            Bad({"n_paid": 10_000}, ("pay_within_families",)),
            Bad({"quantile": 1.0}, ("quantile_less_than",)),
        ],
    ),
    "weight_mask": Example(
        {"partner_skill_id": ""},
        [
            Bad({"status": "suppressed"}, ("reason_unless_ok",)),
            Bad({"reason": "small_cell"}, ("reason_unless_ok",)),
            Bad({"status": "hidden", "reason": "small_cell"}, ("status_isin",)),
        ],
    ),
    "weight_nested_period": Example(
        {
            "whole_start": date(2018, 1, 1),
            "whole_end": date(2022, 12, 31),
            "within_start": date(2022, 1, 1),
            "within_end": date(2022, 12, 31),
        },
        [Bad({"within_end": date(2023, 1, 1)}, ("lies_inside",))],
    ),
    "weight_occupation": Example(
        {},
        [
            Bad({"n_families": -1}, ("n_families_greater_than_or_equal_to",)),
            Bad({"effective_employers": NAN}, ("effective_employers_finite",)),
        ],
    ),
    "weight_posting": Example({}, [Bad({"family_id": "fam_1"}, ("family_id_str_matches",))]),
    "weight_posting_share": Example(
        {
            "n_numerator": 15,
            "n_denominator": 60,
            "n_complement_employers": 7,
            "posting_share": 15 / 60,
            "jackknife_variance": 0.003,
        },
        [
            Bad({"jackknife_variance": -1e-9}, ("jackknife_variance_greater_than_or_equal_to",)),
            Bad({"n_numerator": 61}, ("numerator_within_denominator",)),
            Bad({"posting_share": 61 / 60}, ("posting_share_less_than_or_equal_to",)),
            Bad({"effective_employers": -0.5}, ("effective_employers_greater_than_or_equal_to",)),
        ],
    ),
    "weight_concentration": Example(
        {"n_numerator": 15, "n_denominator": 60, "n_complement_employers": 7, "jackknife_variance": 0.003},
        [
            Bad({"n_numerator": 61}, ("numerator_within_denominator",)),
            Bad({"jackknife_variance": -1e-9}, ("jackknife_variance_greater_than_or_equal_to",)),
        ],
    ),
    "weight_ladder": Example(
        {
            "n_numerator": 15,
            "n_denominator": 60,
            "n_complement_employers": 7,
            "n_steps_asking": 20,
            "n_steps": 70,
            "n_squared_steps": 120,
            "slope": 0.04,
            "slope_variance": 0.0001,
            "slope_df": 20.5,
            "slope_half_width": 0.017,
            "slope_ci_low": 0.02,
            "slope_ci_high": 0.06,
        },
        [
            Bad({"slope": NAN}, ("slope_finite",)),
            Bad({"n_numerator": 61}, ("numerator_within_denominator",)),
            Bad({"slope_variance": -0.1}, ("slope_variance_greater_than_or_equal_to",)),
        ],
    ),
    "weight_ladder_verdict": Example(
        {"level": "senior", "verdict": "few_at_levels"},
        [Bad({"verdict": "small_cell"}, ("verdict_isin",)), Bad({"level": "boss"}, ("level_isin",))],
    ),
    "weight_part_mask": Example(
        {"metric": "required_share", "level": ""},
        [
            Bad({"status": "suppressed"}, ("reason_unless_ok",)),
            Bad({"metric": "shortage"}, ("metric_isin",)),
        ],
    ),
    "weight_share_part": Example(
        {
            "share_metric": "required_share",
            "level": "",
            "n_numerator": 15,
            "n_denominator": 60,
            "n_complement_employers": 7,
            "n_other_employers": 4,
            "jackknife_variance": 0.003,
        },
        [
            Bad({"n_numerator": 61}, ("numerator_within_denominator",)),
            Bad({"share_metric": "ladder"}, ("level_of_a_ladder",)),
            Bad({"level": "senior"}, ("level_of_a_ladder",)),
        ],
    ),
    "weight_specificity": Example(
        {
            "n_numerator": 15,
            "n_denominator": 60,
            "n_expected_families": 7.5,
            "count_variance_ratio": 1.5,
            "ebgm": 1.8,
            "eb05": 1.2,
            "eb95": 2.6,
            "prior_shape_1": 0.2,
            "prior_rate_1": 0.1,
            "prior_shape_2": 2.0,
            "prior_rate_2": 4.0,
            "prior_weight_1": 0.3,
        },
        [
            Bad({"count_variance_ratio": 0.0}, ("count_variance_ratio_greater_than",)),
            Bad({"ebgm": NAN}, ("ebgm_finite",)),
        ],
    ),
    "weight_trend": Example(
        {
            "n_numerator": 15,
            "n_denominator": 60,
            "n_complement_employers": 7,
            "n_base_employers": 12,
            "n_numerator_before": 10,
            "n_denominator_before": 50,
            "n_employers_before": 6,
            "top_employer_families_before": 3,
            "n_complement_employers_before": 8,
            "n_base_employers_before": 11,
            "n_unmatched": 0,
            "n_unmatched_asking": 0,
            "n_unmatched_before": 0,
            "n_unmatched_asking_before": 0,
            "share_change": 0.05,
            "change_variance": 0.003,
            "change_df": 15.5,
        },
        [
            Bad({"change_variance": -0.1}, ("change_variance_greater_than_or_equal_to",)),
            Bad({"share_change": NAN}, ("share_change_finite",)),
        ],
    ),
    "weight_trend_interval": Example(
        {"change_ci_low": -0.01, "change_ci_high": 0.11},
        [
            Bad({"change_ci_low": 0.12}, ("ends_ordered",)),
            Bad({"change_ci_high": 1.5}, ("change_ci_high_less_than_or_equal_to",)),
        ],
    ),
    "weight_share_interval": Example(
        {
            "share_metric": "posting_share",
            "level": "",
            "share_n_effective": 41.5,
            "share_ci_low": 0.16,
            "share_ci_high": 0.37,
            "is_precise": True,
        },
        [
            Bad({"share_ci_low": 0.38}, ("ends_ordered",)),
            Bad({"share_ci_high": NAN}, ("share_ci_high_finite", "share_ci_high_less_than_or_equal_to")),
            Bad({"share_metric": "rank"}, ("share_metric_isin",)),
            Bad({"level": "expert"}, ("level_isin",)),
        ],
    ),
    "weight_pair_item": Example(
        {"item": 7, "cell": 2, "n_numerator": 15, "n_denominator": 40},
        [Bad({"n_numerator": 41}, ("counts_ordered",))],
    ),
    "weight_pair_count": Example(
        {
            "item": 7,
            "paired_item": 9,
            "n_employers_both": 5,
            "top_employer_families_both": 3,
            "n_employers_always": 1,
            "n_employers_paired_always": 0,
        },
        [Bad({"paired_item": 7}, ("each_pair_once",))],
    ),
    "weight_skill_pair": Example(
        {
            "n_employers_both": 5,
            "top_employer_families_both": 3,
            "n_employers_skill_only": 3,
            "n_employers_paired_only": 4,
        },
        [
            Bad({"n_both": 21}, ("both_within_each",)),
            Bad({"n_both": 12, "n_paired": 11}, ("both_within_each",)),
        ],
    ),
    "weight_taxonomy_member": Example({}, [Bad({"part": "both"}, ("part_isin",))]),
    "weight_taxonomy_part": Example(
        {"n_with": 20, "n_employers_with": 8, "n_employers_without": 7},
        [
            Bad({"n_with": 61}, ("with_within_part",)),
            Bad({"part": "rest"}, ("part_isin",)),
        ],
    ),
    "weight_taxonomy_share": Example(
        {"code_numerator": 24, "code_denominator": 60, "role_numerator": 30, "role_denominator": 60},
        [
            Bad({"status": "suppressed"}, ("reason_unless_ok",)),
            Bad({"share_difference": -1.5}, ("share_difference_greater_than_or_equal_to",)),
        ],
    ),
}
