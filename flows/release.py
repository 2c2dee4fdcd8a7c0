"""Step 5: export tables to a release folder, checked, then the pointer moved."""

import platform
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypedDict

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from exports.attribution import attribution_text
from exports.canonical import read_sealed
from exports.manifest import MANIFEST
from exports.publish import LATEST, heartbeat, publish
from exports.release import ReleaseFacts, find_release, next_data_version
from exports.tables import table_path
from exports.write import write_release
from flows.code_version import code_commit
from flows.estimate import Estimated
from flows.evidence import bibliography_inputs
from flows.night import InputFault, Night, OfferedFile
from flows.titles import code_coverage
from schemas.derive import arrow_schema
from schemas.table import all_tables
from transforms.evidence.registry import Evidence
from warehouse.connection import Warehouse
from warehouse.load import replace_partition
from warehouse.runs import canonical_json, key_of

SCHEMA_VERSION = "0.5.0"
"""Version of the exported columns: below 1.0.0 until every table of the contract is there."""


class _Times(TypedDict):
    published_at: str
    next_expected_at: str
    stale_after: str


NEXT_EXPECTED = timedelta(days=1)
MEMORY_BESIDE = "300MB"
"""What the warehouse may hold while its tables are read out, written and verified."""

STALE_AFTER = timedelta(days=3)
"""A nightly run that missed three nights is stale; the pointer then says so to every reader."""


def releases_root(night: Night) -> Path:
    """The folder consumers read: ``releases/v1`` below the home."""
    return night.settings.releases / "v1"


def tool_versions() -> dict[str, str]:
    """Versions that can change the bytes of a release."""
    names = ("duckdb", "pyarrow", "pandera", "ahocorasick-rs", "selectolax")
    return {"python": platform.python_version()} | {name: version(name) for name in names}


def night_key(night: Night, offered: list[OfferedFile], checks: str) -> str:
    """Hash of all a release depends on: files, manifests, request, code, config, tools, bibliographic checks."""
    files = [
        (f.manifest.kind, f.manifest.source, f.manifest.release, f.path, f.landed.sha256, f.manifest_sha256)
        for f in offered
    ]
    asked = (
        str(night.request.as_of),
        sorted({(str(start), str(end)) for start, end in night.request.periods}),
    )
    return key_of(
        canonical_json(files),
        canonical_json(asked),
        night.code_version,
        night.configuration.sha256,
        canonical_json(tool_versions()),
        checks,
    )


def kept_release(night: Night, key: str) -> Path | None:
    """Folder of the complete release this very night made before, or None."""
    return find_release(releases_root(night), key)


def mirrors(night: Night, key: str) -> bool:
    """Whether the warehouse holds what this very night computes, so that nothing of it is to be done again.

    The run before this one completed the same night, and no load of it was forgotten since (a replay).
    """
    before = night.warehouse.rows(
        "SELECT night_key, run_state FROM meta_run WHERE run_id <> $run_id AND flow = 'nightly' "
        "ORDER BY started_at DESC, run_id DESC LIMIT 1",
        {"run_id": night.run_id},
    )
    [[n_forgotten]] = night.warehouse.rows(
        "SELECT count(*) FROM meta_input ANTI JOIN meta_load USING (snapshot_sha256, source_id, release, file) "
        "WHERE load_state = 'loaded'"
    )
    return before == [(key, "completed")] and not n_forgotten


def keep(night: Night, folder: Path) -> str:
    """Refresh the pointer to a release whose inputs have not changed; returns its data version."""
    heartbeat(releases_root(night), data_version=folder.name, **_times(night.started_at))
    night.report.add("release", data_version=folder.name, state="inputs unchanged, release kept")
    return folder.name


def previous_mask(night: Night, *, synthetic: bool, kept: Path | None = None) -> tuple[str | None, pa.Table]:
    """The last release of the same kind of data, and the cells it published: the frozen mask of this one.

    For a ``kept`` release it is the one before that, so that the same numbers come out again. Columns as
    core_published_cell; no rows where there is no such release. Raises InputFault where its folder is gone.
    """
    schema = arrow_schema(all_tables()["core_published_cell"])
    latest = releases_root(night) / LATEST
    if kept is not None:
        name = read_sealed((kept / MANIFEST).read_bytes())["previous_data_version"]
    else:
        name = read_sealed(latest.read_bytes())["latest"] if latest.is_file() else None
    if name is None:
        return None, schema.empty_table()
    folder = releases_root(night) / "releases" / name
    if not (folder / MANIFEST).is_file():
        raise InputFault(
            [
                f"{LATEST} names release {name}, but {folder} holds no {MANIFEST}: put the release back from a copy; "
                "what it published is part of what the next one may publish"
            ]
        )
    if read_sealed((folder / MANIFEST).read_bytes())["synthetic"] != synthetic:
        return None, schema.empty_table()
    shares = pq.read_table(
        folder / table_path("metric_value"),
        filters=[("basis", "==", "computed"), ("status", "in", ["ok", "low_reliability"])],
    )
    shares = shares.filter(pc.is_valid(shares["skill"]))
    pairs = pq.read_table(folder / table_path("skill_pair"))
    steps = pq.read_table(
        folder / table_path("ladder"), filters=[("status", "in", ["ok", "low_reliability"])]
    )
    n_shares, n_pairs, n_steps = shares.num_rows, pairs.num_rows, steps.num_rows
    everywhere = (pa.array(["all"] * n_pairs), pa.array(["all"] * n_steps))
    cells = {
        "metric": (shares["metric"], pa.array(["skill_pair"] * n_pairs), pa.array(["ladder"] * n_steps)),
        "level": (pa.array([""] * n_shares), pa.array([""] * n_pairs), steps["ladder_level"]),
        "occupation": (shares["occupation"], pairs["occupation"], steps["occupation"]),
        "skill": (shares["skill"], pairs["skill"], steps["skill"]),
        "partner_skill": (
            pa.array([""] * n_shares),
            pairs["paired_skill"],
            pa.array([""] * n_steps),
        ),
        "source_group": (shares["source_group"], *everywhere),
        "geo": (shares["geo"], *everywhere),
        "period_start": (shares["period_start"], pairs["period_start"], steps["period_start"]),
        "period_end": (shares["period_end"], pairs["period_end"], steps["period_end"]),
    }
    joined = {
        column: pa.chunked_array(
            [chunk.cast(schema.field(column).type) for part in parts for chunk in _chunks(part)],
            type=schema.field(column).type,
        )
        for column, parts in cells.items()
    }
    return name, pa.table(joined, schema=schema)


def previous_clusters(night: Night, name: str | None) -> pa.Table:
    """Clusters and their members of the last release, which lend their ids; columns as core_published_cluster.

    No rows where there is no such release, or it was made before clusters were.
    """
    schema = arrow_schema(all_tables()["core_published_cluster"])
    path = releases_root(night) / "releases" / (name or "") / table_path("skill_cluster_member")
    if name is None or not path.is_file():
        return schema.empty_table()
    return pq.read_table(path, columns=schema.names).cast(schema)


def _chunks(part: pa.Array | pa.ChunkedArray) -> list[pa.Array]:
    return list(part.chunks) if isinstance(part, pa.ChunkedArray) else [part]


def release(
    night: Night,
    offered: list[OfferedFile],
    estimated: Estimated,
    found: Evidence,
    *,
    key: str,
    taxonomy: dict[str, str],
    previous: str | None,
) -> str:
    """Write, verify and publish the release of this night; returns its data version.

    Raises ReleaseFault naming every fault; then ``latest.json`` still names the release before.
    """
    root = releases_root(night)
    fill_sources(night, offered)
    data_version = next_data_version(root, estimated.as_of)
    tables = ExportTables(night.warehouse)
    staging = night.settings.staging / night.run_id
    for leftover in night.settings.staging.glob("*"):
        shutil.rmtree(leftover)
    stated = facts(night, offered, estimated, key=key, taxonomy=taxonomy)
    with night.warehouse.memory_limit(MEMORY_BESIDE):
        night.progress(f"write release {data_version}")
        write_release(
            tables,
            stated,
            staging,
            data_version=data_version,
            previous_data_version=previous,
            forests=found.forests,
            previous_findings=findings_of(root, previous),
            processes=night.settings.threads,
            rows_are_checked=True,  # when their tables were built, and by verify from the files
        )
        night.progress(f"verify and publish {data_version}")
        publish(
            staging,
            root,
            data_version=data_version,
            processes=night.settings.threads,
            **_times(night.started_at),
        )
    night.report.add(
        "release",
        data_version=data_version,
        state="published",
        **tables.n_rows(),
    )
    return data_version


class ExportTables(Mapping[str, pa.Table]):
    """The export tables by name, each read when it is asked for and held by nobody else; text is coded."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._names = [name for name in all_tables() if name.startswith("export_")]

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self:
            raise KeyError(name)
        return self._warehouse.coded(f"SELECT * FROM {name}")  # noqa: S608

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def n_rows(self) -> dict[str, int]:
        """Rows by the name in a release, nothing of them read."""
        counts = {}
        for name in self:
            [[n_rows]] = self._warehouse.rows(f"SELECT count(*) FROM {name}")  # noqa: S608
            counts[name.removeprefix("export_")] = int(n_rows)
        return counts


def findings_of(root: Path, data_version: str | None) -> pa.Table | None:
    """Table finding of an earlier release; None without such a release, or where it had none yet."""
    if data_version is None:
        return None
    path = root / "releases" / data_version / table_path("finding")
    return pq.read_table(path) if path.is_file() else None


def fill_sources(night: Night, offered: list[OfferedFile]) -> None:
    """One row of export_source for each source the numbers rest on."""
    rows = []
    publishers = {(f.manifest.kind, f.manifest.source): f.manifest.publisher for f in offered}
    for source, kind, releases, licences, terms, retrieved, n_rows, synthetic in night.warehouse.rows(
        "SELECT source_id, min(source_kind), list(DISTINCT release ORDER BY release), "
        "list(DISTINCT licence ORDER BY licence), list(DISTINCT terms_class ORDER BY terms_class), "
        "max(retrieved_on), CAST(sum(n_rows) AS BIGINT), bool_or(synthetic) "
        "FROM meta_input WHERE load_state = 'loaded' AND (source_kind = 'postings' OR snapshot_sha256 IN "
        "(SELECT first(snapshot_sha256 ORDER BY release_rank DESC, source_id, file) FROM meta_input "
        " WHERE load_state = 'loaded' AND source_kind NOT IN ('postings', 'crosswalk') GROUP BY source_kind) "
        # A crosswalk is a source only where a code came through it.
        "OR snapshot_sha256 IN (SELECT snapshot_sha256 FROM raw_crosswalk WHERE pair_relation = 'exact') "
        "AND EXISTS (SELECT * FROM core_posting_code WHERE code_rule = 'crosswalk')) "
        "GROUP BY source_id ORDER BY source_id"
    ):
        version_text, licence = ", ".join(releases), "; ".join(licences)
        rows.append(
            {
                "source_id": source,
                "source_kind": kind,
                "source_version": version_text,
                "licence": licence,
                # Of several classes the strictest holds.
                "terms_class": max(terms, key=("open", "derive", "local").index),
                "attribution_text": attribution_text(
                    kind, source, version_text, licence, publishers.get((kind, source)), synthetic
                ),
                "retrieved_on": retrieved,
                "n_rows": n_rows,
                "synthetic": synthetic,
            }
        )
    frame = pa.Table.from_pylist(rows, schema=arrow_schema(all_tables()["export_source"]))
    replace_partition(night.warehouse, "export_source", frame, where={})


def facts(
    night: Night, offered: list[OfferedFile], estimated: Estimated, *, key: str, taxonomy: dict[str, str]
) -> ReleaseFacts:
    """What the release says of itself; every value follows from inputs and code, none from the clock."""
    inputs = night.warehouse.arrow(
        "SELECT * FROM meta_input ORDER BY source_id, source_kind, release, file"
    ).to_pylist()
    used = [row for row in inputs if row["load_state"] == "loaded"]
    local = any(row["terms_class"] == "local" for row in used)
    method = night.configuration.method
    return ReleaseFacts(
        as_of=estimated.as_of,
        periods=estimated.periods,
        default_period=estimated.periods[0],
        channel="local" if local else "nightly",
        synthetic=any(row["synthetic"] for row in used),
        method_version=night.configuration.method_version,
        schema_version=SCHEMA_VERSION,
        night_key=key,
        code_version=night.code_version,
        code_commit=code_commit(),
        created_at=_created_at(inputs, estimated.as_of),
        inputs=(*(_input(row) for row in inputs), *bibliography_inputs(night)),
        taxonomy={"onet_soc": taxonomy["onet"] or None, "esco": taxonomy["esco"] or None, "isco": "08"},
        k_min=method["k_leave"],
        k_enter=method["k_enter"],
        employer_min=method["employer_min"],
        coverage=coverage(night),
        tool_versions=tool_versions(),
    )


def coverage(night: Night) -> dict[str, int]:
    """How much of what was offered the numbers speak for; counts of postings and occupations.

    Postings with a role are counted in the run report alone: beside the pool of all adverts their number
    would let a reader subtract the base of a withheld role.
    """
    [postings] = night.warehouse.rows(
        "SELECT count(*), count(*) FILTER (n_characters > 0), count(*) FILTER (n_characters > 0 AND language = 'en'), "
        "count(*) FILTER (first_seen_on IS NOT NULL) FROM core_posting"
    )
    [[with_skill]] = night.warehouse.rows(
        "SELECT count(*) FROM core_posting WHERE posting_version IN "
        "(SELECT posting_version FROM core_mention WHERE accepted)"
    )
    [[families]] = night.warehouse.rows("SELECT count(DISTINCT family_id) FROM core_family")
    [[published, withheld]] = night.warehouse.rows(
        "SELECT count(DISTINCT occupation) FILTER (n_skills_published > 0), "
        "count(DISTINCT occupation) FILTER (n_skills_published = 0) FROM "
        "(SELECT occupation, max(n_skills_published) AS n_skills_published FROM export_occupation "
        "WHERE occupation_kind = 'role' GROUP BY occupation)"
    )
    names = ("postings_total", "postings_with_text", "postings_readable", "postings_dated")
    return dict(zip(names, map(int, postings), strict=True)) | {
        "postings_with_any_skill": int(with_skill),
        "families_total": int(families),
        "occupations_published": int(published),
        "occupations_suppressed": int(withheld),
        **code_coverage(night),
    }


def _input(row: dict[str, Any]) -> dict[str, Any]:
    retrieved = row["retrieved_on"]
    return {
        "source_id": row["source_id"],
        "version": row["release"],
        "retrieved_at": retrieved.isoformat() if retrieved else None,
        "sha256": row["snapshot_sha256"],
        "rows": row["n_rows"],
        "license_id": row["licence"],
        "redistributable": row["terms_class"] == "open",
        "url": None,
        "state": row["load_state"],
        "detail": row["load_detail"],
    }


def _created_at(inputs: list[dict[str, Any]], as_of: date) -> str:
    """Midnight of the day the newest input was retrieved: a rebuild from the same inputs says the same."""
    days = [row["retrieved_on"] for row in inputs if row["retrieved_on"]]
    return _rfc3339(datetime.combine(max(days, default=as_of), time(), UTC))


def _times(started_at: datetime) -> _Times:
    return {
        "published_at": _rfc3339(started_at),
        "next_expected_at": _rfc3339(started_at + NEXT_EXPECTED),
        "stale_after": _rfc3339(started_at + STALE_AFTER),
    }


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
