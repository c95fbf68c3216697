"""`parure curate sheets`: several sheets into one, by a map. Nothing but the output and the report is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parure.cli.console import number_of, out, print_json, print_table, progress_bar, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parure.curate.sheets_init import DraftedMap
    from parure.curate.sheets_values import MergeSummary

__all__ = ["command"]

_NEW = click.Path(dir_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 5  # of each kind of conflict, fault, orphan


@dataclass(frozen=True)
class _Options:
    map_file: Path
    sheets: tuple[str, ...]
    init: bool
    out: Path
    report: Path | None
    photos: Path | None
    rules: Path | None
    without_broken: bool
    dry_run: bool
    force: bool
    as_json: bool


@click.command()
@click.argument("map_file", metavar="MAP.yaml", type=_NEW)
@click.argument("sheets", nargs=-1)
@click.option("--init", is_flag=True, help="Write a commented MAP.yaml for SHEETS: files, or sqlite:///shop.db#table.")
@click.option(
    "--out", type=_NEW, default=Path("merged.csv"), show_default=True, help="A .csv, .tsv, .xlsx or .parquet."
)
@click.option("--report", type=_NEW, help="Write every conflict, fault and orphan as JSON Lines.")
@click.option(
    "--photos",
    type=click.Path(exists=True, path_type=Path),
    help="Folder, zip, or .txt of names: also list styles without photos and photos without styles.",
)
@click.option("--rules", type=_FILE, help="How file names are read (`parure curate rules`).")
@click.option("--without-broken", is_flag=True, help="Go on without sources that cannot be read.")
@click.option("--dry-run", is_flag=True, help="Show what would come of it; write no sheet.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(**given: Any) -> None:
    """Merge the sheets that MAP.yaml names into one record per style, and say who won where they disagree."""
    options = _Options(**given)
    if options.init:
        _init(options)
    elif options.sheets:
        raise click.UsageError("Sheets are named in MAP.yaml. To draft it from them, add --init.")
    else:
        _merge(options)


def _merge(options: _Options) -> None:
    from parure import taxonomy
    from parure.cli.curate.rules import names_of
    from parure.curate import read_rules
    from parure.curate.sheets import MergeOrder, merge_sheets
    from parure.curate.sheets_map import read_map

    out_file = None if options.dry_run else options.out
    for file in (out_file, options.report):
        if file is not None and file.exists() and not options.force:
            raise click.ClickException(f"{file} is there already. Name another file, or replace it with --force.")
    words = taxonomy.load()
    order = MergeOrder(
        read_map(options.map_file, words),
        out=out_file,
        report=options.report,
        photos=names_of(options.photos) if options.photos else None,
        rules=read_rules(options.rules) if options.rules else None,
        without_broken=options.without_broken,
    )
    with progress_bar("Reading", unit="rows") as update:
        summary = merge_sheets(order, words, progress=update)
    if options.as_json:
        print_json(asdict(summary) | {"out": str(out_file) if out_file else None})
        return
    _print(summary)
    if options.report is None and (summary.conflicts or summary.faults or summary.orphans):
        say("Add --report FILE.jsonl for the complete list.")
    done = f"written to {out_file}" if out_file else "would be written (nothing was)"
    styles, columns = number_of(summary.styles, "style"), number_of(len(summary.columns), "column")
    out.print(f"{styles} with {columns} {done}.", markup=False)


def _init(options: _Options) -> None:
    from parure import taxonomy
    from parure.curate.sheets_init import draft_map

    map_file = options.map_file
    if not options.sheets:
        raise click.UsageError("Name the sheets the map is for: parure curate sheets --init MAP.yaml SHEETS...")
    drafted = draft_map(options.sheets, map_file, taxonomy.load())
    try:
        with map_file.open("w" if options.force else "x", encoding="utf-8") as stream:
            stream.write(drafted.text)
    except FileExistsError:
        told = f"{map_file} is there already. Name another file, or replace it with --force."
        raise click.ClickException(told) from None
    except OSError as error:
        raise click.ClickException(f"{map_file} cannot be written ({error.strerror}).") from error
    _say_drafted(drafted, map_file, as_json=options.as_json)


def _say_drafted(drafted: DraftedMap, map_file: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({"map": str(map_file), "sources": [asdict(each) for each in drafted.sources]})
        return
    for each in drafted.sources:
        key = "" if each.has_key else " No column looks like a style code: map one before you go on."
        used = each.columns - each.ignored
        have = "has" if used == 1 else "have"
        say(f"{each.place}: {used} of {number_of(each.columns, 'column')} {have} a meaning.{key}")
    say(f"Written to {map_file}. Check the guesses, then: parure curate sheets {map_file} --dry-run")


def _print(summary: MergeSummary) -> None:
    rows = [
        (each.name, each.place, f"{each.rows:,}", f"{each.styles:,}", f"{each.only_here:,}", len(each.unused_columns))
        for each in summary.sources
    ]
    columns = ["source", "sheet", "rows", "styles", "known here only", "columns not used"]
    print_table("Sources", columns, rows, right=columns[2:])
    if summary.conflicts:
        counted = [
            (field, *(kinds.get(kind, 0) or None for kind in ("contradiction", "wider", "incomplete", "spelling")))
            for field, kinds in sorted(summary.conflicts.items(), key=lambda item: -sum(item[1].values()))
        ]
        kinds = ["contradiction", "wider", "incomplete", "spelling"]
        print_table("\nStyles on which sources differ", ["field", *kinds], counted, right=kinds)
        shown = [
            (each.style_code, each.field, each.won.value, each.won.source,
             "; ".join(f"{lost.value} ({lost.source}, row {lost.row})" for lost in each.lost), each.why)
            for each in summary.sample_conflicts[:_SHOWN]
        ]  # fmt: skip
        print_table("\nSuch as", ["style", "field", "kept", "from", "instead of", "why"], shown)
    faults = [(each.reason, each.detail) for each in summary.sample_faults]
    orphans = [(each.kind, f"{each.item}: {each.detail}") for each in summary.sample_orphans]
    _say_group(("needs a look", "need a look"), summary.faults, faults)
    _say_group(("orphan", "orphans"), summary.orphans, orphans)


def _say_group(title: tuple[str, str], counts: Mapping[str, int], samples: Sequence[tuple[str, str]]) -> None:
    for reason, count in counts.items():
        say(f"{reason} ({number_of(count, *title)})", style="bold")
        for own, detail in samples:
            if own == reason:
                say(f"  {detail}")
