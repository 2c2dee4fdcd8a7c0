"""Example rows of the bookkeeping."""

from datetime import date

from tests.schemas.rows import Bad, Example

ROWS = {
    "meta_bibliography": Example(
        {
            "doi": "10.1000/xyz",
            "told_by": "crossref",
            "known": True,
            "record_title": "An invented study",
            "record_year": 2000,
            "retracted": True,
            "concern": False,
            "corrected": False,
            "published_as": None,
            "notice_doi": "10.1000/notice",
            "checked_on": date(2026, 1, 9),
            "told_since": date(2026, 1, 2),
            "answer_sha256": "0" * 64,
        },
        [
            Bad({"known": False}, ("unknown_says_nothing",)),
            Bad({"told_since": date(2026, 1, 10)}, ("told_before_checked",)),
            Bad({"doi": "https://doi.org/10.1000/xyz"}, ("doi_str_matches",)),
        ],
    ),
    "meta_input": Example(
        {"bytes": 1024, "load_state": "loaded", "load_detail": None, "release_rank": 1},
        [
            Bad({"load_state": "skipped"}, ("load_state_isin",)),
            Bad({"licence": ""}, ("licence_str_length",)),
            Bad({"snapshot_sha256": "A" * 64}, ("snapshot_sha256_str_matches",)),
        ],
    ),
    "meta_load": Example(
        {
            "load_key": "0" * 64,
            "n_rows_in": 10,
            "n_rows_out": 9,
            "n_rows_rejected": 1,
            "counts_json": "{}",
        },
        [Bad({"n_rows_rejected": 0}, ("rows_balance",))],
    ),
    "meta_quarantine": Example(
        {"quarantine_reason": "no title", "action": "row_rejected", "row_json": None},
        [
            Bad({"action": "mended"}, ("action_isin",)),
            Bad({"row_number": -1}, ("row_number_greater_than_or_equal_to",)),
        ],
    ),
    "meta_run": Example(
        {
            "flow": "nightly",
            "parameters_json": "{}",
            "code_version": "c",
            "config_sha256": "0" * 64,
            "night_key": None,
            "ended_at": None,
            "run_state": "running",
            "data_version": None,
            "report_json": None,
        },
        [
            Bad({"run_state": "done"}, ("run_state_isin",)),
            Bad({"run_id": ""}, ("run_id_str_length",)),
        ],
    ),
}
