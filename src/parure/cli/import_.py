"""`parure import`: photos and a sheet into the catalogue, with a preview of what columns mean and a report."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from parure.cli.console import out, print_json, print_table, progress_bar, say

if TYPE_CHECKING:
    from parure.intake import ColumnMapping, ImportPlan, Rejection, Sheet
    from parure.web.catalogue.importer import ImportSummary

__all__ = ["command"]

_SHOWN = 5  # rejections printed per reason; the report file has all of them
_EXISTING = click.Path(exists=True, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class _Options:
    paths: tuple[Path, ...]
    sheet: Path | None
    tab: str | None
    mapping: Path | None
    save_mapping: Path | None
    group_by: Literal["stem", "folder"]
    report: Path | None
    dry_run: bool
    yes: bool
    analyse: bool
    as_json: bool


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=_EXISTING)
@click.option("--sheet", type=_FILE, help="CSV, TSV, XLSX or JSON Lines: one row per product, or per photo.")
@click.option("--tab", help="Tab of an XLSX sheet (default: the first).")
@click.option("--mapping", type=_FILE, help="What each column means (TOML); without it the columns are guessed.")
@click.option("--save-mapping", type=_NEW, help="Write the mapping in force to a file, to edit and use again.")
@click.option(
    "--group-by",
    type=click.Choice(["stem", "folder"]),
    default="stem",
    show_default=True,
    help="Without a sheet: one product per file-name stem, or per folder.",
)
@click.option("--report", type=_NEW, help="Write every outcome as JSON Lines.")
@click.option("--dry-run", is_flag=True, help="Show what would be imported and stop.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before using a guessed mapping.")
@click.option(
    "--analyse/--no-analyse", default=True, help="Analyse new photos at once (default), or leave it to a worker."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(**given: Any) -> None:
    """Bring photos (a folder, a zip, single files) and a sheet into the catalogue.

    Running it again changes nothing; changed rows update. Nothing is deleted.
    """
    options = _Options(**given)
    plan = _plan(options)
    if not plan.products and not plan.rejected:
        raise click.ClickException(f"No photo found in {', '.join(map(str, options.paths))}.")
    if options.dry_run:
        _print_plan(plan, options)
        return
    summary = _run(plan, options)
    if options.report:
        _write_report(options.report, summary)
    _print_json_summary(summary) if options.as_json else _print_summary(summary, options)


def _plan(options: _Options) -> ImportPlan:
    from parure import taxonomy
    from parure.intake import discover, plan_import, read_sheet

    found = discover(options.paths)
    words = taxonomy.load()
    sheet = read_sheet(options.sheet, tab=options.tab) if options.sheet else None
    mapping = _mapping(sheet, options) if sheet else None
    if sheet is None and found.sheets:
        say(
            f"Found a sheet, not used: {found.sheets[0]}. Add --sheet {found.sheets[0].name} to use it.", style="yellow"
        )
    return plan_import(found, sheet, mapping, group_by=options.group_by, taxonomy=words)


def _mapping(sheet: Sheet, options: _Options) -> ColumnMapping:
    """The given mapping, or the guess after it was shown (and, on a terminal, agreed to)."""
    from parure import taxonomy
    from parure.intake import dump_mapping, guess_mapping, load_mapping

    if options.mapping:
        mapping = load_mapping(options.mapping, sheet, taxonomy.load())
    else:
        mapping = guess_mapping(sheet, taxonomy.load())
        _show_mapping(sheet, mapping)
        asks = sys.stdin.isatty() and not (options.yes or options.dry_run or options.as_json)
        if asks and not click.confirm("Use these columns?", default=True, err=True):
            raise click.ClickException(
                "Nothing imported. Save the guess with --save-mapping, edit it, pass it by --mapping."
            )
    if options.save_mapping:
        options.save_mapping.write_text(dump_mapping(mapping), encoding="utf-8")
        say(f"Mapping written to {options.save_mapping}.")
    return mapping


def _show_mapping(sheet: Sheet, mapping: ColumnMapping) -> None:
    say(f"Columns of {sheet.name} ({len(sheet.rows)} rows), guessed from their names and values:")
    used = [target for target in mapping.targets if target.target != "ignore"]
    for target in used:
        say(f"  {target.column}  →  {target.target.replace('attribute:', '')}   ({target.why})")
    ignored = [target.column for target in mapping.targets if target.target == "ignore"]
    if ignored:
        say(f"  not used: {', '.join(ignored)}", style="dim")


def _run(plan: ImportPlan, options: _Options) -> ImportSummary:
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.importer import run_import
    from parure.web.catalogue.runtime import runtime
    from parure.web.worker.turn import finish_work, try_turn

    with try_turn() as mine:
        encoder = runtime().encoder() if mine and options.analyse else None
        with progress_bar("Importing") as progress:
            summary = run_import(plan, actor="parure import", encoder=encoder, progress=progress)
        if options.analyse:
            with progress_bar("Indexing") as progress:
                finish_work(mine, progress)
    return summary


def _print_summary(summary: ImportSummary, options: _Options) -> None:
    counts = summary.counts
    photos = sum(row.photos_added for row in summary.rows)
    out.print(
        f"[bold]{counts['added']}[/] added, [bold]{counts['updated']}[/] updated, "
        f"[bold]{counts['unchanged']}[/] unchanged, [bold]{len(summary.rejected)}[/] rejected; {photos} new photos."
    )
    for note in summary.notes:
        say(note, style="dim")
    _print_rejections(summary.rejected)
    if len(summary.rejected) > _SHOWN and not options.report:
        say("Add --report FILE.jsonl for the complete list.")


def _print_rejections(rejected: Sequence[Rejection]) -> None:
    by_reason: dict[str, list[Rejection]] = defaultdict(list)
    for rejection in rejected:
        by_reason[rejection.reason].append(rejection)
    for reason, group in sorted(by_reason.items(), key=lambda pair: -len(pair[1])):
        say(f"{reason} ({len(group)})", style="bold")
        for rejection in group[:_SHOWN]:
            say(f"  {rejection.detail}")
        if len(group) > _SHOWN:
            say(f"  … and {len(group) - _SHOWN} more", style="dim")


def _print_plan(plan: ImportPlan, options: _Options) -> None:
    photos = sum(len(draft.photos) for draft in plan.products)
    if options.as_json:
        print_json({"products": len(plan.products), "photos": photos, "rejected": [*_rejection_rows(plan.rejected)]})
        return
    rows = [
        (d.style_code, d.title or "", len(d.photos), ", ".join(a.value for a in d.attributes)) for d in plan.products
    ]
    print_table("", ["style code", "title", "photos", "attributes"], rows[:20], right=["photos"])
    out.print(f"[bold]{len(plan.products)}[/] products with {photos} photos would be imported (nothing was changed).")
    for note in plan.notes:
        say(note, style="dim")
    _print_rejections(plan.rejected)


def _rejection_rows(rejected: Iterable[Rejection]) -> Iterable[dict[str, object]]:
    for r in rejected:
        yield {
            "outcome": "rejected",
            "item": r.item,
            "kind": r.kind,
            "reason": r.reason,
            "detail": r.detail,
            "row": r.row,
        }


def _print_json_summary(summary: ImportSummary) -> None:
    print_json(
        {
            **{outcome: summary.counts[outcome] for outcome in ("added", "updated", "unchanged")},
            "rejected": [*_rejection_rows(summary.rejected)],
            "photos_added": sum(row.photos_added for row in summary.rows),
            "photos_known": sum(row.photos_known for row in summary.rows),
            "notes": summary.notes,
        }
    )


def _write_report(path: Path, summary: ImportSummary) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in summary.rows:
            file.write(
                json.dumps(
                    {
                        "outcome": row.outcome,
                        "style_code": row.style_code,
                        "row": row.row,
                        "photos_added": row.photos_added,
                        "photos_known": row.photos_known,
                    },
                    ensure_ascii=False,
                )
                + "\n"
            )
        for rejected in _rejection_rows(summary.rejected):
            file.write(json.dumps(rejected, ensure_ascii=False) + "\n")
    say(f"Report written to {path}.")
