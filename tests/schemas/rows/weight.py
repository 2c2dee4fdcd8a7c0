"""Example rows of the weight layer."""

from tests.schemas.rows import Bad, Example

NAN = float("nan")

ROWS = {
    "weight_mask": Example(
        {"partner_skill_id": ""},
        [
            Bad({"status": "suppressed"}, ("reason_unless_ok",)),
            Bad({"reason": "small_cell"}, ("reason_unless_ok",)),
            Bad({"status": "hidden", "reason": "small_cell"}, ("status_isin",)),
        ],
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
    "weight_share_interval": Example(
        {
            "share_metric": "posting_share",
            "level": "",
            "share_n_effective": 41.5,
            "share_ci_low": 0.16,
            "share_ci_high": 0.37,
        },
        [
            Bad({"share_ci_low": 0.38}, ("ends_ordered",)),
            Bad({"share_ci_high": NAN}, ("share_ci_high_finite",)),
            Bad({"share_metric": "rank"}, ("share_metric_isin",)),
            Bad({"level": "unknown"}, ("level_isin",)),
        ],
    ),
    "weight_skill_pair": Example(
        {
            "n_employers_both": 5,
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
