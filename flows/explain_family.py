"""One family taken apart: its members, and which rule joined each of them to which other. Prints no text."""

from difflib import get_close_matches
from typing import Any

from flows.explain import NothingToExplain
from warehouse.connection import Warehouse, open_warehouse
from warehouse.settings import Settings

MEMBERS = """
SELECT posting_id, family_id, family_method, family_score, merged_with, family_version, source_id,
       source_posting_key, title, place, employer_key, first_seen_on, last_seen_on, role_slugs
FROM core_family
JOIN core_posting USING (posting_id)
WHERE family_id = $family
ORDER BY first_seen_on NULLS LAST, posting_id
"""

_LONGEST_ID = 100

RULES = {
    "own": "first of the family",
    "exact_text": "same employer, title and words",
    "exact_title": "same employer, title and place, neither with text",
    "same_title": "same employer, title and place on another day, text alike",
    "near_text": "same employer, text nearly the same, titles agree",
}


def explain_family(settings: Settings, wanted: str) -> str:
    """Text that lists the members of a family, given by its id or that of a posting in it.

    Raises NothingToExplain for an id of neither kind or one that is not there, NoWarehouse, SecondWriter.
    """
    with open_warehouse(settings, read_only=True) as warehouse:
        family = _family_of(warehouse, wanted)
        rows = list(warehouse.arrow(MEMBERS, {"family": family}).to_pylist())
    first = rows[0]
    n = "1 posting" if len(rows) == 1 else f"{len(rows)} postings"
    lines = [
        f"{family}: {n} of employer {first['employer_key'] or 'unknown'}, rules {first['family_version']}",
        f"  first seen {first['first_seen_on'] or 'unknown'}, "
        f"sources {', '.join(sorted({row['source_id'] for row in rows}))}",
        "",
    ]
    for row in rows:
        lines += _member(row)
    return "\n".join(lines)


def _member(row: dict[str, Any]) -> list[str]:
    seen = str(row["first_seen_on"] or "no day") + (f"..{row['last_seen_on']}" if row["last_seen_on"] else "")
    title = row["title"] or f"no title, roles {', '.join(row['role_slugs'])}"
    rule = f"{row['family_method']}: {RULES[row['family_method']]}"
    merged = f"    {rule}"
    if row["merged_with"]:
        merged = f"    joined {row['merged_with']} by {rule}, score {row['family_score']:.3f}"
    return [
        f"  {row['posting_id']}  {row['source_id']} {row['source_posting_key']}  {seen}",
        f"    {title}; {row['place'] or 'no place'}",
        merged,
    ]


def _family_of(warehouse: Warehouse, wanted: str) -> str:
    kinds = {"fam_": "family_id", "pst_": "posting_id"}
    column = kinds.get(wanted[:4])
    if len(wanted) > _LONGEST_ID or not wanted.isascii():
        raise NothingToExplain("that is no id of a family (fam_...) or of a posting (pst_...)")
    if column is None:
        raise NothingToExplain(
            f"{wanted!r} is no id of a family (fam_...) or of a posting (pst_...); "
            "ids of postings are listed by: skillweights explain OCCUPATION SKILL"
        )
    found = warehouse.rows(
        f"SELECT DISTINCT family_id FROM core_family WHERE {column} = $wanted",  # noqa: S608
        {"wanted": wanted},
    )
    if found:
        return str(found[0][0])
    known = [str(row[0]) for row in warehouse.rows(f"SELECT DISTINCT {column} FROM core_family ORDER BY ALL")]  # noqa: S608
    # Ids are hashes: a near one is a slip of the pen, not a likeness of the things.
    near = get_close_matches(wanted, known[:200_000], n=3, cutoff=0.85)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    empty = "" if known else "; no family is known, make them with: skillweights nightly"
    raise NothingToExplain(f"no {column.replace('_', ' ')} {wanted} in this warehouse{hint}{empty}")
