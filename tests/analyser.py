"""A small public analyser: coloured things on white, each with a stone where it is darkest. No model, no chance.

Pieces are runs of columns that hold colour; what is darkest in a piece is its stone, the rest its metal and setting.
It believes a piece yellow or rose or white by its mean colour, and a ring if it is narrow, a necklace if wide.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parure.regions import Box, PartClass, crop, from_pixels
from parure.vision.analysis import WHOLE, Analyser, Analysis, Belief, Detection, Reading, SeenPiece
from parure.vision.base import Pixels, Vectors, unit_rows

__all__ = ["ColumnAnalyser", "piece_picture"]

GOLD, ROSE, RUBY, SAPPHIRE = (212, 175, 80), (205, 140, 120), (150, 20, 40), (25, 40, 140)
_SURE = 0.9
BINS = 216


class ColumnAnalyser(Analyser):
    version = "columns-1"
    dimension = BINS
    input_side = 144
    batch_size = 8

    def _analyse(self, image: Pixels, region: Box | None) -> Analysis:
        if region is not None:
            return Analysis((_seen(image, region, 1.0),))
        boxes = sorted(_boxes(image), key=lambda box: -box.area)
        return Analysis(tuple(_seen(image, box, 0.95) for box in boxes) or (_seen(image, WHOLE, 0.0),))


def piece_picture(*pieces: tuple[tuple[int, int, int], tuple[int, int, int]], side: int = 96) -> Pixels:
    """Pieces of (metal, stone) colour beside each other on white, the first one largest."""
    pixels = np.full((side, side * len(pieces), 3), 255, np.uint8)
    for place, (metal, stone) in enumerate(pieces):
        left, edge = place * side, 16 + 6 * place
        pixels[edge : side - edge, left + edge : left + side - edge] = metal
        pixels[40:56, left + 40 : left + 56] = stone
    return pixels


def _seen(image: Pixels, box: Box, score: float) -> SeenPiece:
    pixels = crop(image, box)
    kind = "ring" if pixels.shape[1] < 1.5 * pixels.shape[0] else "necklace"
    return SeenPiece(Detection(box, kind, score), box, _reading(pixels, kind))


def _reading(pixels: Pixels, kind: str) -> Reading:
    grey = pixels.astype(np.int64).sum(axis=2)
    piece = grey < 690
    stone = piece & (grey < 330)
    metal = piece & ~stone
    parts = np.where(stone, PartClass.CENTRE_STONE, np.where(metal, PartClass.METAL, 0)).astype(np.uint8)
    vectors = {"setting": metal, "stones": stone}
    held = {name: _unit(pixels[mask][None]) for name, mask in vectors.items() if mask.any()}
    beliefs = (Belief("type", kind, _SURE, (("brooch", 0.05),)), _metal(pixels[metal]), _stone(pixels[stone]))
    return Reading(_unit(pixels), beliefs, parts[::2, ::2], held)


def _metal(pixels: NDArray[np.uint8]) -> Belief:
    if not len(pixels):
        return Belief("metal_colour", "", _SURE)
    red, green, blue = pixels.mean(axis=0)
    if red - blue < 30:
        return Belief("metal_colour", "white", _SURE, (("rose", 0.05),))
    yellow = green - blue > 50
    return Belief("metal_colour", "yellow" if yellow else "rose", _SURE, (("rose" if yellow else "yellow", 0.05),))


def _stone(pixels: NDArray[np.uint8]) -> Belief:
    if not len(pixels):
        return Belief("stone_colour", "", _SURE)
    red, _, blue = pixels.mean(axis=0)
    return Belief("stone_colour", "red" if red > blue else "blue", 0.7, (("", 0.2),))


def _unit(pixels: NDArray[np.uint8]) -> Vectors:
    """(216,) of length 1: the square roots of the shares of 6 x 6 x 6 colours, white left out."""
    flat = pixels.reshape(-1, 3)
    coloured = flat[flat.astype(np.int64).sum(axis=1) < 690]
    bins = (coloured.astype(np.int64) * 6 // 256) @ np.array([36, 6, 1])
    counts = np.bincount(bins, minlength=BINS) + 1e-6
    return np.asarray(unit_rows(np.sqrt(counts)[None], BINS)[0], np.float32)


def _boxes(image: Pixels) -> Sequence[Box]:
    """One per run of columns with colour in them, as high as the colour reaches."""
    coloured = image.astype(np.int64).sum(axis=2) < 690
    edges = np.flatnonzero(np.diff(np.concatenate([[0], coloured.any(axis=0).astype(np.int8), [0]])))
    height, width = coloured.shape
    found = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        rows = np.flatnonzero(coloured[:, left:right].any(axis=1))
        found.append(from_pixels((left, rows[0], right, rows[-1] + 1), width, height))
    return [box for box in found if box.area > 0.001]
