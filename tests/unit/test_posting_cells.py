from collections import Counter
from collections.abc import Sequence

import pytest

from transforms.posting_cells import (
    companies,
    field_cells,
    json_in,
    keys_from_ids,
    places,
    read_front_matter,
    text_format,
)

Cells = list[str | None]


def cleaned(field: str, *columns: Cells) -> tuple[Cells, Counter[str]]:
    counts = Counter[str]()
    return field_cells(field, columns, counts), counts


def test_missing_markers_become_null_and_are_counted_by_field() -> None:
    cells, counts = cleaned(
        "pay", ["-1", "nan", "NaN", "null", "None", "N/A", "", "  ", None, "-10", "Nancy", " x "]
    )
    assert cells == [None] * 9 + ["-10", "Nancy", "x"]
    assert counts == {"missing_marker:pay": 6}


def test_several_columns_are_joined_in_order_without_the_missing_ones() -> None:
    columns: Sequence[Cells] = (["a", None, "-1"], ["b", "c", None])
    assert cleaned("text", *columns)[0] == ["a\n\nb", "c", None]
    assert cleaned("place", *columns)[0] == ["a, b", "c", None]


def test_joined_texts_stand_below_the_names_of_their_columns() -> None:
    columns: Sequence[Cells] = (["a", None, "<p>a</p>", "&lt;li&gt;a"], ["b", "B_side: c", None, None])
    counts = Counter[str]()
    assert field_cells("text", columns, counts, headings=("Minimum_Skills", "b side")) == [
        "Minimum Skills\na\n\nb side\nb",
        "b side\nB_side: c",
        "<p>Minimum Skills</p>\n<p>a</p>",
        "&lt;p&gt;Minimum Skills&lt;/p&gt;\n&lt;li&gt;a",
    ]
    assert field_cells("text", [["a"]], counts, headings=("Text",)) == ["a"], "one column has no parts"
    said: Sequence[Cells] = (["Duties: a"], ["b"])
    assert field_cells("text", said, counts, headings=("Duties", "Skills")) == ["Duties: a\n\nSkills\nb"]


def test_scrambled_text_and_nul() -> None:
    cells, counts = cleaned("title", ["Caf\u00c3\u00a9", "S\u00c3\u00a9 \u2019", "a\0b\0"])
    assert cells == ["Caf\u00e9", "S\u00c3\u00a9 \u2019", "ab"]
    assert counts == {"mojibake_repaired": 1, "mojibake_left": 1, "nul_characters_removed": 2}


def test_companies() -> None:
    counts = Counter[str]()
    cells: Cells = [
        "Harbour\n3.8",
        "Harbour\n4",
        "Harbour\nLeith",
        '{"name": "Quay"}',
        '{"url": "x"}',
        "{odd",
        None,
        "\n3.8",
    ]
    assert companies(cells, counts) == [
        "Harbour",
        "Harbour",
        "Harbour\nLeith",
        "Quay",
        None,
        "{odd",
        None,
        None,
    ]
    assert counts == {"company_rating_cut": 3, "company_from_json": 2}


def test_places_and_countries() -> None:
    counts = Counter[str]()
    cells: Cells = [
        "Leith",
        None,
        '{"address": {"addressLocality": "Leith", "postalCode": "EH6", "addressCountry": "GB"}}',
        '[{"address": {"addressRegion": "Ohio", "addressCountry": {"name": "United States"}}}]',
        '{"addressLocality": "Faro", "addressCountry": "Portugal"}',
        '{"address": "somewhere"}',
    ]
    found, countries = places(cells, "FR", counts)
    assert found == ["Leith", None, "Leith, EH6", "Ohio", "Faro", None]
    assert countries == ["FR", "FR", "GB", "US", "FR", "FR"]
    assert counts == {"place_from_json": 4, "country_unknown": 1}


@pytest.mark.parametrize("cell", [None, "3", "{", "[1", '"a"', "true", "[" * 100_000])
def test_what_is_no_json(cell: str | None) -> None:
    assert json_in(cell) is None


def test_tracking_parameters_are_cut_from_addresses() -> None:
    counts = Counter[str]()
    cells: Cells = [
        "https://jobs.example/view/1/?eBP=abc&trackingId=x%3D",
        "https://jobs.example/view?job=2&utm_source=mail",
        "https://jobs.example/view?job=2&lang=",
        "who?utm_source=a",
        "https://[odd?utm_source=a",
        None,
    ]
    assert keys_from_ids(cells, counts) == [
        "https://jobs.example/view/1/",
        "https://jobs.example/view?job=2",
        "https://jobs.example/view?job=2&lang=",
        "who?utm_source=a",
        "https://[odd?utm_source=a",
        None,
    ]
    assert counts == {"tracking_parameters_cut": 2}


@pytest.mark.parametrize(
    ("declared", "texts", "found"),
    [
        ("plain", ["<p>a</p>"], "plain"),
        (None, ["<p>a</p>", "b", "c"], "html"),
        (None, ["<p>a</p>", *"bcdefg"], "plain"),
        (None, ["&lt;p&gt;a", None], "escaped_html"),
        (None, ["a < b", "List<String>"], "plain"),
        (None, [], "plain"),
        (None, [None], "plain"),
    ],
)
def test_text_format(declared: str | None, texts: Cells, found: str) -> None:
    assert text_format(declared, texts, Counter()) == found


def test_front_matter_is_read_and_cut_off() -> None:
    counts = Counter[str]()
    texts: Cells = [
        "---\ntitle:  'Pier Engineer'\ncompany: Quay & Co\nlocation: Leith\ncontact:\n    email: a@b.ex\n"
        "created: !!timestamp '2016-12-06' # today\ntags:\n  - sea\n---\n\n# Duties\n\nBuild piers.\n",
        "---\r\ntitle: Cook\r\n---\r\nCook.",
        "title: Welder\ncompany: |\n---\nWeld.",
        "---\ntitle: no end",
        "Plain --- text",
        None,
    ]
    bodies, said = read_front_matter(texts, counts)
    assert bodies == [
        "# Duties\n\nBuild piers.",
        "Cook.",
        "Weld.",
        "---\ntitle: no end",
        "Plain --- text",
        None,
    ]
    assert said["title"] == ["Pier Engineer", "Cook", "Welder", None, None, None]
    assert said["company"] == ["Quay & Co", None, None, None, None, None]
    assert said["place"][0] == "Leith"
    assert said["posted_on"][0] == "2016-12-06"
    assert counts == {"front_matter_read": 3}


def test_texts_without_front_matter_are_left_alone() -> None:
    counts = Counter[str]()
    assert read_front_matter(["a", None], counts) == (["a", None], {})
    assert counts == {}


def test_half_a_character_in_nested_json_is_replaced() -> None:
    assert companies(['{"name": "Quay\\ud83d"}'], Counter()) == ["Quay\ufffd"]
