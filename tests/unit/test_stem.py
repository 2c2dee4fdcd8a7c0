import pytest

from transforms.stem import stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organise", "organizing"),
        ("planned", "planning"),
        ("policies", "policy"),
        ("skills", "skill"),
        ("systems", "system"),
        ("manages", "managed"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["process", "status", "c++", "c#", "css", "aws", "h2o", "sql"])
def test_names_and_words_in_s_stay_whole(word: str) -> None:
    assert stem(word) == word


def test_offsets_are_those_of_the_text() -> None:
    text = "The C++ and .NET services, node.js"
    assert [(text[start:end], word) for word, start, end in stems(text)] == [
        ("C++", "c++"),
        (".NET", ".net"),
        ("services", "servic"),
        ("node.js", "node.js"),
    ]


def test_a_letter_that_grows_in_lower_case_keeps_offsets() -> None:
    text = "İİ baking"
    assert [text[start:end] for _, start, end in stems(text)][-1] == "baking"


def test_nothing_in_nothing() -> None:
    assert stems("") == []
    assert stems("of the and") == []
