"""`parure curate undo`: the state before the last apply, also after a crash of apply or of undo."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import click

from parure.cli.console import number_of, out, print_json, progress_bar
from parure.cli.curate.check import say_faults

__all__ = ["command"]


@click.command()
@click.argument("target", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--source", help="Where the source is now, if it was moved, or has a password in its URL.")
@click.option("--all", "every", is_flag=True, help="Take every apply back, the last one first.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, target: Path, source: str | None, *, every: bool, as_json: bool) -> None:
    """Take the last apply into TARGET back. Files that were changed since are left and told."""
    from parure.curate.apply_origin import named_place
    from parure.curate.undo import undo_apply

    place = None if source is None else named_place(source)
    with progress_bar("Undoing", unit="files") as update:
        report = undo_apply(target, source=place, progress=update)
        while every and report.earlier and not report.faults:
            before, report = report, undo_apply(target, source=place, progress=update)
            report = replace(report, restored=before.restored + report.restored, left=before.left + report.left)
    if as_json:
        print_json(asdict(report))
    else:
        out.print(f"{number_of(report.restored, 'file is as it was', 'files are as they were')} before.", markup=False)
        say_faults([*report.left, *report.faults])
        if report.faults:
            out.print("Mend that and undo again: it goes on from here.", markup=False)
        elif report.earlier:
            out.print(
                f"{number_of(report.earlier, 'earlier apply', 'earlier applies')} can be undone: run undo again.",
                markup=False,
            )
    if report.left or report.faults:
        ctx.exit(1)
