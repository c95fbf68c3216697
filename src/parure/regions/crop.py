"""Cutting a box out of a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parure.regions.boxes import Box, to_pixels

__all__ = ["crop"]


def crop(pixels: NDArray[np.uint8], box: Box, margin: float = 0.0) -> NDArray[np.uint8]:
    """The pixels (h, w, 3) inside the box, widened on each side by `margin` x the box's longer side in pixels.

    What lies beyond the picture is left out, never invented. The result is a view; at least one pixel each way.
    """
    height, width = pixels.shape[:2]
    reach = margin * max(box.w * width, box.h * height)
    across, down = reach / width, reach / height
    wide = Box(box.x - across, box.y - down, max(0.0, box.w + 2 * across), max(0.0, box.h + 2 * down))
    x0, y0, x1, y1 = to_pixels(wide, width, height)
    return pixels[y0:y1, x0:x1]
