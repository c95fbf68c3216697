"""Small JPEG pictures for failure sheets."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from parure import images
from parure.errors import ImageError
from parure.evaluation.figures import Thumbnail
from parure.images.resize import shrink
from parure.vision import Pixels

__all__ = ["SHEET", "thumbnail_of", "thumbnail_of_file"]

SHEET = 8  # failures shown of each kind
SIDE = 168  # pixels


def thumbnail_of(pixels: Pixels, caption: str) -> Thumbnail:
    stream = io.BytesIO()
    shrink(Image.fromarray(pixels), SIDE).save(stream, "JPEG", quality=78)
    return Thumbnail(stream.getvalue(), caption)


def thumbnail_of_file(path: Path, caption: str) -> Thumbnail:
    """Of a photo on disk; without a picture where it cannot be read any more."""
    try:
        return thumbnail_of(images.decode(path.read_bytes(), shrink_to=2 * SIDE).pixels, caption)
    except (OSError, ImageError):
        return Thumbnail(b"", f"{caption} (cannot be read)")
