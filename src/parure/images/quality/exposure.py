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
    "full", "full_white", "nearly_full", "nearly_to_full", "full_colour", "ring_white", "ring_full", "ring_nearly",
    "full_smooth", "nothing", "pixels", "nearly_white", "noise",
)  # fmt: skip
_WHITE = 252  # levels of the darkest channel from which a pixel is burnt
_GAP, _NARROW = 4, 1  # px at half size: burnt places up to twice that wide are seen as part of the piece
_NEARLY = 240  # levels from which a ground can be taken for burnt
_FULL, _NEARLY_FULL = 254, 236  # levels of a channel that holds no more, and of one that soon will
_FLAT = 2  # levels within 5 x 5 pixels: nothing is drawn there any more
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
    """(30,) the numbers of `INPUTS`."""
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
            *_describe_full(view, ground),
        ],
        np.float32,
    )


def _describe_full(view: View, ground: Ground) -> tuple[float, ...]:
    """Thirteen numbers on what has reached the end of a channel, and what is near it: too much light piles up there."""
    high, low, size = view.high, view.low, view.bright.size
    full, white = high >= _FULL, low >= _FULL
    nearly = _share(~full & (high >= _NEARLY_FULL))
    ring_high, ring_low = high.ravel()[ground.ring], low.ravel()[ground.ring]
    count = int(np.count_nonzero(ground.piece))
    return (
        _share(full),
        _share(white),
        nearly,
        nearly / (_share(full) + 0.01),
        _share(full & ~white),
        _share(ring_low >= _FULL),
        _share(ring_high >= _FULL),
        _share((ring_high >= _NEARLY_FULL) & (ring_high < _FULL)),
        _share(full & (view.rough <= _FLAT)),
        float(count == 0),
        float(np.log1p(count or size)) / 10,
        _share(low >= _NEARLY_FULL) - _share(white),
        float(np.log1p(ground.noise)),
    )


def _share(mask: Mask) -> float:
    return int(np.count_nonzero(mask)) / max(1, mask.size)


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
