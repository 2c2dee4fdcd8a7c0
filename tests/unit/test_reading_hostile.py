"""Text that nobody meant to be read: it goes through, is counted, and takes time in line with its length."""

import time

import pytest

from transforms.reading import Reader, Reading, build_reader, read

READER: Reader = build_reader(
    [
        {
            "surface": name.lower(),
            "skill_id": "skl_" + name.lower() * 2,
            "surface_label": name,
            "surface_kind": "alias",
            "evidence": "none",
        }
        for name in ("Python", "Redis")
    ],
    [{"surface": "python", "evidence": "none", "case_forms": "", "neighbours": "", "reason": ""}],
    [],
)


def reading(text: str, text_format: str = "plain") -> Reading:
    return read(READER, "Engineer", None, text, text_format)


@pytest.mark.parametrize(
    ("text", "text_format", "n_accepted"),
    [
        ("", "plain", 0),
        ("\x00\x01\x02", "plain", 0),
        ("You know Py\u200bthon and Re\u00addis well.", "plain", 2),
        ("You know Py\x00thon well, and Redis \ud800 too.", "plain", 2),
        ("<div><p>You know <b>Python<ul><li>Redis", "html", 2),
        ("אנחנו מחפשים מפתחת עם ניסיון ב Python ו Redis לצוות שלנו בתל אביב", "plain", 0),
        ("\u202eYou know Python\u202c and Redis.", "plain", 2),
        ("You know " + "Python, " * 10_000, "plain", 10_000),
        (bytes(range(256)).decode("latin-1") * 20, "html", 0),
        ("<" * 2_000 + " You know Python and we like you", "html", 1),
    ],
)
def test_hostile_text_is_read(text: str, text_format: str, n_accepted: int) -> None:
    found = reading(text, text_format)
    assert sum(mention.accepted for mention in found.mentions) == n_accepted


def test_right_to_left_text_is_counted_as_a_language_without_a_lexicon() -> None:
    assert reading("אנחנו מחפשים מפתחת תוכנה מנוסה לצוות שלנו בתל אביב").language == "other"
    assert reading("").language == "none"


PIECES = (
    "You know Python. ", "Python ", "no ", "not Python, ", "Python is required, Redis a plus, ", "a" * 40 + " ",
    "http://x.org/a/b ", "- Python\n", "Requirements:\n", "Python\tRedis|", "we are, ", "x@y.z ", "\u2022 ",
    "is not, needed ", "no python or ", "no experience with Python a ", "never need Python ", "x.com,",
)  # fmt: skip
QUICK = ("no ", "http://x.org/a/b ", "- Python\n")
"""Those that `make check` reads too."""


@pytest.mark.parametrize(
    "piece", [piece if piece in QUICK else pytest.param(piece, marks=pytest.mark.slow) for piece in PIECES]
)
def test_time_grows_in_line_with_the_text(piece: str) -> None:
    """Four times the text in less than twelve times the time, where square growth takes sixteen."""
    took = []
    for n in (30_000, 120_000):
        text = piece * (n // len(piece))
        rounds = []
        for _ in range(2):
            started = time.process_time()
            reading(text)
            rounds.append(time.process_time() - started)
        took.append(min(rounds))
    assert took[1] < 12 * max(took[0], 0.02)
