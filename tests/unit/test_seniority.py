"""Levels from titles and from years asked for."""

from time import perf_counter

import pytest

from transforms.seniority import YEARS_MID, YEARS_SENIOR, Level, level_of, levels_named, years_asked


@pytest.mark.parametrize(
    ("title", "levels"),
    [
        ("Senior Backend Engineer", {"senior"}),
        ("Sr. Backend Engineer", {"senior"}),
        ("Staff Engineer", {"lead"}),
        ("Senior Staff Engineer", {"lead"}),
        ("Principal Scientist", {"lead"}),
        ("Team Lead, Platform", {"lead"}),
        ("Staff Nurse", set()),
        ("Senior Staff Accountant", {"senior"}),
        ("Senior Living Cook", set()),
        ("Senior Care Assistant", {"senior"}),
        ("Head of Data", {"lead"}),
        ("Engineering Manager", {"lead"}),
        ("Product Manager", set()),
        ("Account Manager", set()),
        ("Lead Generation Specialist", set()),
        ("Junior Developer", {"entry"}),
        ("Jr Developer", {"entry"}),
        ("Software Engineering Intern", {"entry"}),
        ("Graduate Engineer", {"entry"}),
        ("Entry-level Analyst", {"entry"}),
        ("Mid-level Developer", {"mid"}),
        ("Software Engineer I", {"entry"}),
        ("Software Engineer II", {"mid"}),
        ("Software Engineer III, Search", {"senior"}),
        ("Software Engineer 2", {"mid"}),
        ("Engineer x 2", set()),
        ("2 Engineers", set()),
        ("Part II of the platform", set()),
        ("Junior to Senior Developer", {"entry", "senior"}),
        ("Mid/Senior Developer", {"mid", "senior"}),
        ("Mid-Senior Developer", {"mid", "senior"}),
        ("Senior or Staff Engineer", {"senior", "lead"}),
        ("Internal Tools Engineer", set()),
        ("Bar Staff", set()),
        ("Kitchen Staff - Nights", set()),
        ("Staff needed", {"lead"}),
        ("Software Engineer Staff", {"lead"}),
        ("Software Engineer, Staff", {"lead"}),
        ("Engineer (Senior Staff)", {"lead"}),
        ("Staff", {"lead"}),
        ("Member of Technical Staff", set()),
        ("Senior Member of Technical Staff", {"senior"}),
        ("Staff Writer", set()),
        ("Executive Assistant to the CEO", set()),
        ("Assistant to Director", set()),
        ("Secretary to the Vice President", set()),
        ("Junior to Lead Developer", {"entry", "lead"}),
        ("Assistant Director", {"lead"}),
        ("Assistant to the CEO, Lead", {"lead"}),
        ("Analyst, Office of the CEO", set()),
        ("Data Entry Clerk", set()),
        ("Order Entry Specialist", set()),
        ("Entry Door Installer", set()),
        ("Analyst, Entry", {"entry"}),
        ("Engineer (entry/mid)", {"entry", "mid"}),
        ("Mid-Atlantic Sales Rep", set()),
        ("Mid Market Account Executive", set()),
        ("Data Engineer, Mid-Market", set()),
        ("Mid Python Developer", {"mid"}),
        ("Developer - Mid", {"mid"}),
        ("Manager, Software Engineering", {"lead"}),
        ("Senior Manager, Software Engineering", {"lead"}),
        ("Product Manager, Software Engineering", set()),
        ("Backend Engineer", set()),
        ("", set()),
    ],
)
def test_levels_of_a_title(title: str, levels: set[str]) -> None:
    assert levels_named(title) == levels


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5+ years of experience with Go", 5),
        ("At least 3 years in a similar job", 3),
        ("3-5 years of professional experience", 3),
        ("3 to 5 years experience", 3),
        ("five years of experience", 5),
        ("Minimum 2 yrs.", 2),
        ("Five (5) years of experience", 5),
        ("3+ years", 3),
        ("5 years of Go experience. 2 years of SQL experience.", 5),
        ("A master's and 3 years of experience or 5 years of experience", 3),
        ("8+ years' industry experience including 2+ years managing people.", 8),
        ("8+ years of experience, of which at least 3 years as a lead.", 8),
        ("5+ years of experience with Java and 2+ years with AWS.", 5),
        ("5+ years of experience with Java or Kotlin and 2+ years with AWS.", 5),
        ("2+ years with AWS and 5+ years of experience with Java.", 5),
        ("5+ years of experience with a degree, including 2+ years with Go.", 5),
        ("3 years of experience, or 5 without a degree", 3),
        ("3 years of experience, or 5 years without a degree", 3),
        ("Bachelor's with 5 years or Master's with 3 years of experience.", 3),
        ("Bachelor's and 5 years of experience, Master's and 3 years of experience.", 3),
        ("5 years of experience, or a Master's degree with at least 1 year of experience.", 1),
        ("8+ years in software (6+ years with a Master's degree).", 6),
        ("7 years of experience in total, and 3 years of Java or 2 years of Go experience.", 7),
        ("1-3 years, 3-5 years, or 5+ years", 1),
        ("5 cooks with 3 years of experience and 5 with 0 years of experience", 0),
        ("PhD and 5 years of experience OR Bachelor's degree and 8 years of experience", 5),
        ("2+ years of experience, 5+ years preferred.", 2),
        ("2+ years of experience. Ideally 5+ years of experience.", 2),
        ("5+ years of experience preferred.", 5),
        ("5 years of experience preferred\nAt least 3 years of SQL", 3),
        ("Founded 5 years ago", None),
        ("Over the last 5 years we have grown", None),
        ("Our founders have 20 years of experience", None),
        ("We've 10+ years of experience", None),
        ("in 3 years you will lead", None),
        ("an 8-10 year-old system", None),
        ("a 10-year exercise window", None),
        ("$3000 per year for training", None),
        ("40 years of experience", None),
        ("2015 years of experience", None),
        ("years of experience", None),
        ("", None),
    ],
)
def test_years_asked_for(text: str, years: int | None) -> None:
    assert years_asked(text) == years


def test_a_title_beats_years_and_levels_apart_leave_it_open() -> None:
    asked = "9+ years of experience"
    assert level_of(["Junior Developer"], asked) == Level("entry", "title", 9)
    assert level_of(["Junior Developer", "Senior Developer"], asked) == Level("unknown", "several", 9)
    assert level_of(["Senior Developer", "Developer"], asked) == Level("senior", "title", 9)
    assert level_of(["Developer"], asked) == Level("senior", "years", 9)
    assert level_of([], "") == Level("unknown", "none", None)


@pytest.mark.parametrize(
    ("years", "level"),
    [
        (0, "entry"),
        (YEARS_MID - 1, "entry"),
        (YEARS_MID, "mid"),
        (YEARS_SENIOR - 1, "mid"),
        (YEARS_SENIOR, "senior"),
        (15, "senior"),
    ],
)
def test_years_stand_for_a_level_but_never_for_a_lead(years: int, level: str) -> None:
    assert level_of([], f"{years}+ years of experience") == Level(level, "years", years)


def test_years_are_read_in_linear_time() -> None:
    text = "5+ years of experience " * 40_000
    began = perf_counter()
    assert years_asked(text) == 5
    assert perf_counter() - began < 10
