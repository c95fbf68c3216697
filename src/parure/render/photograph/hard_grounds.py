"""Grounds that are hard: wood, marble, stone, slate, concrete, sand. Each takes a generator and a shape."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.render.chance import maybe, pick
from parure.render.photograph.noise import Plane, Shape, cloud, coordinates, emboss, fractal, paint, speckle

__all__ = ["concrete", "marble", "sand", "slate", "stone", "wood"]

Picture = NDArray[np.float32]  # (h, w, 3), 0 to 255

_WOODS = (
    (196, 158, 112),
    (122, 84, 56),
    (214, 182, 138),
    (160, 150, 138),
    (228, 222, 212),
    (88, 62, 46),
    (176, 122, 76),
)
_MARBLES = {
    ((240, 239, 237), (150, 150, 156)): 5.0,
    ((226, 220, 210), (158, 134, 108)): 2.0,
    ((46, 46, 50), (196, 190, 180)): 1.2,
    ((52, 82, 70), (170, 194, 180)): 0.5,
    ((232, 208, 200), (176, 122, 110)): 0.8,
}


def wood(random: Generator, shape: Shape) -> Picture:
    """Grain runs along x; boards lie one above the other, each sawn from another place of the tree."""
    boards = pick(random, {1: 3.0, 2: 2.0, 3: 2.0, 5: 1.0})
    colour = np.asarray(pick(random, _WOODS), np.float32) + random.uniform(-12, 12, 3).astype(np.float32)
    edges = np.linspace(0, shape[0], boards + 1).astype(int)
    light = np.empty(shape, np.float32)
    contrast = random.uniform(0.5, 1.2)
    for top, bottom in pairwise(edges):
        light[top:bottom] = _board(random, (bottom - top, shape[1]), contrast)
        if boards > 1:
            light[top : top + max(1, shape[0] // 160)] *= random.uniform(0.3, 0.6)
    picture = paint(colour, light)
    # Shadow tones of wood are redder than its lights.
    picture[..., 2] *= np.clip(0.6 + 0.4 * light, 0, 1.2)
    return np.rot90(picture).copy() if shape[0] == shape[1] and maybe(random, 0.4) else picture


def _board(random: Generator, shape: Shape, contrast: float) -> Plane:
    _, y = coordinates(shape)
    warp = cloud(random, shape, 3, across=2.5) * 0.22 + cloud(random, shape, 8, across=4) * 0.03
    rings = np.sin((y * random.uniform(4, 9) + warp * random.uniform(1.5, 4)) * 2 * np.pi)
    fibres = (
        cloud(random, shape, shape[0] / 1.6, across=5) * 0.045 + cloud(random, shape, shape[0] / 5, across=3) * 0.04
    )
    tone = random.uniform(0.9, 1.08)
    return np.asarray(tone * (1 + contrast * (0.08 * rings * np.abs(rings) + fibres)), np.float32)


def marble(random: Generator, shape: Shape) -> Picture:
    base, vein = pick(random, _MARBLES)
    broad = np.abs(fractal(random, shape, random.uniform(1.5, 3.5), octaves=5, gain=0.55))
    fine = np.abs(fractal(random, shape, random.uniform(4, 7), octaves=4, gain=0.6))
    strength = np.exp(-broad * random.uniform(4, 9)) * 0.75 + np.exp(-fine * 14) * 0.25
    strength *= np.clip(0.55 + 0.5 * cloud(random, shape, 2.5), 0, 1)
    cloudy = 1 + 0.025 * fractal(random, shape, 3)
    share = strength[..., None]
    return np.asarray(paint(base, cloudy) * (1 - share) + np.asarray(vein, np.float32) * share, np.float32)


def stone(random: Generator, shape: Shape) -> Picture:
    colour = np.asarray(pick(random, ((168, 160, 150), (138, 132, 128), (190, 176, 156), (112, 110, 112))), np.float32)
    height = fractal(random, shape, random.uniform(3, 6), octaves=6, gain=0.72)
    relief = emboss(height, random.uniform(0, 6.28)) * random.uniform(0.5, 1.1)
    light = 1 + relief + 0.07 * fractal(random, shape, 2) + 0.03 * speckle(random, shape)
    tint = 1 + 0.015 * np.stack([cloud(random, shape, 3) for _ in range(3)], -1)
    return np.asarray(paint(colour, np.clip(light, 0.3, 1.5)) * tint, np.float32)


def slate(random: Generator, shape: Shape) -> Picture:
    """Dark layers that broke off in steps: a height field rounded to terraces, lit from one side."""
    grey = random.uniform(42, 86)
    height = fractal(random, shape, 2.5, octaves=5, gain=0.6)
    terraces = np.floor(height * 4) / 4 * 0.7 + height * 0.3
    light = 1 + emboss(terraces, random.uniform(0, 6.28)) * 1.6 + 0.05 * speckle(random, shape) + 0.07 * height
    return paint((grey, grey * 1.02, grey * random.uniform(1.0, 1.12)), np.clip(light, 0.5, 1.7))


def concrete(random: Generator, shape: Shape) -> Picture:
    grey = random.uniform(130, 205)
    light = 1 + 0.045 * fractal(random, shape, 2.5, octaves=5, gain=0.65) + 0.018 * speckle(random, shape)
    pores = (cloud(random, shape, shape[0] / 4) > 2.6).astype(np.float32)
    return paint((grey, grey * 0.99, grey * random.uniform(0.95, 1.0)), light * (1 - 0.22 * pores))


def sand(random: Generator, shape: Shape) -> Picture:
    ripples = np.sin(
        coordinates(shape, random.uniform(0, 6.28))[0] * random.uniform(20, 40) + 2 * cloud(random, shape, 3)
    )
    light = 1 + 0.06 * speckle(random, shape) + 0.05 * ripples * random.uniform(0, 1) + 0.05 * fractal(random, shape, 3)
    return paint((224, 204, 172) if maybe(random, 0.7) else (200, 168, 130), light)
