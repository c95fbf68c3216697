"""Originals, kept byte for byte under the hash of their content; thumbnails beside them, made again when missing.

    originals/ab/abcdef....jpg
    thumbnails/320/ab/abcdef....webp

A file is written aside, flushed to disk and renamed, so that a name never holds half a picture. Writing the same
bytes twice is one file. A full disk leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from parure.errors import ImageError, ImageReason, StorageFull

__all__ = ["THUMBNAIL_SIDES", "Storage"]

THUMBNAIL_SIDES = (320, 960)  # pixels: grid, product page
_counter = itertools.count()


class Storage:
    """A folder of originals and derived pictures."""

    def __init__(self, root: Path) -> None:
        self._originals = root / "originals"
        self._thumbnails = root / "thumbnails"

    def keep(self, sha256: str, extension: str, data: bytes) -> bool:
        """Store an original; False if it was there. Raises `StorageFull`."""
        path = self._original_path(sha256, extension)
        if path.exists() and path.stat().st_size == len(data):
            return False
        _write(path, data, durable=True)
        return True

    def read(self, sha256: str, extension: str) -> bytes:
        """The original's bytes; raises `ImageError(UNREADABLE)` when it is gone."""
        path = self._original_path(sha256, extension)
        try:
            return path.read_bytes()
        except OSError as error:
            detail = (
                f"The original {path.name} cannot be read ({error.strerror}). Restore it from a backup or re-import."
            )
            raise ImageError(ImageReason.UNREADABLE, detail) from error

    def holds(self, sha256: str, extension: str) -> bool:
        return self._original_path(sha256, extension).exists()

    def path_of(self, sha256: str, extension: str) -> Path:
        return self._original_path(sha256, extension)

    def originals(self) -> Iterator[str]:
        """Hashes of all stored originals."""
        for path in self._originals.glob("??/*"):
            if not path.name.endswith(".part"):
                yield path.name.partition(".")[0]

    def keep_thumbnail(self, sha256: str, side: int, data: bytes) -> None:
        _write(self.thumbnail_path(sha256, side), data, durable=False)

    def thumbnail_path(self, sha256: str, side: int) -> Path:
        return self._thumbnails / str(side) / sha256[:2] / f"{sha256}.webp"

    def leftovers(self) -> list[Path]:
        """Half-written files that a killed process left."""
        parts = [path for root in (self._originals, self._thumbnails) for path in root.rglob("*.part")]
        return [path for path in parts if not _being_written(path)]

    def remove_leftovers(self) -> int:
        """Delete them; returns how many."""
        parts = self.leftovers()
        for path in parts:
            path.unlink(missing_ok=True)
        return len(parts)

    def _original_path(self, sha256: str, extension: str) -> Path:
        return self._originals / sha256[:2] / f"{sha256}{extension}"


def _write(path: Path, data: bytes, *, durable: bool) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}-{next(_counter)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull(
                f"No space left for {path} ({len(data):,} bytes). Free some space and run the same command again;"
                " what was stored so far is complete."
            ) from error
        raise


def _being_written(part: Path) -> bool:
    """Whether the process that writes this file still runs."""
    pid = part.name.removesuffix(".part").rpartition(".")[2].partition("-")[0]
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
