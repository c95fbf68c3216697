"""Take the last apply back: every file is where and what it was, and folders that were made for it are gone.

Undo looks at the files, not at what the journal hopes: it can follow an apply or an undo that was killed anywhere. A
name is taken away only when its content lies at the source; a file that is no longer at the source is put back first,
in the way apply puts files down. What a person changed or replaced since is left, and told. A file is hashed once, and
again before its name is taken away if its number, size or time is another by then.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from parure.curate.apply_disk import Disk, Looks, inner_link
from parure.curate.apply_origin import FolderOrigin, Origin, Place, named_place, origin_of
from parure.curate.apply_transfer import Changed, Linking, Transfer, clear, explain, transfer
from parure.curate.journal import Journal, Record, Run, Step, has_journal, open_journal, part_name, remove_journal
from parure.curate.plan import PlanFault, shown
from parure.errors import IntakeError, NotFound

__all__ = ["UndoReport", "undo_apply"]

_BATCH = 64


@dataclass(frozen=True)
class UndoReport:
    """`left` were changed by a person; `faults` could not be done now and are tried again by the next undo.

    `run` is None if everything had been taken back before. `earlier` counts runs that can be undone next.
    """

    run: str | None
    restored: int
    left: tuple[PlanFault, ...]
    faults: tuple[PlanFault, ...]
    earlier: int


def undo_apply(
    target: Path,
    *,
    source: Place | None = None,
    disk: Disk | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> UndoReport:
    """`source` says where the source is now, if it was moved. Raises `NotFound` without a journal."""
    disk = disk or Disk()
    if not has_journal(target):
        raise NotFound(f"{target} has no journal of an apply. There is nothing to undo.")
    undoing = None
    with open_journal(target, disk) as journal:
        active = [run for run in journal.runs.values() if not run.undone_run]
        if active:
            place = named_place(active[-1].begin.source) if source is None else source
            undoing = _Undoing(target, origin_of(place), journal, active[-1], disk)
            undoing.everything(progress)
        clean = all(run.undone_run and not run.left for run in journal.runs.values())
        if clean:
            remove_journal(target, disk)
    if clean and any("" in run.folders for run in journal.runs.values()):
        with contextlib.suppress(OSError):
            disk.remove_folder(target)
    if undoing is None:
        return UndoReport(None, 0, (), (), 0)
    return undoing.report(len(active) - 1)


class _Left(Exception):
    """The file is no longer as apply made it."""


class _Undoing:
    def __init__(self, target: Path, origin: Origin, journal: Journal, run: Run, disk: Disk) -> None:
        self._target, self._origin, self._journal, self._run, self._disk = target, origin, journal, run, disk
        self._looks = Looks(disk)
        self._name = run.begin.run
        self._restored = 0
        self._left: list[PlanFault] = []
        self._faults: list[PlanFault] = []

    def report(self, earlier: int) -> UndoReport:
        return UndoReport(self._name, self._restored, tuple(self._left), tuple(self._faults), earlier)

    def everything(self, progress: Callable[[int, int], None]) -> None:
        root = self._origin.folder
        if root is not None and not root.is_dir():
            raise IntakeError(f"The source folder {root} is not there. Mount it, or say where with --source.")
        self._origin.ready()
        if not self._run.undoing:
            self._journal.append([Record(Step.UNDOING, self._name)])
        settled = self._run.undone | self._run.left
        waiting = [intent for number, intent in reversed(self._run.intents.items()) if number not in settled]
        for at in range(0, len(waiting), _BATCH):
            self._batch(waiting[at : at + _BATCH])
            progress(min(at + _BATCH, len(waiting)), len(waiting))
        for folder in reversed([each for each in self._run.folders if each]):
            with contextlib.suppress(OSError):  # others have put something there, or it was never made
                self._disk.remove_folder(self._target / folder)
        if not self._faults:
            self._journal.append([Record(Step.UNDONE_RUN, self._name)])

    def _batch(self, intents: Iterable[Record]) -> None:
        """Originals first, and durably; then the names that apply made."""
        self._looks = Looks(self._disk)
        back = [intent for intent in intents if self._try(intent, self._bring_back)]
        root = self._origin.folder
        for folder in sorted({(root / intent.source).parent for intent in back} if root is not None else ()):
            if folder.is_dir():
                self._disk.sync_folder(folder)
        done = [intent for intent in back if self._try(intent, self._take_away)]
        self._journal.append(Record(Step.UNDONE, self._name, intent.number) for intent in done)
        self._restored += len(done)

    def _try(self, intent: Record, step: Callable[[Record], None]) -> bool:
        try:
            step(intent)
        except _Left as left:
            self._left.append(self._line(intent, "left", str(left)))
            self._journal.append([Record(Step.LEFT, self._name, intent.number)])
        except Changed:
            self._faults.append(self._line(intent, "changed", "it changed while it was put back. Undo again."))
        except OSError as error:
            self._faults.append(self._line(intent, *explain(error)))
        else:
            return True
        return False

    def _bring_back(self, intent: Record) -> None:
        """Afterwards the original lies at the source, or nothing had been done to it."""
        links = (self._origin.link(intent.source), inner_link(self._target, intent.target))
        for place, link in zip((self._origin.location, self._target), links, strict=True):
            if link is not None:
                raise _Left(f"{place}/{link} is a symbolic link now. Nothing was changed.")
        path = self._target / intent.target
        origin = None if self._origin.folder is None else self._origin.folder / intent.source
        for each in (origin, path):
            if each is not None and each.parent.is_dir():
                clear(self._disk, each.with_name(part_name(self._name, intent.number)))
        before, now = self._origin.content(self._looks, intent.source), self._content(path)
        if before == intent.sha256 or (intent.number not in self._run.done and now != intent.sha256):
            return
        if now != intent.sha256:
            raise _Left(f"neither it nor {intent.target} is the file of the plan any more. Nothing was changed.")
        if before is not None:
            raise _Left(f"another file lies there now. The original stays at {intent.target}.")
        if origin is None:
            raise _Left(f"it is gone from {self._origin.location}. Its copy stays at {intent.target}.")
        origin.parent.mkdir(parents=True, exist_ok=True)
        job = Transfer(path, origin, origin.with_name(part_name(self._name, intent.number)), intent.sha256)
        transfer(self._disk, job, Linking.NEVER if intent.there else Linking.WHERE_POSSIBLE)

    def _take_away(self, intent: Record) -> None:
        if intent.there:
            return
        path = self._target / intent.target
        now = self._content(path)
        if now is None or (now != intent.sha256 and intent.number not in self._run.done):
            return
        if now != intent.sha256:
            raise _Left(f"{intent.target} was changed since, and is left as it is. The original is untouched.")
        if self._origin.content(self._looks, intent.source) != intent.sha256:
            raise _Left(f"{intent.target} is left, as the original is not at the source.")
        folder = self._origin.folder
        if folder is not None and (folder / intent.source).samefile(path) and path.lstat().st_nlink == 1:
            raise _Left(f"{intent.target} is left, as source and target are one folder now.")
        self._disk.remove(path)

    def _content(self, path: Path) -> str | None:
        return FolderOrigin(path.parent).content(self._looks, path.name)

    def _line(self, intent: Record, code: str, detail: str) -> PlanFault:
        source = shown(intent.source)
        return PlanFault(intent.number, source, code, shown(f"{source}: {detail}"))
