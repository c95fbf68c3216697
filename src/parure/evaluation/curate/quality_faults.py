"""Faults of known strength, put into faultless photos. Each is drawn as it happens, not as it is measured.

Light is scaled in linear light, blur is the lens's, a cut moves the frame over the piece, letters are set in type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from parure.evaluation.curate.quality_photos import CleanPhoto
from parure.evaluation.curate.quality_type import letters, watermark
from parure.images import Pixels

__all__ = ["FAULTS", "Fault", "exposed"]

Make = Callable[[CleanPhoto, float, Generator], "Pixels | None"]


@dataclass(frozen=True)
class Fault:
    """`make` gives None for a photo in which the fault cannot be seen, such as a white border on white."""

    name: str
    measure: str
    unit: str
    strengths: tuple[float, ...]
    make: Make


def _blurred(photo: CleanPhoto, sigma: float, random: Generator) -> Pixels | None:
    if not photo.sharp:
        return None
    return np.asarray(Image.fromarray(photo.pixels).filter(ImageFilter.GaussianBlur(sigma)))


def _enlarged(photo: CleanPhoto, times: float, random: Generator) -> Pixels | None:
    if not photo.sharp:
        return None
    image = Image.fromarray(photo.pixels)
    small = image.resize((round(image.width / times), round(image.height / times)), Image.Resampling.BICUBIC)
    return np.asarray(small.resize(image.size, Image.Resampling.BICUBIC))


def exposed(photo: CleanPhoto, stops: float, random: Generator) -> Pixels:
    table = _to_srgb(_linear(np.arange(256, dtype=np.uint8)) * 2.0**stops)
    return table[photo.pixels]


def _linear(pixels: Pixels) -> NDArray[np.float32]:
    return np.asarray((pixels / 255) ** 2.2, np.float32)


def _to_srgb(light: NDArray[np.float32]) -> Pixels:
    return (np.clip(light, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8)


def _burnt(photo: CleanPhoto, share: float, random: Generator) -> Pixels | None:
    """A lamp's reflection over that share of the piece."""
    if photo.piece is None:
        return None
    rows, columns = np.nonzero(photo.piece)
    at = int(random.integers(len(rows)))
    reach = np.sqrt(share * np.count_nonzero(photo.piece) / np.pi)
    height, width = photo.piece.shape
    far = np.hypot(np.arange(height)[:, None] - rows[at], np.arange(width)[None] - columns[at]) / max(2.0, reach)
    gain = (40 * np.exp(-np.maximum(0, far - 0.8) * 6))[..., None] * photo.piece[..., None]
    return _to_srgb(_linear(photo.pixels) * (1 + gain) + 0.02 * gain)


def _cut(photo: CleanPhoto, share: float, random: Generator) -> Pixels | None:
    """The frame moved over the piece from one side; nothing where the piece is cut already."""
    if photo.piece is None or not photo.whole or photo.background not in {"white", "plain"}:
        return None
    rows, columns = np.flatnonzero(photo.piece.any(1)), np.flatnonzero(photo.piece.any(0))
    height, width = photo.piece.shape
    side = int(random.integers(4))
    down, across = int(share * len(rows)), int(share * len(columns))
    top, left = (rows[0] + down if side == 0 else 0), (columns[0] + across if side == 1 else 0)
    bottom = rows[-1] + 1 - down if side == 2 else height
    right = columns[-1] + 1 - across if side == 3 else width
    return np.ascontiguousarray(photo.pixels[top:bottom, left:right])


_TINTS = ((1.0, 0.55, 0.0), (0.0, 0.5, 1.0), (0.6, 0.0, 0.6), (0.0, 1.0, 0.3), (0.9, 1.0, 0.0))


def _tinted(photo: CleanPhoto, levels: float, random: Generator) -> Pixels | None:
    """A white ground that far from neutral between its highest and lowest channel."""
    if photo.background != "white":
        return None
    tint = np.array(_TINTS[int(random.integers(len(_TINTS)))], np.float32)
    light = 1 - levels / 255 * (1 - (tint - tint.min()) / np.ptp(tint))
    return np.asarray(photo.pixels * light + 0.5, np.uint8)


def _bordered(photo: CleanPhoto, share: float, random: Generator) -> Pixels:
    """A frame of one tone, at least 30 levels off the picture's rim, on all sides or on two."""
    height, width = photo.pixels.shape[:2]
    rim = np.median(photo.pixels[:2].reshape(-1, 3), axis=0)
    tones = [tone for tone in (0, 30, 128, 200, 225, 255) if abs(tone - rim.mean()) >= 30]
    picture = np.full_like(photo.pixels, random.choice(tones))
    down = right = max(1, round(share * max(height, width)))
    if random.random() < 0.3:
        right = 0
    inside = Image.fromarray(photo.pixels).resize((width - 2 * right, height - 2 * down), Image.Resampling.BICUBIC)
    picture[down : height - down, right : width - right] = np.asarray(inside)
    return picture


def _joined(photo: CleanPhoto, levels: float, random: Generator) -> Pixels:
    """Two or four of the photo in a grid, their grounds that many levels apart, some turned over."""
    height, width = photo.pixels.shape[:2]
    rows, columns = ((1, 2), (2, 1), (2, 2))[int(random.integers(3))]
    cell = (width // columns, height // rows)
    whole = Image.new("RGB", (cell[0] * columns, cell[1] * rows))
    for at in range(rows * columns):
        turned = photo.pixels[:, ::-1] if random.random() < 0.5 else photo.pixels
        lowered = np.clip(turned.astype(np.int16) - int(levels) * ((at // columns + at % columns) % 2), 0, 255).astype(
            np.uint8
        )
        image = Image.fromarray(np.ascontiguousarray(lowered))
        if rows != columns:  # the middle of it, in the cell's proportions
            image = image.crop(
                (0, height // 4, width, height * 3 // 4) if rows == 2 else (width // 4, 0, width * 3 // 4, height)
            )
        whole.paste(image.resize(cell, Image.Resampling.BICUBIC), (at % columns * cell[0], at // columns * cell[1]))
    return np.asarray(whole)


FAULTS: tuple[Fault, ...] = (
    Fault("blur", "sharpness", "px", (0.7, 1.0, 1.5, 2.0, 3.0), _blurred),
    Fault("enlarged", "sharpness", "times", (1.5, 2.0, 3.0, 4.0), _enlarged),
    Fault("underexposed", "dark", "stops", (-1.0, -1.5, -2.0, -3.0), exposed),
    Fault("overexposed", "washed", "stops", (0.7, 1.0, 1.5, 2.0), exposed),
    Fault("burnt places", "clipped", "of the piece", (0.05, 0.1, 0.2, 0.4), _burnt),
    Fault("cut", "cut", "of the piece", (0.05, 0.1, 0.2, 0.3), _cut),
    Fault("tint", "cast", "levels", (4.0, 6.0, 10.0, 16.0), _tinted),
    Fault("text", "text", "px letters", (8.0, 11.0, 16.0, 24.0), letters),
    Fault("watermark", "watermark", "opacity", (0.1, 0.2, 0.3, 0.5), watermark),
    Fault("border", "border", "of the side", (0.01, 0.02, 0.04, 0.08), _bordered),
    Fault("collage", "collage", "levels apart", (8.0, 16.0, 32.0, 64.0), _joined),
)
