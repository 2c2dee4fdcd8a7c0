"""Quarantine, seen and sent round again."""

from transforms.contact import scrub
from warehouse.connection import Warehouse, open_warehouse
from warehouse.quarantine import forget_loads, list_quarantine, quarantine_counts, replay_candidates
from warehouse.settings import Settings


def replay(settings: Settings, *, source: str | None, list_only: bool, n_rows: int = 0) -> str:
    """What is in quarantine, as text; unless ``list_only`` its files are loaded again by the next night.

    ``n_rows``: so many rows are told with file, row number and reason, beside the counts.
    Raises NoWarehouse, SecondWriter.
    """
    with open_warehouse(settings, read_only=list_only) as warehouse:
        counts = [row for row in quarantine_counts(warehouse) if source in (None, row[0])]
        candidates = replay_candidates(warehouse, source)
        lines = [f"{n:>8}  {name}  {table}  {action}  {rule}" for name, table, action, rule, n in counts]
        if not counts:
            return "nothing is in quarantine" + (f" from {source}" if source else "")
        lines += _rows(warehouse, source, n_rows)
        if not list_only:
            forget_loads(warehouse, [snapshot for snapshot, _ in candidates])
            lines.append(
                f"{len(candidates)} files will be loaded again by the next night: skillweights nightly --drop DIR"
            )
        return "\n".join(lines)


def _rows(warehouse: Warehouse, source: str | None, n_rows: int) -> list[str]:
    """A reason may quote the cell it is about, so contacts are taken out of it."""
    if n_rows <= 0:
        return []
    found = list_quarantine(warehouse, source_id=source, limit=n_rows).to_pylist()
    return [
        f"{row['source_id']}/{row['release']}/{row['file']}, row {row['row_number']}: {row['rule']}: "
        f"{scrub(row['quarantine_reason'])}"
        for row in found
    ]
