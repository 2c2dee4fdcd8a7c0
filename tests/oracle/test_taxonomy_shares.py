"""weight_taxonomy_share.sql against a plain twin, and no part of a shown code is small."""

import random
from collections import Counter, defaultdict
from itertools import product
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtrit

from tests.drawn_codes import TAXONOMY, put_codes
from tests.drawn_market import Advert, Market
from tests.drawn_tables import METHOD, DrawnWarehouse, Row

pytestmark = pytest.mark.slow

GROUPS = {"e:1": "2512", "e:2": "2512", "e:3": "2514"}
ROLES = ("dev", "tester")
MAPPED = [
    *((role, "esco", code) for role in ROLES for code in ("e:1", "e:2")),
    ("dev", "isco", "2512"),
    ("tester", "onet-soc", "15-1252.00"),
]
LEVELS = (METHOD["confidence_low"], METHOD["confidence_high"])
SMALL_METHOD = {"k_enter": 3, "k_leave": 2, "n_min": 6, "employer_min": 2, "width_max": 0.9, "df_min": 3}
Drawn = tuple[Market, dict[str, list[tuple[str, str, float]]]]


def market(seed: int, size: int) -> Drawn:
    """Families with codes that agree with their role more often than not."""
    draw = random.Random(seed)
    adverts, codes = [], {}
    for i in range(draw.randrange(size)):
        role = draw.choice((*ROLES, "other"))
        skills = tuple(skill for skill in ("go", "sql") if draw.random() < draw.choice((0.3, 0.6)))
        adverts.append(Advert(f"f{i}", role, f"employer {draw.randrange(9) ** 2 // 9}", skills))
        code = draw.choice(("e:1", "e:1", "e:2", "e:3"))
        sure = draw.choice((0.3, 0.5, 0.7, 0.8, 0.9))
        codes[f"f{i}"] = [
            ("esco", code, sure),
            ("isco", GROUPS[code], sure),
            ("onet-soc", "15-1252.00", sure),
        ]
        if draw.random() < 0.1:
            codes[f"f{i}"] = []
    return Market(adverts, roles=ROLES), codes


def estimated(drawn: DrawnWarehouse, made: Drawn, **parameters: Any) -> list[Row]:
    with drawn.forgotten():
        put_codes(drawn, *made, MAPPED)
        drawn.compute("weight_mask", **parameters)
        drawn.compute(*TAXONOMY, **parameters)
        return drawn.read("SELECT * FROM weight_taxonomy_share")


def families_of(made: Drawn, scheme: str, code: str, level: float) -> dict[str, Advert]:
    """Families of a code."""
    return {
        advert.family: advert
        for advert in made[0].adverts
        if any((s, c) == (scheme, code) and sure >= level for s, c, sure in made[1][advert.family])
    }


def passes(families: list[Advert], skill: str, method: dict[str, Any]) -> bool:
    """The privacy rule, with the skill and without it."""
    sides = [[f for f in families if (skill in f.skills) == asks] for asks in (True, False)]
    if any(len(side) < method["k_enter"] for side in sides):
        return False
    if any(len({f.employer for f in side}) < method["employer_min"] for side in sides):
        return False
    per_employer: dict[str, int] = defaultdict(int)
    for family in sides[0]:
        per_employer[family.employer] += 1
    return bool(max(per_employer.values()) <= method["dominance_max"] * len(sides[0]))


def difference(code: dict[str, Advert], role: dict[str, Advert], skill: str) -> tuple[float, float]:
    """Code's share less the role's, and its standard error over employers."""
    p = sum(skill in f.skills for f in code.values()) / len(code)
    q = sum(skill in f.skills for f in role.values()) / len(role)
    influence: dict[str, float] = defaultdict(float)
    for family in code.values():
        influence[family.employer] += ((skill in family.skills) - p) / len(code)
    for family in role.values():
        influence[family.employer] -= ((skill in family.skills) - q) / len(role)
    k = len(influence)
    return p - q, sqrt(k / (k - 1) * sum(z * z for z in influence.values())) if k > 1 else -1.0


def effective_employers(families: dict[str, Advert]) -> float:
    """Kish's count: all families squared over the sum of each employer's squared."""
    sizes = Counter(family.employer for family in families.values())
    return len(families) ** 2 / sum(n * n for n in sizes.values())


def compare(drawn: DrawnWarehouse, made: Drawn, method: dict[str, Any]) -> int:
    shown = 0
    for row in estimated(drawn, made, **method):
        code = families_of(made, row["scheme"], row["code"], row["min_confidence"])
        role = {a.family: a for a in made[0].adverts if a.role == row["occupation"]}
        skill = row["skill_id"]
        assert (row["code_denominator"], row["role_denominator"]) == (len(code), len(role))
        assert row["code_numerator"] == sum(skill in f.skills for f in code.values())
        assert row["role_numerator"] == sum(skill in f.skills for f in role.values())
        if code:
            expected, error = difference(code, role, skill)
            assert row["share_difference"] == pytest.approx(expected, abs=1e-6)
            if error >= 0:
                df = min(effective_employers(code), effective_employers(role)) - 1
                half = float(stdtrit(max(df, 1), 0.975)) * error
                if df >= 4:  # below, the expansion of the quantile is some per cent short
                    assert row["share_difference_ci_low"] == pytest.approx(
                        max(expected - half, -1), abs=2e-3 * half + 2e-6
                    )
        if row["status"] in ("ok", "low_reliability"):
            shown += 1
            parts = {
                "common": [f for name, f in code.items() if name in role],
                "role": [f for name, f in role.items() if name not in code],
                "code": [f for name, f in code.items() if name not in role],
            }
            for name, families in parts.items():
                assert passes(families, skill, METHOD | method) or (name == "code" and not families)
    return shown


@given(st.integers(0, 10**6))
@settings(max_examples=12)
def test_every_share_is_that_of_its_twin(drawn: DrawnWarehouse, seed: int) -> None:
    compare(drawn, market(seed, 90), SMALL_METHOD)


def test_some_are_shown_and_nothing_small_can_be_told_by_subtracting(drawn: DrawnWarehouse) -> None:
    """Sure from less sure, codes from their group: what remains is empty or large, with the skill and without."""
    shown = 0
    k = int(SMALL_METHOD["k_enter"])
    for seed in range(12):
        made = market(seed, 400)
        shown += compare(drawn, made, SMALL_METHOD)
        rows = {
            (row["scheme"], row["code"], row["min_confidence"], row["skill_id"])
            for row in estimated(drawn, made, **SMALL_METHOD)
            if row["status"] in ("ok", "low_reliability")
        }
        for skill, (scheme, code) in product(("go", "sql"), sorted({(s, c) for _, s, c in MAPPED})):
            if {(scheme, code, level, skill) for level in LEVELS} <= rows:
                low, high = (families_of(made, scheme, code, level) for level in LEVELS)
                large_or_empty([f for name, f in low.items() if name not in high], skill, k)
        for skill, level in product(("go", "sql"), LEVELS):
            inner = [code for code in ("e:1", "e:2") if ("esco", code, level, skill) in rows]
            if ("isco", "2512", level, skill) in rows and inner:
                taken = {name for code in inner for name in families_of(made, "esco", code, level)}
                group = families_of(made, "isco", "2512", level)
                large_or_empty([f for name, f in group.items() if name not in taken], skill, k)
    assert shown > 20, "a rule that shows nothing would pass too"


def large_or_empty(families: list[Advert], skill: str, k: int) -> None:
    n_with = sum(skill in family.skills for family in families)
    assert not families or min(n_with, len(families) - n_with) >= k
