"""export_occupation.sql: bases of roles and pool, null where masked."""

import pytest

from tests.drawn_market import Advert, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse

OK, SMALL, MISSING = ("ok", None), ("suppressed", "small_cell"), ("missing", "insufficient_sample")


def bases(drawn: DrawnWarehouse, market: Market) -> dict[str, tuple[object, ...]]:
    """Families, employers, families of several roles, status and reason by occupation."""
    estimate(drawn, market, "export_occupation")
    rows = drawn.rows(
        "SELECT occupation, n_families_headline, n_employers_headline, n_families_several_roles, status, reason "
        "FROM export_occupation"
    )
    return {str(row[0]): row[1:] for row in rows}


def other(count: int) -> list[Advert]:
    return crowd("other", count, role="other")


def test_a_base_is_shown_from_15_families_of_3_employers(drawn: DrawnWarehouse) -> None:
    roles = ("fifteen", "fourteen", "two-employers", "none")
    adverts = [
        *crowd("a", 15, employers=3, role="fifteen"),
        *crowd("b", 14, role="fourteen"),
        *crowd("c", 40, employers=2, role="two-employers"),
        *other(100),
    ]
    assert bases(drawn, Market(adverts, roles=roles)) == {
        "all": (15 + 14 + 40 + 100, 10, None, *OK),
        "fifteen": (15, 3, None, *OK),
        "fourteen": (None, None, None, *SMALL),
        "two-employers": (None, None, None, *SMALL),
        "none": (None, None, None, *MISSING),
    }


@pytest.mark.slow
def test_the_pool_is_shown_where_what_no_role_names_is_large(drawn: DrawnWarehouse) -> None:
    roles = crowd("dev", 40)
    assert bases(drawn, Market([*roles, *other(15)]))["all"] == (55, 10, None, *OK)
    assert bases(drawn, Market([*roles, *other(14)]))["all"] == (None, None, None, *SMALL)
    assert bases(drawn, Market([*roles]))["all"] == (None, None, None, *SMALL)


@pytest.mark.slow
def test_a_withheld_role_does_not_open_the_pool(drawn: DrawnWarehouse) -> None:
    """54 - 40 = 14 is the withheld role itself."""
    adverts = [*crowd("dev", 40), *crowd("small", 14, role="small"), *other(1)]
    found = bases(drawn, Market(adverts, roles=("dev", "small")))
    assert found["all"] == found["small"] == (None, None, None, *SMALL)


@pytest.mark.slow
def test_adverts_of_several_roles_are_kept_out_and_counted(drawn: DrawnWarehouse) -> None:
    several = crowd("several", 15, employers=3, reason="several_roles")
    few = crowd("few", 14, role="few", reason="several_roles")
    no_text = crowd("no text", 20, reason="no_text")
    found = bases(drawn, Market([*crowd("dev", 40), *several, *few, *no_text], roles=("dev", "few")))
    assert found["dev"] == (40, 10, 15, *OK)
    assert found["few"] == (None, None, None, *MISSING)


@pytest.mark.slow
def test_a_family_of_several_roles_counts_once(drawn: DrawnWarehouse) -> None:
    several = [Advert(f"f{i % 15}", employer=f"e{i % 3}", reason="several_roles") for i in range(45)]
    assert bases(drawn, Market([*crowd("dev", 40), *several]))["dev"] == (40, 10, 15, *OK)


@pytest.mark.slow
def test_what_no_role_names_is_not_listed(drawn: DrawnWarehouse) -> None:
    assert set(bases(drawn, Market(other(100)))) == {"all", "dev"}


@pytest.mark.slow
def test_published_skills_are_counted(drawn: DrawnWarehouse) -> None:
    adverts = [
        *crowd("with", 40, skills=("go", "sql")),
        *crowd("rare", 5, skills=("ada",)),
        *crowd("none", 40),
    ]
    bases(drawn, Market(adverts))
    found = drawn.one("export_occupation", "n_skills_published", "occupation = 'dev'")
    assert found == {"n_skills_published": 2}


def test_nothing_is_missing_not_suppressed(drawn: DrawnWarehouse) -> None:
    assert set(bases(drawn, Market([])).values()) == {(None, None, None, *MISSING)}


@pytest.mark.slow
def test_the_pool_of_a_pair_is_one_that_is_shown(drawn: DrawnWarehouse) -> None:
    """skill_pair tells the pool's families too: no pair where export_occupation withholds them."""
    both = ("go", "sql")
    adverts = [
        *crowd("dev", 40),
        *crowd("dev both", 40, skills=both),
        *crowd("dev go", 40, skills=("go",)),
        *crowd("dev sql", 40, skills=("sql",)),
        *crowd("other", 14, role="other", skills=both),
    ]
    found = bases(drawn, Market(adverts))
    drawn.compute("weight_pair_test")
    drawn.build("export_skill_pair")
    assert found["all"][0] is None
    assert drawn.rows("SELECT DISTINCT occupation FROM export_skill_pair") == [("dev",)]
