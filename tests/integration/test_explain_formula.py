"""What `explain` prints can be redone: every printed formula gives the printed result, and withheld rows print none."""

import re
from dataclasses import replace
from datetime import date
from math import ceil, exp, lgamma, log, log10, sqrt
from typing import Any

import pytest
from scipy.special import betaincinv, digamma, gammainc, stdtrit

from flows.explain import NothingToExplain, explain
from flows.explain_formula import formula_lines
from tests.drawn_market import EXPORTS, YEAR, Advert, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

pytestmark = pytest.mark.slow
LINE = re.compile(r"^    (\w+) = (.+) = (-?[\d.e+-]+)(?:   .*)?$")
FUNCTIONS = {
    "t": lambda p, df: float(stdtrit(df, p)),
    "beta": lambda p, a, b: float(betaincinv(a, b, p)),
    "gamma": lambda a, x: float(gammainc(a, x)),
    "digamma": lambda x: float(digamma(x)),
    "lgamma": lgamma,
    "log": log,
    "log10": log10,
    "exp": exp,
    "ceil": ceil,
    "sqrt": sqrt,
    "min": min,
    "max": max,
}


def pay_of(number: int, skills: tuple[str, ...]) -> int:
    """Cents a year: a tenth more with go, a twentieth less with sql, scattered and never twice the same."""
    odds = (1.1 if "go!" in skills or "go" in skills else 1.0) * (0.95 if "sql" in skills else 1.0)
    return round((5_000_000 + 7_919 * (number * 37 % 211)) * odds) + number


def with_pay(found: list[Advert]) -> list[Advert]:
    """Two in three of the role's adverts disclose pay."""
    return [
        replace(advert, pay=pay_of(number, advert.skills) if advert.role == "dev" and number % 3 else None)
        for number, advert in enumerate(found)
    ]


def adverts() -> list[Advert]:
    """Two years, three levels, all ways of asking; a rare skill that is withheld; three skills with premiums."""
    draws = [
        *crowd("ew", 40, employers=35, skills=("go!",), level="entry"),
        *crowd("en", 100, employers=40, level="entry", skills=("sql",)),
        *crowd("ec", 60, employers=40, level="entry", skills=("sql", "css")),
        *crowd("sw", 60, employers=30, skills=("go?", "sql"), level="senior"),
        *crowd("sx", 40, employers=30, skills=("go",), level="senior"),
        *crowd("sn", 100, employers=40, level="senior"),
        *crowd("lw", 60, employers=40, skills=("go!",), level="lead"),
        *crowd("ln", 90, employers=40, level="lead"),
        *crowd("uw", 50, employers=40, skills=("go!",)),
        *crowd("un", 60, employers=40, skills=("css",)),
        *crowd("rare", 4, employers=4, skills=("ada",)),
        *crowd("then", 150, employers=40, skills=("go",), day=date(2021, 6, 1)),
        *crowd("then not", 190, employers=37, day=date(2021, 6, 1)),
    ]
    others = [
        *crowd("design with", 60, employers=33, role="designer", skills=("go!",)),
        *crowd("design", 60, employers=40, role="designer"),
        *crowd("other with", 60, employers=40, role="other", skills=("go",)),
        *crowd("other", 60, employers=40, role="other"),
    ]
    return with_pay([*draws, *others])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    found = Settings(tmp_path_factory.mktemp("explain"), threads=1, memory_limit="300MB")
    market = Market(adverts(), roles=("dev", "designer"), reviewed=("go", "ada"), major_groups=("15", "27"))
    with open_warehouse(found) as warehouse:
        drawn = DrawnWarehouse(warehouse)
        estimate(drawn, market, major_groups_min=2)
        drawn.compute(*EXPORTS, major_groups_min=2)
    return found


def told(settings: Settings, skill: str, metric: str | None = None, **more: Any) -> str:
    return explain(settings, "dev", skill, period=YEAR, n_postings=0, metric=metric, **more)


def redone(text: str) -> dict[str, float]:
    """Printed results by name; each is checked against its own arithmetic."""
    found = {}
    for line in text.splitlines():
        match = LINE.match(line)
        if match:
            name, arithmetic, result = match.groups()
            value = eval(arithmetic, {"__builtins__": {}}, FUNCTIONS)
            assert value == pytest.approx(float(result), abs=2e-6, rel=1e-6), line
            found[name] = float(result)
    return found


def part_of(text: str, metric: str) -> str:
    """The lines about one metric."""
    lines = text.splitlines()
    [start] = [i for i, line in enumerate(lines) if re.match(rf"{metric}[:,]", line)]
    rest = [i for i in range(start + 1, len(lines)) if not lines[i].startswith(" ")]
    return "\n".join(lines[start : rest[0] if rest else None])


@pytest.mark.parametrize(
    ("metric", "names"),
    [
        ("posting_share", {"value", "n_effective", "ci_low", "ci_high"}),
        ("required_share", {"value", "n_effective", "ci_low", "ci_high"}),
        ("preferred_share", {"value", "n_effective", "ci_low", "ci_high"}),
        ("concentration", {"value", "n_effective", "ci_low", "ci_high"}),
        ("ladder", {"ci_low", "ci_high"}),
        ("demand_trend", {"value", "ci_low", "ci_high"}),
        ("rank", {"value", "ci_low", "ci_high"}),
        (
            "specificity",
            {"ratio", "part_1", "part_2", "weight", "value", "below_ci_low", "below_ci_high"},
        ),
        ("pay_premium", {"value", "ci_low", "ci_high", "times", "value_shrunken"}),
    ],
)
def test_the_printed_formula_gives_the_printed_number(
    settings: Settings, metric: str, names: set[str]
) -> None:
    text = part_of(told(settings, "go", None if metric == "posting_share" else metric), metric)
    found = redone(text)
    assert set(found) == names
    if "value" in found:
        assert re.search(rf"^{metric}.*: {found['value']:.6f}", text)


def test_the_sums_behind_a_slope_are_printed_inside_only(settings: Settings) -> None:
    """With its variance they would tell levels that are withheld."""
    text = part_of(told(settings, "go", "ladder", internal=True), "ladder")
    assert set(redone(text)) == {"value", "ci_low", "ci_high"}
    assert "sqrt(" not in part_of(told(settings, "go", "ladder"), "ladder")


def test_what_makes_a_rank_sure_is_printed_inside_and_named_outside(settings: Settings) -> None:
    """The error of two shares' difference gives the number that ask for both away."""
    outside = part_of(told(settings, "go", "rank"), "rank")
    inside = part_of(told(settings, "go", "rank", internal=True), "rank")
    critical = float(re.search(r"more than ([\d.]+) of its standard errors", outside)[1])  # type: ignore[index]
    errors = {name: x for name, x in redone(inside).items() if name.startswith("errors_")}
    assert errors
    assert all(x > critical for x in errors.values())
    assert "errors_" not in outside
    assert outside.count("least surely") == len(errors)


def test_an_unknown_metric_is_refused_with_those_there_are(settings: Settings) -> None:
    with pytest.raises(NothingToExplain, match=r"no metric 'nosuch'.*; there are .*posting_share"):
        told(settings, "go", "nosuch")
    with pytest.raises(NothingToExplain, match="did you mean rank"):
        told(settings, "go", "ranks")


def test_a_share_of_none_is_redone_from_its_own_counts() -> None:
    """Nobody prefers it, others merely mention it: with 40 employers in effect the upper end is 1 - .025^(1/40)."""
    of = {
        "n_numerator": 0,
        "n_denominator": 500,
        "n_effective": 40,
        "value": 0.0,
        "ci_low": 0.0,
        "ci_high": 0.088098,
    }
    lines = formula_lines(
        "preferred_share", of | {"effective_employers": None, "jackknife_variance": None}, level=0.95
    )
    assert redone("\n".join(lines)) == {"value": 0, "n_effective": 40, "ci_low": 0, "ci_high": 0.088098}


def test_where_all_employers_are_alike_the_effective_number_is_that_of_families() -> None:
    of = {
        "n_numerator": 130, "n_denominator": 260, "n_effective": 260.0, "value": 0.5, "jackknife_variance": 0.0,
        "effective_employers": 26.0, "ci_low": float(betaincinv(130, 131, 0.025)),
        "ci_high": float(betaincinv(131, 130, 0.975)),
    }  # fmt: skip
    found = redone("\n".join(formula_lines("posting_share", of, level=0.95)))
    assert set(found) == {"value", "n_effective", "ci_low", "ci_high"}


def test_a_weight_beyond_all_numbers_is_printed_as_none_or_all() -> None:
    """5,000 families where 10 are expected: the second gamma is e^-1000 times as likely, or the other way round."""
    of = {
        "n_numerator": 5000, "n_expected_families": 10.0, "count_variance_ratio": 1.0, "value": 500.0,
        "ci_low": 490.0, "ci_high": 510.0, "prior_weight_1": 0.5, "prior_shape_1": 50.0, "prior_rate_1": 50.0,
        "prior_shape_2": 0.5, "prior_rate_2": 0.1,
    }  # fmt: skip
    found = redone("\n".join(formula_lines("specificity", of, level=0.95)[:-3]))
    assert found["weight"] == pytest.approx(0, abs=1e-300)


@pytest.mark.parametrize("percent", [25, 50, 75])
def test_the_printed_place_is_that_of_the_quantile(settings: Settings, percent: int) -> None:
    metric = f"salary_p{percent}"
    text = part_of(told(settings, "go", metric), metric)
    found = redone(text)
    names = {"disclosure", "n_effective", "share_low", "share_high", "place", "place_low", "place_high"}
    assert set(found) == names
    counted = [a.pay for a in adverts() if a.role == "dev" and a.day == date(2022, 6, 1)]
    pays = sorted(pay for pay in counted if pay)
    assert found["disclosure"] == pytest.approx(len(pays) / len(counted), abs=1e-6)
    value, low, high = (pays[int(found[name]) - 1] for name in ("place", "place_low", "place_high"))
    assert text.startswith(f"{metric}: {value:.6f} (interval {low:.6f} to {high:.6f})")


def test_a_premium_tells_inside_only_how_many_adverts_with_pay_have_the_skill(settings: Settings) -> None:
    """Beside the share's numerator it tells how many with the skill disclose none."""
    assert "have the skill" not in part_of(told(settings, "go", "pay_premium"), "pay_premium")
    assert re.search(
        r"INTERNAL: \d+ of \d+ have the skill", told(settings, "go", "pay_premium", internal=True)
    )


def test_a_withheld_number_prints_no_formula_and_no_count(settings: Settings) -> None:
    text = told(settings, "ada").split("salary_p25")[0]  # pay is the role's, whatever the skill
    assert redone(text) == {}
    assert "no number" in text
    assert not re.search(r"families that ask|employers asking|interval \d", text)


def test_a_metric_withheld_beside_a_shown_share_prints_nothing_of_its_counts(settings: Settings) -> None:
    """sql is asked for in no way but one: how is shown or withheld, and never half of it."""
    text = part_of(told(settings, "sql", "ladder"), "ladder")
    assert "no number" in text
    assert not re.search(r"\d+ /|\* \d|families of a stated", text)
