import math

import pytest

from transforms.title import (
    Occupation,
    TitleCoder,
    TitleParameters,
    build_title_coder,
    code_title,
    distinct_title,
)

PARAMETERS = TitleParameters(0.4, 1.0, 0.15, (-4.0, 2.0, 2.0, 0.0, 2.0, 1.0), (-2.0, 1.0, 2.0, 3.0, 2.0, 0.0))
OCCUPATIONS = [
    Occupation("o:1", "baker", ("bread maker", "oven hand"), "Bakers knead dough and watch the oven."),
    Occupation("o:2", "clockmaker", ("watch repairer",), "Clockmakers repair clocks and watches."),
    Occupation(
        "o:3", "shop manager", ("store manager", "oven hand"), "Shop managers order goods and lead staff."
    ),
    Occupation("o:4", "clock shop manager", (), "They sell clocks."),
]


def coder() -> TitleCoder:
    return build_title_coder(OCCUPATIONS, PARAMETERS)


def codes(title: str, description: str | None = None) -> list[str]:
    return [found.code for found in code_title(coder(), title, description)]


def test_rules_say_how_an_occupation_was_found() -> None:
    found = code_title(coder(), "Senior Baker (m/f/d)")[0]
    assert (found.code, found.label, found.rule, found.similarity) == ("o:1", "baker", "exact_title", 1.0)
    assert code_title(coder(), "Watch repairer")[0].rule == "alternate_title"
    assert code_title(coder(), "Bread baker")[0].rule == "similar_title"


def test_similarity_is_the_cosine_of_weighted_stems() -> None:
    bread, maker, other = math.log(1 + 8 / 1), math.log(1 + 8 / 1), math.log(1 + 8)
    found = code_title(coder(), "bread xylophonist")[0]
    cosine = bread * bread / (math.hypot(bread, maker) * math.hypot(bread, other))
    assert found.code == "o:1"
    assert found.similarity == pytest.approx(cosine, abs=1e-6)


def test_a_preferred_label_comes_before_the_same_alternative() -> None:
    twice = build_title_coder(
        [Occupation("a", "store keeper", ("baker",), ""), Occupation("b", "baker", (), "")], PARAMETERS
    )
    assert next(found.code for found in code_title(twice, "Baker")) == "b"


def test_ties_are_in_order_of_the_code() -> None:
    assert codes("oven hand")[:2] == ["o:1", "o:3"]


def test_a_description_breaks_ties() -> None:
    assert codes("oven hand", "You order goods and lead our staff.")[0] == "o:3"


def test_a_misspelt_word_finds_its_like() -> None:
    assert codes("clockmakerr")[0] == "o:2"


def test_nothing_like_it() -> None:
    assert codes("zzyzx") == []
    assert codes("") == []
    assert codes("zzyzx", "Somebody to knead dough") == ["o:1"]


def test_confidence_is_the_logistic_model() -> None:
    found = code_title(coder(), "baker")[0]
    # similarity 1, lead 1 over nobody (1 + 0.15 over itself is 1), no description, preferred label, first
    assert found.confidence == pytest.approx(1 / (1 + math.exp(-(-4.0 + 2.0 + 2.0 + 2.0 + 1.0))), abs=1e-4)
    several = code_title(coder(), "shop manager")
    assert [one.confidence for one in several] == sorted((one.confidence for one in several), reverse=True)


def test_places_and_numbers_make_no_new_distinct_title() -> None:
    made = coder()
    forms = {
        distinct_title(made, title)
        for title in ("Baker", "Senior Baker - Berlin", "BAKER (m/f/d)", "Baker, Aberdeen | REQ-4711")
    }
    assert forms == {"baker"}
    code_title(made, "Baker - Berlin")
    code_title(made, "Senior Baker")
    assert list(made.seen) == ["baker"]


def test_order_of_occupations_does_not_matter() -> None:
    turned = build_title_coder(OCCUPATIONS[::-1], PARAMETERS)
    for title in ("manager", "clock shop", "oven hand"):
        assert code_title(turned, title) == code_title(coder(), title)


def test_more_candidates_than_the_remembered() -> None:
    made = coder()
    assert len(code_title(made, "shop manager", limit=1)) == 1
    assert len(code_title(made, "shop manager", limit=9)) == len(code_title(made, "shop manager"))
