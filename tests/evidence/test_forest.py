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
    assert "0.059 (0.008 to 0.11)" in text


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="no finding with an interval"):
        forest_svg("t", [], None, is_log=True, axis_label="", footer=[])
