"""`parure curate plan`: verdict, reason and place for every file of a scanned archive. Only the plan is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from parure.cli.console import number_of, out, print_json, print_table, progress_bar, say

if TYPE_CHECKING:
    from parure.curate.judging import Judged
    from parure.curate.judging_styles import StyleBook
    from parure.curate.planning import Held
    from parure.curate.planning_counts import PlanCounts
    from parure.web.archive.models import Archive

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STDOUT = Path("-")
_WORDS = {"keep": "kept", "duplicate": "duplicates", "reject": "rejected", "review": "for review"}


@dataclass(frozen=True)
class _Options:
    source: str
    rules: Path | None
    sheet: Path | None
    template: str | None
    names_of: Path | None
    file: Path
    force: bool
    as_json: bool


@click.command()
@click.argument("source")
@click.option("--rules", type=_FILE, help="How names are read and quality is judged (`parure curate rules`).")
@click.option("--sheet", type=_FILE, help="The styles there are: what `parure curate sheets` wrote, or any sheet.")
@click.option("--template", help="Names of what is kept (default: {category}/{style_code}_{metal}_{view}_{n}.jpg).")
@click.option("--names-of", type=_FILE, help="An earlier plan whose names stay; new photos are numbered behind them.")
@click.option(
    "--out", "file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), default=Path("plan.jsonl"),
    show_default=True, help="Where the plan goes; - writes it to standard output.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a plan that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(**given: Any) -> None:
    """Judge every file of SOURCE, as it was scanned, and write a line for each: what shall become of it, and why.

    Nothing else is written. Read the plan, filter it, edit it; then `parure curate apply`.
    """
    options = _Options(**given)
    if options.file != _STDOUT and options.file.exists() and not options.force:
        raise click.ClickException(f"{options.file} is there already. Name another file, or replace it with --force.")
    if options.file == _STDOUT and options.as_json:
        raise click.UsageError("The plan and the counts cannot both go to standard output. Leave out one of them.")
    _plan(options)


def _plan(options: _Options) -> None:
    from parure.curate.judging_styles import StyleBook, read_style_book
    from parure.curate.planning import Scheme, held_targets, plan_entries
    from parure.curate.planning_counts import PlanCounts, counted
    from parure.curate.template import DEFAULT_TEMPLATE, parse_template

    template = parse_template(options.template or DEFAULT_TEMPLATE)
    book = read_style_book(options.sheet) if options.sheet else StyleBook()
    held: Held = held_targets(_entries(options.names_of)) if options.names_of else {}
    archive, judged = _judged(options, book)
    counts = PlanCounts()
    entries = counted(plan_entries(judged, Scheme(template, book.categories, held)), counts)
    _write(options.file, entries)
    if options.as_json:
        print_json(_as_json(options, archive, counts, book))
    else:
        _print(options, counts, book)


def _entries(plan: Path) -> Iterator[Any]:
    from parure.curate.plan import read_plan

    return (entry for _, entry in read_plan(plan))


def _judged(options: _Options, book: StyleBook) -> tuple[Archive, list[Judged]]:
    from parure.curate import StyleIndex, default_rules, read_rules
    from parure.web.setup import prepare

    rules = read_rules(options.rules) if options.rules else default_rules()
    prepare()
    from parure.curate.judging import judge_archive
    from parure.curate.judging_decisions import KINDS, Decided
    from parure.curate.judging_evidence import SeenPhotos, gather
    from parure.curate.sources import open_source
    from parure.web.archive.archives import find_archive
    from parure.web.archive.decisions import decisions
    from parure.web.archive.facts import facts
    from parure.web.archive.groups import duplicates_of
    from parure.web.archive.sights import sights
    from parure.web.catalogue.photos import limits

    archive = find_archive(options.source)
    decided = Decided(each for kind in KINDS for each in decisions(kind))
    seen = SeenPhotos(sights(archive), book.types, decided.assigned)
    with progress_bar("Looking for duplicates", unit="files") as update:
        found = duplicates_of(archive, lambda: open_source(options.source), limits(), progress=update)
    with _steps() as step:
        index = StyleIndex(book.styles, rules.normalise)
        evidence = gather(facts(archive), rules, index, seen=seen, progress=step)
    return archive, judge_archive(evidence, found, decided)


@contextmanager
def _steps() -> Iterator[Callable[[str, int, int], None]]:
    with progress_bar("Judging", unit="files") as update:

        def tell(step: str, done: int, total: int) -> None:
            update(done, total or done)

        yield tell


def _write(file: Path, entries: Iterator[Any]) -> None:
    from parure.curate.plan import write_lines, write_plan

    if file == _STDOUT:
        with click.open_file("-", "wb") as stdout:
            write_lines(cast(BinaryIO, stdout), entries)
    else:
        write_plan(file, entries)


def _print(options: _Options, counts: PlanCounts, book: StyleBook) -> None:
    from parure.curate import Verdict

    rows = [
        (_WORDS[verdict] if first else "", reason, f"{files:,}")
        for verdict, reasons in counts.by_reason().items()
        for first, (reason, files) in ((at == 0, each) for at, each in enumerate(reasons.items()))
    ]
    if options.file != _STDOUT:
        print_table("", ["verdict", "first reason", "files"], rows, right=["files"])
    told = ", ".join(
        f"{counts.verdicts[verdict]:,} {_WORDS[verdict]}" for verdict in Verdict if counts.verdicts[verdict]
    )
    _tell(options, f"{number_of(counts.files, 'file')}: {told}.")
    if book.styles:
        without = sum(style.code not in counts.styles for style in book.styles)
        have = number_of(len(counts.styles), "style has", "styles have")
        none = number_of(without, "of the sheet has", "of the sheet have")
        _tell(options, f"{have} photos, {none} none.")
    else:
        _tell(options, "No sheet was given, so no name could be assigned. Add --sheet with the styles there are.")
    if options.file != _STDOUT:
        _tell(
            options,
            f"Written to {options.file}. Look at it: parure curate report {options.source} --plan {options.file}",
        )


def _tell(options: _Options, text: str) -> None:
    """Where the plan goes to standard output, words go beside it."""
    if options.file == _STDOUT:
        say(text)
    else:
        out.print(text, markup=False, soft_wrap=True)


def _as_json(options: _Options, archive: Archive, counts: PlanCounts, book: StyleBook) -> dict[str, Any]:
    return {
        "source": archive.location,
        "plan": str(options.file),
        "files": counts.files,
        "verdicts": {verdict.value: count for verdict, count in counts.verdicts.items()},
        "reasons": counts.by_reason(),
        "styles": len(counts.styles),
        "styles_without_photos": sum(style.code not in counts.styles for style in book.styles),
    }
