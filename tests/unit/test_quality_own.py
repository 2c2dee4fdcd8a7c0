"""How labels and finds are compared: each kind of miss is counted as what it is."""

from typing import Any

from flows.labelled import LabelledItem, unmarked
from flows.quality_own import EVERY_CLASS, Outcome, Score, compare, miss_lines, score_line, scores


def item(text: str, *, held_out: bool = False, **expect: Any) -> LabelledItem:
    plain, skills, contacts = unmarked(text)
    return LabelledItem("a-01", "a", held_out, "Engineer", None, plain, skills, contacts, expect)


def found(
    surface: str, start: int | None, skill: str, requirement: str = "mentioned", **more: Any
) -> dict[str, Any]:
    end = None if start is None else start + len(surface)
    return {
        "surface": surface, "start": start, "end": end, "skill": skill, "requirement": requirement,
        "negated": False, "rule": "exact", **more,
    }  # fmt: skip


def counts(
    labelled: LabelledItem, *mentions: dict[str, Any], **facts: Any
) -> dict[str, tuple[int, int, int]]:
    """Right, false and missed by aspect."""
    outcomes = compare(labelled, {"skills": list(mentions), "roles": [], **facts})
    return {
        one.aspect: (one.right, one.false, one.missed)
        for one in scores(outcomes)
        if one.rule_class == EVERY_CLASS
    }


GO = "We write [[Go|go|mentioned]] here."


def test_found_where_it_stands() -> None:
    assert counts(item(GO), found("Go", 9, "go")) == {"skills": (1, 0, 0)}


def test_missed_found_elsewhere_and_another_skill() -> None:
    assert counts(item(GO)) == {"skills": (0, 0, 1)}
    assert counts(item(GO), found("We", 0, "go")) == {"skills": (0, 1, 1)}
    assert counts(item(GO), found("Go", 9, "golf")) == {"skills": (0, 1, 1)}


def test_without_a_place_the_skill_decides() -> None:
    assert counts(item(GO), found("Go", None, "go")) == {"skills": (1, 0, 0)}


def test_one_label_counts_once() -> None:
    assert counts(item(GO), found("Go", 9, "go"), found("Go", 9, "go")) == {"skills": (1, 0, 0)}


def test_negated_is_no_skill_and_has_its_own_count() -> None:
    labelled = item("No [[Go|go|negated]] here.")
    assert counts(labelled, found("Go", 3, "go", negated=True)) == {
        "negation": (1, 0, 0),
        "no_skill": (1, 0, 0),
    }
    assert counts(labelled, found("Go", 3, "go")) == {
        "skills": (0, 1, 0),
        "negation": (0, 0, 1),
        "no_skill": (0, 1, 0),
    }
    assert counts(labelled) == {"negation": (0, 0, 1), "no_skill": (1, 0, 0)}


def test_a_trap_without_a_skill_has_a_base() -> None:
    trap = item("Go to our page.")
    assert counts(trap) == {"no_skill": (1, 0, 0)}
    assert counts(trap, found("Go", 0, "go"), found("page", 10, "html")) == {
        "skills": (0, 2, 0),
        "no_skill": (0, 1, 0),
    }
    assert counts(item("Join us.", workplace="unknown"), workplace="unknown") == {}


def test_a_skill_taken_for_negated_is_missed_and_falsely_negated() -> None:
    assert counts(item(GO), found("Go", 9, "go", negated=True)) == {
        "skills": (0, 0, 1),
        "negation": (0, 1, 0),
    }


def test_an_optional_skill_counts_nowhere() -> None:
    labelled = item("Our [[Go|go|optional]] team.")
    assert counts(labelled) == {}
    assert counts(labelled, found("Go", 4, "go")) == {}
    assert counts(labelled, found("Go", 4, "go", negated=True)) == {}


def test_requirement_of_what_was_found() -> None:
    labelled = item("Must know [[Go|go|required]].")
    assert counts(labelled, found("Go", 10, "go", "required"))["requirement"] == (1, 0, 0)
    assert counts(labelled, found("Go", 10, "go", "preferred"))["requirement"] == (0, 1, 1)
    assert counts(labelled, found("Go", 10, "go"))["requirement"] == (0, 0, 1)
    assert counts(item(GO), found("Go", 9, "go", "required"))["requirement"] == (0, 1, 0)
    assert "requirement" not in counts(item("Go is [[Go|go|any]]"), found("Go", 6, "go", "required"))


def test_roles_are_sets() -> None:
    labelled = item("x", roles=["a", "b"])
    assert counts(labelled, roles=["b", "c"]) == {"roles": (1, 1, 1)}
    assert "roles" not in counts(item("x"), roles=["b"])


def test_facts_said_unsaid_and_said_otherwise() -> None:
    labelled = item("x", workplace="remote")
    assert counts(labelled, workplace="remote") == {"workplace": (1, 0, 0)}
    assert counts(labelled, workplace="unknown") == {"workplace": (0, 0, 1)}
    assert counts(labelled, workplace="onsite") == {"workplace": (0, 1, 1)}
    assert counts(item("x", workplace="unknown"), workplace="onsite") == {"workplace": (0, 1, 0)}
    assert counts(item("x", workplace="unknown"), workplace=None) == {}
    pay = {"min": 1, "max": None, "currency": "USD", "period": "hour"}
    assert counts(item("x", pay=None), pay=pay) == {"pay": (0, 1, 0)}
    assert counts(item("x", pay=pay), pay=pay | {"min": 1.0, "assumed": True}) == {"pay": (1, 0, 0)}
    assert counts(item("x", pay=pay), pay=pay | {"currency": None}) == {"pay": (0, 1, 1)}
    assert counts(item("x", pay=[pay, pay | {"currency": None}]), pay=pay | {"currency": None}) == {
        "pay": (1, 0, 0)
    }
    assert counts(item("x", workplace=["remote", "hybrid"]), workplace="hybrid") == {"workplace": (1, 0, 0)}


def test_contacts_scrubbed_whole_in_half_and_by_mistake() -> None:
    labelled = item("Mail [[a@example.org|scrub]] in 2026.")
    assert "contacts" not in counts(labelled)
    assert counts(labelled, contacts=[[5, 18]])["contacts"] == (1, 0, 0)
    assert counts(labelled, contacts=[[5, 9], [9, 18]])["contacts"] == (1, 0, 0)
    assert counts(labelled, contacts=[[5, 17]])["contacts"] == (0, 0, 1)
    assert counts(labelled, contacts=[[22, 26]])["contacts"] == (0, 1, 1)


def test_bars_ask_for_enough_labels() -> None:
    assert Score("a", "skills", 97, 3, 5).reached
    assert not Score("a", "skills", 97, 4, 0).reached
    assert not Score("a", "skills", 94, 0, 6).reached
    assert not Score("a", "skills", 5, 6, 0).bar_applies
    assert Score("a", "skills", 5, 7, 0).bar_applies, "what is found wrongly counts too"
    assert score_line(Score("a", "skills", 12, 1, 0)).endswith("MISSED")
    assert "12/13" in score_line(Score("a", "skills", 12, 1, 0))
    assert score_line(Score("a", "pay", 0, 1, 0)).count("-") == 1


def test_only_what_is_wrong_is_listed() -> None:
    outcomes: list[Outcome] = [
        *compare(item(GO), {"skills": [], "roles": []}),
        Outcome(item(GO), "skills", 1, 0, 0, "", ""),
    ]
    assert miss_lines(outcomes) == ["a-01 | skills | expected Go (go) | found nothing"]
