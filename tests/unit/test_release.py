from datetime import date
from pathlib import Path

import pytest

from exports.fault import ReleaseFault
from exports.release import data_versions, find_release, next_data_version, notice, version_key
from tests.drawn_release import facts


def folders(root: Path, *names: str) -> Path:
    for name in names:
        (root / "releases" / name).mkdir(parents=True)
    return root


def test_the_first_release_of_a_day_is_number_0(tmp_path: Path) -> None:
    assert next_data_version(tmp_path / "v1", date(2022, 12, 31)) == "2022-12-31.0"


def test_numbers_count_on_as_numbers_and_never_fill_a_gap(tmp_path: Path) -> None:
    folders(tmp_path, "2022-12-31.2", "2022-12-31.10", "2022-12-30.40", "2022-12-31.x", "notes")
    assert next_data_version(tmp_path, date(2022, 12, 31)) == "2022-12-31.11"
    assert data_versions(tmp_path) == ["2022-12-30.40", "2022-12-31.2", "2022-12-31.10"]


@pytest.mark.parametrize("version", ["2022-12-31", "2022-12-31.01", "2022-12-31.-1", "latest", ""])
def test_a_version_has_one_spelling(version: str) -> None:
    with pytest.raises(ValueError, match=r"YYYY-MM-DD\.N"):
        version_key(version)


def test_a_folder_without_manifest_is_no_release(tmp_path: Path) -> None:
    assert find_release(folders(tmp_path, "2022-12-31.0"), "night-1") is None


def test_a_release_says_what_not_to_do_with_it() -> None:
    assert notice(synthetic=False, channel="nightly") is None
    assert str(notice(synthetic=True, channel="nightly")).startswith("SYNTHETIC")
    assert str(notice(synthetic=False, channel="local")).startswith("LOCAL")


def test_all_faults_of_the_facts_are_told_at_once() -> None:
    broken = facts(
        channel="live", created_at="yesterday", default_period=None, inputs=({"a": 1},), night_key=""
    )
    with pytest.raises(ReleaseFault) as caught:
        broken.require_sound()
    for word in ("channel", "created_at", "default_period", "inputs[0]", "night_key"):
        assert word in str(caught.value)
