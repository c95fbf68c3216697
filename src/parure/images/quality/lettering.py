"""Words laid over the picture: opaque text with its arrows and size charts, and see-through watermarks.

The picture is looked at in cells of 8 x 8 pixels. Letters are strokes of one tone on another with nothing between, in
rows with air above and below; a small net says so of each cell from what it and its neighbours hold. Stones side by
side look alike, but with more of the piece above and below: text counts only where a line of it would be free. The
figure of the picture is that of its few most certain cells, so that a short price counts as much as a long caption.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.quality.ground import Ground
from parure.images.quality.net import load_net
from parure.images.quality.view import Bytes, View, between, rimmed, slid

__all__ = ["CELL", "INPUTS", "Lettering", "describe_cells", "measure_lettering"]

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

CELL = 8  # px
_KINDS = (
    "range", "steep", "faint", "across", "down", "light", "rough", "flat", "low_apart", "high_apart",
)  # fmt: skip
_NEAR = ((0, 0), (0, -1), (0, 1), (0, -2), (0, 2), (-1, 0), (1, 0), (-2, 0), (2, 0), (-1, -1), (-1, 1), (1, -1), (1, 1))
INPUTS = tuple(f"{kind}{down:+d}{across:+d}" for down, across in _NEAR for kind in _KINDS)
_FEW = 4  # places of four cells in a row that decide
_BUSY = 60  # levels within 10 x 10 pixels, of letters on an uneven ground
_TAKEN = 40  # of 255: how much of a block is not ground
_ASIDE, _UP = 3, 7  # blocks of 4 px: how wide a free line has to be, and how near


@dataclass(frozen=True, eq=False)
class Lettering:
    """Figures from 0 to 1, and the probability of each cell (rows, columns) that explains them."""

    text: float
    watermark: float
    text_cells: Floats
    watermark_cells: Floats


def measure_lettering(view: View, ground: Ground) -> Lettering:
    rows, columns = view.grey.shape[0] // CELL, view.grey.shape[1] // CELL
    if rows < 5 or columns < 5:
        empty = np.zeros((rows, columns), np.float32)
        return Lettering(0.0, 0.0, empty, empty)
    odds = load_net("lettering")(describe_cells(view))
    shares = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    text, watermark = (shares[:, k].reshape(rows, columns).astype(np.float32) for k in range(2))
    text = text * free_lines(view, ground)
    return Lettering(_top(text), _top(watermark), text, watermark)


def _top(cells: Floats) -> float:
    """The mean of the few highest, each smoothed along its row: letters stand in lines."""
    lines = (cells[:, :-3] + cells[:, 1:-2] + cells[:, 2:-1] + cells[:, 3:]).ravel() / 4
    few = min(_FEW, lines.size)
    return float(np.partition(lines, lines.size - few)[lines.size - few :].mean())


def free_lines(view: View, ground: Ground) -> Mask:
    """(rows, columns) cells where a line of letters could stand: little way up and down there is nothing but ground.

    In blocks of 4 x 4 pixels; what is not ground is told by the ground's model, on uneven ones by steep edges.
    """
    rows, columns = view.grey.shape[0] // CELL, view.grey.shape[1] // CELL
    taken = ground.piece if ground.even else view.rough > _BUSY
    plane = Image.fromarray(taken.view(np.uint8) * np.uint8(255))
    exact = plane.size == (columns * 4, rows * 4)
    blocks = plane.reduce(2) if exact else plane.resize((columns * 2, rows * 2), Image.Resampling.BOX)
    busy = np.asarray(blocks) > _TAKEN
    wide = np.zeros((rows * 2, columns * 2 + 2 * _ASIDE), np.uint8)
    wide[:, _ASIDE:-_ASIDE] = busy
    level = slid(wide, 2 * _ASIDE + 1, np.maximum, (1,))
    free = _free_above(level) & _free_above(level[::-1])[::-1] & busy
    return np.asarray(free.reshape(rows, 2, columns, 2).any((1, 3)))


def _free_above(level: Bytes) -> Mask:
    """Whether one of the few rows above is free; above the picture all is."""
    above = np.zeros((_UP + len(level), level.shape[1]), np.uint8)
    above[_UP:] = level
    return np.asarray(slid(above[:-1], _UP, np.minimum, (0,)) == 0)


def describe_cells(view: View) -> Floats:
    """(cells, len(INPUTS)): of each cell, row by row, what it and its neighbours hold."""
    kinds = _kinds(view)
    rows, columns = kinds.shape[1:]
    padded = rimmed(kinds, 2, 2)
    near = [padded[:, 2 + y : 2 + y + rows, 2 + x : 2 + x + columns] for y, x in _NEAR]
    return np.concatenate(near).reshape(len(INPUTS), -1).T


def _kinds(view: View) -> Floats:
    """(10, rows, columns) one plane for each of `_KINDS`, all about 0 to 1."""
    height, width = (side // CELL * CELL for side in view.grey.shape)
    grey, fine, wide = view.grey[:height, :width], view.fine[:height, :width], view.wide[:height, :width]
    low, high = _cells(grey, np.minimum), _cells(grey, np.maximum)
    steep, faint, across, down, flat = _shares(_marks(grey, fine, wide))
    planes = (
        (high - low).astype(np.float32) / 255,
        steep,
        faint,
        across,
        down,
        high.astype(np.float32) / 255,
        _mean(fine) / 128,
        flat,
        _unlike_beside(low),
        _unlike_beside(high),
    )
    return np.stack(planes).astype(np.float32)


def _marks(grey: Bytes, fine: Bytes, wide: Bytes) -> Mask:
    """(5, h, w): pixels that are steep, faint, on edges that run down, on such that run across, and flat ones."""
    across, down, half = np.zeros_like(grey), np.zeros_like(grey), wide >> 1
    across.ravel()[:-1] = between(grey.ravel()[:-1], grey.ravel()[1:])
    across[:, -1] = 0  # there it ran over to the next row
    down[:-1] = between(grey[:-1], grey[1:])
    sharp = fine > half
    marks = np.empty((5, *grey.shape), np.bool_)
    marks[0] = sharp & (fine > 40)
    marks[1] = sharp & (fine > 3) & (wide <= 48)
    marks[2] = (across > down) & (across > 12)
    marks[3] = (down > across) & (down > 12)
    marks[4] = fine <= 3
    return marks


def _shares(marks: Mask) -> Floats:
    """(n, rows, columns) the share of each cell that is marked, of each of n planes."""
    count, height, width = marks.shape
    counts = _cells(marks.view(np.uint8).reshape(count * height, width), np.add)
    return np.asarray(counts.reshape(count, height // CELL, width // CELL) / CELL**2, np.float32)


def _unlike_beside(cells: Bytes) -> Floats:
    """How much a cell differs from those beside it in its row: words are of one ink on one ground, stones are not."""
    padded = np.concatenate((cells[:, :1], cells, cells[:, -1:]), axis=1)
    apart = between(cells, padded[:, :-2]).astype(np.float32) + between(cells, padded[:, 2:])
    return np.asarray(apart / 255, np.float32)


def _cells(plane: Bytes, pick: np.ufunc) -> Bytes:
    """The pick of each cell, or the sum where it stays below 256."""
    rows = pick.reduce(plane.reshape(-1, CELL, plane.shape[1]), axis=1, dtype=np.uint8)
    turned = np.ascontiguousarray(rows.T)
    return np.asarray(pick.reduce(turned.reshape(-1, CELL, turned.shape[1]), axis=1, dtype=np.uint8).T)


def _mean(plane: Bytes) -> Floats:
    return np.asarray(Image.fromarray(plane).reduce(CELL), np.float32)
