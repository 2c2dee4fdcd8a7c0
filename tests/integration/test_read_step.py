"""Taxonomies to a lexicon, postings to mentions: each posting version is read once by each reader."""

import dataclasses
from pathlib import Path

import pyarrow as pa
import pytest

import flows.read as module
from flows.load import load
from flows.night import Night
from flows.read import build_lexicon, newest_taxonomy, read_postings
from tests.nights import SMALL, counts, landed, night_over, write_drop, write_market
from warehouse.settings import Settings

ONE = b"title,description,posted\nBackend Developer,We use Python and Docker.,2026-06-01\n"
TWO = b"title,description,posted\nData Engineer,You know SQL and Airflow.,2026-06-02\n"


def prepared(night: Night, *drops: Path) -> dict[str, str]:
    load(night, landed(night, *drops))
    return build_lexicon(night)


def texts(night: Night, *tables: str) -> dict[str, pa.Table]:
    return {name: night.warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL") for name in tables}


@pytest.mark.slow
def test_the_newest_release_of_each_taxonomy_is_used(settings: Settings, tmp_path: Path) -> None:
    drops = write_market(tmp_path / "d", n_postings=60, only=("onet/", "esco/", "postings/synthetic_board"))
    with night_over(settings) as night:
        assert prepared(night, drops) == {"onet": "29.2", "esco": "1.2.0"}
        release, snapshot = newest_taxonomy(night, "onet")
        assert release == "29.2"
        assert night.warehouse.rows(
            "SELECT release FROM meta_input WHERE snapshot_sha256 = $s", {"s": snapshot}
        ) == [("29.2",)]
        report = counts(night, "lexicon")
    assert (report["onet"], report["esco"]) == ("29.2", "1.2.0")
    assert report["surfaces"] > report["skills"] > 100


def test_without_a_taxonomy_the_reviewed_list_alone_is_the_lexicon(
    settings: Settings, tmp_path: Path
) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": ONE})
    with night_over(settings) as night:
        assert prepared(night, drop) == {"onet": "", "esco": ""}
        read_postings(night)
        found = night.warehouse.rows(
            "SELECT skill FROM core_mention JOIN core_skill USING (skill_id) WHERE accepted ORDER BY skill"
        )
        report = counts(night, "lexicon")
    assert found == [("docker",), ("python",)]
    assert (report["onet"], report["esco"]) == ("none offered", "none offered")


@pytest.mark.slow
def test_what_was_read_is_not_read_again_and_growth_reads_only_what_is_new(
    settings: Settings, tmp_path: Path
) -> None:
    write_drop(tmp_path / "a", {"a.csv": ONE})
    with night_over(settings) as night:
        prepared(night, tmp_path)
        version = read_postings(night)
        assert counts(night, "read")["postings_read_now"] == 1
        before = texts(night, "core_reading", "core_mention")
        prepared(night, tmp_path)
        assert read_postings(night) == version
        assert counts(night, "read")["postings_read_now"] == 0
        for name, frame in before.items():
            assert night.warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL").equals(frame), name
        write_drop(tmp_path / "b", {"b.csv": TWO + ONE.split(b"\n", 1)[1]}, release="2026-07")
        prepared(night, tmp_path)
        assert read_postings(night) == version
        report = counts(night, "read")
    # The second file holds one new text and one known word for word.
    assert (report["postings_read_now"], report["postings_read"]) == (1, 2)


@pytest.mark.slow
def test_another_lexicon_reads_everything_again(settings: Settings, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "a", {"a.csv": ONE})
    with night_over(settings) as night:
        prepared(night, drop)
        version = read_postings(night)
        aliases = [row for row in night.configuration.skill_aliases if row["skill"] != "docker"]
        other = dataclasses.replace(
            night, configuration=dataclasses.replace(night.configuration, skill_aliases=aliases)
        )
        build_lexicon(other)
        assert read_postings(other) != version
        assert counts(night, "read")["postings_read_now"] == 1
        versions = night.warehouse.rows("SELECT DISTINCT reader_version FROM core_reading")
        skills = night.warehouse.rows("SELECT count(*) FROM core_mention WHERE accepted")
    assert (len(versions), skills) == (1, [(1,)])


def test_another_text_stage_reads_everything_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop = write_drop(tmp_path / "a", {"a.csv": ONE})
    with night_over(settings) as night:
        prepared(night, drop)
        version = read_postings(night)
        monkeypatch.setattr(module, "reader_code_version", lambda: "0" * 64)
        assert read_postings(night) != version
        assert counts(night, "read")["postings_read_now"] == 1


@pytest.mark.slow
def test_an_unread_batch_is_read_by_the_next_night_and_nothing_else(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night that dies between two batches has committed the first."""
    drops = write_market(tmp_path / "d", n_postings=120, only=SMALL)
    monkeypatch.setattr(module, "ROWS_PER_BATCH", 15)

    def die(line: str) -> None:
        if line.startswith("read "):
            raise KeyboardInterrupt

    with night_over(settings) as night:
        prepared(night, drops)
        with pytest.raises(KeyboardInterrupt):
            read_postings(dataclasses.replace(night, progress=die))
        [[n_before]] = night.warehouse.rows("SELECT count(*) FROM core_reading")
        read_postings(night)
        report = counts(night, "read")
        whole = texts(night, "core_reading", "core_mention")
    assert 0 < n_before < report["postings_read"]
    assert report["postings_read_now"] == report["postings_read"] - n_before
    undisturbed = Settings(tmp_path / "undisturbed", threads=1)
    with night_over(undisturbed) as night:
        prepared(night, drops)
        read_postings(night)
        for name, frame in whole.items():
            assert night.warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL").equals(frame), name


@pytest.mark.slow
def test_worker_processes_read_what_one_process_reads(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drops = write_market(tmp_path / "d", n_postings=240, only=SMALL)
    with night_over(settings) as night:
        prepared(night, drops)
        read_postings(night)
        alone = texts(night, "core_reading", "core_mention")
        night.warehouse.run("DELETE FROM core_reading")
        night.warehouse.run("DELETE FROM core_mention")
        monkeypatch.setattr(module, "SERIAL_BELOW", 0)
        monkeypatch.setattr(module, "ROWS_PER_BATCH", 50)
        two = dataclasses.replace(night, settings=dataclasses.replace(settings, threads=2))
        read_postings(two)
        for name, frame in alone.items():
            assert night.warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL").equals(frame), name
