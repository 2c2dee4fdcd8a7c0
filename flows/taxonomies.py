"""The newest taxonomies without a night: out of drop folders, or out of the warehouse a night has filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.land import read_manifests
from flows.night import InputFault
from transforms.drop import Manifest
from transforms.esco import parse_esco
from transforms.onet import parse_onet
from transforms.parsed import NotLoadable, UnknownLayout
from transforms.release import release_order
from warehouse.archive import ZipFault, zip_members
from warehouse.connection import NoWarehouse, open_warehouse
from warehouse.landing import LandingFault, drop_file, sha256_of
from warehouse.settings import Settings

KINDS = ("esco", "onet")
TABLES = {
    "esco": ("raw_esco_skill", "raw_esco_occupation", "raw_esco_occupation_skill"),
    "onet": ("raw_onet_occupation", "raw_onet_alternate_title", "raw_onet_technology_skill"),
}


@dataclass(frozen=True)
class Taxonomies:
    """Raw tables of one release of each kind, empty where none was found; ``versions`` says which."""

    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Rows of a table, none where its taxonomy was not found."""
        return list(self.tables[table].to_pylist()) if table in self.tables else []


def taxonomies(settings: Settings, drops: list[Path]) -> Taxonomies:
    """The newest release of each kind below the drops, or without drops in the warehouse; none of either is empty.

    Raises InputFault listing what is wrong with the drops.
    """
    return _from_drops(drops) if drops else _from_warehouse(settings)


def _from_drops(drops: list[Path]) -> Taxonomies:
    found = [(folder, manifest) for folder, manifest in read_manifests(drops) if manifest.kind in KINDS]
    newest_first = sorted(
        found, key=lambda item: (release_order(item[1].release), item[1].where), reverse=True
    )
    tables: dict[str, pa.Table] = {}
    versions: dict[str, str] = {}
    faults: list[str] = []
    for drop, manifest in newest_first:
        for file in manifest.files:
            if manifest.kind in versions:
                continue
            try:
                data = drop_file(drop.folder, file.path).read_bytes()
                if sha256_of(data) != file.sha256:
                    raise LandingFault(f"{drop.folder / file.path} is not the file its manifest speaks of")
                parsed = _parse(data, manifest, file.path)
            except (LandingFault, UnknownLayout, ZipFault) as fault:
                faults.append(f"{manifest.where}: {fault}")
                continue
            if parsed:
                tables |= parsed
                versions[manifest.kind] = manifest.release
    if faults:
        raise InputFault(faults)
    return Taxonomies(tables, versions)


def _parse(data: bytes, manifest: Manifest, path: str) -> dict[str, pa.Table]:
    """Tables of one file; none where the release is known not to load."""
    parse = parse_esco if manifest.kind == "esco" else parse_onet
    members = zip_members(data, lambda name: name.endswith((".txt", ".csv")), where=path)
    try:
        return {name: parsed.table for name, parsed in parse(members, manifest, sha256_of(data)).items()}
    except NotLoadable:
        return {}


def _from_warehouse(settings: Settings) -> Taxonomies:
    tables: dict[str, pa.Table] = {}
    versions: dict[str, str] = {}
    try:
        with open_warehouse(settings, read_only=True) as warehouse:
            for kind in KINDS:
                rows = warehouse.rows(
                    "SELECT release, snapshot_sha256 FROM meta_input WHERE source_kind = $kind AND load_state = "
                    "'loaded' ORDER BY release_rank DESC, source_id, file LIMIT 1",
                    {"kind": kind},
                )
                for release, snapshot in rows:
                    versions[kind] = str(release)
                    for name in TABLES[kind]:
                        tables[name] = warehouse.arrow(
                            f"SELECT * FROM {name} WHERE snapshot_sha256 = $snapshot ORDER BY ALL",  # noqa: S608
                            {"snapshot": snapshot},
                        )
    except NoWarehouse:
        return Taxonomies()
    return Taxonomies(tables, versions)
