from transforms.title_words import SimilarWords, grams


def test_grams_know_where_a_word_begins() -> None:
    assert grams("ab", (2,)) == {" a": 1, "ab": 1, "b ": 1}


def test_misspellings_find_their_word() -> None:
    words = SimilarWords(["baker", "clockmaker", "roofer"], 0.4)
    (first, *_) = words.find("clockmakker")
    assert first[0] == "clockmaker"
    assert 0.4**2 <= first[1] < 1


def test_a_known_word_is_itself() -> None:
    words = SimilarWords(["roofers", "clockmaker"], 0.4)
    assert words.find("clockmaker")[0][0] == "clockmaker"


def test_nothing_similar() -> None:
    words = SimilarWords(["baker", "roofer"], 0.4)
    assert words.find("zzyzx") == ()
    assert words.find("") == ()
    assert SimilarWords([], 0.4).find("baker") == ()
