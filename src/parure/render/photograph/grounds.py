"""What a piece lies on. One table of kinds; every ground is a function of kind, number and shape, and kept.

Unusual: a ground belongs to a numbered set-up, not to a picture. Different designs are photographed on the same
set-up over and over, else a model learns the ground as a mark of the design.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from parure.render.photograph import hard_grounds as hard
from parure.render.photograph import soft_grounds as soft
from parure.render.photograph.noise import Shape, ramp

__all__ = ["GROUNDS", "ground", "lay"]

GROUNDS: dict[str, Callable[[Generator, Shape], NDArray[np.float32]]] = {
    "white": soft.white,
    "grey": soft.grey,
    "paper": soft.paper,
    "wood": hard.wood,
    "marble": hard.marble,
    "linen": soft.linen,
    "velvet": soft.velvet,
    "silk": soft.silk,
    "stone": hard.stone,
    "slate": hard.slate,
    "concrete": hard.concrete,
    "sand": hard.sand,
    "leaf": soft.leaf,
    "leather": soft.leather,
    "room": soft.room,
}

_UNSHADED = ("white", "grey", "paper", "room")  # their light is part of them
_SIDES = (320, 640)  # px


@lru_cache(maxsize=320)
def ground(kind: str, number: int, shape: Shape) -> Image.Image:
    """The ground of set-up `number`, always the same. Do not draw on it: it is shared."""
    random = np.random.default_rng((crc32(kind.encode()), number))
    picture = GROUNDS[kind](random, shape)
    if kind not in _UNSHADED:
        picture = picture * (1.06 - random.uniform(0.05, 0.3) * ramp(shape, random.uniform(0, 2 * np.pi)))[..., None]
    return Image.fromarray((np.clip(picture, 0, 255) + 0.5).astype(np.uint8))


def lay(kind: str, number: int, random: Generator, shape: Shape) -> Image.Image:
    """A place on the ground of that set-up, as near or far as it may be, perhaps seen from the other side.

    Made at one of two sizes only, whatever the picture's: the cells of a collage share the grounds of whole pictures.
    """
    side = _SIDES[0] if max(shape) <= _SIDES[0] else _SIDES[1]
    share = random.uniform(0.72, 1.0) * side / max(shape)
    wide, tall = shape[1] * share, shape[0] * share
    left, top = random.uniform(0, side - wide), random.uniform(0, side - tall)
    place = ground(kind, number, (side, side)).resize(
        (shape[1], shape[0]), Image.Resampling.BILINEAR, (left, top, left + wide, top + tall)
    )
    return place.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if random.random() < 0.5 else place
