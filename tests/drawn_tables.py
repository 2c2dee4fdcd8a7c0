"""Tables drawn as text, and a real warehouse that holds them and runs the SELECTs of transforms/sql.

A drawing has a line of column names and a line per row, cells apart by ``|``. An empty cell is null where the
column may be null, else the column's plain value below. Ids are written as short names (``docker``) and come
back as such. A list is written with commas, a truth value as yes or no.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa

from flows.configuration import read_configuration
from schemas.derive import ColumnSpec, arrow_schema, column_specs
from schemas.table import all_tables
from tests.computed_tables import ESTIMATORS, Computed, select_of
from warehouse.connection import Warehouse
from warehouse.load import build, replace_partition

READER = "0" * 16
SIGNATURE = "1" * 16

METHOD: dict[str, Any] = {
    "family_gap_days": 60,
    "family_near_min": 0.80,
    "family_same_title_min": 0.60,
    "family_other_title_min": 0.90,
    "family_short_words": 40,
    "family_shared_titles_min": 3,
    "family_shared_share": 0.5,
    "family_own_shingles_min": 12,
    "family_window": 16,
    "family_title_noise": read_configuration().method["title_noise"],
    "family_version": "near-1",
    "signature_version": SIGNATURE,
    "ci_level": 0.95,
    "z": 1.959963984540054,
    "k_enter": 15,
    "k_leave": 10,
    "employer_min": 3,
    "dominance_max": 0.5,
    "count_width_min": 5,
    "n_min": 30,
    "width_max": 0.30,
    "width_free": 0.05,
    "relative_width_max": 1.3,
    "df_min": 8,
    "major_groups_min": 10,
    "shrunken_ci_level": 0.90,
    "confidence_low": 0.5,
    "confidence_high": 0.8,
    "hours_per_year": 2080,
    "days_per_year": 260,
    "weeks_per_year": 52,
    "months_per_year": 12,
    "seed": 20260101,
    "rank_resamples": 1000,
    "pair_expected_min": 5,
    "premium_n_min": 200,
    "premium_arm_min": 30,
    "premium_arm_employers_min": 15,
    "cluster_sigma": 3.1,
    "cluster_resolutions": [1.0, 2.0, 4.0],
    "cluster_runs": 10,
    "cluster_resamples": 50,
    "cluster_size_min": 3,
    "cluster_stability_min": 0.6,
    "cluster_core_min": 0.75,
    "cluster_overlap_min": 0.5,
    "calibration_enabled": False,
    "calibration_class_min": 100,
    "calibration_trim": 5.0,
    "importance_score_enabled": False,
    "importance_score_weights": [0.5, 0.25, 0.15, 0.1],
    "importance_score_draws": 2000,
    "method_version": "2026.4",
    "reader_version": READER,
    "as_of": date(2022, 12, 31),
}
"""Parameters under the names the SELECTs use; tests/sql/test_parameters.py holds them to the config."""

PLAIN: dict[str, Any] = {
    "reader_version": READER,
    "snapshot_sha256": "0" * 64,
    "posting_version": "0" * 32,
    "source_id": "forum",
    "release": "1",
    "file": "adverts.jsonl",
    "row_number": 1,
    "text_format": "plain",
    "language": "en",
    "n_characters": 500,
    "licence": "CC0-1.0",
    "terms_class": "open",
    "source_kind": "postings",
    "load_state": "loaded",
    "release_rank": 1,
    "end_offset": 1,
    "section": "body",
    "requirement": "mentioned",
    "metric": "posting_share",
    "level": "",
    "accepted": True,
    "headline": True,
    "seniority": "unknown",
    "seniority_basis": "none",
    "workplace": "unknown",
    "employment_type": "unknown",
    "comparable": True,
    "declared": True,
    "family_method": "own",
    "family_version": "near-1",
    "spell_method": "own",
    "signature_version": SIGNATURE,
    "scheme": "esco",
    "skill_scheme": "esco",
    "relation": "exact",
    "occupation_kind": "role",
    "source_group": "all",
    "geo": "all",
    "period_start": date(2022, 1, 1),
    "period_end": date(2022, 12, 31),
    "code": "1",
    "coder_version": "0" * 16,
    "surface": "x",
}
ID_COLUMNS = {
    "skill_id": "skl",
    "partner_skill_id": "skl",
    "paired_skill_id": "skl",
    "occupation_id": "occ",
    "posting_id": "pst",
    "family_id": "fam",
    "spell_id": "fam",
    "merged_with": "pst",
    "joined_spell_id": "fam",
    "family_part_id": "fam",
    "posting_version": "",
}
Row = dict[str, Any]


@cache
def opaque(column: str, name: str) -> str:
    """The id a short name stands for, in the shape the column declares; empty stays empty."""
    if name == "":
        return ""
    digest = hashlib.sha256(name.encode())
    if column == "posting_version":
        return digest.hexdigest()[:32]
    prefix = ID_COLUMNS[column]
    if prefix in ("skl", "occ"):
        return f"{prefix}_{base64.b32encode(digest.digest())[:16].decode().lower()}"
    return f"{prefix}_{digest.hexdigest()[:16]}"


class _Forget(Exception):
    pass


class DrawnWarehouse:
    """A real warehouse, tables drawn into it, and the SELECTs run over them."""

    def __init__(self, warehouse: Warehouse, *, computed: Computed | None = None) -> None:
        self._warehouse = warehouse
        self._computed = Computed() if computed is None else computed
        self._names: dict[str, str] = {}
        self.left_out: frozenset[str] = frozenset()
        """Tables that nobody computed, so that reading them would show nothing; see drawn_market.estimate."""

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse itself; what it holds from here on is not known to be what was drawn and computed."""
        self._computed.lose_track()
        return self._warehouse

    def draw(self, table: str, drawing: str) -> None:
        """Replace the whole table by the drawing; rows are held to the declaration."""
        head, *lines = [line for line in drawing.strip().splitlines() if line.strip()]
        columns = [cell.strip() for cell in head.split("|")]
        rows = []
        for line in lines:
            cells = [cell.strip() for cell in line.split("|")]
            assert len(cells) == len(columns), f"{table}: {line!r} has {len(cells)} cells, not {len(columns)}"
            rows.append(dict(zip(columns, cells, strict=True)))
        self.fill(table, rows)

    def fill(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Replace the whole table by rows; what a row leaves out is null or the column's plain value."""
        frame = self.frame(table, rows)
        replace_partition(self._warehouse, table, frame, where={})
        self._computed.put(table, frame)

    @contextmanager
    def forgotten(self) -> Iterator[None]:
        """Everything done inside is undone at the end, so that tests share one file and wait for no disk."""
        try:
            self.left_out = frozenset()
            with self._computed.forgotten(), self._warehouse.transaction():
                yield
                raise _Forget
        except _Forget:
            pass

    def load(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """As ``fill``, without holding the rows to the declaration."""
        frame = self.frame(table, rows)
        self._replace(table, frame)
        self._computed.put(table, frame)

    def compute(self, *tables: str, **parameters: Any) -> None:
        """As ``build``, without holding the rows to the declaration."""
        self.left_out -= set(tables)
        for table in tables:
            known = self._computed.find(table, METHOD | parameters)
            if known is not None:
                self._replace(table, known)
            elif table in ESTIMATORS:
                self._replace(table, self._filled(table, METHOD | parameters))
            else:
                sql = select_of(table)
                self._require_computed(sql)
                self._warehouse.run(f"DELETE FROM {table}")
                self._warehouse.run(f"INSERT INTO {table} BY NAME (\n{sql}\n)", METHOD | parameters)
            self._computed.keep(table, METHOD | parameters, self._warehouse)

    def _replace(self, table: str, rows: pa.Table) -> None:
        self._warehouse.run(f"DELETE FROM {table}")
        with self._warehouse.registered("new_rows", rows):
            self._warehouse.run(f"INSERT INTO {table} BY NAME SELECT * FROM new_rows")

    def frame(self, table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """The rows in the table's declared Arrow schema."""
        declared = all_tables()[table]
        specs = {spec.name: spec for spec in _specs(table)}
        plain = {name: _plain(spec) for name, spec in specs.items()}
        full = []
        for row in rows:
            assert row.keys() <= specs.keys(), f"{table} has no column {sorted(set(row) - set(specs))}"
            full.append(plain | {name: self._value(specs[name], cell) for name, cell in row.items()})
        return pa.Table.from_pylist(full, schema=arrow_schema(declared))

    def build(self, *tables: str, **parameters: Any) -> None:
        """Fill tables by their SELECTs, in this order, as a night does."""
        self.left_out -= set(tables)
        for table in tables:
            if table in ESTIMATORS:
                frame = self._filled(table, METHOD | parameters)
                replace_partition(self._warehouse, table, frame, where={})
            else:
                self._require_computed(select_of(table))
                build(self._warehouse, table, select_of(table), METHOD | parameters)
            self._computed.keep(table, METHOD | parameters, self._warehouse)

    def _filled(self, table: str, parameters: Mapping[str, Any]) -> pa.Table:
        estimator = ESTIMATORS[table]
        self._require_computed(estimator.reads)
        frames = {name: self._warehouse.arrow(sql, parameters) for name, sql in estimator.selects.items()}
        return estimator.fill(frames, parameters)

    def select(self, table: str, **parameters: Any) -> list[Row]:
        """Rows of the table's SELECT without storing them, ids as short names."""
        sql = select_of(table)
        return self._shortened(self._warehouse.arrow(sql, METHOD | parameters).to_pylist())

    def read(self, sql: str) -> list[Row]:
        """Rows of any SELECT by column name, in no settled order, ids as short names."""
        self._require_computed(sql)
        return self._shortened(self._warehouse.arrow(sql).to_pylist())

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of any SELECT in their total order, ids as short names."""
        self._require_computed(sql)
        found = self._shortened(self._warehouse.arrow(f"SELECT * FROM ({sql}) ORDER BY ALL").to_pylist())
        return sorted((tuple(row.values()) for row in found), key=repr)

    def one(self, table: str, columns: str, where: str = "TRUE") -> Row:
        """The only row of a table, these columns of it."""
        self._require_computed(table)
        arrow = self._warehouse.arrow(f"SELECT {columns} FROM {table} WHERE {where}")
        [row] = self._shortened(arrow.to_pylist())
        return row

    def id_of(self, column: str, name: str) -> str:
        """The id a short name stands for, remembered so that it comes back as the name."""
        whole, colon, part = name.partition(":") if ID_COLUMNS[column] == "fam" else (name, "", "")
        found = opaque(column, whole) + colon + part
        self._names[found] = name
        return found

    def _require_computed(self, sql: str) -> None:
        missing = self.left_out.intersection(re.findall(r"\w+", sql))
        assert not missing, f"{', '.join(sorted(missing))}: not computed; name it to estimate(..., only=)"

    def _shortened(self, rows: list[Row]) -> list[Row]:
        return [
            {name: self._short(v) if isinstance(v, str) else v for name, v in row.items()} for row in rows
        ]

    def _short(self, value: str) -> str:
        whole, colon, part = value.partition(":") if value.startswith("fam_") else (value, "", "")
        return self._names.get(value, self._names.get(whole, whole) + colon + part)

    def _value(self, spec: ColumnSpec, cell: Any) -> Any:
        if not isinstance(cell, str):
            return cell
        if cell == "":
            return _plain(spec)
        if spec.name in ID_COLUMNS:
            return self.id_of(spec.name, cell)
        if spec.sql_type == "BOOLEAN":
            return {"yes": True, "no": False}[cell]
        readers: dict[str, Any] = {"BIGINT": int, "DOUBLE": float, "DATE": date.fromisoformat}
        if spec.sql_type == "VARCHAR[]":
            return cell.split(",")
        if spec.sql_type == "BIGINT[]":
            return [int(number) for number in cell.split(",")]
        return readers.get(spec.sql_type, str)(cell)


@cache
def _specs(table: str) -> tuple[ColumnSpec, ...]:
    return column_specs(all_tables()[table])


def _plain(spec: ColumnSpec) -> Any:
    if spec.nullable:
        return None
    empty: dict[str, Any] = {
        "VARCHAR": "",
        "BIGINT": 0,
        "DOUBLE": 0.0,
        "BOOLEAN": False,
        "VARCHAR[]": [],
        "BIGINT[]": [],
    }
    return PLAIN.get(spec.name, empty.get(spec.sql_type))
