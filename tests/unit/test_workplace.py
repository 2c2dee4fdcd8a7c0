"""Workplace and kind of employment: header first, then what the text says of the job."""

import pytest

from transforms.workplace import work_of


@pytest.mark.parametrize(
    ("header", "workplace"),
    [
        ("Northwind | Lyon | REMOTE", "remote"),
        ("Northwind | REMOTE (US)", "remote"),
        ("Northwind | Lyon | ONSITE or REMOTE", "remote"),
        ("Northwind | Lyon, remote ok", "remote"),
        ("Northwind | WFH", "remote"),
        ("Northwind | Lyon | Onsite", "onsite"),
        ("Northwind | Lyon | on-site", "onsite"),
        ("Northwind | Lyon | no remote", "onsite"),
        ("Northwind | Lyon | REMOTE: no", "onsite"),
        ("Northwind | Lyon | not remote", "onsite"),
        ("Northwind | ONSITE (temporarily remote)", "onsite"),
        ("Northwind | Lyon | remote until the office opens", "onsite"),
        ("Northwind | Lyon | Hybrid", "hybrid"),
        ("Northwind | Lyon | hybrid or remote", "hybrid"),
        ("Northwind | Lyon | partially remote", "hybrid"),
        ("Northwind | Lyon | 2 days in the office", "hybrid"),
        ("Northwind | Lyon", "unknown"),
        ("Northwind | Hybrid cloud engineer | Lyon", "unknown"),
        ("Northwind | Remote sensing analyst | Lyon", "unknown"),
        ("remote.example | Lyon", "unknown"),
        ("Websites Ltd | Lyon", "unknown"),
    ],
)
def test_workplace_of_a_header(header: str, workplace: str) -> None:
    assert work_of(header, (), len(header))[0] == workplace


@pytest.mark.parametrize(
    ("text", "workplace"),
    [
        ("This is a fully remote position.", "remote"),
        ("We are remote-first.", "remote"),
        ("This is a hybrid role.", "hybrid"),
        ("Three days in the office, work remotely on the others.", "hybrid"),
        ("Sorry, no remote.", "onsite"),
        ("A remote-first firm, but this role requires on-site presence in Oslo.", "onsite"),
        ("On-site in Oslo, with one day of remote work a week.", "hybrid"),
        ("You may work from home up to two days a week.", "hybrid"),
        ("Our remote sensing product", "unknown"),
        ("Remote procedure calls and hybrid clouds", "unknown"),
        ("", "unknown"),
    ],
)
def test_workplace_of_a_text(text: str, workplace: str) -> None:
    assert work_of(text, (), 0)[0] == workplace


def test_the_header_stands_before_the_text() -> None:
    header = "Northwind | Lyon | ONSITE"
    assert work_of(f"{header}\nThis is a fully remote position.", (), len(header))[0] == "onsite"


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Engineer, full-time", "", "full_time"),
        ("Engineer (Full Time)", "", "full_time"),
        ("Engineer | FT", "", "full_time"),
        ("Engineer, part time", "", "part_time"),
        ("Engineer (contract)", "", "contract"),
        ("Freelance engineer", "", "contract"),
        ("Seasonal engineer", "", "temporary"),
        ("Engineering intern", "", "internship"),
        ("Engineer, full-time or contract", "", "unknown"),
        ("Engineer", "", "unknown"),
        ("Internal tools engineer", "", "unknown"),
        ("Smart contracts engineer", "", "unknown"),
        ("Smart contract engineer", "", "unknown"),
        ("Engineer, contractor", "", "contract"),
        ("Engineer", "This is a full-time position.", "full_time"),
        ("Engineer", "This is a full-time role or a part-time role.", "unknown"),
        ("Engineer, contract", "This is a full-time position.", "contract"),
        ("Engineer", "We sign contracts with large firms all the time.", "unknown"),
    ],
)
def test_kind_of_employment(title: str, text: str, kind: str) -> None:
    assert work_of(text, (title,), 0)[1] == kind
