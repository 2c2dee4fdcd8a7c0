"""Records of bibliographic services, in their documented shapes, brought to one."""

import json
from typing import Any

import pytest

from tests.fake_services import CSV_HEAD
from transforms.evidence.record import (
    Record,
    RecordFault,
    crossref_record,
    openalex_record,
    plain_doi,
    watch_records,
)

DOI = "10.1126/science.adh2586"
WORK: dict[str, Any] = {
    "DOI": "10.1126/science.ADH2586",
    "type": "journal-article",
    "title": ["An invented title"],
    "issued": {"date-parts": [[2023, 7, 14]]},
    "update-to": [],
}


def crossref(**changes: Any) -> Record:
    return crossref_record(DOI, json.dumps({"status": "ok", "message": WORK | changes}).encode())


def row(nature: str, day: str, doi: str = DOI, notice: str = "10.1000/notice") -> str:
    return f'1,"A, title",,,,,,,,,{day},{notice},0,1/1/2001 0:00,{doi},0,{nature},+Reason;,No,'


def watch(*rows: str, head: str = CSV_HEAD) -> Record:
    return watch_records("\n".join([head, *rows]).encode("latin-1"), [DOI]).records[DOI]


def test_a_plain_crossref_record() -> None:
    assert crossref() == Record(DOI, title="An invented title", year=2023)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("retraction", "retracted"),
        ("withdrawal", "retracted"),
        ("removal", "retracted"),
        ("Retraction", "retracted"),
        ("expression-of-concern", "concern"),
        ("partial_retraction", "concern"),
        ("expression_of_concern", "concern"),
        ("corrigendum", "corrected"),
        ("erratum", "corrected"),
    ],
)
def test_updates_of_a_work_are_read(kind: str, field: str) -> None:
    record = crossref(**{"updated-by": [{"DOI": "10.1000/N", "type": kind, "source": "retraction-watch"}]})
    said = {name for name in ("retracted", "concern", "corrected") if getattr(record, name)}
    assert (said, record.notice_doi) == ({field}, "10.1000/n")


def test_another_update_says_nothing_against_a_work() -> None:
    assert crossref(**{"updated-by": [{"DOI": "10.1000/n", "type": "new_version"}]}) == crossref()


@pytest.mark.parametrize("title", ["RETRACTED: An invented title", "[Withdrawn] An invented title"])
def test_a_title_marked_by_the_publisher_counts(title: str) -> None:
    assert crossref(title=[title]).retracted


def test_a_title_about_retraction_does_not() -> None:
    assert not crossref(title=["Why papers are retracted"]).retracted


def test_missing_years_and_titles_are_none() -> None:
    assert crossref(issued={"date-parts": [[None]]}, title=[]) == Record(DOI)
    assert crossref(issued=None, title=None) == Record(DOI)


def test_a_working_paper_names_its_article() -> None:
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.1093/QJE/qjae044"}]}
    assert crossref(relation=relation).published_as == "10.1093/qje/qjae044"


def test_another_work_or_no_record_is_refused() -> None:
    with pytest.raises(RecordFault, match=r"answers with '10\.1000/other'"):
        crossref(DOI="10.1000/other")
    for body in (b"[]", b'{"message": []}', b"nonsense"):
        with pytest.raises(RecordFault):
            crossref_record(DOI, body)


def test_openalex() -> None:
    work = {
        "doi": f"https://doi.org/{DOI}",
        "title": "T",
        "publication_date": "2023-07-13",
        "is_retracted": True,
    }
    assert openalex_record(DOI, json.dumps(work).encode()) == Record(
        DOI, title="T", year=2023, retracted=True
    )
    with pytest.raises(RecordFault, match="is_retracted"):
        openalex_record(DOI, json.dumps(work | {"is_retracted": None}).encode())


def test_a_doi_without_a_row_is_not_known_and_nothing_is_said() -> None:
    assert watch(row("Retraction", "1/2/2020 0:00", doi="10.1000/other")) == Record(DOI, known=False)


def test_natures_of_rows_are_read() -> None:
    assert watch(row("Retraction", "1/2/2020 0:00")).retracted
    assert watch(row("Expression of concern", "1/2/2020 0:00")).concern
    assert watch(row("Correction", "1/2/2020 0:00")).corrected


def test_a_reinstatement_undoes_what_came_before_it_whatever_the_order_of_rows() -> None:
    retraction, back = row("Retraction", "1/2/2020 0:00"), row("Reinstatement", "12/1/2020 0:00")
    assert not watch(back, retraction).retracted
    assert watch(back, retraction, row("Retraction", "1/1/2021 0:00")).retracted


def test_addresses_cases_and_encodings_of_a_real_file_are_borne() -> None:
    odd = row("Retraction", "2020-02-01", doi=f"https://doi.org/{DOI.upper()}").replace("A, title", "\xe9")
    assert watch(odd, row("Retraction", "9/9/2020", doi="unavailable")).retracted
    semicolons = watch(
        row("Retraction", "1/2/2020 0:00").replace('"A, title"', "A").replace(",", ";"),
        head=CSV_HEAD.replace(",", ";"),
    )
    assert semicolons.retracted


def test_a_file_of_another_shape_is_refused() -> None:
    with pytest.raises(RecordFault, match="has no column OriginalPaperDOI, RetractionDOI"):
        watch_records(b"a,b\n1,2\n", [DOI])
    with pytest.raises(RecordFault, match="a day that cannot be read: 'yesterday'"):
        watch(row("Retraction", "yesterday"))


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/ABC", "10.1000/abc"),
        (" 10.1000/x.y ", "10.1000/x.y"),
        ("unavailable", None),
        ("", None),
    ],
)
def test_dois_are_found_in_texts(text: str, doi: str | None) -> None:
    assert plain_doi(text) == doi


@pytest.mark.parametrize(
    "changes",
    [
        {"updated-by": ["retraction"]},
        {"updated-by": {"type": "retraction"}},
        {"updated-by": "retraction"},
        {"issued": "2023"},
        {"issued": {"date-parts": 2023}},
        {"relation": {"is-preprint-of": ["10.1000/y"]}},
        {"title": [{"text": "An invented title"}]},
    ],
    ids=str,
)
def test_a_crossref_record_of_another_shape_is_refused_and_no_crash(changes: dict[str, Any]) -> None:
    with pytest.raises(RecordFault):
        crossref(**changes)


def test_a_title_that_is_no_list_is_read_whole() -> None:
    assert crossref(title="An invented title").title == "An invented title"
    assert crossref(title=[None]).title is None
