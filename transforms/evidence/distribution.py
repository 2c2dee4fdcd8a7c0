"""Normal, Student t and chi-squared distributions: SciPy's special functions, with impossible arguments refused."""

import math

from scipy import special


def normal_cdf(x: float) -> float:
    """Probability that a standard normal variable is at most ``x``; keeps digits in the far tails."""
    return float(special.ndtr(x))


def normal_quantile(probability: float) -> float:
    """The ``x`` with ``normal_cdf(x) == probability``. Raises ValueError outside (0, 1)."""
    _require_probability(probability)
    return float(special.ndtri(probability))


def two_sided_p(z: float) -> float:
    """Two-sided p value of a standard normal statistic."""
    return math.erfc(abs(z) / math.sqrt(2.0))


def z_of_level(level: float) -> float:
    """Half-width, in standard errors, of a normal interval with coverage ``level``: 0.95 gives 1.95996."""
    return normal_quantile(0.5 + level / 2.0)


def t_cdf(t: float, df: float) -> float:
    """Probability that Student's t with ``df`` degrees of freedom is at most ``t``."""
    _require_df(df)
    return float(special.stdtr(df, t))


def t_quantile(probability: float, df: float) -> float:
    """The ``t`` with ``t_cdf(t, df) == probability``."""
    _require_probability(probability)
    _require_df(df)
    return float(special.stdtrit(df, probability))


def chi2_survival(x: float, df: float) -> float:
    """Probability that a chi-squared variable with ``df`` degrees of freedom exceeds ``x``."""
    _require_df(df)
    return 1.0 if x <= 0 else float(special.chdtrc(df, x))


def _require_probability(probability: float) -> None:
    if not 0.0 < probability < 1.0:
        raise ValueError(f"a probability must lie strictly between 0 and 1, got {probability}")


def _require_df(df: float) -> None:
    if not df > 0:
        raise ValueError(f"degrees of freedom must be positive, got {df}")
