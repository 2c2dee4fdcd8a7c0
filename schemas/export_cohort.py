"""One row per cohort, with its findings or the search that found none."""

from schemas import columns
from schemas import evidence_columns as evidence
from schemas.table import ListOfText, Table, keys


class ExportCohort(Table):
    """One row per cohort, with its findings or the search that found none."""

    cohort: str = evidence.cohort()
    cohort_label: str = columns.column("Name of the cohort, for display", str_length={"min_value": 1})
    cohort_definition: str = columns.column("Who belongs to it", str_length={"min_value": 1})
    n_findings: int = evidence.n_findings()
    n_published: int = evidence.n_published()
    search_ids: ListOfText = evidence.search_ids()
    status: str = columns.status()
    reason: str = columns.reason()

    class Config:
        metadata = keys(
            ["cohort"],
            evidence_or_search=(
                "n_findings > 0 OR len(search_ids) > 0",
                "a cohort has findings or a logged search that found none",
            ),
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
        )
