"""CHANGES.md: which findings came, went or changed since the release before, and what is left out and why."""

from typing import Any

import pyarrow as pa

Row = dict[str, Any]
CHANGES = "CHANGES.md"


def changes_file(
    data_version: str, previous: str | None, findings: pa.Table, removed: pa.Table, before: pa.Table | None
) -> bytes:
    """The page, from table finding of two releases and table finding_removed of this one."""
    now = {row["finding_id"]: row for row in findings.to_pylist()}
    left_out = {row["finding_id"]: row for row in removed.to_pylist()}
    lines = [f"# Changes in {data_version}", "", "## Findings", ""]
    if before is None:
        since = f"{previous} had no findings" if previous else "there is no earlier release of its kind"
        lines.append(f"{len(now)} findings; {since}.")
    else:
        lines += _since(str(previous), now, {row["finding_id"]: row for row in before.to_pylist()}, left_out)
    if left_out:
        lines += ["", "## Left out", ""]
        lines += [f"* {name}: {_why(row)}" for name, row in sorted(left_out.items())]
    return ("\n".join(lines) + "\n").encode()


def _since(previous: str, now: dict[str, Row], then: dict[str, Row], left_out: dict[str, Row]) -> list[str]:
    added, gone = sorted(set(now) - set(then)), sorted(set(then) - set(now))
    changed = {name: _columns(now[name], then[name]) for name in sorted(set(now) & set(then))}
    changed = {name: columns for name, columns in changed.items() if columns}
    lines = [
        f"{len(now)} findings; {previous} had {len(then)}: {len(added)} added, {len(gone)} removed, "
        f"{len(changed)} changed."
    ]
    items = [f"* added {name}" for name in added]
    items += [
        f"* removed {name}: {_why(left_out[name]) if name in left_out else 'no longer entered'}"
        for name in gone
    ]
    items += [f"* changed {name}: {', '.join(columns)}" for name, columns in changed.items()]
    return [*lines, *(["", *items] if items else [])]


def _columns(now: Row, then: Row) -> list[str]:
    """Columns that differ; one that only one of the releases has is a change of the table, not of the finding."""
    return [name for name in now if name in then and now[name] != then[name]]


def _why(row: Row) -> str:
    source = f" ({row['doi']})" if row["doi"] else ""
    since = f" since {row['told_since']}" if row["told_since"] else ""
    return f"{row['removal_kind']} of {row['study_id']}{source}, told by {row['told_by']}{since}"
