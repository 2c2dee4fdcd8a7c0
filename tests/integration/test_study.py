"""skillweights study: a form that checks itself, all faults at once, what an entry comes to."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from flows.configuration import CONFIG_FOLDER
from flows.study import StudyFault, check_studies, new_study, show_study
from transforms.evidence.fault import EvidenceFault
from warehouse.bibliography import store_checks
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONFIG_FOLDER, tmp_path / "config")
    return tmp_path / "config"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home", threads=1)


def test_a_new_form_is_toml_and_its_empty_fields_are_named(folder: Path, settings: Settings) -> None:
    path = new_study("EX2020", "2020-nobody", today=TODAY, folder=folder)
    assert path == folder / "studies/2020-nobody.toml"
    with pytest.raises(EvidenceFault) as fault:
        check_studies(settings, folder=folder)
    told = str(fault.value)
    for field in ("title", "authors", "venue", "design"):
        assert f"{field} = ''" in told
    assert {entry.where.split(":")[0] for entry in fault.value.faults} == {"config/studies/2020-nobody.toml"}


def test_a_form_never_replaces_a_file_or_an_entry(folder: Path) -> None:
    with pytest.raises(StudyFault) as fault:
        new_study("NZ2023", "2023-noy", today=TODAY, folder=folder)
    assert "2023-noy.toml exists" in str(fault.value)
    assert "NZ2023 is entered already: config/studies/2023-noy.toml" in str(fault.value)


@pytest.mark.parametrize(
    ("study_id", "name"), [("ex", "2020-nobody"), ("EX2020", "nobody"), ("EX2020", "2020-../x")]
)
def test_names_that_cannot_be_are_refused(folder: Path, study_id: str, name: str) -> None:
    before = sorted((folder / "studies").iterdir())
    with pytest.raises(StudyFault, match="is no"):
        new_study(study_id, name, today=TODAY, folder=folder)
    assert sorted((folder / "studies").iterdir()) == before


def test_the_registry_of_the_project_passes(settings: Settings) -> None:
    assert check_studies(settings) == (
        "58 studies, 86 findings, no fault; 0 of 19 studies with a DOI were ever checked "
        "(skillweights bibliography)"
    )


@pytest.mark.slow
def test_a_study_is_shown_with_lines_warnings_and_checks(settings: Settings) -> None:
    check = {
        "doi": "10.1126/science.adh2586",
        "told_by": "crossref",
        "known": True,
        "record_title": "Something else altogether",
        "record_year": 2023,
        "retracted": False,
        "concern": False,
        "corrected": True,
        "published_as": None,
        "notice_doi": None,
        "checked_on": date(2026, 11, 22),
        "told_since": date(2026, 11, 20),
        "answer_sha256": "0" * 64,
    }
    assert "never checked against a bibliography" in show_study(settings, "NZ2023", as_of=TODAY)
    right = check | {"record_title": "Experimental evidence on the productivity effects of generative AI"}
    with open_warehouse(settings) as warehouse:
        store_checks(warehouse, [right])
    told = show_study(settings, "NZ2023", as_of=TODAY)
    assert "NZ2023-time: Time taken, chatbot against no chatbot: −40 %; n = 453 professionals" in told
    assert (
        "crossref: corrected; title matches; year matches (since 2026-11-20, last asked 2026-11-22)" in told
    )
    with open_warehouse(settings) as warehouse:
        store_checks(warehouse, [check])
    with pytest.raises(EvidenceFault, match="title_mismatch: crossref knows it as"):
        show_study(settings, "NZ2023", as_of=TODAY)
    with pytest.raises(EvidenceFault, match="title_mismatch: crossref knows it as"):
        check_studies(settings)


def test_an_unknown_study_is_named_with_its_neighbours(settings: Settings) -> None:
    with pytest.raises(StudyFault, match="near: NZ2023, NZ2023WP"):
        show_study(settings, "nz2022", as_of=TODAY)
