"""Fields of study, tongues and general qualities count where they are asked for, not where they are told of."""

import pytest

from transforms.asked_as_skill import is_asked_as_skill


def _asked(marked: str, *, asks: bool) -> bool:
    before, form, after = marked.replace("]", "[").split("[")
    text = before + form + after
    return is_asked_as_skill(text, len(before), len(before) + len(form), asks=asks)


@pytest.mark.parametrize(
    "marked",
    [
        "A degree in mathematics, [economics] or a related field",
        "BSc in Statistics, Operations Research or [Computer Science]",
        "Strong [communication] and writing",
        "Excellent verbal and written [communication]",
        "Keen [attention to detail]",
        "Fluent in [English]",
        "You speak and write in [German]",
        "[French] is a plus",
        "[English]: C1",
        "You are able to [work independently]",
        "Proven ability to plan and [meet deadlines]",
        "Working with [databases]",
        "Skilled in at least one of these [programming languages]: Elixir",
        "[Project management] and vendor management experience",
        "Skills:\n- [Attention to detail]\n- Python",
        "[Physics], chemistry or a related subject",
    ],
)
def test_counts_where_the_sentence_asks(marked: str) -> None:
    assert _asked(marked, asks=True)


@pytest.mark.parametrize(
    "marked",
    [
        "We sell to the [German] market",
        "You join the [communications] team",
        "[English] and Welsh speakers are equally welcome to apply",
        "Our [database] stores a million rows",
        "We build the [economics] of trust",
        "The story is great. [Mathematics] made it",
        "A small [team building] a bridge",
    ],
)
def test_does_not_count_where_nothing_beside_it_asks(marked: str) -> None:
    assert not _asked(marked, asks=True)


@pytest.mark.parametrize(
    ("marked", "counted"),
    [
        (
            "Our founders have a background in [physics]",
            True,
        ),  # what is told of founders another rule rejects
        ("We are known for strong [communication]", False),
        ("Everybody speaks [English]", False),
        ("Able to [work independently]", False),
        ("We keep [accounting] records", True),
    ],
)
def test_praise_and_levels_say_nothing_where_the_sentence_does_not_ask(marked: str, counted: bool) -> None:
    assert _asked(marked, asks=False) is counted


def test_words_of_the_sentence_before_say_nothing() -> None:
    assert not _asked("You have a degree. In [economics] we trust", asks=True)
