"""Every change that apply and undo make to a file system goes through one `Disk`, so that tests can stop at each.

Nothing here overwrites: a file gets its name by a rename that fails when the name is taken, or by a hard link, which
fails likewise. Symbolic links are never followed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

__all__ = ["Disk", "Looks", "Reader", "Seen", "inner_link"]

_CHUNK = 2**20
_NO_REPLACE = 1  # RENAME_NOREPLACE of linux/fs.h
_AT_FDCWD = -100
_NOT_OFFERED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


@dataclass(frozen=True)
class Seen:
    """A file as it was read: its content, and what changes when somebody writes it or puts another in its place."""

    sha256: str
    device: int
    inode: int
    size: int  # bytes
    modified: int  # ns since 1970

    def is_still(self, path: Path) -> bool:
        now = path.lstat()
        return (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) == (
            self.device, self.inode, self.size, self.modified,
        )  # fmt: skip


class Reader(Protocol):
    def read(self, path: Path) -> Seen: ...


class Looks:
    """Hashes a file once, whichever of its names is asked for, and again only when it is no longer the file it was."""

    def __init__(self, disk: Reader) -> None:
        self._disk = disk
        self._seen: dict[tuple[int, int], Seen] = {}

    def read(self, path: Path) -> Seen:
        about = path.lstat()
        seen = self._seen.get((about.st_dev, about.st_ino))
        if seen is None or not seen.is_still(path):
            seen = self._disk.read(path)
            self._seen[seen.device, seen.inode] = seen
        return seen


class Disk:
    """The real one. Methods raise `OSError` as the system gives it. `at_once` files are placed side by side."""

    at_once = 8

    def read(self, path: Path, into: int | None = None) -> Seen:
        """Hash a regular file, and write what is read into a descriptor."""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise OSError(errno.EINVAL, "not a regular file", str(path))
            digest = hashlib.sha256()
            while chunk := os.read(descriptor, _CHUNK):
                digest.update(chunk)
                if into is not None:
                    self.write(into, chunk)
            return Seen(digest.hexdigest(), about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
        finally:
            os.close(descriptor)

    def write(self, descriptor: int, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    def copy(self, source: Path, part: Path) -> Seen:
        """Content, times and permissions, on the disk when this returns."""
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            seen = self.read(source, descriptor)
            about = source.lstat()
            os.fchmod(descriptor, stat.S_IMODE(about.st_mode) & 0o777)
            os.utime(descriptor, ns=(about.st_atime_ns, about.st_mtime_ns))
            os.fsync(descriptor)
            return seen
        finally:
            os.close(descriptor)

    def put(self, part: Path, data: bytes, modified: int) -> None:
        """Content, and the time it was last changed in ns since 1970 (0: not known), on the disk when this returns."""
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        try:
            self.write(descriptor, data)
            if modified > 0:
                os.utime(descriptor, ns=(modified, modified))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def publish(self, part: Path, path: Path) -> None:
        """Give the file its name in one step. Raises `FileExistsError` if the name is taken."""
        if not _rename_without_replacing(part, path):
            os.link(part, path, follow_symlinks=False)
            part.unlink()

    def link(self, source: Path, path: Path) -> None:
        os.link(source, path, follow_symlinks=False)

    def remove(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, path: Path) -> None:
        path.mkdir()

    def remove_folder(self, path: Path) -> None:
        path.rmdir()

    def sync_folder(self, path: Path) -> None:
        """Names in a folder survive a power cut from here on."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno != errno.EINVAL:  # some network disks have no such thing
                raise
        finally:
            os.close(descriptor)

    def open_log(self, path: Path, length: int) -> int:
        """Opened for appending behind the first `length` bytes; what stands behind them is cut off."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        try:
            os.ftruncate(descriptor, length)
            os.fsync(descriptor)
            self.sync_folder(path.parent)
        except OSError:
            os.close(descriptor)
            raise
        return descriptor

    def log(self, descriptor: int, data: bytes) -> None:
        """All of it on the disk, or none of it."""
        before = os.fstat(descriptor).st_size
        try:
            self.write(descriptor, data)
            os.fsync(descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, before)
            raise

    def close_log(self, descriptor: int) -> None:
        os.close(descriptor)


def inner_link(root: Path, below: str) -> str | None:
    """The first part of a path below `root` that is a symbolic link, or None."""
    at = root
    for part in below.split("/"):
        at = at / part
        try:
            if stat.S_ISLNK(at.lstat().st_mode):
                return at.relative_to(root).as_posix()
        except (FileNotFoundError, NotADirectoryError):
            return None
    return None


def _rename_without_replacing(part: Path, path: Path) -> bool:
    """False where the system or the file system does not offer it."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    rename = getattr(library, "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(part), _AT_FDCWD, os.fsencode(path), _NO_REPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_OFFERED:
        return False
    raise OSError(number, os.strerror(number), str(part), None, str(path))
