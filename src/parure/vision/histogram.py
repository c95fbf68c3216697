"""An encoder without a model: which colours a piece has, and which way its edges run where.

The public reference implementation of the contract: pure numpy and Pillow, a millisecond or two a picture, the same
numbers on every machine. It makes tests fast and shows what a trained model has to beat.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images import letterbox
from parure.vision.base import Encoder, Pixels
from parure.vision.colour import COLOUR_BINS, colour_histogram

__all__ = ["EDGE_BINS", "HistogramEncoder", "edge_histogram"]

SIDE = 64
CELLS = 4  # the picture is a grid of 4 x 4
DIRECTIONS = 12  # over half a turn: an edge and its negative run the same way
EDGE_BINS = CELLS * CELLS * DIRECTIONS


class HistogramEncoder(Encoder):
    """216 colours and 192 edge directions, 408 numbers."""

    version = "histogram-1"
    dimension = COLOUR_BINS + EDGE_BINS
    input_side = 144
    batch_size = 64

    def _embed_images(self, images: Sequence[Pixels]) -> NDArray[np.float32]:
        return np.stack([_embed(pixels) for pixels in images])


def edge_histogram(pixels: Pixels) -> NDArray[np.float32]:
    """(192,) square roots of the shares of edge strength, by cell and direction: length 1, or 0 for a flat picture."""
    grey = Image.fromarray(letterbox(pixels, SIDE)).convert("L")
    down, right = np.gradient(np.asarray(grey, np.float32))
    strength = np.hypot(down, right)
    if not strength.any():
        return np.zeros(EDGE_BINS, np.float32)
    turn = np.arctan2(down, right) % np.pi / np.pi  # 0..1 over half a turn
    direction = np.minimum((turn * DIRECTIONS).astype(np.int64), DIRECTIONS - 1)
    shares = np.bincount((_CELL * DIRECTIONS + direction).ravel(), strength.ravel(), EDGE_BINS) / strength.sum()
    return np.asarray(np.sqrt(shares), np.float32)


def _embed(pixels: Pixels) -> NDArray[np.float32]:
    return np.concatenate([colour_histogram(pixels), edge_histogram(pixels)])


def _cells() -> NDArray[np.int64]:
    """(side, side): which cell of the grid a pixel lies in."""
    line = np.arange(SIDE) * CELLS // SIDE
    return np.asarray(line[:, None] * CELLS + line[None, :], np.int64)


_CELL = _cells()
