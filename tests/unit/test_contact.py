"""E-mail addresses, telephone numbers and names of contacts are found; figures, sites and firms are left."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.contact import REMOVED, contacts, scrub


def found_in(text: str) -> list[str]:
    return [text[start:end] for start, end in contacts(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to jobs@example.org now", ["jobs@example.org"]),
        ("jobs+dev@mail.example.org.", ["jobs+dev@mail.example.org"]),
        ("a@example.org b@example.org", ["a@example.org", "b@example.org"]),
        ("hello at example dot org", ["hello at example dot org"]),
        ("maren dot oduya at example dot org", ["maren dot oduya at example dot org"]),
        ("hello [at] example [dot] org", ["hello [at] example [dot] org"]),
        ("hello(at)example.org", ["hello(at)example.org"]),
        ("hello [AT] example [DOT] org", ["hello [AT] example [DOT] org"]),
        ("hello [ at ] example [ dot ] org", ["hello [ at ] example [ dot ] org"]),
        ("hello (@) example (.) org", ["hello (@) example (.) org"]),
        ("hello<at>example<dot>org", ["hello<at>example<dot>org"]),
        ("hello_at_example_dot_org", ["hello_at_example_dot_org"]),
        ("mailto:hello%40example.org", ["hello%40example.org"]),
        ("hello\uff20example\uff0eorg", ["hello\uff20example\uff0eorg"]),
        ("E-mail hello @ example.org", ["hello @ example.org"]),
        ("Send a note at jobs at example.org", ["jobs at example.org"]),
        ("a note at maren.oduya at example.org", ["maren.oduya at example.org"]),
        ("Engineer @ Example.org | Lyon", []),
        ("We are at example.io", []),
        ("Meet us at example.com", []),
        ("see all jobs at example.com/careers", []),
        ("Work at Northwind dot com era", []),
        ("8 cores@2.5GHz", []),
        ("We meet at noon", []),
        ("look at Northwind", []),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert found_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Telegram: @maren_oduya", ["@maren_oduya"]),
        ("Find me @maren_oduya on Twitter.", ["@maren_oduya"]),
        ("@maren.oduya (Signal)", ["@maren.oduya"]),
        ("You write @Autowired and @media in code", []),
        ("Twitter runs @Scale", []),
        ("https://www.linkedin.com/in/maren-oduya-1b/ is me", ["linkedin.com/in/maren-oduya-1b/"]),
        ("linkedin.com/company/northwind", []),
        ("Chat on t.me/maren_oduya now", ["t.me/maren_oduya"]),
        ("Ask for Maren at maren@example.org", ["Maren", "maren@example.org"]),
        ("Text Maren on 207-555-0133", ["Maren", "207-555-0133"]),
        ("Contact HR at jobs@example.org", ["jobs@example.org"]),
        ("Contact Maren if you like maps", []),
    ],
)
def test_handles_profiles_and_single_names(text: str, found: list[str]) -> None:
    assert found_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call us on 07700900123 now", ["07700900123"]),
        ("Write to +14155550132", ["+14155550132"]),
        ("0049 89 1234567", ["0049 89 1234567"]),
        ("Call +44 20 7946 0123 after ten", ["+44 20 7946 0123"]),
        ("Phone: 207-555-0133", ["207-555-0133"]),
        ("(312) 555-0100 is ours", ["(312) 555-0100"]),
        ("+33 1 23 45 67 89", ["+33 1 23 45 67 89"]),
        ("(+44) 7700 900123", ["(+44) 7700 900123"]),
        ("Call 555-0123", ["555-0123"]),
        ("Call 555-0123 or 555-0124", ["555-0123", "555-0124"]),
        ("Call 123 456 789", ["123 456 789"]),
        ("Call 030 123 456", ["030 123 456"]),
        ("Tel. 5550100123 ext. 12", ["5550100123 ext. 12"]),
        ("Tel. 030/1234567", ["030/1234567"]),
        ("+49/30/123456", ["+49/30/123456"]),
        ("0151-23456789", ["0151-23456789"]),
        ("1-800-555-0100", ["1-800-555-0100"]),
        ("1-800-FLOWERS", ["1-800-FLOWERS"]),
        ("+1\u00a0555\u00a0010\u00a00123", ["+1\u00a0555\u00a0010\u00a00123"]),
        ("555\u2011010\u20110123", ["555\u2011010\u20110123"]),
        ("9-5 555-010-0123 2nd floor", ["555-010-0123"]),
        ("555-010-0123 555-010-0124", ["555-010-0123", "555-010-0124"]),
        ("call \u0660\u0667\u0667\u0660\u0660 \u0669\u0660\u0660\u0661\u0662\u0663", None),
        ("posting 4155550132", []),
        ("we recall 4155550132 rows", []),
        ("$120,000 - $150,000", []),
        ("120 000 - 150 000 EUR", []),
        ("budget 10 000 000 20 000 000 EUR", []),
        ("DKK 55.000-65.000", []),
        ("Salary: 100000-150000", []),
        ("reach 10 000 000 users", []),
        ("2018-2022", []),
        ("call 2018-2022", []),
        ("2022-03-01", []),
        ("Posted 2024-01-01 2024-02-01", []),
        ("01/02/2024 - 03/04/2024", []),
        ("Windows Server 2012 2016 2019", []),
        ("ISO 27001 27017 27018", []),
        ("27001 27017 27018", []),
        ("Job ID 12345-67890", []),
        ("Req #2024-001234-5678", []),
        ("IDs 12-34-56-78-90", []),
        ("10 20 30 40 50", []),
        ("172.16.254.100", []),
        ("1000 2000", []),
        ("C++17 and TLS 1.3", []),
    ],
)
def test_numbers(text: str, found: list[str] | None) -> None:
    assert found_in(text) == ([text.removeprefix("call ")] if found is None else found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ansprechpartnerin: Frau Petra Müller", ["Petra Müller"]),
        ("Ansprechpartner: Hans Meier", ["Hans Meier"]),
        ("Kontakt: Anna Svensson, HR", ["Anna Svensson"]),
        ("Kontakta Anna Svensson", ["Anna Svensson"]),
        ("Contact Maren Oduya (maren@example.org)", ["Maren Oduya", "maren@example.org"]),
        ("Contact M. Oduya", ["M. Oduya"]),
        ("Contact Prof. Maren de la Cruz", ["Maren de la Cruz"]),
        ("CONTACT: MAREN ODUYA", ["MAREN ODUYA"]),
        ("Contact name: Maren O\u2019Duya", ["Maren O\u2019Duya"]),
        ("Contact Łukasz Żak", ["Łukasz Żak"]),
        ("Contact Maren Oduya Today", ["Maren Oduya"]),
        ("contact our recruiter, Maren Oduya", ["Maren Oduya"]),
        ("Best regards,\nMaren Oduya", ["Maren Oduya"]),
        ("Ask Tobias Quent.", ["Tobias Quent"]),
        ("My name is Ines Halvorsen", ["Ines Halvorsen"]),
        ("Contact our Engineering Team", []),
        ("Contact Human Resources", []),
        ("CONTACT: HUMAN RESOURCES", []),
        ("CALL CENTRE NORTH", []),
        ("Contact Northwind Solutions", []),
        ("", []),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    assert found_in(text) == found


def test_scrubbing_leaves_the_rest() -> None:
    text = "Ask Tobias Quent, tobias@example.org, for Go."
    assert scrub(text) == f"Ask {REMOVED}, {REMOVED}, for Go."
    assert scrub(scrub(text)) == scrub(text)


PIECES = st.sampled_from(
    ["a", "Ab", "jobs", "Maren", "Oduya", "de", "com", "io", "7", "07", "946", "555", "+44", "(0)", "(312)", "%", "é",
     "٠٧", "@", ".", "-", "'", " ", "\n", "\u00a0", "\t", ",", "(at)", "[@]", "<at>", " at ", "\nat ", " AT", "/",
     " dot ", "(dot)", "contact", "Call", "Ask for", "I’m ", "I'm", "e-mail", "E-mail:", " is", " –", "Mr. ", '"',
     "My name is", "hiring manager", "2019", "1-800-", "ext. 1", "İ", "\ud800"]
)  # fmt: skip
CONTACTS = ("maren@example.org", "+44 20 7946 0123", "maren (at) example (dot) org")


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(CONTACTS))
def test_nothing_before_or_behind_hides_a_contact_on_its_own_line(text: str, contact: str) -> None:
    whole = f"{text}\n{contact}\n{text}"
    stretches = contacts(whole)
    start = len(text) + 1
    assert any(begin <= start and start + len(contact) <= end for begin, end in stretches)
    assert stretches == sorted(stretches)
    assert all(begin < end for begin, end in stretches)
    assert all(one[1] < other[0] for one, other in pairwise(stretches))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["1 ", "12 34", "555-", "1234567890", "+", "(", "call ", "call 5", "1-800-", "a@", "@a.", '"@', " at a.", "(at) a.",
     "_at_a", " dot a at b dot", "jane at acme.", "contact A", "Contact Aa-", "Contact J. ", "A ", ".", " "],
)  # fmt: skip
def test_a_megabyte_takes_seconds_at_most(piece: str) -> None:
    """A square of the length would take hours; the slowest of these takes about a second on a busy machine."""
    text = piece * (1_000_000 // len(piece))
    before = time.process_time()
    contacts(text)
    assert time.process_time() - before < 8
