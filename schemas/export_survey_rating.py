"""One row per role, O*NET code it maps to, element and scale: the rating as O*NET published it."""

from schemas import columns
from schemas.table import ListOfText, Table, keys


class ExportSurveyRating(Table):
    """One row per role, O*NET code it maps to, element and scale: the rating as O*NET published it."""

    occupation_id: str = columns.occupation_id()
    occupation: str = columns.occupation()
    onet_soc_code: str = columns.onet_soc_code()
    code_label: str = columns.code_label()
    relation: str = columns.relation()
    element_id: str = columns.element_id()
    element_name: str = columns.element_name()
    element_skill: str = columns.column(
        "Skill of this release that the element stands for; null where none does",
        nullable=True,
        str_matches=columns.SLUG,
    )
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
    release: str = columns.release()
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(
            ["occupation", "onet_soc_code", "element_id", "scale_id"],
            has_source=("len(source_ids) > 0", "a number names its sources"),
        )
