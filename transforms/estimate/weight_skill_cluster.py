"""Fills weight_skill_cluster: clusters of the published skills of each role, with ids kept from the release before."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_skill_cluster import WeightSkillCluster
from transforms.estimate.cells import SELECTS as CELLS
from transforms.estimate.cells import Cell, cells, ordered
from transforms.estimate.clusters import Cluster, ClusterRule, clusters, stable_ids
from transforms.identity import OWN_SCHEME, mint

SELECTS = CELLS | {
    "previous": """
        SELECT occupation, period_start, period_end, cluster_id, skill_id
        FROM core_published_cluster
        JOIN core_skill USING (skill)
        ORDER BY ALL
    """
}
LABEL_SKILLS = 3


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_skill_cluster by occupation, period, cluster and place of the skill in it."""
    rule = ClusterRule(
        backbone_sigma=float(parameters["cluster_sigma"]),
        resolutions=tuple(float(value) for value in parameters["cluster_resolutions"]),
        runs=int(parameters["cluster_runs"]),
        resamples=int(parameters["cluster_resamples"]),
        size_min=int(parameters["cluster_size_min"]),
        stability_min=float(parameters["cluster_stability_min"]),
        core_min=float(parameters["cluster_core_min"]),
        seed=int(parameters["seed"]),
    )
    labels = dict(
        zip(*(frames["skill"][name].to_pylist() for name in ("skill_id", "skill_label")), strict=True)
    )
    before = _before(frames["previous"])
    rows: list[dict[str, Any]] = []
    for cell in cells(ordered(frames["family"]), frames["published"], frames["skill"]):
        found = clusters(cell.asked, cell.employers, rule)
        members = [frozenset(cell.skill_ids[i] for i in cluster.members) for cluster in found]
        names = _names(cell, members, before, float(parameters["cluster_overlap_min"]))
        for name, cluster in zip(names, found, strict=True):
            rows += _rows(cell, name, cluster, labels, rule.resamples)
    return pa.Table.from_pylist(rows, schema=arrow_schema(WeightSkillCluster))


Before = dict[str, dict[tuple[Any, Any], dict[str, frozenset[str]]]]
"""Published clusters of the release before: occupation, period, cluster id, members."""


def _before(previous: pa.Table) -> Before:
    found: dict[str, dict[tuple[Any, Any], dict[str, set[str]]]] = {}
    for row in previous.to_pylist():
        period = (row["period_start"], row["period_end"])
        of_cell = found.setdefault(row["occupation"], {}).setdefault(period, {})
        of_cell.setdefault(row["cluster_id"], set()).add(row["skill_id"])
    return {
        occupation: {
            period: {name: frozenset(members) for name, members in of_cell.items()}
            for period, of_cell in periods.items()
        }
        for occupation, periods in found.items()
    }


def _names(cell: Cell, members: list[frozenset[str]], before: Before, overlap_min: float) -> list[str]:
    """Ids: of the same period before, else of its latest period (a window moves on); else newly minted."""
    periods = before.get(cell.occupation, {})
    # Two periods of one release would fight for an id, so only the same, or a window that ended earlier, lends it.
    same = periods.get((cell.period_start, cell.period_end))
    latest = max(periods, key=lambda period: (period[1], period[0]), default=None)
    known = same if same is not None else (periods[latest] if latest else {})
    kept = stable_ids(members, known, overlap_min=overlap_min)
    taken = {name for name in kept if name} | set(known)
    names = []
    for name, group in zip(kept, members, strict=True):
        edition = ""
        while name is None or (name in taken and name not in kept):
            name = mint("clu", OWN_SCHEME, edition, "+".join([cell.occupation, *sorted(group)]))
            # An old cluster that drifted away may bear the very name this one would be given.
            edition += "'"
        taken.add(name)
        names.append(name)
    return names


def _rows(
    cell: Cell, name: str, cluster: Cluster, labels: Mapping[str, str], resamples: int
) -> list[dict[str, Any]]:
    skills = [cell.skill_ids[i] for i in cluster.members]
    central = [skill for skill, core in zip(skills, cluster.core, strict=True) if core] or skills
    label = ", ".join(labels[skill] for skill in central[:LABEL_SKILLS])
    return [
        cell.key
        | {
            "cluster_id": name,
            "skill_id": skill,
            "member_rank": position + 1,
            "is_core": cluster.core[position],
            "membership_share": round(cluster.membership[position], 6),
            "cluster_label": label,
            "stability": cluster.stability,
            "n_skills_in_cluster": len(skills),
            "n_resamples": resamples,
        }
        for position, skill in enumerate(skills)
    ]
