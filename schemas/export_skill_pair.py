"""One row per occupation, period and ordered pair of skills the mask lets out, given the first skill."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class ExportSkillPair(Table):
    """One row per occupation, period and ordered pair of skills the mask lets out, given the first skill."""

    occupation_id: str = columns.occupation_id()
    skill_id: str = columns.skill_id()
    paired_skill_id: str = columns.paired_skill_id()
    occupation: str = columns.occupation()
    skill: str = columns.skill()
    paired_skill: str = columns.column("The other skill by slug", str_matches=columns.SLUG)
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    n_both: int = columns.n_both()
    n_skill: int = columns.n_skill()
    n_paired: int = columns.n_paired()
    n_families: int = columns.n_families()
    n_expected: float = columns.column(
        "Families expected to ask for both if the two were independent", unit="families", ge=0
    )
    share_given_skill: float = columns.column(
        "Share of the skill's families that also ask for the other", unit="share", ge=0, le=1
    )
    share_given_skill_ci_low: float = columns.column("Lower end of its interval", unit="share", ge=0, le=1)
    share_given_skill_ci_high: float = columns.column("Upper end of its interval", unit="share", ge=0, le=1)
    lift: float = columns.column("n_both over n_expected", unit="ratio", ge=0)
    lift_ci_low: float = columns.column("Lower end of its interval", unit="ratio", ge=0)
    lift_ci_high: float = columns.column("Upper end of its interval", unit="ratio", ge=0)
    npmi: float = columns.column("Normalised pointwise mutual information", unit="-1 to 1", ge=-1, le=1)
    lift_eb05: float = columns.lift_eb05()
    p_value: float = columns.p_value()
    q_value: float = columns.q_value()
    ci_level: float = columns.ci_level()
    conditional_on_skill: bool = columns.column(
        "Always true: the row speaks of families that ask for the first skill"
    )
    method_version: str = columns.method_version()
    source_ids: ListOfText = columns.source_ids()
    as_of: Date = columns.as_of()

    class Config:
        metadata = keys(
            ["occupation", "skill", "paired_skill", "period_start", "period_end"],
            lift_inside_interval=(
                "lift_ci_low <= lift AND lift <= lift_ci_high",
                "an interval contains its estimate",
            ),
            share_inside_interval=(
                "share_given_skill_ci_low <= share_given_skill "
                "AND share_given_skill <= share_given_skill_ci_high",
                "an interval contains its estimate",
            ),
        )
