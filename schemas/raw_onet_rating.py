"""One row per rating of a skill or knowledge element for an O*NET-SOC occupation in a release, as published."""

from schemas import columns
from schemas.table import Table, keys


class RawOnetRating(Table):
    """One row per rating of a skill or knowledge element for an O*NET-SOC occupation in a release, as published."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    onet_soc_code: str = columns.onet_soc_code()
    element_id: str = columns.element_id()
    element_name: str = columns.element_name()
    scale_id: str = columns.scale_id()
    rating: float = columns.rating()
    n_raters: int = columns.n_raters()
    rating_standard_error: float = columns.rating_standard_error()
    rating_ci_low: float = columns.rating_ci_low()
    rating_ci_high: float = columns.rating_ci_high()
    recommend_suppress: bool = columns.recommend_suppress()
    not_relevant: bool = columns.not_relevant()
    rated_in: str = columns.rated_in()
    rated_by: str = columns.rated_by()

    class Config:
        metadata = keys(
            ["snapshot_sha256", "onet_soc_code", "element_id", "scale_id"],
            rating_inside_interval=(
                "rating_ci_low <= rating AND rating <= rating_ci_high",
                "an interval contains its estimate",
            ),
        )
