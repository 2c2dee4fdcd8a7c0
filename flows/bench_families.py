"""Near-duplicates: how well generated families are found, at how many postings a second, and real reposts."""

import re
import time
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import pyarrow as pa

from flows.configuration import read_configuration
from flows.families import near_rules
from transforms.drop import parse_manifest
from transforms.employer import employer_key
from transforms.family import merges
from transforms.header import read_header
from transforms.near_text import NearRules
from transforms.posting_file import parse_posting_file
from transforms.signature import sign
from transforms.synthetic_families import FamilyAdvert, family_adverts
from transforms.text import clean
from warehouse.connection import Warehouse
from warehouse.landing import find_drops, sha256_of

N_JOBS = 4000
N_REAL = 6000
"""Adverts of one source that are signed: enough for a steady figure, few enough for a second."""

FORUM = "hn_who_is_hiring"
BATCH = 200
RUNS = 3
SEED = 20260101
RATE_BAR = 10_000.0
Figure = tuple[str, float, str, float, str]


@dataclass(frozen=True)
class Drawn:
    """One advert with what grouping compares; ``text`` is cleaned."""

    employer: str
    title_words: list[str]
    place: str
    day: date | None
    text: str


def family_figures(drops: Path | None) -> list[Figure]:
    """Name, value, unit, bar and comparison of each figure.

    Counted is CPU time from the cleaned text on: shingles, MinHash, bands, boilerplate, exact Jaccard and
    grouping; not cleaning, which the text stage does, and not the database.
    """
    method = read_configuration().method
    rules = near_rules({f"family_{name}": value for name, value in method.items()})
    adverts = [advert for advert in family_adverts(SEED, N_JOBS) if advert.text]
    roots, seconds = _timed([_generated(advert) for advert in adverts], rules)
    true, found = _pairs([advert.family for advert in adverts]), _pairs(roots)
    against = f"{len(adverts)} generated adverts"
    figures: list[Figure] = [
        ("families_precision", len(true & found) / max(len(found), 1), "share of pairs", 0.99, against),
        ("families_recall", len(true & found) / max(len(true), 1), "share of pairs", 0.95, against),
        ("near_duplicates_generated", len(adverts) / seconds, "per s and core", RATE_BAR, against),
    ]
    real = _forum(drops) if drops else []
    if real:
        _, seconds = _timed(real, rules)
        against = f"{len(real)} Hacker News adverts, from the cleaned text to families"
        figures.append(("near_duplicates_real", len(real) / seconds, "per s and core", RATE_BAR, against))
    return figures


REPOSTS = """
WITH family AS (
    SELECT family_id, count(DISTINCT date_trunc('month', first_seen_on)) AS n_months, count(*) AS n_postings,
           count(*) FILTER (family_method IN ('same_title', 'near_text')) AS n_near
    FROM core_family JOIN core_posting USING (posting_id)
    WHERE source_id = $source AND first_seen_on IS NOT NULL
    GROUP BY family_id
)
SELECT n_months, count(*), CAST(sum(n_postings) AS BIGINT), count(*) FILTER (n_near > 0), min(family_id)
FROM family GROUP BY n_months ORDER BY n_months
"""


def reposts(warehouse: Warehouse, source: str) -> str:
    """Table of a source's families by the number of months they were advertised in, with the id of one of each."""
    lines = [
        f"{source}: families by months advertised",
        f"{'months':>6} {'families':>9} {'postings':>9} {'reworded':>9}",
    ]
    for months, families, postings, near, example in warehouse.rows(REPOSTS, {"source": source}):
        lines.append(f"{months:>6} {families:>9,} {postings:>9,} {near:>9,}  e.g. {example}")
    return "\n".join(lines)


def _timed(adverts: list[Drawn], rules: NearRules) -> tuple[list[str], float]:
    """Family of each advert, and CPU seconds: the least of RUNS, since other work on the machine only adds."""
    timed = [_grouped(adverts, rules) for _ in range(RUNS)]
    return timed[0][0], min(seconds for _, seconds in timed)


def _grouped(adverts: list[Drawn], rules: NearRules) -> tuple[list[str], float]:
    started = time.process_time()
    signed = [_signed(adverts[n : n + BATCH]) for n in range(0, len(adverts), BATCH)]
    runs = pa.concat_tables(signed)
    names = [f"{n:08d}" for n in range(len(adverts))]
    runs = runs.append_column("spell_id", pa.array(names)).append_column("posting_id", pa.array(names))
    joined = merges(runs, rules)
    root = dict(zip(joined["spell_id"].to_pylist(), joined["family_id"].to_pylist(), strict=True))
    roots = [root.get(name, name) for name in names]
    return roots, max(time.process_time() - started, 1e-9)


def _signed(adverts: list[Drawn]) -> pa.Table:
    signature = sign([advert.text for advert in adverts])
    words = signature.shingled
    n_bands = signature.bands.shape[1]
    band_offsets = pa.array(range(0, (len(adverts) + 1) * n_bands, n_bands), pa.int32())
    return pa.table(
        {
            "employer_key": [advert.employer for advert in adverts],
            "title_words": pa.array([advert.title_words for advert in adverts], pa.list_(pa.string())),
            "place_key": [advert.place for advert in adverts],
            "first_seen_on": pa.array([advert.day for advert in adverts], pa.date32()),
            "seen_until": pa.array([advert.day for advert in adverts], pa.date32()),
            "n_words": pa.array(words.n_words, pa.int64()),
            "shingles": pa.ListArray.from_arrays(
                pa.array(words.offsets, pa.int32()), pa.array(words.shingles)
            ),
            "bands": pa.ListArray.from_arrays(band_offsets, pa.array(signature.bands.ravel())),
        }
    )


def _generated(advert: FamilyAdvert) -> Drawn:
    words = sorted(set(re.findall(r"\w+", advert.title.lower())) - {advert.place.lower()})
    return Drawn(advert.employer, words, advert.place, advert.day, advert.text)


def _forum(drops: Path) -> list[Drawn]:
    """Adverts of the first months of the Hacker News drop, by the employer their first line names."""
    found: list[Drawn] = []
    for drop in find_drops([drops]):
        manifest = parse_manifest(drop.manifest.read_bytes(), where=str(drop.manifest))
        if manifest.source != FORUM:
            continue
        for file in manifest.files:
            data = (drop.folder / file.path).read_bytes()
            rows = parse_posting_file(data, manifest, file.path, sha256_of(data)).table
            for row in rows.select(["text", "text_format", "first_seen_on"]).to_pylist():
                text = clean(row["text"], row["text_format"])
                found.append(
                    Drawn(employer_key(read_header(text).employer), [], "", row["first_seen_on"], text)
                )
            if len(found) >= N_REAL:
                break
    return [advert for advert in found[:N_REAL] if advert.text]


def _pairs(groups: list[str]) -> set[tuple[int, int]]:
    members: dict[str, list[int]] = {}
    for n, group in enumerate(groups):
        members.setdefault(group, []).append(n)
    return {pair for group in members.values() for pair in combinations(group, 2)}
