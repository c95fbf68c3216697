"""Do what a plan says: copy, move or hard-link every file to its place, without ever holding fewer copies than before.

Every original is present by its hash at every instant, whatever is killed or switched off, for these reasons:

* A file is given its name only when all of it lies on the disk and has been read back; the name never replaces another.
* Before a file is touched the journal says so, on the disk; after it lies there, its folder is synced, and the journal
  says that too. Only then is the original of a moved file taken away, and only if it is still the file that was read.
* A move on one disk gives the same file a second name and then takes the first away: there is no instant without one.
* Nothing is decided from the journal that the disk itself can tell: a run that goes on looks at the files.

Files go in batches, so that the journal is synced three times for sixty-four files, and not for each one; some are
copied at once, as most of the time goes into waiting for the disk to say that it has them. What cannot
be done to one file is told as a fault, and the rest goes on.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from parure.curate.apply_disk import Disk, Seen, inner_link
from parure.curate.apply_order import LINKING, ApplyReport, Mode, Order
from parure.curate.apply_origin import Origin, origin_of
from parure.curate.apply_transfer import DISK_FULL, Changed, Transfer, clear, explain
from parure.curate.journal import Journal, Record, Run, Step, open_journal, part_name
from parure.curate.plan import PlanFault, check_plan, destination, read_plan, shown
from parure.curate.values import PlanEntry
from parure.errors import Conflict, IntakeError

__all__ = ["ApplyReport", "Mode", "Order", "apply_plan"]

_BATCH = 64


@dataclass(frozen=True)
class _Work:
    """`ready`: the content lies at the target; `there`: and was not put there by this run."""

    number: int
    entry: PlanEntry
    target: str
    ready: bool = False
    there: bool = False


class _Refused(Exception):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def apply_plan(
    order: Order, *, disk: Disk | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> ApplyReport:
    """Run it again after any stop: it goes on. Raises `IntakeError` for a plan with faults before anything is done."""
    disk = disk or Disk()
    check = check_plan(order.plan)
    check.raise_if_wrong(order.plan)
    origin = origin_of(order.source)
    origin.ready()
    made = _ready_target(order, origin, disk)
    with open_journal(order.target, disk) as journal:
        begin = Record(Step.BEGIN, "", source=origin.location, sha256=disk.read(order.plan).sha256, mode=order.mode)
        run, resumed = _run_of(journal, order, begin, made)
        applying = _Applying(order, origin, journal, run, disk)
        done = 0
        for batch in _batches(read_plan(order.plan)):
            applying.batch(batch)
            done += len(batch)
            progress(done, check.entries)
        applying.flush()
        return applying.report(resumed)


def _ready_target(order: Order, origin: Origin, disk: Disk) -> bool:
    """Whether the folder had to be made."""
    if origin.folder is None and order.mode is not Mode.COPY:
        raise Conflict(
            f"Files can only be copied out of {origin.location}: an archive is never changed, and cannot be linked to."
            f" Leave out --{order.mode}."
        )
    there = order.target.is_dir()
    if not there and not order.target.parent.is_dir():
        raise IntakeError(f"{order.target.parent} is not a folder. Make it, or mount the disk it should be on.")
    device = (order.target if there else order.target.parent).stat().st_dev
    if order.mode is Mode.LINK and origin.folder is not None and device != origin.folder.stat().st_dev:
        raise Conflict(
            f"{order.target} is on another disk than {origin.folder}, and a hard link cannot cross from one to the"
            " other. Leave out --link to copy the files."
        )
    if not there:
        try:
            disk.make_folder(order.target)
        except OSError as error:
            raise IntakeError(f"{order.target}: {explain(error)[1]}") from error
    return not there


def _run_of(journal: Journal, order: Order, begin: Record, made: bool) -> tuple[Run, bool]:
    """The last run if it is of the same order, else a new one."""
    wanted = (begin.source, begin.sha256, begin.mode)
    for run in reversed(journal.runs.values()):
        if run.undone_run:
            continue
        if run.undoing:
            raise Conflict(f"An undo was begun here and not finished: parure curate undo {order.target}")
        if (run.begin.source, run.begin.sha256, run.begin.mode) == wanted:
            return run, True
        break
    name = secrets.token_hex(4)
    begin = replace(begin, run=name)
    journal.append([begin, Record(Step.FOLDER, name)] if made else [begin])
    return journal.runs[name], False


class _Applying:
    def __init__(self, order: Order, origin: Origin, journal: Journal, run: Run, disk: Disk) -> None:
        self._order, self._origin, self._journal, self._run, self._disk = order, origin, journal, run, disk
        self._name = run.begin.run
        self._late: list[Record] = []  # records nobody waits for: written with the next that are
        self._placed = self._already = self._stayed = self._bytes = 0
        self._faults: list[PlanFault] = []

    def report(self, resumed: bool) -> ApplyReport:
        counts = (self._placed, self._already, self._stayed, self._bytes)
        return ApplyReport(self._name, resumed, *counts, tuple(sorted(self._faults, key=lambda fault: fault.line)))

    def flush(self) -> None:
        self._journal.append(self._late)
        self._late = []

    def batch(self, batch: Iterable[tuple[int, PlanEntry]]) -> None:
        works = [work for number, entry in batch if (work := self._examine(number, entry)) is not None]
        folders = self._missing_folders(work.target for work in works)
        self._late += [Record(Step.FOLDER, self._name, target=folder) for folder in folders]
        self._late += [self._intent(work) for work in works]
        self.flush()
        works = [work for work in works if self._make_folders(work)]
        placed = self._place_all(works)
        changed = {self._path(work.target).parent for work, _ in placed}
        changed |= {self._path(folder).parent for folder in folders if self._path(folder).exists()}
        for folder in sorted(changed):
            self._disk.sync_folder(folder)
        self._journal.append(Record(Step.DONE, self._name, work.number) for work, _ in placed)
        for work, seen in placed:
            if self._order.mode is not Mode.MOVE or self._take_away(work, seen):
                self._placed += 1
                self._bytes += seen.size

    def _examine(self, number: int, entry: PlanEntry) -> _Work | None:
        target = destination(entry)
        if target is None:
            self._stayed += 1
            return None
        try:
            work = self._work(number, entry, target)
        except _Refused as refused:
            self._fault(number, entry, refused.code, str(refused))
            return None
        except OSError as error:
            self._fault(number, entry, *explain(error))
            return None
        self._already += work is None
        return work

    def _work(self, number: int, entry: PlanEntry, target: str) -> _Work | None:
        """None: nothing is left to do."""
        links = (self._origin.link(entry.source), inner_link(self._order.target, target))
        for root, link in zip((self._origin.location, self._order.target), links, strict=True):
            if link is not None:
                raise _Refused(
                    "symlink", f"{root}/{link} is a symbolic link, which is not followed. Put the file there."
                )
        path = self._path(target)
        announced = self._run.intents.get(number)
        ours = announced is not None and not announced.there
        if announced is not None:
            clear(self._disk, self._part(number, path))
        if not os.path.lexists(path):
            if not self._origin.has(entry.source):
                raise _Refused("missing", "the file is gone from the source. Scan and plan again.")
            return _Work(number, entry, target)
        moving = self._order.mode is Mode.MOVE
        if number in self._run.done and (not moving or number in self._run.gone):
            return None
        if path.is_dir():
            raise _Refused("is_a_folder", f"{target} is a folder. Rename it, or change the target in the plan.")
        if self._disk.read(path).sha256 != entry.sha256:
            raise _Refused("target_exists", f"another file lies at {target}. Move it away, or change the plan.")
        if not moving or not self._origin.has(entry.source) or (not ours and path.samefile(self._moved(entry))):
            self._late += [Record(Step.DONE, self._name, number)] if announced is not None else []
            return None
        return _Work(number, entry, target, ready=True, there=not ours)

    def _place_all(self, works: list[_Work]) -> list[tuple[_Work, Seen]]:
        """Side by side; what found no space is tried again alone, since half-written neighbours may have held it."""
        with ThreadPoolExecutor(self._disk.at_once) as pool:
            placed = [(work, seen) for work, seen in zip(works, pool.map(self._place, works), strict=True) if seen]
        numbers = {work.number for work in works}
        crowded = {fault.line for fault in self._faults if fault.line in numbers and fault.code == DISK_FULL}
        self._faults = [fault for fault in self._faults if fault.line not in crowded]
        again = [(work, self._place(work)) for work in works if work.number in crowded]
        return placed + [(work, seen) for work, seen in again if seen]

    def _place(self, work: _Work) -> Seen | None:
        path, below = self._path(work.target), work.entry.source
        try:
            if work.ready:
                seen = self._disk.read(self._moved(work.entry))
                if seen.sha256 != work.entry.sha256:
                    raise Changed(self._moved(work.entry))
                return seen
            job = Transfer(Path(below), path, self._part(work.number, path), work.entry.sha256)
            return self._origin.place(self._disk, below, job, LINKING[self._order.mode])
        except Changed as changed:
            detail = "it is not the file that was planned: its content changed since. Scan and plan again."
            if changed.copy:
                detail = "its copy came out different when read back. The disk of the target may be faulty: check it."
            self._fault(work.number, work.entry, "copy_differs" if changed.copy else "changed", detail)
            return None
        except OSError as error:
            self._fault(work.number, work.entry, *explain(error))
            return None

    def _take_away(self, work: _Work, seen: Seen) -> bool:
        """The original of a moved file, whose new place is durable by now."""
        origin, path = self._moved(work.entry), self._path(work.target)
        try:
            if not seen.is_still(origin) or (path.samefile(origin) and origin.lstat().st_nlink == 1):
                detail = f"it changed while it was moved. Both files are kept; look at {work.target}."
                self._fault(work.number, work.entry, "changed", detail)
                return False
            self._disk.remove(origin)
        except OSError as error:
            code, why = explain(error)
            self._fault(work.number, work.entry, code, f"it lies at {work.target}, but could not be taken away: {why}")
            return False
        self._late.append(Record(Step.GONE, self._name, work.number))
        return True

    def _missing_folders(self, targets: Iterable[str]) -> list[str]:
        """From the top down, each once."""
        found: dict[str, None] = {}
        for target in targets:
            parts = target.split("/")[:-1]
            for depth in range(len(parts)):
                folder = "/".join(parts[: depth + 1])
                if folder not in found and not os.path.lexists(self._path(folder)):
                    found[folder] = None
        return list(found)

    def _make_folders(self, work: _Work) -> bool:
        try:
            for folder in self._missing_folders([work.target]):
                self._disk.make_folder(self._path(folder))
        except OSError as error:
            self._fault(work.number, work.entry, *explain(error))
            return False
        return True

    def _intent(self, work: _Work) -> Record:
        entry = work.entry
        return Record(
            Step.INTENT, self._name, work.number, entry.source, work.target, entry.sha256, there=work.there
        )  # fmt: skip

    def _moved(self, entry: PlanEntry) -> Path:
        """The original of a file that is moved, which none in an archive is."""
        assert self._origin.folder is not None
        return self._origin.folder / entry.source

    def _path(self, below: str) -> Path:
        return self._order.target / below

    def _part(self, number: int, path: Path) -> Path:
        return path.with_name(part_name(self._name, number))

    def _fault(self, number: int, entry: PlanEntry, code: str, detail: str) -> None:
        where = f"{self._order.plan.name}, line {number}: {entry.source}"
        self._faults.append(PlanFault(number, shown(entry.source), code, shown(f"{where}: {detail}")))


def _batches(items: Iterator[tuple[int, PlanEntry]]) -> Iterator[list[tuple[int, PlanEntry]]]:
    while batch := list(islice(items, _BATCH)):
        yield batch
