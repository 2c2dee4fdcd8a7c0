"""From the exported files alone, of one release and of two in a row, no withheld count is told (contract section 5)."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from schemas.vocabulary import SCORE_PARTS
from tests.drawn_market import ESTIMATES, PARTS, YEAR, Advert, Market, estimate
from tests.drawn_tables import METHOD, DrawnWarehouse, Row
from tests.oracle.program import Key, Program
from tests.oracle.release_attack import LEVELS, SHOWN, Files, Reader, told
from tests.oracle.release_told import (
    counts_of_withheld,
    told_by_codes,
    told_by_pay,
    told_by_periods,
    told_by_scores,
    told_of_pairs,
)
from tests.oracle.test_part_attack import GROUPS, adverts, market
from tests.sql.test_export_share_sensitivity import sample

COUNTRIES = (None, None, "DE", "US")
POOLED = tuple(group for _, group, comparable in GROUPS if comparable)


def with_countries(found: list[Advert]) -> list[Advert]:
    return [replace(advert, country=COUNTRIES[number % 4]) for number, advert in enumerate(found)]


CODES = ("15-1252.00", "15-1254.00", None)
EMPLOYED = {"15-1252": 1_600_000, "15-1254": 400_000}
ON: dict[str, Any] = {
    "major_groups_min": 3,
    "calibration_enabled": True,
    "calibration_class_min": 30,
    "importance_score_enabled": True,
}


def beside(drawn: DrawnWarehouse, found: list[Advert]) -> None:
    """What calibration, correction and score go by: codes of titles, a wage table, a labelled sample."""
    drawn.load(
        "core_posting_code",
        [
            {
                "posting_id": f"posting {i}",
                "scheme": "onet-soc",
                "occupation_code": CODES[(i + len(advert.skills)) % 3],
                "code_confidence": 0.9,
            }
            for i, advert in enumerate(found)
            if CODES[(i + len(advert.skills)) % 3]
        ],
    )
    drawn.load("meta_input", [{"snapshot_sha256": "w", "source_kind": "wages", "source_id": "oews"}])
    drawn.load(
        "raw_oews_employment",
        [
            {"snapshot_sha256": "w", "soc_code": code, "soc_level": "detailed", "n_employed": n}
            for code, n in EMPLOYED.items()
        ],
    )
    drawn.fill("core_double_sample", [sample("plain")])
    drawn.compute("weight_measurement_error")


def exported(
    drawn: DrawnWarehouse, found: list[Advert], published: list[Row], **careless: Any
) -> tuple[Files, Reader]:
    """The tables a release carries, with all that is off by default turned on, and what its reader is told beside.

    ``careless`` parameters are those of the calibrated share alone.
    """
    names = ("metric_value", "ladder", "occupation", "skill_pair")
    more = ("share_sensitivity", "importance_score")
    with drawn.forgotten():
        beside(drawn, found)
        estimate(drawn, market(found, published), **ON)
        drawn.compute(*(f"export_{name}" for name in names), "weight_calibration", **ON)
        drawn.compute("weight_calibrated_share", **ON | careless)
        drawn.compute("weight_corrected_share", "export_share_sensitivity", **ON)
        drawn.compute("weight_importance_score", "export_importance_score", **ON)
        files = Files(**{name: drawn.read(f"SELECT * FROM export_{name}") for name in (*names, *more)})
        return files, reader(drawn)


def reader(drawn: DrawnWarehouse) -> Reader:
    """What the reader knows beside the files: bases of levels, weights of classes, the reader's errors."""
    parts = drawn.read("SELECT * FROM weight_share_part WHERE share_metric = 'ladder'")
    weights = drawn.read(
        "SELECT occupation, period_start, period_end, calibration_class, min(calibrated_weight) AS weight, "
        "count(*) AS n FROM weight_calibration WHERE calibrated_weight IS NOT NULL GROUP BY ALL"
    )
    [factor] = drawn.read("SELECT correction FROM weight_measurement_error")
    classes: dict[Key, dict[str, tuple[float, int]]] = {}
    for r in weights:
        of = classes.setdefault((r["occupation"], r["period_start"], r["period_end"]), {})
        of[r["calibration_class"]] = (r["weight"], r["n"])
    levels = {
        (r["occupation"], level, r["period_start"], r["period_end"]): 0 for r in parts for level in LEVELS[:4]
    }
    for r in parts:
        levels[r["occupation"], r["level"], r["period_start"], r["period_end"]] = r["n_denominator"]
    return Reader(
        POOLED,
        levels,
        apart=True,
        classes=classes,
        corrections={"plain": factor["correction"]},
        score_weights=dict(zip(SCORE_PARTS, METHOD["importance_score_weights"], strict=True)),
    )


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
    first, known_before = exported(drawn, found[: len(found) * 95 // 100], [])
    second, known = exported(drawn, found, cells_of(first))
    leaks = []
    for files, knows in ((first, known_before), (second, known)):
        leaks += [*told(knows, files, k_leave=METHOD["k_leave"]), *told_of_pairs(knows, files)]
        leaks += [
            *told_by_codes(files),
            *told_by_pay(files),
            *told_by_scores(files),
            *counts_of_withheld(files),
        ]
    assert any(row["calibrated_share"] is not None for row in second.share_sensitivity) or seed
    assert any(row["importance_score"] is not None for row in second.importance_score)
    leaks += told(replace(known, levels={}, classes={}), second, first, k_leave=METHOD["k_leave"])
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


@pytest.mark.slow
def test_the_attack_finds_a_group_beside_its_total(drawn: DrawnWarehouse) -> None:
    """One of two groups shown beside the total tells the other."""
    found = [
        *(replace(a, family=f"f{i}", source="forum") for i, a in enumerate(dev(40, 60))),
        *(replace(a, family=f"b{i}", source="board") for i, a in enumerate(dev(4, 30))),
    ]
    files, knows = exported(drawn, found, [])
    assert list(told(knows, files)) == []
    rows = [
        row | {"status": "ok", "n_numerator": 40, "n_denominator": 100}
        if (row["metric"], row["source_group"], row["skill"]) == ("posting_share", "software-forum", "go")
        else row
        for row in files.metric_value
    ]
    leaks = list(told(knows, replace(files, metric_value=rows)))
    assert any("job-boards" in leak and "4 to 4" in leak for leak in leaks)


LOW: dict[str, Any] = {"k_enter": 1, "employer_min": 1, "dominance_max": 1.0}


def coded(counts: dict[int, tuple[int, int]]) -> list[Advert]:
    """So many adverts of the first, second and no code, with go and without; ``beside`` codes them by their place."""
    found: dict[int, list[Advert]] = {
        at: [Advert("", "dev", f"employer {i % 25}", ("go",) if i < n else ()) for i in range(n + m)]
        for at, (n, m) in counts.items()
    }
    placed: list[Advert] = []
    while any(found.values()):
        wanted = [at for at in found if found[at] and at == (len(placed) + len(found[at][0].skills)) % 3]
        if wanted:
            placed.append(found[wanted[0]].pop(0))
        else:
            placed.append(Advert("", "other", "nobody"))
    return [replace(advert, family=f"family {i}") for i, advert in enumerate(placed)]


@pytest.mark.slow
def test_the_attack_solves_for_the_classes_of_a_calibrated_share(drawn: DrawnWarehouse) -> None:
    """Three of 60 web developers ask: raw and calibrated share are two sums of two parts."""
    found = coded({0: (60, 60), 1: (3, 57)})
    files, knows = exported(drawn, found, [])
    [row] = [r for r in files.share_sensitivity if (r["skill"], r["period_start"]) == ("go", YEAR[0])]
    assert (row["calibrated_status"], row["calibrated_reason"]) == ("suppressed", "small_cell")
    assert list(told(knows, files, only=("go",))) == []
    files, knows = exported(drawn, found, [], **LOW)
    [leak] = told(knows, files, only=("go",))
    assert leak.endswith("'class', '15-1254'): 2.9997 to 3.0003")


@pytest.mark.slow
def test_the_attack_finds_a_part_that_is_withheld_in_a_score(drawn: DrawnWarehouse) -> None:
    """120 ask and 8 of them require: half of a score of two parts tells the 8."""
    found = [
        replace(a, skills=("go!",) if i < 8 else a.skills, family=f"f{i}")
        for i, a in enumerate(dev(120, 120))
    ]
    files, knows = exported(drawn, found, [])
    shown = {
        r["metric"]: r
        for r in files.metric_value
        if (r["skill"], r["geo"]) == ("go", "all")
        and r["source_group"] == "all"
        and r["period_start"] == YEAR[0]
        and r["occupation"] == "dev"
    }
    assert shown["required_share"]["reason"] == "small_cell"
    assert [*told(knows, files), *told_by_scores(files)] == []
    score = 100 * (0.5 * 0.5 + 0.25 * 8 / 120) / 0.75
    names = ("occupation", "skill", "period_start", "period_end")
    row = {n: shown["posting_share"][n] for n in names} | {
        "importance_score": round(score, 6),
        "score_parts": ["posting_share", "required_of_asking"],
    }
    careless = replace(files, importance_score=[row])
    assert any(
        "'required'): " in leak and round(float(leak.split()[-1])) == 8 for leak in told(knows, careless)
    )
    [leak] = told_by_scores(careless)
    assert leak == "dev go: the score holds required_of_asking, which is withheld"


@pytest.mark.slow
def test_the_attack_finds_a_withheld_share_in_the_table_beside(drawn: DrawnWarehouse) -> None:
    files, knows = exported(drawn, [replace(a, family=f"f{i}") for i, a in enumerate(dev(12, 120))], [])
    [shown] = [
        r
        for r in files.metric_value
        if (r["skill"], r["metric"], r["source_group"], r["geo"], r["period_start"])
        == ("go", "posting_share", "all", "all", YEAR[0])
        and r["occupation"] == "dev"
    ]
    assert shown["reason"] == "small_cell"
    assert [r for r in files.share_sensitivity if r["skill"] == "go" and r["raw_share"]] == []
    row = {n: shown[n] for n in ("occupation", "skill", "period_start", "period_end")} | {
        "raw_share": round(12 / 132, 6), "corrected_share": None, "calibrated_share": None, "skill_class": "plain",
    }  # fmt: skip
    careless = replace(files, share_sensitivity=[row])
    assert any(
        "'with'): " in leak and round(float(leak.split()[-1])) == 12
        for leak in told(knows, careless, k_leave=15)
    )
    assert len(list(told_by_scores(careless))) == 1


BOTH = (date(2021, 1, 1), date(2022, 12, 31))


def over_two_years(seed: int) -> Market:
    """A market whose adverts lie mostly in the later of two years, which is a period inside that of both."""
    draw = random.Random(seed)
    found = [
        replace(advert, day=date(2021 if draw.random() < 0.3 else 2022, 6, 1))
        for advert in with_countries(adverts(seed))
    ]
    return replace(market(found, []), periods=(YEAR, BOTH))


def shown_over_two_years(drawn: DrawnWarehouse, seed: int, *, careless: bool = False) -> Files:
    """What is shown of the market; ``careless``: by a mask that knows of no period inside another."""
    names = ("metric_value", "ladder", "skill_pair")
    with drawn.forgotten():
        estimate(drawn, over_two_years(seed), **ON)
        if careless:
            drawn.load("weight_nested_period", [])
            later = ("weight_mask", *ESTIMATES[ESTIMATES.index("weight_mask") + 1 :], *PARTS)
            drawn.compute(*later, **ON)
        drawn.compute(*(f"export_{name}" for name in names), **ON)
        return Files(**{name: drawn.read(f"SELECT * FROM export_{name}") for name in names})


@pytest.mark.slow
def test_a_period_less_one_inside_it_tells_no_few(drawn: DrawnWarehouse) -> None:
    shown: Counter[date] = Counter()
    for seed in range(4):
        files = shown_over_two_years(drawn, seed)
        assert list(told_by_periods(files)) == [], f"market {seed}"
        shown.update(row["period_start"] for row in files.metric_value if row["status"] in SHOWN)
    assert min(shown[YEAR[0]], shown[BOTH[0]]) > 20, "a mask that shows one period alone would pass too"
    assert len(list(told_by_periods(shown_over_two_years(drawn, 0, careless=True)))) > 10


def test_the_attack_subtracts_periods() -> None:
    row = {"occupation": "dev", "skill": "go", "metric": "posting_share", "source_group": "all", "geo": "all"}
    files = Files(
        metric_value=[
            row | {"status": "ok", "n_numerator": n, "n_denominator": m, "period_start": s, "period_end": e}
            for n, m, (s, e) in ((40, 100, YEAR), (43, 140, BOTH))
        ]
    )
    [leak] = told_by_periods(files)
    assert leak.endswith("3 with, 37 without")


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
    base = {"occupation": "dev", "n_families_headline": 60} | span
    pay = {"status": "ok", "occupation": "dev"} | span
    for n_median, n_premium, leaks in ((55, 55, 1), (40, 37, 1), (40, 40, 0), (40, 25, 0), (60, 60, 0)):
        median, premium = (
            {"metric": m, "n": n} for m, n in (("salary_p50", n_median), ("pay_premium", n_premium))
        )
        files = Files(metric_value=[pay | median, pay | premium], occupation=[base])
        assert len(list(told_by_pay(files))) == leaks, (n_median, n_premium)


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
