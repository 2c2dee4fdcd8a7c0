"""One row per role, mapped code and family that either of them draws in."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightTaxonomyMember(Table):
    """One row per role, mapped code and family that either of them draws in."""

    occupation: str = columns.occupation()
    scheme: str = columns.scheme()
    code: str = columns.code()
    min_confidence: float = columns.min_confidence()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    family_id: str = columns.family_id()
    employer_key: str = columns.employer_key()
    part: str = columns.taxonomy_part()

    class Config:
        metadata = keys(
            ["occupation", "scheme", "code", "min_confidence", "period_start", "period_end", "family_id"],
        )
