"""manifest.json: what a release is, what went in, what each of its files holds."""

import hashlib
from typing import Any

from exports.canonical import sealed
from exports.contract_json import schema_url
from exports.release import ReleaseFacts, notice

FORMAT_VERSION = 1
DATASET = "skillweights"
MANIFEST = "manifest.json"
Fields = dict[str, Any]


def run_id(night_key: str) -> str:
    """Id of the run in the manifest: from the night's key, so that a rebuild has the same."""
    return "run_" + hashlib.sha256(night_key.encode()).hexdigest()[:16]


def manifest(
    facts: ReleaseFacts,
    *,
    data_version: str,
    previous_data_version: str | None,
    tables: list[Fields],
    files: list[Fields],
    n_checks: int,
    attribution: list[str],
) -> Fields:
    """Fields of manifest.json; every key is always present, null where nothing is known yet.

    `tables` and `files` hold path, bytes and sha256 of every other file of the release but SHA256SUMS.
    """
    json_files = [entry for entry in files if entry["path"].startswith("json/")]
    start, end = facts.default_period
    fields = {
        "format_version": FORMAT_VERSION,
        "dataset": DATASET,
        "data_version": data_version,
        "schema_version": facts.schema_version,
        "method_version": facts.method_version,
        "channel": facts.channel,
        "synthetic": facts.synthetic,
        "notice": notice(synthetic=facts.synthetic, channel=facts.channel),
        "status": "published",
        "created_at": facts.created_at,
        "as_of": facts.as_of.isoformat(),
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "periods": [_period(facts, period) for period in facts.periods],
        "previous_data_version": previous_data_version,
        "comparable_with_previous": None,
        "break_note": None,
        "code_commit": facts.code_commit,
        "code_version": facts.code_version,
        "tool_versions": dict(facts.tool_versions),
        "run_id": run_id(facts.night_key),
        "night_key": facts.night_key,
        "inputs": [dict(entry) for entry in sorted(facts.inputs, key=_input_order)],
        "taxonomy": dict(facts.taxonomy),
        "k_min": facts.k_min,
        "k_enter": facts.k_enter,
        "employer_min": facts.employer_min,
        "tables": tables,
        "json": {
            "files": len(json_files),
            "total_bytes": sum(entry["bytes"] for entry in json_files),
            "schema": schema_url(data_version, "occupation"),
        },
        "files": files,
        "coverage": dict(facts.coverage),
        "deprecations": [],
        "checks": {"passed": n_checks, "warned": 0, "failed": 0},
        "next_expected_at": None,
        "doi": None,
        "citation": f"{DATASET}, data version {data_version}, method {facts.method_version}.",
        "attribution": attribution,
        "signature": None,
    }
    return sealed(fields)


def _period(facts: ReleaseFacts, period: tuple[Any, Any]) -> Fields:
    return {
        "period_start": period[0].isoformat(),
        "period_end": period[1].isoformat(),
        "is_default": period == facts.default_period,
    }


def _input_order(entry: Any) -> tuple[str, ...]:
    return tuple(str(entry[name]) for name in ("source_id", "version", "sha256", "url", "detail"))
