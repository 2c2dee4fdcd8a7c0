"""The night's evidence: config/studies and what bibliographies said, to tables, plots and callback rows."""

from typing import Any

from flows.configuration import Configuration
from flows.estimate import Estimated
from flows.night import Night
from transforms.evidence.callback_rows import METRIC, callback_rows
from transforms.evidence.fault import EvidenceFault
from transforms.evidence.read import read_registry
from transforms.evidence.registry import Evidence, build_evidence, registry_report
from warehouse.bibliography import restore_checks
from warehouse.load import replace_partition
from warehouse.runs import canonical_json, key_of

Row = dict[str, Any]


def require_registry(configuration: Configuration) -> None:
    """Raise EvidenceFault with every fault of the registry: before an hour of work, not after it."""
    _, faults = registry_report(configuration.evidence)
    if faults:
        raise EvidenceFault(faults)


def stored_checks(night: Night) -> list[Row]:
    """What bibliographies said of the registry's DOIs, rows of meta_bibliography; asks nobody."""
    dois = set(study_dois(night.configuration).values())
    return [row for row in restore_checks(night.warehouse) if row["doi"] in dois]


def checks_key(checks: list[Row]) -> str:
    """What of the checks a release depends on, as text: not the day of the last one, which changes nothing."""
    without = ("checked_on", "answer_sha256")
    rows = [{name: value for name, value in row.items() if name not in without} for row in checks]
    return canonical_json([row | {"told_since": row["told_since"].isoformat()} for row in rows])


def bibliography_inputs(night: Night) -> list[Row]:
    """What services said, as inputs of a manifest: no file of theirs is in a release, only what follows from it."""
    rows = night.warehouse.arrow(
        "SELECT * FROM meta_bibliography SEMI JOIN core_study USING (doi) ORDER BY told_by, doi"
    ).to_pylist()
    entries = []
    for service in sorted({row["told_by"] for row in rows}):
        told = [row for row in rows if row["told_by"] == service]
        newest = max(row["told_since"] for row in told).isoformat()
        entries.append(
            {
                "source_id": service,
                "version": newest,
                "retrieved_at": newest,
                "sha256": key_of(checks_key(told)),
                "rows": len(told),
                "license_id": "facts",
                "redistributable": True,
                "url": None,
                "state": "loaded",
                "detail": "bibliographic records of the studies behind findings",
            }
        )
    return entries


def study_dois(configuration: Configuration) -> dict[str, str]:
    """DOI of every study that has one, by study id."""
    registry, _ = read_registry(configuration.evidence)
    return {study.study_id: study.doi for study in registry.studies if study.doi}


def checks_of_studies(configuration: Configuration, checks: list[Row]) -> list[Row]:
    """The checks as build_evidence takes them: one per study and service."""
    return [
        check_of_study(study_id, row)
        for study_id, doi in sorted(study_dois(configuration).items())
        for row in checks
        if row["doi"] == doi
    ]


def check_of_study(study_id: str, row: Row) -> Row:
    """A row of meta_bibliography as a check of one study."""
    same = ("known", "retracted", "concern", "corrected", "published_as")
    return {name: row[name] for name in same} | {
        "study_id": study_id,
        "source": row["told_by"],
        "checked_on": row["told_since"],
        "title": row["record_title"],
        "year": row["record_year"],
    }


def evidence(night: Night, estimated: Estimated, checks: list[Row]) -> Evidence:
    """Fill the evidence tables and the callback rows of export_metric_value; needs the estimates.

    Raises EvidenceFault with every broken rule, DataFault where a built table breaks its declaration.
    """
    night.progress("evidence")
    warehouse, configuration = night.warehouse, night.configuration

    def slugs(column: str) -> frozenset[str]:
        return frozenset(str(row[0]) for row in warehouse.rows(f"SELECT {column} FROM export_{column}"))  # noqa: S608

    found = build_evidence(
        configuration.evidence,
        bibliographic_checks=checks_of_studies(configuration, checks),
        as_of=estimated.as_of,
        method_version=configuration.method_version,
        skills=slugs("skill"),
        occupations=slugs("occupation"),
    )
    period = estimated.periods[0]
    pairs = warehouse.arrow(
        "SELECT occupation_id, skill_id, occupation, skill FROM export_metric_value "
        "JOIN core_skill USING (skill_id, skill) WHERE metric = 'posting_share' AND source_group = 'all' "
        "AND geo = 'all' AND skill_scheme = 'skillweights' AND period_start = $start AND period_end = $end "
        "ORDER BY occupation, skill",
        {"start": period[0], "end": period[1]},
    ).to_pylist()
    callbacks = callback_rows(
        pairs,
        found.tables,
        period=period,
        as_of=estimated.as_of,
        method_version=configuration.method_version,
    )
    with warehouse.transaction():
        for name, frame in found.tables.items():
            replace_partition(warehouse, name, frame, where={})
        replace_partition(warehouse, "export_metric_value", callbacks, where={"metric": METRIC})
    night.report.warnings += found.notices
    night.report.add(
        "evidence",
        studies=found.tables["core_study"].num_rows,
        findings=found.tables["export_finding"].num_rows,
        findings_removed=len(found.removed),
        dois_checked=len({row["doi"] for row in checks}),
        callback_rows=callbacks.num_rows,
        forests=len(found.forests),
    )
    return found
