"""export_taxonomy_sensitivity.sql: numbers where the verdict allows them, else the reason alone."""

from tests.drawn_codes import TAXONOMY, put_codes
from tests.drawn_market import Market
from tests.drawn_tables import DrawnWarehouse
from tests.sql.test_weight_taxonomy_share import ALL_LARGE, Sizes, market_of

NUMBERS = (
    "code_share, role_share, share_difference, share_difference_ci_low, share_difference_ci_high, ci_level, "
    "n_numerator, n_denominator"
)


def exported(drawn: DrawnWarehouse, sizes: Sizes) -> list[tuple[object, ...]]:
    adverts, codes = market_of(sizes)
    put_codes(drawn, Market(adverts), codes, [("dev", "esco", "e:1")])
    drawn.build(*TAXONOMY, "export_taxonomy_sensitivity")
    return drawn.rows(f"SELECT status, reason, {NUMBERS} FROM export_taxonomy_sensitivity")


def test_a_shown_row_carries_all_its_numbers(drawn: DrawnWarehouse) -> None:
    rows = exported(drawn, ALL_LARGE)
    assert len(rows) == 2  # both confidences
    assert rows[0][:5] == ("ok", None, 36 / 80, 40 / 80, -0.05)
    assert rows[0][7:] == (0.95, 36, 80)
    assert None not in rows[0][2:]


def test_a_withheld_row_carries_none(drawn: DrawnWarehouse) -> None:
    rows = exported(drawn, {**ALL_LARGE, "code_only": (14, 26)})
    assert rows == [("suppressed", "small_cell", *(None for _ in NUMBERS.split(",")))] * 2
