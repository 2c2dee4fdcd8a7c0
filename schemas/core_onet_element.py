"""One row per O*NET skill or knowledge element that a skill stands for, as reviewed in config/onet_elements.csv."""

from schemas import columns
from schemas.table import Table, keys


class CoreOnetElement(Table):
    """One row per O*NET skill or knowledge element that a skill stands for, as reviewed in config/onet_elements.csv."""

    element_id: str = columns.element_id()
    element_name: str = columns.element_name()
    skill: str = columns.skill()
    relation: str = columns.relation()

    class Config:
        metadata = keys(["element_id"])
