"""Skills, their written forms and their taxonomy codes, from our own list, ESCO and O*NET.

One written form belongs to one skill. Our own reviewed list comes first, then ESCO, then O*NET: a
taxonomy concept whose name our list already knows is a code of our skill, not another skill.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from schemas.columns import SLUG
from schemas.core_skill import CoreSkill
from schemas.core_skill_mapping import CoreSkillMapping
from schemas.core_skill_surface import CoreSkillSurface
from schemas.derive import arrow_schema, primary_key
from schemas.table import Table
from transforms.identity import OWN_SCHEME, skill_id_of, slug_of
from transforms.lexicon import normalise

MIN_ALTERNATIVE_WORDS = 2
MIN_ALTERNATIVE_CHARACTERS = 8
"""Shorter ESCO alternative labels read as something else about every second time (field.md: 49 %)."""

ALIAS_KINDS = ("label", "alias", "code")
"""A `code` row is a taxonomy's name that texts aren't searched for: "React Redux" would hide React."""

ENGLISH = "en"
QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")
ACRONYM = re.compile(r"\s+[A-Z][A-Z0-9]+$")
GENERIC_TAIL = re.compile(r"\s+software$", re.IGNORECASE)


class AliasFault(ValueError):
    """config/skill_aliases.csv breaks its own rules; the message lists all faults."""


@dataclass(frozen=True)
class SkillTables:
    """The three tables in their declared schemas, each sorted by its key."""

    core_skill: pa.Table
    core_skill_surface: pa.Table
    core_skill_mapping: pa.Table


@dataclass
class _Collected:
    """What has been claimed so far; earlier schemes have precedence because they come earlier."""

    evidence: dict[str, str]
    skills: dict[str, dict[str, Any]] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    surfaces: dict[str, dict[str, Any]] = field(default_factory=dict)
    mappings: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    foreign: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def add_skill(self, scheme: str, code: str, label: str, slug: str | None, **esco: str | None) -> str:
        skill_id = skill_id_of(scheme, code)
        chosen = slug or self._free_slug(label, skill_id)
        self.slugs.add(chosen)
        self.skills[skill_id] = {
            "skill_id": skill_id,
            "skill": chosen,
            "skill_label": label,
            "skill_scheme": scheme,
            "scheme_code": code,
            "skill_type": esco.get("skill_type"),
            "reuse_level": esco.get("reuse_level"),
        }
        return skill_id

    def add_surface(self, skill_id: str, label: str, kind: str) -> None:
        """Claim a written form unless an earlier skill has it."""
        surface = normalise(label)
        self.surfaces.setdefault(
            surface,
            {
                "language_code": ENGLISH,
                "surface": surface,
                "skill_id": skill_id,
                "surface_label": label.strip(),
                "surface_kind": kind,
                "evidence": self.evidence.get(surface, "none"),
            },
        )

    def add_mapping(
        self, skill_id: str, scheme: str, version: str, code: str, label: str, relation: str
    ) -> None:
        self.mappings[(skill_id, scheme, code)] = {
            "skill_id": skill_id,
            "scheme": scheme,
            "taxonomy_version": version,
            "code": code,
            "code_label": label,
            "relation": relation,
        }

    def _free_slug(self, label: str, skill_id: str) -> str:
        opaque = skill_id.removeprefix("skl_")
        slug = slug_of(label) or f"skill-{opaque[:4]}"
        for length in (0, 4, len(opaque)):
            candidate = f"{slug}-{opaque[:length]}" if length else slug
            if candidate not in self.slugs:
                return candidate
        raise ValueError(f"no free slug for {label!r} ({skill_id}): the id is in use twice")


def build_skills(
    aliases: list[dict[str, str]],
    esco_skills: list[dict[str, Any]],
    technologies: list[dict[str, Any]],
    ambiguous: list[dict[str, str]],
    *,
    esco_version: str,
    onet_version: str,
) -> SkillTables:
    """Skills, written forms and codes; the order of the rows given does not matter.

    ``aliases`` are rows of config/skill_aliases.csv, ``esco_skills`` of raw_esco_skill and
    ``technologies`` of raw_onet_technology_skill (of one release each), ``ambiguous`` of
    config/ambiguous_terms.csv. Raises AliasFault listing every broken alias row.
    """
    faults = alias_faults(aliases)
    if faults:
        raise AliasFault("config/skill_aliases.csv: mend these rows\n" + "\n".join(faults))
    found = _Collected({normalise(row["surface"]): row["evidence"] for row in ambiguous})
    labels = _add_own(found, aliases)
    own = {normalise(row["surface"]): skill_id_of(OWN_SCHEME, row["skill"]) for row in aliases}
    _add_esco(found, _english(esco_skills), own, labels, esco_version)
    names = sorted({str(row["technology_name"]).strip() for row in technologies})
    _add_onet(found, names, own, labels, onet_version)
    _add_foreign(found, esco_skills)
    readable = {row["skill_id"] for row in found.surfaces.values()}
    return SkillTables(
        _table(CoreSkill, (row for row in found.skills.values() if row["skill_id"] in readable)),
        _table(CoreSkillSurface, [*found.surfaces.values(), *found.foreign.values()]),
        _table(CoreSkillMapping, (row for row in found.mappings.values() if row["skill_id"] in readable)),
    )


def alias_faults(aliases: list[dict[str, str]]) -> list[str]:
    """Every fault of config/skill_aliases.csv, one line each; empty where it is good.

    A slug has one label and one `label` row spelling it; a written form stands once.
    """
    faults: list[str] = []
    labels: dict[str, str] = {}
    label_rows: dict[str, int] = {}
    claimed: dict[str, str] = {}
    for number, row in enumerate(aliases, start=2):
        where = f"line {number} ({row['skill']}, {row['surface']!r})"
        slug, label, surface = row["skill"], row["label"], normalise(row["surface"])
        label_rows[slug] = label_rows.get(slug, 0) + (row["kind"] == "label")
        if not re.fullmatch(SLUG.strip("^$"), slug):
            faults.append(f"{where}: slug does not match {SLUG}")
        if labels.setdefault(slug, label) != label:
            faults.append(f"{where}: label {label!r} differs from {labels[slug]!r} above")
        if row["kind"] not in ALIAS_KINDS:
            faults.append(f"{where}: kind must be {' or '.join(ALIAS_KINDS)}, not {row['kind']!r}")
        if row["kind"] == "label" and row["surface"] != label:
            faults.append(f"{where}: the label row must spell the label {label!r}")
        if not surface:
            faults.append(f"{where}: empty surface")
        elif surface in claimed:
            faults.append(f"{where}: this form already stands for {claimed[surface]}")
        claimed.setdefault(surface, slug)
    wrong = sorted(slug for slug, count in label_rows.items() if count != 1)
    return faults + [f"{slug}: {label_rows[slug]} rows of kind label, must be 1" for slug in wrong]


def _add_own(found: _Collected, aliases: list[dict[str, str]]) -> set[str]:
    """Add our own skills; returns the normalised labels, which alone make a mapping exact."""
    slugs = {row["skill"]: row["label"] for row in aliases}
    ids = {slug: found.add_skill(OWN_SCHEME, slug, label, slug) for slug, label in sorted(slugs.items())}
    for row in aliases:
        if row["kind"] != "code":
            found.add_surface(ids[row["skill"]], row["surface"], "alias")
    return {normalise(label) for label in slugs.values()}


def _add_esco(
    found: _Collected, concepts: list[dict[str, Any]], own: dict[str, str], labels: set[str], version: str
) -> None:
    remaining: list[tuple[str, dict[str, Any]]] = []
    for concept in concepts:
        uri, label = str(concept["esco_uri"]), str(concept["preferred_label"]).strip()
        target = _known(label, own, labels) or _claimed(label, found)
        if target:
            found.add_mapping(target[0], "esco", version, uri, label, target[1])
        elif len(normalise(label)) > 1:
            skill_id = found.add_skill(
                "esco",
                uri,
                label,
                None,
                skill_type=concept.get("skill_type"),
                reuse_level=concept.get("reuse_level"),
            )
            found.add_surface(skill_id, label, "preferred")
            found.add_mapping(skill_id, "esco", version, uri, label, "exact")
            remaining.append((skill_id, concept))
    # After all preferred labels: a preferred label beats an alternative one of any other concept.
    for skill_id, concept in remaining:
        for label in sorted(concept["alternative_labels"] or ()):
            if _long_enough(label):
                found.add_surface(skill_id, label, "alternative")


def _add_onet(
    found: _Collected, names: list[str], own: dict[str, str], labels: set[str], version: str
) -> None:
    qualified = _esco_without_qualifier(found)
    for name in names:
        target = _known(name, own, labels) or _shortened(name, own) or _claimed(name, found)
        if not target and normalise(name) in qualified:
            # ESCO's "Prolog (computer programming)" is O*NET's "Prolog"; O*NET vouches for the short form.
            target = (qualified[normalise(name)], "close")
            found.add_surface(target[0], name, "preferred")
        if not target and len(normalise(name)) > 1:
            skill_id = found.add_skill("onet", name, name, None)
            found.add_surface(skill_id, name, "preferred")
            target = (skill_id, "exact")
        if target:
            found.add_mapping(target[0], "onet-technology", version, name, name, target[1])


def _known(label: str, own: dict[str, str], labels: set[str]) -> tuple[str, str] | None:
    """Our own skill of that name and the relation: exact for our label itself, else close."""
    full, bare = normalise(label), normalise(QUALIFIER.sub("", label))
    if full in own:
        return own[full], "exact" if full in labels else "close"
    return (own[bare], "close") if bare in own else None


def _shortened(name: str, own: dict[str, str]) -> tuple[str, str] | None:
    """Our own skill for a name with O*NET's tail: "Structured query language SQL", "Bash software"."""
    bare = GENERIC_TAIL.sub("", name)
    for candidate in (bare, ACRONYM.sub("", bare)):
        if candidate != name and normalise(candidate) in own:
            return own[normalise(candidate)], "close"
    return None


def _claimed(label: str, found: _Collected) -> tuple[str, str] | None:
    """The taxonomy skill that already has this written form; exact if it is the skill's own name."""
    row = found.surfaces.get(normalise(label))
    return (row["skill_id"], "exact" if row["surface_kind"] == "preferred" else "close") if row else None


def _esco_without_qualifier(found: _Collected) -> dict[str, str]:
    """ESCO skills by their preferred label without its qualifier, where that names only one of them."""
    bare: dict[str, list[str]] = {}
    for row in found.surfaces.values():
        short = normalise(QUALIFIER.sub("", row["surface_label"]))
        if row["surface_kind"] == "preferred" and short != row["surface"]:
            bare.setdefault(short, []).append(row["skill_id"])
    return {short: ids[0] for short, ids in bare.items() if len(ids) == 1}


def _english(concepts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """English rows by address, one per concept: the lexicon is per language."""
    rows = [row for row in concepts if row.get("language_code", ENGLISH) == ENGLISH]
    return list({row["esco_uri"]: row for row in sorted(rows, key=lambda row: str(row["esco_uri"]))}.values())


def _add_foreign(found: _Collected, concepts: list[dict[str, Any]]) -> None:
    """Labels in other languages of the concepts the English package names; preferred ones come first.

    An own skill keeps its names in every language: "Python" is Python in a German advert too.
    """
    skill_of = {code: skill_id for skill_id, scheme, code in found.mappings if scheme == "esco"}
    rows = sorted(
        (
            row
            for row in concepts
            if row.get("language_code", ENGLISH) != ENGLISH and row["esco_uri"] in skill_of
        ),
        key=lambda row: (row["language_code"], str(row["esco_uri"])),
    )
    own = [row for row in found.surfaces.values() if row["surface_kind"] == "alias"]
    for language in sorted({row["language_code"] for row in rows}):
        for row in own:
            found.foreign[language, row["surface"]] = row | {"language_code": language}
    for kind in ("preferred", "alternative"):
        for row in rows:
            labels = (
                [row["preferred_label"]] if kind == "preferred" else sorted(row["alternative_labels"] or ())
            )
            for label in labels:
                surface = normalise(label)
                if len(surface) < 2 or (kind == "alternative" and not _long_enough(label)):
                    continue
                found.foreign.setdefault(
                    (row["language_code"], surface),
                    {
                        "language_code": row["language_code"],
                        "surface": surface,
                        "skill_id": skill_of[row["esco_uri"]],
                        "surface_label": label.strip(),
                        "surface_kind": kind,
                        "evidence": "none",
                    },
                )


def _long_enough(label: str) -> bool:
    surface = normalise(label)
    return (
        len(surface) >= MIN_ALTERNATIVE_CHARACTERS
        and len(re.split(r"[\s/]+", surface)) >= MIN_ALTERNATIVE_WORDS
    )


def _table(table: type[Table], rows: Iterable[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(_in_order(table, rows), schema=arrow_schema(table))


def _in_order(table: type[Table], rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: tuple(row[name] for name in primary_key(table)))
