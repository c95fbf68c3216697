"""Where an archive lies: a folder, a zip, or anything `fsspec` opens. A source lists files and reads one; no more.

A listing says of each file what tells a change (`stamp`), so that an unchanged file is not read again. What cannot be
read is part of the listing, with its reason. Sources are small and picklable: reading processes get a copy each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from parure.curate.plan import shown
from parure.curate.values import Reason
from parure.errors import IntakeError
from parure.intake.found import ARCHIVE_SUFFIXES, PHOTO_SUFFIXES, SHEET_SUFFIXES, why_not_a_photo

__all__ = ["Content", "Listed", "Source", "Unlisted", "hashed", "not_by_name", "open_source"]

_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that may be a photo. `stamp` changes with the content; empty: nothing tells, so it is always read."""

    path: str  # posix, below the source
    size: int  # bytes; 0 where the source does not tell
    modified: float  # seconds since 1970; 0 where the source does not tell
    stamp: str


@dataclass(frozen=True)
class Unlisted:
    """Something that will not be read. With `hides`, it is a folder, and what lies below is unknown, not gone."""

    path: str
    reason: Reason
    size: int = 0
    modified: float = 0.0
    hides: bool = False


@dataclass(frozen=True)
class Content:
    """`data` is None when the file is larger than was asked for; it is hashed all the same, where that is cheap."""

    sha256: str
    size: int  # bytes
    data: bytes | None


class Source(Protocol):
    """Two adapters differ in where bytes lie, never in what is a photo: `not_by_name` decides that for all."""

    @property
    def location(self) -> str:
        """The same for the same archive, however it was written; fit to be shown, without passwords."""

    @property
    def reads_at_once(self) -> int:
        """How many files one process had better ask for together: more than 1 where an answer takes its time."""

    def listing(self) -> Iterator[Listed | Unlisted]:
        """Everything there, in a stable order. Raises `IntakeError` if the source itself cannot be read."""

    def read(self, file: Listed, most: int) -> Content:
        """At most `most` bytes. Raises `OSError` or `ImageError`. Safe in threads."""


def open_source(text: str) -> Source:
    """The source a person named. Raises `IntakeError`, or `MissingExtra` for a URL without fsspec."""
    from parure.curate.sources_disk import FolderSource, ZipSource
    from parure.curate.sources_url import UrlSource

    if "://" in text and not text.startswith(("file://", "local://")):
        return UrlSource.opened(text)
    path = Path(unquote(urlsplit(text).path)) if "://" in text else Path(text)
    path = path.expanduser().resolve()
    if path.is_dir():
        return FolderSource(path)
    if not path.exists():
        raise IntakeError(f"{shown(str(path))} does not exist. Name a folder, a zip, or a URL such as s3://bucket.")
    if path.suffix.lower() != ".zip":
        raise IntakeError(f"{shown(str(path))} is neither a folder nor a zip. Name the folder it lies in.")
    return ZipSource(path)


def not_by_name(path: str) -> Reason | None:
    """Why the name alone says that this is no photo; None if it may be one."""
    name = shown(path)
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in PHOTO_SUFFIXES:
        return None
    if suffix in SHEET_SUFFIXES:
        return Reason("sheet", f"{name} is a sheet, not a photo; join it to the photos with `parure curate sheets`.")
    if suffix in ARCHIVE_SUFFIXES:
        return Reason("nested_archive", f"{name} is an archive inside the source; scan it on its own, or unpack it.")
    return Reason("not_a_photo", why_not_a_photo(name, shown(suffix)).detail)


def hashed(stream: BinaryIO, expected: int, most: int) -> Content:
    """Read to the end in bounded memory: kept if it is at most `most` bytes, hashed anyway."""
    data = stream.read(min(expected, most) + 1)  # one byte more, which shows whether the file has grown
    parts, size, digest = [data], len(data), hashlib.sha256(data)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size <= most:
            parts.append(chunk)
        else:
            parts.clear()
    whole = b"".join(parts) if len(parts) > 1 else data
    return Content(digest.hexdigest(), size, whole if size <= most else None)
