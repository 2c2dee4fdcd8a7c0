"""Settings from an environment given as a dictionary."""

import os
from pathlib import Path

import pytest

from warehouse.settings import Settings, SettingsFault, settings_from_env


def test_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = settings_from_env({"PATH": "/bin"})
    assert settings == Settings(tmp_path / "data", len(os.sched_getaffinity(0)), "2GB")


def test_all_paths_hang_on_home(tmp_path: Path) -> None:
    settings = settings_from_env(
        {
            "SKILLWEIGHTS_HOME": str(tmp_path),
            "SKILLWEIGHTS_THREADS": "3",
            "SKILLWEIGHTS_MEMORY_LIMIT": "500 MiB",
            "SKILLWEIGHTS_REAL_DATA": "read by tests",
        }
    )
    assert (settings.threads, settings.memory_limit) == (3, "500 MiB")
    assert settings.warehouse_file == tmp_path / "warehouse" / "skillweights.duckdb"
    assert settings.writer_lock == tmp_path / "warehouse" / "writer.lock"
    for path in (
        settings.landing,
        settings.releases,
        settings.staging,
        settings.prefect_home,
        settings.bench_file,
        settings.spill,
    ):
        assert path.is_relative_to(tmp_path)


def test_empty_values_are_the_defaults() -> None:
    empty = {"SKILLWEIGHTS_HOME": "", "SKILLWEIGHTS_THREADS": "", "SKILLWEIGHTS_MEMORY_LIMIT": ""}
    assert settings_from_env(empty) == settings_from_env({})


def test_all_faults_are_told_at_once_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsFault) as raised:
        settings_from_env(
            {
                "SKILLWEIGHTS_HOME": str(tmp_path / "file" / "data"),
                "SKILLWEIGHTS_THREADS": "0",
                "SKILLWEIGHTS_MEMORY_LIMIT": "lots",
                "SKILLWEIGHTS_HOMES": "typo",
            }
        )
    assert [fault.split(":")[0] for fault in raised.value.faults] == [
        "SKILLWEIGHTS_HOMES",
        "SKILLWEIGHTS_HOME",
        "SKILLWEIGHTS_THREADS",
        "SKILLWEIGHTS_MEMORY_LIMIT",
    ]
    for words in ("unset SKILLWEIGHTS_HOMES", "is a file; name a folder", "export SKILLWEIGHTS_THREADS=2"):
        assert words in str(raised.value)


@pytest.mark.parametrize("threads", ["-1", "two", "1.5", "0"])
def test_threads_are_a_whole_number(threads: str) -> None:
    with pytest.raises(SettingsFault, match="no whole number of at least 1"):
        settings_from_env({"SKILLWEIGHTS_THREADS": threads})


@pytest.mark.parametrize("limit", ["2", "0GB", "GB", "80%", "-1GB", "2 gigabytes"])
def test_memory_limit_is_a_size(limit: str) -> None:
    with pytest.raises(SettingsFault, match="is no size"):
        settings_from_env({"SKILLWEIGHTS_MEMORY_LIMIT": limit})


def test_a_contact_is_an_address_or_nothing() -> None:
    assert settings_from_env({}).contact is None
    for contact in ("me@example.org", "https://example.org/about"):
        assert settings_from_env({"SKILLWEIGHTS_CONTACT": contact}).contact == contact
    for contact in ("me", "me@example", "a b@example.org", "me@example.org (hi)"):
        with pytest.raises(SettingsFault, match="neither an e-mail address nor a web page"):
            settings_from_env({"SKILLWEIGHTS_CONTACT": contact})
