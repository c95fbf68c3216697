"""From a made photograph to what the reader gets: a cut around the piece, its labels, and how much of each part shows.

Unusual: some cuts go through the piece and some parts are covered, on purpose, so that a reader learns to say that it
cannot tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from parure.images import letterbox
from parure.regions import PartClass
from parure.render.dataset.store import Taken
from parure.render.photograph import Scene

__all__ = ["CELL", "Crop", "Evidence", "Framing", "part_grid", "take_crop"]

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Corners = tuple[int, int, int, int]  # left, top, right, bottom

CELL = 8  # pixels across a cell of the part grid
CLASSES = len(PartClass)
GROUND_SHARE = 0.2  # a cell is ground only if the piece covers less of it: thin chains and prongs must not vanish

_COVERED = (PartClass.CENTRE_STONE, PartClass.SIDE_STONE, PartClass.PEARL, PartClass.CHAIN)


@dataclass(frozen=True)
class Framing:
    """Chances: the photograph whole, a cut through the piece, a part covered."""

    whole: float
    cut: float
    occluded: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """By `PartClass`, (9,): `area` as a share of the frame, `share` of what the cut-out showed of it, 0 to about 1.

    `visible` is the share of the whole piece; ground counts in none of them.
    """

    area: Floats
    share: Floats
    visible: float


@dataclass(frozen=True, eq=False)
class Crop:
    """`pixels` (h, w, 3) as cut, `parts` (h, w) `PartClass` values of all pieces on it."""

    pixels: Bytes
    parts: Bytes
    evidence: Evidence


def take_crop(scene: Scene, taken: Taken, framing: Framing, random: Generator) -> Crop:
    """A cut around the first cut-out of the scene, which shows picture `taken`."""
    whole, cut, occluded = random.random(3)
    own = _own_pixels(scene)
    alone = all(piece.source == 0 for piece in scene.pieces)
    box = (0, 0, *scene.labels.shape[::-1])
    if own.any() and (whole >= framing.whole or not alone):
        box = _around(own, random, through=cut < framing.cut)
    left, top, right, bottom = box
    pixels, labels = scene.pixels[top:bottom, left:right], scene.labels[top:bottom, left:right]
    parts, own = labels & 15, own[top:bottom, left:right]
    if occluded < framing.occluded:
        pixels, hidden = _covered(pixels, np.where(own, parts, 0), random)
        parts, own = np.where(hidden, 0, parts), own & ~hidden
    return Crop(pixels, np.asarray(parts, np.uint8), _evidence(np.where(own, parts, 0), _expected(scene, taken)))


def part_grid(parts: Bytes, side: int) -> Bytes:
    """(side / 8, side / 8) classes of the letterboxed crop: the part with most pixels in a cell, or ground."""
    grey = np.repeat(parts[..., None], 3, axis=2)
    size = _nearest(grey, side)
    cells = size.reshape(side // CELL, CELL, side // CELL, CELL).swapaxes(1, 2).reshape(-1, CELL * CELL)
    counts = np.bincount(
        (np.arange(len(cells))[:, None] * CLASSES + cells).ravel(), minlength=len(cells) * CLASSES
    ).reshape(-1, CLASSES)
    covered = CELL * CELL - counts[:, 0]
    found = np.where(covered >= GROUND_SHARE * CELL * CELL, counts[:, 1:].argmax(axis=1) + 1, 0)
    return found.reshape(side // CELL, side // CELL).astype(np.uint8)


def _nearest(grey: Bytes, side: int) -> Bytes:
    """(side, side): letterboxed as the picture is, without mixing classes."""
    height, width = grey.shape[:2]
    blank = letterbox(np.zeros((height, width, 3), np.uint8), side)[..., 0] == 0  # where the picture comes to lie
    rows, columns = np.flatnonzero(blank.any(axis=1)), np.flatnonzero(blank.any(axis=0))
    inner = Image.fromarray(np.ascontiguousarray(grey[..., 0])).resize(
        (len(columns), len(rows)), Image.Resampling.NEAREST
    )
    square = np.zeros((side, side), np.uint8)
    square[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = np.asarray(inner)
    return square


def _own_pixels(scene: Scene) -> NDArray[np.bool_]:
    mine = np.zeros(256, np.bool_)
    for piece in scene.pieces:
        if piece.source == 0:
            mine[piece.instance * 16 + 1 : piece.instance * 16 + 16] = True
    return np.asarray(mine[scene.labels])


def _around(own: NDArray[np.bool_], random: Generator, *, through: bool) -> Corners:
    """With some air, not quite centred, as detectors cut; or `through`: a window of .35 to .7 of
    the piece around one of its pixels."""
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    low = np.array([columns[0], rows[0]], float)
    size = np.array([columns[-1] + 1, rows[-1] + 1], float) - low
    if through:
        size = size * random.uniform(0.35, 0.7, 2)
        spots = np.argwhere(own)
        low = spots[random.integers(len(spots))][::-1] - size * random.uniform(0.3, 0.7, 2)
    else:
        air = random.uniform(-0.02, 0.22, 4) * size.max()
        low, size = low - air[:2], size + air[:2] + air[2:]
    high = np.minimum(low + np.maximum(size, 16), own.shape[::-1])
    low = np.maximum(np.minimum(low, high - 16), 0)
    return int(low[0]), int(low[1]), int(np.ceil(high[0])), int(np.ceil(high[1]))


def _covered(pixels: Bytes, parts: Bytes, random: Generator) -> tuple[Bytes, NDArray[np.bool_]]:
    """The crop with a smooth disc of a colour of the ground over one kind of part; where it lies."""
    present = [part for part in _COVERED if (parts == part).any()]
    hidden = np.zeros(parts.shape, np.bool_)
    if not present:
        return pixels, hidden
    rows, columns = np.nonzero(parts == present[int(random.integers(len(present)))])
    middle = (np.median(rows), np.median(columns))
    radius = np.array([np.ptp(rows), np.ptp(columns)]) / 2 * random.uniform(0.8, 1.5) + 2
    down, across = np.ogrid[: parts.shape[0], : parts.shape[1]]
    hidden = ((down - middle[0]) / radius[0]) ** 2 + ((across - middle[1]) / radius[1]) ** 2 < 1
    ground = np.argwhere(parts == 0)
    tone = pixels[tuple(ground[random.integers(len(ground))])].astype(float) if len(ground) else np.full(3, 128.0)
    shade = tone + random.normal(0, 6, (*parts.shape, 1)) * random.random()
    return np.where(hidden[..., None], np.clip(shade, 0, 255), pixels).astype(np.uint8), hidden


def _expected(scene: Scene, taken: Taken) -> Floats:
    """(9,) pixels of each class that the scene would show of the first cut-out, were all of it in view."""
    number = np.bincount(scene.labels[scene.labels & 15 > 0] >> 4, minlength=16)
    shown = {
        piece.source_instance: (number[piece.instance], piece.visible) for piece in scene.pieces if not piece.source
    }
    drawn = {seen.instance: sum(seen.pixels.values()) for seen in taken.seen}
    scales = [count / max(visible, 1e-3) / drawn[own] for own, (count, visible) in shown.items() if drawn.get(own)]
    area = float(np.mean(scales)) if scales else 0.0
    return np.asarray(area * np.sum([_by_class(seen.pixels) for seen in taken.seen], axis=0, initial=0.0))


def _by_class(pixels: Mapping[str, int]) -> Floats:
    return np.array([float(pixels.get(part.name.lower(), 0)) for part in PartClass])


def _evidence(own: Bytes, expected: Floats) -> Evidence:
    counts = np.bincount(own.ravel(), minlength=CLASSES).astype(float)
    counts[0] = 0.0
    frame = max(own.shape) ** 2  # the letterboxed square
    share = np.divide(counts, expected, out=np.zeros(CLASSES), where=expected > 0)
    return Evidence(counts / frame, share, float(counts.sum() / max(1.0, expected.sum())))
