"""Pictures that visitors search with, kept for a day so that a result can be paged, refined, reloaded and sent on.

They are no part of the catalogue: re-encoded small without anything that was in the file beside the pixels, named by
the hash of that, at most 500 of them, the oldest gone first.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from pathlib import Path

from parure import images, settings
from parure.errors import ImageError, StorageFull
from parure.images import Pixels
from parure.web.catalogue.photos import QUERY_SIDE

__all__ = ["keep", "load", "read"]

MAX_AGE_S = 24 * 3600
MAX_FILES = 500
_KEY = re.compile(r"[0-9a-f]{64}")
_QUALITY = 92  # of WebP: similarity to the uploaded picture moves less than the third digit


def keep(pixels: Pixels) -> str:
    """Store a query picture and return its key. Raises `StorageFull`."""
    data = images.thumbnail(pixels, QUERY_SIDE, quality=_QUALITY)
    key = images.sha256(data)
    path = _folder() / f"{key}.webp"
    aside = path.with_name(f"{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise StorageFull(f"The picture could not be kept for searching ({error.strerror}).") from error
    _prune()
    return key


def read(key: str) -> bytes | None:
    """WebP bytes; None for a key that was never given or is no longer kept."""
    if not _KEY.fullmatch(key):
        return None
    try:
        return (_folder() / f"{key}.webp").read_bytes()
    except FileNotFoundError:
        return None


def load(key: str) -> Pixels | None:
    data = read(key)
    if data is None:
        return None
    try:
        return images.decode(data).pixels
    except ImageError:  # a disk that lost the end of the file
        return None


def _folder() -> Path:
    return settings.get().data / "queries"


def _prune() -> None:
    """Also takes half-written files of killed processes, by age."""
    entries: list[tuple[float, str]] = []
    with os.scandir(_folder()) as found:
        for entry in found:
            with contextlib.suppress(FileNotFoundError):  # another request prunes too
                entries.append((entry.stat().st_mtime, entry.path))
    oldest = time.time() - MAX_AGE_S
    entries.sort(reverse=True)
    for place, (written, path) in enumerate(entries):
        if written < oldest or place >= MAX_FILES:
            Path(path).unlink(missing_ok=True)
