"""Forest plot as plain SVG: a row per sample, the pooled effect and its prediction interval.

Nothing depends on colour: squares are samples, the diamond is the pooled mean, the thin line with end
marks below it is the prediction interval, hollow squares are findings left out of the pool.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, ROW, TOP, LEFT, RIGHT = 900, 26, 70, 330, 690
TICKS_RATIO = (0.001, 0.01, 0.1, 0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 100.0, 1000.0)
SPAN_MAX_LOG = math.log(20.0)
TITLE_CHARACTERS, FOOTER_CHARACTERS, LABEL_CHARACTERS = 86, 128, 43
"""What fits on a line at the widths of common sans-serif fonts: 0.60 em in bold, 0.55 em plain."""
TICKS_MAX = 7


@dataclass(frozen=True)
class ForestRow:
    """A sample on the scale of the measure, with its weight in the pool (None: left out)."""

    label: str
    yi: float
    low: float
    high: float
    weight: float | None = None


@dataclass(frozen=True)
class ForestMean:
    """The pooled effect with interval and prediction interval, on the scale of the measure."""

    mu: float
    low: float
    high: float
    prediction_low: float
    prediction_high: float


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float
    is_log: bool

    def x(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return LEFT + (RIGHT - LEFT) * (inside - self.low) / (self.high - self.low)


def forest_svg(
    title: str,
    rows: Sequence[ForestRow],
    mean: ForestMean | None,
    *,
    is_log: bool,
    axis_label: str,
    footer: Sequence[str],
) -> str:
    """The plot as an SVG document with trailing newline. Raises ValueError without a row."""
    if not rows:
        raise ValueError(f"forest plot {title!r}: no finding with an interval to draw")
    axis = _axis(rows, mean, is_log)
    n_rows = len(rows) + (2 if mean else 0)
    heading = textwrap.wrap(title, TITLE_CHARACTERS)
    lines = [part for line in footer for part in textwrap.wrap(line, FOOTER_CHARACTERS)]
    top = TOP + 20 * (len(heading) - 1)
    bottom = top + n_rows * ROW + 10
    height = bottom + 50 + 18 * len(lines)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(_description(rows, mean, is_log))}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        *(
            f'<text x="16" y="{28 + 20 * index}" font-size="16" font-weight="bold">{escape(line)}</text>'
            for index, line in enumerate(heading)
        ),
        _line(axis.x(0.0), top - 12, axis.x(0.0), bottom, "#888888", dash="4 3"),
    ]
    for index, row in enumerate(rows):
        parts += _row(row, top + index * ROW, axis)
    if mean:
        parts += _mean(mean, top + len(rows) * ROW, axis)
    parts += _ticks(axis, bottom, axis_label)
    for index, line in enumerate(lines):
        parts.append(f'<text x="16" y="{bottom + 56 + 18 * index}" font-size="12">{escape(line)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axis(rows: Sequence[ForestRow], mean: ForestMean | None, is_log: bool) -> _Axis:
    """Holds every sample and the null; ends that are further off are cut and drawn as arrows."""
    ends = [0.0, *(row.low for row in rows), *(row.high for row in rows)]
    low, high = min(ends), max(ends)
    if mean:
        low, high = min(low, mean.mu), max(high, mean.mu)
    margin = 0.05 * (high - low) or 0.1
    low, high = low - margin, high + margin
    if is_log:
        low, high = max(low, -SPAN_MAX_LOG), min(high, SPAN_MAX_LOG)
    return _Axis(low, high, is_log)


def _row(row: ForestRow, y: int, axis: _Axis) -> list[str]:
    side = 6.0 if row.weight is None else 5.0 + 9.0 * math.sqrt(row.weight)
    fill = "#ffffff" if row.weight is None else "#000000"
    x = axis.x(row.yi)
    square = (
        f'<rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}" '
        f'fill="{fill}" stroke="#000000"/>'
    )
    weight = "" if row.weight is None else f"{100 * row.weight:.0f} %"
    label = textwrap.shorten(row.label, LABEL_CHARACTERS, placeholder=" ...")
    return [
        f'<text x="16" y="{y + 4}">{escape(label)}</text>',
        _span(row.low, row.high, y, axis, "#000000"),
        square,
        f'<text x="{RIGHT + 20}" y="{y + 4}">{escape(_numbers(row.yi, row.low, row.high, axis.is_log))}</text>',
        f'<text x="{WIDTH - 16}" y="{y + 4}" text-anchor="end">{weight}</text>',
    ]


def _mean(mean: ForestMean, y: int, axis: _Axis) -> list[str]:
    low, middle, high = axis.x(mean.low), axis.x(mean.mu), axis.x(mean.high)
    diamond = (
        f'<polygon points="{low:.1f},{y} {middle:.1f},{y - 8} {high:.1f},{y} {middle:.1f},{y + 8}" '
        'fill="#555555" stroke="#000000"/>'
    )
    below = y + ROW
    numbers = escape(_numbers(mean.mu, mean.low, mean.high, axis.is_log))
    ends = (_shown(end, axis.is_log) for end in (mean.prediction_low, mean.prediction_high))
    predicted = escape(" to ".join(ends))
    return [
        f'<text x="16" y="{y + 4}" font-weight="bold">Pooled mean</text>',
        diamond,
        f'<text x="{RIGHT + 20}" y="{y + 4}" font-weight="bold">{numbers}</text>',
        f'<text x="16" y="{below + 4}">95 % prediction interval</text>',
        _span(mean.prediction_low, mean.prediction_high, below, axis, "#555555"),
        f'<text x="{RIGHT + 20}" y="{below + 4}">{predicted}</text>',
    ]


def _span(low: float, high: float, y: int, axis: _Axis, stroke: str) -> str:
    """An interval; an end beyond the axis gets an arrow head instead of a stop."""
    parts = [_line(axis.x(low), y, axis.x(high), y, stroke)]
    for end, beyond, step in ((low, low < axis.low, 7), (high, high > axis.high, -7)):
        x = axis.x(end)
        if beyond:
            points = f"{x:.1f},{y} {x + step:.1f},{y - 4} {x + step:.1f},{y + 4}"
            parts.append(f'<polygon points="{points}" fill="{stroke}"/>')
        else:
            parts.append(_line(x, y - 4, x, y + 4, stroke))
    return "".join(parts)


def _ticks(axis: _Axis, bottom: int, label: str) -> list[str]:
    if axis.is_log:
        values = [math.log(tick) for tick in TICKS_RATIO if axis.low <= math.log(tick) <= axis.high]
    else:
        step = _step(axis.high - axis.low)
        values = [step * k for k in range(math.ceil(axis.low / step), math.floor(axis.high / step) + 1)]
    parts = [_line(LEFT, bottom, RIGHT, bottom, "#000000")]
    for value in values:
        x = axis.x(value)
        parts.append(_line(x, bottom, x, bottom + 5, "#000000"))
        text = _shown(value, axis.is_log)
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle" font-size="11">{text}</text>')
    middle = (LEFT + RIGHT) // 2
    parts.append(
        f'<text x="{middle}" y="{bottom + 34}" text-anchor="middle" font-size="12">{escape(label)}</text>'
    )
    return parts


def _step(span: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that puts TICKS_MAX ticks at most on the axis."""
    power = 10.0 ** math.floor(math.log10(span / TICKS_MAX))
    return next(
        factor * power for factor in (1.0, 2.0, 5.0, 10.0, 20.0) if span / (factor * power) <= TICKS_MAX - 1
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, dash: str | None = None) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"{dashes}/>'


def _numbers(yi: float, low: float, high: float, is_log: bool) -> str:
    return f"{_shown(yi, is_log)} ({_shown(low, is_log)} to {_shown(high, is_log)})"


def _shown(value: float, is_log: bool) -> str:
    """Two decimals of a ratio, three of a difference; what is off every scale says only that it is."""
    if not is_log:
        return f"{value:.3f}"
    if value < math.log(0.005):
        return "<0.01"
    return ">100" if value > math.log(100.0) else f"{math.exp(value):.2f}"


def _description(rows: Sequence[ForestRow], mean: ForestMean | None, is_log: bool) -> str:
    lines = [f"{row.label}: {_numbers(row.yi, row.low, row.high, is_log)}" for row in rows]
    if mean:
        lines.append(f"Pooled mean: {_numbers(mean.mu, mean.low, mean.high, is_log)}")
    return "; ".join(lines)
