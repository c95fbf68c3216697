"""The page: one HTML file that asks for nothing else, in light and dark, on phone and desktop.

Unusual: pictures and long lists are no HTML. Each section's data is a block of JSON that the browser does not even
parse until the section is opened or scrolled to, so that sixty thousand files open as fast as sixty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib import resources
from typing import Any

from parure.curate.duplicates import Tier
from parure.curate.plan import destination, shown
from parure.curate.report_conflicts import Conflicts
from parure.curate.report_coverage import Coverage
from parure.curate.report_digest import ContactSheet, Digest, ShownGroup, Stage
from parure.curate.values import PlanEntry, Scanned, Verdict

__all__ = ["Page", "render"]

_VERDICTS = {
    Verdict.KEEP: ("Kept", "named and put into the catalogue"),
    Verdict.DUPLICATE: ("Duplicates", "repeat a file that stays; they go to quarantine"),
    Verdict.REJECT: ("Rejected", "go to quarantine"),
    Verdict.REVIEW: ("For review", "stay where they are until somebody decides"),
}
_LABELS = {
    "written": "code written as in the sheet",
    "respelled": "code spelled otherwise",
    "lookalike": "code with look-alike letters",
    "vendor_sku": "the vendor's number",
    "folder": "named by its folder",
    "typo": "a slip of the pen",
    "neighbours": "a slip of the pen, sure by its neighbours",
    "": "no reason given",
}
_TIERS = {Tier.SAME_BYTES: "Same bytes", Tier.SAME_PICTURE: "Same picture"}


@dataclass(frozen=True)
class Page:
    """What the page is made of. `pictures` are base64 of WebP by path; `facts` are of the files in groups."""

    archive: str
    plan: str
    digest: Digest
    pictures: Mapping[str, str]
    facts: Mapping[str, Scanned]
    conflicts: Conflicts | None = None
    notes: Sequence[str] = ()


def render(page: Page) -> str:
    css, script = _resource("report.css"), _resource("report.js")
    title = f"{shown(page.archive).rstrip('/').rpartition('/')[2]}: from archive to catalogue"
    body = "\n".join(_body(page))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="icon" href="data:,">\n<title>{escape(title)}</title>\n<style>\n{css}</style>\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _body(page: Page) -> Iterator[str]:
    digest = page.digest
    made = datetime.now(UTC).strftime("%d %B %Y, %H:%M UTC").lstrip("0")
    yield f"<h1>From archive to catalogue</h1>\n<p>{escape(shown(page.archive))} by {escape(page.plan)}, {made}</p>"
    yield from (f'<p class="note">{escape(note)}</p>' for note in page.notes)
    yield "<noscript><p class='note'>Pictures and lists need JavaScript; the figures stand without it.</p></noscript>"
    yield _nav(page)
    yield _section("funnel", "From raw to clean", _funnel(digest.stages))
    yield _section("reasons", "What becomes of every file, and why", "\n".join(_reasons(page)))
    yield _section("duplicates", "Duplicates side by side", "\n".join(_duplicates(page)))
    if page.conflicts is not None:
        yield _section("sheets", "Where the sheets disagree", "\n".join(_conflicts(page.conflicts)))
    yield _section("coverage", "Styles by view", "\n".join(_coverage(digest.coverage)))


def _nav(page: Page) -> str:
    links = [("funnel", "Funnel"), ("reasons", "Reasons"), ("duplicates", "Duplicates")]
    links += [("sheets", "Sheets")] if page.conflicts is not None else []
    links.append(("coverage", "Styles by view"))
    return "<nav>" + " ".join(f'<a href="#{to}">{label}</a>' for to, label in links) + "</nav>"


def _section(name: str, title: str, content: str) -> str:
    return f'<section id="{name}">\n<h2>{escape(title)}</h2>\n{content}\n</section>'


def _funnel(stages: Sequence[Stage]) -> str:
    whole = max(1, stages[0].files)
    rows = []
    for stage in stages:
        lost = f'<span class="lost">−{stage.lost:,} {escape(stage.why)}</span>' if stage.lost else ""
        bar = f'<span class="bar"><span style="width:{100 * stage.files / whole:.2f}%"></span></span>'
        rows.append(f"<li><b>{stage.files:,}</b> <span>{escape(stage.label)}</span>{bar}{lost}</li>")
    return f'<ol class="funnel">{"".join(rows)}</ol>'


def _reasons(page: Page) -> Iterator[str]:
    counts = page.digest.counts
    for verdict, (label, about) in _VERDICTS.items():
        if counts.verdicts[verdict]:
            yield f"<h3>{label} <span>{counts.verdicts[verdict]:,}</span></h3><p>{about}</p>"
            sheets = [sheet for sheet in page.digest.sheets if sheet.verdict is verdict]  # the largest first
            yield from (_sheet(sheet, page, of=sheets) for sheet in sheets)


def _sheet(sheet: ContactSheet, page: Page, *, of: Sequence[ContactSheet]) -> str:
    label = _LABELS.get(sheet.reason) or sheet.reason.replace("_", " ")
    shows = f"{len(sheet.samples)} shown" if len(sheet.samples) < sheet.total else ""
    bar = f'<span class="bar"><span style="width:{100 * sheet.total / of[0].total:.2f}%"></span></span>'
    head = f"<summary><span>{escape(label)}</span><b>{sheet.total:,}</b>{bar}<i>{shows}</i></summary>"
    cards = [_card(entry, page.pictures) for entry in sheet.samples]
    begun = " open" if sheet is of[0] else ""
    return f'<details data-kind="sheet"{begun}>{head}{_data(cards)}</details>'


def _card(entry: PlanEntry, pictures: Mapping[str, str]) -> dict[str, Any]:
    place = destination(entry)
    return {
        "path": shown(entry.source),
        "to": shown(place) if place else "",
        "why": [reason.detail for reason in entry.reasons],
        "picture": pictures.get(entry.source, ""),
    }


def _duplicates(page: Page) -> Iterator[str]:
    if not page.digest.groups:
        yield "<p>No file repeats another.</p>"
    for tier, label in _TIERS.items():
        groups = [group for group in page.digest.groups if group.tier == tier]
        if groups:
            total = page.digest.groups_by_tier[tier]
            shows = f", {len(groups):,} shown" if len(groups) < total else ""
            what = "group" if total == 1 else "groups"
            head = f"<summary><span>{label}</span><b>{total:,}</b><i>{what}{shows}</i></summary>"
            yield f'<details data-kind="groups">{head}{_data([_group(group, page) for group in groups])}</details>'


def _group(group: ShownGroup, page: Page) -> dict[str, Any]:
    return {
        "head": {"path": shown(group.head), "picture": page.pictures.get(group.head, ""), **_facts(page, group.head)},
        "members": [{**_card(entry, page.pictures), **_facts(page, entry.source)} for entry in group.members],
        "more": group.total - len(group.members),
    }


def _facts(page: Page, path: str) -> dict[str, Any]:
    """What stands below a picture, in the same order for all."""
    file = page.facts.get(path)
    if file is None:
        return {"facts": ["not in the scan"]}
    size = f"{file.measures.width} × {file.measures.height}" if file.measures else "no picture"
    try:
        day = datetime.fromtimestamp(file.modified, UTC).strftime("%Y-%m-%d")
    except (ValueError, OverflowError, OSError):
        day = "no date"
    return {"facts": [size, _bytes(file.size), day, file.format or ""]}


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.1f} kB"


def _conflicts(conflicts: Conflicts) -> Iterator[str]:
    if not conflicts.counts and not conflicts.others:
        yield "<p>They do not.</p>"
    for (field, kind), total in conflicts.counts.most_common():
        rows = [
            [each.style, each.kept, "; ".join(each.lost), each.why]
            for each in conflicts.samples
            if (each.field, each.kind) == (field, kind)
        ]
        shows = f"{len(rows)} shown" if len(rows) < total else ""
        head = f"<summary><span>{escape(field)}: {escape(kind)}</span><b>{total:,}</b><i>{shows}</i></summary>"
        data = _data({"columns": ["style", "kept", "instead of", "why"], "rows": rows})
        yield f'<details data-kind="table">{head}{data}</details>'
    for (kind, reason), total in conflicts.others.most_common():
        told = [[detail] for detail in conflicts.details[kind, reason]]
        shows = f"{len(told)} shown" if len(told) < total else ""
        label = f"{kind}: {reason.replace('_', ' ')}"
        head = f"<summary><span>{escape(label)}</span><b>{total:,}</b><i>{shows}</i></summary>"
        yield f'<details data-kind="table">{head}{_data({"columns": ["what"], "rows": told})}</details>'


def _coverage(coverage: Coverage) -> Iterator[str]:
    styles, views = coverage.styles(), coverage.views()
    if not styles:
        yield "<p>No style is known. Name the sheet with --sheet.</p>"
        return
    lack = "style of the sheet has" if coverage.without == 1 else "styles of the sheet have"
    gaps = f" {coverage.without:,} {lack} no photo." if coverage.without else ""
    yield f"<p>Styles with at least one photo of each view.{gaps}</p>"
    head = "".join(f"<th>{escape(name)}</th>" for name in ("category", "styles", "with photos", *views))
    rows = [
        f"<tr><th>{escape(category)}</th><td>{total:,}</td>{_share(covered, total)}"
        f"{''.join(_share(each, total) for each in seen)}</tr>"
        for category, (total, covered, seen) in coverage.by_category(styles).items()
    ]
    table = f'<table class="cover"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    yield f'<div class="wide">{table}</div>'
    categories = sorted({category for _, category, _ in styles})
    place = {category: at for at, category in enumerate(categories)}
    listed = [[code, place[category], *counts] for code, category, counts in styles]
    summary = f"<summary><span>Every style</span><b>{len(styles):,}</b></summary>"
    data = _data({"views": views, "categories": categories, "styles": listed})
    yield f'<details data-kind="styles">{summary}{data}</details>'


def _share(count: int, total: int) -> str:
    return f'<td style="--share:{count / max(1, total):.3f}">{count:,}</td>'


def _data(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json">{text}</script>'


def _resource(name: str) -> str:
    return (resources.files("parure.curate") / "templates" / name).read_text(encoding="utf-8")
