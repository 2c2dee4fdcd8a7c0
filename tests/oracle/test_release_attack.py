"""From the exported files alone, of one release and of two in a row, no withheld count is told (contract section 5)."""

from dataclasses import replace

import pytest

from tests.drawn_market import Advert, estimate
from tests.drawn_tables import METHOD, DrawnWarehouse, Row
from tests.oracle.release_attack import (
    LEVELS,
    SHOWN,
    Files,
    Key,
    Program,
    Reader,
    counts_of_withheld,
    told,
    told_by_codes,
    told_by_pay,
    told_of_pairs,
)
from tests.oracle.test_part_attack import GROUPS, adverts, market

COUNTRIES = (None, None, "DE", "US")
POOLED = tuple(group for _, group, comparable in GROUPS if comparable)


def with_countries(found: list[Advert]) -> list[Advert]:
    return [replace(advert, country=COUNTRIES[number % 4]) for number, advert in enumerate(found)]


def exported(
    drawn: DrawnWarehouse, found: list[Advert], published: list[Row]
) -> tuple[Files, dict[Key, int]]:
    """The tables a release carries, and the base of every level, which the reader is told beside."""
    names = ("metric_value", "ladder", "occupation", "skill_pair")
    with drawn.forgotten():
        estimate(drawn, market(found, published), major_groups_min=3)
        drawn.compute(*(f"export_{name}" for name in names), major_groups_min=3)
        files = Files(**{name: drawn.read(f"SELECT * FROM export_{name}") for name in names})
        parts = drawn.read("SELECT * FROM weight_share_part WHERE share_metric = 'ladder'")
    levels = {
        (r["occupation"], level, r["period_start"], r["period_end"]): 0 for r in parts for level in LEVELS[:4]
    }
    for r in parts:
        levels[r["occupation"], r["level"], r["period_start"], r["period_end"]] = r["n_denominator"]
    return files, levels


def cells_of(files: Files) -> list[Row]:
    """What the next night reads as core_published_cell."""
    rows = [(r, r["metric"], "", "") for r in files.metric_value if r["status"] in SHOWN and r["skill"]]
    rows += [(r, "ladder", r["ladder_level"], "") for r in files.ladder if r["status"] in SHOWN]
    rows += [(r, "skill_pair", "", r["paired_skill"]) for r in files.skill_pair]
    names = ("occupation", "skill", "period_start", "period_end")
    return [
        {n: r[n] for n in names}
        | {
            "metric": metric,
            "level": level,
            "partner_skill": partner,
            "source_group": r.get("source_group", "all"),
            "geo": r.get("geo", "all"),
        }
        for r, metric, level, partner in rows
    ]


def attack(drawn: DrawnWarehouse, seed: int) -> tuple[list[str], int]:
    """What a reader of two releases in a row knows too well, and how many numbers the second shows."""
    found = with_countries(adverts(seed))
    first, levels_before = exported(drawn, found[: len(found) * 95 // 100], [])
    second, levels = exported(drawn, found, cells_of(first))
    leaks = []
    for files, known in ((first, levels_before), (second, levels)):
        reader = Reader(POOLED, known, apart=True)
        leaks += [*told(reader, files, k_leave=METHOD["k_leave"]), *told_of_pairs(reader, files)]
        leaks += [*told_by_codes(files), *told_by_pay(files), *counts_of_withheld(files)]
    leaks += told(Reader(POOLED, apart=True), second, first, k_leave=METHOD["k_leave"])
    return leaks, sum(row["status"] in SHOWN for row in second.metric_value)


@pytest.mark.slow
def test_files_of_two_releases_give_no_withheld_count_away(drawn: DrawnWarehouse) -> None:
    leaks, n_shown = attack(drawn, 0)
    assert leaks == []
    assert n_shown > 20, "a mask that shows nothing would pass too"


@pytest.mark.slow
def test_files_of_many_releases_give_no_withheld_count_away(drawn: DrawnWarehouse) -> None:
    for seed in range(1, 4):
        assert attack(drawn, seed)[0] == [], f"market {seed}"


def test_the_attack_finds_a_group_beside_its_total(drawn: DrawnWarehouse) -> None:
    """One of two groups shown beside the total tells the other."""
    found = [
        *(replace(a, family=f"f{i}", source="forum") for i, a in enumerate(dev(40, 60))),
        *(replace(a, family=f"b{i}", source="board") for i, a in enumerate(dev(4, 30))),
    ]
    files, levels = exported(drawn, found, [])
    assert list(told(Reader(POOLED, levels, apart=True), files)) == []
    rows = [
        row | {"status": "ok", "n_numerator": 40, "n_denominator": 100}
        if (row["metric"], row["source_group"], row["skill"]) == ("posting_share", "software-forum", "go")
        else row
        for row in files.metric_value
    ]
    leaks = list(told(Reader(POOLED, levels, apart=True), replace(files, metric_value=rows)))
    assert any("job-boards" in leak and "4 to 4" in leak for leak in leaks)


def dev(n_with: int, n_without: int) -> list[Advert]:
    employers = [f"employer {i % 25}" for i in range(n_with + n_without)]
    return [
        Advert("", "dev", employer, ("go",) if i < n_with else (), level="senior")
        for i, employer in enumerate(employers)
    ]


def test_a_program_tells_what_two_sums_tell() -> None:
    """Of 40 with a level, 25 at two levels known: 15 are left for a third, none for the others."""
    program = Program()
    levels = ("entry", "mid", "senior")
    program.equals([((level,), 1) for level in levels], 40)
    program.equals([(("mid",), 1), (("senior",), 2)], 57)
    program.is_(("senior",), 20)
    assert program.bounds([("mid",)], wide=5) == {("mid",): (17.0, 17.0)}
    assert program.bounds([("entry",)], wide=5) == {("entry",): (3.0, 3.0)}


def test_codes_and_pay_are_looked_at() -> None:
    code = {"occupation": "dev", "skill": "go", "scheme": "isco", "code": "2512", "status": "ok"}
    span = {"period_start": "2022", "period_end": "2022"}
    rows = [
        code | span | {"min_confidence": 0.5, "n_numerator": 60, "n_denominator": 200},
        code | span | {"min_confidence": 0.8, "n_numerator": 57, "n_denominator": 180},
    ]
    [leak] = told_by_codes(Files(taxonomy_sensitivity=rows))
    assert "3 with and 17 without" in leak
    pay = {
        "metric": "salary_p50",
        "status": "ok",
        "occupation": "dev",
        "n_numerator": 55,
        "n_denominator": 60,
    }
    assert len(list(told_by_pay(Files(metric_value=[pay])))) == 1


def test_a_number_in_a_withheld_row_is_found() -> None:
    names = ("value", "n", "n_numerator", "n_denominator", "n_effective", "n_employers", "ci_low", "ci_high")
    row = dict.fromkeys(names) | {
        "occupation": "dev",
        "skill": "go",
        "metric": "ladder",
        "status": "suppressed",
    }
    assert list(counts_of_withheld(Files(metric_value=[row]))) == []
    assert len(list(counts_of_withheld(Files(metric_value=[row | {"n_denominator": 40}])))) == 1
