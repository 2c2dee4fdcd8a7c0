"""The first screen of the README shows a row that `make run` really leaves."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.configuration import read_configuration
from flows.embedded import embedded_drops
from tests.nights import release_folder, run_night
from warehouse.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_row_of_the_readme_is_the_row_of_the_release(settings: Settings) -> None:
    run_night(settings.home, *embedded_drops(settings), configuration=read_configuration())
    table = pq.read_table(release_folder(settings.home) / "tables" / "occupation_skill.parquet")
    [row] = [
        row
        for row in table.to_pylist()
        if (row["occupation"], row["skill"]) == ("backend-developer", "websockets")
    ]
    expected = (
        f"| backend-developer | websockets | {row['posting_share']} | {row['posting_share_ci_low']} to "
        f"{row['posting_share_ci_high']} | {row['posting_share_n']} | {row['posting_share_n_denominator']} | "
        f"{row['posting_share_status']} |"
    )
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| backend-developer \|.*$", readme, flags=re.MULTILINE)
    assert shown == [expected], "README.md shows another row than `make run` leaves; put the new one there"
