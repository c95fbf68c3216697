"""Decided files to their places, by the plan, apply and journal of an archive; then they are settled and logged.

A batch is one plan and one run of the journal, so `parure curate undo` takes back one batch after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from parure import settings
from parure.curate.apply import Order, apply_plan
from parure.curate.apply_disk import Disk
from parure.curate.apply_transfer import DISK_FULL
from parure.curate.journal import runs_in_force
from parure.curate.plan import PlanFault, destination, write_plan
from parure.curate.values import PlanEntry
from parure.errors import StorageFull
from parure.web.archive.models import Archive, WatchedFile
from parure.web.archive.watch.items import Told, open_batches, reopen, settle, void

__all__ = ["finish_batches", "reopen_undone"]

# Found only when a file is put to its place: the file or the place is no longer what it was when that was decided.
_VOID = frozenset({"missing", "changed", "target_exists", "is_a_folder"})


def finish_batches(
    archive: Archive,
    source: Path,
    tell: Callable[[Told | str], None],
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> bool:
    """Whether something has to be decided anew. Raises `StorageFull`, `Busy` or `IntakeError`: then try again later."""
    anew = False
    for rows in open_batches(archive):
        anew |= _finish(archive, source, rows, tell, progress)
    return anew


def _finish(
    archive: Archive,
    source: Path,
    rows: Sequence[WatchedFile],
    tell: Callable[[Told | str], None],
    progress: Callable[[int, int], None],
) -> bool:
    plan = _plan_of(archive, rows)
    report = apply_plan(Order(plan, source, Path(rows[0].root)), progress=progress)
    faults = {fault.line: fault for fault in report.faults}
    settled = [row for line, row in enumerate(rows, start=1) if line not in faults]
    for told in settle(archive, settled, report.run):
        tell(told)
    gone = [row for line, row in enumerate(rows, start=1) if line in faults and faults[line].code in _VOID]
    void(gone)
    rest = [fault for fault in report.faults if fault.code not in _VOID]
    if not rest:
        plan.unlink(missing_ok=True)
    _tell_faults(rest, Path(rows[0].root), tell)
    return bool(gone)


def _plan_of(archive: Archive, rows: Sequence[WatchedFile]) -> Path:
    """The same rows give the same bytes, by which apply knows that it goes on."""
    folder = settings.get().data / "watch" / archive.key
    folder.mkdir(parents=True, exist_ok=True)
    plan = folder / f"{rows[0].batch}.jsonl"
    write_plan(plan, (PlanEntry.from_line(row.line, where=row.path) for row in rows))
    return plan


def _tell_faults(faults: Sequence[PlanFault], target: Path, tell: Callable[[Told | str], None]) -> None:
    if any(fault.code == DISK_FULL for fault in faults):
        waiting = sum(fault.code == DISK_FULL for fault in faults)
        raise StorageFull(
            f"The disk of {target} is full; {waiting:,} {'photo waits' if waiting == 1 else 'photos wait'} to be put"
            " there. Free some space."
        )
    for fault in faults:
        tell(f"Not put to its place yet, tried again at every look: {fault.detail.partition(': ')[2]}")


def reopen_undone(archive: Archive) -> int:
    """How many were taken back by `parure curate undo` since, and are decided anew."""
    done = WatchedFile.objects.filter(archive=archive).exclude(run="").exclude(target="")
    count = 0
    for root in sorted(set(done.values_list("root", flat=True))):
        force = runs_in_force(Path(root), Disk())
        rows = [row for row in done.filter(root=root) if row.run not in force]
        rows = [row for row in rows if not (Path(root) / _target(row)).exists()]
        reopen(archive, rows)
        count += len(rows)
    return count


def _target(row: WatchedFile) -> str:
    """With the bytes of its name, which the column shows with escapes."""
    return destination(PlanEntry.from_line(row.line, where=row.path)) or row.target
