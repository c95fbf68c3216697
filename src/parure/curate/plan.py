"""Plan files: one JSON object per line, written whole, read line by line, checked before anything is done.

Where a file goes: what is kept goes to its target; rejects and duplicates go to the folder `_quarantine`, which mirrors
the source, unless the plan names another place; what waits for review, and what is kept without a target, stays.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from parure.curate.template_safe import collision_key, is_safe
from parure.curate.values import PlanEntry, Verdict
from parure.errors import IntakeError

__all__ = [
    "QUARANTINE",
    "PlanCheck",
    "PlanFault",
    "check_plan",
    "destination",
    "read_plan",
    "scan_plan",
    "shown",
    "write_lines",
    "write_plan",
    "write_whole",
]

QUARANTINE = "_quarantine"
RESERVED = ".parure-apply"  # the journal's folder below the target
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHOWN = 5


@dataclass(frozen=True)
class PlanFault:
    """One thing wrong. `code` is stable; `detail` is a sentence with file, line and what to do."""

    line: int
    source: str
    code: str
    detail: str


@dataclass(frozen=True)
class PlanCheck:
    """`counts` are entries by verdict."""

    entries: int
    counts: Mapping[Verdict, int]
    faults: tuple[PlanFault, ...]

    def raise_if_wrong(self, plan: Path) -> None:
        if self.faults:
            shown = "\n".join(f"  {fault.detail}" for fault in self.faults[:_SHOWN])
            more = len(self.faults) - _SHOWN
            rest = f"\n  and {more:,} more: `parure curate check` lists them all." if more > 0 else ""
            raise IntakeError(f"{plan.name} cannot be applied; nothing was done.\n{shown}{rest}")


def destination(entry: PlanEntry) -> str | None:
    """Where apply puts the file, below the target folder; None: it stays."""
    if entry.verdict is Verdict.KEEP:
        return entry.target
    if entry.verdict is Verdict.REVIEW:
        return None
    return entry.target or f"{QUARANTINE}/{entry.source}"


def shown(path: str) -> str:
    """A path that can be printed, whatever bytes its name is made of."""
    return path.encode("utf-8", "backslashreplace").decode()


def write_plan(path: Path, entries: Iterable[PlanEntry]) -> int:
    """The number of entries. The file is there whole or not at all."""
    return write_whole(path, lambda file: write_lines(file, entries))


def write_whole(path: Path, write: Callable[[BinaryIO], int]) -> int:
    """What `write` returns. Raises `IntakeError` if the disk does not take it; what was there then stays."""
    aside = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            written = write(file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise IntakeError(f"{path} cannot be written ({error.strerror}).") from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    return written


def write_lines(file: BinaryIO, entries: Iterable[PlanEntry]) -> int:
    """The number of entries."""
    written = 0
    for entry in entries:
        # A name that is no text keeps its bytes as \udcXX, which JSON can say only in this way.
        file.write((entry.to_line() + "\n").encode("utf-8", "backslashreplace"))
        written += 1
    return written


def scan_plan(path: Path) -> Iterator[tuple[int, PlanEntry | IntakeError]]:
    """Line numbers with their entries; a line that cannot be read is given as its error, and the next one follows."""
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                where = f"{path.name}, line {number}"
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                    if line:
                        yield number, PlanEntry.from_line(line, where=where)
                except UnicodeDecodeError:
                    yield number, IntakeError(f"{where} is not UTF-8. Save the plan as UTF-8.")
                except IntakeError as error:
                    yield number, error
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror}).") from error


def read_plan(path: Path) -> Iterator[tuple[int, PlanEntry]]:
    """Line numbers with their entries. Raises `IntakeError` at the first line that cannot be read."""
    for number, entry in scan_plan(path):
        if isinstance(entry, IntakeError):
            raise entry
        yield number, entry


def check_plan(path: Path) -> PlanCheck:
    """Everything that can be wrong with a plan by itself, without a look at the photos."""
    counts: Counter[Verdict] = Counter()
    faults: list[PlanFault] = []
    places = _Places(path.name)
    for number, entry in scan_plan(path):
        if isinstance(entry, IntakeError):
            faults.append(PlanFault(number, "", "unreadable_line", str(entry)))
            continue
        counts[entry.verdict] += 1
        where = f"{path.name}, line {number}"
        found = [*_wrong_fields(entry), *places.add(number, entry)]
        faults += [PlanFault(number, entry.source, code, shown(f"{where}: {detail}")) for code, detail in found]
    faults += places.folders_that_are_files()
    return PlanCheck(counts.total(), dict(counts), tuple(faults))


class _Places:
    """Which line takes which source and which target, so that no two take the same."""

    def __init__(self, plan: str) -> None:
        self._plan = plan
        self._sources: dict[str, int] = {}
        self._targets: dict[str, tuple[int, PlanEntry]] = {}
        self._folders: dict[str, int] = {}

    def add(self, number: int, entry: PlanEntry) -> Iterator[tuple[str, str]]:
        first = self._sources.setdefault(entry.source, number)
        if first != number:
            yield "source_twice", f"{entry.source} stands in line {first} too. Keep one of the two lines."
        target = destination(entry)
        if target is None:
            return
        key = collision_key(target)
        before, other = self._targets.setdefault(key, (number, entry))
        if before != number:
            same = "the same target" if destination(other) == target else "a target that differs in spelling alone"
            yield "target_twice", f"{entry.source} has {same} as line {before} ({target}). Give one another name."
        while (key := key.rpartition("/")[0]) and key not in self._folders:
            self._folders[key] = number

    def folders_that_are_files(self) -> Iterator[PlanFault]:
        for key in self._folders.keys() & self._targets.keys():
            number, entry = self._targets[key]
            detail = f"{entry.target} is a file here and a folder in line {self._folders[key]}. Give one another name."
            yield PlanFault(number, entry.source, "target_is_folder", shown(f"{self._plan}, line {number}: {detail}"))


def _wrong_fields(entry: PlanEntry) -> Iterator[tuple[str, str]]:
    if not _is_below(entry.source):
        yield "bad_source", f"source {entry.source!r} does not lie below the source folder. Write it like rings/a.jpg."
    if not _SHA256.fullmatch(entry.sha256) and (entry.sha256 or destination(entry) is not None):
        yield "bad_sha256", f"sha256 of {entry.source} is not 64 of 0-9 and a-f. Take it from the scan."
    if entry.target is None:
        return
    parts = entry.target.split("/")
    if not _is_below(entry.target) or collision_key(parts[0]) == RESERVED:
        yield "bad_target", f"target {entry.target!r} does not lie below the target folder. Write it like rings/a.jpg."
    elif parts[0] != QUARANTINE and not all(map(is_safe, parts)):
        bad = next(part for part in parts if not is_safe(part))
        yield "unsafe_name", f"target name {bad!r} is not allowed on every system. Rename it."


def _is_below(path: str) -> bool:
    return "\0" not in path and all(part not in {"", ".", ".."} for part in path.split("/"))
