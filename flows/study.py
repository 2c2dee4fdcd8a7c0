"""Study files for the people who enter them: a form to fill, all faults at once, what an entry comes to."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flows.configuration import CONFIG_FOLDER, ConfigurationFault, evidence_files
from flows.evidence import check_of_study
from schemas import evidence_columns
from schemas import evidence_vocabulary as words
from transforms.evidence.bibliography import TITLE_OVERLAP_MIN, YEARS_APART_MAX, title_overlap
from transforms.evidence.entry import Study
from transforms.evidence.fault import EvidenceFault
from transforms.evidence.read import Files
from transforms.evidence.registry import build_evidence, registry_report
from warehouse.bibliography import read_checks
from warehouse.settings import Settings

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

FORM = """\
# AUTHORS ({year}): TITLE. Facts, numbers and their place in the source; no sentences of the source.
[study]
study_id = "{study_id}"
title = ""
authors = ""
year = {year}
venue = ""
# doi = "10.1000/xyz"              lower case, without an address; where there is none: url = "https://..."
design = ""                       # {designs}
status = "published"              # {statuses}; superseded also takes superseded_by = "..."
sample_group = "{name}"           # studies of the same people share one
is_vendor = false                 # true also takes sponsor = "..." and vendor_disclosure = "..."
# preregistered = true            leave out where not known
# randomised_attributes = [""]    what the design assigned at random, in the words of `exposure` below; also
                                  # goes to [[assigned]] in config/evidence_rules.toml, by sample_group

[[finding]]
finding_id = "{study_id}-"
# claim = ""                      from config/claims.toml; exposure and comparison are then its two sides
cohort = "all"                    # from config/cohorts.toml
population = ""
# country = "US"
outcome = ""
# exposure = ""
# comparison = ""
metric = ""                       # {metrics}
unit = ""                         # {units}
# estimate = 0.0                  with its sign
# estimate_bound = "exact"        {bounds}
# stated = ""                     the number as printed, with the words that carry its sign and bound
# ci_low, ci_high, ci_level, se, se_scale, p, p_tests; counts ai n1i ci n2i: all that is printed
# n = 0
# n_unit = ""
# denominator = ""                a share needs one
clustering = "not_reported"       # {clusterings}
attribute_randomised = ""         # {randomised}
modality = "measured"             # {modalities}
better_if = ""                    # {better}
source_level = ""                 # {levels}
read_at = ""                      # address it was read at; never cited
locator = ""                      # page, table, row
coder = ""
verified_on = {today}
# links = [{{ skill = "", occupation = "", directness = "broader", relevance = "" }}]
"""


class StudyFault(ValueError):
    """A study file cannot be made or shown as asked."""


def new_study(study_id: str, name: str, *, today: date, folder: Path = CONFIG_FOLDER) -> Path:
    """Write an empty form to ``studies/<year>-<author>.toml`` and return its path; never over a file.

    ``name`` is ``<year>-<author>``, as 2023-noy. Raises StudyFault.
    """
    year, _, author = name.partition("-")
    faults = []
    if not (re.fullmatch(r"(19|20)\d\d", year) and NAME.fullmatch(author)):
        faults.append(f"{name!r} is not <year>-<author> in lower case, as 2023-noy")
    if not re.fullmatch(evidence_columns.STUDY_ID, study_id):
        faults.append(f"{study_id!r} is no study id: capitals and digits, as NZ2023")
    path = folder / "studies" / f"{name}.toml"
    if path.exists():
        faults.append(f"{path} exists; open it, or take another name")
    entered = registry_report(_files(folder))[0].study(study_id)
    if entered:
        faults.append(f"{study_id} is entered already: {entered.file}")
    if faults:
        raise StudyFault("\n".join(faults))
    lists = {
        "designs": words.DESIGNS,
        "statuses": words.STUDY_STATUSES,
        "metrics": words.FINDING_METRICS,
        "units": words.FINDING_UNITS,
        "bounds": words.ESTIMATE_BOUNDS,
        "clusterings": words.CLUSTERINGS,
        "randomised": words.RANDOMISED,
        "modalities": words.MODALITIES,
        "better": words.BETTER_IF,
        "levels": words.SOURCE_LEVELS,
    }
    text = FORM.format(
        study_id=study_id,
        name=name,
        year=year,
        today=today.isoformat(),
        **{field: ", ".join(values) for field, values in lists.items()},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def check_studies(settings: Settings, *, folder: Path = CONFIG_FOLDER) -> str:
    """One line on a registry without faults. Raises EvidenceFault with every fault of every file.

    What bibliographies said is held against it too, as far as it was ever asked. Asks nobody.
    """
    files = _files(folder)
    registry, faults = registry_report(files)
    if faults:
        raise EvidenceFault(faults)
    checks = _checks(settings, registry.studies)
    built = build_evidence(files, bibliographic_checks=checks, as_of=date.min, method_version="unreleased")
    lines = [*built.notices]
    asked = {row["study_id"] for row in checks}
    with_doi = [study for study in registry.studies if study.doi]
    lines.append(
        f"{len(registry.studies)} studies, {len(registry.findings)} findings, no fault; "
        f"{len(asked)} of {len(with_doi)} studies with a DOI were ever checked (skillweights bibliography)"
    )
    return "\n".join(lines)


def show_study(settings: Settings, study_id: str, *, as_of: date, folder: Path = CONFIG_FOLDER) -> str:
    """What a study's entries come to: the lines a page prints, warnings, and what bibliographies say.

    Raises StudyFault for an unknown id, EvidenceFault for a registry with faults.
    """
    files = _files(folder)
    registry, _ = registry_report(files)
    study = registry.study(study_id)
    if study is None:
        near = ", ".join(row.study_id for row in registry.studies if row.study_id[:2] == study_id[:2].upper())
        raise StudyFault(f"no study {study_id!r} in {folder}/studies" + (f"; near: {near}" if near else ""))
    checks = _checks(settings, registry.studies)
    built = build_evidence(files, bibliographic_checks=checks, as_of=as_of, method_version="unreleased")
    lines = [
        study.citation,
        f"{study.file}; {study.design}, {study.study_status}, sample {study.sample_group}",
    ]
    if study.vendor_disclosure:
        lines.append(f"disclosure: {study.vendor_disclosure}")
    lines.append("")
    for row in built.tables["export_finding"].to_pylist():
        if row["study_id"] == study_id:
            lines += _finding(row)
    lines += [str(removal) for removal in built.removed if removal.finding_id.startswith(f"{study_id}-")]
    mine = [row for row in checks if row["study_id"] == study_id]
    lines += [_check(study, row) for row in mine]
    if study.doi and not mine:
        lines.append("never checked against a bibliography: skillweights bibliography")
    return "\n".join(lines)


def _finding(row: Mapping[str, Any]) -> list[str]:
    shown = row["display_short"] or f"not shown ({row['reason']}: {row['reason_detail']})"
    lines = [f"{row['finding_id']}: {shown}"]
    lines.append(f"  {row['status']}; {row['source_level']}, {row['locator']}")
    if row["flags"]:
        lines.append(f"  warnings: {', '.join(row['flags'])}")
    return lines


def _check(study: Study, row: Mapping[str, Any]) -> str:
    if not row["known"]:
        return f"{row['source']}: no record of {study.doi} (last asked {row['last_asked']})"
    said = [name for name in ("retracted", "concern", "corrected") if row[name]]
    parts = [", ".join(said) or "nothing against it"]
    if row["title"]:
        parts.append(
            "title matches"
            if title_overlap(study.study_title, row["title"]) >= TITLE_OVERLAP_MIN
            else "OTHER TITLE"
        )
    if row["year"]:
        parts.append("year matches" if abs(study.year - row["year"]) <= YEARS_APART_MAX else "OTHER YEAR")
    return f"{row['source']}: {'; '.join(parts)} (since {row['checked_on']}, last asked {row['last_asked']})"


def _files(folder: Path) -> Files:
    faults: list[str] = []
    files = evidence_files(folder, faults)
    if faults:
        raise ConfigurationFault("config/ can't be used:\n" + "\n".join(f"  - {fault}" for fault in faults))
    return files


def _checks(settings: Settings, studies: tuple[Study, ...]) -> list[dict[str, Any]]:
    """Checks of the studies, with the day each service was last asked."""
    return [
        check_of_study(study.study_id, row) | {"last_asked": row["checked_on"]}
        for study in studies
        for row in read_checks(settings)
        if row["doi"] == study.doi
    ]
