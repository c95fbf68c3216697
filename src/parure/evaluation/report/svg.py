"""Curves as inline SVG, drawn with the page's colours: they follow its light and its dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from parure.evaluation.figures import Curve, Series

__all__ = ["draw_curve"]

WIDTH, HEIGHT = 460, 300
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 12, 44
STEPS = 5  # of each axis
STROKES = ("", "6 4", "2 3", "9 3 2 3", "1 5")  # lines differ in dashes, not in colour alone


def draw_curve(curve: Curve) -> str:
    """An <svg> with axes and a line for each series, and a legend below it."""
    return (
        f'<figure class="curve"><figcaption>{escape(curve.title)}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_spoken(curve))}">'
        f"{_axes(curve)}{''.join(_line(curve, number, series) for number, series in enumerate(curve.series))}</svg>"
        f"{_legend(curve.series)}</figure>"
    )


def _spoken(curve: Curve) -> str:
    last = "; ".join(f"{series.name} ends at {series.points[-1][1]:.2f}" for series in curve.series if series.points)
    return f"{curve.title}: {curve.y_label} against {curve.x_label}. {last}."


def _at(curve: Curve, x: float, y: float) -> tuple[float, float]:
    across = (x - curve.x_low) / (curve.x_high - curve.x_low)
    return LEFT + across * (WIDTH - LEFT - RIGHT), TOP + (1 - y) * (HEIGHT - TOP - BOTTOM)


def _axes(curve: Curve) -> str:
    lines = []
    for step in range(STEPS + 1):
        share = step / STEPS
        x = curve.x_low + share * (curve.x_high - curve.x_low)
        (left, y), (right, _) = _at(curve, curve.x_low, share), _at(curve, curve.x_high, share)
        across, bottom = _at(curve, x, 0)
        lines.append(f'<line class="grid" x1="{left:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text x="{left - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{share:.1f}</text>')
        lines.append(f'<text x="{across:.1f}" y="{bottom + 18:.1f}" text-anchor="middle">{_number(x)}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    lines.append(f'<text x="{middle}" y="{HEIGHT - 6}" text-anchor="middle">{escape(curve.x_label)}</text>')
    lines.append(
        f'<text transform="translate(12 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">'
        f"{escape(curve.y_label)}</text>"
    )
    if curve.diagonal:
        (x0, y0), (x1, y1) = _at(curve, 0, 0), _at(curve, 1, 1)
        lines.append(f'<line class="ideal" x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"/>')
    return "".join(lines)


def _line(curve: Curve, number: int, series: Series) -> str:
    places = [_at(curve, *point) for point in series.points]
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in places) if curve.diagonal else ""
    dash = STROKES[number % len(STROKES)]
    return f'<g class="series s{number % 5}"><polyline points="{drawn}" stroke-dasharray="{dash}"/>{dots}</g>'


def _legend(series: Sequence[Series]) -> str:
    entries = "".join(
        f'<li class="s{number % 5}"><svg viewBox="0 0 28 8" aria-hidden="true"><line x1="0" y1="4" x2="28" y2="4" '
        f'stroke-dasharray="{STROKES[number % len(STROKES)]}"/></svg>{escape(each.name)}</li>'
        for number, each in enumerate(series)
    )
    return f'<ul class="legend">{entries}</ul>'


def _number(value: float) -> str:
    return f"{value:.1f}" if value < 1.0 or not value.is_integer() else f"{value:.0f}"
