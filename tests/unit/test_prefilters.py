"""What spares an expression its call must stand in all that it matches: drawn from the expression itself."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.configuration import read_configuration
from transforms import (
    asked_as_skill,
    beside,
    dollar,
    firm,
    header,
    job_name,
    mention_evidence,
    negation,
    organisation_name,
    pay_text,
    product,
    requirement,
    role,
    seniority,
    workplace,
)
from transforms.role import RoleRule, compile_roles
from transforms.sign import Signs, Stems
from transforms.text import fold

Filter = Callable[[str], bool]


def _stands(signs: tuple[str, ...]) -> Filter:
    return lambda text: any(sign in (text if sign.isupper() else fold(text)) for sign in signs)


def _stems(automaton: object) -> Filter:
    return lambda text: bool(automaton.find_matches_as_indexes(text.lower()))  # type: ignore[attr-defined]


def _in_line(signs: Stems) -> Filter:
    return lambda text: signs.stand_in(text.lower())


def _in_text(signs: Signs) -> Filter:
    return lambda text: bool(signs.places(text))


def _digit_is_near(text: str) -> bool:
    match = pay_text._PAY.search(text)
    assert match
    digit = re.search(r"\d", match[0])
    return digit is not None and digit.start() <= pay_text._LONGEST_SIGN


def _head_is_near(text: str) -> bool:
    return job_name.in_job_name(text, 0, job_name.places_of_heads(text))


def _of_line(text: str) -> str:
    """What is searched for these never holds a line's end, before which "$" matches too."""
    return text.rstrip("\n")


def _kind_begins(text: str) -> bool:
    return any(start == 0 for _, start, _ in workplace._KIND_SIGNS.find_matches_as_indexes(text))


FILTERS: list[tuple[str, re.Pattern[str], Filter]] = [
    *((f"dollar_{currency}", words, _stands(signs)) for currency, signs, words in dollar._ONLY_THERE),
    ("role", header._ROLE, _in_line(header._ROLE_STEMS)),
    ("plain_role", header._PLAIN_ROLE, _in_line(header.STEMS)),
    ("hiring", header._HIRING, _stands(header._HIRING_STEMS)),
    ("not_needed", negation.NOT_NEEDED_AFTER, negation.says_unneeded),
    ("hybrid", workplace._HYBRID, _stems(workplace._HYBRID_SIGNS)),
    ("not_remote", workplace._NOT_REMOTE, _stems(workplace._NOT_REMOTE_SIGNS)),
    ("kind", workplace._KIND, _stems(workplace._KIND_SIGNS)),
    ("rest_of_name", job_name._REST_OF_NAME, lambda text: text[:1] in job_name._BEFORE_REST),
    ("head_of_name", job_name._REST_OF_NAME, _head_is_near),
    ("title", job_name._TITLE, lambda text: job_name.places_of_heads(text)[:1] in ([0], [len("team ")])),
    ("trade", firm._TRADE, lambda text: text[:2] in firm._TRADE_BEGINS),
    ("gathering", firm._GATHERING, lambda text: text[:2] in firm._TRADE_BEGINS),
    ("institution", organisation_name._INSTITUTION, lambda text: text[1:2].isupper()),
    ("pay", pay_text._PAY, _digit_is_near),
    ("negation", negation._NEGATION_BEFORE, _in_text(negation._NEGATION_SIGNS)),
    ("years", seniority._YEARS, _in_text(seniority._YEAR_WORDS)),
    ("no_need", seniority._NO_NEED, _in_text(seniority._NO_SIGNS)),
    ("level", seniority._LEVEL_WORD, _stems(seniority._LEVEL_STEMS)),
    ("made_by", firm._MADE_BY, lambda text: bool(firm.signs_of_firm(text).made_by)),
    ("works_with", beside._WORKS_WITH, lambda text: beside.says_with(text, 0, len(text))),
    ("with_list", beside._WITH_LIST, lambda text: beside.says_with(text, 0, len(text))),
    ("kind_begins", workplace._KIND, _kind_begins),
    ("remote", workplace._REMOTE, _stands(workplace._REMOTE_SIGNS)),
    ("onsite", workplace._ONSITE, _stands(workplace._ONSITE_SIGNS)),
    ("soft", role._SOFT, lambda text: role._SOFT_SIGN.search(text) is not None),
    ("hard", role._HARD, lambda text: role._HARD_SIGN.search(text) is not None),
    ("said_before", mention_evidence._SAID_BEFORE, mention_evidence.may_be_said),
    ("other_things", mention_evidence._OTHER_THINGS, _in_line(mention_evidence._THINGS)),
    ("came_from", beside._CAME_FROM, beside.firms_are_told),
    ("serves", beside._SERVES, beside.firms_are_told),
    ("connects", product._CONNECTS, _in_line(product._GOES_WITH)),
    ("users_do", product._USERS_DO, _in_line(product._USERS)),
    ("known", asked_as_skill._KNOWN, lambda text: _of_line(text).endswith(asked_as_skill._BEFORE_KNOWN)),
    ("known_after", asked_as_skill._KNOWN_AFTER, lambda text: text[0] in asked_as_skill._AFTER_ASKED),
    (
        "praised",
        asked_as_skill._PRAISED,
        lambda text: asked_as_skill.may_be_praised(_of_line(text), 0, len(_of_line(text))),
    ),
    ("their_team", beside._THEIR_TEAM, lambda text: beside.is_of_team(text, 0)),
    ("with_list_ends", beside._WITH_LIST, lambda text: _of_line(text).endswith(beside._BEFORE_LISTED)),
    ("teams_such_as", beside._TEAMS_SUCH_AS, _in_line(beside._GROUPS)),
    ("preferred", requirement._PREFERRED, _in_line(requirement._PREFERRED_STEMS)),
    ("required", requirement._REQUIRED, _in_line(requirement._REQUIRED_STEMS)),
    (
        "kind_of_product",
        product._THEN_KIND,
        lambda text: min(firm.signs_of_firm(text).kinds) < firm._KIND_WITHIN,
    ),
    (
        "ours",
        product._OURS_BEFORE,
        lambda text: min(firm.signs_of_firm(text).ours) >= len(text) - product.OURS_WITHIN,
    ),
    ("wards", firm._WARDS, lambda text: bool(firm.signs_of_firm(text).wards)),
]


@pytest.mark.parametrize(("pattern", "passes"), [row[1:] for row in FILTERS], ids=[row[0] for row in FILTERS])
def test_whatever_an_expression_matches_passes_what_stands_before_it(
    pattern: re.Pattern[str], passes: Filter
) -> None:
    @given(st.from_regex(pattern, alphabet=st.characters(codec="ascii")))
    def holds(text: str) -> None:
        match = pattern.search(text)
        assert match is None or passes(text[match.start() :]), text

    holds()


RULES = compile_roles(read_configuration().occupations)


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.occupation)
def test_whatever_names_a_role_holds_a_word_of_its_rule(rule: RoleRule) -> None:
    @given(st.from_regex(rule.names, alphabet=st.characters(codec="ascii")))
    def holds(segment: str) -> None:
        hits = RULES.signs.find_matches_as_indexes(segment, overlapping=True)
        assert any(RULES.rules.index(rule) in RULES.rules_of_sign[number] for number, _, _ in hits), segment

    holds()


@pytest.mark.parametrize("word", sorted(header._PROSE_WORDS))
def test_the_words_of_prose_are_those_of_its_expression(word: str) -> None:
    assert header._PROSE.search(f"Backend {word} Engineer")


def test_a_town_with_its_state_is_found_by_the_comma() -> None:
    assert dollar._names_city("Offices in Springfield, IL and elsewhere")
    assert not dollar._names_city("offices in springfield, IL")
    assert not dollar._names_city("Windsor, ON, and London, CA, Canada")
