"""One row per finding and skill or occupation it bears on, with its directness."""

from schemas import columns
from schemas import evidence_columns as evidence
from schemas.table import Table, keys


class ExportFindingLink(Table):
    """One row per finding and skill or occupation it bears on, with its directness."""

    finding_id: str = evidence.finding_id()
    skill: str = columns.column("Skill by slug", nullable=True, str_matches=columns.SLUG)
    occupation: str = columns.column("Occupation by slug", nullable=True, str_matches=columns.SLUG)
    directness: str = evidence.directness()
    is_indirect: bool = columns.column("The finding is about something wider than the skill or occupation")
    claim: str = evidence.claim(nullable=True)
    claim_type: str = evidence.claim_type(nullable=True)
    cohort: str = evidence.cohort()
    relevance: str = columns.column("Why the finding bears on it", nullable=True)

    class Config:
        metadata = keys(
            ["finding_id", "skill", "occupation"],
            unbound_is_economy_wide=(
                "skill IS NOT NULL OR occupation IS NOT NULL OR directness = 'economy_wide'",
                "a finding linked to nothing in particular is economy-wide",
            ),
            indirect_unless_exact=("is_indirect = (directness <> 'exact')", "only exact is direct"),
        )
