"""The generated market of the bench: its rows keep every declared rule, and every figure is measured."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import bench_estimates
from flows.bench_estimates import ITERATIVE, SizeRun, Step, run_size
from flows.bench_increment import increment_seconds
from flows.bench_market import FILLED, fill_market
from flows.configuration import read_configuration
from flows.estimate import estimators, selects
from transforms.synthetic_counts import AGAIN_EVERY, MarketSize, drawn_postings, drawn_skills
from warehouse.check import require_valid
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

SIZE = MarketSize(2_000, n_roles=4, n_employers=300, n_skills=400)
N_OWN = 60


@pytest.mark.slow
def test_a_market_keeps_every_rule_of_its_tables(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, threads=2)
    with open_warehouse(settings, now=datetime.now(UTC)) as warehouse:
        fill_market(warehouse, read_configuration(), SIZE, seed=1, n_own=N_OWN)
        for name in FILLED:
            require_valid(warehouse, name, name)
        [[n_postings, n_families]] = warehouse.rows(
            "SELECT count(*), count(DISTINCT family_id) FROM core_family"
        )
        [[n_own]] = warehouse.rows("SELECT count(*) FROM core_skill WHERE skill_scheme = 'skillweights'")
        [[skills]] = warehouse.rows(
            "SELECT count(*) / count(DISTINCT family_id) FROM core_family_skill WHERE family_id NOT LIKE '%:%'"
        )
    assert (n_postings, n_families) == (2_000, 2_000 - 2_000 // AGAIN_EVERY)
    assert n_own == N_OWN
    assert 13 <= skills <= 15


def test_the_same_seed_draws_the_same_market_and_another_one_another() -> None:
    first, same, other = (drawn_postings(SIZE, seed) for seed in (1, 1, 2))
    assert first.equals(same)
    assert not first.equals(other)
    assert drawn_skills(SIZE, first, 1, 0).equals(drawn_skills(SIZE, same, 1, 0))


def test_an_advert_again_is_of_its_first_ones_role_and_employer() -> None:
    rows = drawn_postings(SIZE, 1).to_pylist()
    again = [row for row in rows if row["family"] != row["posting"]]
    assert len(again) == 2_000 // AGAIN_EVERY
    for row in again:
        first = rows[row["family"]]
        assert (row["role"], row["employer"], row["level"]) == (
            first["role"],
            first["employer"],
            first["level"],
        )
        assert row["day"] >= first["day"]


@pytest.mark.slow
def test_every_table_of_the_estimates_is_timed(tmp_path: Path) -> None:
    run = run_size(SIZE, tmp_path, n_own=N_OWN)
    timed = {step.name: step for step in run.steps}
    posting_tables = {"core_posting", "core_spell", "core_family", "core_posting_role"}
    wanted = {name for name in {*selects(), *estimators()} if name.startswith(("weight_", "export_"))}
    assert wanted <= set(timed)
    assert not posting_tables & set(timed)
    assert any(name.startswith("write release") for name in timed)
    assert any(name.startswith("verify and publish") for name in timed)
    assert timed["weight_skill_pair"].n_rows > 0
    assert timed["export_metric_value"].n_rows > 0
    assert run.peer.n_rows > 0
    assert run.n_postings == 2_000


def drawn_run(n_postings: int, seconds: float) -> SizeRun:
    names = ("weight_mask", "weight_pair_count", "verify and publish 1", *ITERATIVE)
    steps = tuple(Step(name, seconds, 2 * seconds, 10) for name in names)
    return SizeRun(
        n_postings,
        14 * n_postings,
        steps,
        Step("scipy reading", seconds, seconds, 5),
        Step("scipy X'X", seconds, 2 * seconds, 5),
        100.0,
    )


def test_figures_hold_every_bar_and_a_slope_of_one_is_linear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        bench_estimates, "run_apart", lambda size, home: drawn_run(size.n_postings, size.n_postings / 50)
    )
    monkeypatch.setattr(bench_estimates, "increment_seconds", lambda home: (100.0, 6.0, 20))
    figures = {figure[0]: figure for figure in bench_estimates.estimate_figures(tmp_path, (100, 1_000))}
    assert figures["growth_of_estimates_and_exports"][1] == 1.0
    assert figures["estimates_and_exports"][1:5] == (2 * 1_000 / 50, "s", 120.0, True)
    assert figures["iterative_estimates"][1] == pytest.approx(len(ITERATIVE) * 1_000 / 50)
    assert figures["verify_of_exports"][1:4] == (1_000 / 50, "s", None)
    assert figures["estimates_exports_and_verify"][1] == 3 * 1_000 / 50
    assert figures["pairs_over_scipy"][1] == 0.5
    assert figures["pair_tables_over_bare_product"][1] == 1.0
    assert figures["increment_of_text_stage"][1:5] == (0.06, "share", 0.05, False)
    assert figures["1000_weight_mask"][1] == 1_000 / 50


@pytest.mark.slow
def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    full_s, added_s, n_read = increment_seconds(tmp_path, n_adverts=300)
    assert n_read == 3
    assert full_s > 0 and added_s > 0  # how they compare is for the bench: at 300 adverts set-up weighs more
