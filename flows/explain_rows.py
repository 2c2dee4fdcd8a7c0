"""The adverts behind a number: the newest of them with places in their texts; how many of each source, inside only."""

from typing import Any

from transforms.contact import scrub
from warehouse.connection import Warehouse

POSTINGS_MAX = 5
"""Listed of a shown share, which rests on ten adverts at least: a whole list would be a count of each source."""

BEHIND = """
    SELECT DISTINCT core_posting.source_id, core_posting.posting_id, core_posting.source_posting_key,
           core_posting.posting_version, core_posting.first_seen_on, core_posting_role.family_id,
           CASE WHEN core_posting_role.separated THEN core_posting_role.occupation END AS only_part
    FROM weight_posting
    JOIN core_posting_role ON core_posting_role.family_part_id = weight_posting.family_id
     AND core_posting_role.occupation = weight_posting.occupation AND core_posting_role.headline
    JOIN core_posting USING (posting_id)
    JOIN core_family_skill ON core_family_skill.family_id = weight_posting.family_id
     AND core_family_skill.skill_id = $skill_id
    WHERE weight_posting.occupation = $occupation AND weight_posting.source_group = 'all'
      AND weight_posting.geo = 'all' AND weight_posting.period_start = $period_start
      AND weight_posting.period_end = $period_end
      AND core_posting.first_seen_on BETWEEN $period_start AND $period_end
"""


def source_lines(warehouse: Warehouse, row: dict[str, Any]) -> list[str]:
    """How many adverts and families of each source ask for the skill: never for a page.

    Sources are parts of a total that is shown; the release withholds each part that is small.
    """
    found = warehouse.rows(
        f"SELECT source_id, count(*), count(DISTINCT family_id) FROM ({BEHIND}) GROUP BY source_id ORDER BY source_id",  # noqa: S608
        row,
    )
    return [
        "  INTERNAL: behind it:",
        *(f"    {source}: {n} postings in {families} families" for source, n, families in found),
    ]


def posting_lines(warehouse: Warehouse, row: dict[str, Any], *, most: int, internal: bool) -> list[str]:
    """The newest ``most`` adverts, of each source where ``internal``; else of all together, POSTINGS_MAX at most."""
    most = most if internal else min(most, POSTINGS_MAX)
    by_source = "source_id" if internal else "true"
    found = warehouse.rows(
        f"SELECT source_id, posting_id, source_posting_key, first_seen_on, start_offset, end_offset, section, "  # noqa: S608
        f"requirement, rule FROM ({BEHIND}) AS behind JOIN core_mention USING (posting_version) "
        "WHERE core_mention.skill_id = $skill_id AND core_mention.accepted "
        "AND (only_part IS NULL OR core_mention.role_part IN ('', only_part)) "
        f"QUALIFY dense_rank() OVER (PARTITION BY {by_source} ORDER BY first_seen_on DESC, posting_id) <= $n "
        "ORDER BY source_id, first_seen_on DESC, posting_id, start_offset",
        row | {"n": most},
    )
    of_what = f"at most {most}" + (" a source" if internal else "")
    lines = [f"  latest postings, {of_what} (offsets into the cleaned text):"]
    for source, posting, key, day, start, end, section, requirement, rule in found:
        place = f"characters {start}-{end}  section {section}, {requirement}, rule {rule}"
        lines.append(f"    {posting}  {source} {scrub(key)}  {day}  {place}")
    return lines
