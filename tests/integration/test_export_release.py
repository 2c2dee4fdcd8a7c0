"""What a release holds, that its bytes follow from its rows, and that broken rows never become one."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator

from exports.canonical import canonical_bytes
from exports.content_hash import content_sha256
from exports.fault import ReleaseFault
from exports.findings_json import TABLES
from exports.frame_check import tables_in_memory
from exports.occupation_json import Edition, occupation_page
from exports.page_query import PAIRS_PER_SKILL, page_rows
from exports.release import export_tables, find_release
from exports.tables import conformed, read_table
from exports.verify import verify
from exports.write import write_release
from schemas import derive
from tests.drawn_evidence import drawn_evidence
from tests.drawn_release import (
    AS_OF,
    DEFAULT,
    OWN,
    PERIODS,
    facts,
    opaque,
    pairs,
    share,
    skills,
    staged,
    tables,
    wide,
)

Row = dict[str, Any]
FORESTS = drawn_evidence().forests


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return staged(tmp_path_factory.mktemp("release") / "staging")


def page(release: Path, slug: str = "backend-developer") -> Row:
    value: Row = json.loads((release / "json" / "occupation" / f"{slug}.json").read_text(encoding="utf-8"))
    return value


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_a_written_release_has_no_fault(release: Path) -> None:
    assert verify(release) == []


def test_a_check_that_takes_seconds_draws_no_bar_into_what_it_says() -> None:
    with tables_in_memory({}) as warehouse:
        assert warehouse.rows("SELECT current_setting('enable_progress_bar')") == [(False,)]


@pytest.mark.slow
def test_the_same_rows_in_another_order_give_the_same_bytes(release: Path, tmp_path: Path) -> None:
    given = {
        name: rows.take(pa.array(range(rows.num_rows - 1, -1, -1), pa.int64()))
        for name, rows in tables().items()
    }
    again = write_release(
        given,
        facts(),
        tmp_path / "again",
        data_version="2022-12-31.0",
        previous_data_version=None,
        forests=FORESTS,
    )
    assert files(again) == files(release)


def test_a_table_carries_its_descriptions_units_key_and_no_trace_of_its_writer_s_tools(release: Path) -> None:
    for name, table in export_tables().items():
        file = pq.ParquetFile(release / "tables" / f"{name}.parquet")
        declared = derive.arrow_schema(table)
        assert file.schema_arrow.metadata == declared.metadata
        for field, wanted in zip(file.schema_arrow, declared, strict=True):
            assert field.equals(wanted, check_metadata=True) or pa.types.is_list(field.type)
        sorting = file.metadata.row_group(0).sorting_columns
        names = [file.metadata.schema.column(entry.column_index).name for entry in sorting]
        assert tuple(names) == derive.primary_key(table)
        assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_another_writer_gives_other_bytes_and_the_same_content_hash(release: Path, tmp_path: Path) -> None:
    connection = duckdb.connect()
    for name, table in export_tables().items():
        ours, theirs = release / "tables" / f"{name}.parquet", tmp_path / f"{name}.parquet"
        connection.execute(
            f"COPY (FROM read_parquet('{ours}') ORDER BY random()) TO '{theirs}' (FORMAT parquet)"
        ).fetchall()
        assert ours.read_bytes() != theirs.read_bytes()
        assert content_sha256(table, read_table(theirs)) == content_sha256(table, read_table(ours))
    connection.close()


def test_duckdb_reads_what_was_written(release: Path) -> None:
    connection = duckdb.connect()
    path = release / "tables" / "occupation_skill.parquet"
    found = connection.execute(
        "SELECT posting_share, posting_share_n FROM read_parquet($path) "
        "WHERE posting_share_status = 'ok' ORDER BY ALL LIMIT 1",
        {"path": str(path)},
    ).fetchall()
    connection.close()
    [[value, n]] = found
    assert value == n / 400


def test_doubles_are_rounded_once_and_minus_zero_is_zero() -> None:
    rows = tables()["export_skill_pair"].slice(0, 1).to_pylist()
    rows[0] |= {"npmi": -0.0000001, "lift": 1 / 3, "lift_ci_low": 0.2, "lift_ci_high": 0.4}
    table = export_tables()["skill_pair"]
    once = conformed(table, pa.Table.from_pylist(rows, derive.arrow_schema(table)))
    [row] = once.to_pylist()
    assert (row["lift"], str(row["npmi"])) == (0.333333, "0.0")
    assert conformed(table, once).equals(once)


def test_a_page_states_every_published_share_and_counts_what_it_leaves_out(release: Path) -> None:
    found = page(release)
    rows = [
        r for r in tables()["export_occupation_skill"].to_pylist() if r["occupation"] == "backend-developer"
    ]
    published = {
        (r["skill"], r["period_start"].isoformat()): r for r in rows if r["posting_share"] is not None
    }
    shown = {
        (skill["slug"], period["period_start"]): period["posting_share"]
        for skill in found["skills"]
        for period in skill["periods"]
    } | {
        (slug, entry["period_start"]): entry["posting_share"]
        for entry in found["others"]
        for slug in entry["skills"]
    }
    for key, row in published.items():
        assert shown[key]["value"] == round(row["posting_share"], 6)
        assert shown[key]["n"] == row["posting_share_n"]
    omitted = sum(period["n_skills"] for period in found["omitted"]["periods"])
    assert len(shown) + omitted == len(rows)
    assert set(OWN) <= {slug for slug, _ in shown}


def test_skills_of_a_page_fall_in_value_and_the_withheld_come_last(release: Path) -> None:
    first = [
        period["posting_share"]["value"]
        for skill in page(release)["skills"]
        for period in skill["periods"]
        if period["period_start"] == DEFAULT[0].isoformat()
    ]
    numbers = [value for value in first if value is not None]
    assert numbers == sorted(numbers, reverse=True)
    assert first[: len(numbers)] == numbers


def test_a_withheld_share_tells_no_count_and_no_pair(release: Path) -> None:
    withheld = [
        period
        for slug in ("backend-developer", "designer")
        for skill in page(release, slug)["skills"]
        for period in skill["periods"]
        if period["posting_share"]["status"] == "suppressed"
    ]
    assert withheld
    for period in withheld:
        metric = period["posting_share"]
        for name in ("value", "n", "n_numerator", "n_denominator", "n_effective", "n_employers", "ci_low"):
            assert metric[name] is None
        assert metric["reason"] == "small_cell"
        assert period["pairs_with"] | {"reason_detail": None} == {
            "conditional_on_skill": True,
            "status": "suppressed",
            "reason": "small_cell",
            "reason_detail": None,
            "n_pairs": None,
            "items": [],
        }


def test_every_metric_of_a_page_is_valid_against_the_schema_beside_it(release: Path) -> None:
    schema = json.loads((release / "contract/schema/metric.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    for skill in page(release)["skills"]:
        for period in skill["periods"]:
            validator.validate(period["posting_share"])
            bad = period["posting_share"] | {"reason": None, "value": None}
            assert not validator.is_valid(bad)


def test_every_page_and_list_says_that_it_is_synthetic(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    for file in [*release.glob("json/**/*.json"), release / "manifest.json"]:
        value = json.loads(file.read_text(encoding="utf-8"))
        assert value["synthetic"] is True and value["notice"].startswith("SYNTHETIC")
    assert (release / "ATTRIBUTION.txt").read_text(encoding="utf-8").startswith("SYNTHETIC")
    assert manifest["json"]["files"] == len(list(release.glob("json/**/*.json")))
    assert manifest["checks"]["failed"] == 0


BACKEND = opaque("occ", "backend-developer")
EDITION = Edition(facts(), "2022-12-31.0", [])


def test_pages_list_ten_pairs_by_lift_and_say_how_many_there_are() -> None:
    names = [f"skill-{number:02}" for number in range(14)]
    with tables_in_memory(conform(many_skills(names, n=40))) as warehouse:
        found = occupation_page(EDITION, page_rows(warehouse), BACKEND)[0]
    pairs_with = found["skills"][0]["periods"][0]["pairs_with"]
    assert (pairs_with["n_pairs"], len(pairs_with["items"])) == (13, PAIRS_PER_SKILL)
    assert [item["slug"] for item in pairs_with["items"]] == names[1:11]


def test_a_page_that_would_be_too_large_lists_fewer_pairs_and_says_so() -> None:
    with tables_in_memory(conform(many_skills(list("abcdef"), n=40))) as warehouse:
        rows = page_rows(warehouse)
    size = len(occupation_page(EDITION, rows, BACKEND)[1])
    found, data = occupation_page(EDITION, rows, BACKEND, at_most=size - 1000)
    assert found["omitted"]["pairs_per_skill"] == 3  # of the five there are
    assert data == canonical_bytes(found)
    assert len(data) <= size - 1000
    assert len(found["skills"]) == 6


@pytest.mark.slow
def test_a_page_of_more_than_a_thousand_zeros_stays_small_and_names_them_all() -> None:
    names = [f"skill-{number:04}" for number in range(1200)]
    drawn = many_skills(names, n=40, paired=names[:3])
    zero = {"value": 0.0, "n": 0, "n_numerator": 0, "n_employers": 0, "ci_low": 0.0}
    metric = drawn["export_metric_value"].to_pylist()
    metric = [row | zero if row["skill"] in names[3:] and row["value"] else row for row in metric]
    frames = conform(drawn) | {
        "metric_value": conformed(
            export_tables()["metric_value"],
            pa.Table.from_pylist(metric, derive.arrow_schema(export_tables()["metric_value"])),
        )
    }
    with tables_in_memory(frames) as warehouse:
        found = occupation_page(EDITION, page_rows(warehouse), BACKEND)[0]
    assert [skill["slug"] for skill in found["skills"]] == names[:3]
    assert {slug for entry in found["others"] for slug in entry["skills"]} >= set(names[3:])
    assert len(canonical_bytes(found)) < 100_000


def many_skills(names: list[str], *, n: int, paired: list[str] | None = None) -> dict[str, pa.Table]:
    """The drawn release with one role asking for all of `names` equally often, all or those `paired` in pairs."""
    role = "backend-developer"
    skill_rows = [
        skills()[0] | {"skill_id": opaque("skl", name), "skill": name, "skill_label": name.capitalize()}
        for name in names
    ]
    metric = [share(role, name, "all", "all", period, n) for name in names for period in PERIODS]
    changed = {
        "export_skill": skill_rows,
        "export_metric_value": metric,
        "export_occupation_skill": [wide(row) for row in metric],
        "export_skill_pair": pairs([row for row in metric if paired is None or row["skill"] in paired]),
    }
    declared = {f"export_{name}": derive.arrow_schema(table) for name, table in export_tables().items()}
    return tables() | {name: pa.Table.from_pylist(rows, declared[name]) for name, rows in changed.items()}


def conform(given: dict[str, pa.Table]) -> dict[str, pa.Table]:
    return {name: conformed(table, given[f"export_{name}"]) for name, table in export_tables().items()}


def set_value(rows: pa.Table, column: str, where: pc.Expression, value: object) -> pa.Table:
    hit = rows.filter(where).to_pylist()
    assert hit
    other = rows.filter(~where)
    return pa.concat_tables(
        [other, pa.Table.from_pylist([row | {column: value} for row in hit], rows.schema)]
    )


PUBLISHED = pc.field("status") == "ok"
SUPPRESSED = pc.field("status") == "suppressed"
SQL = pc.field("skill") == "sql"


@pytest.mark.slow
@pytest.mark.parametrize(
    "broken",
    [
        [
            ("metric_value", "value", PUBLISHED, None, "never beside a status that has none"),
            ("metric_value", "n", SUPPRESSED, 3, "carries no count"),
            ("occupation_skill", "posting_share_n", ~SQL, 39, "differs from the headline"),
            ("skill_pair", "n_both", pc.field("n_both") > 0, 3, "a pair is published below k_min"),
            ("skill", "skill_scheme", SQL, "wiki", "skill_scheme must satisfy"),
            ("occupation", "period_end", pc.field("period_end") == AS_OF, DEFAULT[0], "is not the release's"),
        ],
        [
            ("metric_value", "n_employers", PUBLISHED, 2, "below k_min or employer_min"),
            ("metric_value", "source_ids", PUBLISHED, ["unheard"], "unnest(source_ids) names what"),
            ("metric_value", "method_version", PUBLISHED, "2020.1", "method_version is not"),
            ("skill", "skill_label", SQL, "Other", "skill, skill_label names what"),
        ],
        [
            ("metric_value", "skill", SQL, "sequel", "skill_id, skill names what"),
            ("skill", "skill", SQL, "docker", "one skill has several values of skill_id"),
        ],
    ],
)
def test_broken_rows_never_become_a_release_and_are_told_at_once(
    tmp_path: Path, broken: list[tuple[str, str, pc.Expression, object, str]]
) -> None:
    given = tables()
    for name, column, where, value, _ in broken:
        given[f"export_{name}"] = set_value(given[f"export_{name}"], column, where, value)
    with pytest.raises(ReleaseFault) as caught:
        write_release(
            given,
            facts(),
            tmp_path / "s",
            data_version="2022-12-31.0",
            previous_data_version=None,
            forests=FORESTS,
        )
    told = [str(fault) for fault in caught.value.faults]
    for *_, message in broken:
        assert any(message in text for text in told), message
    assert not (tmp_path / "s").exists()


def test_missing_unknown_and_mistyped_columns_and_tables_are_told_at_once(tmp_path: Path) -> None:
    given = tables()
    del given["export_source"]
    given["export_salary"] = given["export_skill"]
    given["export_skill"] = given["export_skill"].drop_columns(["reuse_level"])
    occupation = given["export_occupation"]
    given["export_occupation"] = occupation.set_column(
        occupation.column_names.index("n_skills_published"),
        "n_skills_published",
        occupation.column("n_skills_published").cast(pa.float64()),
    )
    with pytest.raises(ReleaseFault) as caught:
        write_release(
            given,
            facts(),
            tmp_path / "s",
            data_version="2022-12-31.0",
            previous_data_version=None,
            forests=FORESTS,
        )
    for words in (
        "export_source is missing",
        "export_salary: is not a declared export table",
        "column reuse_level is missing",
        "column n_skills_published has type double, declared is int64",
    ):
        assert words in str(caught.value)


@pytest.mark.slow
def test_empty_tables_make_a_release_that_says_nothing(tmp_path: Path) -> None:
    given = tables()
    for name in (
        *TABLES,
        "metric_value",
        "occupation_skill",
        "skill_pair",
        "skill",
        "taxonomy_map",
        "taxonomy_sensitivity",
    ):
        given[f"export_{name}"] = given[f"export_{name}"].slice(0, 0)
    release = write_release(
        given, facts(), tmp_path / "s", data_version="2022-12-31.0", previous_data_version=None, forests={}
    )
    assert verify(release) == []
    assert page(release)["skills"] == []


@pytest.mark.slow
def test_staging_is_cleared_of_a_killed_run_but_never_of_strangers(release: Path, tmp_path: Path) -> None:
    staging = tmp_path / "staging"
    (staging / "tables").mkdir(parents=True)
    (staging / "tables" / "half.parquet").write_bytes(b"PAR1")
    assert files(staged(staging)) == files(release)
    (staging / "thesis.txt").write_text("mine")
    with pytest.raises(ReleaseFault, match=r"thesis\.txt: is not part of a release"):
        staged(staging)
    assert (staging / "thesis.txt").exists()


def test_a_complete_release_is_found_by_the_key_of_its_night(release: Path, tmp_path: Path) -> None:
    home = tmp_path / "v1" / "releases" / "2022-12-31.0"
    home.parent.mkdir(parents=True)
    for name, data in files(release).items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)
    assert find_release(tmp_path / "v1", "night-1") == home
    assert find_release(tmp_path / "v1", "night-2") is None
    (home / "tables" / "skill.parquet").unlink()
    assert find_release(tmp_path / "v1", "night-1") is None
