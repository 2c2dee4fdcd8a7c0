"""The rows of config/ambiguous_terms.csv that two readings share: each with the words that show which is meant."""

import csv
from functools import cache
from pathlib import Path

import pytest

from transforms.lexicon import Lexicon, compile_lexicon
from transforms.mention import mentions
from transforms.section import sections
from transforms.skill import build_skills

_CONFIG = Path(__file__).resolve().parents[2] / "config"


def _rows(name: str) -> list[dict[str, str]]:
    with (_CONFIG / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _reading() -> tuple[Lexicon, dict[str, str]]:
    ambiguous = _rows("ambiguous_terms.csv")
    skills = build_skills(_rows("skill_aliases.csv"), [], [], ambiguous, esco_version="", onet_version="")
    slugs = {row["skill_id"]: row["skill"] for row in skills.core_skill.to_pylist()}
    return compile_lexicon(skills.core_skill_surface.to_pylist(), ambiguous), slugs


def counted(text: str) -> set[str]:
    lexicon, slugs = _reading()
    return {slugs[m.skill_id] for m in mentions(text, lexicon, sections(text)) if m.accepted}


@pytest.mark.parametrize(
    ("skill", "meant", "not_meant"),
    [
        ("emr", "You know Spark, EMR and S3.", "You know how nurses fill in the EMR of the ward."),
        ("ehr", "You have worked with EMR data of clinics.", "You know Spark, EMR and S3."),
        ("square", "", "You know Stripe, Square and PayPal."),
        ("dropbox", "", "You know Google Drive, Dropbox and Box."),
        ("play-framework", "You know Scala, Play and Akka.", "You know Scala and publish apps on Google Play."),
        ("play-framework", "You know Play, Scala and Akka.", "Play a part, with Scala and Akka."),
        ("d", "You know D, C++ and Rust.", "You have a Ph. D in physics or C++ and Rust."),
        ("zoom", "You know Slack, Zoom and Jira.", "Backed by the Zoom Apps Fund and friends."),
        ("ux-design", "You are a user experience designer.", "You care about the user experience of our readers."),
        ("ux-design", "You know user research and user experience.", "You make a great user experience."),
        ("data-engineering", "You have experience with data platforms.", "You sell our data platforms to banks."),
        ("fastapi", "You know Fast API and Python.", "You need a fast API for maps."),
        ("point-of-sale", "You have experience in point of sale.", "You clean the point of sale every evening."),
        ("marketing-automation", "You have experience with marketing automation.", "You know email marketing."),
        ("technical-support", "You give technical support to clients.", "You know desktop support."),
        ("statistics", "You apply quantitative methods.", "You know quantitative finance."),
        ("go-to-market-strategy", "You own our go-to-market strategy.", "You dance at product launches."),
    ],
)  # fmt: skip
def test_a_word_of_two_readings_counts_where_its_own_is_shown(skill: str, meant: str, not_meant: str) -> None:
    assert not meant or skill in counted(meant)
    assert skill not in counted(not_meant)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Elastic Load Balancing spreads the load, and you know Kubernetes.", "elasticsearch"),
        ("Elastic Container Service and Kubernetes are known to you.", "elasticsearch"),
        ("Elastic Kubernetes is known to you, as is Kafka.", "elasticsearch"),
        ("Kids express themselves with React and TypeScript here.", "express"),
        ("Express their ideas with React and TypeScript.", "express"),
    ],
)
def test_a_phrase_shields_its_words(text: str, skill: str) -> None:
    assert skill not in counted(text)
    assert counted("You know Express, Elastic and React.") >= {"express", "elasticsearch"} or skill not in {
        "express",
        "elasticsearch",
    }


def test_access_lists_are_no_course_in_life_support() -> None:
    lexicon = compile_lexicon(
        [{"surface": "acls", "surface_label": "ACLS", "skill_id": "acls", "surface_kind": "alias"}],
        [row for row in _rows("ambiguous_terms.csv") if row["surface"] == "acls"],
    )
    for text, expected in (("You hold an ACLS card.", True), ("You keep the ACLs of routers.", False)):
        assert [m.accepted for m in mentions(text, lexicon, sections(text))] == [expected], text


def test_capitals_in_brackets_are_the_words_before_them() -> None:
    assert "sap" not in counted("You write the Statistical Analysis Plan (SAP) of a trial.")
    assert "sap" in counted("You know the software of an old house (SAP) well.")
    assert "nlp" in counted("You know Natural Language Processing (NLP).")


def test_a_town_with_its_state_is_no_framework() -> None:
    assert "phoenix" not in {slug.split("-")[0] for slug in counted("DevOps, Linux | Phoenix, AZ")}
    assert "phoenix" in {slug.split("-")[0] for slug in counted("You know Elixir, Phoenix, AWS.")}
    assert "tableau" in counted("You know Tableau, MS Excel and SQL.")
