"""Sharpness of the piece: how steep its edges are, each against its own height, so that no motif is sharper by itself.

An edge as sharp as pixels allow rises between two neighbours as far as it does within seven pixels: a share of 1. A
blurred one rises by little steps. What is counted are the steepest of the strong edges; the ground never enters.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.quality.ground import Ground
from parure.images.quality.view import View

__all__ = ["on_piece", "sharpness", "steepness"]

Mask = NDArray[np.bool_]

_STRONG = 48  # levels within 7 x 7 pixels; below, noise looks steep
_TOP = 0.95  # of the strong pixels that many are less steep than the answer
_ENOUGH = 40  # pixels
_MOST = 12_000  # pixels that are looked at


def sharpness(view: View, ground: Ground) -> float:
    """0 (no detail at all) to 1 (as sharp as pixels allow)."""
    piece = on_piece(view, ground)
    places = np.flatnonzero(piece & (view.wide >= _STRONG))
    if len(places) < _ENOUGH:
        places = np.flatnonzero(piece & (view.wide >= _STRONG // 3))
    if len(places) < _ENOUGH:
        return 0.0
    places = places[:: 1 + len(places) // _MOST]
    shares = view.fine.ravel()[places] / view.wide.ravel()[places].astype(np.float32)
    rank = int(_TOP * (len(shares) - 1))
    return float(np.partition(shares, rank)[rank])


def on_piece(view: View, ground: Ground) -> Mask:
    """(h, w) the piece, a little widened so that its outline belongs to it; the middle where nothing stands out."""
    height, width = view.grey.shape
    share = np.count_nonzero(ground.piece) / ground.piece.size
    if ground.box is None or not 0.001 < share < 0.9:
        middle = np.zeros((height, width), np.bool_)
        middle[height // 5 : height - height // 5, width // 5 : width - width // 5] = True
        return middle
    return _enlarged(_widened(ground.piece), height, width)


def steepness(view: View) -> NDArray[np.float32]:
    """(h, w) steepness of strong edges, 0 elsewhere: the picture that explains the figure."""
    strong = view.wide >= _STRONG
    return np.where(strong, view.fine / np.maximum(view.wide, 1).astype(np.float32), 0).astype(np.float32)


def _enlarged(mask: Mask, height: int, width: int) -> Mask:
    """Exact doubling, as of most pictures, takes a fifth of the time: each byte twice in a word, each row twice."""
    marks = mask.view(np.uint8)
    if (height, width) == (2 * mask.shape[0], 2 * mask.shape[1]):
        return np.repeat((marks * np.uint16(0x0101)).view(np.bool_), 2, axis=0)
    return np.asarray(Image.fromarray(marks).resize((width, height), Image.Resampling.NEAREST)) > 0


def _widened(mask: Mask) -> Mask:
    wide = mask.copy()
    wide[1:] |= mask[:-1]
    wide[:-1] |= mask[1:]
    high = wide.copy()
    high[:, 1:] |= wide[:, :-1]
    high[:, :-1] |= wide[:, 1:]
    return high
