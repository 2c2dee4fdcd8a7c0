"""One row per role, mapped code and published skill: the share among the code's families against the role's."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightTaxonomyShare(Table):
    """One row per role, mapped code and published skill: the share among the code's families against the role's."""

    occupation: str = columns.occupation()
    scheme: str = columns.scheme()
    code: str = columns.code()
    min_confidence: float = columns.min_confidence()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    code_numerator: int = columns.column("Families of the code that ask for the skill", unit="families", ge=0)
    code_denominator: int = columns.column("Families of the code", unit="families", ge=0)
    role_numerator: int = columns.column("Families of the role that ask for the skill", unit="families", ge=0)
    role_denominator: int = columns.column("Families of the role", unit="families", ge=0)
    code_share: float = columns.code_share()
    role_share: float = columns.role_share()
    share_difference: float = columns.share_difference()
    share_difference_ci_low: float = columns.share_difference_ci_low()
    share_difference_ci_high: float = columns.share_difference_ci_high()
    effective_employers: float = columns.effective_employers()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()

    class Config:
        metadata = keys(
            ["occupation", "scheme", "code", "min_confidence", "period_start", "period_end", "skill_id"],
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
        )
