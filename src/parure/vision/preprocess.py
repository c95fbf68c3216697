"""Pictures of any size to the one array a network takes, as its card says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images import letterbox
from parure.vision.base import Pixels
from parure.vision.card import ImageInput

__all__ = ["fit_square", "network_input"]


def network_input(images: Sequence[Pixels], wanted: ImageInput) -> NDArray[np.float32]:
    """(n, 3, side, side) or (n, side, side, 3) float32, scaled by mean and std."""
    squares = np.stack([fit_square(pixels, wanted) for pixels in images])
    if wanted.channels == "bgr":
        squares = squares[..., ::-1]
    mean, std = np.array(wanted.mean, np.float32), np.array(wanted.std, np.float32)
    if wanted.layout == "nchw":
        squares, mean, std = squares.transpose(0, 3, 1, 2), mean[:, None, None], std[:, None, None]
    scaled = squares.astype(np.float32, order="C")
    scaled -= mean
    scaled /= std
    return scaled


def fit_square(pixels: Pixels, wanted: ImageInput) -> Pixels:
    """(side, side, 3), by the card's `fit`."""
    side = wanted.side
    if wanted.fit == "letterbox":
        return letterbox(pixels, side, fill=wanted.fill)
    height, width = pixels.shape[:2]
    box = (0.0, 0.0, float(width), float(height))
    if wanted.fit == "crop":
        short = min(width, height)
        left, top = (width - short) / 2, (height - short) / 2
        box = (left, top, left + short, top + short)
    return np.asarray(Image.fromarray(pixels).resize((side, side), Image.Resampling.BICUBIC, box, reducing_gap=3.0))
