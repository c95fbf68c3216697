"""Where the pieces are: a network of the YOLOX layout, its raw numbers decoded here.

The network sees the photo in the top left of a square, the rest filled with grey 114, channels BGR, values 0 to 255.
It lays three grids over the square, with cells of 8, 16 and 32 pixels, and each cell says one box: how far its centre
lies from the cell's corner, in cells; the logarithm of its sides, in cells; how sure it is of a piece; and a score
for each class. The last two are probabilities already. Classes have no part in how sure a box is: a network this small
finds pieces far better than it names them. The reader, which sees them larger, names them, and what the places about a
piece hold it for has a say in that.

Unusual: where nothing is found, or the surest piece is small, four overlapping windows of the photo are looked at too.
On real hands that finds a third of the pieces instead of a quarter; of composed scenes it is every sixth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.resize import fit_size
from parure.regions import Box, iou
from parure.vision.analysis import Detection, prominence
from parure.vision.base import Pixels
from parure.vision.manifest import DetectorCard
from parure.vision.onnx_runtime import open_session
from parure.vision.shapes import Expected, check_inputs, check_outputs, check_result

__all__ = [
    "FILL",
    "INPUT",
    "LARGEST_LOG",
    "OUTPUT",
    "STRIDES",
    "Detector",
    "Found",
    "cells",
    "corner_letterbox",
    "decode",
    "main_first",
    "suppress",
]

INPUT, OUTPUT = "images", "output"
STRIDES = (8, 16, 32)
FILL = 114
LARGEST_LOG = 8.0  # e^8 cells are far beyond any square: a wild number becomes a large box, not an overflow
CONSIDERED = 300  # boxes that go into suppression, the best ones: a busy photo cannot make it slow
_WITNESS = 0.01  # score from which a place says what a piece is

# A photo where the surest place is no piece, or as small as a ring on a hand, is looked at again in windows.
SMALL = 0.15  # mean side of a box, of the photo's
UNSURE = 0.4
WINDOWS = tuple(np.array([x, y, x + 0.6, y + 0.6]) for y in (0.0, 0.4) for x in (0.0, 0.4))
_CUT = 0.01  # a box so near to a window's edge goes on beyond it

Corners = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Places:
    """`corners` (n, 4) x0, y0, x1, y1 as shares of the photo, `scores` (n,), `classes` (n, c) a score for each."""

    corners: Corners
    scores: NDArray[np.float64]
    classes: NDArray[np.float32]

    @property
    def sides(self) -> NDArray[np.float64]:
        return np.asarray(np.sqrt((self.corners[:, 2:] - self.corners[:, :2]).prod(axis=1)))

    def of(self, wanted: NDArray[np.bool_]) -> _Places:
        return _Places(self.corners[wanted], self.scores[wanted], self.classes[wanted])


@dataclass(frozen=True)
class Found:
    """`surest` is the probability that the surest place holds a piece, whether it counts as one or not."""

    detections: tuple[Detection, ...]
    surest: float


class Detector:
    """Photos to detections, the most certain first. Safe to call from threads."""

    def __init__(self, card: DetectorCard, manifest: Path, *, threads: int = 0) -> None:
        self.card = card
        self._session = open_session(card.file.path, sha256=card.file.sha256, threads=threads)
        rows = sum((card.side // stride) ** 2 for stride in STRIDES)
        self._output = Expected(OUTPUT, (None, rows, 5 + len(card.classes)), "detector.classes")
        check_inputs(self._session, (INPUT,), manifest)
        check_outputs(self._session, (self._output,), manifest)

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        """None, one or several pieces; boxes lie within the photo. Raises `ModelError` for a result that is no use."""
        return self.find(pixels).detections

    def find(self, pixels: Pixels) -> Found:
        """The same, and how sure it is of the surest place where nothing counts as a piece. Raises `ModelError`."""
        places = self._places(pixels)
        if _far_away(places):
            places = _joined(places, [self._closer(pixels, window) for window in WINDOWS])
        (chosen,) = np.nonzero(places.scores >= self.card.threshold)
        order = suppress(places.corners[chosen], places.scores[chosen], self.card.overlap)
        kept = chosen[order][: self.card.most]
        told = _told_about(places.corners[kept], places)
        pieces = tuple(self._detection(places, int(i), shares) for i, shares in zip(kept, told, strict=True))
        return Found(pieces, float(places.scores.max(initial=0.0)))

    def _places(self, pixels: Pixels) -> _Places:
        """Every box of the network that lies in the photo and not in the padding."""
        square, (width, height) = corner_letterbox(pixels, self.card.side)
        blob = np.ascontiguousarray(square[..., ::-1].transpose(2, 0, 1)[None], np.float32)
        raw = check_result(self._session, self._output, self._session.run(OUTPUT, {INPUT: blob}))[0]
        corners = np.clip(decode(raw[:, :4], self.card.side) / (width, height, width, height), 0, 1)
        filled = np.all(corners[:, 2:] > corners[:, :2], axis=1)
        return _Places(corners, self.card.calibration(raw[:, 4]), raw[:, 5:]).of(filled)

    def _closer(self, pixels: Pixels, window: Corners) -> _Places:
        """Small pieces of that window (x0, y0, x1, y1 as shares) that it does not cut."""
        height, width = pixels.shape[:2]
        left, top, right, bottom = (window * (width, height, width, height)).round().astype(int)
        seen = self._places(pixels[top:bottom, left:right])
        # Edges of the window that are none of the photo's cut what lies on them.
        low, high = np.where(window[:2] > 0, _CUT, 0.0), np.where(window[2:] < 1, 1 - _CUT, 1.0)
        whole = np.all((seen.corners[:, :2] >= low) & (seen.corners[:, 2:] <= high), axis=1)
        size = np.tile(window[2:] - window[:2], 2)
        own = _Places(seen.corners * size + np.tile(window[:2], 2), seen.scores, seen.classes)
        return own.of(whole & (own.sides < SMALL))

    def _detection(self, places: _Places, number: int, shares: NDArray[np.float64]) -> Detection:
        x0, y0, x1, y1 = map(float, places.corners[number])
        classes = self.card.classes
        own = classes[int(places.classes[number].argmax())]
        types = {name: float(share) for name, share in zip(classes, shares, strict=True) if share > 0}
        return Detection(Box(x0, y0, x1 - x0, y1 - y0), own, float(places.scores[number]), types)


def _told_about(boxes: Corners, places: _Places) -> NDArray[np.float64]:
    """(m, c) what all places about each box hold it for, the more the surer they are and the better they fit it; adds
    up to 1. Of one place alone it would be a guess: neighbours that see the same piece often name it otherwise."""
    some = places.of(places.scores >= _WITNESS)
    weights = iou(boxes, some.corners) * some.scores
    told = weights @ some.classes.astype(np.float64)
    return np.asarray(told / np.maximum(told.sum(axis=1, keepdims=True), 1e-12))


def _far_away(places: _Places) -> bool:
    if not len(places.scores):
        return True
    surest = int(places.scores.argmax())
    return bool(places.scores[surest] < UNSURE or places.sides[surest] < SMALL)


def _joined(first: _Places, others: Sequence[_Places]) -> _Places:
    every = (first, *others)
    return _Places(
        *(np.concatenate([getattr(one, name) for one in every]) for name in ("corners", "scores", "classes"))
    )


def corner_letterbox(pixels: Pixels, side: int) -> tuple[Pixels, tuple[int, int]]:
    """(side, side, 3) with the whole photo in its top left, aspect kept, and the (width, height) it takes there."""
    height, width = pixels.shape[:2]
    size = fit_size(width, height, side)
    image = Image.fromarray(pixels)
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=3.0)
    square = np.full((side, side, 3), FILL, np.uint8)
    square[: size[1], : size[0]] = np.asarray(image)
    return square, size


def decode(raw: NDArray[np.float32], side: int) -> NDArray[np.float64]:
    """(n, 4) corners x0, y0, x1, y1 in pixels of the square, from (n, 4) dx, dy, log w, log h in cells."""
    corner, stride = cells(side)
    values = raw.astype(np.float64)
    centres = (values[:, :2] + corner) * stride
    halves = np.exp(np.minimum(values[:, 2:], LARGEST_LOG)) * stride / 2
    return np.concatenate([centres - halves, centres + halves], axis=1)


@lru_cache(maxsize=4)
def cells(side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n, 2) column and row of each cell and (n, 1) its size in pixels, in the order of the network's rows."""
    corners, sizes = [], []
    for stride in STRIDES:
        rows, columns = np.indices((side // stride, side // stride))
        corners.append(np.stack([columns.ravel(), rows.ravel()], axis=1))
        sizes.append(np.full((rows.size, 1), stride))
    return np.concatenate(corners).astype(np.float64), np.concatenate(sizes).astype(np.float64)


def suppress(corners: NDArray[np.float64], scores: NDArray[np.float64], overlap: float) -> NDArray[np.intp]:
    """Indices of the boxes to keep, best first: each drops the worse ones that overlap it by more than `overlap` (IoU),
    whatever their class, because one thing on a photo is one piece."""
    order = np.argsort(-scores, kind="stable")[:CONSIDERED]
    shared = iou(corners[order], corners[order]) > overlap
    free = np.ones(len(order), np.bool_)
    kept = []
    for place in range(len(order)):
        if free[place]:
            kept.append(place)
            free &= ~shared[place]
    return order[np.array(kept, np.intp)]


def main_first(detections: tuple[Detection, ...]) -> tuple[Detection, ...]:
    """The most prominent piece first; the others stay in their order."""
    if not detections:
        return ()
    main = max(detections, key=prominence)
    return (main, *(other for other in detections if other is not main))
