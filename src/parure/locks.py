"""A lock file that dies with its process and says who holds it.

The lock is the operating system's (`flock`), so a killed process leaves none behind; the text inside is only for
people. Locks work between processes and between two locks of one process.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FileLock", "Holder"]


@dataclass(frozen=True)
class Holder:
    """Who holds a lock, as it wrote itself down."""

    description: str

    def __str__(self) -> str:
        return self.description or "Another process"


class FileLock:
    """`acquire` gives None on success, else the holder; `release` may be called at any time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> Holder | None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            text = os.read(descriptor, 500).decode(errors="replace").strip()
            os.close(descriptor)
            return Holder(text)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, _myself().encode())
        self._descriptor = descriptor
        return None

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)  # closing gives the lock back
            self._descriptor = None


def _myself() -> str:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]
    return f"`{command}` (process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')})"
