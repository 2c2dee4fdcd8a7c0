import pytest

from transforms.release import release_order


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("9.0", "20.0"),
        ("29.0", "29.2"),
        ("1.1.1", "1.2.0"),
        ("2022-09", "2022-10"),
        ("30.2", "30.10"),
        ("1", "1.0.1"),
    ],
)
def test_releases_compare_as_numbers(older: str, newer: str) -> None:
    assert release_order(older) < release_order(newer)


def test_words_around_the_numbers_do_not_count() -> None:
    assert release_order("v1.2.0") == release_order("1.2.0") == (1, 2, 0)


def test_release_without_a_number_has_no_place() -> None:
    with pytest.raises(ValueError, match="'latest' holds no number"):
        release_order("latest")
