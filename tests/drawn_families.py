"""Adverts in a drawn warehouse, signed and brought to families as a night does it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

import pyarrow as pa

from flows.families import RUNS, merge_families, near_rules
from tests.drawn_tables import METHOD, SIGNATURE, DrawnWarehouse
from transforms.near_text import NearRules
from transforms.signature import sign_batch
from transforms.synthetic_families import FamilyAdvert
from warehouse.load import replace_partition

RULES = near_rules(METHOD)


@dataclass(frozen=True)
class Posting:
    """What decides about the family of an advert."""

    name: str
    day: date | None = None
    until: date | None = None
    employer: str = ""
    title: str = ""
    place: str = ""
    text: str = ""
    roles: tuple[str, ...] = ()


def posting(advert: FamilyAdvert) -> Posting:
    """A generated advert as a posting."""
    return Posting(advert.name, advert.day, None, advert.employer, advert.title, advert.place, advert.text)


def build_families(
    drawn: DrawnWarehouse, postings: Iterable[Posting], *, batch_rows: int = 1000
) -> list[dict[str, Any]]:
    """Rows of core_family, ids as short names, in the order of the postings' names."""
    postings = list(postings)
    drawn.load("core_posting", [_row(number, p) for number, p in enumerate(postings)])
    texts = {p.name: p.text for p in postings}
    frame = pa.table(
        {
            "posting_version": [drawn.id_of("posting_version", name) for name in texts],
            "text": pa.array(list(texts.values()), pa.string()),
            "text_format": pa.array(["plain"] * len(texts), pa.string()),
        }
    )
    replace_partition(drawn.warehouse, "core_signature", sign_batch(frame, SIGNATURE), where={})
    drawn.build("core_spell")
    # Tests live inside one transaction, and batches read only what is committed.
    runs = drawn.warehouse.arrow(RUNS, {"version": SIGNATURE}).to_batches(max_chunksize=batch_rows)
    merge_families(drawn.warehouse, RULES, runs)
    drawn.build("core_family")
    return sorted(drawn.read("SELECT * FROM core_family"), key=lambda row: str(row["posting_id"]))


def families_of(rows: Iterable[dict[str, Any]]) -> set[frozenset[str]]:
    """Names of the postings of each family."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["family_id"], set()).add(row["posting_id"])
    return set(map(frozenset, found.values()))


def pairs_of(families: Iterable[frozenset[str]]) -> set[tuple[str, str]]:
    """Every two postings of one family."""
    return {pair for family in families for pair in combinations(sorted(family), 2)}


def rules(**changed: Any) -> NearRules:
    """The configured rules with some changed."""
    return replace(RULES, **changed)


def _row(number: int, p: Posting) -> dict[str, Any]:
    return {
        "posting_id": p.name,
        "posting_version": p.name,
        "source_posting_key": p.name,
        "row_number": number + 1,
        "title": p.title or None,
        "place": p.place or None,
        "first_seen_on": p.day,
        "first_seen_basis": "posted" if p.day else "none",
        "last_seen_on": p.until,
        "employer_key": p.employer,
        "n_characters": len(p.text),
        "role_slugs": list(p.roles or ("other",)),
    }
