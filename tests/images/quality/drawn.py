"""A ring drawn with Pillow: sharp, whole, on an even ground; small enough that tests stay fast."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from parure.images import Header, Picture, Pixels

__all__ = ["picture_of", "ring"]

Colour = tuple[int, int, int]


def ring(
    *, side: int = 256, ground: Colour = (255, 255, 255), at: tuple[float, float] = (0.5, 0.5), reach: float = 0.3
) -> Pixels:
    """A band with bright and dark stripes, as polished metal shows, and a stone with facets.

    Drawn larger and reduced, since no camera makes stairs of slanted edges.
    """
    shown, side = side, side * 3
    image = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(image)
    x, y, far = at[0] * side, at[1] * side, reach * side
    for step, tone in enumerate(((120, 84, 20), (214, 170, 70), (250, 232, 170), (60, 40, 8), (190, 140, 50))):
        inner = far - step * side * 0.012
        draw.ellipse((x - inner, y - inner, x + inner, y + inner), outline=tone, width=max(2, side // 64))
    for corner in range(6):
        left = x - side * 0.06 + corner * side * 0.02
        draw.polygon(
            [(left, y - far - side * 0.04), (left + side * 0.02, y - far - side * 0.04), (x, y - far + side * 0.05)],
            fill=(40 + 38 * corner, 60, 230 - 36 * corner),
        )
    return np.asarray(image.resize((shown, shown), Image.Resampling.BOX))


def picture_of(pixels: Pixels, *, width: int = 0) -> Picture:
    """`width` is that of the file, by default what the pixels have."""
    height, wide = pixels.shape[:2]
    width = width or wide
    return Picture(np.ascontiguousarray(pixels), Header("jpeg", width, round(height * width / wide)))
