"""The project's own labelled text: adverts and sentences written for the purpose, with what a reader should find.

One item is one line of JSON: id, rule_class, held_out, title, company, text, expect. The text carries its skills as
marks, so that a person sees what is labelled and no offset goes stale: ``[[Go|go|required]]`` is the surface, the
skill's slug and how it is asked for; ``negated`` says it is not asked for, ``any`` that careful people would
differ about how it is asked for, ``optional`` that they would differ about whether it is a skill at all.
``[[jobs@example.org|scrub]]`` is a contact that no export may hold. A list under ``expect`` holds facts of which
each is right: a bare dollar sign without a country is read as some dollar or as the American one.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.night import InputFault
from schemas.vocabulary import LANGUAGES, REQUIREMENTS

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "labelled"
FILES = ("sentences.jsonl", "postings.jsonl")

SCRUB = "scrub"
ASKED = (*REQUIREMENTS, "any", "negated", "optional")
_MARK = re.compile(r"\[\[(.+?)\|([^\]|]+)(?:\|([^\]|]+))?\]\]")
_FIELDS = {"id", "rule_class", "held_out", "title", "company", "text", "expect"}
PAY_PARTS = ("min", "max", "currency", "period")
_FACTS = {
    "roles", "seniority", "pay", "workplace", "employment_type", "years_min", "place", "language",
}  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A skill in the text of an item; ``asked`` is one of ASKED."""

    start: int
    end: int
    surface: str
    skill: str
    asked: str

    @property
    def negated(self) -> bool:
        """Whether the text says that it is not asked for."""
        return self.asked == "negated"

    @property
    def optional(self) -> bool:
        """Whether finding it is as right as not finding it."""
        return self.asked == "optional"


@dataclass(frozen=True)
class LabelledItem:
    """A sentence or an advert without its marks, and what is to be found in it; offsets are the text's."""

    id: str
    rule_class: str
    held_out: bool
    title: str | None
    company: str | None
    text: str
    skills: tuple[Labelled, ...]
    contacts: tuple[tuple[int, int], ...]
    expect: dict[str, Any]


def labelled_items(slugs: Collection[str], folder: Path = FOLDER) -> list[LabelledItem]:
    """Returns every item of the folder's files in their order.

    Raises InputFault listing each line that is no item, names a skill outside ``slugs`` or repeats an id.
    """
    faults: list[str] = []
    items: list[LabelledItem] = []
    seen: set[str] = set()
    for path in (folder / name for name in FILES):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            where = f"{path.name} line {number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                faults.append(f"{where}: no JSON ({error})")
                continue
            found = _faults(row, slugs, seen)
            faults += [f"{where}: {fault}" for fault in found]
            if not found:
                seen.add(row["id"])
                items.append(_item(row))
    if faults:
        raise InputFault(faults)
    return items


def unmarked(text: str) -> tuple[str, tuple[Labelled, ...], tuple[tuple[int, int], ...]]:
    """Returns the text without its marks, the skills marked in it and where contacts stand."""
    parts: list[str] = []
    skills: list[Labelled] = []
    contacts: list[tuple[int, int]] = []
    length = at = 0
    for mark in _MARK.finditer(text):
        before = text[at : mark.start()]
        start = length + len(before)
        surface, name, asked = mark[1], mark[2], mark[3]
        parts += [before, surface]
        at, length = mark.end(), start + len(surface)
        if name == SCRUB:
            contacts.append((start, length))
        else:
            skills.append(Labelled(start, length, surface, name, asked or ""))
    parts.append(text[at:])
    return "".join(parts), tuple(skills), tuple(contacts)


def _item(row: dict[str, Any]) -> LabelledItem:
    text, skills, contacts = unmarked(row["text"])
    return LabelledItem(
        row["id"],
        row["rule_class"],
        row["held_out"],
        row.get("title"),
        row.get("company"),
        text,
        skills,
        contacts,
        row["expect"],
    )


def _faults(row: Any, slugs: Collection[str], seen: Collection[str]) -> list[str]:
    if not isinstance(row, dict) or not _FIELDS - {"title", "company"} <= row.keys() <= _FIELDS:
        return [f"an item has {', '.join(sorted(_FIELDS))}"]
    text, skills, _ = unmarked(row["text"])
    faults = [f"id {row['id']!r} came before"] if row["id"] in seen else []
    faults += [f"a mark is left open: {text!r}"] if "[[" in text or "]]" in text else []
    faults += [f"skill {one.skill!r} is not in skill_aliases.csv" for one in skills if one.skill not in slugs]
    faults += [
        f"{one.surface!r} is asked for as one of {', '.join(ASKED)}, not {one.asked!r}"
        for one in skills
        if one.asked not in ASKED
    ]
    faults += _fact_faults(row["expect"])
    return faults


def _fact_faults(expect: dict[str, Any]) -> Sequence[str]:
    faults = [f"expect {name!r} is none of {', '.join(sorted(_FACTS))}" for name in expect.keys() - _FACTS]
    pay = expect.get("pay")
    if any(one.keys() != set(PAY_PARTS) for one in (pay if isinstance(pay, list) else [pay] if pay else [])):
        faults.append(f"pay has {', '.join(PAY_PARTS)}")
    if expect.get("language", "en") not in LANGUAGES:
        faults.append(f"language is one of {', '.join(LANGUAGES)}")
    return faults
