"""A plan beside the disk it speaks of: photos that are gone or changed since, files that lie in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from parure.curate.apply_disk import Disk
from parure.curate.apply_origin import FolderOrigin, Origin, Place, origin_of
from parure.curate.apply_transfer import explain
from parure.curate.plan import PlanFault, destination, read_plan, shown
from parure.curate.values import PlanEntry

__all__ = ["check_against_disk"]


def check_against_disk(
    plan: Path,
    source: Place | None,
    target: Path | None,
    *,
    progress: Callable[[int], None] = lambda done: None,
) -> Iterator[PlanFault]:
    """Reads every photo that is to go somewhere. What already lies at its target is no fault."""
    origin = None if source is None else origin_of(source)
    for done, (number, entry) in enumerate(read_plan(plan), start=1):
        place = destination(entry)
        if place is not None:
            for code, detail in _faults(entry, place, origin, target):
                where = f"{plan.name}, line {number}: {entry.source}"
                yield PlanFault(number, shown(entry.source), code, shown(f"{where}: {detail}"))
        progress(done)


def _faults(entry: PlanEntry, place: str, origin: Origin | None, target: Path | None) -> Iterator[tuple[str, str]]:
    try:
        there = _hash(FolderOrigin(target), place) if target else None
        if there is not None and there != entry.sha256:
            yield "target_exists", f"another file lies at {place}. Move it away, or change the plan."
        if origin is None:
            return
        now = _hash(origin, entry.source)
        if now is None and there != entry.sha256:
            yield "missing", "the file is gone from the source. Scan and plan again."
        elif now is not None and now != entry.sha256:
            yield "changed", "its content changed since it was planned. Scan and plan again."
    except OSError as error:
        yield explain(error)


def _hash(origin: Origin, below: str) -> str | None:
    """None if nothing is there; "" for what is no file, or lies behind a symbolic link."""
    return "" if origin.link(below) is not None else origin.content(Disk(), below)
