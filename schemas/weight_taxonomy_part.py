"""One row per role, mapped code, skill and part: families with both, with the code alone, with the role alone."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightTaxonomyPart(Table):
    """One row per role, mapped code, skill and part: families with both, with the code alone, with the role alone."""

    occupation: str = columns.occupation()
    scheme: str = columns.scheme()
    code: str = columns.code()
    min_confidence: float = columns.min_confidence()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    part: str = columns.taxonomy_part()
    n_families: int = columns.n_families()
    n_with: int = columns.column("Of these, families that ask for the skill", unit="families", ge=0)
    n_employers_with: int = columns.column("Employers of those that ask", unit="employers", ge=0)
    n_employers_without: int = columns.column("Employers of those that do not", unit="employers", ge=0)
    top_employer_families: int = columns.top_employer_families()

    class Config:
        metadata = keys(
            [
                "occupation",
                "scheme",
                "code",
                "min_confidence",
                "period_start",
                "period_end",
                "skill_id",
                "part",
            ],
            with_within_part=("n_with <= n_families", "no more families with the skill than families"),
        )
