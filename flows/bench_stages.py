"""The text stage taken apart: seconds of each of its six stages over adverts read once, as a night reads them.

In, in a night's order: `html` (clean), `language`, `sections` (the scan for cues and the sections themselves),
`matching` (the lexicon's scan and the choice of matches), `decisions` (the scan for signs and the verdict on each
match), `scrubbing` (where e-mail addresses, telephone numbers and names of contacts stand).

Out: header, employer, titles, roles and parts (what decisions need of them is read beside the clock), pay, level, years
and workplace, and the Arrow tables. The whole reading, which holds those and no scrubbing, has figures of its own.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from transforms.contact import contacts
from transforms.reading import (
    READ_TOGETHER,
    Advert,
    Reader,
    about,
    decided,
    matches_of,
    sections_of,
    tongue_of,
)
from transforms.section import look_for_cues
from transforms.sign import look_for_signs
from transforms.text import clean, fold

Found = TypeVar("Found")
STAGES = ("html", "language", "sections", "matching", "decisions", "scrubbing")


@dataclass(frozen=True)
class StageSeconds:
    """CPU seconds of one reading of some adverts: of each stage, and of the bare scan of their cleaned texts."""

    n_adverts: int
    n_characters: int
    of_stage: dict[str, float]
    bare_scan: float

    @property
    def all_stages(self) -> float:
        """Of the whole text stage."""
        return sum(self.of_stage.values())


class _Clock:
    """CPU seconds of this process by stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys((*STAGES, "bare_scan"), 0.0)

    def timed(self, stage: str, work: Callable[[], Found]) -> Found:
        started = time.process_time()
        found = work()
        self.seconds[stage] += time.process_time() - started
        return found


def stage_seconds(reader: Reader, batch: pa.Table) -> StageSeconds:
    """Returns what each stage takes for the adverts of a batch, READ_TOGETHER at a time as read_batch takes them."""
    columns = (batch[name].to_pylist() for name in ("title", "company", "text", "text_format"))
    adverts: list[Advert] = list(zip(*columns, strict=True))
    clock = _Clock()
    n_characters = sum(
        _read_together(reader, adverts[first : first + READ_TOGETHER], clock)
        for first in range(0, len(adverts), READ_TOGETHER)
    )
    bare_scan = clock.seconds.pop("bare_scan")
    return StageSeconds(len(adverts), n_characters, clock.seconds, bare_scan)


def _read_together(reader: Reader, adverts: Sequence[Advert], clock: _Clock) -> int:
    """Put the seconds of some adverts on the clock; returns the characters of their cleaned texts."""
    texts = clock.timed("html", lambda: [clean(text, kind) for _, _, text, kind in adverts])
    clock.timed("decisions", lambda: look_for_signs(texts))
    clock.timed("sections", lambda: look_for_cues(texts))
    tongues = clock.timed("language", lambda: [tongue_of(reader, text) for text in texts])
    abouts = [
        about(reader, title, company, text) for (title, company, *_), text in zip(adverts, texts, strict=True)
    ]
    matches = clock.timed("matching", lambda: matches_of(reader, texts, tongues))
    parted = clock.timed("sections", lambda: sections_of(texts, matches))
    clock.timed("decisions", lambda: decided(texts, matches, parted, abouts))
    clock.timed("scrubbing", lambda: [contacts(text) for text in texts])
    padded = [f" {fold(text)} " for text in texts]
    clock.timed("bare_scan", lambda: _scan(reader, padded))
    return sum(map(len, texts))


def _scan(reader: Reader, texts: Sequence[str]) -> None:
    scan = reader.lexicon.automaton.find_matches_as_indexes
    for text in texts:
        scan(text, overlapping=True)
