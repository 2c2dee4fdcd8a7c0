import time

import pytest

from transforms.text import clean, fold


@pytest.mark.parametrize(
    ("text", "text_format", "expected"),
    [
        (None, "html", ""),
        ("", "plain", ""),
        ("Acme | Cook<p>We cook.<p>Apply", "html", "Acme | Cook\nWe cook.\nApply"),
        ("It&#x27;s C&#x2F;C++ &amp; R&amp;D", "html", "It's C/C++ & R&D"),
        ("<h2>Skills</h2>Experience<ul><li>Go<li>Rust</ul>End", "html", "Skills\nExperience\nGo\nRust\nEnd"),
        ("<div>a<br>b<br/>c</div><div>d", "html", "a\nb\nc\nd"),
        ("<table><tr><td>one</td><td>two</td></tr></table>", "html", "one\ntwo"),
        (
            'see <a href="https:&#x2F;&#x2F;x.example" rel="nofollow">x.example</a> now',
            "html",
            "see x.example now",
        ),
        ("<script>var a = 1</script>text<style>p {}</style>", "html", "text"),
        ("<p>wrapped\n   line</p><br>next", "html", "wrapped line\nnext"),
        ("first\nsecond<p>third", "html", "first\nsecond\nthird"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; three&lt;/p&gt;", "escaped_html", "One\nTwo & three"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "html", "One\nTwo"),
        ("a &amp;amp; b", "html", "a & b"),
        ("a &amp; b, x < y", "plain", "a & b, x < y"),
        ("soft\u00adware\u200b de\ufeffv\x00\x07", "plain", "software dev"),
        ("a\u00a0\u2003b\r\nc\u2028d\te", "plain", "a b\nc\nd e"),
        ("do: • cook • clean", "plain", "do:\n• cook\n• clean"),
        (
            "good skillsExperience with Go.Strong JavaScript",
            "plain",
            "good skills\nExperience with Go.\nStrong JavaScript",
        ),
        (
            "InDesign and CodeBuild.Design maps, planDesign",
            "plain",
            "InDesign and CodeBuild.\nDesign maps, plan\nDesign",
        ),
        ("SkillsExperience with Go", "plain", "Skills\nExperience with Go"),
        ("caf\u0065\u0301", "plain", "caf\u00e9"),
        ("lone \ud800 surrogate", "html", "lone surrogate"),
        ("<p <div <li>unclosed <b>bold", "html", "unclosed bold"),
    ],
)
def test_clean(text: str | None, text_format: str, expected: str) -> None:
    assert clean(text, text_format) == expected


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="text_format 'rtf' is unknown"):
        clean("x", "rtf")


@pytest.mark.parametrize("text_format", ["plain", "html", "escaped_html"])
def test_rubbish_goes_through_and_can_be_written_as_utf8(text_format: str) -> None:
    rubbish = bytes(range(256)).decode("latin-1") * 50 + "<&#xD800;&#0;&#x110000;<!--" + "\udc80"
    assert b"ABC" in clean(rubbish, text_format).encode("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["<div>" * 1_000_000, "<" * 5_000_000, "&lt;b " * 800_000, "word " * 1_000_000, "<p>a" * 1_200_000],
)
def test_five_megabytes_take_seconds_at_most(text: str) -> None:
    began = time.process_time()
    clean(text, "html")
    assert time.process_time() - began < 5


def test_fold_keeps_the_length_where_lower_case_is_longer() -> None:
    assert fold("İstanbul ẞ GO") == "İstanbul ß go"
    assert len(fold("İİ")) == 2
