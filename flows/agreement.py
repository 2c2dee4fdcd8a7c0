"""Whether the published shares of each role agree with what O*NET and ESCO list for it: reported, never tuned on."""

import json
from collections import defaultdict
from dataclasses import asdict
from typing import Any

from transforms.agreement import auc
from warehouse.connection import NoWarehouse, Warehouse, open_warehouse
from warehouse.settings import Settings

LEVEL = 0.95

SHARES = """
    SELECT occupation, period_start, period_end, skill_id, value
    FROM export_metric_value
    WHERE metric = 'posting_share' AND source_group = 'all' AND geo = 'all' AND status IN ('ok', 'low_reliability')
    ORDER BY ALL
"""

# Of each list: the skills its taxonomy knows at all, and those it names for the role.
LISTS = """
    WITH code AS (
        SELECT core_occupation.occupation, core_occupation_mapping.scheme, core_occupation_mapping.code
        FROM core_occupation
        JOIN core_occupation_mapping USING (occupation_id)
    ),
    technology AS (
        SELECT code.occupation, core_skill_mapping.skill_id,
            bool_or(raw_onet_technology_skill.hot_technology) AS hot,
            bool_or(raw_onet_technology_skill.in_demand) AS in_demand
        FROM code
        JOIN raw_onet_technology_skill ON raw_onet_technology_skill.onet_soc_code = code.code
        JOIN core_skill_mapping
          ON core_skill_mapping.scheme = 'onet-technology'
         AND core_skill_mapping.code = raw_onet_technology_skill.technology_name
        WHERE code.scheme = 'onet-soc'
        GROUP BY ALL
    ),
    knowledge AS (
        SELECT code.occupation, core_skill_mapping.skill_id,
            bool_or(raw_esco_occupation_skill.relation_type = 'essential') AS essential
        FROM code
        JOIN raw_esco_occupation_skill ON raw_esco_occupation_skill.occupation_uri = code.code
        JOIN core_skill_mapping
          ON core_skill_mapping.scheme = 'esco' AND core_skill_mapping.code = raw_esco_occupation_skill.skill_uri
        WHERE code.scheme = 'esco'
        GROUP BY ALL
    )
    SELECT 'O*NET technology' AS list_name, 'onet-technology' AS scheme, occupation, skill_id FROM technology
    UNION ALL
    SELECT 'O*NET hot technology', 'onet-technology', occupation, skill_id FROM technology WHERE hot
    UNION ALL
    SELECT 'O*NET in demand', 'onet-technology', occupation, skill_id FROM technology WHERE in_demand
    UNION ALL
    SELECT 'ESCO essential', 'esco', occupation, skill_id FROM knowledge WHERE essential
    UNION ALL
    SELECT 'ESCO essential or optional', 'esco', occupation, skill_id FROM knowledge
    ORDER BY ALL
"""

KNOWN = "SELECT DISTINCT scheme, skill_id FROM core_skill_mapping ORDER BY ALL"


def agreements(warehouse: Warehouse) -> list[dict[str, Any]]:
    """One row per role with a published share, period and list: area under the curve, interval, and counts.

    The chance that a skill the list names for the role has a larger published share there than one that its taxonomy
    knows and does not name for it.
    """
    shares: dict[tuple[Any, ...], dict[str, float]] = defaultdict(dict)
    for occupation, start, end, skill_id, value in warehouse.rows(SHARES):
        shares[occupation, start, end][skill_id] = value
    known: dict[str, set[str]] = defaultdict(set)
    for scheme, skill_id in warehouse.rows(KNOWN):
        known[scheme].add(skill_id)
    named: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for list_name, scheme, occupation, skill_id in warehouse.rows(LISTS):
        named[list_name, scheme][occupation].add(skill_id)
    rows = []
    for (occupation, start, end), values in shares.items():
        for (list_name, scheme), by_role in named.items():
            mapped = {skill_id: value for skill_id, value in values.items() if skill_id in known[scheme]}
            listed = [value for skill_id, value in mapped.items() if skill_id in by_role[occupation]]
            others = [value for skill_id, value in mapped.items() if skill_id not in by_role[occupation]]
            key = {"occupation": occupation, "period_start": str(start), "period_end": str(end)}
            rows.append(key | {"list": list_name} | asdict(auc(listed, others, level=LEVEL)))
    return rows


def print_agreement(settings: Settings) -> None:
    """Print the agreement of every role of the home's last night, and write agreement.json in the home."""
    try:
        with open_warehouse(settings, read_only=True) as warehouse:
            rows = agreements(warehouse)
    except NoWarehouse:
        print(f"agreement with O*NET and ESCO: no night in {settings.home}; run skillweights nightly first")
        return
    print("agreement of published shares with what is listed for the role (area under the curve; no bar):")
    print(f"  {'role':28} {'list':28} {'area':>6}  {'95 % interval':15} listed  others")
    for row in rows:
        counts = f"{row['n_listed']:6} {row['n_others']:7}"
        if row["auc"] is None:
            print(f"  {row['occupation']:28} {row['list']:28} {'-':>6}  {'too few':15} {counts}")
            continue
        ends = f"{row['low']:.3f} to {row['high']:.3f}"
        print(f"  {row['occupation']:28} {row['list']:28} {row['auc']:6.3f}  {ends:15} {counts}")
    path = settings.home / "agreement.json"
    path.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"  written to {path}")
