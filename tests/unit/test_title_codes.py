from typing import Any

import pytest

from tests.unit.test_title import OCCUPATIONS, PARAMETERS
from transforms.title import build_title_coder, code_title
from transforms.title_codes import code_titles

GROUPS = {"o:1": "7512", "o:2": "7311", "o:3": "1420", "o:4": "1420"}


def coded(*titles: str, groups: dict[str, str] | None = None) -> list[dict[str, Any]]:
    coder = build_title_coder(OCCUPATIONS, PARAMETERS)
    frame = code_titles(coder, titles, scheme="esco", coder_version="0" * 16, groups=groups)
    return list(frame.to_pylist())


def test_candidates_are_ranked_from_one_and_carry_their_rule() -> None:
    rows = coded("oven hand")
    assert [(row["code_rank"], row["occupation_code"], row["code_rule"]) for row in rows[:2]] == [
        (1, "o:1", "alternate_title"),
        (2, "o:3", "alternate_title"),
    ]
    expected = code_title(build_title_coder(OCCUPATIONS, PARAMETERS), "oven hand")
    assert [row["code_confidence"] for row in rows] == [one.confidence for one in expected]
    assert {row["title_text"] for row in rows} == {"oven hand"}


def test_a_title_like_nothing_has_a_row_that_says_so() -> None:
    rows = coded("zzyzx", groups=GROUPS)
    assert [(r["scheme"], r["code_rank"], r["occupation_code"], r["code_rule"]) for r in rows] == [
        ("esco", 1, None, "unmatched"),
        ("isco", 1, None, "unmatched"),
    ]
    assert [row["code_confidence"] for row in rows] == [0.0, 0.0]


def test_a_group_is_as_sure_as_its_candidates_together() -> None:
    rows = coded("shop manager", groups=GROUPS)
    esco = [row for row in rows if row["scheme"] == "esco"]
    isco = [row for row in rows if row["scheme"] == "isco"]
    assert {"o:3", "o:4"} <= {row["occupation_code"] for row in esco}
    assert [row["occupation_code"] for row in isco].count("1420") == 1
    both = sum(row["code_confidence"] for row in esco if row["occupation_code"] in ("o:3", "o:4"))
    assert isco[0]["code_confidence"] == pytest.approx(min(1.0, both), abs=1e-4)
    assert [row["code_rank"] for row in isco] == list(range(1, len(isco) + 1))


def test_no_title_no_row() -> None:
    assert coded() == []
