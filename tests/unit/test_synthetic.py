import csv
import datetime as dt
import gzip
import hashlib
import io
import json
import math
import os
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from transforms.drop import parse_manifest
from transforms.synthetic import PostingTruth, TruthTables, market, truth
from transforms.synthetic_labour import AGENCY, BOARD, EMPLOYERS_NAMED_LIKE_TOOLS, FORUM, employers
from transforms.synthetic_roles import ROLES, WRITTEN_FORMS
from transforms.synthetic_taxonomy import ESCO_OCCUPATIONS, ONET_TITLES

CONFIG = Path(__file__).parents[2] / "config"
SEED = 7
BIG_ROLES = ("backend-developer", "frontend-developer", "data-scientist", "devops-engineer")
FOLDERS = (
    "crosswalk/1.2.0",
    "esco/1.2.0",
    "onet/29.0",
    "onet/29.2",
    f"postings/{AGENCY}",
    f"postings/{BOARD}",
    f"postings/{FORUM}",
)


@cache
def tree() -> dict[str, bytes]:
    return market(SEED, n_postings=2000)


@cache
def known() -> TruthTables:
    return truth(SEED, n_postings=2000)


@cache
def board() -> tuple[list[str], ...]:
    data = gzip.decompress(tree()[f"postings/{BOARD}/board.csv.gz"])
    return tuple(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@cache
def texts() -> dict[tuple[str, str], str]:
    found = {(BOARD, row[0]): row[4] for row in board()[1:] if len(row) == 12}
    for name, data in tree().items():
        if name.endswith(".jsonl.gz"):
            rows = map(json.loads, gzip.decompress(data).decode().splitlines())
            found |= {(FORUM, str(row["id"])): row["text"] for row in rows}
    agency = pq.read_table(io.BytesIO(tree()[f"postings/{AGENCY}/agency.parquet"])).to_pylist()
    return found | {(AGENCY, row["ref"]): row["body"] for row in agency}


def trapped(name: str) -> list[PostingTruth]:
    return [row for row in known().postings if name in row.traps]


def first_of(row: PostingTruth) -> PostingTruth:
    """The advert a repeat repeats: of its family, or the family a new family came from."""
    family = row.family.removesuffix("b")
    return next(a for a in known().postings if a.family == family and a.traps != row.traps)


@pytest.mark.slow
def test_same_seed_same_bytes_other_seed_other_bytes() -> None:
    assert market(SEED, n_postings=300) == market(SEED, n_postings=300)
    assert truth(SEED, n_postings=300) == truth(SEED, n_postings=300)
    assert market(SEED, n_postings=300) != market(SEED + 1, n_postings=300)


@pytest.mark.slow
def test_bytes_do_not_depend_on_the_order_of_sets() -> None:
    """Another process hashes strings differently, so a set iterated anywhere would show here."""
    code = (
        "import hashlib; from transforms.synthetic import market, truth; print(hashlib.sha256(repr("
        f"(market({SEED}, n_postings=300), truth({SEED}, n_postings=300))).encode()).hexdigest())"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=CONFIG.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_folder_is_a_drop_that_says_synthetic(folder: str) -> None:
    manifest = parse_manifest(tree()[f"{folder}/manifest.json"], where=folder)
    assert manifest.synthetic
    assert (manifest.terms_class, manifest.licence) == ("open", "CC0-1.0 (synthetic)")
    assert manifest.source.startswith("synthetic_")
    listed = {f"{folder}/{file.path}": (file.bytes, file.sha256) for file in manifest.files}
    there = {name: data for name, data in tree().items() if name.startswith(f"{folder}/")}
    del there[f"{folder}/manifest.json"]
    assert listed == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in there.items()}


def test_nothing_lies_outside_the_folders() -> None:
    assert {name.rsplit("/", 1)[0] for name in tree()} == set(FOLDERS)


@pytest.mark.slow
def test_every_posting_has_a_truth_and_the_other_way_round() -> None:
    keys = [(row.source_id, row.source_posting_key) for row in known().postings]
    assert len(keys) == 2000
    assert set(keys) == set(texts())


def test_every_text_says_that_it_is_made_up() -> None:
    words = ("synthetic", "invented company", "generated text", "erfunden")
    silent = {key for key, text in texts().items() if not any(word in text for word in words)}
    assert silent == {(row.source_id, row.source_posting_key) for row in trapped("no_text")}


def test_last_twelve_months_hold_most_and_enough_families_of_the_big_roles() -> None:
    days = [row.first_seen_on for row in known().postings if row.first_seen_on]
    assert (min(days) >= dt.date(2025, 5, 1), max(days) <= dt.date(2026, 6, 30)) == (True, True)
    recent = {
        row.family
        for row in known().postings
        if row.first_seen_on and row.first_seen_on >= dt.date(2025, 7, 1)
    }
    assert len(recent) > 0.85 * len({row.family for row in known().postings})
    for role in BIG_ROLES:
        mine = {r.family for r in known().postings if r.roles == (role,) and r.language == "en"}
        assert len(mine & recent) >= 150, role


def test_no_employer_holds_a_tenth_of_a_role_and_employers_are_unequal() -> None:
    by_role: dict[str, Counter[str]] = defaultdict(Counter)
    for family, rows in by_family().items():
        if len(rows[0].roles) == 1 and not family.endswith("b"):
            by_role[rows[0].roles[0]][rows[0].employer] += 1
    for role, counts in by_role.items():
        assert max(counts.values()) <= max(1, 0.1 * counts.total()), role
    everyone = sum(by_role.values(), Counter())
    assert max(everyone.values()) > 5 * everyone.total() / len(employers())


def by_family() -> dict[str, list[PostingTruth]]:
    found: dict[str, list[PostingTruth]] = defaultdict(list)
    for row in known().postings:
        found[row.family].append(row)
    return found


@pytest.mark.slow
def test_drawn_shares_are_the_true_shares() -> None:
    """Over 12,000 postings every role x skill share lies within five standard errors of its truth."""
    drawn = truth(SEED, n_postings=12_000)
    asked: Counter[tuple[str, str]] = Counter()
    n: Counter[str] = Counter()
    for row in drawn.postings:
        repeat = {"repost_same_family", "other_city", "repost_new_family"} & set(row.traps)
        if len(row.roles) == 1 and not repeat and row.language != "none":
            n[row.roles[0]] += 1
            asked.update((row.roles[0], skill) for skill in row.skills)
    assert set(asked) <= set(drawn.shares)
    for (role, skill), share in drawn.shares.items():
        error = 5 * math.sqrt(share * (1 - share) / n[role])
        assert asked[role, skill] / n[role] == pytest.approx(share, abs=error), (role, skill)


def test_websockets_is_asked_for_by_a_fifth_of_backend_adverts() -> None:
    assert known().shares["backend-developer", "websockets"] == 0.20


def test_reposts_within_four_weeks_are_one_family() -> None:
    rows = trapped("repost_same_family")
    assert len(rows) == 0.05 * 2000
    for row in rows:
        first = first_of(row)
        assert first.first_seen_on is not None
        assert row.first_seen_on is not None
        assert 7 <= (row.first_seen_on - first.first_seen_on).days <= 28
        assert (row.family, row.skills, text_of(row)) == (first.family, first.skills, text_of(first))


def test_reposts_after_a_hundred_days_are_another_family() -> None:
    rows = trapped("repost_new_family")
    assert len(rows) == 0.025 * 2000
    for row in rows:
        first = first_of(row)
        assert first.first_seen_on is not None
        assert row.first_seen_on is not None
        assert (row.first_seen_on - first.first_seen_on).days >= 100
        assert row.family != first.family
        assert text_of(row) == text_of(first)


def test_same_text_in_another_city_is_one_family() -> None:
    rows = trapped("other_city")
    assert len(rows) == 0.03 * 2000
    for row in rows:
        assert text_of(row) == text_of(first_of(row))
        assert row.family == first_of(row).family


def text_of(row: PostingTruth) -> str:
    return texts()[row.source_id, row.source_posting_key]


def test_two_role_adverts_name_both() -> None:
    rows = trapped("two_roles")
    assert len(rows) >= 50
    assert {row.roles for row in rows} == {
        ("backend-developer", "frontend-developer"),
        ("backend-developer", "devops-engineer"),
        ("data-engineer", "data-scientist"),
    }


def test_asked_and_negated_skills_stand_in_the_text() -> None:
    for row in known().postings:
        text = text_of(row)
        for skill in (*row.skills, *row.negated):
            escaped = {form.replace("/", "&#x2F;") for form in WRITTEN_FORMS[skill]}
            assert any(form in text for form in escaped), (row.source_posting_key, skill)
        assert not set(row.skills) & set(row.negated)


def test_odd_rows_of_the_board() -> None:
    raw = gzip.decompress(tree()[f"postings/{BOARD}/board.csv.gz"])
    assert raw.startswith(b"\xef\xbb\xbf")
    header, *rows = board()
    assert [row[0] for row in rows if len(row) != len(header)] == ["SB-BROKEN"]
    good = [row for row in rows if len(row) == len(header)]
    assert sum(row[3] == "M\u00c3\u00bcnchen" for row in good) == 1
    assert sum(row[5] == "" for row in good) == 1
    assert {"-1", "60000"} <= {row[6] for row in good}
    assert sum(row[4] == "" for row in good) == len(trapped("no_text")) == 12
    assert len(trapped("other_language")) == 8
    assert set(EMPLOYERS_NAMED_LIKE_TOOLS.values()) <= {row.employer for row in known().postings}


def test_boilerplate_names_what_nobody_asks_for() -> None:
    everything = "\n".join(texts().values())
    for trap in ("insurance", "pregnancy", "12 Go to Street", "equal opportunity", "No experience with"):
        assert everything.count(trap) > 20, trap


def test_taxonomy_layouts_are_the_official_ones() -> None:
    header = b"O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand"
    old = members("onet/29.0/db_29_0_text.zip")["db_29_0_text/Technology Skills.txt"]
    new = members("onet/29.2/db_29_2_text.zip")["db_29_2_text/Technology Skills.txt"]
    assert old.startswith(header + b"\n")
    assert new.startswith(header + b"\r\n")
    assert new.count(b"\r\n") == new.count(b"\n")
    assert b"WebSockets" in new
    assert b"WebSockets" not in old
    esco = members("esco/1.2.0/synthetic - v1.2.0 - classification - en - csv.zip")
    assert set(esco) == {
        *("occupations_en.csv", "skills_en.csv", "occupationSkillRelations_en.csv", "ISCOGroups_en.csv")
    }
    skills = {row["conceptUri"] for row in csv.DictReader(io.StringIO(esco["skills_en.csv"].decode()))}
    relations = list(csv.DictReader(io.StringIO(esco["occupationSkillRelations_en.csv"].decode())))
    assert {row["skillUri"] for row in relations} <= skills
    assert {row["relationType"] for row in relations} == {"essential", "optional"}


def members(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(tree()[name])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 7, 1, 0, 0, 0)}
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_the_market_speaks_the_language_of_config() -> None:
    """Roles, skills and codes of the market are those the reviewed lists know."""
    occupations = config("occupations.csv")
    assert set(ROLES) == {row["occupation"] for row in occupations} - {"all"}
    codes = {code for row in occupations for code in row["onet_soc_codes"].split()}
    assert codes <= set(ONET_TITLES)
    labels = {label for row in occupations for label in row["esco_labels"].split("|") if label}
    assert labels <= set(ESCO_OCCUPATIONS)
    aliases = config("skill_aliases.csv")
    known_forms = {row["surface"].casefold(): row["skill"] for row in aliases}
    ours = {form: skill for skill, forms in WRITTEN_FORMS.items() for form in forms}
    assert {form: known_forms.get(form.casefold()) for form in ours} == ours


def config(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((CONFIG / name).read_text(encoding="utf-8").splitlines()))
