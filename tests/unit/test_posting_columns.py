from collections import Counter

import pytest

from transforms.drop import POSTING_FIELDS
from transforms.parsed import FileRejected
from transforms.posting_columns import SYNONYMS, map_columns, plain_name


def mapped(
    names: list[str], declared: dict[str, tuple[str, ...]] | None = None
) -> tuple[dict[str, tuple[str, ...]], Counter[str]]:
    counts = Counter[str]()
    return map_columns(names, declared or {}, "jobs.csv", counts), counts


def test_every_field_has_synonyms_in_plain_names() -> None:
    assert set(SYNONYMS) == set(POSTING_FIELDS)
    for field, names in SYNONYMS.items():
        assert all(plain_name(name) == name for name in names), field
        assert len(set(names)) == len(names), field


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("hiringOrganization", "hiring organization"),
        ("Job_Title ", "job title"),
        ("Full-Time/Part-Time", "full time part time"),
        ("ID", "id"),
    ],
)
def test_plain_names(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_declared_columns_are_taken_and_nothing_else_is_guessed() -> None:
    found, counts = mapped(
        ["Job", "Duties", "Needs", "company"], {"title": ("Job",), "text": ("Duties", "Needs")}
    )
    assert found == {"title": ("Job",), "text": ("Duties", "Needs")}
    assert counts == {}


def test_declared_names_forgive_case_and_separators() -> None:
    found, counts = mapped(["job_title"], {"title": ("Job Title",)})
    assert found == {"title": ("job_title",)}
    assert counts == {}


def test_without_columns_the_header_is_read() -> None:
    found, counts = mapped(
        [
            "index",
            "Job ID",
            "Business Title",
            "Civil Service Title",
            "Agency",
            "Salary Range From",
            "Posting Date",
            "Job Description",
            "Minimum Qual Requirements",
            "Preferred Skills",
        ]
    )
    assert found == {
        "id": ("Job ID",),
        "title": ("Business Title",),
        "company": ("Agency",),
        "text": ("Job Description", "Minimum Qual Requirements", "Preferred Skills"),
        "posted_on": ("Posting Date",),
        "pay_min": ("Salary Range From",),
    }
    assert counts["column_inferred:title=Business Title"] == 1


def test_a_declared_column_that_is_absent_is_counted_and_its_group_inferred() -> None:
    found, counts = mapped(
        ["Job Title", "Salary From", "Salary To", "Location City", "State", "Sector"],
        {"title": ("Job Title",), "pay": ("Salary Estimate",), "place": ("Location",)},
    )
    assert found == {
        "title": ("Job Title",),
        "place": ("Location City", "State"),
        "pay_min": ("Salary From",),
        "pay_max": ("Salary To",),
    }
    assert counts["column_missing:pay"] == counts["column_missing:place"] == 1


def test_one_of_several_declared_columns_may_be_absent() -> None:
    found, counts = mapped(["Job", "Duties"], {"title": ("Job",), "text": ("Duties", "Needs")})
    assert found["text"] == ("Duties",)
    assert counts == {"column_missing:text": 1}


def test_no_title_and_no_text_names_the_header_and_the_cure() -> None:
    with pytest.raises(FileRejected, match="neither a title nor a text") as caught:
        mapped(["a", "b"])
    assert caught.value.rule == "no_title_or_text"
    assert "['a', 'b']" in caught.value.reason
    assert "add `postings.columns` to the manifest" in caught.value.reason


def test_a_missing_header_line_is_suspected() -> None:
    with pytest.raises(FileRejected, match="is the header line missing") as caught:
        mapped(["Welder", "42000", "You weld. You like it."], {"title": ("title",), "text": ("text",)})
    assert "title: title; text: text" in caught.value.reason


def test_a_title_alone_is_enough() -> None:
    assert mapped(["position"])[0] == {"title": ("position",)}
