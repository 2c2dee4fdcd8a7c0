"""One row per occupation, period and skill that enough families ask for to be paired; numbered."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class WeightPairItem(Table):
    """One row per occupation, period and skill that enough families ask for to be paired; numbered."""

    item: int = columns.column("Number of a skill in a cell, in the order of both", unit="number", ge=1)
    cell: int = columns.column("Number of occupation and period", unit="number", ge=1)
    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    n_numerator: int = columns.n_numerator()
    n_denominator: int = columns.n_denominator()
    n_employers: int = columns.n_employers()
    top_employer_families: int = columns.top_employer_families()
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(
            ["item"],
            counts_ordered=(
                "n_numerator <= n_denominator",
                "no more families with the skill than families",
            ),
        )
