import math
from typing import Any

import pytest

from transforms.link import Linker, LinkParameters, build_linker, link

PLAIN = LinkParameters(0.4, 2.0, 0.5, 1.0, 0.0)


def skill(uri: str, label: str, *alternatives: str, language: str = "en") -> dict[str, Any]:
    return {
        "esco_uri": uri,
        "preferred_label": label,
        "alternative_labels": list(alternatives),
        "language_code": language,
    }


SKILLS = [
    skill("s:1", "bake bread", "make loaves"),
    skill("s:2", "bake cakes"),
    skill("s:3", "repair clocks (horology)"),
    skill("s:4", "repair roofs"),
]


def linker(parameters: LinkParameters = PLAIN, uses: tuple[str, ...] = ()) -> Linker:
    return build_linker(SKILLS, [{"skill_uri": uri} for uri in uses], parameters)


def test_score_is_the_formula() -> None:
    first, second = link(linker(), "You bake our bread.")
    bake, bread = math.log(1 + 4 / 2), math.log(1 + 4 / 1)
    assert first.code == "s:1"
    assert first.score == pytest.approx(bake + bread, abs=1e-6)
    cake = math.log(1 + 4 / 1)
    assert second.code == "s:2"
    assert second.score == pytest.approx(bake * (bake / (bake + cake)) ** 2, abs=1e-6)


def test_place_is_the_shortest_stretch_with_the_words() -> None:
    text = "Bread is sold here; bake rolls and bread daily"
    (first, *_) = link(linker(), text)
    assert text[first.start : first.end] == "bake rolls and bread"  # "and" is no word that counts


def test_words_apart_count_less() -> None:
    near = link(linker(), "repair clocks")[0]
    assert link(linker(), "repair the clocks")[0].score == near.score  # a function word is no distance
    far = link(linker(), "repair garden clocks")[0]
    assert far.score == pytest.approx(near.score * (2 / 3) ** 0.5, abs=1e-5)


def test_an_alternative_label_links_to_its_skill() -> None:
    assert [found.label for found in link(linker(), "make loaves")] == ["bake bread"]


def test_a_qualifier_is_not_needed() -> None:
    assert link(linker(), "repair clocks")[0].code == "s:3"


def test_below_the_least_coverage_nothing_links() -> None:
    strict = LinkParameters(1.0, 2.0, 0.5, 1.0, 0.0)
    assert link(linker(strict), "we bake") == []
    assert [found.code for found in link(linker(strict), "we bake cakes")] == ["s:2"]


def test_commoner_skills_come_first_where_words_tie() -> None:
    assert [found.code for found in link(linker(), "repair")] == ["s:3", "s:4"]
    used = LinkParameters(0.4, 2.0, 0.5, 1.0, 0.7)
    assert [found.code for found in link(linker(used, ("s:4", "s:4")), "repair")] == ["s:4", "s:3"]


def test_the_preferred_label_weighs_more() -> None:
    preferring = LinkParameters(0.4, 2.0, 0.5, 1.5, 0.0)
    assert link(linker(preferring), "bake bread")[0].score == pytest.approx(
        1.5 * link(linker(), "bake bread")[0].score, abs=1e-5
    )


def test_order_of_rows_does_not_matter() -> None:
    turned = build_linker(SKILLS[::-1], [], PLAIN)
    assert link(turned, "bake bread and repair roofs") == link(linker(), "bake bread and repair roofs")


def test_other_languages_and_repeated_rows_are_left_out() -> None:
    rows = [*SKILLS, SKILLS[0], skill("s:9", "brot backen", language="de")]
    assert link(build_linker(rows, [], PLAIN), "brot backen") == []
    assert link(build_linker(rows, [], PLAIN), "bake bread") == link(linker(), "bake bread")


@pytest.mark.parametrize("text", ["", "\n", "the of", "xyzzy 12345"])
def test_nothing_to_link(text: str) -> None:
    assert link(linker(), text) == []


def test_no_taxonomy_links_nothing() -> None:
    assert link(build_linker([], [], PLAIN), "bake bread") == []


def test_limit() -> None:
    assert len(link(linker(), "bake bread cakes repair roofs clocks", limit=2)) == 2
