"""One row per O*NET-SOC occupation of a release."""

from schemas import columns
from schemas.table import Table, keys


class RawOnetOccupation(Table):
    """One row per O*NET-SOC occupation of a release."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    onet_soc_code: str = columns.onet_soc_code()
    onet_title: str = columns.column("Title of the occupation in O*NET", str_length={"min_value": 1})
    description: str = columns.description()

    class Config:
        metadata = keys(
            ["snapshot_sha256", "onet_soc_code"],
        )
