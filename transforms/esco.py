"""ESCO classification packages in the official CSV layout to the three tables we load."""

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.raw_esco_occupation import RawEscoOccupation
from schemas.raw_esco_occupation_skill import RawEscoOccupationSkill
from schemas.raw_esco_skill import RawEscoSkill
from transforms.drop import Manifest
from transforms.parsed import Notes, NotLoadable, ParsedTable, UnknownLayout
from transforms.release import release_order
from transforms.taxonomy_rows import (
    Member,
    RowFault,
    by_file_name,
    parse_member,
    read_comma_separated,
    required_text,
)

FIRST_LOADABLE = (1, 1)
"""ESCO 1.0.x packages have neither unit-group codes nor a complete skills file in our layout."""

DEFAULT_LANGUAGE = "en"
OCCUPATIONS, SKILLS, RELATIONS = "occupations", "skills", "occupationSkillRelations"
RELATIONS_PATTERN = re.compile(r"occupationSkillRelations(?:_[a-z]{2})?\.csv")
ISCO_DIGITS = 4
"""Every ESCO occupation belongs to one ISCO-08 unit group, whose code has four digits."""

COLUMNS = {
    OCCUPATIONS: ("conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels"),
    SKILLS: (
        "conceptType",
        "conceptUri",
        "skillType",
        "reuseLevel",
        "preferredLabel",
        "altLabels",
        "hiddenLabels",
    ),
    RELATIONS: ("occupationUri", "relationType", "skillUri"),
}
"""Columns a file must have; of the others, which come and go with releases, `code` and `description` are read."""

OTHER_STEMS = re.compile(
    r"(?:ISCOGroups|skillGroups|skillsHierarchy|skillSkillRelations|broaderRelations(?:Occ|Skill)Pillar|"
    r"conceptSchemes|dictionary|greenShareOcc|\w+Collection)(?:_[a-z]{2})?\.csv"
)
"""Files of the official layout that are not loaded; any other name makes a missing file a renamed one."""

RELATION_TYPES = ("essential", "optional")


def is_member(name: str) -> bool:
    """Whether :func:`parse_esco` wants an archive member: any CSV file, to tell renamed from absent."""
    return name.endswith(".csv")


def parse_esco(
    members: Mapping[str, bytes], manifest: Manifest, snapshot_sha256: str
) -> dict[str, ParsedTable]:
    """The three ESCO tables of a release by name; ``members`` are the archive's CSV files by path.

    Without an occupationSkillRelations file that table is empty and its counts say ``file_absent``.
    Raises UnknownLayout for files or columns we don't know, NotLoadable for releases before 1.1,
    other projects' layouts and incomplete copies.
    """
    release = manifest.release
    _require_loadable(manifest)
    files = by_file_name(members, ".csv", f"ESCO {release}")
    language = manifest.language or DEFAULT_LANGUAGE
    paths = _paths(files, language, release)
    identity = {"snapshot_sha256": snapshot_sha256, "release": release}
    labelled = identity | {"language_code": language}
    readers = {
        name: _reader(files[path], path, COLUMNS[name], release) for name, path in paths.items() if path
    }
    occupation_notes = readers[OCCUPATIONS].notes
    found = {
        "raw_esco_occupation": parse_member(
            RawEscoOccupation,
            readers[OCCUPATIONS],
            labelled,
            lambda cells: _occupation(cells, occupation_notes),
        ),
        "raw_esco_skill": parse_member(RawEscoSkill, readers[SKILLS], labelled, _skill),
    }
    if RELATIONS in readers:
        table = parse_member(RawEscoOccupationSkill, readers[RELATIONS], identity, _relation)
    else:
        empty = pa.Table.from_pylist([], schema=arrow_schema(RawEscoOccupationSkill))
        table = ParsedTable(empty, [], {"file_absent:occupationSkillRelations": 1}, 0)
    return found | {"raw_esco_occupation_skill": table}


def _require_loadable(manifest: Manifest) -> None:
    if manifest.kind != "esco":
        raise NotLoadable(
            f"{manifest.kind} {manifest.release}: not the official layout; take the official CSV package"
        )
    try:
        order = release_order(manifest.release)
    except ValueError as error:
        raise UnknownLayout(f"ESCO {error}; correct `release` in the manifest") from error
    if order < FIRST_LOADABLE:
        raise NotLoadable(f"ESCO {manifest.release}: releases from 1.1 on load; this one has other files")


def _paths(files: Mapping[str, bytes], language: str, release: str) -> dict[str, str | None]:
    """File name per table; the relations may be absent, and older packages leave out their language."""
    paths: dict[str, str | None] = {
        OCCUPATIONS: f"{OCCUPATIONS}_{language}.csv",
        SKILLS: f"{SKILLS}_{language}.csv",
        RELATIONS: next(
            (name for name in (f"{RELATIONS}_{language}.csv", f"{RELATIONS}.csv") if name in files),
            None,
        ),
    }
    missing = [path for path in (paths[OCCUPATIONS], paths[SKILLS]) if path not in files]
    if not missing:
        return paths
    strangers = [name for name in files if not _known(name)]
    listed = ", ".join(str(path) for path in missing)
    if strangers or len(missing) == 2:
        raise UnknownLayout(
            f"ESCO {release}: expected {listed}, found instead "
            f"{', '.join(strangers or sorted(files)) or 'no CSV file'}. Nothing was loaded. Take the "
            "official CSV package, set `language` in the manifest to the one in the file names, or teach "
            "transforms/esco.py the new names"
        )
    raise NotLoadable(f"ESCO {release}: this copy lacks {listed}; take a complete copy")


def _known(name: str) -> bool:
    return bool(
        OTHER_STEMS.fullmatch(name)
        or RELATIONS_PATTERN.fullmatch(name)
        or re.fullmatch(rf"(?:{OCCUPATIONS}|{SKILLS})_[a-z]{{2}}\.csv", name)
    )


def _reader(data: bytes, name: str, columns: tuple[str, ...], release: str) -> Member:
    member = read_comma_separated(data, name)
    missing = [column for column in columns if column not in member.header]
    if missing:
        raise UnknownLayout(
            f"ESCO {release}, {name}: expected the columns {', '.join(columns)}, of which "
            f"{', '.join(missing)} is missing; found {', '.join(member.header) or 'an empty file'}. "
            "Nothing was loaded. Take another copy of the release or teach transforms/esco.py the new columns"
        )
    return member


def _occupation(cells: dict[str, str], notes: Notes) -> dict[str, Any]:
    _require_type(cells, "Occupation")
    return {
        "esco_uri": required_text(cells, "conceptUri"),
        "isco_code": _isco_code(cells["iscoGroup"], notes),
        "esco_code": cells.get("code", "").strip() or None,
        "preferred_label": required_text(cells, "preferredLabel"),
        "alternative_labels": labels(cells["altLabels"]),
        "description": cells.get("description", "").strip() or None,
    }


def _skill(cells: dict[str, str]) -> dict[str, Any]:
    _require_type(cells, "KnowledgeSkillCompetence")
    return {
        "esco_uri": required_text(cells, "conceptUri"),
        "skill_type": cells["skillType"].strip() or None,
        "reuse_level": cells["reuseLevel"].strip() or None,
        "preferred_label": required_text(cells, "preferredLabel"),
        "alternative_labels": labels(cells["altLabels"]),
        "hidden_labels": labels(cells["hiddenLabels"]),
    }


def _relation(cells: dict[str, str]) -> dict[str, Any]:
    relation_type = cells["relationType"].strip()
    if relation_type not in RELATION_TYPES:
        raise RowFault(
            "relation_type", f"relation type {relation_type!r} is none of {', '.join(RELATION_TYPES)}"
        )
    return {
        "occupation_uri": required_text(cells, "occupationUri"),
        "skill_uri": required_text(cells, "skillUri"),
        "relation_type": relation_type,
    }


def _require_type(cells: Mapping[str, str], concept_type: str) -> None:
    if cells["conceptType"].strip() != concept_type:
        raise RowFault("concept_type", f"conceptType {cells['conceptType']!r} is not {concept_type}")


def _isco_code(text: str, notes: Notes) -> str:
    """Unit-group code as text; one that lost its leading zero (0110) gets it back and is counted."""
    code = text.strip().removeprefix("C")
    if not code.isascii() or not code.isdigit() or len(code) > ISCO_DIGITS:
        raise RowFault("isco_code", f"iscoGroup {text!r} is no ISCO-08 unit group of four digits")
    if len(code) < ISCO_DIGITS:
        notes.counts["isco_leading_zero_restored"] += 1
    return code.zfill(ISCO_DIGITS)


def labels(cell: str) -> list[str]:
    """Labels of a cell, one a line, in their order, without repeats."""
    return list(dict.fromkeys(line.strip() for line in cell.splitlines() if line.strip()))
