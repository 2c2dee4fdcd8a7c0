"""One row per pair of codes a crosswalk file lists."""

from schemas import columns, vocabulary
from schemas.table import Table, keys


class RawCrosswalk(Table):
    """One row per pair of codes a crosswalk file lists."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    from_scheme: str = columns.column("Taxonomy of the first code", isin=vocabulary.CROSSWALK_SCHEMES)
    from_version: str = columns.column("Edition of the first taxonomy; empty where the file names none")
    from_code: str = columns.column("First code, or its address", str_length={"min_value": 1})
    from_label: str = columns.column("Name of the first code, as the file has it", nullable=True)
    to_scheme: str = columns.column("Taxonomy of the second code", isin=vocabulary.CROSSWALK_SCHEMES)
    to_version: str = columns.column("Edition of the second taxonomy; empty where the file names none")
    to_code: str = columns.column("Second code, or its address", str_length={"min_value": 1})
    to_label: str = columns.column("Name of the second code, as the file has it", nullable=True)
    pair_relation: str = columns.column(
        "SKOS relation of the first code to the second (broad: the second is the broader); empty where the file "
        "only lists pairs",
        nullable=True,
        isin=vocabulary.MAP_RELATIONS,
    )

    class Config:
        metadata = keys(
            [
                "snapshot_sha256",
                "from_scheme",
                "from_version",
                "from_code",
                "to_scheme",
                "to_version",
                "to_code",
            ],
            code_forms=(
                "regexp_matches(from_code, CASE from_scheme WHEN 'onet-soc' THEN '^[0-9]{2}-[0-9]{4}[.][0-9]{2}$' "
                "WHEN 'soc' THEN '^[0-9]{2}-[0-9]{4}$' WHEN 'isco' THEN '^[0-9]{1,4}$' ELSE '.' END) AND "
                "regexp_matches(to_code, CASE to_scheme WHEN 'onet-soc' THEN '^[0-9]{2}-[0-9]{4}[.][0-9]{2}$' "
                "WHEN 'soc' THEN '^[0-9]{2}-[0-9]{4}$' WHEN 'isco' THEN '^[0-9]{1,4}$' ELSE '.' END)",
                "codes have the form of their taxonomy",
            ),
        )
