"""What is told of the firm does not count; the same words count where the job asks for them or works with them."""

import pytest

from transforms.lexicon import Lexicon, compile_lexicon
from transforms.mention import Mention, mentions
from transforms.section import sections

NAMES = ("python", "docker", "vagrant", "mysql", "stripe", "go lang", "android")
FIELDS = ("machine learning", "computer vision", "data science", "blockchain", "product design")
WARDS = ("cardiology", "general medicine")
HEADER = "Northwind | Engineer | Lyon\n"


def _lexicon() -> Lexicon:
    surfaces = [
        {
            "surface": name,
            "surface_label": name if name in WARDS else name.title(),
            "skill_id": name,
            "surface_kind": "preferred" if name in WARDS else "alias",
        }
        for name in (*NAMES, *FIELDS, *WARDS)
    ]
    return compile_lexicon(surfaces, [])


LEXICON = _lexicon()


def read(text: str) -> dict[str, Mention]:
    """The last mention of each skill in an advert without a title, whose first line is its header."""
    whole = HEADER + text
    return {m.skill_id: m for m in mentions(whole, LEXICON, sections(whole), header_end=len(HEADER))}


@pytest.mark.parametrize(
    ("told", "asked", "skill"),
    [
        (
            "Through computer vision and machine learning we are able to weigh every fish in the sea cage.",
            "You will weigh every fish in the sea cage through computer vision and machine learning.",
            "machine learning",
        ),
        (
            "It took us two years until our machine learning was ready for the market and its many customers.",
            "You bring two years of machine learning for the market and its many customers.",
            "machine learning",
        ),
        (
            "The Northwind proxy is a way of auditing who gets at docker and other servers of a large firm.",
            "You audit who gets at docker and other servers of a large firm, with experience in security.",
            "docker",
        ),
        ("We are a blockchain startup.", "You know blockchain well.", "blockchain"),
        ("Come to our Python meetup.", "Come and write Python.", "python"),
        ("My first job at Stripe was fun.", "You worked with Stripe.", "stripe"),
        ("You report to the Director of Product Design.", "You lead Product Design.", "product design"),
        ("Made by the creators of Docker and Vagrant, with love.", "You know Docker and Vagrant.", "vagrant"),
        (
            "We hire for our specialities, including cardiology.",
            "You have experience in cardiology.",
            "cardiology",
        ),
        (
            "Wards such as general medicine and cardiology are busy.",
            "Requirements\n- general medicine\n- cardiology",
            "general medicine",
        ),
    ],
)
def test_told_of_the_firm_or_asked(told: str, asked: str, skill: str) -> None:
    assert (read(told)[skill].accepted, read(told)[skill].rule) == (False, "told_of_company")
    assert read(asked)[skill].accepted, read(asked)[skill].rule


@pytest.mark.parametrize(
    "text",
    [
        "Our code is written in Python.",
        "We are a Python shop in the middle of a very old town by the sea.",
        "We build maps with Python, Docker and MySQL for the towns of the whole country and its people.",
    ],
)
def test_a_stack_told_in_passing_counts(text: str) -> None:
    assert read(text)["python"].accepted


def test_names_of_those_it_serves_are_no_stack() -> None:
    served = "We are the leading provider of backups for MySQL, Docker and Vagrant."
    assert {m.rule for m in read(served).values()} == {"told_of_company"}


def test_colleagues_are_no_skill_and_openings_are() -> None:
    assert (
        read("You will make maps of the sea alongside machine learning engineers.")["machine learning"].rule
        == "role_name"
    )
    assert read("Openings:\n- Machine Learning Engineer")["machine learning"].accepted


def test_who_offers_work_asks_for_nothing() -> None:
    offer = "Location: Oslo\nRemote: yes\nWilling to relocate: no\nTechnologies: Python, Docker\nResume: on request"
    assert {m.rule for m in read(offer).values()} == {"seeks_work"}
    assert read("We pay for people willing to relocate: ask us. You know Python.")["python"].accepted
