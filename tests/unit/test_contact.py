"""E-mail addresses, telephone numbers and names of contacts are found; figures and firms are left."""

import pytest

from transforms.contact import REMOVED, contacts, scrub


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to jobs@example.org now", ["jobs@example.org"]),
        ("jobs+dev@mail.example.org.", ["jobs+dev@mail.example.org"]),
        ("hello at example dot org", ["hello at example dot org"]),
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
