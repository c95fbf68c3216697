"""Measures of the piece itself, where somebody else (a model) says where it is: on any ground, and of it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.picture import Picture
from parure.images.quality.ground import find_ground
from parure.images.quality.measure import FULL_SIDE
from parure.images.quality.sharpness import sharpness
from parure.images.quality.view import View

__all__ = ["measure_piece"]

Mask = NDArray[np.bool_]
_SHORTEST = 8  # px of the view: a side shorter than that is not measured against


def measure_piece(picture: Picture, mask: Mask, box: tuple[float, float, float, float]) -> Mapping[str, float]:
    """`sharpness`, `resolution` and `cut`, 0 to 1, of what `mask` (h, w, in the picture's proportions) marks.

    `box` is x, y, width and height of the piece as shares. The picture may have been shrunk on load; its header tells
    the size of the file.
    """
    view = View.of(picture.pixels)
    height, width = view.bright.shape
    there = np.asarray(Image.fromarray(mask.view(np.uint8)).resize((width, height), Image.Resampling.NEAREST)) > 0
    ground = replace(find_ground(view), piece=there, box=box)
    size = max(box[2] * picture.header.width, box[3] * picture.header.height)
    found = {"sharpness": sharpness(view, ground), "resolution": size / FULL_SIDE, "cut": _cut(there, box)}
    return {name: min(1.0, max(0.0, value)) for name, value in found.items()}


def _cut(mask: Mask, box: tuple[float, float, float, float]) -> float:
    """The largest share of the piece's width or height that runs along an edge of the picture."""
    height, width = mask.shape
    tall, wide = max(_SHORTEST, box[3] * height), max(_SHORTEST, box[2] * width)
    along = (mask[:, :2].all(1), mask[:, -2:].all(1), mask[:2].all(0), mask[-2:].all(0))
    return float(max(np.count_nonzero(edge) / side for edge, side in zip(along, (tall, tall, wide, wide), strict=True)))
