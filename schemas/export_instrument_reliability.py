"""One row per reliability coefficient of an assessment instrument; whole or not at all."""

from pandera.dtypes import Date

from schemas import columns
from schemas import evidence_columns as evidence
from schemas import evidence_vocabulary as words
from schemas.table import Table, keys


class ExportInstrumentReliability(Table):
    """One row per reliability coefficient of an assessment instrument; whole or not at all."""

    instrument: str = columns.column("Assessment instrument", str_length={"min_value": 1})
    coefficient: str = columns.column("Name of the coefficient", str_length={"min_value": 1})
    reliability_type: str = columns.column("What kind of reliability", isin=words.RELIABILITY_TYPES)
    value: float = columns.column("The estimate", unit="see unit")
    unit: str = columns.column("Unit of the value", isin=("correlation", "agreement"))
    ci_low: float = evidence.ci_low()
    ci_high: float = evidence.ci_high()
    ci_level: float = columns.ci_level()
    n: int = columns.column(
        "Observations behind the number; its numerator where it is a share counted here",
        unit="see n_unit",
        ge=2,
    )
    n_unit: str = columns.column("What n counts")
    interval_days: int = columns.column(
        "Days between the two measurements; null unless test and retest", unit="days", nullable=True, ge=0
    )
    population: str = evidence.population()
    citation: str = evidence.citation()
    doi: str = evidence.doi()
    url: str = evidence.url()
    locator: str = evidence.locator()
    stated: str = evidence.stated()
    source_level: str = evidence.source_level()
    verified_on: Date = evidence.verified_on()

    class Config:
        metadata = keys(
            ["instrument", "reliability_type", "coefficient", "population"],
            value_is_a_coefficient=("value >= -1 AND value <= 1", "a coefficient lies between -1 and 1"),
            interval_whole=(
                "ci_low IS NOT NULL AND ci_high IS NOT NULL AND ci_level IS NOT NULL",
                "the row has its interval",
            ),
            value_inside_interval=(
                "ci_low <= value AND value <= ci_high",
                "an interval contains its estimate",
            ),
            retest_has_interval=(
                "reliability_type <> 'test_retest' OR interval_days IS NOT NULL",
                "a retest coefficient says after how many days",
            ),
            source_named=("doi IS NOT NULL OR url IS NOT NULL", "a coefficient has a source"),
            source_read=(
                "source_level IN ('primary', 'abstract')",
                "read at the primary source or its abstract",
            ),
        )
