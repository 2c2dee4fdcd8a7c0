"""One row per number or legal fact of one study, as entered: nothing in it is computed by us."""

from pandera.dtypes import Date

from schemas import columns
from schemas import evidence_columns as evidence
from schemas.table import ListOfText, Table, keys


class CoreFinding(Table):
    """One row per number or legal fact of one study, as entered: nothing in it is computed by us."""

    finding_id: str = evidence.finding_id()
    study_id: str = evidence.study_id()
    claim: str = evidence.claim(nullable=True)
    cohort: str = evidence.cohort()
    population: str = evidence.population()
    country: str = evidence.country()
    countries: ListOfText = evidence.countries()
    outcome: str = evidence.outcome()
    exposure: str = evidence.exposure(nullable=True)
    comparison: str = evidence.comparison(nullable=True)
    metric: str = evidence.metric()
    unit: str = evidence.unit()
    estimate: float = evidence.estimate()
    estimate_high: float = evidence.estimate_high()
    estimate_bound: str = evidence.estimate_bound()
    estimate_basis: str = evidence.estimate_basis()
    direction: str = evidence.direction()
    legal_status: str = evidence.legal_status()
    ci_low: float = evidence.ci_low()
    ci_high: float = evidence.ci_high()
    ci_level: float = columns.ci_level()
    se: float = evidence.se()
    se_scale: str = evidence.se_scale()
    p: float = evidence.p()
    p_tests: str = evidence.p_tests()
    n: int = evidence.n()
    n_unit: str = evidence.n_unit()
    denominator: str = evidence.denominator()
    ai: int = evidence.ai()
    n1i: int = evidence.n1i()
    ci: int = evidence.ci()
    n2i: int = evidence.n2i()
    clustering: str = evidence.clustering()
    attribute_randomised: str = evidence.attribute_randomised()
    modality: str = evidence.modality()
    better_if: str = evidence.better_if()
    locator: str = evidence.locator()
    read_at: str = evidence.read_at()
    stated: str = evidence.stated()
    source_level: str = evidence.source_level()
    coder: str = evidence.coder()
    second_coder: str = evidence.second_coder()
    verified_on: Date = evidence.verified_on()
    replicated_by: ListOfText = evidence.replicated_by()
    contradicted_by: ListOfText = evidence.contradicted_by()
    note: str = evidence.note()

    class Config:
        metadata = keys(
            ["finding_id"],
            number_with_unit=(
                "(estimate IS NULL) = (unit IS NULL)",
                "a number has a unit, and a unit a number",
            ),
            stated_with_number=(
                "estimate IS NULL OR stated IS NOT NULL",
                "a number comes with its printed form",
            ),
            interval_whole=(
                "(ci_low IS NULL) = (ci_high IS NULL) AND (ci_low IS NULL) = (ci_level IS NULL)",
                "both ends and the level of an interval come together",
            ),
            interval_contains_estimate=(
                "ci_low <= estimate AND estimate <= ci_high",
                "an interval contains its estimate",
            ),
            counts_whole=(
                "(ai IS NULL) = (n1i IS NULL) AND (ai IS NULL) = (ci IS NULL)"
                " AND (ai IS NULL) = (n2i IS NULL)",
                "the four counts come together",
            ),
            counts_possible=("ai <= n1i AND ci <= n2i", "no more events than members"),
            effect_needs_assignment=(
                "metric NOT IN ('callback_ratio', 'callback_diff_pp', 'pct_change', 'smd', 'direction_only')"
                " OR attribute_randomised IN ('yes', 'as_good_as')",
                "an effect metric needs an attribute that was assigned, not merely observed",
            ),
        )
