"""What the piece is shown on: white, another plain ground, a scene, or a body.

Numbers about the margins, and about what has the colour of skin, go through a small net that tells flat
grounds, scenes and bodies apart. Whether a flat ground is white is no matter of belief: it is white from 98 % lightness
on.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.quality.ground import Ground
from parure.images.quality.net import load_net
from parure.images.quality.view import Bytes, Mask, View, mean_where, windowed

__all__ = ["BACKGROUNDS", "INPUTS", "background_shares", "cast", "describe_ground", "skin"]

BACKGROUNDS = ("white", "plain", "scene", "worn")
INPUTS = (
    "flat", "noise", "lightness", "chroma", "ring_rough", "ring_rough_high", "rough", "piece", "skin", "skin_body",
    "skin_ring", "skin_of_piece", "skin_apart", "skin_rough", "skin_red", "dark", "ring_spread",
    "skin_spread", "skin_colour", "skin_light", "skin_smooth", "skin_vast", "skin_middle", "skin_side", "skin_sides",
    "colour", "ring_colour_spread",
)  # fmt: skip
_WHITE = 250.0  # the darkest channel of a ground that counts as white; below, people see grey or a tint
_SOFT_WHITE = 1.0  # levels over which the answer goes from one to the other
_BODY, _VAST = 9, 21  # px at half size: patches of skin are at least so wide; so wide are seldom others than bodies
_SMOOTH, _EVEN = np.uint8(32), np.uint8(48)  # levels within 5 x 5 pixels of what is so smooth, and of vast patches
_REACHES = 0.1  # of a side of the picture that is skin: the body comes in there
_RED, _BLUE = (np.uint8(135), np.uint8(43)), (np.uint8(90), np.uint8(36))  # of chroma: lowest, and how far it goes
_PALE = np.uint8(12)  # levels by which blue may lie above green
_LIGHT = 170.0  # a ground darker than that was not meant to be white


def background_shares(view: View, ground: Ground) -> Mapping[str, float]:
    """A probability for each of `BACKGROUNDS`; they sum to 1."""
    odds = load_net("background")(describe_ground(view, ground)[None])[0].astype(np.float64)
    shares = np.exp(odds - odds.max())
    flat, scene, worn = (shares / shares.sum()).tolist()
    white = 1 / (1 + float(np.exp(min(50.0, (_WHITE - ground.tone.min()) / _SOFT_WHITE))))
    return {"white": flat * white, "plain": flat * (1 - white), "scene": scene, "worn": worn}


def cast(ground: Ground) -> float:
    """0 to 1: the tint of a light, even ground, which was meant to be white; 0 on others."""
    if not ground.even or ground.tone.mean() < _LIGHT:
        return 0.0
    return float(ground.tone.max() - ground.tone.min()) / 255 * 4 if ground.tone.max() else 0.0


def skin(view: View) -> Bytes:
    """(h2, w2) 1 where a pixel has a colour that skin of any tone can have, else 0.

    The classic band of chroma in YCbCr, bent for pale and dark skin: red above green above blue, but not by much.
    """
    y, cb, cr = (np.asarray(channel) for channel in Image.fromarray(view.small).convert("YCbCr").split())
    red, green, blue = view.planes
    band = (cr - _RED[0] <= _RED[1]) & (cb - _BLUE[0] <= _BLUE[1]) & (y >= 35)  # below the first, bytes run round
    return (band & (red > green) & ((green >= blue) | (blue - green <= _PALE))).view(np.uint8)


def describe_ground(view: View, ground: Ground) -> NDArray[np.float32]:
    """(27,) the numbers of `INPUTS`."""
    coloured = skin(view)
    body = _bodies(coloured)
    ring = ground.ring
    rough, bright = view.rough, view.bright
    ring_rough = np.sort(rough.ravel()[ring])
    on_body = body.view(np.bool_)
    count, piece = int(np.count_nonzero(on_body)), int(np.count_nonzero(ground.piece))
    both = int(np.count_nonzero(on_body & ground.piece))
    red, green, _ = view.planes
    tone = ground.tone
    return np.array(
        [
            ground.flat,
            np.log1p(ground.noise),
            tone.mean() / 255,
            (tone.max() - tone.min()) / 255,
            np.log1p(float(ring_rough[len(ring) // 2])),
            np.log1p(float(ring_rough[len(ring) * 9 // 10])),
            _mean(rough) / 64,
            piece / bright.size,
            np.count_nonzero(coloured) / bright.size,
            count / bright.size,
            coloured.ravel()[ring].mean(),
            both / max(1, piece),
            both / max(1, count),
            mean_where(rough, on_body) / 32,
            (mean_where(red, on_body) - mean_where(green, on_body)) / 64,
            np.count_nonzero(bright < 60) / bright.size,
            float(np.std(bright.ravel()[ring])) / 64,
            *_describe_skin(view, coloured, on_body),
            _mean(view.high - view.low) / 128,
            float(np.std((view.high - view.low).ravel()[ring])) / 64,
        ],
        np.float32,
    )


def _describe_skin(view: View, coloured: Bytes, body: Mask) -> tuple[float, ...]:
    """Eight numbers: light and colour of bodies, how smooth and vast they are, where they lie. Bodies are round."""
    height, width = coloured.shape
    smooth = windowed(coloured & (view.rough < _SMOOTH), _BODY, np.minimum)
    vast = windowed(coloured & (view.rough < _EVEN), _VAST, np.minimum)
    rim = max(2, height // 24)
    sides = [_mean(side) for side in (coloured[:rim], coloured[-rim:], coloured[:, :rim], coloured[:, -rim:])]
    return (
        float(view.bright[body].std()) / 32 if body.any() else 0.0,
        mean_where(view.high - view.low, body) / 128,
        mean_where(view.bright, body) / 255,
        _mean(smooth),
        _mean(vast),
        _mean(coloured[height // 4 : height - height // 4, width // 4 : width - width // 4]),
        max(sides),
        sum(side > _REACHES for side in sides) / 4,
    )


def _mean(plane: Bytes) -> float:
    return int(plane.sum(dtype=np.uint32)) / plane.size if plane.size else 0.0


def _bodies(coloured: Bytes) -> Bytes:
    """Only what is left of patches as wide as `_BODY` when they are worn down."""
    return windowed(coloured, _BODY, np.minimum)
