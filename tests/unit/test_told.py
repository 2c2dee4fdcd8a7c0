"""What is told of the firm does not count; the same words count where the job asks for them or works with them."""

import pytest

from transforms.lexicon import Lexicon, compile_lexicon
from transforms.mention import Mention, mentions
from transforms.section import sections
from transforms.told import is_told

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


def test_what_a_product_runs_on_is_no_skill() -> None:
    runs = (
        "Northwind is a mobile banking app (Android/Docker) that shows every boat of the sea to its owners."
    )
    assert read(runs)["android"].rule == "told_of_company"
    assert read(runs)["docker"].accepted
    written = (
        "Northwind is a firm that has its app written in Android and wants it to be better for its owners."
    )
    assert read(written)["android"].accepted


def test_who_offers_work_asks_for_nothing() -> None:
    offer = "Location: Oslo\nRemote: yes\nWilling to relocate: no\nTechnologies: Python, Docker\nResume: on request"
    assert {m.rule for m in read(offer).values()} == {"seeks_work"}
    assert read("We pay for people willing to relocate: ask us. You know Python.")["python"].accepted


@pytest.mark.parametrize(
    "text",
    ["SEEKING WORK | Oslo | remote\nI know Python and Docker.", "Oslo | SEEKING FREELANCE WORK | Python"],
)
def test_a_head_that_seeks_work_asks_for_nothing(text: str) -> None:
    found = mentions(text, LEXICON, sections(text))
    assert {m.rule for m in found} == {"seeks_work"}
    assert read("SEEKING DEVELOPERS who know Python. No need to be SEEKING WORK now.")["python"].accepted


@pytest.mark.parametrize(
    ("hired", "colleague"),
    [
        (
            "We are looking to hire our first machine learning engineers in the old town.",
            "You make maps by the sea with the help of our machine learning engineers.",
        ),
        (
            "In our old house of maps by the sea the machine learning engineer will be responsible for maps.",
            "In our old house of maps by the sea a team of machine learning engineers makes maps.",
        ),
    ],
)
def test_who_is_hired_is_no_colleague(hired: str, colleague: str) -> None:
    assert read(hired)["machine learning"].rule != "role_name"
    assert read(colleague)["machine learning"].rule == "role_name"


_TALE = "The Northwind house by the sea has been a home of maps for the towns of the coast since 1950"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("and is a Docker-powered one", True),
        ("and has a Docker cluster", True),
        ("and has a Docker whale", False),
        ("and everything in Docker", True),
        ("and moved everything to Docker", True),
        ("and looked down on Docker", False),
    ],
)
def test_words_beside_a_tool_tell_that_it_is_in_use(words: str, shown: bool) -> None:
    text = f"{_TALE} {words}."
    assert is_told(text, LEXICON.find(text), 0, "told") is not shown


def test_a_list_of_what_it_serves_is_no_list_of_tools() -> None:
    for text, told in (
        (f"{_TALE}, backups for Docker, Vagrant", True),
        (f"{_TALE}, clients like Docker, Vagrant", True),
        (f"{_TALE}: Docker, Vagrant", False),
    ):
        assert is_told(text, LEXICON.find(text), 1, "told") is told, text


def test_a_firm_that_does_something_asks_for_nothing() -> None:
    tale = "Northwind uses machine learning and computer vision to weigh fish in cages of the sea for many a house."
    assert read(tale)["machine learning"].rule == "told_of_company"
    person = "Engineer uses machine learning and computer vision to weigh fish in cages of the sea for many a house."
    assert read(person)["machine learning"].accepted
