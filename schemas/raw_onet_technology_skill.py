"""One row per technology example of an O*NET-SOC occupation in a release."""

from schemas import columns
from schemas.table import Table, keys


class RawOnetTechnologySkill(Table):
    """One row per technology example of an O*NET-SOC occupation in a release."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    onet_soc_code: str = columns.onet_soc_code()
    technology_name: str = columns.column("Name of the technology in O*NET", str_length={"min_value": 1})
    commodity_code: str = columns.column(
        "UNSPSC commodity, as text; null from release 30.3 on, which has none",
        nullable=True,
        str_matches=r"^\d{8}$",
    )
    commodity_title: str = columns.column(
        "UNSPSC commodity title; from release 30.3 on the O*NET software category instead"
    )
    hot_technology: bool = columns.column("O*NET flags the technology as often named in postings")
    in_demand: bool = columns.column(
        "O*NET flags the technology as in demand for the occupation; null before release 27.1",
        nullable=True,
    )

    class Config:
        metadata = keys(
            ["snapshot_sha256", "onet_soc_code", "technology_name"],
        )
