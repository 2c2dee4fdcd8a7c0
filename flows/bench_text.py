"""The text stage on one core, against the bare automaton scan of the same text in the same run.

Two rates beside each other. `text_stage_postings`: the six stages from markup to verdicts and contacts, which the
bars are for (what is in and what is out: flows.bench_stages). `reading_postings`: all that a night does with an
advert, which adds header, employer, roles, parts, pay, level, years, workplace and the tables, and scrubs nothing.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.compute as pc

from flows.bench_stages import STAGES, StageSeconds, stage_seconds
from flows.configuration import read_configuration
from flows.read import resident
from transforms.drop import Manifest, parse_manifest
from transforms.esco import parse_esco
from transforms.onet import parse_onet
from transforms.parsed import NotLoadable
from transforms.posting_file import parse_posting_file
from transforms.reading import Reader, build_reader, read_batch
from transforms.release import release_order
from transforms.skill import build_skills
from transforms.synthetic import market
from warehouse.archive import zip_members
from warehouse.landing import find_drops, sha256_of

N_POSTINGS = 3000
N_PER_SOURCE = 400
LONG = (2400, 4600)
"""Characters of an advert that counts as long: about 3,400 on average, as boards other than Hacker News have."""

N_WARM = 500
"""Adverts read before any is timed: a night's first hundred bring the headings and titles that all share."""

N_PARTS = 6
"""By turns for the stages and for the whole reading, so that each reads adverts that neither has read."""

SAME_BEGINNING = 400
"""Adverts with the same first characters are one, posted again: only the first is measured."""

ROUNDS = 3
"""The fastest of some rounds is the time of a second reading; the others hold what else the machine did."""

BARS = {"": 2000.0, "long_": 1000.0}
"""Adverts of Hacker News, and of about 3,400 characters, a second and core: the drops' adverts, no made-up ones."""

Rate = tuple[str, float, str, float | None, str]
Files = list[tuple[Manifest, str, bytes]]


def text_stage_rates(drops: Path | None) -> list[Rate]:
    """Name, value, unit, bar and comparison of each figure: postings a second, shares of stages, ratio to bare scan.

    Seconds are of this process's CPU time, so that what else runs on the machine takes little from the rates (it
    still shares the caches with it: compare two versions of the code by turns). Rates, shares and ratio are of one
    pass over adverts never read before, the rate that of the middle part; what a second reading of the same adverts
    would take, whose titles and headings are remembered, stands beside it.

    Over the first HTML adverts of the drops (the embedded market where there are none), then over long
    adverts of all other sources, with the lexicon of the newest taxonomies among them.
    """
    files = _drop_files(drops) if drops else _embedded_files()
    reader = resident(_reader(files))
    rates: list[Rate] = []
    for prefix, adverts in (("", _adverts(files)), ("long_", _long_adverts(files))):
        distinct = _distinct(adverts)
        if distinct.num_rows:
            rates += _rates(prefix, reader, distinct, bar=BARS[prefix] if drops else None)
    return rates


def _rates(prefix: str, reader: Reader, batch: pa.Table, *, bar: float | None) -> list[Rate]:
    warm = batch.slice(0, min(N_WARM, batch.num_rows // 4))
    read_batch(reader, "0" * 16, warm)
    stage_seconds(reader, warm)
    unseen = batch.slice(warm.num_rows)
    # Every sixth advert: a part of each source, whatever the order.
    parts = [unseen.take(pa.array(range(part, unseen.num_rows, N_PARTS))) for part in range(N_PARTS)]
    staged: list[StageSeconds] = []
    reading_s: list[float] = []
    for of_stages, of_reading in zip(parts[::2], parts[1::2], strict=True):
        staged.append(stage_seconds(reader, of_stages))
        reading_s.append(_reading_seconds(reader, of_reading) / of_reading.num_rows)
    again_s = min(_reading_seconds(reader, unseen) for _ in range(ROUNDS)) / unseen.num_rows
    return [
        *_stage_rates(prefix, staged, bar, n_forms=len(reader.lexicon.entries)),
        *_reading_rates(prefix, 1 / median(reading_s), 1 / again_s),
    ]


def _stage_rates(
    prefix: str, staged: Sequence[StageSeconds], bar: float | None, *, n_forms: int
) -> Iterator[Rate]:
    n_adverts = sum(part.n_adverts for part in staged)
    n_characters = sum(part.n_characters for part in staged) / n_adverts
    against = f"{n_adverts} adverts of {n_characters:.0f} characters, {n_forms} forms, read once"
    rate = median(part.n_adverts / part.all_stages for part in staged)
    yield f"{prefix}text_stage_postings", rate, "per s and core", bar, f"{against}: {', '.join(STAGES)}"
    floor = median(part.n_adverts / part.bare_scan for part in staged)
    yield f"{prefix}bare_scan_postings", floor, "per s and core", None, against
    yield (
        f"{prefix}text_stage_over_bare_scan",
        median(part.all_stages / part.bare_scan for part in staged),
        "times",
        None,
        "time of the six stages over the bare scan of the same texts in the same run",
    )
    whole = sum(part.all_stages for part in staged)
    for stage in STAGES:
        share = sum(part.of_stage[stage] for part in staged) / whole
        yield f"{prefix}share_{stage}", share, "share", None, "of the time of the six stages in that run"


def _reading_rates(prefix: str, once: float, again: float) -> Iterator[Rate]:
    more = "the stages but scrubbing, and header, employer, roles, pay, level, years, workplace, tables"
    yield f"{prefix}reading_postings", once, "per s and core", None, f"{more}; read once"
    yield (
        f"{prefix}reading_postings_again", again, "per s and core", None,
        f"{more}; fastest reading of {ROUNDS} of adverts read before",
    )  # fmt: skip


def _reading_seconds(reader: Reader, batch: pa.Table) -> float:
    started = time.process_time()
    read_batch(reader, "0" * 16, batch)
    return max(time.process_time() - started, 1e-9)


def _distinct(batch: pa.Table) -> pa.Table:
    """The adverts whose text begins like no other's before it."""
    seen: dict[str, int] = {}
    for number, text in enumerate(batch["text"].to_pylist()):
        seen.setdefault((text or "")[:SAME_BEGINNING], number)
    return batch.take(pa.array(seen.values(), pa.int64()))


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
