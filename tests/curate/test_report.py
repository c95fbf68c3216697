"""The page about a plan: counts of everything, a bounded part of it in pictures, and names that stay names."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parure.curate import PlanEntry, Reason, Verdict
from parure.curate.report_conflicts import read_conflicts
from parure.curate.report_coverage import Coverage
from parure.curate.report_digest import Digest, Limits, digest
from parure.curate.report_match import Match, matched
from parure.curate.report_page import Page, render
from parure.curate.report_pictures import thumbnails
from parure.errors import ImageError, ImageReason, IntakeError
from tests.curate.judged import photo

HASH = "ab" * 32
EVIL = "</script><img src=x onerror=alert(1)>.jpg"


def entry(source: str, verdict: str, reason: str, **more: Any) -> PlanEntry:
    return PlanEntry(source, HASH, Verdict(verdict), more.pop("target", None), reasons=(Reason(reason, "why"),), **more)


def keep(source: str, style: str, view: str | None = "front", category: str = "rings") -> PlanEntry:
    return entry(source, "keep", "written", target=f"{source}.jpg", style_code=style, view=view, category=category)


PLAN = [
    *(keep(f"k{number}.jpg", f"AJ-{number % 50}", "front" if number % 2 else None) for number in range(400)),
    *(entry(f"b{number}.jpg", "duplicate", "same_bytes", duplicate_of="k1.jpg") for number in range(20)),
    *(entry(f"p{number}.jpg", "duplicate", "same_picture", duplicate_of=f"k{number}.jpg") for number in range(100)),
    entry("e.jpg", "reject", "empty"),
    entry("d.jpg", "reject", "unusable_name"),
    entry("s.csv", "review", "sheet"),
    entry(EVIL, "review", "no_code"),
]


@pytest.fixture
def told() -> Digest:
    return digest(PLAN, Coverage({"AJ-1": "rings", "AJ-900": ""}), Limits(samples=5, groups=7, members=3))


def test_the_funnel_loses_every_file_once(told: Digest) -> None:
    assert [(stage.files, stage.lost) for stage in told.stages] == [
        (524, 0), (522, 2), (502, 20), (402, 100), (401, 1), (400, 1),
    ]  # fmt: skip
    assert told.stages[-1].label == "named photos of 50 styles"


def test_samples_are_bounded_with_totals_and_the_same_in_any_order(told: Digest) -> None:
    totals = {(sheet.verdict.value, sheet.reason): (sheet.total, len(sheet.samples)) for sheet in told.sheets}
    assert totals["keep", "written"] == (400, 5)
    assert totals["duplicate", "same_picture"] == (100, 5)
    again = digest(PLAN[::-1], Coverage({"AJ-1": "rings", "AJ-900": ""}), Limits(samples=5, groups=7, members=3))
    assert again.sheets == told.sheets
    assert told.groups_by_tier == {"same_bytes": 0, "same_picture": 100}  # b and p both repeat k1
    assert Counter(group.tier for group in told.groups) == {"same_picture": 7}
    assert len(told.shown()) <= 5 * len(told.sheets) + 7 * 4


def test_styles_are_counted_by_view_and_those_without_photos_too(told: Digest) -> None:
    coverage = told.coverage
    assert coverage.views() == ("front", "not said")
    assert coverage.without == 1
    rows = {code: (category, counts) for code, category, counts in coverage.styles()}
    assert rows["AJ-1"] == ("rings", (8, 0))
    assert rows["AJ-900"] == ("unsorted", (0, 0))
    assert coverage.by_category(coverage.styles()) == {"rings": (50, 50, [25, 25]), "unsorted": (1, 0, [0, 0])}


def test_rare_views_share_a_column() -> None:
    coverage = Coverage()
    for number in range(12):
        for _ in range(20 - number):
            coverage.add(keep("a.jpg", "AJ-1", f"view {number}"))
    assert len(coverage.views()) == 9
    assert coverage.styles()[0][2] == (20, 19, 18, 17, 16, 15, 14, 13, 12 + 11 + 10 + 9)


def test_the_page_stands_alone_and_names_are_only_names(told: Digest, tmp_path: Path) -> None:
    conflicts = tmp_path / "merge.jsonl"
    said = {"source": "web", "row": 2, "value": EVIL, "written": ""}
    lines = [
        {"of": "conflict", "style_code": EVIL, "field": "price", "kind": "contradiction", "why": EVIL}
        | {"won": said, "lost": [said]},
        {"of": "fault", "source": "web", "reason": "bad_price", "detail": EVIL},
        {"of": "orphan", "kind": "style_without_photos", "item": "AJ-1", "detail": "none"},
        {"of": "source", "name": "web"},
    ]  # fmt: skip
    conflicts.write_text("".join(json.dumps(line) + "\n" for line in lines))
    facts = {"k1.jpg": photo("k1.jpg")}
    page = Page(EVIL, EVIL, told, {"k1.jpg": "QUJD"}, facts, read_conflicts(conflicts), (EVIL,))
    html = render(page)
    seen = _Seen()
    seen.feed(html)
    assert seen.tags["img"] == 0
    assert seen.tags["script"] == html.count("</script>")
    assert not re.findall(r"(?:src|href)=[\"'](?!#|data:)", html)
    assert "url(" not in html
    assert len(seen.data) == seen.tags["details"]
    assert any(EVIL in json.dumps(data, ensure_ascii=False) for data in seen.data)
    html.encode("utf-8")


def test_a_plan_of_60000_lines_makes_a_page_of_a_few_hundred_kilobytes() -> None:
    many = (keep(f"{number}.jpg", f"AJ-{number % 3000}") for number in range(60_000))
    html = render(Page("/archive", "plan.jsonl", digest(many, Coverage(), Limits()), {}, {}))
    assert len(html) < 400_000


def test_a_plan_is_compared_with_the_scan() -> None:
    scan = {"a.jpg": HASH, "b.jpg": "cd" * 32, "new.jpg": HASH}
    match = Match()
    assert len(list(matched([keep(name, "AJ-1") for name in ("a.jpg", "b.jpg", "gone.jpg")], scan, match))) == 3
    assert (match.unknown, match.changed, match.unplanned) == (1, 1, 1)
    assert [note.rpartition("(such as ")[2] for note in match.notes()] == ["gone.jpg).", "b.jpg).", "new.jpg)."]
    with pytest.raises(IntakeError, match="a plan of another archive"):
        list(matched([keep("x.jpg", "AJ-1")], scan, Match()))
    assert list(matched([], scan, Match())) == []


def test_pictures_that_cannot_be_read_are_left_out() -> None:
    def picture(path: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
        if path == "gone.jpg":
            raise ImageError(ImageReason.UNREADABLE, "gone")
        if path == "closed.jpg":
            raise PermissionError
        return np.zeros((300, 400, 3), np.uint8)

    found = thumbnails(["a.jpg", "gone.jpg", "closed.jpg"], picture)
    assert set(found) == {"a.jpg"}
    assert found["a.jpg"].startswith("UklGR")  # RIFF, as WebP begins


@pytest.mark.parametrize("line", ["no json", "[]", '{"of": "conflict"}', '{"kind": 1}'])
def test_a_file_that_is_no_report_of_sheets_is_told_with_its_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "m.jsonl").write_text('{"of": "source"}\n' + line + "\n")
    with pytest.raises(IntakeError, match=r"m\.jsonl, line 2"):
        read_conflicts(tmp_path / "m.jsonl")


class _Seen(HTMLParser):
    """Tags as a browser counts them, and the blocks of JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.data: list[Any] = []
        self._json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self._json = dict(attrs).get("type") == "application/json"

    def handle_endtag(self, tag: str) -> None:
        self._json = False

    def handle_data(self, data: str) -> None:
        if self._json:
            self.data.append(json.loads(data))
