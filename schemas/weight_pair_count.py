"""One row per two rows of weight_pair_item that enough families have together: what is counted of both."""

from schemas import columns
from schemas.table import Table, keys


class WeightPairCount(Table):
    """One row per two rows of weight_pair_item that enough families have together: what is counted of both."""

    item: int = columns.column("Number of a skill in a cell, in the order of both", unit="number", ge=1)
    paired_item: int = columns.column("Number of the other skill, larger than item", unit="number", ge=1)
    n_both: int = columns.n_both()
    n_employers_both: int = columns.column(
        "Employers asking for both; this and the next three columns are null where the counts of the two skills "
        "alone tell that there are enough, or that too few families ask",
        unit="employers",
        nullable=True,
        ge=0,
    )
    top_employer_families_both: int = columns.column(
        "Families with both of the employer that has most; null as the column before",
        unit="families",
        nullable=True,
        ge=0,
    )
    n_employers_always: int = columns.column(
        "Employers whose families with the skill all ask for the other; null as the column before",
        unit="employers",
        nullable=True,
        ge=0,
    )
    n_employers_paired_always: int = columns.column(
        "Employers whose families with the other skill all ask for the first; null as the column before",
        unit="employers",
        nullable=True,
        ge=0,
    )

    class Config:
        metadata = keys(
            ["item", "paired_item"],
            each_pair_once=("item < paired_item", "a pair stands once, the smaller number first"),
        )
