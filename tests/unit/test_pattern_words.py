"""Plain words read from an expression: each match of it holds one."""

import re

import pytest

from transforms.pattern_words import words_of


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bdata scientists?\b", {"data scientist"}),
        (r"\b(?:ios|android)\b", {"ios", "android"}),
        (r"\bmobile\b.{0,9}\b(?:engineers?|developers?)\b", {"mobile"}),
        (r"^(?:senior )*designers?$", {"designer"}),
        (r"\bq\w+", {"q"}),
        (r"(?:test )+lead", {"test "}),
        (r"(?=cloud)c\w+", {"c"}),
        (r"(?i:Cloud)\w+ lead", {" lead"}),
    ],
    ids=lambda part: part if isinstance(part, str) else "+".join(sorted(part)),
)
def test_each_match_holds_one_of_the_words(pattern: str, words: set[str]) -> None:
    assert words_of(re.compile(pattern), ["engineer", "develop"]) == words


@pytest.mark.parametrize("pattern", [r"\w+", r"(?:ops|\d+)x?", r"(?:lead)?", ""], ids=repr)
def test_none_where_a_match_may_do_without(pattern: str) -> None:
    assert words_of(re.compile(pattern)) == frozenset()


def test_an_expression_blind_to_case_is_refused() -> None:
    with pytest.raises(ValueError, match="must heed case"):
        words_of(re.compile("data", re.IGNORECASE))
