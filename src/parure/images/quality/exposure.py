"""Light on the piece: too little, too much, and places burnt to pure white.

Pieces glitter, so some burnt pixels are right, and a white ground is not the piece's. What is right cannot be told from
one number: pearls are pale and onyx is dark. A small net weighs how tones are spread over the piece, what the ground
shows, and how much is burnt in any channel; it was taught by pictures taken too dark and too bright.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.images.quality.ground import Ground
from parure.images.quality.net import load_net
from parure.images.quality.view import Bytes, View, mean_where, windowed

__all__ = ["INPUTS", "Light", "burnt", "describe_light", "measure_light"]

Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]

_SHARES = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)
INPUTS = (
    *(f"tone_{share}" for share in _SHARES), "brightest", "burnt", "burnt_channel",
    "near_white", "ground", "ground_tint", "even", "colour", "contrast", "size",
)  # fmt: skip
_WHITE = 252  # levels of the darkest channel from which a pixel is burnt
_GAP, _NARROW = 4, 1  # px at half size: burnt places up to twice that wide are seen as part of the piece
_NEARLY = 240  # levels from which a ground can be taken for burnt
_ANY = 0.03  # of the margins


@dataclass(frozen=True)
class Light:
    """All from 0 to 1. `clipped` is the share of the piece that is burnt to pure white; the others are certainties."""

    dark: float
    washed: float
    clipped: float


def measure_light(view: View, ground: Ground) -> Light:
    numbers = describe_light(view, ground)
    dark, washed = (1 / (1 + np.exp(-np.clip(load_net("light")(numbers[None])[0], -30, 30)))).tolist()
    return Light(dark, washed, float(numbers[INPUTS.index("burnt")]))


def describe_light(view: View, ground: Ground) -> Floats:
    """(17,) the numbers of `INPUTS`."""
    whole = _closed(ground)
    area = max(1, int(np.count_nonzero(whole)))
    piece = ground.piece if ground.piece.any() else np.ones(view.bright.shape, np.bool_)
    high, low = view.high, view.low
    gone = np.cumsum(np.bincount(view.bright[piece], minlength=256))
    tones = np.searchsorted(gone / gone[-1], _SHARES) / 255
    return np.array(
        [
            *tones,
            float(high.max()) / 255,
            np.count_nonzero((low >= _WHITE) & whole) / area if _own(ground, low) else 0.0,
            np.count_nonzero((high >= _WHITE) & whole) / area,
            np.count_nonzero(low >= 235) / low.size,
            float(ground.tone.mean()) / 255,
            float(np.ptp(ground.tone)) / 255,
            ground.flat,
            mean_where(high - low, piece) / 255,
            mean_where(view.rough, piece) / 255,
            area / view.bright.size,
        ],
        np.float32,
    )


def burnt(view: View, ground: Ground) -> Mask:
    """(h2, w2) pixels of the piece without any tone left."""
    return np.asarray((view.low >= _WHITE) & _closed(ground) & _own(ground, view.low))


def _own(ground: Ground, low: Bytes) -> bool:
    """Whether what is burnt is the piece's: on an uneven ground, or one that is white in part, nobody knows."""
    white = float((low.ravel()[ground.ring] >= _WHITE).mean())
    return ground.even and (white < _ANY or ground.tone.min() >= _NEARLY)


def _closed(ground: Ground) -> Mask:
    """The piece with its narrow gaps filled; on white only the narrowest, since most gaps are seen through."""
    gap = _NARROW if ground.tone.min() >= _NEARLY else _GAP
    height, width = ground.piece.shape
    apart = np.zeros((height + 2 * gap, width + 2 * gap), np.uint8)
    apart[gap:-gap, gap:-gap] = ground.piece
    grown = windowed(apart, 2 * gap + 1, np.maximum)
    return windowed(grown, 2 * gap + 1, np.minimum)[gap:-gap, gap:-gap].view(np.bool_)
