"""Archives to scan, a memory that is a dictionary, and looks that are quick or misbehave."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from parure.curate.scan import Known, Remembered, ScanReport, run_scan
from parure.curate.scan_read import Looks
from parure.curate.sources import Source
from parure.curate.values import Fingerprints, Measures, Scanned
from parure.errors import MissingExtra
from parure.images import Limits, Picture, fingerprint
from tests.web.pictures import jpeg

DEADLY = 97  # px: a picture of this width ends the process that looks at it
ODD = 101  # px: one of this width cannot be measured
FEW = Limits(max_bytes=200_000)


def quick_prints(picture: Picture, sha256: str) -> Fingerprints:
    if picture.header.width == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return Fingerprints(sha256, f"{fingerprint(picture.pixels).perceptual:016x}")


def quick_measure(picture: Picture) -> Measures:
    if picture.header.width == ODD:
        raise ZeroDivisionError("by nothing")
    height, width = picture.pixels.shape[:2]
    return Measures(width, height, {"light": float(picture.pixels.mean()) / 255})


def measure_by_surroundings(picture: Picture) -> Measures:
    """Tells what the process was started with: 1 for one thread and memory that is kept."""
    told = (os.environ.get("OMP_NUM_THREADS") == "1", "MALLOC_TRIM_THRESHOLD_" in os.environ)
    return Measures(1, 1, {"light": sum(told) / len(told)})


def nonsense(picture: Picture) -> Measures:
    return Measures(1, 1, {"light": float("nan")})


def lacking(picture: Picture) -> Measures:
    raise MissingExtra("Measuring", "curate")


def deadly_prints(picture: Picture, sha256: str) -> Fingerprints:
    os._exit(1)


QUICK = Looks("1", quick_prints, quick_measure, FEW)


def write(root: Path, *names: str, size: tuple[int, int] = (64, 48)) -> Path:
    """Photos that differ, by their names."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(jpeg(sum(map(ord, name)), size=size))
    return root


@dataclass
class DictMemory:
    """A `ScanMemory`. With `stop_after`, it breaks in the middle of that many calls, as a killed process does."""

    files: dict[str, Remembered] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    finished: int = 0
    calls: int = 0
    stop_after: int | None = None

    def known(self) -> dict[str, Known]:
        return {path: self._known(path, file) for path, file in self.files.items()}

    def keep(self, files: Sequence[Remembered]) -> None:
        self._count()
        self.files |= {file.scanned.path: file for file in files}
        self.gone -= {file.scanned.path for file in files}

    def mark(self, paths: Collection[str], *, gone: bool) -> None:
        self._count()
        self.gone = self.gone | set(paths) if gone else self.gone - set(paths)

    def finish(self) -> None:
        self.finished += 1

    def scanned(self) -> dict[str, Scanned]:
        return {path: file.scanned for path, file in sorted(self.files.items()) if path not in self.gone}

    def reasons(self) -> dict[str, str]:
        found = self.scanned().items()
        return {path: str(each.refusal.code) for path, each in found if each.refusal is not None}

    def _known(self, path: str, file: Remembered) -> Known:
        refusal = file.scanned.refusal
        return Known(file.scanned.size, file.stamp, file.version, refusal and str(refusal.code), gone=path in self.gone)

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.stop_after:
            raise KeyboardInterrupt


def scan(source: Source, memory: DictMemory, looks: Looks = QUICK, *, jobs: int = 0, fresh: bool = False) -> ScanReport:
    return run_scan(source, memory, looks, jobs=jobs, fresh=fresh)


def limited(most: int) -> Looks:
    return replace(QUICK, limits=Limits(max_bytes=most))
