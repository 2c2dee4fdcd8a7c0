"""One row per version of a study, as entered in config/studies."""

from schemas import columns
from schemas import evidence_columns as evidence
from schemas.table import ListOfText, Table, keys


class CoreStudy(Table):
    """One row per version of a study, as entered in config/studies."""

    study_id: str = evidence.study_id()
    file: str = columns.file()
    study_title: str = evidence.study_title()
    authors: str = evidence.authors()
    year: int = evidence.year()
    venue: str = evidence.venue()
    doi: str = evidence.doi()
    url: str = evidence.url()
    design: str = evidence.design()
    sponsor: str = evidence.sponsor()
    is_vendor: bool = evidence.is_vendor()
    vendor_disclosure: str = evidence.vendor_disclosure()
    study_status: str = evidence.study_status()
    superseded_by: str = evidence.superseded_by()
    sample_group: str = evidence.sample_group()
    preregistered: bool = evidence.preregistered()
    randomised_attributes: ListOfText = columns.column(
        "Exposures the design assigned at random, in the words of its findings"
    )
    includes_samples: ListOfText = columns.column("Sample groups a meta-analysis contains, as far as known")
    content_sha256: str = evidence.content_sha256()

    class Config:
        metadata = keys(
            ["study_id"],
            source_named=("doi IS NOT NULL OR url IS NOT NULL", "a study has a DOI or an address"),
            vendor_disclosed=(
                "NOT is_vendor OR vendor_disclosure IS NOT NULL",
                "a vendor's study carries its disclosure",
            ),
            superseded_names_successor=(
                "study_status <> 'superseded' OR superseded_by IS NOT NULL",
                "a superseded study names what replaced it",
            ),
        )
