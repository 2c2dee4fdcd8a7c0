"""One row per alternate title of an O*NET-SOC occupation in a release."""

from schemas import columns
from schemas.table import Table, keys


class RawOnetAlternateTitle(Table):
    """One row per alternate title of an O*NET-SOC occupation in a release."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    onet_soc_code: str = columns.onet_soc_code()
    alternate_title: str = columns.column("Another title of the occupation", str_length={"min_value": 1})
    short_title: str = columns.column("Short form of the title", nullable=True)

    class Config:
        metadata = keys(
            ["snapshot_sha256", "onet_soc_code", "alternate_title"],
        )
