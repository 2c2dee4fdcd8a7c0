"""The text stage on one core, against the bare automaton scan of the same text in the same run."""

import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from flows.configuration import read_configuration
from transforms.drop import Manifest, parse_manifest
from transforms.esco import parse_esco
from transforms.onet import parse_onet
from transforms.parsed import NotLoadable
from transforms.posting_file import parse_posting_file
from transforms.reading import Reader, build_reader, read_batch
from transforms.release import release_order
from transforms.skill import build_skills
from transforms.synthetic import market
from transforms.text import clean, fold
from warehouse.archive import zip_members
from warehouse.landing import find_drops, sha256_of

N_POSTINGS = 3000
Rate = tuple[str, float, str, str]
Files = list[tuple[Manifest, str, bytes]]


def text_stage_rates(drops: Path | None) -> list[Rate]:
    """Name, value, unit and comparison of each figure: postings a second, and the ratio to the bare scan.

    Over the first HTML adverts of the drops (the embedded market where there are none), with the
    lexicon of the newest taxonomies among them.
    """
    files = _drop_files(drops) if drops else _embedded_files()
    reader = _reader(files)
    batch = _adverts(files)
    texts = [
        clean(text, kind)
        for text, kind in zip(batch["text"].to_pylist(), batch["text_format"].to_pylist(), strict=True)
    ]
    n_bytes = sum(len(text) for text in texts)
    padded = [f" {fold(text)} " for text in texts]
    scan = reader.lexicon.automaton.find_matches_as_indexes
    floor_s = _seconds(lambda: [scan(text, overlapping=True) for text in padded])
    stage_s = _seconds(lambda: read_batch(reader, "0" * 16, batch))
    n = batch.num_rows
    against = f"{n} adverts of {n_bytes / max(n, 1):.0f} characters, {len(reader.lexicon.entries)} forms"
    return [
        ("text_stage_postings", n / stage_s, "per s and core", against),
        ("bare_scan_postings", n / floor_s, "per s and core", against),
        (
            "text_stage_over_bare_scan",
            stage_s / floor_s,
            "times",
            "time of the whole stage over the bare scan",
        ),
    ]


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return max(time.process_time() - started, 1e-9)


def _drop_files(drops: Path) -> Files:
    found: Files = []
    for drop in find_drops([drops]):
        manifest = parse_manifest(drop.manifest.read_bytes(), where=str(drop.manifest))
        for file in manifest.files[:8]:  # eight files of a source hold more adverts than are measured
            found.append((manifest, file.path, (drop.folder / file.path).read_bytes()))
    return found


def _embedded_files() -> Files:
    files = market()
    found: Files = []
    for name in sorted(files):
        if name.endswith("manifest.json"):
            manifest = parse_manifest(files[name], where=name)
            folder = name.removesuffix("manifest.json")
            found += [(manifest, file.path, files[folder + file.path]) for file in manifest.files]
    return found


def _reader(files: Files) -> Reader:
    configuration = read_configuration()
    newest: dict[str, dict[str, pa.Table]] = {}
    for manifest, path, data in sorted(files, key=lambda item: release_order(item[0].release)):
        if manifest.kind in ("onet", "esco"):
            parse = parse_onet if manifest.kind == "onet" else parse_esco
            members = zip_members(data, lambda name: name.endswith((".txt", ".csv")), where=path)
            try:
                parsed = parse(members, manifest, sha256_of(data))
            except NotLoadable:
                continue
            newest[manifest.kind] = {name: rows.table for name, rows in parsed.items()}
    skills = build_skills(
        configuration.skill_aliases,
        newest["esco"]["raw_esco_skill"].to_pylist(),
        newest["onet"]["raw_onet_technology_skill"].to_pylist(),
        configuration.ambiguous_terms,
        esco_version="",
        onet_version="",
    )
    return build_reader(
        skills.core_skill_surface.to_pylist(), configuration.ambiguous_terms, configuration.occupations
    )


def _adverts(files: Files) -> pa.Table:
    frames: list[pa.Table] = []
    for manifest, path, data in files:
        if manifest.kind == "postings" and manifest.postings and manifest.postings.text_format == "html":
            frames.append(parse_posting_file(data, manifest, path, sha256_of(data)).table)
        if sum(frame.num_rows for frame in frames) >= N_POSTINGS:
            break
    wanted = ["posting_version", "title", "company", "text", "text_format"]
    return pa.concat_tables(frames).select(wanted).slice(0, N_POSTINGS)
