"""Words a page must print beside the numbers: one block per source, ATTRIBUTION.txt and LICENSES.json."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

PROJECT = "skillweights"

ONET = (
    "This page includes information from the O*NET {version} Database by the U.S. Department of Labor, "
    "Employment and Training Administration (USDOL/ETA). Used under the {licence} license. "
    "O*NET® is a trademark of USDOL/ETA. "
    f"{PROJECT} has modified all or some of this information. "
    "USDOL/ETA has not approved, endorsed, or tested these modifications."
)
ESCO = (
    "This service uses the ESCO classification of the European Commission. "
    f"{PROJECT} has modified it: labels are normalised and joined with those of other sources. "
    "Version {version}. Licence as stated with the data: {licence}."
)
OTHER = (
    "{source_id} {version}{publisher}. Licence as stated with the data: {licence}. Only counts are derived."
)
SYNTHETIC = (
    "{source_id} {version}: synthetic rows in the shape of such a source ({kind}), made by a generator. "
    "They hold no information of any publisher and say nothing about any labour market."
)
WORDINGS = {"onet": ONET, "esco": ESCO, "esco_tabiya": ESCO}


def attribution_text(
    kind: str, source_id: str, version: str, licence: str, publisher: str | None, synthetic: bool
) -> str:
    """The words to print beside numbers that rest on a source.

    `kind` is the drop's kind; the wording of O*NET and ESCO is that of their licences, with the
    sentence that says the information was modified. A synthetic source never borrows a publisher's name.
    """
    wording = SYNTHETIC if synthetic else WORDINGS.get(kind, OTHER)
    return wording.format(
        kind=kind,
        source_id=source_id,
        version=version,
        licence=_short(licence),
        publisher=f", {publisher}" if publisher else "",
    )


def _short(licence: str) -> str:
    folded = licence.upper().replace("-", " ").replace("_", " ")
    return "CC BY 4.0" if folded.strip() == "CC BY 4.0" else licence.strip().rstrip(".")


def attribution_list(sources: pa.Table) -> list[str]:
    """Distinct attribution texts of export_source, in order of source."""
    return list(dict.fromkeys(sources.column("attribution_text").to_pylist()))


def attribution_file(sources: pa.Table, notice: str | None) -> bytes:
    """ATTRIBUTION.txt: the release's warning if it has one, then one block per source."""
    blocks = [notice] if notice else []
    blocks += [
        f"{row['source_id']} {row['source_version']}\n{row['attribution_text']}"
        for row in sources.to_pylist()
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def licences(sources: pa.Table, inputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """LICENSES.json: what each source's licence allows, and the snapshots that came under it."""
    by_source: dict[str, list[Mapping[str, Any]]] = {}
    for entry in inputs:
        by_source.setdefault(entry["source_id"], []).append(entry)
    return [
        {
            "source_id": row["source_id"],
            "licence": row["licence"],
            "terms_class": row["terms_class"],
            "synthetic": row["synthetic"],
            "attribution": row["attribution_text"],
            "snapshots": [
                {name: entry[name] for name in ("version", "sha256", "license_id", "redistributable", "url")}
                for entry in by_source.get(row["source_id"], [])
            ],
        }
        for row in sources.to_pylist()
    ]
