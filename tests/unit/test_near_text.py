import numpy as np
import pyarrow as pa
import pytest

from schemas.core_family_merge import CoreFamilyMerge
from schemas.derive import arrow_schema
from tests.drawn_families import RULES
from transforms.family import as_adverts, merges
from transforms.near_text import candidates, jaccard, titles_agree
from transforms.signature import sign
from transforms.synthetic_families import family_adverts, posting_rows, version_of


def runs(texts: list[str], *, employers: list[str] | None = None, title: str = "dev") -> pa.Table:
    signature = sign(texts)
    words = signature.shingled
    n = len(texts)
    return pa.table(
        {
            "employer_key": employers or ["acme"] * n,
            "spell_id": [f"fam_{number:016x}" for number in range(n)],
            "posting_id": [f"pst_{number:016x}" for number in range(n)],
            "title_words": pa.array([title.split()] * n, pa.list_(pa.string())),
            "place_key": [""] * n,
            "first_seen_on": pa.array([18993] * n, pa.int32()).cast(pa.date32()),
            "seen_until": pa.array([18993] * n, pa.int32()).cast(pa.date32()),
            "n_words": pa.array(words.n_words, pa.int64()),
            "shingles": pa.ListArray.from_arrays(
                pa.array(words.offsets, pa.int32()), pa.array(words.shingles)
            ),
            "bands": pa.array(signature.bands.tolist(), pa.list_(pa.int64())),
        }
    )


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("dev", "dev", True),
        ("dev", "", True),
        ("dev", "dev payments", True),
        ("dev search", "dev payments", False),
        ("dev", "dev senior", False),
        ("dev senior", "dev junior", False),
        ("dev ii", "dev iii", False),
        ("dev senior", "dev payments senior", True),
    ],
)
def test_titles_agree_where_neither_says_what_the_other_lacks(one: str, other: str, agree: bool) -> None:
    assert titles_agree(frozenset(one.split()), frozenset(other.split())) is agree
    assert titles_agree(frozenset(other.split()), frozenset(one.split())) is agree


def test_jaccard_counts_weighed_shingles_only() -> None:
    """'a b c d e' and 'b c d e f': abc, bcd, cde against bcd, cde, def is 2 of 4; without bcd 1 of 3."""
    adverts = as_adverts(runs(["a b c d e", "b c d e f"]))
    one, other = np.array([0]), np.array([1])
    every = np.ones(6, dtype=np.bool_)
    score, union = jaccard(adverts, one, other, every)
    assert (score.tolist(), union.tolist()) == ([2 / 4], [4])
    common = set(adverts.shingles[:3].tolist()) & set(adverts.shingles[3:].tolist())
    without = adverts.shingles != min(common)
    score, union = jaccard(adverts, one, other, without)
    assert (score.tolist(), union.tolist()) == ([1 / 3], [3])
    assert jaccard(adverts, one, other, ~every)[0].tolist() == [0.0]


def test_only_adverts_of_one_employer_meet() -> None:
    adverts = as_adverts(runs(["we build red boats"] * 4, employers=["a", "a", "b", "b"]))
    one, other = candidates(adverts, 16)
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 1), (2, 3)]


@pytest.mark.parametrize(
    ("n", "window", "pairs"), [(17, 16, 17 * 16 // 2), (400, 16, 384 * 16 + 16 * 15 // 2)]
)
def test_a_full_band_makes_pairs_in_a_line_not_a_square(n: int, window: int, pairs: int) -> None:
    adverts = as_adverts(runs(["we build red boats"] * n))
    one, _ = candidates(adverts, window)
    assert len(one) == pairs


@pytest.mark.slow
def test_two_thousand_nearly_identical_adverts_are_one_family() -> None:
    """Each has a number of its own; 2,000 * 1,999 / 2 pairs are two million."""
    text = " ".join(f"word{n}" for n in range(60))
    table = runs([f"{text} {number}" for number in range(2000)])
    found = merges(table, RULES)
    assert found.num_rows == 1999
    assert set(found["family_id"].to_pylist()) == {"fam_" + "0" * 16}


def test_nothing_makes_no_merge() -> None:
    nothing = runs(["a b c"]).slice(0, 0)
    assert merges(nothing, RULES).equals(arrow_schema(CoreFamilyMerge).empty_table())


def test_generated_adverts_come_from_their_seed_alone() -> None:
    assert family_adverts(3, 40) == family_adverts(3, 40) != family_adverts(4, 40)


def test_generated_adverts_hold_every_kind() -> None:
    adverts = family_adverts(3, 400)
    kinds = {advert.kind for advert in adverts}
    assert kinds == {
        "first", "empty", "short", "repost", "typos", "reordered", "salary", "paragraph", "city", "edited",
        "twin_title", "twin_team", "twin_level", "new_search",
    }  # fmt: skip
    assert len({advert.name for advert in adverts}) == len(adverts)
    rows = posting_rows(adverts)
    assert rows["posting_version"].to_pylist() == list(dict.fromkeys(map(version_of, adverts)))
