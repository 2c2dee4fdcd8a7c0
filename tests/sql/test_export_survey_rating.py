"""export_survey_rating.sql: the table for itself; what follows from it is in test_weight_survey_importance.py."""

from tests.drawn_tables import DrawnWarehouse
from tests.sql.test_weight_survey_importance import surveyed


def test_every_number_is_as_published(drawn: DrawnWarehouse) -> None:
    surveyed(drawn, {"onet_soc_code": "15-1252.00", "not_relevant": None, "rated_in": "08/2023"})
    names = "rating, n_raters, rating_standard_error, rating_ci_low, rating_ci_high, recommend_suppress, not_relevant"
    assert drawn.rows(
        f"SELECT {names}, rated_in, release, source_ids FROM export_survey_rating WHERE occupation = 'dev'"
    ) == [(4.1, 8, 0.1, 3.9, 4.3, False, None, "08/2023", "29.0", ["onet"])]
