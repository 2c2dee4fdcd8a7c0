import pytest

from transforms.employer import employer_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, ""),
        ("", ""),
        ("-1", ""),
        ("N/A", ""),
        ("Confidential", ""),
        ("Acme", "acme"),
        ("ACME, Inc.", "acme"),
        ("Acme GmbH & Co. KG", "acme gmbh &"),
        ("The Acme Company LLC", "acme"),
        ("Café Zürich S.A.", "cafe zurich"),
        ("Acme (YC S19)", "acme"),
        ("Acme YC W21", "acme"),
        ("Acme (https://acme.example)", "acme"),
        ("Acme - https://acme.example/jobs", "acme"),
        ("acme.com", "acme"),
        ("Acme.io", "acme"),
        ("Acme\n3.8", "acme"),
        ("O'Brien’s", "obriens"),
        ("AT&T", "at&t"),
        ("1Acme", "1acme"),
        ("Co", "co"),
    ],
)
def test_employer_key(name: str | None, expected: str) -> None:
    assert employer_key(name) == expected


def test_a_key_is_its_own_key() -> None:
    for name in ("ACME, Inc.", "Café Zürich S.A.", "AT&T"):
        assert employer_key(employer_key(name)) == employer_key(name)
