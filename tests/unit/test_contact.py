"""E-mail addresses, telephone numbers and names of contacts are found; figures and firms are left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import contact
from transforms.contact import REMOVED, contacts, scrub


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to jobs@example.org now", ["jobs@example.org"]),
        ("jobs+dev@mail.example.org.", ["jobs+dev@mail.example.org"]),
        ("hello at example dot org", ["hello at example dot org"]),
        ("Call us on 07700900123 now", ["07700900123"]),
        ("Write to +14155550132", ["+14155550132"]),
        ("0049 89 1234567", ["0049 89 1234567"]),
        ("posting 4155550132", []),
        ("we recall 4155550132 rows", []),
        ("Ansprechpartnerin: Frau Petra Müller", ["Petra Müller"]),
        ("Kontakt: Anna Svensson, HR", ["Anna Svensson"]),
        ("hello [at] example [dot] org", ["hello [at] example [dot] org"]),
        ("hello(at)example.org", ["hello(at)example.org"]),
        ("Call +44 20 7946 0123 after ten", ["+44 20 7946 0123"]),
        ("Phone: 207-555-0133", ["207-555-0133"]),
        ("(312) 555-0100 is ours", ["(312) 555-0100"]),
        ("Contact Maren Oduya (maren@example.org)", ["Maren Oduya", "maren@example.org"]),
        ("Ask Tobias Quent.", ["Tobias Quent"]),
        ("My name is Ines Halvorsen", ["Ines Halvorsen"]),
        ("a@example.org b@example.org", ["a@example.org", "b@example.org"]),
        ("Contact our Engineering Team", []),
        ("Contact Human Resources", []),
        ("$120,000 - $150,000", []),
        ("120 000 - 150 000 EUR", []),
        ("2018-2022", []),
        ("2022-03-01", []),
        ("1000 2000", []),
        ("C++17 and TLS 1.3", []),
        ("We meet at noon", []),
        ("look at Northwind", []),
        ("", []),
    ],
)
def test_contacts(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in contacts(text)] == found


def test_scrubbing_leaves_the_rest() -> None:
    text = "Ask Tobias Quent, tobias@example.org, for Go."
    assert scrub(text) == f"Ask {REMOVED}, {REMOVED}, for Go."
    assert scrub(scrub(text)) == scrub(text)


PIECES = st.sampled_from(
    ["a", "Ab", "jobs", "Maren", "Oduya", "de", "com", "io", "7", "07", "946", "555", "+44", "(0)", "(312)", "%", "é",
     "٠٧", "@", ".", "-", "'", " ", "\n", "\u00a0", "\t", ",", "(at)", "[@]", "<at>", " at ", "\nat ", " AT",
     " dot ", "(dot)", "contact", "Call", "Ask for", "I’m ", "I'm", "e-mail", "E-mail:", " is", " –", "Mr. ",
     "My name is", "hiring manager"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_signs_spare_no_contact(text: str) -> None:
    """What is looked for beside signs is what the expressions find anywhere in the text."""
    spaced = contact._spaced(text)
    assert len(spaced) == len(text)
    expected = [match.span() for match in contact._EMAIL.finditer(text)]
    expected += [match.span() for match in contact._PHONE.finditer(text) if contact._is_phone(text, match)]
    expected += [
        match.span("name")
        for match in contact._NAMED.finditer(text)
        if contact._NOT_A_NAME.isdisjoint(match["name"].replace("-", " ").split())
    ]
    assert contacts(text) == contact._apart(sorted(expected))
