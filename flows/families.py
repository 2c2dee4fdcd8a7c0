"""Step 4, first part: near-duplicate adverts of one employer become one family; texts are signed once per version."""

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

import pyarrow as pa

from flows.code_version import signature_code_version
from flows.night import Night
from schemas.core_family_merge import CoreFamilyMerge
from schemas.derive import arrow_schema
from transforms.family import merges
from transforms.near_text import NearRules
from transforms.signature import sign_batch
from warehouse.connection import Warehouse
from warehouse.load import append_rows, replace_partition

ROWS_PER_BATCH = 1000
RUNS_PER_BATCH = 4000
"""About 12 MB of shingles; an employer with more runs than this is still compared as a whole."""

SERIAL_BELOW = 6000
"""Fewer texts than this are signed in the night's own process: starting others takes as long."""

UNSIGNED = """
SELECT posting_version, any_value(text) AS text, any_value(text_format) AS text_format
FROM raw_posting
JOIN meta_input USING (snapshot_sha256, source_id, release, file)
WHERE meta_input.load_state = 'loaded'
  AND posting_version NOT IN (SELECT posting_version FROM core_signature WHERE signature_version = $version)
GROUP BY posting_version
"""
"""A version is a hash of text and format (and more), so all rows of it hold the same."""

RUNS = """
WITH extent AS (
    SELECT spell_id, min(first_seen_on) AS first_seen_on, max(greatest(first_seen_on, last_seen_on)) AS seen_until
    FROM core_spell JOIN core_posting USING (posting_id)
    GROUP BY spell_id
)
SELECT employer_key, spell_id, posting_id, title_words, place_key, extent.first_seen_on, extent.seen_until,
       n_words, shingles, bands
FROM core_spell
JOIN extent USING (spell_id)
JOIN core_posting USING (posting_id)
JOIN core_signature USING (posting_version)
WHERE merged_with IS NULL AND employer_key <> '' AND n_words > 0 AND signature_version = $version
QUALIFY count(*) OVER (PARTITION BY employer_key) > 1
ORDER BY employer_key, spell_id
"""
"""Only texts of one known employer meet, so an employer with one run of repeats is not even read."""


def sign_postings(night: Night) -> int:
    """Sign every posting version of the night that has no signature of this version; returns how many."""
    version = signature_version()
    warehouse = night.warehouse
    parameters = {"version": version}
    warehouse.run("DELETE FROM core_signature WHERE signature_version <> $version", parameters)
    versions = UNSIGNED.replace(", any_value(text) AS text, any_value(text_format) AS text_format", "")
    [[n_pending]] = warehouse.rows(f"SELECT count(*) FROM ({versions})", parameters)  # noqa: S608
    n_done = 0
    for signatures in _signed(night, version, int(n_pending)):
        append_rows(warehouse, "core_signature", signatures)
        n_done += signatures.num_rows
        night.progress(f"signed {n_done}/{n_pending} postings")
    return n_done


def signature_version() -> str:
    """Version of the signatures: a hash of what they rest on, so that no stale one is ever compared."""
    return signature_code_version()[:16]


def merge_families(warehouse: Warehouse, rules: NearRules, runs: Iterable[pa.RecordBatch]) -> int:
    """Fill core_family_merge anew from the runs of repeats, as RUNS orders them; returns the number of merges."""
    found = [merges(whole, rules) for whole in whole_employers(runs)]
    schema = arrow_schema(CoreFamilyMerge)
    frame = pa.concat_tables([schema.empty_table(), *found])
    return replace_partition(warehouse, "core_family_merge", frame, where={})


def runs_of_repeats(warehouse: Warehouse) -> Iterator[pa.RecordBatch]:
    """Runs of repeats of the employers that have several, in batches; reads what is committed."""
    return warehouse.batches(RUNS, {"version": signature_version()}, rows_per_batch=RUNS_PER_BATCH)


def whole_employers(runs: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The same runs in pieces that never cut an employer in two; a piece may hold several batches."""
    waiting: list[pa.RecordBatch] = []
    for batch in runs:
        if not batch.num_rows:
            continue
        names = batch.column("employer_key")
        last = names[len(names) - 1]
        cut = names.index(last).as_py()
        if waiting and (cut or waiting[-1].column("employer_key")[0] != last):
            yield pa.Table.from_batches([*waiting, batch.slice(0, cut)])
            waiting = []
        elif cut:
            yield pa.Table.from_batches([batch.slice(0, cut)])
        waiting.append(batch.slice(cut))
    if waiting:
        yield pa.Table.from_batches(waiting)


def near_rules(parameters: dict[str, Any]) -> NearRules:
    """The rules of section [family], from the parameters of the SELECTs."""
    return NearRules(
        gap_days=parameters["family_gap_days"],
        version=parameters["family_version"],
        near_min=parameters["family_near_min"],
        other_title_min=parameters["family_other_title_min"],
        same_title_min=parameters["family_same_title_min"],
        short_words=parameters["family_short_words"],
        shared_titles_min=parameters["family_shared_titles_min"],
        shared_share=parameters["family_shared_share"],
        own_shingles_min=parameters["family_own_shingles_min"],
        window=parameters["family_window"],
    )


def _signed(night: Night, version: str, n_pending: int) -> Iterator[pa.Table]:
    if not n_pending:
        return
    batches = night.warehouse.batches(UNSIGNED, {"version": version}, rows_per_batch=ROWS_PER_BATCH)
    frames = (pa.Table.from_batches([batch]) for batch in batches)
    workers = night.settings.threads
    if n_pending < SERIAL_BELOW or workers < 2:
        yield from (sign_batch(frame, version) for frame in frames)
        return
    # Spawned, not forked: a forked child would share the open warehouse.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: list[Future[pa.Table]] = []
        for frame in frames:
            waiting.append(pool.submit(sign_batch, frame, version))
            # Two batches a worker keep all busy and memory flat however many postings there are.
            if len(waiting) >= 2 * workers:
                yield waiting.pop(0).result()
        yield from (future.result() for future in waiting)
