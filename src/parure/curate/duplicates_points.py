"""Describes the places of a picture where something happens, so that turning and mirroring changes nothing.

At each place four rings of 16 samples are read, at two scales. Their Fourier coefficients turn by a common phase when
the picture turns, and are conjugated when it is mirrored; the real parts of products of two rings' coefficients at one
frequency do neither. These Gram matrices, with the colours of the rings, are the description.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.curate.duplicates_frame import box_blur
from parure.images import Pixels
from parure.images.resize import fit_size

__all__ = ["NUMBERS", "describe_points"]

Floats = NDArray[Any]

_SIDE = 128  # pixels of the longer side, at the finer scale
_POINTS = 160  # at most
_CELL = 5  # pixels: the strongest place of each cell is taken
_LEAST_STRENGTH = 0.5  # squared levels per pixel: less is noise
_FEWEST = 8  # places are taken from an even picture too
_ANGLES = 16
_FREQUENCIES = 6  # 0 to 5
_RINGS = ((0, 2.5), (0, 5.0), (1, 4.5), (1, 8.0))  # scale (1: half the pixels), radius in its pixels
_PAIRS = np.triu_indices(len(_RINGS))
NUMBERS = _FREQUENCIES * len(_PAIRS[0]) + 2 * len(_RINGS)  # of one description
_NOISE = 4.0  # levels: rings that vary less are not stretched to full contrast
_COLOUR_NOISE, _COLOUR_WEIGHT = 6.0, 0.25
_LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)
_TURNS = np.arange(_ANGLES) * 2 * np.pi / _ANGLES


def describe_points(pixels: Pixels) -> NDArray[np.float32]:
    """(n, `NUMBERS`), 8 to 160 places, strongest first."""
    image = Image.fromarray(pixels)
    small = image.resize(_at_least(fit_size(*image.size, _SIDE)), Image.Resampling.BILINEAR, reducing_gap=2.0)
    fine = np.asarray(small, np.float32)
    planes = [_planes(fine), _planes(_halved(fine))]
    rows, columns = _places(planes[0][..., 0])
    rings = np.stack([_ring(planes[scale], scale, radius, rows, columns) for scale, radius in _RINGS], axis=1)
    return np.concatenate([_shape(rings[..., 0]), _colour(rings[..., 1:], planes[1][..., 1:])], axis=1)


def _at_least(size: tuple[int, int]) -> tuple[int, int]:
    return max(24, size[0]), max(24, size[1])


def _halved(pixels: Floats) -> Floats:
    height, width = pixels.shape[0] // 2 * 2, pixels.shape[1] // 2 * 2
    even = pixels[:height, :width]
    return np.asarray((even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / 4)


def _planes(pixels: Floats) -> Floats:
    """(h, w, 3): softened grey, red minus blue, green minus the mean of both."""
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    return np.stack([box_blur(pixels @ _LUMINANCE), red - blue, green - (red + blue) / 2], axis=-1)


def _places(grey: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of corners (and, where there are too few, of edges): the best of each cell, best first."""
    strength = _cornerness(grey)
    for rim in (strength[:4], strength[-4:], strength[:, :4], strength[:, -4:]):
        rim[...] = 0
    down, across = grey.shape[0] // _CELL, grey.shape[1] // _CELL
    blocks = strength[: down * _CELL, : across * _CELL].reshape(down, _CELL, across, _CELL)
    cells = blocks.transpose(0, 2, 1, 3).reshape(down * across, _CELL * _CELL)
    best = cells.argmax(axis=1)
    value = cells[np.arange(len(cells)), best]
    order = np.argsort(-value, kind="stable")[:_POINTS]
    order = order[: max(_FEWEST, int((value[order] > _LEAST_STRENGTH).sum()))]
    return order // across * _CELL + best[order] // _CELL, order % across * _CELL + best[order] % _CELL


def _cornerness(grey: Floats) -> Floats:
    """The smaller eigenvalue of the structure tensor, with a little of its trace."""
    down, right = np.gradient(grey)
    xx, yy, xy = box_blur(right * right), box_blur(down * down), box_blur(right * down)
    trace = xx + yy
    smaller = trace / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy**2 + 1e-9)
    return box_blur(smaller + 0.02 * trace)


def _ring(planes: Floats, scale: int, radius: float, rows: Floats, columns: Floats) -> Floats:
    """(n, 16, 3) nearest samples; beyond the rim it is repeated."""
    shrink, shift = (0.5, 0.25) if scale else (1.0, 0.0)
    x = np.rint(columns[:, None] * shrink - shift + radius * np.cos(_TURNS)).astype(np.int64)
    y = np.rint(rows[:, None] * shrink - shift + radius * np.sin(_TURNS)).astype(np.int64)
    return np.asarray(planes[y.clip(0, planes.shape[0] - 1), x.clip(0, planes.shape[1] - 1)])


def _shape(grey: Floats) -> NDArray[np.float32]:
    """(n, 60) from (n, 4, 16): signed roots of the Gram matrices, contrast taken out."""
    grey = grey - grey.mean(axis=(1, 2), keepdims=True)
    grey = grey / (np.sqrt((grey**2).mean(axis=(1, 2), keepdims=True)) + _NOISE)
    waves = np.fft.rfft(grey, axis=2)[..., :_FREQUENCIES].transpose(0, 2, 1) / _ANGLES  # (n, frequency, ring)
    gram = (waves[..., :, None] * waves[..., None, :].conj()).real[..., _PAIRS[0], _PAIRS[1]]
    flat = gram.reshape(len(grey), -1)
    return np.asarray(np.sign(flat) * np.sqrt(np.abs(flat)), np.float32)


def _colour(rings: Floats, everywhere: Floats) -> NDArray[np.float32]:
    """(n, 8) from (n, 4, 16, 2): how each ring's colour stands to that of the picture, so a cast takes no part."""
    planes = np.ascontiguousarray(everywhere.reshape(-1, 2).T)  # means along rows take a quarter of the time
    means = rings.mean(axis=2) - planes.mean(axis=1)
    scaled = means / (planes.std() + _COLOUR_NOISE)
    return np.asarray(_COLOUR_WEIGHT * scaled.reshape(len(rings), -1), np.float32)
