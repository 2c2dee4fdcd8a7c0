"""One row per run of a flow."""

from pandera.dtypes import DateTime

from schemas import columns, vocabulary
from schemas.table import Table, keys


class MetaRun(Table):
    """One row per run of a flow."""

    run_id: str = columns.run_id()
    flow: str = columns.column("Name of the flow")
    parameters_json: str = columns.column("Parameters as JSON")
    code_version: str = columns.column("Hash of the code")
    config_sha256: str = columns.column("Hash of config/", str_matches=columns.SHA256)
    night_key: str = columns.column("Hash of all the release depends on", nullable=True)
    started_at: DateTime = columns.column("Start", unit="UTC time")
    ended_at: DateTime = columns.column("End", unit="UTC time", nullable=True)
    run_state: str = columns.column("How it ended", isin=vocabulary.RUN_STATES)
    data_version: str = columns.column("Release made or kept", nullable=True)
    report_json: str = columns.column("Counts in, out and rejected per step, as JSON", nullable=True)

    class Config:
        metadata = keys(
            ["run_id"],
        )
