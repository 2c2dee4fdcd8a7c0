import pytest

from transforms.title_text import bare_title, normalise_title, segments


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Senior Baker (m/f/d)", "baker"),
        ("Baker m/w/d", "baker"),
        ("Bäcker/in", "bäcker"),
        ("Sr. Baker II", "baker"),
        ("Baker - REQ12345", "baker"),
        ("Baker #4711", "baker"),
        ("Baker (Berlin) [remote]", "baker"),
        ("Full-time Baker, Part Time", "baker"),
        ("Vacancy for Baker", "baker"),
        ("R&D Baker", "r and d baker"),
        ("C++ Developer", "c++ developer"),
    ],
)
def test_what_does_not_tell_the_job_goes(title: str, bare: str) -> None:
    assert bare_title(title) == bare


@pytest.mark.parametrize(
    ("title", "bare"),
    [("Intern", "intern"), ("Lead (m/f/d)", "lead"), ("(Trainee)", "trainee"), ("", ""), ("2024", "2024")],
)
def test_a_title_of_nothing_else_keeps_its_words(title: str, bare: str) -> None:
    assert bare_title(title) == bare


def test_normalised_keeps_everything() -> None:
    assert normalise_title("Senior  Baker & Confectioner (Night)") == "senior baker and confectioner night"


def test_segments() -> None:
    assert segments("Baker - Berlin, Germany | Night shift") == ["Baker", "Berlin", "Germany", "Night shift"]
    assert segments("Front-end Baker") == ["Front-end Baker"]
    assert segments("(m/f/d)") == ["(m/f/d)"]


@pytest.mark.parametrize("junk", ["(m/f/d)", "/", " ", "- ", "| ("])
def test_a_title_of_a_hundred_thousand_signs_is_read_as_far_as_titles_go(junk: str) -> None:
    """Read whole, 20,000 blanks took six seconds."""
    title = "Baker " + junk * (100_000 // len(junk)) + " Cook"
    assert bare_title(title).startswith("baker")
    assert "cook" not in bare_title(title)
    assert "Cook" not in " ".join(segments(title))
