"""export_skill_cluster_member.sql: members of published clusters, and ids that stay."""

from typing import Any

import pytest

from tests.drawn_market import Market, estimate
from tests.drawn_tables import DrawnWarehouse, Row
from tests.sql.test_export_skill_cluster import DATA, TABLES, WEB, bundled


def members(drawn: DrawnWarehouse, **parameters: Any) -> dict[str, set[str]]:
    estimate(drawn, Market(bundled()), *TABLES, **parameters)
    found: dict[str, set[str]] = {}
    for row in drawn.select("export_skill_cluster_member"):
        found.setdefault(row["cluster_id"], set()).add(row["skill"])
    return found


@pytest.mark.slow
def test_members_are_the_bundles(drawn: DrawnWarehouse) -> None:
    assert sorted(map(sorted, members(drawn).values())) == sorted(map(sorted, (WEB, DATA)))
    ranks = drawn.rows("SELECT cluster_id, member_rank FROM export_skill_cluster_member")
    assert [rank for _, rank in ranks] == [1, 2, 3, 4, 1, 2, 3, 4]


def before(name: str, skills: tuple[str, ...]) -> list[Row]:
    return [{"occupation": "dev", "cluster_id": f"clu_{name * 16}", "skill": skill} for skill in skills]


def test_an_id_stays_with_the_best_overlap(drawn: DrawnWarehouse) -> None:
    drawn.fill("core_published_cluster", [*before("a", (*WEB[:3], "php")), *before("b", DATA)])
    found = members(drawn)
    assert found["clu_" + "a" * 16] == set(WEB)  # 3 of 5 skills are in both
    assert found["clu_" + "b" * 16] == set(DATA)


def test_an_overlap_below_half_lends_no_id(drawn: DrawnWarehouse) -> None:
    drawn.fill("core_published_cluster", before("a", (WEB[0], "php", "perl")))
    assert "clu_" + "a" * 16 not in members(drawn)


@pytest.mark.slow
@pytest.mark.parametrize("n_rows", [0, 240])
def test_clusters_do_not_depend_on_the_order_of_rows(drawn: DrawnWarehouse, n_rows: int) -> None:
    estimate(drawn, Market(bundled(n_rows)[::-1] if n_rows else []), *TABLES)
    turned = drawn.rows("SELECT * FROM export_skill_cluster_member")
    estimate(drawn, Market(bundled(n_rows) if n_rows else []), *TABLES)
    assert drawn.rows("SELECT * FROM export_skill_cluster_member") == turned
