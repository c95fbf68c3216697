"""A folder and a zip. Links are not followed: they can loop, they lead outside, and apply does not follow them either.

Names are bytes to a file system. Those that are no text keep their bytes as surrogates, as `os.fsdecode` does, and are
opened by them; only sentences show them with escapes.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from parure.curate.plan import shown
from parure.curate.sources import Content, Listed, Unlisted, hashed, not_by_name
from parure.curate.values import Reason
from parure.errors import ImageError, ImageReason, IntakeError
from parure.images import sha256
from parure.intake.archive import read_archive
from parure.intake.discovery import MAX_DEPTH
from parure.intake.found import FoundFile, is_junk

__all__ = ["FolderSource", "ZipSource"]

_MOST_MEMBERS = 1_000_000
_REGULAR = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # without waiting, should a pipe have its name


@dataclass(frozen=True)
class FolderSource:
    root: Path  # absolute

    @property
    def location(self) -> str:
        return shown(str(self.root))

    @property
    def reads_at_once(self) -> int:
        return 1

    def listing(self) -> Iterator[Listed | Unlisted]:
        waiting = [""]  # folders below the root, the next one last
        while waiting:
            folder = waiting.pop()
            try:
                entries = self._entries(folder)
            except OSError as error:
                if not folder:
                    raise IntakeError(f"{self.location} cannot be read ({error.strerror}). Check the path.") from error
                yield _closed_folder(folder, error)
                continue
            inner = []
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                found = _look(entry, path)
                if found is None:
                    inner.append(path)
                else:
                    yield found
            waiting += reversed(inner)

    def read(self, file: Listed, most: int) -> Content:
        descriptor = os.open(self.root / file.path, _REGULAR)
        with os.fdopen(descriptor, "rb") as stream:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise OSError(errno.EINVAL, "it is no file any more")
            return hashed(stream, about.st_size, most)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        with os.scandir(self.root / folder) as entries:
            kept = (entry for entry in entries if not is_junk(entry.name))
            return sorted(kept, key=lambda entry: os.fsencode(entry.name))


def _look(entry: os.DirEntry[str], path: str) -> Listed | Unlisted | None:
    """None for a folder to go into."""
    name = shown(path)
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Unlisted(path, Reason("unreadable", f"{name} cannot be looked at ({error.strerror})."))
    if stat.S_ISDIR(about.st_mode):
        if path.count("/") < MAX_DEPTH:
            return None
        detail = f"{name} lies more than {MAX_DEPTH} folders deep; move it up."
        return Unlisted(path, Reason("too_deep", detail), hides=True)
    if stat.S_ISLNK(about.st_mode):
        detail = f"{name} is a symbolic link, which is not followed. Scan the place it points to, if you want it."
        return Unlisted(path, Reason("link", detail))
    if not stat.S_ISREG(about.st_mode):
        return Unlisted(path, Reason("not_a_file", f"{name} is a device or pipe, not a file."))
    if reason := not_by_name(path):
        return Unlisted(path, reason, about.st_size, about.st_mtime)
    return Listed(path, about.st_size, about.st_mtime, f"{about.st_mtime_ns:x}")


def _closed_folder(folder: str, error: OSError) -> Unlisted:
    why = f"The folder {shown(folder)} cannot be read ({error.strerror}). Check its permissions, then scan again."
    return Unlisted(folder, Reason("unreadable_folder", why), hides=True)


@dataclass(frozen=True)
class ZipSource:
    """Read member by member, never unpacked. Members are known by their checksum: a zip has no honest times."""

    path: Path  # absolute

    @property
    def location(self) -> str:
        return shown(str(self.path))

    @property
    def reads_at_once(self) -> int:
        return 1

    def listing(self) -> Iterator[Listed | Unlisted]:
        archive = read_archive(self.path, most=_MOST_MEMBERS)
        for file in archive.files:
            yield Listed(file.name, file.size, file.modified, file.checksum)
        for rejected in archive.rejected:
            yield Unlisted(rejected.item, not_by_name(rejected.item) or Reason(rejected.reason, rejected.detail))

    def read(self, file: Listed, most: int) -> Content:
        member = _members(self.path, self.path.stat().st_mtime_ns).get(file.path)
        if member is None:
            message = f"{shown(file.path)} is gone from the zip. Scan it again."
            raise ImageError(ImageReason.UNREADABLE, message)
        if member.size > most:
            return Content("", member.size, None)
        data = member.read()
        return Content(sha256(data), len(data), data)


@lru_cache(maxsize=1)
def _members(path: Path, changed: int) -> dict[str, FoundFile]:
    """The table of contents, read once in each process; `changed` makes a zip that was replaced another one."""
    return {file.name: file for file in read_archive(path, most=_MOST_MEMBERS).files}
