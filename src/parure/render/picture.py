"""From traced light to a photograph on paper: exposure, highlight shoulder, background, shadow, file."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.render.mesh import Floats

__all__ = ["PAPERS", "Paper", "compose", "developed", "linear", "on_paper", "save_webp"]


@dataclass(frozen=True)
class Paper:
    """Background: its linear colour and how much it darkens towards the corners."""

    colour: tuple[float, float, float]
    vignette: float = 0.0

    def linear(self) -> Floats:
        return np.asarray(self.colour, float)


_SHADE = np.array([0.93, 0.98, 1.0])  # how much of red, green and blue a shadow takes

PAPERS = {
    "white": Paper((1.0, 1.0, 1.0)),
    "grey": Paper((0.50, 0.50, 0.51), 0.22),
    "blush": Paper((0.82, 0.60, 0.54), 0.14),
    "sage": Paper((0.48, 0.55, 0.45), 0.18),
    "sand": Paper((0.72, 0.62, 0.48), 0.16),
    "ink": Paper((0.045, 0.05, 0.065), 0.3),
    "sky": Paper((0.46, 0.56, 0.66), 0.16),
    "butter": Paper((0.84, 0.72, 0.46), 0.14),
    "clay": Paper((0.52, 0.26, 0.17), 0.2),
    "lilac": Paper((0.58, 0.50, 0.66), 0.16),
    "stone": Paper((0.62, 0.58, 0.53), 0.2),
}


def compose(traced: Floats, shadow: Floats, paper: Paper, *, exposure: float = 1.0) -> Image.Image:
    """Lay the premultiplied cut-out (h, w, 4) on paper shaded by `shadow` (h, w)."""
    alpha = traced[..., 3:4]
    height, width = alpha.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    ground = _shaded(paper.linear(), shadow) * (1 - paper.vignette * (x**2 + y**2) / 2)[..., None]
    encoded = _encoded(traced, exposure) * alpha + _srgb(ground) * (1 - alpha)
    return Image.fromarray((np.clip(encoded, 0, 1) * 255 + 0.5).astype(np.uint8), "RGB")


def developed(traced: Floats, *, exposure: float = 1.0) -> NDArray[np.uint8]:
    """The cut-out as a picture of its own: (h, w, 4), straight alpha, sRGB."""
    layers = np.concatenate([_encoded(traced, exposure), traced[..., 3:4]], axis=2)
    return np.asarray(np.clip(layers, 0, 1) * 255 + 0.5, np.uint8)


def on_paper(pixels: NDArray[np.uint8], shadow: NDArray[np.uint8], paper: Floats) -> Image.Image:
    """A developed cut-out (h, w, 4) on paper of a linear colour (3,), with the light `shadow` (h, w) leaves on it."""
    alpha = pixels[..., 3:4] / 255
    ground = 255 * _srgb(_shaded(paper, shadow / 255))
    return Image.fromarray((pixels[..., :3] * alpha + ground * (1 - alpha) + 0.5).astype(np.uint8), "RGB")


def _shaded(paper: Floats, shadow: Floats) -> Floats:
    """Light on the paper (h, w, 3). What is left in a shadow came off the piece and the room: it is warm."""
    return np.asarray(paper * (1 - (1 - shadow[..., None]) * _SHADE), float)


def linear(srgb: Floats) -> Floats:
    """Light from encoded values, both 0 to 1."""
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _encoded(traced: Floats, exposure: float) -> Floats:
    alpha = traced[..., 3:4]
    light = np.where(alpha > 0.01, traced[..., :3] / np.maximum(alpha, 0.01), 0.0) * exposure
    return _srgb(_shoulder(light))


def _shoulder(light: Floats, knee: float = 0.72) -> Floats:
    """Linear up to the knee, then an easing towards 1, so that gold keeps its colour in the highlights."""
    over = np.maximum(light - knee, 0.0) / (1 - knee)
    return np.where(light > knee, knee + (1 - knee) * (1 - np.exp(-over)), light)


def _srgb(linear: Floats) -> Floats:
    value = np.clip(linear, 0, 1)
    return np.where(value <= 0.0031308, 12.92 * value, 1.055 * value ** (1 / 2.4) - 0.055)


def save_webp(picture: Image.Image, path: Path, quality: int = 84) -> None:
    """Write beside the target, then rename: a picture that exists is a whole picture."""
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=6)
    part = path.with_suffix(".part")
    part.write_bytes(buffer.getvalue())
    part.replace(path)
