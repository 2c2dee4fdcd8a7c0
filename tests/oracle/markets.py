"""Random small markets: bases around the thresholds of a method made small, with ties and empty cells."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.drawn_market import YEAR, Advert, Market
from tests.drawn_tables import METHOD

SMALL_METHOD: dict[str, Any] = METHOD | {
    # The two-sided level that z = 0.5 has.
    "ci_level": 0.3829249225480262,
    "z": 0.5,
    "k_enter": 3,
    "k_leave": 2,
    "employer_min": 2,
    "n_min": 4,
    "width_max": 0.2,
    "df_min": 2,
}
"""Thresholds that a market of some dozens of adverts meets on both sides."""
GROUPS = (("forum", "software-forum", True), ("board", "job-boards", True), ("city", "public-sector", False))
JANUARY = (date(2022, 1, 1), date(2022, 1, 31))
EDGES = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 31), date(2022, 2, 1), date(2022, 12, 31), None]
SKILLS = ("css", "go", "sql")
SETS: list[tuple[str, ...]] = [("go", "sql"), (), ("go",), ("sql",), (), ("css", "go", "sql")]


@st.composite
def adverts(draw: Callable[..., Any]) -> list[Advert]:
    """Some kinds of advert, each by several employers' worth of families; some families have two adverts."""
    found = []
    for kind in range(draw(st.sampled_from([0, 1, 5, 8, 10]))):
        skills = draw(st.sampled_from(SETS))
        role = draw(st.sampled_from(["dev", "dev", "other", "designer"]))
        source = draw(st.sampled_from(["forum"] * 4 + ["board", "board", "city"]))
        country = draw(st.sampled_from([None] * 4 + ["DE", "DE", "US"]))
        day = draw(st.sampled_from([date(2022, 6, 1)] * 6 + EDGES))
        reason = draw(st.sampled_from([""] * 9 + ["several_roles"]))
        employers = draw(st.sampled_from([4, 4, 3, 1]))
        split = draw(st.sampled_from([False, False, True]))
        for number in range(draw(st.sampled_from([4, 8, 6, 5, 2, 1]))):
            name, employer = (
                f"kind {kind} family {number}",
                ("", "acme", "globex", "initech")[number % employers],
            )
            advert = Advert(name, role, employer, skills, source, country, day, reason)
            found += [replace(advert, role=r, split=True) for r in ("dev", "designer")] if split else [advert]
    if found and draw(st.booleans()):
        again: Advert = draw(st.sampled_from(found))
        source, country = draw(st.sampled_from(["forum", "board"])), draw(st.sampled_from([None, "DE"]))
        found.append(replace(again, source=source, country=country, day=date(2022, 6, 1), reason=""))
    return found


@st.composite
def markets(draw: Callable[..., Any]) -> Market:
    """A market, and some cells that the release before published."""
    cells = [
        {
            "occupation": occupation,
            "skill": "go",
            "partner_skill": partner,
            "metric": "skill_pair" if partner else "posting_share",
            "source_group": group,
            "geo": geo,
            "period_start": YEAR[0],
            "period_end": YEAR[1],
        }
        for occupation in ("all", "dev")
        for partner in ("", "sql", "gone")
        for group, geo in (("all", "all"), ("software-forum", "all"), ("all", "DE"))
    ]
    return Market(
        draw(adverts()),
        roles=("dev", "designer"),
        reviewed=draw(st.sampled_from([(), ("go",)])),
        groups=GROUPS,
        periods=(YEAR, JANUARY),
        published=draw(st.lists(st.sampled_from(cells), max_size=6, unique_by=lambda cell: str(cell))),
        more_skills=SKILLS,
    )
