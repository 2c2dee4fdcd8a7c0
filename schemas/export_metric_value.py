"""One row per occupation, skill, metric, source group, geography and period: the canonical long table."""

from pandera.dtypes import Date

from schemas import columns, vocabulary
from schemas.table import ListOfText, Table, keys


class ExportMetricValue(Table):
    """One row per occupation, skill, metric, source group, geography and period: the canonical long table."""

    occupation_id: str = columns.occupation_id()
    skill_id: str = columns.column(
        "Skill, opaque id; null for metrics of the occupation", nullable=True, str_matches=columns.SKILL_ID
    )
    occupation: str = columns.occupation()
    skill: str = columns.column(
        "Skill by slug; null for metrics of the occupation", nullable=True, str_matches=columns.SLUG
    )
    metric: str = columns.metric()
    source_group: str = columns.source_group()
    geo: str = columns.geo()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    value: float = columns.column("The estimate", unit="see unit", nullable=True)
    value_shrunken: float = columns.value_shrunken()
    observational: bool = columns.observational()
    label: str = columns.column("The estimate where it is a category", nullable=True)
    label_rule: str = columns.label_rule(nullable=True)
    unit: str = columns.column("Unit of the value", isin=vocabulary.UNITS)
    currency: str = columns.column(
        "Currency of the value, ISO 4217", nullable=True, str_matches=r"^[A-Z]{3}$"
    )
    denominator: str = columns.column("What the value is a share of, in words", nullable=True)
    n: int = columns.column(
        "Observations behind the number; its numerator where it is a share counted here",
        unit="see n_unit",
        nullable=True,
        ge=0,
    )
    n_numerator: int = columns.column(
        "Families that ask for the skill", unit="see n_unit", nullable=True, ge=0
    )
    n_denominator: int = columns.column("Families of the cell", unit="see n_unit", nullable=True, ge=0)
    n_effective: float = columns.n_effective()
    n_unit: str = columns.column("What n counts", nullable=True)
    n_employers: int = columns.n_employers(nullable=True)
    ci_low: float = columns.column("Lower end of the interval", unit="see unit", nullable=True)
    ci_high: float = columns.column("Upper end of the interval", unit="see unit", nullable=True)
    ci_level: float = columns.ci_level()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()
    basis: str = columns.column("Computed here or quoted", nullable=True, isin=vocabulary.BASES)
    method_version: str = columns.method_version()
    source_ids: ListOfText = columns.source_ids()
    as_of: Date = columns.as_of()

    class Config:
        metadata = keys(
            ["occupation", "skill", "metric", "source_group", "geo", "period_start", "period_end"],
            number_or_reason=(
                "(value IS NULL AND label IS NULL) = "
                "(status IN ('suppressed', 'missing', 'not_applicable', 'withdrawn'))",
                "a number is never beside a status that has none, nor missing beside one that has",
            ),
            reason_unless_ok=(
                "(reason IS NULL) = (status = 'ok')",
                "every status but ok has a reason",
            ),
            interval_with_number=(
                "(ci_low IS NULL) = (ci_high IS NULL) AND (ci_low IS NULL) = (ci_level IS NULL)",
                "both ends and the level of an interval come together",
            ),
            computed_number_has_interval=(
                "value IS NULL OR basis <> 'computed' OR ci_low IS NOT NULL",
                "a computed number carries its interval",
            ),
            value_inside_interval=(
                "ci_low <= value AND value <= ci_high",
                "an interval contains its estimate",
            ),
            suppressed_tells_nothing=(
                "status <> 'suppressed' OR (n IS NULL AND n_numerator IS NULL AND n_denominator IS NULL "
                "AND n_effective IS NULL AND n_employers IS NULL AND ci_low IS NULL)",
                "a suppressed row carries no count and no interval",
            ),
            share_between_0_and_1=(
                "unit <> 'share' OR value IS NULL OR (value >= 0 AND value <= 1)",
                "a share lies between 0 and 1",
            ),
            counts_ordered=(
                "n_numerator <= n_denominator",
                "no more families with the skill than families",
            ),
            number_has_source=(
                "status NOT IN ('ok', 'low_reliability') OR len(source_ids) > 0",
                "a number names its sources",
            ),
            callback_effect_is_a_ratio=(
                "metric <> 'callback_effect' OR (unit = 'ratio' AND source_group = 'all' AND geo = 'all')",
                "a callback effect is a ratio and speaks of no part of the adverts",
            ),
            premium_is_observational=(
                "metric <> 'pay_premium' OR observational",
                "a pay premium is never more than observational",
            ),
            label_has_rule=(
                "(label IS NULL) = (label_rule IS NULL)",
                "a label names the rule it is given by",
            ),
            share_is_its_counts=(
                "unit <> 'share' OR basis <> 'computed' OR value IS NULL "
                "OR abs(value - n_numerator / n_denominator) < 0.000001",
                "the share is its numerator over its denominator",
            ),
        )
