"""What a person reviews in config/: read once a night, all faults at once."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.vocabulary import SCORE_PARTS
from transforms.declared import double_sample, label_rule, onet_element
from transforms.evidence.read import Files

CONFIG_FOLDER = Path(__file__).resolve().parent.parent / "config"

LISTS = {
    "occupations.csv": (
        "occupation",
        "label",
        "kind",
        "onet_soc_codes",
        "esco_labels",
        "isco_codes",
        "title_rules",
        "exclude_rules",
        "specificity",
    ),
    "skill_aliases.csv": ("skill", "label", "kind", "surface"),
    "ambiguous_terms.csv": ("surface", "evidence", "reason"),
    "double_samples.csv": double_sample.COLUMNS,
    "onet_elements.csv": onet_element.COLUMNS,
}

EVIDENCE_FILES = {
    "claims": "claims.toml",
    "cohorts": "cohorts.toml",
    "search_log": "search_log.toml",
    "instruments": "instruments.toml",
    "standing_rules": "evidence_rules.toml",
}
"""Files of the evidence registry beside studies/; each may be empty, none may be missing."""

METHOD_FIELDS: dict[str, tuple[str, type | tuple[type, ...]]] = {
    "default_months": ("period", int),
    "gap_days": ("family", int),
    "near_min": ("family", float),
    "same_title_min": ("family", float),
    "other_title_min": ("family", float),
    "short_words": ("family", int),
    "shared_titles_min": ("family", int),
    "shared_share": ("family", float),
    "own_shingles_min": ("family", int),
    "window": ("family", int),
    "title_noise": ("family", list),
    "version": ("family", str),
    "level": ("interval", float),
    "z": ("interval", float),
    "k_enter": ("privacy", int),
    "k_leave": ("privacy", int),
    "employer_min": ("privacy", int),
    "dominance_max_share": ("privacy", float),
    "count_width_min": ("privacy", int),
    "n_min": ("publication", int),
    "width_max": ("publication", float),
    "width_free": ("publication", float),
    "relative_width_max": ("publication", float),
    "df_min": ("publication", int),
    "major_groups_min": ("publication", int),
    "shrunken_level": ("interval", float),
    "confidence_low": ("occupation_code", float),
    "confidence_high": ("occupation_code", float),
    "hours_per_year": ("pay", int),
    "days_per_year": ("pay", int),
    "weeks_per_year": ("pay", int),
    "months_per_year": ("pay", int),
    "seed": ("estimate", int),
    "rank_resamples": ("rank", int),
    "pair_expected_min": ("pair", int),
    "premium_n_min": ("premium", int),
    "premium_arm_min": ("premium", int),
    "premium_arm_employers_min": ("premium", int),
    "cluster_sigma": ("cluster", float),
    "cluster_resolutions": ("cluster", list),
    "cluster_runs": ("cluster", int),
    "cluster_resamples": ("cluster", int),
    "cluster_size_min": ("cluster", int),
    "cluster_stability_min": ("cluster", float),
    "cluster_core_min": ("cluster", float),
    "cluster_overlap_min": ("cluster", float),
    "calibration_enabled": ("calibration", bool),
    "calibration_class_min": ("calibration", int),
    "calibration_trim": ("calibration", float),
    "importance_score_enabled": ("importance_score", bool),
    "importance_score_weights": ("importance_score", list),
    "importance_score_draws": ("importance_score", int),
}


class ConfigurationFault(ValueError):
    """config/ can't be used; the message lists every fault."""


@dataclass(frozen=True)
class Configuration:
    """Contents of config/: lists as rows, method parameters, source groups, registry files, and their hash."""

    occupations: list[dict[str, str]]
    skill_aliases: list[dict[str, str]]
    ambiguous_terms: list[dict[str, str]]
    method_version: str
    method: dict[str, Any]
    groups: dict[str, dict[str, Any]]
    undeclared_comparable: bool
    double_samples: list[dict[str, Any]]
    onet_elements: list[dict[str, str]]
    label_rules: list[dict[str, Any]]
    evidence: Files
    sha256: str


def read_configuration(folder: Path = CONFIG_FOLDER) -> Configuration:
    """Read and check all of config/. Raises ConfigurationFault naming every fault."""
    faults: list[str] = []
    lists = {name: _rows(folder / name, columns, faults) for name, columns in LISTS.items()}
    method = _toml(folder / "method.toml", faults)
    sources = _toml(folder / "sources.toml", faults)
    rules = _toml(folder / "label_rules.toml", faults)
    parameters = _method_parameters(method, faults)
    groups = _groups(sources, faults)
    evidence = evidence_files(folder, faults)
    samples, wrong = double_sample.double_samples(lists["double_samples.csv"] if not faults else [])
    ruled, wrong_rules = label_rule.label_rules(rules or {})
    faults += wrong + wrong_rules
    faults += onet_element.onet_element_faults(lists["onet_elements.csv"] if not faults else [])
    if faults or method is None or sources is None:
        raise ConfigurationFault("config/ can't be used:\n" + "\n".join(f"  - {fault}" for fault in faults))
    return Configuration(
        occupations=lists["occupations.csv"],
        skill_aliases=lists["skill_aliases.csv"],
        ambiguous_terms=lists["ambiguous_terms.csv"],
        method_version=str(method["method_version"]),
        method=parameters,
        groups=groups,
        undeclared_comparable=bool(sources["undeclared"]["comparable"]),
        double_samples=samples,
        onet_elements=lists["onet_elements.csv"],
        label_rules=ruled,
        evidence=evidence,
        sha256=folder_sha256(folder),
    )


def evidence_files(folder: Path, faults: list[str]) -> Files:
    """Bytes of the evidence registry, unread; a missing file is a fault, since its rules would be missing."""
    found = {}
    for field, name in EVIDENCE_FILES.items():
        try:
            found[field] = (folder / name).read_bytes()
        except OSError as error:
            faults.append(f"{name}: {error.strerror}")
    studies = {
        f"config/studies/{path.name}": path.read_bytes() for path in sorted(folder.glob("studies/*.toml"))
    }
    return Files(studies, **found)


def folder_sha256(folder: Path) -> str:
    """Hash over names and bytes of the reviewed files in a folder, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".csv", ".toml"):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(data)}\n".encode())
            digest.update(data)
    return digest.hexdigest()


def _rows(path: Path, columns: tuple[str, ...], faults: list[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in columns if name not in (reader.fieldnames or [])]
            if missing:
                faults.append(
                    f"{path.name}: no column {', '.join(missing)}; its first line is {reader.fieldnames}"
                )
                return []
            rows = list(reader)
    except OSError as error:
        faults.append(f"{path.name}: {error.strerror}")
        return []
    except (UnicodeDecodeError, csv.Error) as error:
        faults.append(f"{path.name}: not CSV in UTF-8 ({error}): save it as UTF-8")
        return []
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            faults.append(f"{path.name} line {number}: not as many cells as the header has columns")
    return rows


def _toml(path: Path, faults: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path.name}: {error}")
        return None


def _method_parameters(method: dict[str, Any] | None, faults: list[str]) -> dict[str, Any]:
    if method is None:
        return {}
    if not isinstance(method.get("method_version"), str):
        faults.append("method.toml: method_version is missing")
    found: dict[str, Any] = {}
    for name, (section, kind) in METHOD_FIELDS.items():
        value = method.get(section, {}).get(name)
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            faults.append(f"method.toml: [{section}] {name} is missing or not of type {kind}")
        else:
            found[name] = value
    weights = found.get("importance_score_weights", [])
    sound = all(isinstance(w, int | float) and not isinstance(w, bool) and 0 <= w < 1e6 for w in weights)
    if not sound or len(weights) != len(SCORE_PARTS):
        faults.append(
            f"method.toml: [importance_score] importance_score_weights must be "
            f"{len(SCORE_PARTS)} numbers of at least 0, for {', '.join(SCORE_PARTS)}"
        )
    return found


def _groups(sources: dict[str, Any] | None, faults: list[str]) -> dict[str, dict[str, Any]]:
    if sources is None:
        return {}
    if not isinstance(sources.get("undeclared", {}).get("comparable"), bool):
        faults.append("sources.toml: [undeclared] comparable is missing")
    named: dict[str, str] = {}
    groups: dict[str, dict[str, Any]] = sources.get("group", {})
    for group, entry in groups.items():
        if group in ("all", "undeclared"):
            faults.append(f"sources.toml: a group may not be called {group}")
        if not isinstance(entry.get("comparable"), bool) or not entry.get("reason"):
            faults.append(f"sources.toml: [group.{group}] needs comparable and reason")
        for source in entry.get("sources", []):
            if source in named:
                faults.append(f"sources.toml: {source} stands in {named[source]} and in {group}")
            named[source] = group
    return groups
