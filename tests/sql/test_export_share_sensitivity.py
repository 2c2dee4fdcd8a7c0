"""export_share_sensitivity.sql: the corrected share beside the raw one, for shown shares only."""

import pytest

from tests.drawn_market import Market, crowd, estimate
from tests.drawn_tables import READER, DrawnWarehouse, Row

ADVERTS = [
    *crowd("w", 60, employers=30, skills=("go", "ada")),
    *crowd("r", 60, employers=30, skills=("go",)),
    *crowd("o", 380, employers=300),
    *crowd("few", 3, skills=("rust",)),
]
COUNTS = {"n_read": 1000, "n_read_judged": 200, "n_read_true": 180, "n_unread": 4000, "n_unread_judged": 400}


def sample(skill_class: str, **changes: object) -> Row:
    words = {"sample": "s", "drawn_from": "one night", "judged_by": "judges", "reader_version": READER}
    return {
        "skill_class": skill_class,
        **words,
        **COUNTS,
        "n_unread_true": 4,
        "judged_on": "2022-12-01",
    } | changes


def sensitivity(drawn: DrawnWarehouse, *samples: Row, asks_evidence: tuple[str, ...] = ()) -> dict[str, Row]:
    drawn.fill("core_double_sample", samples)
    drawn.load(
        "core_skill_surface",
        [{"language_code": "en", "surface": s, "skill_id": s, "evidence": "case"} for s in asks_evidence],
    )
    drawn.compute("weight_measurement_error")
    estimate(drawn, Market(ADVERTS, reviewed=("cobol",)))
    drawn.build("weight_corrected_share", "export_metric_value", "export_share_sensitivity")
    return {row["skill"]: row for row in drawn.read("FROM export_share_sensitivity")}


@pytest.mark.slow
def test_the_corrected_share_stands_beside_the_raw_one(drawn: DrawnWarehouse) -> None:
    go = sensitivity(drawn, sample("plain"))["go"]
    factor = 180 / 200 + 4000 / 1000 * 4 / 400
    assert go["raw_share"] == pytest.approx(120 / 503, abs=1e-6)
    assert go["corrected_share"] == pytest.approx(120 / 503 * factor, abs=2e-6)
    assert (go["corrected_status"], go["corrected_reason"], go["skill_class"]) == ("ok", None, "plain")
    assert go["corrected_ci_low"] < go["corrected_share"] < go["corrected_ci_high"]
    raw_width = go["raw_share_ci_high"] - go["raw_share_ci_low"]
    assert go["corrected_ci_high"] - go["corrected_ci_low"] > raw_width * factor  # two errors, not one


def test_without_a_sample_nothing_is_identified(drawn: DrawnWarehouse) -> None:
    go = sensitivity(drawn)["go"]
    assert (go["corrected_share"], go["corrected_ci_low"], go["corrected_ci_high"]) == (None, None, None)
    assert (go["corrected_status"], go["corrected_reason"]) == ("missing", "not_identifiable")


def test_where_calibration_is_off_the_reason_says_so(drawn: DrawnWarehouse) -> None:
    go = sensitivity(drawn)["go"]
    assert (go["calibrated_share"], go["calibrated_status"]) == (None, "missing")
    assert go["calibrated_reason"] == "no_source"
    assert (
        go["calibrated_reason_detail"]
        == "calibration is off, as by default: [calibration] of config/method.toml"
    )


@pytest.mark.slow
def test_a_withheld_share_has_no_row_and_a_zero_no_correction(drawn: DrawnWarehouse) -> None:
    found = sensitivity(drawn, sample("plain"))
    assert set(found) == {"go", "ada", "cobol"}  # three families ask for rust: withheld
    cobol = found["cobol"]
    assert (cobol["raw_share"], cobol["corrected_share"], cobol["corrected_reason"]) == (
        0,
        None,
        "not_identifiable",
    )


@pytest.mark.slow
def test_a_class_is_corrected_by_its_own_sample_and_a_skill_by_its_own_first(drawn: DrawnWarehouse) -> None:
    found = sensitivity(drawn, sample("plain"), sample("skill:ada", n_read_true=100), asks_evidence=("go",))
    assert (found["go"]["skill_class"], found["go"]["corrected_reason"]) == ("ambiguous", "not_identifiable")
    assert found["ada"]["skill_class"] == "skill:ada"
    assert found["ada"]["corrected_share"] == pytest.approx(60 / 503 * (0.5 + 0.04), abs=2e-6)


@pytest.mark.slow
def test_a_stale_or_a_small_sample_gives_its_reason(drawn: DrawnWarehouse) -> None:
    assert (
        sensitivity(drawn, sample("plain", reader_version="a" * 16))["go"]["corrected_reason"]
        == "source_stale"
    )
    small = {"n_read_judged": 5, "n_read_true": 4, "n_unread_judged": 9, "n_unread_true": 0}
    go = sensitivity(drawn, sample("plain", **small))["go"]
    assert (go["corrected_share"], go["corrected_status"]) == (None, "suppressed")
    assert go["corrected_reason"] == "wide_interval"


def test_errors_that_give_more_than_all_are_not_those_of_the_skill(drawn: DrawnWarehouse) -> None:
    go = sensitivity(drawn, sample("plain", n_unread=400_000, n_unread_true=8))["go"]
    assert (go["corrected_share"], go["corrected_reason"]) == (None, "not_identifiable")
