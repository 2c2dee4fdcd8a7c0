"""One row per role, mapped code, skill and confidence: how the share moves if the code draws the line."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class ExportTaxonomySensitivity(Table):
    """One row per role, mapped code, skill and confidence: how the share moves if the code draws the line."""

    occupation_id: str = columns.occupation_id()
    skill_id: str = columns.skill_id()
    occupation: str = columns.occupation()
    skill: str = columns.skill()
    scheme: str = columns.scheme()
    code: str = columns.code()
    code_label: str = columns.code_label()
    relation: str = columns.relation()
    min_confidence: float = columns.min_confidence()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    code_share: float = columns.code_share()
    role_share: float = columns.role_share()
    share_difference: float = columns.share_difference()
    share_difference_ci_low: float = columns.share_difference_ci_low()
    share_difference_ci_high: float = columns.share_difference_ci_high()
    ci_level: float = columns.ci_level()
    n_numerator: int = columns.column(
        "Families that ask for the skill", unit="see n_unit", nullable=True, ge=0
    )
    n_denominator: int = columns.column("Families of the cell", unit="see n_unit", nullable=True, ge=0)
    n_unit: str = columns.column("What n counts", nullable=True)
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()
    method_version: str = columns.method_version()
    as_of: Date = columns.as_of()

    class Config:
        metadata = keys(
            ["occupation", "skill", "scheme", "code", "min_confidence", "period_start", "period_end"],
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
            number_or_reason=(
                "(code_share IS NOT NULL) = (status IN ('ok', 'low_reliability'))",
                "a number where the status carries one, and only there",
            ),
        )
