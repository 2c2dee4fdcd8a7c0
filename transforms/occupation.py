"""Our occupations and their taxonomy codes, from config/occupations.csv and the loaded taxonomies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from schemas import vocabulary
from schemas.columns import SLUG
from schemas.core_occupation import CoreOccupation
from schemas.core_occupation_mapping import CoreOccupationMapping
from schemas.derive import arrow_schema, primary_key
from schemas.table import Table
from transforms.identity import occupation_id_of
from transforms.onet import SOC_CODE

ISCO_CODE = re.compile(r"\d{1,4}")

DEFAULT_RELATION = "broad"
"""A taxonomy code holds more than one of our roles, unless the row's `relation` says otherwise."""


class OccupationFault(ValueError):
    """config/occupations.csv breaks its own rules; the message lists all faults."""


@dataclass(frozen=True)
class OccupationTables:
    """Both tables in their declared schemas, each sorted by its key."""

    core_occupation: pa.Table
    core_occupation_mapping: pa.Table


@dataclass(frozen=True)
class _Taxonomies:
    """What the loaded releases hold: labels by code, and codes by ESCO label."""

    onet: dict[str, str]
    onet_version: str
    esco: dict[str, tuple[str, str]]
    isco: frozenset[str]
    esco_version: str


def build_occupations(
    rules: list[dict[str, str]],
    onet_occupations: list[dict[str, Any]],
    esco_occupations: list[dict[str, Any]],
    *,
    onet_version: str,
    esco_version: str,
) -> OccupationTables:
    """Occupations and their codes; the order of the rows given does not matter.

    ``rules`` are rows of config/occupations.csv, the others rows of raw_onet_occupation and
    raw_esco_occupation of one release each. A code the loaded release does not hold stays in the
    table with ``found`` false. Raises OccupationFault listing every broken rule row.
    """
    faults = occupation_faults(rules)
    if faults:
        raise OccupationFault("config/occupations.csv: mend these rows\n" + "\n".join(faults))
    taxonomies = _taxonomies(onet_occupations, esco_occupations, onet_version, esco_version)
    occupations = [
        {
            "occupation_id": occupation_id_of(rule["occupation"]),
            "occupation": rule["occupation"],
            "occupation_label": rule["label"],
            "occupation_kind": rule["kind"],
        }
        for rule in rules
    ]
    mappings = {
        (row["occupation_id"], row["scheme"], row["code"]): row
        for rule in rules
        for row in _mappings(rule, taxonomies)
    }
    return OccupationTables(
        _table(CoreOccupation, occupations), _table(CoreOccupationMapping, mappings.values())
    )


def occupation_faults(rules: list[dict[str, str]]) -> list[str]:
    """Every fault of the identity columns of config/occupations.csv; empty where they are good."""
    faults: list[str] = []
    seen: set[str] = set()
    for number, rule in enumerate(rules, start=2):
        where = f"line {number} ({rule['occupation']})"
        if not re.fullmatch(SLUG.strip("^$"), rule["occupation"]):
            faults.append(f"{where}: slug does not match {SLUG}")
        if rule["occupation"] in seen:
            faults.append(f"{where}: this occupation stands on an earlier line")
        seen.add(rule["occupation"])
        if not rule["label"].strip():
            faults.append(f"{where}: empty label")
        if rule["kind"] not in vocabulary.OCCUPATION_KINDS:
            faults.append(f"{where}: kind must be one of {', '.join(vocabulary.OCCUPATION_KINDS)}")
        if _relation(rule) not in vocabulary.MAP_RELATIONS:
            faults.append(f"{where}: relation must be one of {', '.join(vocabulary.MAP_RELATIONS)}")
        for code in rule["onet_soc_codes"].split():
            if not SOC_CODE.fullmatch(code):
                faults.append(f"{where}: {code!r} is no O*NET-SOC code such as 15-1252.00")
        for code in rule["isco_codes"].split():
            if not ISCO_CODE.fullmatch(code):
                faults.append(f"{where}: {code!r} is no ISCO-08 code such as 2512")
    return faults


def _taxonomies(
    onet_occupations: Iterable[dict[str, Any]],
    esco_occupations: Iterable[dict[str, Any]],
    onet_version: str,
    esco_version: str,
) -> _Taxonomies:
    english = [row for row in esco_occupations if row.get("language_code", "en") == "en"]
    # Reversed, so that of two concepts with one label the lower address stays.
    by_uri = sorted(english, key=lambda row: str(row["esco_uri"]), reverse=True)
    return _Taxonomies(
        {row["onet_soc_code"]: row["onet_title"] for row in onet_occupations},
        onet_version,
        {_key(row["preferred_label"]): (row["esco_uri"], row["preferred_label"]) for row in by_uri},
        # Every group above a four-digit code is in the release as well.
        frozenset(row["isco_code"][:n] for row in by_uri for n in range(1, len(row["isco_code"]) + 1)),
        esco_version,
    )


def _mappings(rule: dict[str, str], taxonomies: _Taxonomies) -> list[dict[str, Any]]:
    """One row per code of a rule. The loaded tables name no ISCO group, so those have no label."""
    rows = []
    for code in rule["onet_soc_codes"].split():
        title = taxonomies.onet.get(code)
        rows.append(("onet-soc", taxonomies.onet_version, code, title, title is not None))
    for label in filter(None, (part.strip() for part in rule["esco_labels"].split("|"))):
        uri, name = taxonomies.esco.get(_key(label), (None, label))
        # Without its address the label itself is all that can stand for the code.
        rows.append(("esco", taxonomies.esco_version, uri or label, name, uri is not None))
    for code in rule["isco_codes"].split():
        rows.append(("isco", taxonomies.esco_version, code, None, code in taxonomies.isco))
    return [
        {
            "occupation_id": occupation_id_of(rule["occupation"]),
            "scheme": scheme,
            "taxonomy_version": version,
            "code": code,
            "code_label": name,
            "relation": _relation(rule),
            "found": found,
        }
        for scheme, version, code, name, found in rows
    ]


def _relation(rule: dict[str, str]) -> str:
    return rule.get("relation") or DEFAULT_RELATION


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _table(table: type[Table], rows: Iterable[dict[str, Any]]) -> pa.Table:
    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in primary_key(table)))
    return pa.Table.from_pylist(ordered, schema=arrow_schema(table))
