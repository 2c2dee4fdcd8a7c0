"""The text stage on one core, against the bare automaton scan of the same text in the same run."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.compute as pc

from flows.configuration import read_configuration
from flows.read import resident
from transforms.drop import Manifest, parse_manifest
from transforms.esco import parse_esco
from transforms.header import read_header
from transforms.language import language
from transforms.mention import mentions
from transforms.onet import parse_onet
from transforms.parsed import NotLoadable
from transforms.posting_file import parse_posting_file
from transforms.reading import Reader, build_reader, read_batch
from transforms.release import release_order
from transforms.section import sections
from transforms.skill import build_skills
from transforms.synthetic import market
from transforms.text import clean, fold
from warehouse.archive import zip_members
from warehouse.landing import find_drops, sha256_of

N_POSTINGS = 3000
N_PER_SOURCE = 400
LONG = (2400, 4600)
"""Characters of an advert that counts as long: about 3,400 on average, as boards other than Hacker News have."""

N_WARM = 500
"""Adverts read before any is timed: a night's first hundred bring the headings and titles that all share."""

N_PARTS = 3
SAME_BEGINNING = 400
"""Adverts with the same first characters are one, posted again: only the first is measured."""

ROUNDS = 3
"""The fastest of some rounds is the time of a stage alone; the others hold what else the machine did."""

Rate = tuple[str, float, str, str]
Files = list[tuple[Manifest, str, bytes]]


def text_stage_rates(drops: Path | None) -> list[Rate]:
    """Name, value, unit and comparison of each figure: postings a second, shares of the stages, ratio to the bare scan.

    Seconds are of this process's CPU time, so that what else runs on the machine takes little from the rates (it
    still shares the caches with it: compare two versions of the code by turns). Rates and ratio are of one pass over
    adverts never read before, in N_PARTS parts of which the middle one counts; what a second reading of the same
    adverts would take, whose titles and headings are remembered, stands beside it.

    Over the first HTML adverts of the drops (the embedded market where there are none), then over long
    adverts of all other sources, with the lexicon of the newest taxonomies among them.
    """
    files = _drop_files(drops) if drops else _embedded_files()
    reader = resident(_reader(files))
    rates = _rates("", reader, _distinct(_adverts(files)))
    long_ones = _distinct(_long_adverts(files))
    return rates + (_rates("long_", reader, long_ones) if long_ones.num_rows else [])


def _rates(prefix: str, reader: Reader, batch: pa.Table) -> list[Rate]:
    warm = batch.slice(0, min(N_WARM, batch.num_rows // 4))
    read_batch(reader, "0" * 16, warm)
    unseen = batch.slice(warm.num_rows)
    # Every third advert: a part of each source, whatever the order.
    parts = [unseen.take(pa.array(range(part, unseen.num_rows, N_PARTS))) for part in range(N_PARTS)]
    stage_s = [_seconds_once(partial(read_batch, reader, "0" * 16, part)) / part.num_rows for part in parts]
    padded = [[f" {fold(text)} " for text in _cleaned(part)] for part in parts]
    floor_s = [_seconds(partial(_scan, reader, texts)) / len(texts) for texts in padded]
    again_s = _seconds(lambda: read_batch(reader, "0" * 16, unseen)) / unseen.num_rows
    n_characters = sum(len(text) - 2 for texts in padded for text in texts) / unseen.num_rows
    against = (
        f"{unseen.num_rows} adverts of {n_characters:.0f} characters, {len(reader.lexicon.entries)} forms"
    )
    over = median(stage / floor for stage, floor in zip(stage_s, floor_s, strict=True))
    return [
        (f"{prefix}text_stage_postings", 1 / median(stage_s), "per s and core", f"{against}, read once"),
        (
            f"{prefix}text_stage_postings_again",
            1 / again_s,
            "per s and core",
            f"{against}, fastest reading of {ROUNDS}",
        ),
        (f"{prefix}bare_scan_postings", 1 / median(floor_s), "per s and core", against),
        (
            f"{prefix}text_stage_over_bare_scan",
            over,
            "times",
            "time of the whole stage, read once, over the bare scan",
        ),
        *_shares(prefix, reader, unseen, again_s * unseen.num_rows),
    ]


def _scan(reader: Reader, texts: list[str]) -> None:
    scan = reader.lexicon.automaton.find_matches_as_indexes
    for text in texts:
        scan(text, overlapping=True)


def _distinct(batch: pa.Table) -> pa.Table:
    """The adverts whose text begins like no other's before it."""
    seen: dict[str, int] = {}
    for number, text in enumerate(batch["text"].to_pylist()):
        seen.setdefault((text or "")[:SAME_BEGINNING], number)
    return batch.take(pa.array(seen.values(), pa.int64()))


def _cleaned(batch: pa.Table) -> list[str]:
    cells = zip(batch["text"].to_pylist(), batch["text_format"].to_pylist(), strict=True)
    return [clean(text, kind) for text, kind in cells]


def _shares(prefix: str, reader: Reader, batch: pa.Table, stage_s: float) -> list[Rate]:
    """Share of each stage in the time of a second reading; `rest` is what the batch adds: roles, facts, tables."""
    texts = _cleaned(batch)
    parts = [sections(text) for text in texts]
    parted = list(zip(texts, parts, strict=True))
    titles = batch["title"].to_pylist()
    untitled = [text for text, title in zip(texts, titles, strict=True) if not title]
    lexicon = reader.lexicon
    seconds = {
        "html": _seconds(lambda: _cleaned(batch)),
        "language": _seconds(lambda: [language(text) for text in texts]),
        "header": _seconds(lambda: [read_header(text) for text in untitled]),
        "sections": _seconds(lambda: [sections(text) for text in texts]),
        "matching": _seconds(lambda: [lexicon.find(text) for text in texts]),
    }
    both = _seconds(lambda: [mentions(text, lexicon, part) for text, part in parted])
    seconds["decisions"] = max(both - seconds["matching"], 0.0)
    seconds["rest"] = max(stage_s - sum(seconds.values()), 0.0)
    note = "of the time of a second reading, each stage alone over the same adverts"
    return [(f"{prefix}share_{name}", took / stage_s, "share", note) for name, took in seconds.items()]


def _seconds(work: Callable[[], object]) -> float:
    return min(_seconds_once(work) for _ in range(ROUNDS))


def _seconds_once(work: Callable[[], object]) -> float:
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


WANTED = ["posting_version", "title", "company", "text", "text_format"]


def _adverts(files: Files) -> pa.Table:
    frames: list[pa.Table] = []
    for manifest, path, data in files:
        if manifest.kind == "postings" and manifest.postings and manifest.postings.text_format == "html":
            frames.append(parse_posting_file(data, manifest, path, sha256_of(data)).table)
        if sum(frame.num_rows for frame in frames) >= N_POSTINGS:
            break
    return pa.concat_tables(frames).select(WANTED).slice(0, N_POSTINGS)


def _long_adverts(files: Files) -> pa.Table:
    """Up to N_PER_SOURCE adverts of LONG characters of every file with a text that is not HTML as it stands."""
    frames: list[pa.Table] = []
    for manifest, path, data in files:
        if manifest.kind != "postings" or not manifest.postings or manifest.postings.text_format == "html":
            continue
        if "text" not in manifest.postings.columns:
            continue
        table = parse_posting_file(data, manifest, path, sha256_of(data)).table.select(WANTED)
        length = pc.utf8_length(pc.fill_null(table["text"], ""))
        wanted = pc.and_(pc.greater_equal(length, LONG[0]), pc.less_equal(length, LONG[1]))
        frames.append(table.filter(wanted).slice(0, N_PER_SOURCE))
    return pa.concat_tables(frames) if frames else _adverts(files).slice(0, 0)
