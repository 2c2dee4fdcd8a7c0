"""export_skill_cluster.sql: only clusters that resampling does not dissolve."""

import random

from tests.drawn_market import Advert, Market, estimate
from tests.drawn_tables import DrawnWarehouse

WEB, DATA = ("css", "html", "react", "vue"), ("pandas", "python", "spark", "sql")


def bundled(n: int = 240) -> list[Advert]:
    """Adverts that ask for most of one bundle and now and then for a skill of the other."""
    draw = random.Random(5)
    adverts = []
    for i in range(n):
        mine, other = (WEB, DATA) if i % 2 else (DATA, WEB)
        skills = [s for s in mine if draw.random() < 0.7] + [s for s in other if draw.random() < 0.1]
        adverts.append(Advert(f"f {i}", employer=f"employer {i % 40}", skills=tuple(sorted(skills))))
    return adverts


TABLES = ("weight_skill_cluster", "export_skill_cluster", "export_skill_cluster_member")


def test_two_bundles_are_two_clusters(drawn: DrawnWarehouse) -> None:
    estimate(drawn, Market(bundled()), *TABLES)
    rows = drawn.rows(
        "SELECT occupation, n_skills_in_cluster, n_core_skills, stability > 0.9 FROM export_skill_cluster"
    )
    assert rows == [("dev", 4, 4, True)] * 2
    labels = [label for (label,) in drawn.rows("SELECT cluster_label FROM export_skill_cluster")]
    assert [label.count(", ") for label in labels] == [2, 2]  # three skills name each


def test_a_cluster_below_the_bar_is_withheld(drawn: DrawnWarehouse) -> None:
    estimate(drawn, Market(bundled()), *TABLES, cluster_stability_min=1.01)
    assert drawn.select("export_skill_cluster", cluster_stability_min=1.01) == []
