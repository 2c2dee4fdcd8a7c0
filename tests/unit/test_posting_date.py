import datetime as dt

import pytest

from transforms.parsed import Notes
from transforms.posting_date import DateReading, Moment, column_reading, read_moment, read_moments

ANCHOR = dt.date(2019, 1, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024-3-1", "2024-03-01"),
        ("2019-10-09T13:36:05+0100", "2019-10-09"),
        ("2026-01-09T23:59:46.031151Z", "2026-01-09"),
        ("2012-01-26T00:00:00.000", "2012-01-26"),
        ("2024/03/01 10:00", "2024-03-01"),
        ("20240301", "2024-03-01"),
        ("June 6, 2026", "2026-06-06"),
        ("Jun 6 2026", "2026-06-06"),
        ("Sept. 6, 2026", "2026-09-06"),
        ("6 June 2026", "2026-06-06"),
        ("6th of", None),
        ("1st May 2026", "2026-05-01"),
        ("6-Jun-2026", "2026-06-06"),
        ("Sat, 06 Jun 2026 10:00:00 GMT", "2026-06-06"),
        ("1556668800", "2019-05-01"),
        ("1556668800000", "2019-05-01"),
        ("31/12/2018", "2018-12-31"),
        ("12/31/2018", "2018-12-31"),
        ("12/31/18", "2018-12-31"),
        ("31.12.2018", "2018-12-31"),
        ("3.4.2018", "2018-04-03"),
        ("5/5/2018", "2018-05-05"),
        ("2024-02-30", None),
        ("13/13/2018", None),
        ("Juno 6, 2026", None),
        ("soon", None),
        ("2024", None),
        ("", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    found = read_moment(text, DateReading(None, ANCHOR))
    assert (found.day.isoformat() if found.day else None) == day
    assert found.fault == (None if day else "date_unreadable")


@pytest.mark.parametrize(
    ("text", "day"), [("2018-01", "2018-01-01"), ("2018/1", "2018-01-01"), ("March 2018", "2018-03-01")]
)
def test_months(text: str, day: str) -> None:
    assert read_moment(text, DateReading(None, None)) == Moment(dt.date.fromisoformat(day), "month")


@pytest.mark.parametrize(
    ("text", "days_before"),
    [
        ("21 days ago", 21),
        ("30+ days ago", 30),
        ("1 day ago", 1),
        ("a week ago", 7),
        ("2 weeks ago", 14),
        ("2 months ago", 60),
        ("1 year ago", 365),
        ("4 minutes ago", 0),
        ("Reposted 1 hour ago", 0),
        ("Posted 3d ago", 3),
        ("Just posted", 0),
        ("Today", 0),
        ("yesterday", 1),
    ],
)
def test_relative_days_count_from_the_anchor(text: str, days_before: int) -> None:
    expected = ANCHOR - dt.timedelta(days=days_before)
    assert read_moment(text, DateReading(None, ANCHOR)) == Moment(expected, "relative")
    assert read_moment(text, DateReading(None, None)).fault == "date_without_anchor"


def test_words_within_a_sentence_are_no_relative_day() -> None:
    assert read_moment("update this with today's date", DateReading(None, ANCHOR)).fault == "date_unreadable"
    assert read_moment("founded 30 years ago", DateReading(None, ANCHOR)).fault == "date_unreadable"
    assert read_moment("999999999 days ago", DateReading(None, ANCHOR)).fault == "date_unreadable"


def test_three_four_is_read_as_its_column_reads() -> None:
    assert column_reading(["03/04/2018", "25/04/2018"], None, None).day_first is True
    assert column_reading(["03/04/2018", "04/25/2018"], None, None).day_first is False
    assert column_reading(["03/04/2018", None], "US", None).day_first is False
    assert column_reading(["03/04/2018", "25/04/2018"], "US", None).day_first is True
    assert column_reading(["03/04/2018"], "GB", None).day_first is None
    assert column_reading(["25/04/2018", "04/25/2018"], "US", None).day_first is None
    ambiguous = read_moment("03/04/2018", DateReading(None, None))
    assert ambiguous.fault == "date_ambiguous"
    assert read_moment("03/04/2018", DateReading(True, None)).day == dt.date(2018, 4, 3)
    assert read_moment("03/04/2018", DateReading(False, None)).day == dt.date(2018, 3, 4)


def test_a_column_is_read_with_its_faults() -> None:
    notes = Notes()
    found = read_moments(
        "posted_on",
        ["2024-03-01", None, "2031-01-01", "1970-01-01", "whenever", "01/02/2020"],
        [1, 2, 4, 5, 6, 7],
        notes,
        country=None,
        anchor=None,
        latest=dt.date(2026, 11, 22),
    )
    assert [moment.day if moment else None for moment in found] == [
        dt.date(2024, 3, 1),
        None,
        None,
        None,
        None,
        None,
    ]
    assert notes.counts == {
        "date_out_of_range:posted_on": 2,
        "date_unreadable:posted_on": 1,
        "date_ambiguous:posted_on": 1,
    }
    assert [(r.row_number, r.action) for r in notes.rejections] == [
        (n, "field_emptied") for n in (4, 5, 6, 7)
    ]


def test_an_empty_column_is_all_null() -> None:
    assert read_moments("posted_on", [None], [1], Notes(), country=None, anchor=None, latest=None) == [None]
