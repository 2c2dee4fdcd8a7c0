"""One row per occupation of the national OEWS table of a release: how many are employed in it."""

from schemas import columns
from schemas.table import Table, keys


class RawOewsEmployment(Table):
    """One row per occupation of the national OEWS table of a release: how many are employed in it."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    soc_code: str = columns.soc_code()
    soc_title: str = columns.column("Name of the occupation in OEWS", str_length={"min_value": 1})
    soc_level: str = columns.column(
        "Level of the code in the SOC", isin=("total", "major", "minor", "broad", "detailed")
    )
    n_employed: int = columns.column(
        "Employed people; null where withheld", unit="people", nullable=True, ge=0
    )

    class Config:
        # A broad group of one occupation stands twice, at two levels.
        metadata = keys(["snapshot_sha256", "soc_code", "soc_level"])
