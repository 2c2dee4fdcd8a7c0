"""Whole nights without Prefect, over small drops: the same steps in the same order, in seconds."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flows.code_version import code_version
from flows.configuration import Configuration, read_configuration
from flows.land import land
from flows.night import Night, OfferedFile, Report, Request
from tests.drawn_evidence import FILES
from transforms.synthetic import market
from transforms.synthetic_roles import ROLES
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

STARTED_AT = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)
TASKS = (
    "land_task",
    "load_task",
    "read_task",
    "titles_task",
    "estimate_task",
    "evidence_task",
    "release_task",
)
SKILLS = {skill for slug in ("backend-developer", "data-scientist") for skill in ROLES[slug].shares}


@cache
def small_configuration() -> Configuration:
    """config/ with the skills of two roles of the synthetic market: fewer rows, the same rules."""
    whole = read_configuration()
    aliases = [row for row in whole.skill_aliases if row["skill"] in SKILLS]
    return replace(whole, skill_aliases=aliases, evidence=FILES)


def write_tree(folder: Path, tree: Mapping[str, bytes]) -> Path:
    """Relative path -> bytes on disk; returns the folder."""
    for name, data in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


SMALL = ("onet/29.2", "postings/synthetic_board", "postings/synthetic_agency")
"""Drops of the market in few files: an hour of drills has no time for fourteen monthly files each."""


def write_market(
    folder: Path, *, seed: int = 7, n_postings: int = 240, only: tuple[str, ...] = ("",)
) -> Path:
    """A small synthetic market as drop folders, or those of its drops named by ``only``; returns their parent."""
    tree = market(seed, n_postings=n_postings)
    return write_tree(folder, {name: data for name, data in tree.items() if name.startswith(only)})


def write_drop(folder: Path, files: Mapping[str, bytes], **changes: Any) -> Path:
    """A drop of posting files with a sound manifest; ``changes`` replace its fields, None takes one out."""
    manifest: dict[str, Any] = {
        "manifest_version": 1,
        "kind": "postings",
        "source": "invented_board",
        "release": "2026-06",
        "synthetic": True,
        "licence": "CC0-1.0 (synthetic)",
        "terms_class": "open",
        "retrieved_on": "2026-07-01",
        "postings": {"text_format": "plain"},
        "files": [
            {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    } | changes
    manifest = {name: value for name, value in manifest.items() if value is not None}
    return write_tree(folder, dict(files) | {"manifest.json": json.dumps(manifest).encode()})


def change_manifest(drop: Path, **changes: Any) -> None:
    """Replace fields of a drop's manifest, rehashing its files; None takes a field out."""
    path = drop / "manifest.json"
    manifest = json.loads(path.read_bytes())
    for entry in manifest["files"]:
        data = (drop / entry["path"]).read_bytes()
        entry |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest |= changes
    path.write_text(json.dumps({name: value for name, value in manifest.items() if value is not None}))


@contextmanager
def night_over(
    settings: Settings, *, run_id: str = "drill", request: Request | None = None
) -> Iterator[Night]:
    """A night whose steps a test calls one by one; what it says is lost, what it reports is not."""
    with open_warehouse(settings, now=STARTED_AT) as warehouse:
        yield Night(
            settings=settings,
            warehouse=warehouse,
            configuration=small_configuration(),
            request=request or Request(None, ()),
            run_id=run_id,
            started_at=STARTED_AT,
            code_version=code_version(),
            progress=lambda line: None,
            report=Report([], [], lambda: 0.0),
        )


def landed(night: Night, *drops: Path) -> list[OfferedFile]:
    """The drops landed for this night."""
    return land(night.settings, list(drops), night.report)


def counts(night: Night, step: str) -> dict[str, Any]:
    """What the newest entry of a step reports."""
    return next(entry for entry in reversed(night.report.steps) if entry["step"] == step)


@contextmanager
def without_prefect(configuration: Configuration | None = None) -> Iterator[None]:
    """Inside, ``flows.nightly.nightly`` and its tasks are the plain functions Prefect would call."""
    flow_module = import_module("flows.nightly")  # here, since importing Prefect takes seconds
    plain: dict[str, Any] = {name: getattr(flow_module, name).fn for name in TASKS}
    plain["nightly"] = flow_module.nightly.fn
    plain["unsearched"] = lambda given: given
    plain["_artifacts"] = lambda night, data_version: None
    if configuration:
        plain["read_configuration"] = lambda: configuration
    with patch.multiple(flow_module, **plain):
        yield


def run_night(
    home: Path,
    *drops: Path,
    as_of: str | None = None,
    periods: tuple[str, ...] = (),
    threads: int = 1,
    configuration: Configuration | None = None,
) -> dict[str, Any]:
    """A whole night in this process, without Prefect, by default over the small configuration."""
    environ = {"SKILLWEIGHTS_HOME": str(home), "SKILLWEIGHTS_THREADS": str(threads)}
    with without_prefect(configuration or small_configuration()), patch.dict(os.environ, environ):
        result: dict[str, Any] = import_module("flows.nightly").nightly(
            drops=[str(drop) for drop in drops] or None, as_of=as_of, periods=list(periods)
        )
    return result


def step(result: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What a finished night reports of one step; empty where it did not take that step."""
    return next((entry for entry in result["steps"] if entry["step"] == name), {})


def release_folder(home: Path) -> Path:
    """The release that latest.json names."""
    root = home / "releases" / "v1"
    return root / "releases" / str(json.loads((root / "latest.json").read_bytes())["latest"])


def release_bytes(folder: Path) -> dict[str, str]:
    """Path below a release folder -> SHA-256 of the file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
