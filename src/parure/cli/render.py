"""`parure render`: designs drawn from a numbered list, pictured with exact labels; data sets and the benchmark of them.

Needs the extra "render"; without it every command here ends with one sentence that says how to install it.
"""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parure.cli.console import print_json, progress_bar, say
from parure.errors import RenderError

if TYPE_CHECKING:
    from parure.render.dataset.run import Outcome, Plan
    from parure.render.dataset.shoot import Shot
    from parure.render.spec import DesignSpec

__all__ = ["command"]

_NEW_DIR = click.Path(file_okay=False, path_type=Path)
_OLD_DIR = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_POSITIVE = click.IntRange(min=1)
_SIZE = click.IntRange(16, 4096)
_LIST_PREFIX = "d"
_EVERY_S = 15.0  # seconds between two lines on how far it is


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_jobs_option = click.option(
    "--jobs", type=click.IntRange(min=0), default=_cores, show_default="one for each core",
    help="Processes, of one thread each; 0 renders in this one, for debugging.",
)  # fmt: skip


@click.group()
def command() -> None:
    """Draw jewellery: single designs, data sets, the benchmark."""


@command.command()
@click.argument("what", metavar="SPEC.json|NUMBER")
@click.option("--out", type=_NEW_DIR, help="Folder for the pictures; without it nothing is rendered.")
@click.option("--view", "views", type=click.IntRange(min=0), multiple=True, help="Which picture; repeat (default: 0).")
@click.option("--size", type=_SIZE, default=512, show_default=True, help="Side of a picture in pixels.")
@click.option("--samples", type=_POSITIVE, default=64, show_default=True, help="Light paths for each pixel.")
@click.option("--json", "as_json", is_flag=True, help="Print the spec, and what a picture of it shows, as JSON.")
def design(what: str, out: Path | None, views: tuple[int, ...], *, size: int, samples: int, as_json: bool) -> None:
    """One design: number NUMBER of the endless list, such as 17 or b000017, or the one written in SPEC.json.

    Each view gives a picture on paper, a cut-out, and labels: a palette picture whose values are instance * 16 + class.
    """
    from parure.render.extra import require_geometry, require_renderer
    from parure.render.spec import attributes, write_spec

    if out is None and not as_json:
        raise click.UsageError("Give --out FOLDER for pictures, --json for the spec, or both.")
    (require_renderer if out else require_geometry)()
    spec = _read_design(what)
    if as_json:
        print_json({"spec": json.loads(write_spec(spec)), "attributes": attributes(spec)})
    if out is None:
        return
    from parure.render.dataset.shoot import shoot_one
    from parure.render.tracer import Quality

    out.mkdir(parents=True, exist_ok=True)
    for number in views or (0,):
        for path in _save_views(shoot_one(spec, number, quality=Quality(size, samples)), out / f"{spec.id}-{number}"):
            say(f"Written: {path}")


def _read_design(what: str) -> DesignSpec:
    from parure.render.spec import draw_design, parse_spec

    numbered = re.fullmatch(r"([a-z]*)(\d{1,9})", what)
    if numbered:
        return draw_design(int(numbered[2]), prefix=numbered[1] or _LIST_PREFIX)
    try:
        text = Path(what).read_text(encoding="utf-8")
        raw = json.loads(text)
    except OSError as error:
        raise RenderError(f"{what} is no design: neither a number nor a file that can be read ({error}).") from error
    except ValueError as error:
        raise RenderError(f"{what} is not JSON: {error}.") from error
    inner = raw.get("spec") if isinstance(raw, dict) else None  # as a data set and --json wrap it
    return parse_spec(inner if isinstance(inner, str) else json.dumps(inner) if inner else text)


def _save_views(shot: Shot, stem: Path) -> list[Path]:
    import numpy as np
    from PIL import Image

    from parure.render.dataset.sheet import label_picture
    from parure.render.picture import on_paper

    pictures = {
        "": on_paper(shot.pixels, shot.shadow, np.asarray(shot.view.paper)),
        "-cutout": Image.fromarray(shot.pixels),
        "-labels": label_picture(shot.labels),
    }
    paths = []
    for ending, picture in pictures.items():
        paths.append(stem.with_name(f"{stem.name}{ending}.png"))
        picture.save(paths[-1])
    return paths


@command.command()
@click.argument("out", type=_NEW_DIR)
@click.option("--designs", type=_POSITIVE, required=True, help="How many.")
@click.option("--views", type=_POSITIVE, default=4, show_default=True, help="Pictures of each design.")
@click.option("--prefix", default=_LIST_PREFIX, show_default=True, help="Which list: another prefix, other designs.")
@click.option("--first", type=click.IntRange(min=0), default=0, show_default=True, help="Number of the first design.")
@click.option("--size", type=_SIZE, default=256, show_default=True, help="Side of a picture in pixels.")
@click.option("--samples", type=_POSITIVE, default=16, show_default=True, help="Light paths for each pixel.")
@_jobs_option
def dataset(out: Path, jobs: int, **given: Any) -> None:
    """Render designs with labels into the folder OUT; run it again to go on where it was stopped.

    At the end designs.jsonl and coco.json are written. A design that fails is told and left out.
    """
    from parure.render.dataset.index import write_index
    from parure.render.dataset.run import Plan
    from parure.render.tracer import Quality

    if not re.fullmatch("[a-z]+", given["prefix"]):
        raise click.UsageError("--prefix must be letters from a to z.")
    quality = Quality(given["size"], given["samples"], Plan.quality.depth)
    plan = Plan(
        out, given["designs"], first=given["first"], prefix=given["prefix"], views=given["views"], quality=quality
    )
    _make(plan, jobs)
    with progress_bar("Writing the index", unit="designs") as progress:
        count = write_index(out, progress)
    say(f"{count} designs are listed in {out / 'designs.jsonl'} and {out / 'coco.json'}.")


def _make(plan: Plan, jobs: int) -> None:
    """Render what is missing; raises `RenderError` where not one design could be made."""
    from parure.render.dataset.run import make, missing
    from parure.render.extra import require_renderer

    require_renderer()
    report = _Report(len(missing(plan)), plan.count)
    try:
        made = make(plan, jobs=jobs, told=report.told)
    except KeyboardInterrupt:
        say(f"Stopped: {plan.count - len(missing(plan))} of {plan.count} designs are finished.")
        raise
    if report.failed and report.failed == report.done:
        raise RenderError("None of the designs could be rendered; the reasons are above.")
    say(f"{made} pictures made. {report.line()}")


class _Report:
    """Lines on how far a run is: now and then, not for every design."""

    def __init__(self, missing: int, total: int) -> None:
        self.missing, self.total = missing, total
        self.done = self.failed = self.pictures = 0
        self.begun = self.last = time.monotonic()

    def told(self, outcome: Outcome) -> None:
        self.done += 1
        self.pictures += outcome.pictures
        if outcome.error:
            self.failed += 1
            say(f"{outcome.design} failed: {outcome.error}", style="yellow")
        if time.monotonic() - self.last > _EVERY_S:
            self.last = time.monotonic()
            say(self.line())

    def line(self) -> str:
        spent = max(time.monotonic() - self.begun, 1e-3)
        left = (self.missing - self.done) * spent / max(self.done, 1)
        finished = self.total - self.missing + self.done - self.failed
        pace = f", {self.pictures / spent:.2f} pictures/s" if self.pictures else ""
        ahead = f", {_duration(left)} left" if 0 < self.done < self.missing else ""
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{finished} of {self.total} designs{failed}{pace}{ahead}"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"


@command.command()
@click.argument("folder", type=_OLD_DIR)
@click.option("--out", type=_NEW_FILE, required=True, help="The picture to write, such as sheet.png.")
@click.option("--per-family", is_flag=True, help="A section for each family.")
@click.option("--count", type=_POSITIVE, help="Pictures in all (default 60), or in each section (default 6).")
@click.option("--labels", is_flag=True, help="Paint the parts over the pictures.")
@click.option("--side", type=_SIZE, default=144, show_default=True, help="Side of a small picture in pixels.")
def sheet(folder: Path, out: Path, count: int | None, side: int, *, per_family: bool, labels: bool) -> None:
    """A contact sheet of the data set in FOLDER."""
    from parure.render.dataset.sheet import contact_sheet, dataset_sections

    wanted = count or (6 if per_family else 60)
    sections = dataset_sections(folder, count=wanted, per_family=per_family, labels=labels)
    contact_sheet(sections, columns=min(wanted, 10), side=side).save(out)
    say(f"Written: {out}")


@command.command()
@click.option("--out", type=_NEW_FILE, required=True, help="The picture to write, such as preview.png.")
@click.option("--family", "families", multiple=True, metavar="NAME", help="A family, such as SolitaireRing; repeat.")
@click.option("--all", "every", is_flag=True, help="All families.")
@click.option("--count", type=_POSITIVE, default=6, show_default=True, help="Draws of each.")
@click.option("--size", type=_SIZE, default=128, show_default=True, help="Side of a picture in pixels.")
@click.option("--photographs", is_flag=True, help="Lay the pieces into photographs.")
def preview(out: Path, families: tuple[str, ...], count: int, size: int, *, every: bool, photographs: bool) -> None:
    """A sheet of quick draws of families, to see what they give."""
    from parure.render.dataset.preview import preview as draw
    from parure.render.dataset.sheet import contact_sheet
    from parure.render.extra import require_renderer
    from parure.render.families.table import FAMILIES
    from parure.render.tracer import Quality

    require_renderer()
    chosen = sorted(FAMILIES) if every else families
    if not chosen:
        raise click.UsageError("Give --family NAME, or --all.")
    with progress_bar("Drawing", unit="families") as progress:
        sections = []
        for done, family in enumerate(chosen, 1):
            sections.append(draw(family, count=count, quality=Quality(size, 9, 10), photographs=photographs))
            progress(done, len(chosen))
    contact_sheet(sections, columns=min(count, 10), side=size).save(out)
    say(f"Written: {out}")


@command.command()
@click.argument("out", type=_NEW_DIR)
@click.option(
    "--designs", type=click.IntRange(1, 1000), default=1000, show_default=True, help="Fewer for a quick look."
)
@click.option("--check", is_flag=True, help="Render nothing: compare the folder with what the benchmark must be.")
@click.option(
    "--renew", is_flag=True, help="Set the standard anew from the folder, for a release that changes designs."
)
@_jobs_option
def benchmark(out: Path, designs: int, jobs: int, *, check: bool, renew: bool) -> None:
    """Make the Parure benchmark set in the folder OUT, or --check that a folder holds it.

    Measure on it with `parure evaluate retrieval OUT`.
    """
    from parure.render.dataset.benchmark import benchmark_plan, renew_standard, write_photos

    if not check:
        _make(benchmark_plan(out, designs), jobs)
        with progress_bar("Photographs", unit="designs") as progress:
            write_photos(out, lambda done: progress(done, designs))
    if renew:
        say(f"Written: {renew_standard(out)}")
    _check(out, designs)


def _check(out: Path, designs: int) -> None:
    from parure.render.dataset.benchmark import differences, read_standard

    faults = differences(out, read_standard(), count=designs)
    for fault in faults:
        say(fault, style="yellow")
    if faults:
        raise RenderError(f"{out} does not hold the benchmark.")
    say(f"{out} holds the benchmark{f', its first {designs} designs' if designs < 1000 else ''}.")
