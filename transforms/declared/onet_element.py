"""Reviewed links of config/onet_elements.csv: which O*NET skill or knowledge element a skill stands for."""

import re
from collections.abc import Iterable, Mapping

import pyarrow as pa

from schemas.columns import SLUG
from schemas.core_onet_element import CoreOnetElement
from schemas.derive import arrow_schema
from schemas.vocabulary import MAP_RELATIONS

COLUMNS = ("element_id", "element_name", "skill", "relation", "reason")
ELEMENT = re.compile(r"2\.[ABC]\.\d(\.[a-z])?")


def onet_element_faults(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Every fault of the file by line; an element has one skill and a skill one element."""
    faults: list[str] = []
    seen: dict[str, set[str]] = {"element_id": set(), "skill": set()}
    for number, row in enumerate(rows, start=2):
        where = f"onet_elements.csv line {number}"
        if not ELEMENT.fullmatch(row["element_id"]):
            faults.append(f"{where}: {row['element_id']!r} is no skill or knowledge element (2.B.3.e)")
        if not re.fullmatch(SLUG, row["skill"]):
            faults.append(f"{where}: skill {row['skill']!r} is no slug")
        if row["relation"] not in MAP_RELATIONS:
            faults.append(f"{where}: relation must be one of {', '.join(MAP_RELATIONS)}")
        faults += [
            f"{where}: {name} is empty" for name in ("element_name", "reason") if not row[name].strip()
        ]
        for name, before in seen.items():
            if row[name] in before:
                faults.append(f"{where}: {name} {row[name]!r} came before")
            before.add(row[name])
    return faults


def onet_element_table(rows: Iterable[Mapping[str, str]]) -> pa.Table:
    """The rows as core_onet_element, by element."""
    names = arrow_schema(CoreOnetElement).names
    ordered = sorted(({name: row[name] for name in names} for row in rows), key=lambda row: row["element_id"])
    return pa.Table.from_pylist(ordered, schema=arrow_schema(CoreOnetElement))
