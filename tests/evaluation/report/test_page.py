from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from parure.evaluation.figures import (
    Baseline,
    Confusion,
    Curve,
    Failure,
    Interval,
    Line,
    Section,
    Series,
    Thumbnail,
)
from parure.evaluation.house.run import HouseFigures
from parure.evaluation.report.page import render_report, write_report
from parure.evaluation.report.svg import draw_curve
from parure.evaluation.thumbnails import thumbnail_of

HALF = Interval(0.5, 0.4, 0.6, 100)
VOID = {"meta", "img", "line", "circle", "polyline", "text"}


@pytest.fixture
def figures() -> HouseFigures:
    lines = (
        Line("R@1", HALF, (Baseline("frozen <net>", Interval(0.25, 0.2, 0.3, 100)),), 0.6),
        Line("ECE", Interval(0.03, 0.02, 0.05, 100), aim=0.04, at_most=True),
        Line("accuracy", None, (Baseline("hue rule", HALF),), 0.85),
    )
    sheet = Failure((thumbnail_of(np.zeros((300, 200, 3), np.uint8), "asked"), Thumbnail(b"", "a caption & more")))
    curve = Curve("Recall", "k", "recall", (Series("ours", ((1.0, 0.5), (20.0, 0.9))),), 0.0, 20.0)
    table = Confusion("Metal", ("yellow", "white"), ("yellow", "white"), ((9, 1), (0, 4)))
    measured = Section("same", "Same product", lines, ("A note.",), (curve,), (table,), (sheet,))
    return HouseFigures("net-1", ("frozen",), "report", (measured, Section("text", "Words", skipped="No tower.")), 12.0)


class Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.links += [value for name in ("src", "href") if (value := given.get(name))]
        self.ids += [value for value in [given.get("id")] if value]
        if tag not in VOID - {"text"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(figures: HouseFigures) -> None:
    page = render_report(figures)
    reader = Balance()
    reader.feed(page)
    assert reader.open == []
    assert all(link.startswith(("#", "data:image/jpeg;base64,")) for link in reader.links)
    assert {link[1:] for link in reader.links if link.startswith("#")} == set(reader.ids)
    assert "http" not in page


def test_every_aim_is_told_as_met_or_not(figures: HouseFigures) -> None:
    page = render_report(figures)
    assert "1 of 2 aims met" in page  # one was not measured
    assert re.search(r"R@1.*?≥&nbsp;.60 <span class=\"missed\">not met", page)
    assert re.search(r"ECE.*?≤&nbsp;.04 <span class=\"met\">met", page)
    assert "not measured" in page


def test_baselines_stand_beside_with_their_intervals_and_names_are_escaped(figures: HouseFigures) -> None:
    page = render_report(figures)
    assert 'frozen &lt;net&gt;: .250 <span class="range">(.200-.300)</span>' in page
    assert "a caption &amp; more" in page


def test_a_skipped_section_gives_its_reason(figures: HouseFigures) -> None:
    assert "Skipped: No tower." in render_report(figures)


def test_failures_are_small_inline_pictures(figures: HouseFigures) -> None:
    (data,) = re.findall(r'src="(data:image/jpeg;base64,[^"]+)"', render_report(figures))
    assert len(data) < 8_000


def test_a_curve_puts_its_points_between_the_axes() -> None:
    curve = Curve("c", "x", "y", (Series("s", ((0.0, 0.0), (1.0, 1.0))),), diagonal=True)
    drawn = draw_curve(curve)
    (points,) = re.findall(r'points="([^"]+)"', drawn)
    (x0, y0), (x1, y1) = (tuple(map(float, pair.split(","))) for pair in points.split())
    assert (x0, y1) == (48.0, 12.0)  # left and top of the axes
    assert x1 > 400 > y0 > 200
    assert 'class="ideal"' in drawn


def test_the_report_is_written_into_a_new_folder(figures: HouseFigures, tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    write_report(figures, path)
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
