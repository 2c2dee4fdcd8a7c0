import pyarrow as pa
import pytest

from flows.bench_stages import STAGES, stage_seconds
from flows.bench_text import text_stage_rates
from transforms.reading import build_reader

ALIASES = [
    {"surface": name, "skill_id": f"sw:{name}", "surface_kind": "alias", "surface_label": name}
    for name in ("python", "rust")
]


def test_every_stage_is_timed_and_every_advert_counted() -> None:
    adverts = pa.table(
        {
            "title": ["Engineer", None, None],
            "company": [None, "Northwind", None],
            "text": [
                "<p>You know Python.<p>jane@example.org",
                "Acme | Engineer | Remote\nRust &amp; Go",
                None,
            ],
            "text_format": ["html", "html", "plain"],
        }
    )
    found = stage_seconds(build_reader(ALIASES, [], []), adverts)
    assert set(found.of_stage) == set(STAGES)
    assert all(seconds >= 0 for seconds in found.of_stage.values())
    assert found.all_stages == pytest.approx(sum(found.of_stage.values()))
    assert found.n_adverts == 3
    cleaned = ("You know Python.\njane@example.org", "Acme | Engineer | Remote\nRust & Go", "")
    assert found.n_characters == sum(map(len, cleaned))


def test_figures_of_the_embedded_market_have_no_bar() -> None:
    figures = {name: (value, bar) for name, value, _, bar, _ in text_stage_rates(None)}
    shares = [value for name, (value, _) in figures.items() if name.startswith("share_")]
    assert len(shares) == len(STAGES)
    assert sum(shares) == pytest.approx(1)
    assert figures["text_stage_over_bare_scan"][0] > 1
    assert {bar for _, bar in figures.values()} == {None}
    assert {"text_stage_postings", "reading_postings", "reading_postings_again"} <= set(figures)
