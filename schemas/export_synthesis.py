"""One row per claim and measure: the pooled effect, or why there is none."""

from schemas import columns
from schemas import evidence_columns as evidence
from schemas import evidence_vocabulary as words
from schemas.table import ListOfText, Table, keys


class ExportSynthesis(Table):
    """One row per claim and measure: the pooled effect, or why there is none."""

    claim: str = evidence.claim()
    claim_type: str = evidence.claim_type()
    measure: str = evidence.measure()
    k: int = columns.column("Independent samples pooled, or at hand", unit="samples", ge=0)
    finding_ids: ListOfText = columns.column("Findings pooled, or at hand, sorted")
    left_out: ListOfText = columns.column("Findings of the claim that were left out, each with its reason")
    mu: float = columns.column("Pooled effect on the scale of the measure", unit="see measure", nullable=True)
    mu_se: float = columns.column("Standard error of mu", unit="see measure", nullable=True, gt=0)
    mu_low: float = columns.column("Lower end of the interval of mu", unit="see measure", nullable=True)
    mu_high: float = columns.column("Upper end of the interval of mu", unit="see measure", nullable=True)
    value: float = columns.column("The estimate", unit="see unit", nullable=True)
    unit: str = evidence.unit()
    ci_low: float = evidence.ci_low()
    ci_high: float = evidence.ci_high()
    ci_level: float = columns.ci_level()
    prediction_low: float = columns.column(
        "Lower end of the 95 % prediction interval", unit="see unit", nullable=True
    )
    prediction_high: float = columns.column(
        "Upper end of the 95 % prediction interval", unit="see unit", nullable=True
    )
    tau2: float = columns.column("Variance between studies", unit="see measure, squared", nullable=True, ge=0)
    i2: float = columns.column(
        "Share of variance that lies between studies", unit="percent", nullable=True, ge=0, le=100
    )
    q: float = columns.column("Cochran's Q", unit="chi-squared", nullable=True, ge=0)
    q_p: float = columns.column("p value of Q", unit="probability", nullable=True, ge=0, le=1)
    egger_p: float = columns.column(
        "p value of Egger's test; null below ten samples", unit="probability", nullable=True, ge=0, le=1
    )
    tau2_method: str = columns.column("How tau2 was estimated", nullable=True)
    test: str = columns.column("How the interval was made", nullable=True)
    certainty: str = columns.column("GRADE level after downgrades", nullable=True, isin=words.CERTAINTIES)
    certainty_start: str = columns.column("GRADE level by design", nullable=True, isin=words.CERTAINTIES)
    downgrades: ListOfText = columns.column("One reasoned line per downgrade")
    display_short: str = evidence.display_short()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()
    method_version: str = columns.method_version()

    class Config:
        metadata = keys(
            ["claim", "measure"],
            number_or_reason=(
                "(value IS NULL) = (status IN ('suppressed', 'missing', 'not_applicable', 'withdrawn'))",
                "a number is never beside a status that has none, nor missing beside one that has",
            ),
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
            pooled_of_two=("value IS NULL OR k >= 2", "a pooled number needs two independent samples"),
            heterogeneity_shown=(
                "value IS NULL OR (tau2 IS NOT NULL AND prediction_low IS NOT NULL AND i2 IS NOT NULL)",
                "tau2, I2 and the prediction interval stand beside every pooled number",
            ),
            value_inside_interval=(
                "ci_low <= value AND value <= ci_high",
                "an interval contains its estimate",
            ),
            interval_inside_prediction=(
                "prediction_low <= ci_low AND ci_high <= prediction_high",
                "a prediction interval is never narrower than the interval of the mean",
            ),
        )
