import numpy as np
import pytest

from transforms.shingle import LONGEST, shingled
from transforms.signature import BANDS, sign


def sets(texts: list[str]) -> list[set[int]]:
    found = shingled(texts)
    return [set(part.tolist()) for part in np.split(found.shingles, found.offsets[1:-1])]


@pytest.mark.parametrize(
    ("text", "n_words", "n_shingles"),
    [
        ("", 0, 0),
        ("-- . --", 0, 0),
        ("one", 1, 1),
        ("one two", 2, 1),
        ("one two three", 3, 1),
        ("a b c d e", 5, 3),
    ],
)
def test_every_three_words_are_a_shingle(text: str, n_words: int, n_shingles: int) -> None:
    found = shingled([text])
    assert (found.n_words.tolist(), len(found.shingles)) == ([n_words], n_shingles)


def test_a_repeated_shingle_counts_once() -> None:
    """a b a b a b: 'a b a' and 'b a b'."""
    assert len(sets(["a b a b a b"])[0]) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We build boats", "we, BUILD -- boats!"),
        ("we’re “in” town", "we're 'in' town"),
        ("• boats ● cars ✅ trains", "boats cars trains"),
        ("boats 🔹 cars · trains", "boats cars trains"),
    ],
)
def test_case_and_signs_do_not_matter(one: str, other: str) -> None:
    found = shingled([one, other])
    assert found.sequences[0] == found.sequences[1]
    a, b = sets([one, other])
    assert a == b


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("we need C++ here", "we need C# here"),
        ("we build boats", "boats build we"),
        ("glas", "glass"),
        ("Köln is nice", "Kiln is nice"),
        ("a bc", "ab c"),
        ("one", "one one"),
        ("", "one"),
    ],
)
def test_other_words_or_another_order_are_another_text(one: str, other: str) -> None:
    found = shingled([one, other])
    assert found.sequences[0] != found.sequences[1]


def test_a_text_is_signed_alike_alone_and_among_others() -> None:
    texts = ["", "one two three four", "x" * 70_000 + " y", "ünï cödé wörds", "five \ud800 six \x00 seven"]
    together = sign(texts)
    for n, text in enumerate(texts):
        alone = sign([text])
        assert sets([text])[0] == sets(texts)[n]
        assert alone.shingled.sequences[0] == together.shingled.sequences[n]
        assert text == "" or alone.bands[0].tolist() == together.bands[n].tolist()


def test_hashes_stay() -> None:
    """Signatures are stored: another machine or version of numpy must make the same numbers."""
    found = sign(["we build red boats"])
    assert found.shingled.shingles.tolist() == KNOWN_SHINGLES
    assert f"{found.shingled.sequences[0]:016x}" == KNOWN_SEQUENCE
    assert found.bands[0, :2].tolist() == KNOWN_BANDS


KNOWN_SHINGLES = [2164362484, 2337520526]
KNOWN_SEQUENCE = "f76dbeb525f9f98a"
KNOWN_BANDS = [911703052, 3040154016]


def test_no_text_at_all_makes_nothing() -> None:
    found = sign([])
    assert (len(found.shingled.shingles), found.bands.shape) == (0, (0, BANDS))


def test_the_end_of_a_text_beyond_reason_is_not_signed() -> None:
    a, b = sets(["word " * (LONGEST // 5) + tail for tail in ("boats", "cars")])
    assert a == b


@pytest.mark.parametrize(("shared", "low", "high"), [(180, 1.0, 1.0), (100, 0.9, 1.0), (20, 0.0, 0.75)])
def test_alike_texts_share_a_band(shared: int, low: float, high: float) -> None:
    """Of 100 pairs of 200 words: with 180, 100 or 20 common ones Jaccard is .80, .33 and .05."""
    rng = np.random.default_rng(7)
    meet = 0
    for _ in range(100):
        words = [f"w{n}" for n in rng.integers(0, 10**9, 400)]
        one, other = " ".join(words[:200]), " ".join(words[:shared] + words[200 : 400 - shared])
        bands = sign([one, other]).bands
        meet += bool((bands[0] == bands[1]).any())
    assert low <= meet / 100 <= high
