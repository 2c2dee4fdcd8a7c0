"""Each metric's formula with its numbers put in: lines `name = arithmetic = result` that can be redone by hand.

Functions used: t(p, df) is Student's quantile, beta(p, a, b) that of the Beta distribution, gamma(a, x) the share of a
gamma of shape a and rate 1 below x; digamma, lgamma, log, log10, exp, sqrt, ceil, min, max.
"""

from collections.abc import Mapping
from math import ceil, exp, lgamma, log
from typing import Any

from scipy.special import betaincinv, gammainc

SHARES = ("posting_share", "required_share", "preferred_share", "concentration")
SALARIES = ("salary_p25", "salary_p50", "salary_p75")
Numbers = Mapping[str, Any]


def formula_lines(metric: str, of: Numbers, *, level: float, internal: bool = False) -> list[str]:
    """Lines for one published number; ``of`` holds its counts and variances by name, ``level`` that of intervals.

    ``internal`` puts in what a release withholds: the sums over the levels behind a ladder's slope, its variance.
    """
    tail = round((1 - level) / 2, 12)
    if metric in SHARES:
        return _share(of, tail)
    if metric == "demand_trend":
        x, n, y, m = (
            of[k] for k in ("n_numerator", "n_denominator", "n_numerator_before", "n_denominator_before")
        )
        value = [f"    value = {x} / {n} - {y} / {m} = {of['value']}   this year less the year before"]
        return value + _student(of, of["change_variance"], of["change_df"], tail)
    if metric == "ladder":
        return _ladder(of, tail) if internal else _ladder_told(of)
    if metric == "specificity":
        return _specificity(of)
    if metric == "rank":
        return _rank(of, internal=internal)
    if metric == "pay_premium":
        return _premium(of, tail)
    return _salary(metric, of, tail) if metric in SALARIES else []


def _rank(of: Numbers, *, internal: bool) -> list[str]:
    above, below = int(of["ci_low"]) - 1, of["n_ranked"] - int(of["ci_high"])
    lines = [
        f"    value = 1 + {int(of['value']) - 1} = {of['value']}   skills with a larger share come first",
        f"    ci_low = 1 + {above} = {of['ci_low']}   skills whose share is surely larger, all pairs at once",
        f"    ci_high = {of['n_ranked']} - {below} = {of['ci_high']}   skills ranked, less those surely smaller",
    ]
    if of["rank_critical"] is None:
        return [*lines, "    one employer, or one skill: nothing is told apart"]
    lines.append(
        f"    sure is a difference of shares of more than {of['rank_critical']} of its standard errors"
    )
    for side, n in (("above", above), ("below", below)):
        if n:
            lines.append(_least_sure(of, side, internal=internal))
    return lines


def _least_sure(of: Numbers, side: str, *, internal: bool) -> str:
    """The neighbour that decides an end; the error of two shares' difference tells how many ask for both."""
    larger, smaller = (of[f"{side}_share"], of["own_share"])
    larger, smaller = (larger, smaller) if side == "above" else (smaller, larger)
    error = of[f"{side}_error"]
    gap = f"({larger} - {smaller})"
    if not internal:
        return (
            f"    least surely {side}: {of[f'{side}_skill']}, by {gap}; its error is not told, as with the shares it "
            "would tell how many adverts ask for both"
        )
    return (
        f"    errors_{side} = {gap} / {error} = {(larger - smaller) / error}   {of[f'{side}_skill']}, "
        f"the least surely {side}"
    )


def _share(of: Numbers, tail: float) -> list[str]:
    x, n, size = of["n_numerator"], of["n_denominator"], of["n_effective"]
    lines = [f"    value = {x} / {n} = {of['value']}"]
    variance, df = of["jackknife_variance"], f"max(1, {of['effective_employers']} - 1)"
    if 0 < x < n and variance:
        ratio = f"(t({1 - tail}, {n} - 1) / t({1 - tail}, {df})) ** 2"
        size_of = f"{x} / {n} * (1 - {x} / {n}) / {variance} * {ratio}"
        lines.append(
            f"    n_effective = max(1, min({n}, {size_of})) = {size}   jackknife variance over employers"
        )
    elif 0 < x < n:
        lines.append(
            f"    n_effective = {n} = {size}   every employer has the same share: no variance between them"
        )
    elif x in (0, n):
        # Where nobody asks no row counts the employers; as many are in effect as told.
        employers = of["effective_employers"] if of["effective_employers"] is not None else size
        lines.append(f"    n_effective = min({employers}, {n}) = {size}   employers in effect")
    if x == 0:
        return [
            *lines,
            f"    ci_low = 0 = {of['ci_low']}",
            f"    ci_high = beta({1 - tail}, 1, {size}) = {of['ci_high']}",
        ]
    low = f"beta({tail}, {size} * {x} / {n}, {size} * (1 - {x} / {n}) + 1)"
    high = "1" if x == n else f"beta({1 - tail}, {size} * {x} / {n} + 1, {size} * (1 - {x} / {n}))"
    return [*lines, f"    ci_low = {low} = {of['ci_low']}", f"    ci_high = {high} = {of['ci_high']}"]


def _student(of: Numbers, variance: float | None, df: float, tail: float) -> list[str]:
    if variance is None:
        return ["    one employer alone carries a year or a line: the interval is everything, -1 to 1"]
    half = f"t({1 - tail}, max(1, {df})) * sqrt({variance})"
    return [
        f"    ci_low = max(-1, {of['value']} - {half}) = {of['ci_low']}   jackknife variance over employers",
        f"    ci_high = min(1, {of['value']} + {half}) = {of['ci_high']}",
    ]


def _ladder(of: Numbers, tail: float) -> list[str]:
    n, s, ss = of["n_denominator"], of["n_steps"], of["n_squared_steps"]
    y, sy = of["n_numerator"], of["n_steps_asking"]
    lines = [
        f"    value = ({n} * {sy} - {s} * {y}) / ({n} * {ss} - {s} ** 2) = {of['value']}   {y} of {n} families of a "
        "stated seniority ask; steps are entry 0, mid 1, senior 2, lead 3, and add up to "
        f"{s}, squared {ss}, of those who ask {sy}"
    ]
    if of["slope_variance"] is None:
        return lines + _student(of, None, of["slope_df"], tail)
    half = f"10 ** (ceil(10 * log10(t({1 - tail}, max(1, {of['slope_df']})) * sqrt({of['slope_variance']}))) / 10)"
    return [
        *lines,
        f"    ci_low = max(-1, {of['value']} - {half}) = {of['ci_low']}   jackknife variance over employers, half the "
        "width rounded up to the next of 1, 1.26, 1.58 ... 10",
        f"    ci_high = min(1, {of['value']} + {half}) = {of['ci_high']}",
    ]


def _ladder_told(of: Numbers) -> list[str]:
    """The sums over levels and the variance would tell withheld levels (docs/decisions/ladder.md)."""
    half = max(of["ci_high"] - of["value"], of["value"] - of["ci_low"])
    return [
        f"    value is the slope of a line through the families of a stated seniority, {of['n_numerator']} of "
        f"{of['n_denominator']} of which ask; steps are entry 0, mid 1, senior 2, lead 3. Its sums over levels would "
        "tell levels that are withheld: --internal puts them in",
        f"    ci_low = max(-1, {of['value']} - {round(half, 6)}) = {of['ci_low']}   jackknife variance over employers, "
        "half the width rounded up to the next of 1, 1.26, 1.58 ... 10",
        f"    ci_high = min(1, {of['value']} + {round(half, 6)}) = {of['ci_high']}",
    ]


def _specificity(of: Numbers) -> list[str]:
    n, e, d = of["n_numerator"], of["n_expected_families"], of["count_variance_ratio"]
    gammas = (
        (of["prior_weight_1"], of["prior_shape_1"], of["prior_rate_1"]),
        (1 - of["prior_weight_1"], of["prior_shape_2"], of["prior_rate_2"]),
    )
    first, second = (_log_part(n / d, e / d, *gamma) for gamma in gammas)
    weight = 1 / (1 + exp(min(700, second - first)))
    logs = [f"(digamma({a} + {n} / {d}) - log({b} + {e} / {d}))" for _, a, b in gammas]
    lines = [
        f"    ratio = {n} / {e} = {round(n / e, 6)}   families that ask, over those expected from all adverts",
        f"    value is that ratio, at {n} / {d} and {e} / {d} families in effect, drawn towards the others of the "
        "period: geometric mean of a mixture of two gammas (EBGM); ci_low and ci_high are its 5 and 95 % points",
        *(
            f"    part_{k} = log(max({w}, 1e-300)) + lgamma({a} + {n} / {d}) - lgamma({a}) + {a} * log({b}) "
            f"+ {n} / {d} * log({e} / {d}) - ({a} + {n} / {d}) * log({b} + {e} / {d}) = {part}"
            for k, (w, a, b), part in zip((1, 2), gammas, (first, second), strict=True)
        ),
        f"    weight = 1 / (1 + exp(min(700, {second} - {first}))) = {weight}   of the first gamma, given the counts",
        f"    value = exp({weight} * {logs[0]} + (1 - {weight}) * {logs[1]}) = {of['value']}",
    ]
    for name in ("ci_low", "ci_high"):
        x = of[name]
        below = [f"gamma({a} + {n} / {d}, ({b} + {e} / {d}) * {x})" for _, a, b in gammas]
        at = [float(gammainc(a + n / d, (b + e / d) * x)) for _, a, b in gammas]
        told = round(weight * at[0] + (1 - weight) * at[1], 6)
        lines.append(f"    below_{name} = {weight} * {below[0]} + (1 - {weight}) * {below[1]} = {told}")
    return lines


def _log_part(n: float, e: float, weight: float, shape: float, rate: float) -> float:
    """Log of a gamma's weight times the likelihood of the count, but for n!."""
    likelihood = (
        lgamma(shape + n) - lgamma(shape) + shape * log(rate) + n * log(e) - (shape + n) * log(rate + e)
    )
    return log(max(weight, 1e-300)) + likelihood


def _premium(of: Numbers, tail: float) -> list[str]:
    half = f"t({1 - tail}, {of['premium_df']}) * {of['premium_se']}"
    lines = [
        f"    value = {of['premium_cross']} / {of['premium_squares']} = {of['value']}   sums over {of['n_with_pay']} "
        "families of skill times log pay, and of skill squared, both freed of seniority, country, month, currency, "
        f"source and {of['n_controls']} other skills",
        f"    ci_low = {of['value']} - {half} = {of['ci_low']}   clustered by employer (CR2)",
        f"    ci_high = {of['value']} + {half} = {of['ci_high']}",
        f"    times = exp({of['value']}) = {round(exp(of['value']), 6)}   pay with the skill over pay without",
    ]
    if of["value_shrunken"] is not None:
        mean, spread = of["premium_mean"], of["premium_spread"]
        lines.append(
            f"    value_shrunken = {mean} + ({of['value']} - {mean}) * {spread} / ({spread} + {of['premium_se']} ** 2)"
            f" = {of['value_shrunken']}   towards the mean of the role's premiums"
        )
    return lines


def _salary(metric: str, of: Numbers, tail: float) -> list[str]:
    q, size, n = int(metric.removeprefix("salary_p")) / 100, of["n_effective"], of["n_numerator"]
    df = f"max(1, {of['pay_effective_employers']} - 1)"
    ratio = f"(t({1 - tail}, {n} - 1) / t({1 - tail}, {df})) ** 2"
    simple = f"{q} * (1 - {q}) / {of['pay_variance']} * {ratio}" if of["pay_variance"] else n
    low = float(betaincinv(size * q, size * (1 - q) + 1, tail))
    high = float(betaincinv(size * q + 1, size * (1 - q), 1 - tail))
    place = ceil(q * n - 1e-9)
    place_low, place_high = min(place, max(1, ceil(low * n - 1e-9))), max(place, min(n, ceil(high * n) + 1))
    return [
        f"    disclosure = {n} / {of['n_denominator']} = {round(n / of['n_denominator'], 6)}   families with pay",
        f"    n_effective = max(1, min({n}, {simple})) = {size}   jackknife variance over employers",
        f"    share_low = beta({tail}, {size} * {q}, {size} * (1 - {q}) + 1) = {low}   ends of the share of adverts "
        "that pay no more (Woodruff 1952)",
        f"    share_high = beta({1 - tail}, {size} * {q} + 1, {size} * (1 - {q})) = {high}",
        f"    place = ceil({q} * {n} - 1e-9) = {place}   value is the pay at this place of {n}, the least first",
        f"    place_low = min({place}, max(1, ceil({low} * {n} - 1e-9))) = {place_low}   that of ci_low",
        f"    place_high = max({place}, min({n}, ceil({high} * {n}) + 1)) = {place_high}   that of ci_high",
    ]
