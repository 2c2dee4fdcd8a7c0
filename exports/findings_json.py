"""json/findings.json: what studies found, with what is shown beside every number. Made from the tables alone."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from schemas.evidence_vocabulary import READER_FLAGS

Row = dict[str, Any]
FINDINGS = "json/findings.json"
FOREST = "forest/"
TABLES = (
    "finding",
    "finding_link",
    "finding_removed",
    "claim",
    "synthesis",
    "cohort",
    "search_log",
    "instrument_reliability",
)
"""Tables of the evidence registry that the page renders, whole."""

SHOWN = ("ok", "low_reliability")
NOT_SYNTHETIC = (
    "Findings are facts of published studies, entered by people with their place in the source. "
    "They are not synthetic, also where the release around them is."
)


def findings_body(frames: Mapping[str, pa.Table]) -> Row:
    """Everything on the page that follows from the tables: all but head and attribution."""
    rows = {name: [_plain(row) for row in frames[name].to_pylist()] for name in TABLES}
    links: dict[str, list[Row]] = {}
    for link in rows["finding_link"]:
        links.setdefault(link["finding_id"], []).append(
            {name: link[name] for name in ("skill", "occupation", "directness", "is_indirect", "relevance")}
        )
    designs = Counter(row["design"] for row in rows["finding"] if row["status"] in SHOWN)
    return {
        "findings_synthetic": False,
        "findings_notice": NOT_SYNTHETIC,
        "n_published_by_design": dict(sorted(designs.items())),
        "n_published_with_vendor_disclosure": sum(
            1 for row in rows["finding"] if row["status"] in SHOWN and row["vendor_disclosure"]
        ),
        "findings": [row | {"links": links.get(row["finding_id"], [])} for row in rows["finding"]],
        "left_out": rows["finding_removed"],
        "claims": rows["claim"],
        "syntheses": [row | {"forest": forest_path(row)} for row in rows["synthesis"]],
        "cohorts": rows["cohort"],
        "searches": rows["search_log"],
        "instruments": rows["instrument_reliability"],
        "faq": faq(rows["finding"], rows["claim"]),
    }


def forest_path(synthesis: Mapping[str, Any]) -> str | None:
    """Path of a synthesis' forest plot inside the release; None where no sample has an interval to draw."""
    return f"{FOREST}{synthesis['claim']}.{synthesis['measure']}.svg" if synthesis["k"] else None


def faq(findings: list[Row], claims: list[Row]) -> list[Row]:
    """One item per claim that has a shown, current finding; the claim is the key, so keys are unique.

    ``finding_ids`` are in the order of the answers; an answer prints the warnings of its finding.
    """
    questions = {row["claim"]: row["claim_label"] for row in claims}
    answers: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in findings:
        if row["status"] in SHOWN and row["claim"] and row["study_status"] != "superseded":
            warnings = ", ".join(flag.replace("_", " ") for flag in row["flags"] if flag in READER_FLAGS)
            line, citation = row["display_short"], row["citation"]
            answer = line + (f"; warnings: {warnings}" if warnings else "") + f". ({citation})"
            answers.setdefault(row["claim"], []).append((line, citation, row["finding_id"], answer))
    return [
        {
            "question_key": claim,
            "question": questions[claim],
            "answers": [answer for *_, answer in sorted(answers[claim])],
            "finding_ids": [finding for _, _, finding, _ in sorted(answers[claim])],
        }
        for claim in sorted(answers)
    ]


def _plain(row: Row) -> Row:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
