"""Normal, Student t and chi-squared distributions in plain Python, to about 12 significant digits.

SciPy is not in the base install. The incomplete beta and gamma functions follow Press, Teukolsky,
Vetterling & Flannery, Numerical Recipes, 3rd edition (2007), sections 6.2 and 6.4.
"""

import math
from statistics import NormalDist

_NORMAL = NormalDist()
_TINY = 1e-300
_PRECISION = 1e-15
_MAX_TERMS = 10_000


def normal_cdf(x: float) -> float:
    """Probability that a standard normal variable is at most ``x``; keeps digits in the far tails."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def normal_quantile(probability: float) -> float:
    """The ``x`` with ``normal_cdf(x) == probability``. Raises ValueError outside (0, 1)."""
    _require_probability(probability)
    return _NORMAL.inv_cdf(probability)


def two_sided_p(z: float) -> float:
    """Two-sided p value of a standard normal statistic."""
    return math.erfc(abs(z) / math.sqrt(2.0))


def z_of_level(level: float) -> float:
    """Half-width, in standard errors, of a normal interval with coverage ``level``: 0.95 gives 1.95996."""
    return normal_quantile(0.5 + level / 2.0)


def t_cdf(t: float, df: float) -> float:
    """Probability that Student's t with ``df`` degrees of freedom is at most ``t``."""
    _require_df(df)
    tail = 0.5 * incomplete_beta(df / 2.0, 0.5, df / (df + t * t))
    return 1.0 - tail if t > 0 else tail


def t_quantile(probability: float, df: float) -> float:
    """The ``t`` with ``t_cdf(t, df) == probability``, by bisection; symmetric to the last digit."""
    _require_probability(probability)
    _require_df(df)
    if probability < 0.5:
        return -t_quantile(1.0 - probability, df)
    low, high = 0.0, 1.0
    while t_cdf(high, df) < probability:
        low, high = high, 2.0 * high
    while high - low > 1e-13 * max(1.0, high):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        low, high = (middle, high) if t_cdf(middle, df) < probability else (low, middle)
    return 0.5 * (low + high)


def chi2_survival(x: float, df: float) -> float:
    """Probability that a chi-squared variable with ``df`` degrees of freedom exceeds ``x``."""
    _require_df(df)
    return 1.0 if x <= 0 else incomplete_gamma_upper(df / 2.0, x / 2.0)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b)."""
    if not 0.0 <= x <= 1.0:
        raise ValueError(f"incomplete_beta: x must lie in [0, 1], got {x}")
    if x in (0.0, 1.0):
        return x
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, 1.0 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Lentz's evaluation of the continued fraction of the incomplete beta function."""
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, _MAX_TERMS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0)),
        ):
            d = 1.0 / _away_from_zero(1.0 + numerator * d)
            c = _away_from_zero(1.0 + numerator / c)
            value *= d * c
        if abs(d * c - 1.0) < _PRECISION:
            return value
    raise ArithmeticError(f"incomplete_beta({a}, {b}, {x}) did not converge")


def incomplete_gamma_upper(a: float, x: float) -> float:
    """Regularised upper incomplete gamma function Q(a, x), with its digits kept where it is tiny."""
    front = math.exp(-x + a * math.log(x) - math.lgamma(a))
    if x >= a + 1.0:
        return front * _gamma_fraction(a, x)
    term = total = 1.0 / a
    for n in range(1, _MAX_TERMS):
        term *= x / (a + n)
        total += term
        if abs(term) < abs(total) * _PRECISION:
            return 1.0 - total * front
    raise ArithmeticError(f"incomplete_gamma_upper({a}, {x}) did not converge")


def _gamma_fraction(a: float, x: float) -> float:
    b = x + 1.0 - a
    c, d = 1.0 / _TINY, 1.0 / b
    value = d
    for n in range(1, _MAX_TERMS):
        numerator = -n * (n - a)
        b += 2.0
        d = 1.0 / _away_from_zero(numerator * d + b)
        c = _away_from_zero(b + numerator / c)
        value *= d * c
        if abs(d * c - 1.0) < _PRECISION:
            return value
    raise ArithmeticError(f"incomplete_gamma_upper({a}, {x}) did not converge")


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _require_probability(probability: float) -> None:
    if not 0.0 < probability < 1.0:
        raise ValueError(f"a probability must lie strictly between 0 and 1, got {probability}")


def _require_df(df: float) -> None:
    if not df > 0:
        raise ValueError(f"degrees of freedom must be positive, got {df}")
