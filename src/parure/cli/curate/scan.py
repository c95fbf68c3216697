"""`parure curate scan`: read an archive once; all later steps work on what is then known. Stopped, it goes on."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from parure.cli.console import number_of, out, print_json, progress_bar, say

if TYPE_CHECKING:
    from parure.curate.scan import ScanReport
    from parure.web.archive.archives import Refused

__all__ = ["command", "printable", "spoken", "steady_progress"]

_SHOWN = 5  # bad files named per reason; --json names all
_EVERY_S = 15.0  # between lines of progress where there is no terminal to draw a bar on


@click.command()
@click.argument("source")
@click.option("--jobs", type=click.IntRange(1), help="Reading processes (default: one per core).")
@click.option("--fresh", is_flag=True, help="Read every file again, also those that have not changed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every file that is no usable picture.")
def command(source: str, jobs: int | None, *, fresh: bool, as_json: bool) -> None:
    """Read every file of SOURCE (a folder, a zip, or a URL such as s3://bucket/photos): hash, fingerprints, quality.

    Nothing in SOURCE is changed. Stopped at any point, the same command goes on; later it reads what is new.
    """
    from parure import settings
    from parure.curate.scan_looks import usual_looks
    from parure.curate.sources import open_source
    from parure.web.setup import prepare

    place = open_source(source)
    prepare()
    from parure.web.archive.archives import ScanOrder, find_archive, photo_count, refusals, scan_archive
    from parure.web.catalogue.photos import limits

    order = ScanOrder(jobs or settings.get().cores, fresh)
    with steady_progress("Scanning", "files") as update:
        report = scan_archive(place, usual_looks(limits()), order, progress=update)
    archive = find_archive(source)
    refused = list(refusals(archive))
    if as_json:
        print_json(_as_json(archive.location, report, photo_count(archive), refused))
    else:
        _print(report, photo_count(archive), refused)


@contextmanager
def steady_progress(label: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; elsewhere, as in a log of a night's work, a line now and then."""
    began = told = time.monotonic()
    with progress_bar(label, unit=unit) as draw:

        def update(done: int, total: int) -> None:
            nonlocal told
            draw(done, total)
            now = time.monotonic()
            if not sys.stderr.isatty() and now - told > _EVERY_S:
                told = now
                say(spoken(done, total, now - began, unit))

        yield update


def spoken(done: int, total: int, seconds: float, unit: str = "files") -> str:
    """How far it is, how fast, and how long it will take, in one line."""
    if not done:
        return f"{total:,} {unit} found so far."
    rate = done / max(seconds, 1e-9)
    minutes, rest = divmod(round((total - done) / rate), 60)
    left = f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
    return f"{done:,} of {total:,} {unit}, {rate:,.0f} per second, {left} left."


def _print(report: ScanReport, photos: int, refused: Sequence[Refused]) -> None:
    rate = f", {report.read / report.seconds:,.0f} per second" if report.read and report.seconds else ""
    gone = f", {number_of(report.gone, 'is', 'are')} gone" if report.gone else ""
    out.print(
        f"{number_of(photos, 'photo')} and {number_of(len(refused), 'other file')} are known now: {report.read:,} read"
        f" ({report.bytes / 1e6:,.1f} MB in {report.seconds:,.1f} s{rate}), {report.unchanged:,} unchanged{gone}.",
        markup=False,
        soft_wrap=True,
    )
    for reason, count in Counter(each.reason for each in refused).most_common():
        say(f"{reason} ({count:,})", style="bold")
        for each in [each for each in refused if each.reason == reason][:_SHOWN]:
            say(f"  {printable(each.detail)}")
        if count > _SHOWN:
            say(f"  … and {count - _SHOWN:,} more; --json names all", style="dim")


def printable(text: str) -> str:
    """Names may hold line breaks and commands to the terminal; neither belongs into a list."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _as_json(location: str, report: ScanReport, photos: int, refused: Sequence[Refused]) -> dict[str, Any]:
    return {
        "source": location,
        "photos": photos,
        "listed": report.listed,
        "read": report.read,
        "unchanged": report.unchanged,
        "gone": report.gone,
        "bytes": report.bytes,
        "seconds": round(report.seconds, 3),
        "refused": dict(Counter(each.reason for each in refused).most_common()),
        "files": [{"path": _text(each.path), "reason": each.reason, "detail": each.detail} for each in refused],
    }


def _text(path: str) -> str:
    from parure.curate.plan import shown

    return shown(path)
