import pytest

from transforms.header import read_header


@pytest.mark.parametrize(
    ("text", "employer", "titles"),
    [
        ("Acme | Backend Engineer | Oslo | REMOTE | Full-time\nWe sell maps.", "Acme", ("Backend Engineer",)),
        ("Acme (YC W18) | Oslo | SRE, QA | https://a.example", "Acme (YC W18)", ("SRE, QA",)),
        ("Acme (https://acme.example) | Designer | Rome", "Acme", ("Designer",)),
        ("Acme|Onsite|Rome, Italy", "Acme", ()),
        ("Senior Frontend Engineer | Acme Maps | REMOTE", "Acme Maps", ("Senior Frontend Engineer",)),
        ("REMOTE | Oslo | Backend Engineer", None, ("Backend Engineer",)),
        ("Acme - Backend Engineer - Oslo", "Acme", ("Backend Engineer",)),
        ("Acme is hiring a Backend Developer to join us in Oslo.\nMore", "Acme", ("a Backend Developer",)),
        ("Acme (YC S20) is hiring: Android Engineer", "Acme", ("Android Engineer",)),
        ("We are hiring a Backend Developer", None, ("a Backend Developer",)),
        ("We make maps and have fun. " * 40, None, ()),
        ("Remote", None, ()),
        ("Acme Maps\nWe draw maps and you will, too.", "Acme Maps", ()),
        ("Acme Maps\nOslo\nWe draw maps.", "Acme Maps", ()),
        ("Python", None, ()),
        ("Acme is growing.\nRole: Staff Data Engineer\nLocation: Oslo", None, ("Staff Data Engineer",)),
        ("Acme is growing.\nJob title: iOS Engineer", None, ("iOS Engineer",)),
        ("Python\nDjango\nRedis", None, ()),
        ("", None, ()),
        ("| |", None, ()),
        ("Acme | NYC\nBackend Engineer at NYC office\nWe are a team of engineers\n- Designer: a.io/1", "Acme",
         ("Backend Engineer at NYC office", "Designer")),
        ("Acme | Cook, Oslo | Engineering Manager | a | b\nAcme | Oslo | iOS Engineer", "Acme",
         ("Engineering Manager", "iOS Engineer")),
    ],
)  # fmt: skip
def test_employer_and_titles(text: str, employer: str | None, titles: tuple[str, ...]) -> None:
    header = read_header(text)
    assert (header.employer, header.titles) == (employer, titles)


def test_the_header_ends_with_its_line_and_knows_where_the_employer_stands() -> None:
    text = "Docker, Inc. | Backend Engineer (Go)\nWe ship Docker."
    header = read_header(text)
    assert header.end == text.index("\n")
    assert text[header.employer_start : header.employer_end] == "Docker, Inc."


def test_several_header_lines_are_one_header() -> None:
    text = "Acme | Backend Engineer | Oslo | Remote\nAcme | Data Engineer | Rome | Onsite\nWe sell maps."
    header = read_header(text)
    assert header.titles == ("Backend Engineer", "Data Engineer")
    assert text[header.end :] == "\nWe sell maps."


def test_a_header_glued_to_its_text_ends_with_its_last_separator() -> None:
    header = read_header("Acme | Backend Engineer | Onsite Do you like maps? " + "We do. " * 100)
    assert (header.employer, header.titles) == ("Acme", ("Backend Engineer",))
    assert header.end == len("Acme | Backend Engineer ")


@pytest.mark.parametrize(
    "line", ["SEEKING WORK | Harbor Town | Remote | Backend Developer", "Looking for work: QA engineer"]
)
def test_somebody_who_seeks_work_names_no_job(line: str) -> None:
    header = read_header(f"{line}\nI have written Python for ten years.\n- Backend Engineer")
    assert (header.employer, header.titles) == (None, ())
