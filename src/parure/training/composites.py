"""Rendered cut-outs on made-up backdrops: pictures with the variety of shop photos and no photo in them.

Unusual: everything follows from a seed, so a fit on these pictures can be repeated to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from parure.errors import ImageError, ImageReason
from parure.vision.base import Pixels

__all__ = ["composite", "composites", "cutouts"]

Floats = NDArray[np.float32]


def cutouts(folder: Path) -> list[Path]:
    """The RGBA pictures of a folder, by name. Raises `ImageError` if there are none."""
    paths = sorted(folder.glob("*.png"))
    if not paths:
        raise ImageError(ImageReason.UNREADABLE, f"There are no .png cut-outs in {folder}. Render some first.")
    return paths


def composites(paths: list[Path], *, side: int, each: int, seed: int) -> Iterator[Pixels]:
    """`each` pictures of every cut-out, (side, side, 3)."""
    rng = np.random.default_rng(seed)
    for path in paths:
        with Image.open(path) as image:
            cutout = image.convert("RGBA")
        for _ in range(each):
            yield composite(cutout, side, rng)


def composite(cutout: Image.Image, side: int, rng: Generator) -> Pixels:
    """The cut-out at a random place, size and light on a random backdrop, with or without a shadow."""
    placed = _placed(cutout, side, rng)
    layers = np.asarray(placed, np.float32)
    alpha = layers[..., 3:] / 255
    ground = _backdrop(side, rng)
    if rng.random() < 0.5:
        ground = ground * (1 - rng.uniform(0.1, 0.5) * _shadow(placed, rng))
    picture = layers[..., :3] * rng.uniform(0.7, 1.15) * alpha + ground * (1 - alpha)
    if rng.random() < 0.5:
        picture = picture * np.exp(rng.normal(0, 0.04, 3))  # the camera's white balance
    return np.clip(picture, 0, 255).astype(np.uint8)


def _placed(cutout: Image.Image, side: int, rng: Generator) -> Image.Image:
    """Shown whole (at 0.6 to 1.05 of the frame) four times of five, as a close-up once."""
    scale = rng.uniform(0.6, 1.05) if rng.random() < 0.8 else rng.uniform(1.05, 1.8)
    size = max(8, round(side * scale))
    turned = cutout.rotate(float(rng.uniform(-20, 20)), Image.Resampling.BICUBIC)
    if rng.random() < 0.5:
        turned = turned.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    frame = Image.new("RGBA", (side, side))
    left, top = ((side - size) / 2 + rng.normal(0, 0.06, 2) * side).astype(int)
    frame.paste(turned.resize((size, size), Image.Resampling.BICUBIC), (int(left), int(top)))
    return frame


def _backdrop(side: int, rng: Generator) -> Floats:
    """(side, side, 3) in 0..255: white half of the time, else grey, a colour, a gradient or blotches."""
    kind = rng.random()
    if kind < 0.5:
        colour = np.full(3, 255.0 if rng.random() < 0.6 else rng.uniform(244, 255))
    elif kind < 0.65:
        colour = np.full(3, rng.uniform(10, 250)) * rng.uniform(0.95, 1.05, 3)
    else:
        colour = rng.uniform(20, 245, 3)
    plain = np.broadcast_to(colour, (side, side, 3)).astype(np.float32)
    if kind < 0.75:
        return plain
    cells = 2 if kind < 0.85 else int(rng.integers(4, 40))
    return np.clip(plain + rng.uniform(10, 45) * _blotches(side, cells, rng), 0, 255)


def _blotches(side: int, cells: int, rng: Generator) -> Floats:
    """(side, side, 1) smooth noise about 0, `cells` bumps across; two of them make a gradient."""
    noise = Image.fromarray(rng.normal(0, 1, (cells, cells)).astype(np.float32))
    return np.asarray(noise.resize((side, side), Image.Resampling.BICUBIC), np.float32)[..., None]


def _shadow(placed: Image.Image, rng: Generator) -> Floats:
    """(side, side, 1) in 0..1: the outline, moved a little and blurred."""
    blurred = placed.getchannel("A").filter(ImageFilter.GaussianBlur(float(rng.uniform(2, 10))))
    moved = np.roll(np.asarray(blurred, np.float32) / 255, rng.integers(0, 12, 2), axis=(0, 1))
    return np.asarray(moved[..., None], np.float32)
