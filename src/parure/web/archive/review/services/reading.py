"""Bytes of archive files for pages. Only what was scanned is ever read: a file of a known archive, by its hash.

A path never comes from outside. What is read must still have the content that was scanned; so a file that was swapped
meanwhile, or that is reached through a link put in its way, is not shown. Nothing is passed on as it is: pictures are
decoded within the limits and drawn anew.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from django.core.cache import cache
from PIL import Image

from parure import images
from parure.curate.duplicates_differences import read_metadata
from parure.curate.scan_read import SIDE
from parure.curate.sources import Listed, Source, open_source
from parure.errors import ImageError, ImageReason, IntakeError, MissingExtra, NotFound
from parure.images import Picture
from parure.images.quality.explain import explain
from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.rows import path_of
from parure.web.catalogue.photos import limits

__all__ = ["SIDES", "Reader", "explained", "metadata_of", "thumbnail"]

SIDES = (480, 1600)  # px
_COPIES_TRIED = 5
_DAY_S = 24 * 3600


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


def metadata_of(archive: Archive, contents: Sequence[str]) -> dict[str, dict[str, str]]:
    """Fields of EXIF by content; none where they cannot be read. They never change, so they are kept for a day."""
    keys = {f"review:metadata:{sha256}": sha256 for sha256 in contents}
    held = {keys[key]: told for key, told in cache.get_many(keys).items()}
    for sha256 in contents:
        if sha256 not in held:
            held[sha256] = _metadata(archive, sha256)
            cache.set(f"review:metadata:{sha256}", held[sha256], _DAY_S)
    return held


def _metadata(archive: Archive, sha256: str) -> dict[str, str]:
    try:
        stream = io.BytesIO(_data(archive, sha256))
        with Image.open(stream, formats=("JPEG", "MPO", "PNG", "WEBP", "TIFF")) as image:
            return read_metadata(image)
    except Exception:  # hostile bytes make readers raise nearly everything, and nothing depends on this
        return {}


def _picture(archive: Archive, sha256: str, side: int) -> Picture:
    return images.decode(_data(archive, sha256), limits=limits(), shrink_to=side)


def _data(archive: Archive, sha256: str) -> bytes:
    """Of the first file with this content that can be read. Raises `NotFound`, `ImageError` or `OSError`."""
    known = ArchiveFile.objects.filter(archive=archive, sha256=sha256, gone_at=None, refusal="")
    rows = list(known.only("path", "raw_path", "size", "modified", "stamp").order_by("pk")[:_COPIES_TRIED])
    if not rows:
        raise NotFound("No photo of this archive has this content.")
    reader = _reader(archive)
    failure: ImageError | OSError | None = None
    for row in rows:
        file = Listed(path_of(row.path, row.raw_path), row.size, row.modified, row.stamp)
        try:
            return reader.read(file, sha256)
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
