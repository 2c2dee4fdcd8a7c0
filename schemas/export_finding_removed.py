"""One row per finding left out because its study was retracted or is in doubt, and on whose word."""

from pandera.dtypes import Date

from schemas import columns
from schemas import evidence_columns as evidence
from schemas import evidence_vocabulary as words
from schemas.table import Table, keys


class ExportFindingRemoved(Table):
    """One row per finding left out because its study was retracted or is in doubt, and on whose word."""

    finding_id: str = evidence.finding_id()
    study_id: str = evidence.study_id()
    doi: str = evidence.doi()
    removal_kind: str = columns.column("What took the finding out", isin=words.REMOVAL_KINDS)
    told_by: str = evidence.told_by(isin=(*words.BIBLIOGRAPHIES, "study file"))
    told_since: Date = evidence.told_since(nullable=True)

    class Config:
        metadata = keys(
            ["finding_id"],
            service_has_day=(
                "(told_by = 'study file') = (told_since IS NULL)",
                "a service's word has its day; that of the study file has none",
            ),
        )
