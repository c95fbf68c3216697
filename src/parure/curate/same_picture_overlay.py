"""Lays one picture over another by a map, and tells how much they share and how far light and dark run alike there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.curate.duplicates_frame import Affine
from parure.curate.same_picture_look import Look, after
from parure.curate.same_picture_opencv import opencv

__all__ = ["Overlay", "lay_over", "refined"]

SIDE = 160  # pixels: of the canvas, the second picture's content made smaller
_WINDOW = 9  # pixels: light and dark are compared in windows of this side
_NOISE = 16.0  # squared levels
_TEXTURE = 200.0  # squared levels: a window that varies this much counts a quarter, noise next to nothing
_LEAST_PIXELS = 400  # of the canvas: less is nothing to judge by
_LEAST_TEXTURED = 0.004  # of the canvas
_ROUNDS, _STEP = 25, 1e-3  # of the search for a better map
Floats = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Overlay:
    """`there` is the map, in pixels of the two looks. `first` and `second` (h, w, 3) float32 levels on the canvas,
    `both` (h, w) where both are shown, `textured` (h, w) 0 to 1 how much there is to be seen.

    `agreement` is the mean correlation of light and dark where either shows something, `one_sided` where one of them
    does, the better of both: a watermark adds, and takes nothing away. `overlap` is the shared area of the joint area,
    `of_first` and `of_second` of each picture's own.
    """

    there: Affine
    first: Floats
    second: Floats
    both: NDArray[np.bool_]
    textured: Floats
    agreement: float
    one_sided: float
    overlap: float
    of_first: float
    of_second: float


def lay_over(first: Look, second: Look, there: Affine) -> Overlay | None:
    """None where the two share too little to compare."""
    cv2 = opencv()
    grow = float(np.sqrt(abs(np.linalg.det(there[:, :2]))))
    share = min(1.0, SIDE / max(second.shape), 1 / max(grow, 1e-6))  # no finer than the coarser of both
    height, width = (max(8, round(side * share)) for side in second.shape)
    shrink = np.array([[width / second.shape[1], 0, 0], [0, height / second.shape[0], 0]])
    below = cv2.resize(second.pixels, (width, height), interpolation=cv2.INTER_AREA)
    below_shown = cv2.resize(second.shown, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    above, above_shown = _warped(first, after(shrink, there), (width, height))
    both = above_shown & below_shown
    if both.sum() < _LEAST_PIXELS:
        return None
    of_first = both.sum() / max(1.0, float(first.shown.sum()) * (grow * share) ** 2)
    of_second = both.sum() / max(1, below_shown.sum())
    both = cv2.erode(both.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0) > 0
    textured, agreement, one_sided = _agreement(_grey(above), _grey(below), both)
    overlap = 1 / max(1e-6, 1 / max(of_first, 1e-6) + 1 / max(of_second, 1e-6) - 1)
    shares = (min(1.0, float(each)) for each in (overlap, of_first, of_second))
    return Overlay(there, above, np.asarray(below, np.float32), both, textured, agreement, one_sided, *shares)


def refined(first: Look, second: Look, laid: Overlay) -> Overlay:
    """The same after the map was moved a little to where both agree most (ECC); as it was if that is no better."""
    cv2 = opencv()
    height, width = laid.both.shape
    move = np.eye(2, 3, dtype=np.float32)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, _STEP)
    try:
        _, move = cv2.findTransformECC(
            _grey(laid.second), _grey(laid.first), move, cv2.MOTION_AFFINE, stop, laid.both.astype(np.uint8), 3
        )
    except cv2.error:  # nothing to hold on to
        return laid
    shrink = np.array([[width / second.shape[1], 0, 0], [0, height / second.shape[0], 0]])
    on_canvas = np.linalg.inv(np.vstack([move, [0, 0, 1]]).astype(np.float64))[:2]
    larger = np.array([[1 / shrink[0, 0], 0, 0], [0, 1 / shrink[1, 1], 0]])
    moved = lay_over(first, second, after(larger, after(on_canvas, after(shrink, laid.there))))
    return moved if moved is not None and moved.agreement > laid.agreement else laid


def _warped(look: Look, there: Affine, size: tuple[int, int]) -> tuple[Floats, NDArray[np.bool_]]:
    """Pixels and where they are shown; made smaller by areas first, else fine parts would flicker."""
    cv2 = opencv()
    shrink = float(np.sqrt(abs(np.linalg.det(there[:, :2]))))
    pixels, shown = look.pixels, look.shown
    if shrink < 0.8:
        height, width = (max(8, round(side * shrink)) for side in look.shape)
        larger = np.array([[look.shape[1] / width, 0, 0], [0, look.shape[0] / height, 0]])
        pixels = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
        shown = cv2.resize(shown, (width, height), interpolation=cv2.INTER_NEAREST)
        there = after(there, larger)
    laid = cv2.warpAffine(pixels, there, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.warpAffine(shown, there, size, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(laid, np.float32), np.asarray(seen > 0)


def _grey(pixels: Floats) -> Floats:
    cv2 = opencv()
    return np.asarray(cv2.GaussianBlur(cv2.cvtColor(pixels.astype(np.float32), cv2.COLOR_RGB2GRAY), (3, 3), 0.8))


def _agreement(first: Floats, second: Floats, both: NDArray[np.bool_]) -> tuple[Floats, float, float]:
    """How textured each place is, and the two agreements of an `Overlay`: means of the correlation in windows."""
    weight = both.astype(np.float32)
    inside = np.maximum(_sums(weight), 1e-3)
    mean_first, mean_second = _sums(first * weight) / inside, _sums(second * weight) / inside
    vary_first = np.maximum(_sums(first * first * weight) / inside - mean_first**2, 0)
    vary_second = np.maximum(_sums(second * second * weight) / inside - mean_second**2, 0)
    together = _sums(first * second * weight) / inside - mean_first * mean_second
    alike = together / np.sqrt((vary_first + _NOISE) * (vary_second + _NOISE))
    textures = [_texture(vary) * weight for vary in (np.maximum(vary_first, vary_second), vary_first, vary_second)]
    either, *sides = [_mean(alike, texture, _LEAST_TEXTURED * both.size) for texture in textures]
    return textures[0], either, max(sides)


def _texture(variance: Floats) -> Floats:
    return np.asarray((variance / (variance + _TEXTURE)) ** 2)


def _mean(values: Floats, weights: Floats, enough: float) -> float:
    """0 where the weights do not come to enough: two blank pictures agree in nothing."""
    whole = float(weights.sum())
    return float((values * weights).sum() / whole) if whole >= enough else 0.0


def _sums(values: Floats) -> Floats:
    cv2 = opencv()
    return np.asarray(cv2.boxFilter(values, -1, (_WINDOW, _WINDOW), normalize=False, borderType=cv2.BORDER_CONSTANT))
