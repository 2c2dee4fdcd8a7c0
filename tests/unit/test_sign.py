"""Signs: words found in one scan for all lists, and what may go without a look for an address."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.lexicon import _CLOSED, _HINT, _OPEN, _is_addressed
from transforms.sign import Signs, Stems, plain
from transforms.text import fold

FRUIT = Signs(["apple", "n't "])
TREES = Signs(["apple tree"])


def test_each_list_gets_its_own_words_with_their_numbers() -> None:
    assert FRUIT.places("An Apple tree, an apple") == [(0, 3, 8), (0, 18, 23)]
    assert TREES.places("An Apple tree, an apple") == [(0, 3, 13)]


def test_other_characters_leave_offsets_and_apostrophes() -> None:
    assert FRUIT.places("• Äpfel don’t apple") == [(1, 10, 14), (0, 14, 19)]
    assert plain("İ•don’t") == "??don't"


def test_a_list_asked_for_before_the_next_is_declared_still_answers() -> None:
    assert FRUIT.places("an apple") == [(0, 3, 8)]
    late = Signs(["pear"])
    assert late.places("an apple, a pear") == [(0, 12, 16)]
    assert FRUIT.places("an apple") == [(0, 3, 8)]


@pytest.mark.parametrize("word", ["Apple", "äpfel", "don’t"])
def test_words_that_could_never_be_found_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match=re.escape(word)):
        Signs([word])


def test_stems_stand_in_a_title() -> None:
    assert Stems(["engineer"]).stand_in("backend engineers")
    assert not Stems(["engineer"]).stand_in("cook")


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="aAéÉİΣ’•\n \ud800"))
def test_the_folded_text_keeps_its_length_and_is_that_of_each_character(text: str) -> None:
    assert len(fold(text)) == len(plain(text)) == len(text)
    assert plain(text).isascii()
    if len(text.lower()) == len(text):
        assert fold(text) == text.lower()


@pytest.mark.parametrize("before", [" ", "\n", *sorted(_OPEN)])
@pytest.mark.parametrize("after", [" ", "\n", *sorted(_CLOSED)])
def test_a_form_that_needs_no_look_for_an_address_stands_in_none(before: str, after: str) -> None:
    for form in ("python", "c++", "c#", "node.js", ".net", "r&d"):
        assert not _HINT.search(form)
        text = f"see{before}{form}{after}"
        start = text.index(form)
        assert not _is_addressed(text, start, start + len(form))
