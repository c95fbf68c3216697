"""`parure curate report`: one page that shows a plan. The archive is only read, and for the pictures shown alone."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parure.cli.console import number_of, out, print_json, progress_bar, say

if TYPE_CHECKING:
    from parure.curate.report_digest import Digest
    from parure.curate.report_match import Match
    from parure.web.archive.models import Archive

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STDIN = Path("-")


@dataclass(frozen=True)
class _Options:
    source: str
    plan: Path
    sheet: Path | None
    conflicts: Path | None
    samples: int
    file: Path
    force: bool
    as_json: bool


@click.command()
@click.argument("source")
@click.option(
    "--plan", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path), required=True,
    help="What `parure curate plan` wrote, or somebody edited; - reads standard input.",
)  # fmt: skip
@click.option("--sheet", type=_FILE, help="The sheet of the plan: styles without photos are shown, too.")
@click.option("--conflicts", type=_FILE, help="What `parure curate sheets --report` wrote.")
@click.option("--samples", type=click.IntRange(0, 200), default=24, show_default=True, help="Photos shown per reason.")
@click.option(
    "--out", "file", type=click.Path(dir_okay=False, path_type=Path), default=Path("report.html"), show_default=True,
    help="Where the page goes.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a page that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(**given: Any) -> None:
    """Show a plan for SOURCE as one HTML page: funnel, reasons with contact sheets, groups, conflicts, gaps."""
    options = _Options(**given)
    if options.file.exists() and not options.force:
        raise click.ClickException(f"{options.file} is there already. Name another file, or replace it with --force.")
    _report(options)


def _report(options: _Options) -> None:
    from parure.curate.judging_styles import read_style_book
    from parure.curate.report_conflicts import read_conflicts
    from parure.curate.report_coverage import Coverage
    from parure.curate.report_digest import Limits, digest
    from parure.curate.report_match import Match, matched
    from parure.web.setup import prepare

    conflicts = read_conflicts(options.conflicts) if options.conflicts else None
    book = read_style_book(options.sheet) if options.sheet else None
    coverage = Coverage({style.code: book.categories.get(style.code, "") for style in book.styles} if book else {})
    prepare()
    from parure.curate.plan import read_plan
    from parure.web.archive.archives import find_archive
    from parure.web.archive.facts import contents

    archive, match = find_archive(options.source), Match()
    with _plan_file(options.plan) as plan:
        entries = (entry for _, entry in read_plan(plan))
        told = digest(matched(entries, contents(archive), match), coverage, Limits(samples=options.samples))
    from parure.curate.report_page import Page, render
    from parure.web.archive.facts import facts_of

    pictures, notes = _pictures(options, archive, told)
    name = "a plan" if options.plan == _STDIN else options.plan.name
    facts = facts_of(archive, told.shown())
    _write(
        options.file, render(Page(archive.location, name, told, pictures, facts, conflicts, (*match.notes(), *notes)))
    )
    _tell(options, told, match, len(pictures))


@contextmanager
def _plan_file(plan: Path) -> Iterator[Path]:
    """Standard input as a file, since a fault in it is told by its line."""
    if plan != _STDIN:
        yield plan
        return
    with tempfile.TemporaryDirectory(prefix="parure-") as folder:
        spooled = Path(folder) / "standard input"
        with spooled.open("wb") as file:
            file.writelines(sys.stdin.buffer)
        yield spooled


def _pictures(options: _Options, archive: Archive, told: Digest) -> tuple[dict[str, str], tuple[str, ...]]:
    from parure.curate.report_pictures import thumbnails
    from parure.curate.sources import open_source
    from parure.errors import ParureError
    from parure.web.archive.groups import picture_reader
    from parure.web.catalogue.photos import limits

    wanted = sorted(told.shown()) if options.samples else []
    if not wanted:
        return {}, ()
    try:
        reader = picture_reader(archive, open_source(options.source), limits())
    except ParureError as error:
        return {}, (f"The archive cannot be read now, so there are no pictures. {error}",)
    with progress_bar("Shrinking", unit="photos") as update:
        return thumbnails(wanted, reader, progress=lambda done: update(done, len(wanted))), ()


def _write(file: Path, page: str) -> None:
    from parure.curate.plan import write_whole

    write_whole(file, lambda stream: stream.write(page.encode("utf-8", "backslashreplace")))


def _tell(options: _Options, told: Digest, match: Match, pictures: int) -> None:
    if options.as_json:
        stages = [{"stage": each.label, "files": each.files, "lost": each.lost} for each in told.stages]
        print_json(
            {
                "page": str(options.file),
                "files": told.counts.files,
                "stages": stages,
                "reasons": told.counts.by_reason(),
                "groups": told.groups_by_tier,
                "styles": len(told.coverage.photos),
                "styles_without_photos": told.coverage.without,
                "pictures": pictures,
                "notes": match.notes(),
            }
        )
        return
    for note in match.notes():
        say(note)
    out.print(f"{number_of(told.counts.files, 'file')} on one page: {options.file}", markup=False, soft_wrap=True)
