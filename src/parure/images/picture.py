"""The values of this folder: what a file says it is, what it holds, and how much of it we are willing to read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.images.formats import FORMATS

__all__ = ["Header", "Limits", "Picture", "Pixels"]

Pixels = NDArray[np.uint8]  # (height, width, 3), sRGB


@dataclass(frozen=True)
class Limits:
    """What is refused before a pixel is decoded: file bytes, width x height, and the shorter side in pixels."""

    max_bytes: int = 64 * 2**20
    max_pixels: int = 100_000_000
    min_side: int = 16


@dataclass(frozen=True)
class Header:
    """What the file says of itself. `width` and `height` are as shown, after turning by `orientation` (EXIF, 1 to 8).

    HEIC says 1 always: there the container turns the picture, and the standard tells readers to ignore EXIF.
    """

    format: str
    width: int
    height: int
    orientation: int = 1

    @property
    def extension(self) -> str:
        """Usual file-name ending with its dot, decided by content: ".jpg", ".png", ..."""
        return FORMATS[self.format].extension

    @property
    def media_type(self) -> str:
        return FORMATS[self.format].media_type


@dataclass(frozen=True, eq=False)
class Picture:
    """Decoded pixels: C-contiguous, read-only, upright. They may be smaller than the header says if shrunk on load."""

    pixels: Pixels
    header: Header
