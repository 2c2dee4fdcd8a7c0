"""core_posting_code.sql: the best candidate of each taxonomy, and codes through a crosswalk where one is missing."""

from typing import Any

from tests.drawn_tables import DrawnWarehouse

TITLES = """
title_text | scheme   | code_rank | occupation_code | code_confidence | code_rule
baker      | onet-soc | 1         | 51-3011.00      | 0.9             | exact_title
baker      | onet-soc | 2         | 35-2014.00      | 0.2             | similar_title
cook       | onet-soc | 1         | 35-2014.00      | 0.6             | similar_title
zzyzx      | onet-soc | 1         |                 | 0               | unmatched
"""
PAIRS = """
from_scheme | from_code | to_scheme | to_code    | pair_relation
esco        | e:1       | onet-soc  | 51-3011.00 | exact
esco        | e:2       | onet-soc  | 35-2014.00 | exact
esco        | e:3       | onet-soc  | 35-2014.00 | exact
isco        | 7512      | onet-soc  | 51-3011.00 | close
"""


def coded(
    drawn: DrawnWarehouse, *, esco: bool = False, state: str = "loaded", pairs: str = PAIRS
) -> list[tuple[Any, ...]]:
    names = {"a": ("baker", 1), "b": ("cook", 1), "c": ("zzyzx", 1), "d": ("baker", 2), "e": ("", 0)}
    drawn.fill(
        "core_posting",
        [
            {
                "posting_id": name,
                "posting_version": name,
                "source_posting_key": name,
                "first_seen_basis": "none",
            }
            for name in names
        ],
    )
    drawn.fill(
        "core_posting_title",
        [
            {"posting_version": name, "title_version": "0" * 16, "title_text": title, "n_titles": n}
            for name, (title, n) in names.items()
        ],
    )
    extra = "baker | esco | 1 | e:9 | 0.7 | alternate_title\n" if esco else ""
    drawn.draw("core_title_code", TITLES + extra)
    drawn.draw("raw_crosswalk", pairs)
    files = [{"source_kind": "crosswalk", "load_state": state, "snapshot_sha256": n * 64} for n in "01"]
    drawn.load("meta_input", files)
    drawn.build("core_posting_code")
    return drawn.rows(
        "SELECT posting_id, scheme, occupation_code, code_confidence, code_rule FROM core_posting_code"
    )


def test_one_title_gives_the_best_candidate_and_several_or_none_give_no_code(drawn: DrawnWarehouse) -> None:
    assert coded(drawn, state="not_loaded") == [
        ("a", "onet-soc", "51-3011.00", 0.9, "exact_title"),
        ("b", "onet-soc", "35-2014.00", 0.6, "similar_title"),
    ]


def test_a_missing_taxonomy_is_reached_where_exactly_one_code_is_equal(drawn: DrawnWarehouse) -> None:
    """The cook's code equals two of ESCO, and the baker's ISCO group is only close."""
    found = [row for row in coded(drawn) if row[1] != "onet-soc"]
    assert found == [("a", "esco", "e:1", 0.9, "crosswalk")]


def test_a_taxonomy_that_is_there_needs_no_crosswalk(drawn: DrawnWarehouse) -> None:
    found = [row for row in coded(drawn, esco=True) if row[1] == "esco"]
    assert found == [("a", "esco", "e:9", 0.7, "alternate_title")]


def test_the_same_pair_in_two_files_is_one_pair(drawn: DrawnWarehouse) -> None:
    line = "esco | e:1 | onet-soc | 51-3011.00 | exact\n"
    twice = PAIRS.replace("from_scheme |", "snapshot_sha256 | from_scheme |", 1)
    rows = twice.strip().splitlines()
    with_sha = [rows[0], *(f"{'0' * 64} | {row}" for row in rows[1:]), f"{'1' * 64} | {line.strip()}"]
    found = [row for row in coded(drawn, pairs="\n".join(with_sha)) if row[1] == "esco"]
    assert found == [("a", "esco", "e:1", 0.9, "crosswalk")]
