"""Markets with a planted truth: how often the intervals of a release hold it, printed beside a naive interval."""

import json
import time
from dataclasses import asdict

from flows.configuration import read_configuration
from flows.estimate import renamed_parameters
from transforms.coverage import MarketCoverage, broken_bars, market_coverage
from transforms.planted import MARKETS
from transforms.planted_bars import Figure, figures
from transforms.planted_misreading import misread_figures
from transforms.planted_parts import part_figures
from warehouse.settings import Settings

DOMINATED = tuple(market.name for market in MARKETS if market.sizes == "three hold half")
EQUAL = frozenset(market.name for market in MARKETS if market.sizes == "equal")


def simulate(settings: Settings, *, n_seeds: int, seed: int) -> bool:
    """Print coverage, naive coverage and width of every market; whether every bar holds.

    Also written to simulate.json in the home.
    """
    started = time.perf_counter()
    method = renamed_parameters(read_configuration().method)
    markets = [market_coverage(market, method, n_seeds=n_seeds, seed=seed) for market in MARKETS]
    _print(markets)
    faults = broken_bars(markets, equal=EQUAL)
    faults += [
        f"{market.market}: the naive interval holds the truth in {market.naive_coverage:.3f}; it should fail here"
        for market in markets
        if market.market in DOMINATED and market.naive_coverage > 0.85
    ]
    # A market of whole adverts costs a thousand times one of counts.
    found = figures(method, n_seeds=max(20, n_seeds // 10), seed=seed)
    found += part_figures(method, n_seeds=max(20, n_seeds // 2), seed=seed)
    found += misread_figures(method, n_seeds=n_seeds, seed=seed)
    _print_figures(found)
    faults += [
        f"{f.estimator}, {f.market}: {f.name} is {f.value:.3f}; its bar is {f.bar}"
        for f in found
        if f.holds is False
    ]
    for fault in faults:
        print(f"below its bar: {fault}")
    settings.simulate_file.parent.mkdir(parents=True, exist_ok=True)
    settings.simulate_file.write_text(
        json.dumps([*_rows(markets), *(asdict(figure) for figure in found)], indent=1) + "\n",
        encoding="utf-8",
    )
    seconds = time.perf_counter() - started
    print(f"{n_seeds} seeds a share, seed {seed}, {seconds:.1f} s; written to {settings.simulate_file}")
    return not faults


def _rows(markets: list[MarketCoverage]) -> list[dict[str, float | str]]:
    return [
        {
            "market": cell.market,
            "share": cell.share,
            "n_seeds": cell.n_seeds,
            "n_published": cell.n_published,
            "coverage": round(cell.coverage, 4),
            "naive_coverage": round(cell.n_naive_holding / max(1, cell.n_published), 4),
            "width": round(cell.width, 4),
        }
        for market in markets
        for cell in market.cells
    ]


def _print(markets: list[MarketCoverage]) -> None:
    print(f"{'market':38} {'published':>9} {'coverage':>9} {'naive':>7} {'width':>6}   by planted share")
    for market in markets:
        cells = "  ".join(
            f"{cell.share:g}: {cell.coverage:.3f} of {cell.n_published}"
            for cell in market.cells
            if cell.n_published
        )
        print(
            f"{market.market:38} {market.n_published:9} {market.coverage:9.3f} {market.naive_coverage:7.3f} "
            f"{market.width:6.2f}   {cells}"
        )
    mean = sum(market.coverage for market in markets) / len(markets)
    worst = min(markets, key=lambda market: market.coverage)
    print(f"mean {mean:.3f} (bar 0.93), worst {worst.coverage:.3f} (bar 0.87): {worst.market}")


def _print_figures(found: list[Figure]) -> None:
    print(f"\n{'estimator':17} {'market':27} {'figure':50} {'value':>7}  bar")
    for f in found:
        print(f"{f.estimator:17} {f.market:27} {f.name:50} {f.value:7.3f}  {f.bar}")
