"""Small pictures for the page, as text that stands in it."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable
from contextlib import suppress

from PIL import Image

from parure.errors import ImageError
from parure.images import Pixels

__all__ = ["SIDE", "thumbnails"]

SIDE = 200  # px of the longer side
_QUALITY = 62


def thumbnails(
    paths: Iterable[str],
    picture: Callable[[str], Pixels],
    *,
    progress: Callable[[int], None] = lambda done: None,
) -> dict[str, str]:
    """Base64 of WebP by path. Files that are gone, or never were pictures, have none."""
    found = {}
    for done, path in enumerate(paths, start=1):
        with suppress(ImageError, OSError, KeyError):  # the page shows an empty place, and the reason beside it
            found[path] = _small(picture(path))
        progress(done)
    return found


def _small(pixels: Pixels) -> str:
    image = Image.fromarray(pixels)
    image.thumbnail((SIDE, SIDE), Image.Resampling.BOX, reducing_gap=None)
    stream = io.BytesIO()
    image.save(stream, "WEBP", quality=_QUALITY, method=4)
    return base64.b64encode(stream.getvalue()).decode()
