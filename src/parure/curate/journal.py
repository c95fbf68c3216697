"""What apply and undo did, and were about to do: one file below the target, only ever appended to.

A line is a checksum and one JSON object. A process or machine that dies while writing leaves at most a torn last line,
which the checksum tells from a whole one; it is cut off when the journal is next opened, as what it announced had not
begun. A damaged line with whole ones behind it is no such accident, and is refused.

    begin    run, source folder, mode, hash of the plan
    folder   a folder is about to be made
    intent   this file is about to be put there; `there`: the same content already lay at the target
    done     it lies there, and will after a power cut
    gone     the original was taken away after that (moves only)
    undoing  the run is being taken back
    undone   this file is as it was before
    left     this file was changed by a person since, and was left as it is
    undone_run  nothing of the run is left to take back
"""

from __future__ import annotations

import errno
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from parure.curate.apply_disk import Disk
from parure.errors import Busy, IntakeError, StorageFull
from parure.locks import FileLock

__all__ = [
    "Journal",
    "Record",
    "Run",
    "Step",
    "has_journal",
    "open_journal",
    "part_name",
    "remove_journal",
    "runs_in_force",
]


class Step(StrEnum):
    BEGIN = "begin"
    FOLDER = "folder"
    INTENT = "intent"
    DONE = "done"
    GONE = "gone"
    UNDOING = "undoing"
    UNDONE = "undone"
    LEFT = "left"
    UNDONE_RUN = "undone_run"


@dataclass(frozen=True)
class Record:
    """One line. `number` is the line of the plan; fields a step does not need are left at their defaults."""

    step: Step
    run: str
    number: int = 0
    source: str = ""
    target: str = ""
    sha256: str = ""  # of the file; of the plan for "begin"
    mode: str = ""
    there: bool = False

    def to_line(self) -> bytes:
        stated = {each.name: getattr(self, each.name) for each in fields(self)}
        stated = {key: value for key, value in stated.items() if value not in ("", 0, False)}
        body = json.dumps(stated, ensure_ascii=True)  # ASCII, so that names that are no text can be written too
        return f"{zlib.crc32(body.encode()):08x} {body}\n".encode()


@dataclass
class Run:
    """What the journal says of one run. Numbers are lines of its plan."""

    begin: Record
    intents: dict[int, Record] = field(default_factory=dict)
    folders: dict[str, None] = field(default_factory=dict)  # a set in the order of making
    done: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    undone: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    undoing: bool = False
    undone_run: bool = False

    def take(self, record: Record) -> None:
        numbers = {Step.DONE: self.done, Step.GONE: self.gone, Step.UNDONE: self.undone, Step.LEFT: self.left}
        match record.step:
            case Step.FOLDER:
                self.folders[record.target] = None
            case Step.INTENT:
                self.intents[record.number] = record
                self.done.discard(record.number)  # announced again: it was found missing
                self.gone.discard(record.number)
            case Step.UNDOING:
                self.undoing = True
            case Step.UNDONE_RUN:
                self.undone_run = True
            case _:
                numbers[record.step].add(record.number)


FOLDER = ".parure-apply"
_FILE = "journal.jsonl"
_LOCK = "lock"


@contextmanager
def open_journal(target: Path, disk: Disk) -> Iterator[Journal]:
    """Raises `Busy` while another process has it, and `StorageFull` or `IntakeError` where it cannot be written."""
    folder = target / FOLDER
    lock = FileLock(folder / _LOCK)
    try:
        if not folder.exists():
            disk.make_folder(folder)
        holder = lock.acquire()
        if holder is not None:
            raise Busy(f"{holder} works in {target}. Wait for it to end.")
        journal = Journal(folder / _FILE, disk)
        try:
            yield journal
        finally:
            journal.close()
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull(
                f"No space left for the journal in {folder}. Free some space and run the same command again;"
                " it goes on from here."
            ) from error
        raise IntakeError(
            f"{error.filename or folder} cannot be used ({error.strerror}). Mend that and run the same command again;"
            " it goes on from here."
        ) from error
    finally:
        lock.release()


def has_journal(target: Path) -> bool:
    return (target / FOLDER / _FILE).exists()


def runs_in_force(target: Path, disk: Disk) -> frozenset[str]:
    """Runs that were not taken back. Raises `Busy` while another process works there."""
    if not has_journal(target):
        return frozenset()
    with open_journal(target, disk) as journal:
        return frozenset(name for name, run in journal.runs.items() if not (run.undoing or run.undone_run))


def part_name(run: str, number: int) -> str:
    """The name of a file while it is copied, found again after a crash; short, as the final name may be the longest."""
    return f".parure-{run}-{number}.part"


def remove_journal(target: Path, disk: Disk) -> None:
    """Only when nothing is left to take back."""
    for name in (_FILE, _LOCK):
        if (target / FOLDER / name).exists():
            disk.remove(target / FOLDER / name)
    disk.remove_folder(target / FOLDER)


class Journal:
    """Opened under the lock of its folder. `runs` are kept in step with what is appended."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self.runs: dict[str, Run] = {}
        self._disk = disk
        whole = self._replay(path.read_bytes()) if path.exists() else 0
        self._descriptor = disk.open_log(path, whole)

    def append(self, records: Iterable[Record]) -> None:
        """Written and on the disk when this returns."""
        listed = list(records)
        if listed:
            self._disk.log(self._descriptor, b"".join(record.to_line() for record in listed))
            for record in listed:
                self._take(record)

    def close(self) -> None:
        self._disk.close_log(self._descriptor)

    def _replay(self, raw: bytes) -> int:
        """The length of the whole lines."""
        at = 0
        lines = raw.splitlines(keepends=True)
        for number, line in enumerate(lines, start=1):
            record = _record(line)
            if record is None:
                if any(map(_record, lines[number:])):
                    raise IntakeError(
                        f"{self.path}, line {number} is damaged, with whole lines behind it. Nothing was done."
                        " Bring the file back from a backup, or move it away to begin anew without undo."
                    )
                break
            self._take(record)
            at += len(line)
        return at

    def _take(self, record: Record) -> None:
        if record.step is Step.BEGIN:
            self.runs[record.run] = Run(record)
        else:
            self.runs[record.run].take(record)


def _record(line: bytes) -> Record | None:
    checksum, _, body = line.removesuffix(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(body):
        return None
    stated = json.loads(body)
    return Record(Step(stated.pop("step")), **stated)
