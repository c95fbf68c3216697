"""`parure curate check`: what is wrong with a plan, with line numbers. Nothing is changed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parure.cli.console import number_of, out, print_json, progress_bar, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parure.curate.plan import PlanFault

__all__ = ["command", "say_faults"]

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", help="Also read the photos there (folder, zip or URL): are they as planned?")
@click.option("--target", type=_FOLDER, help="Also look whether other files lie in the way there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, plan: Path, source: str | None, target: Path | None, *, as_json: bool) -> None:
    """Look PLAN over before it is applied."""
    from parure.curate.apply_origin import named_place, origin_of
    from parure.curate.plan import check_plan
    from parure.curate.plan_disk import check_against_disk

    place = None if source is None else named_place(source)
    if place is not None:
        origin_of(place).ready()
    checked = check_plan(plan)
    faults = list(checked.faults)
    if not faults and (place or target):
        with progress_bar("Checking", unit="files") as update:
            faults += check_against_disk(plan, place, target, progress=lambda done: update(done, checked.entries))
    if as_json:
        counts = {verdict.value: count for verdict, count in checked.counts.items()}
        print_json({"entries": checked.entries, "verdicts": counts, "faults": [asdict(fault) for fault in faults]})
    else:
        listed = ", ".join(f"{count:,} {verdict}" for verdict, count in checked.counts.items())
        out.print(f"{number_of(checked.entries, 'line')} can be read{f': {listed}' if listed else ''}.", markup=False)
        say_faults(faults)
    if faults:
        ctx.exit(1)


def say_faults(faults: Sequence[PlanFault]) -> None:
    for fault in faults:
        say(fault.detail)
    if faults:
        say(f"{number_of(len(faults), 'file needs', 'files need')} a look.")
