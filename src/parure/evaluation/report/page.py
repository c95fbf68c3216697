"""The page: an overview of aims, then one section after the other."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from pathlib import Path

from parure.evaluation.figures import Confusion, Failure, Interval, Line, Section, Thumbnail
from parure.evaluation.house.run import HouseFigures
from parure.evaluation.report.svg import draw_curve

__all__ = ["render_report", "write_report"]


def write_report(figures: HouseFigures, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render_report(figures), encoding="utf-8")


def render_report(figures: HouseFigures) -> str:
    css = (files("parure.evaluation.report") / "page.css").read_text(encoding="utf-8")
    title = f"What {escape(figures.model)} sees"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{css}</style></head><body><main>"
        f"<h1>{title}</h1><p>{_summary(figures)}</p>{_contents(figures.sections)}"
        f"{''.join(map(_section, figures.sections))}</main></body></html>\n"
    )


def _summary(figures: HouseFigures) -> str:
    aimed = [line.met for section in figures.sections for line in section.lines if line.met is not None]
    half = "all sources" if figures.half == "all" else f"the sources of the half “{escape(figures.half)}”"
    beside = ", ".join(map(escape, figures.baselines)) or "none"
    return (
        f"{sum(aimed)} of {len(aimed)} aims met. Real photos of {half}. Other models in the same run: {beside}. "
        f"In brackets: 95 % bootstrap interval. The run took {figures.seconds:.0f} s."
    )


def _contents(sections: Sequence[Section]) -> str:
    entries = "".join(
        f'<li><a href="#{section.id}">{escape(section.title)}</a> {_state(section)}</li>' for section in sections
    )
    return f'<nav aria-label="Sections"><ul>{entries}</ul></nav>'


def _state(section: Section) -> str:
    if section.skipped:
        return "<small>skipped</small>"
    aimed = [line.met for line in section.lines if line.met is not None]
    return f"<small>{sum(aimed)} of {len(aimed)} aims</small>" if aimed else ""


def _section(section: Section) -> str:
    head = f'<section id="{section.id}"><h2>{escape(section.title)}</h2>'
    if section.skipped:
        return f'{head}<p class="skipped">Skipped: {escape(section.skipped)}</p></section>'
    notes = "".join(f"<p>{escape(note)}</p>" for note in section.notes)
    curves = f'<div class="curves">{"".join(map(draw_curve, section.curves))}</div>' if section.curves else ""
    tables = "".join(map(_confusion, section.confusions))
    return f"{head}{notes}{_table(section.lines)}{curves}{tables}{_failures(section.failures)}</section>"


def _table(lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    rows = "".join(map(_row, lines))
    head = "<tr><th>figure</th><th>this model</th><th>aim</th><th>n</th><th>baselines</th></tr>"
    return f'<div class="wide" tabindex="0"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _row(line: Line) -> str:
    baselines = "".join(f"<li>{escape(each.name)}: {_interval(each.figure)}</li>" for each in line.baselines)
    own = _interval(line.figure) if line.figure else "not measured"
    count = line.figure.count if line.figure else line.baselines[0].figure.count if line.baselines else ""
    return (
        f'<tr><td>{escape(line.what)}</td><td class="own">{own}</td><td>{_aim(line)}</td><td>{count}</td>'
        f"<td><ul>{baselines}</ul></td></tr>"
    )


def _interval(figure: Interval) -> str:
    value, _, ends = str(figure).partition(" ")
    return f'{value} <span class="range">{ends}</span>'


def _aim(line: Line) -> str:
    if line.aim is None:
        return ""
    sign = "≤" if line.at_most else "≥"
    aim = f"{sign}&nbsp;{f'{line.aim:.2f}'.removeprefix('0')}"
    if line.met is None:
        return aim
    return f'{aim} <span class="{"met" if line.met else "missed"}">{"met" if line.met else "not met"}</span>'


def _confusion(table: Confusion) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.told)
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{_cells(counts)}</tr>'
        for name, counts in zip(table.labels, table.counts, strict=True)
    )
    return (
        f"<details><summary>{escape(table.title)}: true (rows) and told (columns)</summary>"
        f'<div class="wide" tabindex="0"><table class="confusion"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _cells(counts: Sequence[int]) -> str:
    """Tinted by the share of the row."""
    total = max(1, sum(counts))
    return "".join(
        f'<td style="background: rgba(var(--cell), {0.45 * count / total:.2f})">{count or ""}</td>' for count in counts
    )


def _failures(failures: Sequence[Failure]) -> str:
    if not failures:
        return ""
    sheet = "".join(f'<div class="failure">{"".join(map(_picture, each.pictures))}</div>' for each in failures)
    return f'<details open><summary>Failures</summary><div class="failures">{sheet}</div></details>'


def _picture(thumbnail: Thumbnail) -> str:
    caption = escape(thumbnail.caption)
    if not thumbnail.jpeg:
        return f'<figure><div class="none"></div><figcaption>{caption}</figcaption></figure>'
    data = base64.b64encode(thumbnail.jpeg).decode()
    return (
        f'<figure><img alt="{caption}" src="data:image/jpeg;base64,{data}" loading="lazy">'
        f"<figcaption>{caption}</figcaption></figure>"
    )
