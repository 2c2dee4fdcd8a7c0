"""From TOML bytes to entries: unknown or missing fields, wrong types and unknown words, all listed."""

import dataclasses
import functools
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, get_type_hints

from schemas import evidence_columns
from schemas import evidence_vocabulary as words
from schemas.columns import SHA256, SLUG
from transforms.evidence import entry
from transforms.evidence.fault import Fault

VOCABULARY: dict[str, tuple[str, ...]] = {
    "design": words.DESIGNS,
    "study_status": words.STUDY_STATUSES,
    "metric": words.FINDING_METRICS,
    "estimate_bound": words.ESTIMATE_BOUNDS,
    "estimate_basis": words.ESTIMATE_BASES,
    "direction": words.DIRECTIONS,
    "legal_status": words.LEGAL_STATUSES,
    "se_scale": words.SE_SCALES,
    "p_tests": words.P_TESTS,
    "clustering": words.CLUSTERINGS,
    "attribute_randomised": words.RANDOMISED,
    "modality": words.MODALITIES,
    "better_if": words.BETTER_IF,
    "source_level": words.SOURCE_LEVELS,
    "directness": words.DIRECTNESS,
    "claim_type": words.CLAIM_TYPES,
    "expected_sign": words.EXPECTED_SIGNS,
    "scope": words.SEARCH_SCOPES,
    "reliability_type": words.RELIABILITY_TYPES,
    "domain": words.DOWNGRADE_DOMAINS,
    "kind": ("sum", "ratio", "percent_change"),
}

PATTERNS: dict[str, str] = {
    "study_id": evidence_columns.STUDY_ID,
    "superseded_by": evidence_columns.STUDY_ID,
    "finding_id": evidence_columns.FINDING_ID,
    "claim": SLUG,
    "cohort": SLUG,
    "skill": SLUG,
    "occupation": SLUG,
    "sample_group": SLUG,
    "search_id": SLUG,
    "content_sha256": SHA256,
    "country": r"^[A-Z]{2}$",
}

STUDY_NAMES = {"title": "study_title", "status": "study_status"}
"""Short names used in the [study] table of a file, where they cannot be taken for something else."""

FILLED_FROM_FILE = ("file", "study_id")
"""Fields of a finding that come from the file it stands in and cannot be entered."""

BYTES_MAX = 1_000_000
"""The longest file of the registry has some 20,000 bytes."""

NUMBER_MAX = 1e15
COUNT_MAX = 10**15
"""Beyond any count of people or sum of money; also keeps a hostile number inside its column."""

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Files:
    """The bytes of the registry: studies by path, and one file each for the rest."""

    studies: Mapping[str, bytes]
    claims: bytes = b""
    cohorts: bytes = b""
    search_log: bytes = b""
    instruments: bytes = b""
    standing_rules: bytes = b""


def read_registry(files: Files) -> tuple[entry.Registry, list[Fault]]:
    """All entries that have a readable form, and every fault of form."""
    faults: list[Fault] = []
    studies: list[entry.Study] = []
    findings: list[entry.Finding] = []
    links: list[entry.Link] = []
    identities: list[entry.Identity] = []
    for path in sorted(files.studies):
        content = _toml(files.studies[path], path, faults)
        if content is not None:
            _read_study(content, path, studies, findings, links, identities, faults)
    rest = {
        "claim": _tables(files.claims, "config/claims.toml", ("claim",), faults),
        "cohort": _tables(files.cohorts, "config/cohorts.toml", ("cohort",), faults),
        "search": _tables(files.search_log, "config/search_log.toml", ("search",), faults),
        "reliability": _tables(files.instruments, "config/instruments.toml", ("reliability",), faults),
        "rules": _tables(
            files.standing_rules,
            "config/evidence_rules.toml",
            ("not_randomised", "assigned", "vendor"),
            faults,
        ),
    }
    registry = entry.Registry(
        studies=_by(studies, lambda row: row.study_id),
        findings=_by(findings, lambda row: row.finding_id),
        links=_by(links, lambda row: (row.finding_id, row.skill or "", row.occupation or "")),
        identities=tuple(identities),
        claims=_by(_claims(rest["claim"]["claim"], faults), lambda row: row.claim),
        cohorts=_by(
            _all(entry.Cohort, rest["cohort"]["cohort"], "config/cohorts.toml", faults),
            lambda row: row.cohort,
        ),
        searches=_by(
            _all(entry.Search, rest["search"]["search"], "config/search_log.toml", faults),
            lambda row: row.search_id,
        ),
        reliabilities=tuple(
            _all(entry.Reliability, rest["reliability"]["reliability"], "config/instruments.toml", faults)
        ),
        not_randomised=tuple(
            _all(entry.NotRandomised, rest["rules"]["not_randomised"], "config/evidence_rules.toml", faults)
        ),
        assigned=tuple(_all(entry.Assigned, rest["rules"]["assigned"], "config/evidence_rules.toml", faults)),
        vendors=tuple(_all(entry.Vendor, rest["rules"]["vendor"], "config/evidence_rules.toml", faults)),
    )
    return registry, faults + _duplicates(registry)


def _read_study(
    content: dict[str, Any],
    path: str,
    studies: list[entry.Study],
    findings: list[entry.Finding],
    links: list[entry.Link],
    identities: list[entry.Identity],
    faults: list[Fault],
) -> None:
    for name in sorted(set(content) - {"study", "finding", "identity"}):
        faults.append(Fault(path, "unknown_field", f"no table is called [{name}]"))
    head = content.get("study")
    if not isinstance(head, dict):
        faults.append(Fault(path, "missing_field", "the file has no [study] table"))
        return
    head = {STUDY_NAMES.get(str(name), str(name)): value for name, value in head.items()} | {"file": path}
    study = _one(entry.Study, head, f"{path}: [study]", faults)
    if study is None:
        return
    studies.append(study)
    for row in _rows(content, "finding", path, faults):
        where = f"{path}: {row.get('finding_id', '[[finding]]')}"
        bare = {name: value for name, value in row.items() if name != "links"}
        for name in FILLED_FROM_FILE:
            if name in bare:
                faults.append(Fault(where, "unknown_field", f"{name} comes from the file; leave it out"))
        finding = _one(entry.Finding, bare | {"study_id": study.study_id, "file": path}, where, faults)
        if finding is None:
            continue
        findings.append(finding)
        for link in _rows(row, "links", where, faults):
            found = _one(entry.Link, link | {"finding_id": finding.finding_id}, f"{where}: links", faults)
            if found:
                links.append(found)
    for row in _rows(content, "identity", path, faults):
        found_identity = _one(
            entry.Identity, row | {"study_id": study.study_id, "file": path}, f"{path}: [[identity]]", faults
        )
        if found_identity:
            identities.append(found_identity)


def _claims(rows: list[dict[str, Any]], faults: list[Fault]) -> list[entry.Claim]:
    where = "config/claims.toml"
    claims = []
    for row in rows:
        downgrades = _all(entry.Downgrade, _rows(row, "downgrades", where, faults), where, faults)
        bare = {name: value for name, value in row.items() if name != "downgrades"}
        claim = _one(entry.Claim, bare, f"{where}: {row.get('claim', '?')}", faults)
        if claim:
            claims.append(dataclasses.replace(claim, downgrades=tuple(downgrades)))
    return claims


def _toml(data: bytes, path: str, faults: list[Fault]) -> dict[str, Any] | None:
    if len(data) > BYTES_MAX:
        faults.append(Fault(path, "too_large", f"{len(data):,} bytes; a file holds {BYTES_MAX:,} at most"))
        return None
    try:
        return _parsed(data)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(Fault(path, "not_toml", str(error)))
    except (RecursionError, ValueError) as error:  # tables in tables in tables; a number of 5,000 digits
        faults.append(Fault(path, "not_toml", f"cannot be read ({error})"))
    return None


@functools.lru_cache(maxsize=512)
def _parsed(data: bytes) -> dict[str, Any]:
    """Content of a TOML file, not to be changed; a run reads the same bytes to check and to build."""
    return tomllib.loads(data.decode("utf-8"))


def _tables(
    data: bytes, path: str, names: tuple[str, ...], faults: list[Fault]
) -> dict[str, list[dict[str, Any]]]:
    content = _toml(data, path, faults) or {}
    for name in sorted(set(content) - set(names)):
        faults.append(Fault(path, "unknown_field", f"no table is called [[{name}]]"))
    return {name: _rows(content, name, path, faults) for name in names}


def _rows(content: Mapping[str, Any], name: str, where: str, faults: list[Fault]) -> list[dict[str, Any]]:
    """The tables of an array of tables; anything else under its name is a fault."""
    rows = content.get(name, [])
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    faults.append(Fault(where, "wrong_type", f"{name} is not a list of tables, [[{name}]]"))
    return []


def _all(kind: type[Entry], rows: list[dict[str, Any]], where: str, faults: list[Fault]) -> list[Entry]:
    found = (_one(kind, row, where, faults) for row in rows)
    return [row for row in found if row is not None]


def _one(kind: type[Entry], row: Mapping[str, Any], where: str, faults: list[Fault]) -> Entry | None:
    """One entry, or None after noting its faults."""
    fields, hints = _form(kind)  # type: ignore[arg-type]  # a class is hashable
    found = [
        Fault(where, "unknown_field", f"no field is called {name!r}") for name in row if name not in fields
    ]
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in row:
            if field.default is dataclasses.MISSING:
                found.append(Fault(where, "missing_field", f"{name} is missing"))
            continue
        value, message = _typed(name, row[name], str(hints[name]))
        values[name] = value
        if message:
            found.append(Fault(where, message[0], message[1]))
    faults.extend(found)
    return None if found else kind(**values)


@functools.cache
def _form(kind: type[Any]) -> tuple[dict[str, dataclasses.Field[Any]], dict[str, Any]]:
    """Fields and types of an entry; worked out once, as it takes longer than reading one."""
    return {field.name: field for field in dataclasses.fields(kind)}, get_type_hints(kind)


def _typed(name: str, value: Any, hint: str) -> tuple[Any, tuple[str, str] | None]:
    """The value in the type of its field, and the rule it breaks with a message."""
    wrong = ("wrong_type", f"{name} = {value!r} is not {_in_words(hint)}")
    if value == "":
        wrong = ("wrong_type", f"{name} = '' is empty: fill it in, or take the line out")
    if "tuple[" in hint and "Downgrade" not in hint:
        if isinstance(value, list) and all(isinstance(part, str) and part.strip() for part in value):
            return tuple(value), None
        return value, wrong
    if "bool" in hint:
        return value, None if isinstance(value, bool) else wrong
    if "date" in hint:
        return value, None if isinstance(value, date) and not isinstance(value, datetime) else wrong
    if "float" in hint:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return (float(value), None) if number and abs(value) < NUMBER_MAX else (value, wrong)
    if "int" in hint:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value, None if whole and abs(value) < COUNT_MAX else wrong
    if not isinstance(value, str) or not value.strip():
        return value, wrong
    if name in VOCABULARY and value not in VOCABULARY[name]:
        return value, ("unknown_word", f"{name} = {value!r} is none of {', '.join(VOCABULARY[name])}")
    if name in PATTERNS and not re.match(PATTERNS[name], value):
        return value, ("wrong_type", f"{name} = {value!r} does not look like {PATTERNS[name]}")
    return value, None


def _in_words(hint: str) -> str:
    """A field's type for who has never seen the code."""
    kinds = {
        "tuple[": "a list of texts",
        "bool": "true or false",
        "date": "a date such as 2026-11-22",
        "float": "a number",
        "int": "a whole number",
    }
    return next((text for kind, text in kinds.items() if kind in hint), "a text")


def _duplicates(registry: entry.Registry) -> list[Fault]:
    faults = []
    for label, ids in (
        ("study", [(study.study_id, study.file) for study in registry.studies]),
        ("finding", [(finding.finding_id, finding.file) for finding in registry.findings]),
        ("claim", [(claim.claim, "config/claims.toml") for claim in registry.claims]),
        ("cohort", [(cohort.cohort, "config/cohorts.toml") for cohort in registry.cohorts]),
        ("search", [(search.search_id, "config/search_log.toml") for search in registry.searches]),
    ):
        names = [name for name, _ in ids]
        faults += [
            Fault(where, "duplicate_id", f"{label} {name} is entered {names.count(name)} times")
            for name, where in ids
            if names.count(name) > 1
        ]
    return faults


def _by(rows: list[Entry], key: Callable[[Entry], Any]) -> tuple[Entry, ...]:
    return tuple(sorted(rows, key=key))
