import pytest

from transforms.offsets import looks_like_markup, original_offsets
from transforms.text import clean


@pytest.mark.parametrize(
    ("text", "text_format"),
    [
        ("We bake  bread.\n\n  And\tcakes", "plain"),
        ("Bread &amp; cakes, R&D", "plain"),
        ("zero\u200bwidth and bread", "plain"),
        ("<p>We <b>bake</b> bread</p><ul><li>cakes &amp; rolls</li></ul>", "html"),
        ("", "plain"),
    ],
)
def test_every_character_is_found_where_it_came_from(text: str, text_format: str) -> None:
    cleaned = clean(text, text_format)
    offsets = original_offsets(text, cleaned, markup=text_format == "html")
    assert offsets is not None
    for char, offset in zip(cleaned, offsets, strict=True):
        assert char.isspace() or text[offset] == char


def test_words_of_tags_are_not_words_of_the_text() -> None:
    text = '<p class="bread">We bake</p><p>bread</p>'
    cleaned = clean(text, "html")
    offsets = original_offsets(text, cleaned, markup=True)
    assert offsets is not None
    assert offsets[cleaned.index("bread")] == text.rindex("bread")


def test_what_does_not_align_has_no_offsets() -> None:
    assert original_offsets("bread", "cakes", markup=False) is None
    assert original_offsets("bre", "bread", markup=False) is None


def test_markup_is_told_from_signs() -> None:
    assert looks_like_markup("<p>bread</p>")
    assert not looks_like_markup("vector<T> and a < b > c")
    assert not looks_like_markup("one <br> only")
    assert looks_like_markup("<script>bread()</script> We bake")
    assert looks_like_markup("We bake <!-- bread --> cakes")
    assert not looks_like_markup("scripts <- bake(bread) --> cakes")
