"""Where the files of a plan lie: in a folder, from which they can be moved and linked too; or in a zip or behind a URL,
from which they can only be copied.

What is copied out of an archive is read whole, hashed, written, and read back, as a file is. An archive is never
written, so undo has nothing to bring back to it: it only makes sure that the original is still there.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from parure.curate.apply_disk import Disk, Reader, Seen, inner_link
from parure.curate.apply_transfer import Changed, Linking, Transfer, clear, publish_verified, transfer
from parure.curate.sources import Listed, Source, open_source
from parure.curate.sources_disk import FolderSource
from parure.errors import ImageError, IntakeError

__all__ = ["ArchiveOrigin", "FolderOrigin", "Origin", "Place", "named_place", "origin_of"]

Place = Path | Source
_NO_FILE = frozenset({errno.ENOENT, errno.ENOTDIR})
_OTHER_THING = frozenset({errno.ELOOP, errno.EINVAL, errno.EISDIR})
_LARGEST = 2**32  # bytes of a file copied out of an archive, which lies in memory meanwhile


class Origin(Protocol):
    """Methods raise `OSError`, as the system gives it, for what concerns one file."""

    @property
    def location(self) -> str:
        """As the journal names it, and `named_place` finds it again."""

    @property
    def folder(self) -> Path | None:
        """Where files can be moved from, linked and brought back to; None for an archive."""

    def ready(self) -> None:
        """Raises `IntakeError` if there is nothing to read from."""

    def link(self, below: str) -> str | None:
        """The first part of a path that is a symbolic link."""

    def has(self, below: str) -> bool: ...

    def content(self, disk: Reader, below: str) -> str | None:
        """Its hash; None if nothing is there, "" if it is no regular file."""

    def place(self, disk: Disk, below: str, job: Transfer, linking: Linking) -> Seen:
        """The file at its place, verified; `job.origin` is not looked at. Raises `Changed` too."""


def named_place(text: str) -> Place:
    """What a person, or a journal, named. Raises `IntakeError` or `MissingExtra` where an archive cannot be opened."""
    path = Path(text).expanduser()
    if "://" not in text and (path.suffix.lower() != ".zip" or path.is_dir()):
        return path
    found = open_source(text)
    return found.root if isinstance(found, FolderSource) else found


def origin_of(place: Place) -> Origin:
    return FolderOrigin(place) if isinstance(place, Path) else ArchiveOrigin(place)


@dataclass(frozen=True)
class FolderOrigin:
    root: Path

    @property
    def location(self) -> str:
        return str(self.root.resolve())

    @property
    def folder(self) -> Path | None:
        return self.root

    def ready(self) -> None:
        if not self.root.is_dir():
            raise IntakeError(
                f"The source {self.root} is not a folder that can be read. Name the one that was scanned."
            )

    def link(self, below: str) -> str | None:
        return inner_link(self.root, below)

    def has(self, below: str) -> bool:
        return os.path.lexists(self.root / below)

    def content(self, disk: Reader, below: str) -> str | None:
        try:
            return disk.read(self.root / below).sha256
        except OSError as error:
            if error.errno in _NO_FILE:
                return None
            if error.errno in _OTHER_THING:
                return ""
            raise

    def place(self, disk: Disk, below: str, job: Transfer, linking: Linking) -> Seen:
        return transfer(disk, Transfer(self.root / below, job.path, job.part, job.sha256), linking)


@dataclass(frozen=True)
class ArchiveOrigin:
    """Its listing is read once, when the first file is asked for."""

    source: Source

    @property
    def location(self) -> str:
        return self.source.location

    @property
    def folder(self) -> Path | None:
        return None

    def ready(self) -> None:
        assert self._listed is not None  # reading it raises

    def link(self, below: str) -> str | None:
        return None

    def has(self, below: str) -> bool:
        return below in self._listed

    def content(self, disk: Reader, below: str) -> str | None:
        return self._read(below)[0] if self.has(below) else None

    def place(self, disk: Disk, below: str, job: Transfer, linking: Linking) -> Seen:
        clear(disk, job.part)
        sha256, data = self._read(below)
        if sha256 != job.sha256:
            raise Changed(Path(below))
        modified = self._listed[below].modified
        publish_verified(disk, job, lambda: disk.put(job.part, data, round(modified * 1e9)))
        return Seen(sha256, 0, 0, len(data), round(modified * 1e9))

    @cached_property
    def _listed(self) -> dict[str, Listed]:
        return {found.path: found for found in self.source.listing() if isinstance(found, Listed)}

    def _read(self, below: str) -> tuple[str, bytes]:
        if below not in self._listed:
            raise FileNotFoundError(errno.ENOENT, "it is gone from the archive", below)
        try:
            found = self.source.read(self._listed[below], _LARGEST)
        except ImageError as error:
            raise OSError(str(error).rstrip(".")) from error  # it says more than a number would
        if found.data is None:
            raise OSError(errno.EFBIG, "it is too large", below)
        return found.sha256, found.data
