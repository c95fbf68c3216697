"""Smooth randomness, made by stretching small random grids: far cheaper than filtering white noise."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

__all__ = ["Plane", "Shape", "cloud", "coordinates", "emboss", "fractal", "paint", "ramp", "speckle", "stretch"]

Plane = NDArray[np.float32]  # (h, w)
Shape = tuple[int, int]  # height, width


def stretch(grid: Plane, shape: Shape) -> Plane:
    return np.asarray(Image.fromarray(grid).resize((shape[1], shape[0]), Image.Resampling.BICUBIC))


def cloud(random: Generator, shape: Shape, cells: float, *, across: float | None = None) -> Plane:
    """Noise of about unit spread with `cells` blobs down the height; `across` counts them along the width instead."""
    down = max(2, round(cells))
    wide = max(2, round(cells * shape[1] / shape[0] if across is None else across))
    return stretch(random.standard_normal((down, wide), np.float32), shape)


def fractal(random: Generator, shape: Shape, cells: float, *, octaves: int = 4, gain: float = 0.5) -> Plane:
    """Clouds within clouds, each twice as fine and `gain` as strong; about unit spread."""
    total = np.zeros(shape, np.float32)
    strength, power = 1.0, 0.0
    for octave in range(octaves):
        total += np.float32(strength) * cloud(random, shape, cells * 2**octave)
        power += strength**2
        strength *= gain
    return total / np.float32(power**0.5)


def speckle(random: Generator, shape: Shape) -> Plane:
    """White noise of unit spread."""
    return random.standard_normal(shape, np.float32)


def coordinates(shape: Shape, angle: float = 0.0) -> tuple[Plane, Plane]:
    """x and y turned by `angle` radians, in units of the height, zero in the middle."""
    height, width = shape
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height - 0.5
    x = (np.arange(width, dtype=np.float32)[None] + 0.5 - width / 2) / height
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    return np.asarray(x * cos + y * sin, np.float32), np.asarray(y * cos - x * sin, np.float32)


def ramp(shape: Shape, angle: float) -> Plane:
    """0 on one side to 1 on the other, rising towards `angle`."""
    along, _ = coordinates(shape, angle)
    low, high = along.min(), along.max()
    return np.asarray((along - low) / (high - low), np.float32)


def emboss(height: Plane, angle: float) -> Plane:
    """Slope of a height field towards a lamp at `angle`: positive faces the lamp."""
    down, across = np.gradient(height)
    return np.asarray(-(np.cos(angle) * across + np.sin(angle) * down), np.float32)


def paint(colour: tuple[float, float, float] | NDArray[np.float32], light: Plane) -> NDArray[np.float32]:
    """A colour (0 to 255) under light (1 as it is): (h, w, 3)."""
    return np.asarray(colour, np.float32) * light[..., None]
