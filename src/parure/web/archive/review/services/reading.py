"""Bytes of archive files for pages. Only what was scanned is ever read: a file of a known archive, by its hash.

A path never comes from outside. What is read must still have the content that was scanned; so a file that was swapped
meanwhile, or that is reached through a link put in its way, is not shown. Nothing is passed on as it is: pictures are
decoded within the limits and drawn anew.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import PurePosixPath

from parure import images
from parure.curate.scan_read import SIDE
from parure.curate.sources import Listed, Source, open_source
from parure.errors import ImageError, ImageReason, IntakeError, MissingExtra, NotFound
from parure.images import Picture
from parure.images.quality.explain import explain
from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.rows import path_of
from parure.web.catalogue.photos import limits

__all__ = ["SIDES", "Reader", "explained", "thumbnail"]

SIDES = (480, 1600)  # px


class Reader:
    """Reads scanned files of one archive. Raises `IntakeError` where its source cannot be opened."""

    def __init__(self, archive: Archive) -> None:
        self._source = _opened(archive.location)

    def read(self, file: Listed, sha256: str) -> bytes:
        """Raises `ImageError` or `OSError`."""
        if PurePosixPath(file.path).is_absolute() or ".." in PurePosixPath(file.path).parts:
            raise ImageError(ImageReason.UNREADABLE, "This path leads out of the archive.")
        content = self._source.read(file, limits().max_bytes)
        if content.data is None:
            raise ImageError(ImageReason.TOO_MANY_BYTES, "The file has grown beyond the limit.")
        if content.sha256 != sha256:
            raise ImageError(ImageReason.UNREADABLE, "The file has changed since it was scanned. Scan it again.")
        return content.data


def thumbnail(archive: Archive, sha256: str, side: int) -> bytes:
    """WebP. Raises `NotFound`, `ImageError` or `OSError`."""
    return images.thumbnail(_picture(archive, sha256, side).pixels, side)


def explained(archive: Archive, sha256: str, measure: str) -> bytes:
    """WebP of the photo and what the measure looked at. Raises `NotFound` for an unknown measure too."""
    try:
        shown = explain(_picture(archive, sha256, SIDE), [measure])
    except ValueError as error:
        raise NotFound(str(error)) from error
    stream = io.BytesIO()
    shown.save(stream, "WEBP", quality=85, method=2)
    return stream.getvalue()


def _picture(archive: Archive, sha256: str, side: int) -> Picture:
    known = ArchiveFile.objects.filter(archive=archive, sha256=sha256, gone_at=None, refusal="")
    rows = list(known.only("path", "raw_path", "size", "modified", "stamp").order_by("pk")[:5])
    if not rows:
        raise NotFound("No photo of this archive has this content.")
    reader = _reader(archive)
    failure: ImageError | OSError | None = None
    for row in rows:  # copies of one content: any will do
        file = Listed(path_of(row.path, row.raw_path), row.size, row.modified, row.stamp)
        try:
            return images.decode(reader.read(file, sha256), limits=limits(), shrink_to=side)
        except (ImageError, OSError) as error:
            failure = error
    assert failure is not None
    raise failure


def _reader(archive: Archive) -> Reader:
    try:
        return Reader(archive)
    except (IntakeError, MissingExtra) as error:
        raise NotFound(str(error)) from error


@lru_cache(maxsize=8)
def _opened(location: str) -> Source:
    """Kept: a URL's connection is, too. A folder that comes and goes is looked at anew with every read."""
    return open_source(location)
