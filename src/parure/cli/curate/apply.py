"""`parure curate apply`: says what it will do, asks, and does it. Stopped at any point, the same command goes on."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parure.cli.console import number_of, out, print_json, progress_bar
from parure.cli.curate.check import say_faults

if TYPE_CHECKING:
    from parure.curate.apply_order import ApplyReport, Mode, Order
    from parure.curate.plan import PlanCheck

__all__ = ["command"]

_DOES = {"copy": "copied", "move": "moved", "link": "hard-linked"}


@click.command()
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="The folder that was scanned, or the zip or URL, to be copied out of.")
@click.option("--target", type=click.Path(path_type=Path), required=True, help="Where the photos go.")
@click.option("--move", "mode", flag_value="move", help="Take each original away once its copy is safe.")
@click.option("--link", "mode", flag_value="link", help="Hard-link instead of copying; one disk only.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; needs --yes.")
@click.pass_context
def command(
    ctx: click.Context, plan: Path, source: str, target: Path, mode: str | None, *, yes: bool, as_json: bool
) -> None:
    """Copy the photos by PLAN, verified and journaled; `parure curate undo` takes it back. Nothing is deleted."""
    from parure.curate.apply import apply_plan
    from parure.curate.apply_order import Mode, Order
    from parure.curate.apply_origin import named_place
    from parure.curate.plan import check_plan

    order = Order(plan, named_place(source), target, Mode(mode or "copy"))
    check = check_plan(plan)
    check.raise_if_wrong(plan)
    if not yes:
        _ask(order, source, check, as_json=as_json)
    with progress_bar("Applying", unit="files") as update:
        report = apply_plan(order, progress=update)
    if as_json:
        print_json(asdict(report))
    else:
        _print(report, order.mode, target)
    if report.faults:
        ctx.exit(1)


def _ask(order: Order, source: str, check: PlanCheck, *, as_json: bool) -> None:
    from parure.curate.plan import QUARANTINE, destination, read_plan

    places = [place for _, entry in read_plan(order.plan) if (place := destination(entry)) is not None]
    aside = sum(place.startswith(f"{QUARANTINE}/") for place in places)
    does = _DOES[order.mode]
    plan = (
        f"{number_of(len(places) - aside, 'file')} will be {does} from {source} to {order.target},"
        f" {aside:,} to {order.target / QUARANTINE}; {_stay(check.entries - len(places))}."
    )
    if as_json or not sys.stdin.isatty():
        raise click.ClickException(f"{plan} Add --yes to go ahead.")
    out.print(plan, markup=False)
    click.confirm("Go ahead?", abort=True)


def _stay(count: int) -> str:
    return number_of(count, "stays where it is", "stay where they are")


def _print(report: ApplyReport, mode: Mode, target: Path) -> None:
    begun = " (went on with what was begun)" if report.resumed else ""
    out.print(
        f"{number_of(report.placed, 'file')} {_DOES[mode]}, {report.bytes / 1e6:,.1f} MB, each verified{begun}."
        f" {number_of(report.already, 'was', 'were')} in place already, {_stay(report.stayed)}.",
        markup=False,
    )
    say_faults(report.faults)
    out.print(f"Take it back with: parure curate undo {target}", markup=False, soft_wrap=True)
