"""Labelled sets, or anybody's own adverts, to predictions: one line of JSON per item."""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from flows.configuration import read_configuration
from flows.linking import esco_coder, onet_coder, parameters, skill_linker
from flows.night import InputFault
from flows.taxonomies import Taxonomies, taxonomies
from transforms.contact import contacts
from transforms.dollar import dollars_named
from transforms.duty import begins_as_duty
from transforms.fact import RoleFacts
from transforms.lexicon import Lexicon
from transforms.link import RULE, Linker, link
from transforms.mention import NOT_ASKED, Mention, mentions
from transforms.offsets import looks_like_markup, original_offsets
from transforms.pay_text import Pay
from transforms.reading import Reader, build_reader, read
from transforms.section import sections
from transforms.skill import build_skills
from transforms.text import clean
from transforms.title import TitleCoder, code_title
from transforms.title_match import MatchParameters, TitleList, build_title_list, rank_titles
from warehouse.settings import Settings

TASKS = ("skill_linking", "skill_spans", "title_norm", "title_match", "postings")
NEED_ESCO = ("skill_linking", "title_norm")
MAX_FAULTS = 20
RANKED = 10
"""Candidates written for an item: the metrics of the sets look at ten."""

LONGEST_LINE = 20_000_000
"""Characters of a line that are read: an advert of 5 million takes 9 s, one of 100 million took 9.5 GB."""

TEXT_FORMATS = ("plain", "html", "escaped_html")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z\d]{1,8})*")

Item = dict[str, Any]


@dataclass(frozen=True)
class Annotated:
    """What was done: items by task, taxonomy releases used, and what the reader should know."""

    n_items: dict[str, int]
    versions: dict[str, str]
    warnings: list[str]


def annotate(settings: Settings, set_file: Path, out: Path, drops: list[Path]) -> Annotated:
    """Write a prediction for every item of a set; the file appears whole or not at all.

    Raises InputFault listing every line that is no item, and where a task needs a taxonomy that
    neither the drops nor the warehouse hold.
    """
    items = read_items(set_file)
    if out.exists() and (not out.is_file() or out.samefile(set_file)):
        raise InputFault(
            [f"{out} is the set itself or no plain file, and would be replaced: name another --out"]
        )
    loaded = taxonomies(settings, drops)
    needing = sorted({item["task"] for item in items} & set(NEED_ESCO))
    if needing and "esco" not in loaded.versions:
        raise InputFault(
            [
                f"{', '.join(needing)} needs ESCO: name a folder that holds it with --drop, or load one by a night"
            ]
        )
    annotator = Annotator(loaded, set_file.parent)
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(out.name + ".part")
    unread = 0
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            for item in items:
                line = {"id": item["id"], **annotator.annotate(item)}
                unread += line.get("language") == "other"
                file.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    counts: dict[str, int] = {}
    for item in items:
        counts[item["task"]] = counts.get(item["task"], 0) + 1
    missing = [kind for kind in ("esco", "onet") if kind not in loaded.versions]
    warnings = [f"no {kind} loaded: --drop names a folder that holds it" for kind in missing]
    if unread:
        warnings.append(
            f"{unread} adverts are in a language without a lexicon (`language` is `other`): no skills read"
        )
    return Annotated(counts, dict(loaded.versions), warnings)


def read_items(set_file: Path) -> list[Item]:
    """Items of a set, each with id, text and task (`postings` where it names none).

    Raises InputFault listing up to MAX_FAULTS lines that are none.
    """
    faults: list[str] = []
    items: list[Item] = []
    seen: set[str] = set()
    for number, line in enumerate(_lines(set_file), start=1):
        if not line.strip():
            continue
        fault, item = _item(line)
        if not fault and str(item["id"]) in seen:
            fault = f"id {item['id']!r} came before"
        if fault:
            faults.append(f"{set_file} line {number}: {fault}")
            continue
        seen.add(str(item["id"]))
        items.append(item)
    if not faults and not items:
        faults.append(f"{set_file} holds no item: one JSON object a line, with id and text")
    if faults:
        more = [f"and {len(faults) - MAX_FAULTS} more"] if len(faults) > MAX_FAULTS else []
        raise InputFault(faults[:MAX_FAULTS] + more)
    return items


def _lines(path: Path) -> Iterator[str]:
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig") as file
        ):
            yield from file
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InputFault([f"{path} can't be read as lines of UTF-8: {error}"]) from error


def _item(line: str) -> tuple[str, Item]:
    """A fault, empty where there is none, and the item."""
    if len(line) > LONGEST_LINE:
        return (
            f"{len(line)} characters, and {LONGEST_LINE} are the most that is read: split it into adverts",
            {},
        )
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"no JSON ({error})", {}
    if (
        not isinstance(item, dict)
        or not isinstance(item.get("id"), str | int)
        or isinstance(item["id"], bool)
    ):
        return "no object with an id", {}
    if not isinstance(item.get("text"), str):
        return "no text", {}
    for name in ("title", "company"):
        if not isinstance(item.get(name), str | None):
            return f"{name} is no text", {}
    for name in ("id", "text", "title", "company"):
        if _SURROGATE.search(str(item.get(name) or "")):
            return f"{name} holds half a character (a lone surrogate)", {}
    if item.get("text_format") not in (None, *TEXT_FORMATS):
        return f"text_format {item['text_format']!r} is none of {', '.join(TEXT_FORMATS)}", {}
    if not isinstance(item.get("lang", "en"), str) or not _LANGUAGE.fullmatch(item.get("lang", "en")):
        return "lang is no name of a language such as en", {}
    task = item.setdefault("task", "postings")
    return ("" if task in TASKS else f"task {task!r} is none of {', '.join(TASKS)}"), item


class Annotator:
    """Answers items; what a task needs is built when the first of its items comes."""

    def __init__(self, loaded: Taxonomies, folder: Path) -> None:
        """``folder`` holds the title lists (corpus_<lang>.txt) of title_match."""
        self._loaded = loaded
        self._folder = folder
        self._lists: dict[str, TitleList] = {}
        self._tasks: dict[str, Callable[[Item], dict[str, Any]]] = {
            "skill_linking": self._skill_linking,
            "skill_spans": self._skill_spans,
            "title_norm": self._title_norm,
            "title_match": self._title_match,
            "postings": self._posting,
        }

    def annotate(self, item: Item) -> dict[str, Any]:
        """The prediction for one item, without its id."""
        return self._tasks[item["task"]](item)

    @cached_property
    def linker(self) -> Linker:
        """Skill linker over ESCO."""
        return skill_linker(self._loaded)

    @cached_property
    def esco(self) -> TitleCoder:
        """Titles to ESCO."""
        return esco_coder(self._loaded)

    @cached_property
    def onet(self) -> TitleCoder:
        """Titles to O*NET."""
        return onet_coder(self._loaded)

    @cached_property
    def _reading(self) -> tuple[Reader, dict[str, str]]:
        configuration = read_configuration()
        skills = build_skills(
            configuration.skill_aliases,
            self._loaded.rows("raw_esco_skill"),
            self._loaded.rows("raw_onet_technology_skill"),
            configuration.ambiguous_terms,
            esco_version=self._loaded.versions.get("esco", ""),
            onet_version=self._loaded.versions.get("onet", ""),
        )
        reader = build_reader(
            skills.core_skill_surface.to_pylist(), configuration.ambiguous_terms, configuration.occupations
        )
        slugs = {row["skill_id"]: row["skill"] for row in skills.core_skill.to_pylist()}
        return reader, slugs

    def _skill_linking(self, item: Item) -> dict[str, Any]:
        links = link(self.linker, item["text"], RANKED)
        return {
            "ranked": [found.label for found in links],
            "codes": [found.code for found in links],
            "scores": [found.score for found in links],
            "places": [[found.start, found.end] for found in links],
            "rule": RULE,
        }

    def _skill_spans(self, item: Item) -> dict[str, Any]:
        if item.get("lang", "en") != "en":
            return {"spans": []}  # no lexicon in that language
        # Such sets label what a sentence asks for: no job's name, no employer's tools, no talk of the company.
        # Nor a sentence that names a skill and asks for nothing: 160 of 262 such matches overlapped a label, and 59
        # of 70 where the sentence begins as duties do (SkillSpan, both sets).
        text = item["text"]
        accepted = _accepted(self._reading[0].lexicon, text)
        asked = [mention for mention in accepted if not mention.rule.endswith(NOT_ASKED)]
        found = [mention for mention in asked if _is_asked(text, mention)]
        return {"spans": [[mention.start, mention.end] for mention in found]}

    def _title_norm(self, item: Item) -> dict[str, Any]:
        title, _, rest = item["text"].strip().partition("\n")
        title = item.get("title") or title
        # With the title in front: adverts repeat it, taxonomies' descriptions begin with it.
        description = item["text"] if rest.strip() else None
        found = code_title(self.esco, title, description, RANKED)
        addresses = "uri" in str(item.get("label_space", "uri")).lower()
        answer: dict[str, Any] = {
            "ranked": [one.code if addresses else self._esco_codes.get(one.code, one.code) for one in found],
            "confidence": [one.confidence for one in found],
            "rules": [one.rule for one in found],
        }
        if "onet" in self._loaded.versions:
            coded = code_title(self.onet, title, description)
            answer["onet"] = [
                {"code": one.code, "confidence": one.confidence, "rule": one.rule} for one in coded
            ]
        return answer

    @cached_property
    def _esco_codes(self) -> dict[str, str]:
        rows = self._loaded.rows("raw_esco_occupation")
        return {row["esco_uri"]: row["esco_code"] for row in rows if row["esco_code"]}

    def _title_match(self, item: Item) -> dict[str, Any]:
        language = item.get("lang", "en")
        if language not in self._lists:
            path = self._folder / f"corpus_{language}.txt"
            titles = [line.rstrip("\n") for line in _lines(path)]
            # The taxonomies at hand are English; in other languages words alone decide.
            kinds = self._loaded.versions if language == "en" else {}
            coders = [getattr(self, kind) for kind in ("esco", "onet") if kind in kinds]
            self._lists[language] = build_title_list(titles, coders, parameters(MatchParameters))
        return {"ranked": [title for title, _ in rank_titles(self._lists[language], item["text"])]}

    def _posting(self, item: Item) -> dict[str, Any]:
        reader, slugs = self._reading
        text = item["text"]
        text_format = item.get("text_format") or ("html" if looks_like_markup(text) else "plain")
        reading = read(reader, item.get("title"), item.get("company"), text, text_format)
        cleaned = clean(text, text_format)
        offsets = original_offsets(text, cleaned, markup=text_format != "plain")
        shown = [mention for mention in reading.mentions if mention.accepted or mention.negated]
        return {
            "language": reading.language,
            "roles": list(reading.role_slugs),
            "seniority": reading.facts.level.seniority,
            "years_min": reading.facts.level.years_min,
            "pay": _pay(reading.facts.pay, cleaned),
            "workplace": reading.facts.workplace,
            "employment_type": reading.facts.employment_type,
            "parts": [
                _part(role, facts, cleaned, offsets) for role, facts in sorted(reading.role_facts.items())
            ],
            "contacts": [_stretch(start, end, offsets) for start, end in contacts(cleaned)]
            if offsets
            else [list(stretch) for stretch in contacts(text)],
            "skills": [_skill(mention, slugs, cleaned, offsets) for mention in shown],
        }


def _accepted(lexicon: Lexicon, text: str) -> list[Mention]:
    return [mention for mention in mentions(text, lexicon, sections(text)) if mention.accepted]


def _is_asked(text: str, mention: Mention) -> bool:
    """Whether the sentence asks for something or says what the job does."""
    stance = [section.stance for section in sections(text) if section.start <= mention.start][-1]
    return stance != "plain" or begins_as_duty(text, mention.start, item=False)


def _pay(pay: Pay | None, text: str) -> dict[str, Any] | None:
    """Amounts in whole units of the currency.

    A bare dollar sign is read as that of the only dollar country named anywhere in the advert; where none is,
    as USD here, where one person looks at one advert. Both are marked as assumed; numbers are never made of
    them. Between several it stays null.
    """
    if pay is None:
        return None
    named = dollars_named(text, len(text)) if pay.sign == "$" else frozenset()
    dollar = "USD" if not named else next(iter(named)) if len(named) == 1 else None
    assumed = pay.sign == "$" and bool(dollar)
    return {
        "min": pay.low,
        "max": pay.high,
        "currency": dollar if assumed else pay.currency,
        "currency_assumed": assumed,
        "period": pay.period,
    }


def _part(role: str, facts: RoleFacts, text: str, offsets: list[int] | None) -> dict[str, Any]:
    """What the advert says of one of the roles it separates, and the stretches in which it does."""
    return {
        "role": role,
        "stretches": [_stretch(part.start, part.end, offsets) for part in facts.parts],
        "seniority": facts.level.seniority,
        "pay": _pay(facts.pay, text),
    }


def _stretch(start: int, end: int, offsets: list[int] | None) -> list[int | None]:
    return [offsets[start], offsets[end - 1] + 1] if offsets else [None, None]


def _skill(
    mention: Mention, slugs: dict[str, str], cleaned: str, offsets: list[int] | None
) -> dict[str, Any]:
    """Offsets are those of the text as given; null where cleaning can't be traced back."""
    return {
        "surface": cleaned[mention.start : mention.end],
        "start": offsets[mention.start] if offsets else None,
        "end": offsets[mention.end - 1] + 1 if offsets else None,
        "skill": slugs[mention.skill_id],
        "requirement": mention.requirement,
        "negated": mention.negated,
        "rule": mention.rule,
    }
