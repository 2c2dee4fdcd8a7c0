"""Step 3: taxonomies to a lexicon, postings to readings and mentions; only what was never read is read."""

import gc
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import Any

import pyarrow as pa

from flows.code_version import reader_code_version
from flows.night import Night
from transforms.occupation import build_occupations
from transforms.reading import ReadBatch, Reader, build_reader, read_batch
from transforms.skill import build_skills
from warehouse.load import append_rows, replace_partition
from warehouse.processes import uncollected
from warehouse.runs import canonical_json, key_of

ROWS_PER_BATCH = 1000
"""About 1.5 MB of adverts: small enough that a killed night loses seconds, large enough to be worth a process."""

SERIAL_BELOW = 3000
"""Fewer postings than this are read in the night's own process: starting two more takes about as long."""

OBJECTS_PER_COLLECTION = 200_000
"""More than a batch of adverts leaves (about 20 an advert), and some 20 MB."""

Lists = tuple[list[dict[str, Any]], list[dict[str, str]], list[dict[str, str]]]

_worker: dict[str, Reader] = {}


def build_lexicon(night: Night) -> dict[str, str]:
    """Fill the skill and occupation tables from config and the newest taxonomies of the night.

    Returns the releases used, ``{"onet": ..., "esco": ...}``, empty where none was offered.
    """
    warehouse, configuration = night.warehouse, night.configuration
    newest = {kind: newest_taxonomy(night, kind) for kind in ("onet", "esco")}
    snapshots = {kind: found[1] for kind, found in newest.items()}
    versions = {kind: found[0] for kind, found in newest.items()}

    def rows(kind: str, sql: str) -> list[dict[str, Any]]:
        return list(warehouse.arrow(sql, {"snapshot": snapshots[kind]}).to_pylist())

    skills = build_skills(
        configuration.skill_aliases,
        rows("esco", ESCO_SKILLS),
        rows(
            "onet",
            "SELECT DISTINCT technology_name FROM raw_onet_technology_skill WHERE snapshot_sha256 = $snapshot "
            "ORDER BY technology_name",
        ),
        configuration.ambiguous_terms,
        esco_version=versions["esco"],
        onet_version=versions["onet"],
    )
    occupations = build_occupations(
        configuration.occupations,
        rows(
            "onet",
            "SELECT * FROM raw_onet_occupation WHERE snapshot_sha256 = $snapshot ORDER BY onet_soc_code",
        ),
        rows("esco", "SELECT * FROM raw_esco_occupation WHERE snapshot_sha256 = $snapshot ORDER BY esco_uri"),
        onet_version=versions["onet"],
        esco_version=versions["esco"],
    )
    with warehouse.transaction():
        for tables in (skills, occupations):
            for name, frame in vars(tables).items():
                replace_partition(warehouse, name, frame, where={})
    night.report.add(
        "lexicon",
        skills=skills.core_skill.num_rows,
        surfaces=skills.core_skill_surface.num_rows,
        onet=versions["onet"] or "none offered",
        esco=versions["esco"] or "none offered",
    )
    return versions


ESCO_SKILLS = """
WITH translated AS (
    SELECT language_code, arg_max(snapshot_sha256, (release_rank, source_id, file)) AS snapshot_sha256
    FROM (SELECT DISTINCT snapshot_sha256, language_code FROM raw_esco_skill WHERE language_code <> 'en')
    JOIN meta_input USING (snapshot_sha256)
    WHERE source_kind = 'esco' AND load_state = 'loaded'
    GROUP BY language_code
)
SELECT * FROM raw_esco_skill WHERE snapshot_sha256 = $snapshot
UNION ALL BY NAME
SELECT raw_esco_skill.* FROM raw_esco_skill JOIN translated USING (snapshot_sha256, language_code)
WHERE raw_esco_skill.snapshot_sha256 <> $snapshot
ORDER BY language_code, esco_uri
"""
"""The English package, and of every other language the newest one."""


def newest_taxonomy(night: Night, kind: str) -> tuple[str, str]:
    """Release and snapshot of the newest loaded release of a taxonomy; two empty texts where none was offered."""
    rows = night.warehouse.rows(
        "SELECT release, snapshot_sha256 FROM meta_input WHERE source_kind = $kind AND load_state = 'loaded' "
        "AND ($kind <> 'esco' OR snapshot_sha256 IN "
        "(SELECT snapshot_sha256 FROM raw_esco_skill WHERE language_code = 'en')) "
        "ORDER BY release_rank DESC, source_id, file LIMIT 1",
        {"kind": kind},
    )
    return (str(rows[0][0]), str(rows[0][1])) if rows else ("", "")


def read_postings(night: Night) -> str:
    """Read every posting version of the night that this reader has not read; returns the reader version."""
    warehouse = night.warehouse
    surfaces = warehouse.arrow("SELECT * FROM core_skill_surface ORDER BY language_code, surface")
    reviewed = (night.configuration.ambiguous_terms, night.configuration.occupations)
    # By columns: written row by row, a hundred thousand surfaces take half a second of every night.
    version = key_of(reader_code_version(), canonical_json([surfaces.to_pydict(), *reviewed]))[:16]
    with warehouse.transaction():
        for table in ("core_mention", "core_reading_role", "core_reading"):
            warehouse.run(f"DELETE FROM {table} WHERE reader_version <> $version", {"version": version})  # noqa: S608
    [[n_pending]] = warehouse.rows(f"SELECT count(*) FROM ({PENDING})", {"version": version})  # noqa: S608
    n_done = 0
    lists: Lists = (surfaces.to_pylist() if n_pending else [], *reviewed)
    for batch in _read_all(night, lists, version, int(n_pending)):
        with warehouse.transaction():
            append_rows(warehouse, "core_reading", batch.core_reading)
            append_rows(warehouse, "core_reading_role", batch.core_reading_role)
            append_rows(warehouse, "core_mention", batch.core_mention)
        n_done += batch.core_reading.num_rows
        night.progress(f"read {n_done}/{n_pending} postings")
    [[n_known]] = warehouse.rows("SELECT count(*) FROM core_reading")
    night.report.add("read", postings_read_now=n_done, postings_read=int(n_known), reader_version=version)
    return version


PENDING = """
SELECT posting_version, any_value(title ORDER BY source_id, release, file, row_number) AS title,
       any_value(company ORDER BY source_id, release, file, row_number) AS company,
       any_value(text ORDER BY source_id, release, file, row_number) AS text,
       any_value(text_format ORDER BY source_id, release, file, row_number) AS text_format
FROM raw_posting
JOIN meta_input USING (snapshot_sha256, source_id, release, file)
WHERE meta_input.load_state = 'loaded'
  AND posting_version NOT IN (SELECT posting_version FROM core_reading WHERE reader_version = $version)
GROUP BY posting_version
"""
"""A version is a hash of what it groups, so any row of it would do; the order only settles which."""


def _read_all(night: Night, lists: Lists, version: str, n_pending: int) -> Iterator[ReadBatch]:
    if not n_pending:
        return
    batches = night.warehouse.batches(PENDING, {"version": version}, rows_per_batch=ROWS_PER_BATCH)
    frames = (pa.Table.from_batches([batch]) for batch in batches)
    workers = night.settings.threads
    if n_pending < SERIAL_BELOW or workers < 2:
        with uncollected():
            reader = build_reader(*lists)
        for frame in frames:
            yield read_batch(reader, version, frame)
        return
    # Spawned, not forked: a forked child would share the open warehouse.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start_worker, initargs=(lists,)
    ) as pool:
        waiting: set[Future[ReadBatch]] = set()
        for frame in frames:
            waiting.add(pool.submit(_read_in_worker, version, frame))
            # Two batches a worker keep all busy and memory flat however many postings there are.
            while len(waiting) >= 2 * workers:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in finished)
        for future in waiting:
            yield future.result()


def _start_worker(lists: Lists) -> None:
    with uncollected():
        reader = build_reader(*lists)
    _worker["reader"] = resident(reader)


def resident(reader: Reader) -> Reader:
    """Returns the reader, out of the garbage collector's sight from now on, with all else the process holds.

    Its 70,000 entries stay until the process ends; walking them with every full collection took a tenth of
    the time of reading. Reading makes no cycles: collections in the midst of a batch took another thirtieth.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    return reader


def _read_in_worker(version: str, frame: pa.Table) -> ReadBatch:
    return read_batch(_worker["reader"], version, frame)
