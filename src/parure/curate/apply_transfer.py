"""One file to its place, verified; and what the system says when that fails, as a line for a person."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from parure.curate.apply_disk import Disk, Seen

__all__ = ["DISK_FULL", "Changed", "Linking", "Transfer", "clear", "explain", "publish_verified", "transfer"]

Result = TypeVar("Result")

DISK_FULL = "disk_full"

_CANNOT_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EACCES})

# errno -> (stable code, what happened, what to do)
_FULL = (DISK_FULL, "the disk is full", "Free some space and run the same command again.")
_DENIED = ("permission", "permission is denied", "Give yourself the right to read and write there and run again.")
_ERRORS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: ("too_large", "the file is larger than that disk allows", "Choose a target on another disk."),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: ("read_only", "the disk is read-only", "Choose a target that can be written."),
    errno.ENAMETOOLONG: ("name_too_long", "the name is too long for that disk", "Shorten the target in the plan."),
    errno.EXDEV: ("other_disk", "a hard link cannot cross from one disk to another", "Copy instead: leave out --link."),
    errno.EMLINK: ("too_many_links", "the file has as many hard links as the disk allows", "Copy instead."),
    errno.ELOOP: ("symlink", "a symbolic link stands there", "Put the file itself in its place."),
    errno.EEXIST: ("target_exists", "another file lies there", "Move that one away, or change the target in the plan."),
    errno.ENOTDIR: ("not_a_folder", "a part of the path is a file", "Rename that file, or change the plan."),
    errno.EISDIR: ("is_a_folder", "a folder lies there", "Rename that folder, or change the plan."),
    errno.ENOENT: ("missing", "the file is gone", "Scan and plan again."),
    errno.EILSEQ: ("name_not_allowed", "the disk does not take this name", "Change the target in the plan."),
    errno.EIO: ("read_error", "the disk reports an error", "Check the disk; the file may be damaged."),
}


class Linking(Enum):
    NEVER = "never"
    WHERE_POSSIBLE = "where possible"
    ALWAYS = "always"


class Changed(Exception):
    """The bytes are not those that were expected. `part_of` says whose."""

    def __init__(self, path: Path, *, copy: bool = False) -> None:
        super().__init__(str(path))
        self.copy = copy


@dataclass(frozen=True)
class Transfer:
    """`part` lies beside `path` and is ours alone: what an earlier attempt left there is removed."""

    origin: Path
    path: Path
    part: Path
    sha256: str


def transfer(disk: Disk, job: Transfer, linking: Linking) -> Seen:
    """The origin as it was read. The new name is not durable before its folder is synced."""
    clear(disk, job.part)
    if linking is not Linking.NEVER:
        seen = _expected(disk, job.origin, job.sha256)
        try:
            disk.link(job.origin, job.path)
        except OSError as error:
            if linking is Linking.ALWAYS or error.errno not in _CANNOT_LINK:
                raise
        else:
            if not seen.is_still(job.path):  # swapped between reading and linking: it is our own name that goes
                disk.remove(job.path)
                raise Changed(job.origin)
            return seen
    return _copied(disk, job)


def clear(disk: Disk, part: Path) -> None:
    if part.is_symlink() or part.exists():
        disk.remove(part)


def explain(error: OSError) -> tuple[str, str]:
    """A stable code, and the end of a sentence that began with the file."""
    known = _ERRORS.get(error.errno or 0)
    if known is None:
        return "system", f"{error.strerror or error}. Mend that and run the same command again."
    code, what, advice = known
    return code, f"{what}. {advice}"


def publish_verified(disk: Disk, job: Transfer, write: Callable[[], Result]) -> Result:
    """What `write` leaves in the part is read again, so that what was written is what is verified. Then it is named."""
    try:
        written = write()
        if disk.read(job.part).sha256 != job.sha256:
            raise Changed(job.part, copy=True)
        disk.publish(job.part, job.path)
    except (OSError, Changed):
        with contextlib.suppress(OSError):
            clear(disk, job.part)
        raise
    return written


def _copied(disk: Disk, job: Transfer) -> Seen:
    """Read once, for the copy and its hash."""

    def write() -> Seen:
        seen = disk.copy(job.origin, job.part)
        if seen.sha256 != job.sha256 or not seen.is_still(job.origin):
            raise Changed(job.origin)
        return seen

    return publish_verified(disk, job, write)


def _expected(disk: Disk, path: Path, sha256: str) -> Seen:
    seen = disk.read(path)
    if seen.sha256 != sha256:
        raise Changed(path)
    return seen
