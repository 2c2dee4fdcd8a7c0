import json

import pytest

from transforms.parsed import Notes
from transforms.posting_pay import PayColumns, amount, read_pay


def pay(
    pay: str | None = None,
    low: str | None = None,
    high: str | None = None,
    period: str | None = None,
    currency: str | None = None,
    pay_kind: str | None = None,
) -> tuple[PayColumns, Notes]:
    notes = Notes()
    cells = {"pay": [pay], "pay_min": [low], "pay_max": [high], "pay_period": [period]}
    return read_pay(cells, [1], notes, currency=currency, pay_kind=pay_kind), notes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$137,000", 137000.0),
        ("42405", 42405.0),
        ("51907.68", 51907.68),
        ("137K", 137000.0),
        ("US$ 50,000", 50000.0),
        ("12 000 PLN", 12000.0),
        ("\u00a330,000.50", 30000.5),
        ("-5", -5.0),
        ("1.234,56", None),
        ("10-20", None),
        ("1,23", None),
        ("lots", None),
        ("", None),
        ("inf", None),
        ("NaN", None),
        ("-nan", None),
        ("1" + "0" * 400, None),
    ],
)
def test_amounts(text: str, value: float | None) -> None:
    assert amount(text) == value


def test_structured_pay() -> None:
    found, notes = pay(low="60740", high="$162,014", period="Annual", currency="USD")
    assert found == PayColumns([None], [60740.0], [162014.0], ["USD"], ["year"], ["structured"])
    assert notes.counts == {}


def test_no_pay_says_nothing() -> None:
    found, notes = pay(currency="USD", pay_kind="predicted")
    assert found == PayColumns([None], [None], [None], [None], [None], [None])
    assert notes.counts == {}


@pytest.mark.parametrize(
    ("text", "declared", "kind"),
    [
        ("$53K-$91K (Glassdoor est.)", None, "predicted"),
        ("$53K-$91K (Glassdoor est.)", "predicted", "predicted"),
        ("Employer Provided Salary:$150K", "predicted", "text"),
        ("$53K (Employer est.)", "predicted", "text"),
        ("$53K", "predicted", "predicted"),
        ("$53K", None, "text"),
        ("$53K estimated", "structured", "predicted"),
    ],
)
def test_pay_kind(text: str, declared: str | None, kind: str) -> None:
    found, _ = pay(pay=text, pay_kind=declared)
    assert found.pay_kind == [kind]
    assert found.pay_text == [text]
    assert found.pay_min == [None]


def test_structured_pay_of_a_source_that_predicts_is_predicted() -> None:
    assert pay(low="1", pay_kind="predicted")[0].pay_kind == ["predicted"]


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("Hourly", "hour"),
        ("Per Day", "day"),
        ("WEEK", "week"),
        ("Monthly", "month"),
        ("YEAR", "year"),
        ("Per Year", "year"),
    ],
)
def test_periods(period: str, found: str) -> None:
    assert pay(low="1", period=period)[0].pay_period == [found]


def test_an_unknown_period_is_emptied_and_counted() -> None:
    found, notes = pay(low="1", period="Fee Basis")
    assert found.pay_period == [None]
    assert notes.counts["pay_period_unknown:pay_period"] == 1


def test_amounts_that_cannot_be_pay() -> None:
    found, notes = pay(low="0", high="-1")
    assert (found.pay_min, found.pay_max, found.pay_kind) == ([None], [None], [None])
    assert notes.counts == {"pay_not_positive:pay_min": 1, "pay_not_positive:pay_max": 1}
    found, notes = pay(low="1000000000000", high="99999999999999999999", currency="USD")
    assert (found.pay_min, found.pay_max) == ([1e12], [None])
    assert notes.counts == {"pay_too_large:pay_max": 1}
    found, notes = pay(low="a lot", high="90")
    assert (found.pay_min, found.pay_max) == ([None], [90.0])
    assert notes.counts == {"pay_unreadable:pay_min": 1, "pay_without_currency": 1}
    found, notes = pay(low="90", high="80", currency="USD")
    assert (found.pay_min, found.pay_max) == ([None], [None])
    assert notes.counts == {"pay_range_reversed:pay": 1}


def test_schema_org_pay() -> None:
    value = {"minValue": "30409", "maxValue": 33956.5, "unitText": "YEAR"}
    found, _ = pay(pay=json.dumps({"currency": "GBP", "value": value}), currency="USD")
    assert found == PayColumns([None], [30409.0], [33956.5], ["GBP"], ["year"], ["structured"])
    found, _ = pay(pay='{"currency": "pounds", "value": 12, "unitText": "HOUR"}', currency="USD")
    assert found == PayColumns([None], [12.0], [12.0], ["USD"], ["hour"], ["structured"])
    found, _ = pay(pay='{"minValue": 5, "maxValue": 6}')
    assert (found.pay_min, found.pay_max) == ([5.0], [6.0])


def test_schema_org_pay_in_words_stays_words() -> None:
    value = {"minValue": "Band 5", "maxValue": "Band 5", "unitText": "YEAR"}
    found, notes = pay(pay=json.dumps({"currency": "GBP", "value": value}))
    assert found == PayColumns(["Band 5"], [None], [None], ["GBP"], ["year"], ["text"])
    assert notes.counts == {}
