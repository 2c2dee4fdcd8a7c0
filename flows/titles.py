"""Step 3b: titles out of adverts, titles to occupations; each distinct title is coded once by each coder."""

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa

from flows.code_version import coder_code_version, title_code_version
from flows.linking import esco_coder, onet_coder, parameters
from flows.night import Night
from flows.read import newest_taxonomy
from flows.taxonomies import TABLES, Taxonomies
from schemas.vocabulary import OCCUPATION_SCHEMES
from transforms.posting_title import title_batch
from transforms.title import TitleCoder, TitleParameters
from transforms.title_codes import code_titles
from warehouse.load import append_rows
from warehouse.runs import canonical_json, key_of

ROWS_PER_BATCH = 1000
TITLES_PER_BATCH = 500
SERIAL_BELOW = 6000
"""Fewer titles than this are coded in the night's own process: a worker needs two seconds to build its coder."""

SCHEMES = {"onet": "onet-soc", "esco": "esco"}

_worker: dict[str, "Task"] = {}


@dataclass(frozen=True)
class Task:
    """All that is needed to code titles by one taxonomy."""

    coder: TitleCoder
    scheme: str
    coder_version: str
    groups: Mapping[str, str] | None


def code_posting_titles(night: Night) -> None:
    """Fill core_posting_title and core_title_code with what they lack; rows of other versions go."""
    began = night.report.seconds()
    n_postings = _take_titles(night)
    taken = night.report.seconds()
    coded: dict[str, int] = {}
    for kind in sorted(SCHEMES):
        coded[kind] = _code_by(night, kind)
    [[n_titles]] = night.warehouse.rows("SELECT count(DISTINCT title_text) FROM core_title_code")
    night.report.add(
        "titles",
        postings_titled_now=n_postings,
        titles=int(n_titles),
        **{f"titles_coded_now_{kind}": number for kind, number in coded.items()},
        seconds_taking=round(taken - began, 1),
        seconds_coding=round(night.report.seconds() - taken, 1),
    )


def code_coverage(night: Night) -> dict[str, int]:
    """Postings with a code, by taxonomy: all, those at a confidence of at least one half, of at least .8."""
    rows = {
        scheme: counts
        for scheme, *counts in night.warehouse.rows(
            "SELECT scheme, count(*), count(*) FILTER (code_confidence >= 0.5), "
            "count(*) FILTER (code_confidence >= 0.8) FROM core_posting_code GROUP BY scheme"
        )
    }
    return {
        f"postings_coded_{scheme.replace('-', '_')}{at}": int(number)
        for scheme in OCCUPATION_SCHEMES
        for at, number in zip(("", "_50", "_80"), rows.get(scheme, (0, 0, 0)), strict=True)
    }


def report_code_coverage(night: Night) -> None:
    """Say which share of the postings has a code."""
    [[n_postings]] = night.warehouse.rows("SELECT count(*) FROM core_posting")
    shares = {
        f"{name}_share": round(number / n_postings, 3) if n_postings else 0.0
        for name, number in code_coverage(night).items()
    }
    night.report.add("codes", postings=int(n_postings), **shares)


PENDING_POSTINGS = """
SELECT posting_version, any_value(title ORDER BY source_id, release, file, row_number) AS title,
       any_value(CASE WHEN trim(coalesce(title, '')) = '' THEN text END ORDER BY source_id, release, file, row_number)
           AS text,
       any_value(text_format ORDER BY source_id, release, file, row_number) AS text_format
FROM raw_posting
JOIN meta_input USING (snapshot_sha256, source_id, release, file)
WHERE meta_input.load_state = 'loaded' AND posting_version NOT IN (SELECT posting_version FROM core_posting_title)
GROUP BY posting_version
"""

PENDING_TITLES = """
SELECT DISTINCT title_text FROM core_posting_title
WHERE title_text <> '' AND title_text NOT IN (SELECT title_text FROM core_title_code WHERE scheme = $scheme)
ORDER BY title_text
"""


def _take_titles(night: Night) -> int:
    warehouse = night.warehouse
    version = title_code_version()[:16]
    warehouse.run("DELETE FROM core_posting_title WHERE title_version <> $version", {"version": version})
    n_done = 0
    for batch in warehouse.batches(PENDING_POSTINGS, rows_per_batch=ROWS_PER_BATCH):
        frame = title_batch(version, pa.Table.from_batches([batch]))
        append_rows(warehouse, "core_posting_title", frame)
        n_done += frame.num_rows
        night.progress(f"titles of {n_done} postings")
    return n_done


def _code_by(night: Night, kind: str) -> int:
    """Code by one taxonomy what it has not coded; how many titles that were."""
    warehouse, scheme = night.warehouse, SCHEMES[kind]
    release, snapshot = newest_taxonomy(night, kind)
    version = key_of(coder_code_version(), canonical_json(vars(parameters(TitleParameters))), kind, snapshot)[
        :16
    ]
    schemes = {scheme, "isco"} if kind == "esco" else {scheme}
    for name in sorted(schemes):
        warehouse.run(
            "DELETE FROM core_title_code WHERE scheme = $scheme AND (coder_version <> $version OR $absent)",
            {"scheme": name, "version": version, "absent": not release},
        )
    if not release:
        return 0
    titles = [str(title) for (title,) in warehouse.rows(PENDING_TITLES, {"scheme": scheme})]
    if not titles:
        return 0
    n_done = 0
    for frame, n_titles in _code_all(night, (kind, _tables(night, kind, release, snapshot), version), titles):
        append_rows(warehouse, "core_title_code", frame)
        n_done += n_titles
        night.progress(f"coded {n_done}/{len(titles)} titles by {kind}")
    return n_done


def _tables(night: Night, kind: str, release: str, snapshot: str) -> Taxonomies:
    tables = {
        name: night.warehouse.arrow(
            f"SELECT * FROM {name} WHERE snapshot_sha256 = $snapshot ORDER BY ALL",  # noqa: S608
            {"snapshot": snapshot},
        )
        for name in TABLES[kind]
        if not name.endswith("_skill")
    }
    return Taxonomies(tables, {kind: release})


Recipe = tuple[str, Taxonomies, str]
"""Kind of taxonomy, its tables, the coder's version."""


def build_task(recipe: Recipe) -> Task:
    """A coder and what goes with it. Not picklable at a bearable price: each worker builds its own."""
    kind, loaded, version = recipe
    coder = esco_coder(loaded) if kind == "esco" else onet_coder(loaded)
    groups: dict[str, str] | None = None
    if kind == "esco":
        groups = {row["esco_uri"]: row["isco_code"] for row in loaded.rows("raw_esco_occupation")}
    return Task(coder, SCHEMES[kind], version, groups)


def _code_all(night: Night, recipe: Recipe, titles: list[str]) -> Iterator[tuple[pa.Table, int]]:
    batches = list(_batched(titles))
    workers = night.settings.threads
    if len(titles) < SERIAL_BELOW or workers < 2:
        task = build_task(recipe)
        for batch in batches:
            yield _run(task, batch), len(batch)
        return
    # Spawned, not forked: a forked child would share the open warehouse.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start_worker, initargs=(recipe,)
    ) as pool:
        for batch, frame in zip(batches, pool.map(_code_in_worker, batches), strict=True):
            yield frame, len(batch)


def _batched(titles: list[str]) -> Iterator[list[str]]:
    left = iter(titles)
    while batch := list(islice(left, TITLES_PER_BATCH)):
        yield batch


def _run(task: Task, titles: list[str]) -> pa.Table:
    return code_titles(
        task.coder, titles, scheme=task.scheme, coder_version=task.coder_version, groups=task.groups
    )


def _start_worker(recipe: Recipe) -> None:
    _worker["task"] = build_task(recipe)


def _code_in_worker(titles: list[str]) -> Any:
    return _run(_worker["task"], titles)
