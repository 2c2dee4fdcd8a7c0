"""weight_survey_importance.sql and export_survey_rating.sql: ratings quoted as published, or a reason."""

import pytest

from tests.drawn_market import Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse, Row

RATED: Row = {
    "release": "29.0",
    "element_id": "2.B.3.e",
    "element_name": "Programming",
    "scale_id": "IM",
    "rating": 4.1,
    "n_raters": 8,
    "rating_standard_error": 0.1,
    "rating_ci_low": 3.9,
    "rating_ci_high": 4.3,
    "recommend_suppress": False,
}
CODES = (("dev", "15-1252.00"), ("both", "15-1252.00"), ("both", "15-1254.00"), ("none", "15-1299.00"))


def surveyed(drawn: DrawnWarehouse, *ratings: Row) -> None:
    skills = ("computer-programming", "go")
    adverts = [
        *(
            advert
            for role in ("dev", "both", "none")
            for advert in crowd(f"{role} w", 60, role=role, skills=skills)
        ),
        *(advert for role in ("dev", "both", "none") for advert in crowd(f"{role} o", 60, role=role)),
    ]
    estimate(drawn, Market(adverts, roles=("dev", "both", "none")))
    drawn.fill(
        "core_occupation_mapping", [{"occupation_id": r, "scheme": "onet-soc", "code": c} for r, c in CODES]
    )
    drawn.fill(
        "core_onet_element",
        [{"element_id": "2.B.3.e", "element_name": "Programming", "skill": "computer-programming"}],
    )
    inputs = [("old", 1, "28.0"), ("new", 2, "29.0"), ("bare", 3, "29.2")]
    drawn.load(
        "meta_input",
        [
            {
                "snapshot_sha256": sha,
                "release_rank": rank,
                "release": name,
                "source_kind": "onet",
                "source_id": "onet",
            }
            for sha, rank, name in inputs
        ],
    )
    drawn.load("raw_onet_rating", [RATED | {"snapshot_sha256": "new"} | rating for rating in ratings])
    drawn.build("export_survey_rating", "weight_survey_importance", "export_metric_value")


def importance(drawn: DrawnWarehouse) -> dict[tuple[str, str], Row]:
    rows = drawn.read("FROM export_metric_value WHERE metric = 'survey_importance'")
    return {(row["occupation"], row["skill"]): row for row in rows}


@pytest.mark.slow
def test_a_role_with_one_code_quotes_its_rating(drawn: DrawnWarehouse) -> None:
    surveyed(drawn, {"onet_soc_code": "15-1252.00"}, {"onet_soc_code": "15-1254.00", "rating": 4.2})
    row = importance(drawn)["dev", "computer-programming"]
    assert (row["value"], row["ci_low"], row["ci_high"], row["n"]) == (4.1, 3.9, 4.3, 8)
    assert (row["status"], row["basis"], row["source_ids"], row["unit"]) == (
        "ok",
        "quoted_primary",
        ["onet"],
        "index",
    )
    assert row["denominator"] == (
        "importance of Programming (2.B.3.e) in 15-1252.00, scale IM from 1 to 5, O*NET 29.0"
    )


def test_several_codes_unrated_codes_and_unlinked_skills_have_their_reasons(drawn: DrawnWarehouse) -> None:
    surveyed(drawn, {"onet_soc_code": "15-1252.00"}, {"onet_soc_code": "15-1254.00", "rating": 4.2})
    found = importance(drawn)
    reasons = {key: (row["value"], row["status"], row["reason"]) for key, row in found.items()}
    assert reasons["both", "computer-programming"] == (None, "missing", "not_identifiable")
    assert reasons["none", "computer-programming"] == (None, "missing", "no_source")
    assert reasons["dev", "go"] == (None, "missing", "taxonomy_unmapped")
    assert drawn.rows(
        "SELECT occupation, onet_soc_code, rating, element_skill FROM export_survey_rating"
    ) == [
        ("both", "15-1252.00", 4.1, "computer-programming"),
        ("both", "15-1254.00", 4.2, "computer-programming"),
        ("dev", "15-1252.00", 4.1, "computer-programming"),
    ]


def test_the_one_rated_code_of_two_does_not_speak_for_the_role(drawn: DrawnWarehouse) -> None:
    surveyed(drawn, {"onet_soc_code": "15-1252.00"})
    found = importance(drawn)["both", "computer-programming"]
    assert (found["value"], found["status"], found["reason"]) == (None, "missing", "not_identifiable")


@pytest.mark.slow
def test_the_newest_release_that_has_ratings_counts_and_levels_are_no_importance(
    drawn: DrawnWarehouse,
) -> None:
    old = {"onet_soc_code": "15-1252.00", "snapshot_sha256": "old", "rating": 1.0, "rating_ci_low": 1.0}
    surveyed(drawn, old, {"onet_soc_code": "15-1252.00"}, {"onet_soc_code": "15-1252.00", "scale_id": "LV"})
    assert importance(drawn)["dev", "computer-programming"]["value"] == 4.1
    assert drawn.rows("SELECT scale_id FROM export_survey_rating WHERE occupation = 'dev'") == [
        ("IM",),
        ("LV",),
    ]


@pytest.mark.slow
def test_a_rating_that_o_net_would_not_show_carries_a_warning(drawn: DrawnWarehouse) -> None:
    bare = {"n_raters": None, "rating_ci_low": None, "rating_ci_high": None}
    surveyed(drawn, {"onet_soc_code": "15-1252.00", "recommend_suppress": True} | bare)
    row = importance(drawn)["dev", "computer-programming"]
    assert (row["value"], row["status"], row["reason"]) == (4.1, "low_reliability", "insufficient_sample")
    assert (row["n"], row["ci_low"], row["ci_level"]) == (None, None, None)


@pytest.mark.slow
def test_without_ratings_there_is_no_source(drawn: DrawnWarehouse) -> None:
    surveyed(drawn)
    assert importance(drawn)["dev", "computer-programming"]["reason"] == "no_source"
    assert drawn.rows("FROM export_survey_rating") == []
