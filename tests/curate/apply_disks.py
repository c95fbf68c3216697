"""What the tests of apply and undo stand on: an archive with a plan, snapshots of folders, and disks that fail."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parure.curate import PlanEntry, Verdict
from parure.curate.apply import Mode, Order
from parure.curate.apply_disk import Disk
from parure.curate.plan import write_plan


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def snapshot(folder: Path) -> dict[str, str]:
    """Every file by hash, every folder as such; the journal's folder aside."""
    found = {}
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        below = path.relative_to(folder).as_posix()
        if below.partition("/")[0] != ".parure-apply":
            found[below] = "folder" if path.is_dir() else sha(path.read_bytes())
    return found


@dataclass(frozen=True)
class Archive:
    """`entries` say what goes where; all of it lies in `root`."""

    root: Path
    entries: tuple[PlanEntry, ...]

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def target(self) -> Path:
        return self.root / "target"

    def order(self, mode: Mode = Mode.COPY) -> Order:
        write_plan(self.root / "plan.jsonl", self.entries)
        return Order(self.root / "plan.jsonl", self.source, self.target, mode)

    def all(self) -> dict[str, dict[str, str]]:
        return {"source": snapshot(self.source), "target": snapshot(self.target)}

    def hashes(self) -> set[str]:
        return {sha for side in self.all().values() for sha in side.values()} - {"folder"}


def make_archive(root: Path, files: dict[str, tuple[bytes, Verdict, str | None]]) -> Archive:
    entries = []
    (root / "source").mkdir(parents=True)
    for name, (data, verdict, target) in files.items():
        path = root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        entries.append(PlanEntry(name, sha(data), verdict, target))
    return Archive(root, tuple(entries))


SMALL = {
    "AJ-1042 front.jpg": (b"front" * 99, Verdict.KEEP, "rings/AJ-1042_1.jpg"),
    "old/кольцо.jpg": (b"ring", Verdict.KEEP, "rings/AJ-1042_2.jpg"),
    "old/copy.jpg": (b"front" * 99, Verdict.DUPLICATE, None),
    "old/blurry.jpg": (b"", Verdict.REJECT, None),
    "unsure.jpg": (b"?", Verdict.REVIEW, None),
}


class Killed(BaseException):
    """As kill -9: nothing that catches errors catches it."""


class KilledAt(Disk):
    """Stops before, or right after, the n-th change to the disk, and lets nothing happen from then on."""

    at_once = 1  # so that the n-th change is the same one in every run

    def __init__(self, step: int, *, after: bool = False) -> None:
        self.left, self.after, self.steps = step, after, 0

    def _step(self, do: Callable[..., Any], *arguments: Any) -> Any:
        self.steps += 1
        if self.left <= 0:
            raise Killed
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Killed
        result = do(*arguments)
        if self.left == 0:
            raise Killed
        return result

    def write(self, descriptor: int, data: bytes) -> None:
        """Half of it, then the rest: a kill in between leaves a torn file or a torn line."""
        half = len(data) // 2
        self._step(super().write, descriptor, data[:half])
        self._step(super().write, descriptor, data[half:])

    def publish(self, part: Path, path: Path) -> None:
        self._step(super().publish, part, path)

    def link(self, source: Path, path: Path) -> None:
        self._step(super().link, source, path)

    def remove(self, path: Path) -> None:
        self._step(super().remove, path)

    def make_folder(self, path: Path) -> None:
        self._step(super().make_folder, path)

    def remove_folder(self, path: Path) -> None:
        self._step(super().remove_folder, path)

    def open_log(self, path: Path, length: int) -> int:
        descriptor: int = self._step(super().open_log, path, length)
        return descriptor


class NoLinks(Disk):
    """A disk without hard links and without the renaming that does not replace, or another disk than the source's."""

    def __init__(self, number: int) -> None:
        self.number = number

    def link(self, source: Path, path: Path) -> None:
        raise OSError(self.number, os.strerror(self.number), str(path))
