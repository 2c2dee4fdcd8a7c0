from transforms.title import Occupation, TitleParameters, build_title_coder
from transforms.title_match import MatchParameters, build_title_list, rank_titles

CODER = build_title_coder(
    [
        Occupation("o:1", "baker", ("bread maker", "oven hand"), ""),
        Occupation("o:2", "clockmaker", ("watch repairer",), ""),
    ],
    TitleParameters(0.5, 1.0, 0.1, (0.0,) * 6, (0.0,) * 6),
)
TITLES = ["watch repairer", "oven hand", "bakery clerk", "oven hand"]
PARAMETERS = MatchParameters(2.0, 3.0, 10)


def test_titles_of_one_occupation_are_alike_without_a_common_word() -> None:
    listed = build_title_list(TITLES, [CODER], PARAMETERS)
    assert rank_titles(listed, "baker")[0][0] == "oven hand"


def test_without_a_taxonomy_letters_decide() -> None:
    listed = build_title_list(TITLES, [], PARAMETERS)
    assert next(title for title, _ in rank_titles(listed, "baker")) == "bakery clerk"


def test_each_title_once_and_no_more_than_asked() -> None:
    listed = build_title_list(TITLES, [CODER], PARAMETERS)
    ranked = [title for title, _ in rank_titles(listed, "bakery oven hand")]
    assert len(ranked) == len(set(ranked))
    assert len(rank_titles(listed, "bakery oven hand", limit=1)) == 1


def test_nothing_alike() -> None:
    assert rank_titles(build_title_list(TITLES, [], PARAMETERS), "zz") == []
    assert rank_titles(build_title_list([], [], PARAMETERS), "baker") == []
