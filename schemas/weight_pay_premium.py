"""One row per occupation, period and skill with a published share: what its adverts pay more, or why not told."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightPayPremium(Table):
    """One row per occupation, period and skill with a published share: what its adverts pay more, or why not told."""

    occupation: str = columns.occupation()
    skill_id: str = columns.skill_id()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    n_with_pay: int = columns.column(
        "Families of the cell that disclose base pay, in a currency that enough of them do",
        unit="families",
        ge=0,
    )
    n_employers_with_pay: int = columns.column("Employers among them", unit="employers", ge=0)
    n_without_pay: int = columns.column("Families of the cell that do not", unit="families", ge=0)
    n_employers_without_pay: int = columns.column(
        "Employers with a family that does not", unit="employers", ge=0
    )
    n_with_skill: int = columns.column("Of those families, with the skill", unit="families", ge=0)
    n_employers_with_skill: int = columns.column(
        "Employers among them with the skill", unit="employers", ge=0
    )
    n_employers_without_skill: int = columns.column("Employers among them without it", unit="employers", ge=0)
    premium: float = columns.column(
        "Log pay with the skill minus without, other things equal; unshrunken",
        unit="log points",
        nullable=True,
    )
    premium_se: float = columns.column(
        "Its standard error, CR2 by employer", unit="log points", nullable=True, gt=0
    )
    premium_df: float = columns.column(
        "Satterthwaite's degrees of freedom", unit="employers", nullable=True, gt=0
    )
    premium_ci_low: float = columns.column("Lower end of its interval", unit="log points", nullable=True)
    premium_ci_high: float = columns.column("Upper end of its interval", unit="log points", nullable=True)
    premium_cross: float = columns.column(
        "Sum over families of skill times log pay, both freed of what is held fixed",
        unit="log points",
        nullable=True,
    )
    premium_squares: float = columns.column(
        "Sum over families of the skill so freed, squared; the premium is the first sum over this one",
        unit="families",
        nullable=True,
        gt=0,
    )
    premium_shrunken: float = columns.value_shrunken()
    premium_mean: float = columns.column(
        "Weighted mean of the role's premiums, which the shrunken one is drawn to",
        unit="log points",
        nullable=True,
    )
    premium_spread: float = columns.column(
        "Variance between the role's premiums that their errors do not explain (Paule and Mandel)",
        unit="log points squared",
        nullable=True,
        ge=0,
    )
    n_controls: int = columns.column(
        "Other skills the double selection controls for", unit="skills", nullable=True, ge=0
    )
    premium_reason: str = columns.column(
        "Why there is no premium",
        nullable=True,
        isin=("insufficient_sample", "not_identifiable", "estimation_failed", "single_employer"),
    )

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            premium_or_reason=(
                "(premium IS NULL) = (premium_reason IS NOT NULL)",
                "a premium, or why there is none",
            ),
            premium_inside_interval=(
                "premium_ci_low <= premium AND premium <= premium_ci_high",
                "an interval contains its estimate",
            ),
            premium_has_interval=(
                "(premium IS NULL) = (premium_ci_low IS NULL) AND (premium IS NULL) = (premium_ci_high IS NULL)",
                "a premium carries its interval",
            ),
        )
