"""The run report: what a tired person reads at night, as text, Markdown and table."""

from typing import Any

from flows.night import Night
from warehouse.quarantine import quarantine_counts


def markdown(night: Night, data_version: str) -> str:
    """The run report as Markdown: outcome, steps with their counts, warnings, what is in quarantine."""
    lines = [f"# Night {night.run_id}: release {data_version}", ""]
    lines += ["| step | counts |", "|---|---|"]
    for step in night.report.steps:
        counts = ", ".join(f"{name} {_number(value)}" for name, value in step.items() if name != "step")
        lines.append(f"| {step['step']} | {counts} |")
    if night.report.warnings:
        lines += ["", "## Warnings", "", *(f"- {warning}" for warning in night.report.warnings)]
    not_loaded = night.warehouse.rows(
        "SELECT source_id, release, load_state, load_detail, count(*) FROM meta_input "
        "WHERE load_state <> 'loaded' GROUP BY ALL ORDER BY ALL"
    )
    if not_loaded:
        lines += [
            "",
            "## Offered and not loaded",
            "",
            "| source | release | state | why | files |",
            "|---|---|---|---|---|",
        ]
        lines += [f"| {s} | {r} | {state} | {why or ''} | {n} |" for s, r, state, why, n in not_loaded]
    quarantined = quarantine_rows(night)
    if quarantined:
        lines += [
            "",
            "## Quarantine",
            "",
            "| source | table | action | rule | rows |",
            "|---|---|---|---|---|",
        ]
        lines += ["| " + " | ".join(str(value) for value in row.values()) + " |" for row in quarantined]
    return "\n".join(lines) + "\n"


def quarantine_rows(night: Night) -> list[dict[str, Any]]:
    """One row per source, table, action and rule: how many rows stand in quarantine."""
    names = ("source", "table", "action", "rule", "rows")
    return [dict(zip(names, row, strict=True)) for row in quarantine_counts(night.warehouse)]


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
