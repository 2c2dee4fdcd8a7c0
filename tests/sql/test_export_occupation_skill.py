"""export_occupation_skill.sql: the headline shares, wide; nothing but a view of metric_value."""

from tests.drawn_market import Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse


def test_the_wide_table_holds_the_headline_rows(drawn: DrawnWarehouse) -> None:
    adverts = [
        *crowd("dw", 20, skills=("go",), country="DE"),
        *crowd("do", 40, country="DE"),
        *crowd("uw", 20, skills=("go", "ada"), country="US"),
        *crowd("uo", 60, country="US"),
        *crowd("ada", 2, skills=("rust",), country="US"),
    ]
    estimate(drawn, Market(adverts), "export_metric_value", "export_occupation_skill")
    assert drawn.rows(
        "SELECT skill, posting_share, posting_share_n, posting_share_n_denominator, posting_share_status, "
        "posting_share_reason FROM export_occupation_skill"
    ) == [
        ("ada", round(20 / 142, 6), 20, 142, "ok", None),
        ("go", round(40 / 142, 6), 40, 142, "ok", None),
        ("rust", None, None, None, "suppressed", "small_cell"),
    ]
    both = """
        SELECT skill, value, ci_low, ci_high FROM export_metric_value
        WHERE metric = 'posting_share' AND source_group = 'all' AND geo = 'all'
        EXCEPT SELECT skill, posting_share, posting_share_ci_low, posting_share_ci_high FROM export_occupation_skill
    """
    assert drawn.rows(both) == []
