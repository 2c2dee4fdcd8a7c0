"""Quarantine, seen and sent round again."""

from warehouse.connection import open_warehouse
from warehouse.quarantine import forget_loads, quarantine_counts, replay_candidates
from warehouse.settings import Settings


def replay(settings: Settings, *, source: str | None, list_only: bool) -> str:
    """What is in quarantine, as text; unless ``list_only`` its files are loaded again by the next night.

    Raises NoWarehouse, SecondWriter.
    """
    with open_warehouse(settings, read_only=list_only) as warehouse:
        counts = [row for row in quarantine_counts(warehouse) if source in (None, row[0])]
        candidates = replay_candidates(warehouse, source)
        lines = [f"{n:>8}  {name}  {table}  {action}  {rule}" for name, table, action, rule, n in counts]
        if not counts:
            return "nothing is in quarantine" + (f" from {source}" if source else "")
        if not list_only:
            forget_loads(warehouse, [snapshot for snapshot, _ in candidates])
            lines.append(
                f"{len(candidates)} files will be loaded again by the next night: skillweights nightly --drop DIR"
            )
        return "\n".join(lines)
