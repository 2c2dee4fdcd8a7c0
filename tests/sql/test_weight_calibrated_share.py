"""weight_calibrated_share.sql and the raking before it: off by default; on, beside the headline or a reason."""

from typing import Any

import pytest

from tests.drawn_market import Advert, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse, Row

DEV, WEB = "15-1252.00", "15-1254.00"
EMPLOYED = {"15-1252": 1_600_000, "15-1254": 400_000, "29-1141": 3_000_000}


def market(*, web_asking: int = 40) -> list[tuple[Advert, str]]:
    """Adverts with the code of their title: 100 of developers of whom 80 ask, 100 of web developers."""
    return [
        *((advert, DEV) for advert in crowd("dw", 80, employers=40, skills=("go",))),
        *((advert, DEV) for advert in crowd("do", 20, employers=20)),
        *((advert, WEB) for advert in crowd("ww", web_asking, employers=20, skills=("go",))),
        *((advert, WEB) for advert in crowd("wo", 100 - web_asking, employers=30)),
    ]


def calibrated(
    drawn: DrawnWarehouse,
    coded: list[tuple[Advert, str]],
    *,
    enabled: bool = True,
    employed: dict[str, int] = EMPLOYED,
    reviewed: tuple[str, ...] = (),
    **more: Any,
) -> Row | None:
    # None of 200 rests on too few employers here for a zero to be shown.
    loose: dict[str, Any] = {"width_free": 0.2} if reviewed else {}
    estimate(drawn, Market([advert for advert, _ in coded], reviewed=reviewed), **loose)
    drawn.load(
        "core_posting_code",
        [
            {
                "posting_id": f"posting {i}",
                "scheme": "onet-soc",
                "occupation_code": code,
                "code_confidence": 0.9,
            }
            for i, (_, code) in enumerate(coded)
        ],
    )
    drawn.load("meta_input", [{"snapshot_sha256": "w", "source_kind": "wages", "source_id": "oews"}])
    drawn.load(
        "raw_oews_employment",
        [
            {"snapshot_sha256": "w", "soc_code": code, "soc_level": "detailed", "n_employed": n}
            for code, n in employed.items()
        ],
    )
    parameters = {"calibration_enabled": enabled, "calibration_class_min": 50} | more
    drawn.build("weight_calibration", "weight_calibrated_share", **parameters)
    drawn.build("weight_corrected_share", "export_metric_value", "export_share_sensitivity")
    rows = drawn.read("FROM export_share_sensitivity WHERE skill = 'go'")
    return rows[0] if rows else None


@pytest.mark.slow
def test_nothing_is_calibrated_unless_asked_for(drawn: DrawnWarehouse) -> None:
    row = calibrated(drawn, market(), enabled=False)
    assert row is not None
    assert (row["calibrated_share"], row["calibrated_status"], row["calibrated_reason"]) == (
        None,
        "missing",
        "no_source",
    )
    assert drawn.rows("FROM weight_calibration") == []


@pytest.mark.slow
def test_adverts_are_weighted_to_employment_beside_the_headline(drawn: DrawnWarehouse) -> None:
    row = calibrated(drawn, market())
    assert row is not None
    assert row["raw_share"] == 0.6
    # Four of five employed are developers, so 100 families weigh 1.6 each and 100 weigh .4.
    assert row["calibrated_share"] == pytest.approx((80 * 1.6 + 40 * 0.4) / 200)
    effect = 200 * (100 * 1.6**2 + 100 * 0.4**2) / 200**2
    assert row["design_effect_of_weights"] == pytest.approx(effect)
    assert row["calibrated_n_effective"] == pytest.approx(200 / effect)


@pytest.mark.slow
def test_a_part_too_small_to_be_told_is_not_told_by_two_sums(drawn: DrawnWarehouse) -> None:
    row = calibrated(drawn, market(web_asking=14))
    assert row is not None
    assert row["raw_share"] == 94 / 200
    assert (row["calibrated_share"], row["design_effect_of_weights"]) == (None, None)
    assert (row["calibrated_status"], row["calibrated_reason"]) == ("suppressed", "small_cell")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("employed", "reason"),
    [
        ({}, "no_source"),
        ({"15-1252": 5, "29-1141": 7}, "not_identifiable"),
        ({"29-1141": 7}, "not_identifiable"),
    ],
)
def test_without_a_benchmark_of_two_occupations_there_is_a_reason(
    drawn: DrawnWarehouse, employed: dict[str, int], reason: str
) -> None:
    row = calibrated(drawn, market(), employed=employed)
    assert row is not None
    assert (row["calibrated_share"], row["calibrated_status"], row["calibrated_reason"]) == (
        None,
        "missing",
        reason,
    )


@pytest.mark.slow
def test_a_role_of_one_occupation_does_not_move(drawn: DrawnWarehouse) -> None:
    other = [(Advert(f"q {i}", role="qa", employer=f"e {i}"), WEB) for i in range(60)]
    coded = [(advert, DEV) for advert, _ in market()] + other
    estimate(drawn, Market([advert for advert, _ in coded], roles=("dev", "qa")))
    drawn.load(
        "core_posting_code",
        [
            {
                "posting_id": f"posting {i}",
                "scheme": "onet-soc",
                "occupation_code": code,
                "code_confidence": 0.9,
            }
            for i, (_, code) in enumerate(coded)
        ],
    )
    drawn.load("meta_input", [{"snapshot_sha256": "w", "source_kind": "wages"}])
    drawn.load(
        "raw_oews_employment",
        [
            {"snapshot_sha256": "w", "soc_code": c, "soc_level": "detailed", "n_employed": n}
            for c, n in EMPLOYED.items()
        ],
    )
    drawn.build(
        "weight_calibration", "weight_calibrated_share", calibration_enabled=True, calibration_class_min=50
    )
    assert drawn.rows("SELECT occupation, calibrated_reason FROM weight_calibrated_share") == [
        ("dev", "not_identifiable")
    ]


@pytest.mark.slow
def test_a_share_of_zero_stays_zero_under_any_weights(drawn: DrawnWarehouse) -> None:
    row = calibrated(drawn, market(), reviewed=("rust",))
    assert row is not None
    [rust] = drawn.read("FROM export_share_sensitivity WHERE skill = 'rust'")
    names = ("calibrated_n_effective", "design_effect_of_weights")
    assert (rust["calibrated_share"], rust["calibrated_status"], rust["calibrated_reason"]) == (0, "ok", None)
    assert [rust[name] for name in names] == [row[name] for name in names]


def test_weights_that_leave_few_families_in_effect_are_too_wide(drawn: DrawnWarehouse) -> None:
    """Nearly all employment in one of two codes of 100 families each: 200 families are 100 in effect."""
    row = calibrated(
        drawn, market(), calibration_trim=100.0, employed=EMPLOYED | {"15-1252": 1_000}, n_min=150
    )
    assert row is not None
    assert (row["calibrated_share"], row["calibrated_status"], row["calibrated_reason"]) == (
        None,
        "suppressed",
        "wide_interval",
    )
