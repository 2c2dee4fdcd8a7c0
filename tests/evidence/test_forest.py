"""Forest plots: well-formed, greyscale, every number drawn also in words, same bytes twice."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from tests.evidence.files import registry_files
from transforms.evidence.forest import ForestMean, ForestRow, forest_svg
from transforms.evidence.registry import Evidence, build_evidence

SVG = "{http://www.w3.org/2000/svg}"
POOLED = "productivity-ai-coding-time.log_ratio_of_means.svg"


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return build_evidence(registry_files(), as_of=date(2026, 11, 22), method_version="2026.1")


def test_every_synthesis_with_an_interval_has_a_plot(evidence: Evidence) -> None:
    rows = evidence.tables["export_synthesis"].to_pylist()
    wanted = {f"{row['claim']}.{row['measure']}.svg" for row in rows if row["k"] > 0}
    assert set(evidence.forests) == wanted
    assert POOLED in wanted and len(wanted) == 13


def test_plots_are_well_formed_and_grey(evidence: Evidence) -> None:
    for name, text in evidence.forests.items():
        root = ElementTree.fromstring(text)
        assert root.tag == f"{SVG}svg", name
        assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None
        colours = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', text))
        assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours), name
        assert text.endswith("</svg>\n")


def test_the_pooled_plot_shows_mean_prediction_heterogeneity_and_disclosure(evidence: Evidence) -> None:
    text = evidence.forests[POOLED]
    for words in ("Pooled mean", "95 % prediction interval", "tau2 = 0.41", "I2 = 84 %", "PENG2023-time) *"):
        assert words in text
    assert "* PENG2023: authors at Microsoft Research and GitHub" in text
    assert text.count("<polygon") >= 3, "a diamond, and arrows where the intervals leave the axis"


def test_a_plot_without_pool_says_why(evidence: Evidence) -> None:
    text = evidence.forests["callback-black-name.log_rr.svg"]
    assert "Not pooled: one independent sample with an interval (BM2004-race)." in text
    assert "Pooled mean" not in text
    assert "0.67 (0.57 to 0.78)" in text


def test_text_is_escaped_and_positions_are_inside() -> None:
    rows = [ForestRow("A & <B>", 0.1, -0.2, 0.4, 0.5), ForestRow("C", 5.0, 4.0, 6.0, 0.5)]
    text = forest_svg(
        "x < y",
        rows,
        ForestMean(0.2, -9.0, 9.0, -99.0, 99.0),
        is_log=True,
        axis_label="ratio",
        footer=["<&>"],
    )
    root = ElementTree.fromstring(text)
    for line in root.iter(f"{SVG}line"):
        assert 0 <= float(line.get("x1", "-1")) <= 900 and 0 <= float(line.get("x2", "-1")) <= 900


def test_differences_are_drawn_on_a_plain_axis() -> None:
    rows = [ForestRow("A", 0.059, 0.008, 0.11)]
    text = forest_svg("t", rows, None, is_log=False, axis_label="difference", footer=[])
    assert "0.059 (0.008 to 0.110)" in text


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="no finding with an interval"):
        forest_svg("t", [], None, is_log=True, axis_label="", footer=[])


def test_no_text_leaves_the_picture_or_covers_another(evidence: Evidence) -> None:
    """Widths at 0.55 em a letter, 0.60 em in bold: those of common sans-serif fonts, rounded up."""
    for name, text in evidence.forests.items():
        root = ElementTree.fromstring(text)
        boxes = []
        for node in root.iter(f"{SVG}text"):
            size, words = float(node.get("font-size", "13")), node.text or ""
            width = len(words) * size * (0.60 if node.get("font-weight") else 0.55)
            share = {"end": 1.0, "middle": 0.5}.get(node.get("text-anchor", "start"), 0.0)
            left, base = float(node.get("x", "0")) - share * width, float(node.get("y", "0"))
            boxes.append((left, base - 0.8 * size, left + width, base + 0.2 * size, words))
        height = float(root.get("height", "0"))
        for index, (left, top, right, low, words) in enumerate(boxes):
            assert left >= 0 and right <= 900 and top >= 0 and low <= height, (name, words)
            for other in boxes[index + 1 :]:
                apart = right <= other[0] or other[2] <= left or low <= other[1] or other[3] <= top
                assert apart, (name, words, other[4])


def test_a_very_long_label_and_title_still_fit() -> None:
    row = ForestRow("A name of an author that has no end at all 2020 (EX2000-main) *", 0.1, -0.2, 0.4)
    text = forest_svg("long " * 60, [row], None, is_log=False, axis_label="x", footer=["words " * 60])
    assert max(len(line) for line in re.findall(r">([^<]*)</text>", text)) <= 128
    assert "A name of an author that has no end at ..." in text


def test_an_axis_has_between_three_and_seven_ticks() -> None:
    for span in (0.003, 0.05, 0.11, 0.7, 1.0, 4.0, 33.0):
        text = forest_svg(
            "t", [ForestRow("A", span / 2, 0.0, span)], None, is_log=False, axis_label="x", footer=[]
        )
        assert 3 <= len(re.findall(r'font-size="11"', text)) <= 7, span


def test_what_is_off_every_scale_is_said_in_words() -> None:
    text = forest_svg("t", [ForestRow("A", 0.0, -12.0, 12.0)], None, is_log=True, axis_label="x", footer=[])
    assert "1.00 (&lt;0.01 to &gt;100)" in text
