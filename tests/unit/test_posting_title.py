import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.table import all_tables
from transforms.posting_title import LONGEST, posting_title, title_batch


def test_the_title_of_the_source_is_taken_as_it_is_but_for_case_blanks_and_entities() -> None:
    assert posting_title(" Baker &amp;\n Pastry  Cook ", "Acme | Plumber | Oslo", "plain") == (
        "baker & pastry cook",
        1,
    )


def test_without_one_the_header_names_it_and_all_it_names_are_counted() -> None:
    assert posting_title(None, "<p>Acme | Backend Engineer | Oslo</p>", "html") == ("backend engineer", 1)
    two = "Acme | Backend Engineer | Frontend Developer | Oslo"
    assert posting_title("  ", two, "plain") == ("backend engineer", 2)


def test_an_advert_may_name_none() -> None:
    assert posting_title(None, "We like tea.", "plain") == ("", 0)
    assert posting_title(None, None, "plain") == ("", 0)


def test_prose_in_the_title_is_cut() -> None:
    assert len(posting_title("word " * 500, None, "plain")[0]) <= LONGEST


def test_a_batch_is_in_order_of_version_whatever_order_it_comes_in() -> None:
    rows = [
        {"posting_version": f"{n:032d}", "title": title, "text": None, "text_format": "plain"}
        for n, title in ((2, "Cook"), (1, None))
    ]
    made = title_batch("0" * 16, pa.Table.from_pylist(rows))
    assert made.schema == arrow_schema(all_tables()["core_posting_title"])
    assert [(row["title_text"], row["n_titles"]) for row in made.to_pylist()] == [("", 0), ("cook", 1)]
    assert made.equals(title_batch("0" * 16, pa.Table.from_pylist(rows[::-1])))
