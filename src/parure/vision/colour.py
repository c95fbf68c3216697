"""Which colours a piece has: a histogram over hue, saturation and value, leaving out the backdrop.

Unusual: the backdrop is found without a model, as whatever looks like the rim of the picture. Product photos mostly
have a plain one; where the rim is not plain, little is left out and the histogram is that of the whole picture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.resize import shrink
from parure.vision.base import Pixels

__all__ = ["COLOUR_BINS", "backdrop", "colour_histogram"]

HUES, SATURATIONS, VALUES = 12, 6, 3
COLOUR_BINS = HUES * SATURATIONS * VALUES
SIDE = 144  # pixels looked at; beside the network, 96 to 288 gave the same figures on real photos
NEAR = 24  # of 255 in every channel: JPEG noise and soft shadow stay backdrop
LEAST = 0.01  # of the pixels; with fewer left the rim was the piece itself


def colour_histogram(pixels: Pixels) -> NDArray[np.float32]:
    """(216,) square roots of the shares of each colour: length 1, and a product of two is the Bhattacharyya overlap."""
    small = shrink(Image.fromarray(pixels), SIDE)
    piece = ~backdrop(np.asarray(small))
    if piece.mean() < LEAST:
        piece[:] = True
    bins = _hsv_bins(small)[piece]
    shares = np.bincount(bins, minlength=COLOUR_BINS) / bins.size
    return np.sqrt(shares).astype(np.float32)


def backdrop(pixels: Pixels) -> NDArray[np.bool_]:
    """(h, w): pixels whose colour is that of the rim (its median)."""
    width = max(1, min(pixels.shape[:2]) // 24)
    sides = (pixels[:width], pixels[-width:], pixels[:, :width], pixels[:, -width:])
    rim = np.median(np.concatenate([side.reshape(-1, 3) for side in sides]), axis=0)
    low, high = np.clip([rim - NEAR, rim + NEAR], 0, 255).astype(np.uint8)
    near = (pixels >= low) & (pixels <= high)
    return np.asarray(near[..., 0] & near[..., 1] & near[..., 2], np.bool_)


def _hsv_bins(image: Image.Image) -> NDArray[np.uint8]:
    """(h, w) bin numbers, which fit a byte; Pillow's hue, saturation and value are 0..255 each."""
    hsv = np.asarray(image.convert("HSV"))
    bins: NDArray[np.uint8] = _HUE[hsv[..., 0]] + _SATURATION[hsv[..., 1]] + _VALUE[hsv[..., 2]]
    return bins


def _steps(count: int, stride: int) -> NDArray[np.uint8]:
    """(256,) what a channel's value adds to the bin number."""
    return np.asarray((np.arange(256) * count >> 8) * stride, np.uint8)


_HUE = _steps(HUES, SATURATIONS * VALUES)
_SATURATION = _steps(SATURATIONS, VALUES)
_VALUE = _steps(VALUES, 1)
