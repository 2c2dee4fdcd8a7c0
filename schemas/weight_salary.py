"""One row per occupation, period and quantile of disclosed base pay, before any mask."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightSalary(Table):
    """One row per occupation, period and quantile of disclosed base pay, before any mask."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    quantile: float = columns.column("Share of adverts that pay no more", unit="share", gt=0, lt=1)
    pay_currency: str = columns.pay_currency()
    n_families: int = columns.n_families()
    n_paid: int = columns.column(
        "Of those, disclosing base pay for a year in that currency", unit="families", ge=1
    )
    n_employers_paid: int = columns.column("Employers among them", unit="employers", ge=1)
    n_employers_unpaid: int = columns.column("Employers with a family that does not", unit="employers", ge=0)
    top_employer_paid: int = columns.column("Families of the largest among them", unit="families", ge=1)
    pay_effective_employers: float = columns.column(
        "(sum m)^2 / sum m^2 over those employers' families m", unit="employers", ge=1
    )
    pay_quantile: int = columns.column(
        "The quantile of the middles of annual pay", unit="minor units of pay_currency per year", ge=0
    )
    pay_ci_low: int = columns.column(
        "Lower end of its interval", unit="minor units of pay_currency per year", ge=0
    )
    pay_ci_high: int = columns.column(
        "Upper end of its interval", unit="minor units of pay_currency per year", ge=0
    )
    pay_n_effective: float = columns.column(
        "Independent adverts the interval rests on", unit="families", ge=0
    )
    pay_variance: float = columns.column(
        "Delete-one-employer jackknife variance of the share of adverts that pay no more; null with one employer",
        unit="share squared",
        nullable=True,
        ge=0,
    )

    class Config:
        metadata = keys(
            ["occupation", "period_start", "period_end", "quantile"],
            quantile_inside_interval=(
                "pay_ci_low <= pay_quantile AND pay_quantile <= pay_ci_high",
                "an interval contains its estimate",
            ),
            pay_within_families=("n_paid <= n_families", "no more adverts with pay than adverts"),
        )
