"""From traced light to a photograph on paper: exposure, highlight shoulder, background, shadow, file."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.render.mesh import Floats

__all__ = ["PAPERS", "Paper", "compose", "developed", "save_webp"]


@dataclass(frozen=True)
class Paper:
    """Background: its linear colour and how much it darkens towards the corners."""

    colour: tuple[float, float, float]
    vignette: float = 0.0

    def linear(self) -> Floats:
        return np.asarray(self.colour, float)


PAPERS = {
    "white": Paper((1.0, 1.0, 1.0)),
    "grey": Paper((0.50, 0.50, 0.51), 0.22),
    "blush": Paper((0.82, 0.60, 0.54), 0.14),
    "sage": Paper((0.48, 0.55, 0.45), 0.18),
    "sand": Paper((0.72, 0.62, 0.48), 0.16),
    "ink": Paper((0.045, 0.05, 0.065), 0.3),
}


def compose(traced: Floats, shadow: Floats, paper: Paper, *, exposure: float = 1.0) -> Image.Image:
    """Lay the premultiplied cut-out (h, w, 4) on paper shaded by `shadow` (h, w)."""
    alpha = traced[..., 3:4]
    height, width = alpha.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    ground = paper.linear() * (1 - paper.vignette * (x**2 + y**2) / 2)[..., None] * shadow[..., None]
    encoded = _encoded(traced, exposure) * alpha + _srgb(ground) * (1 - alpha)
    return Image.fromarray((np.clip(encoded, 0, 1) * 255 + 0.5).astype(np.uint8), "RGB")


def developed(traced: Floats, *, exposure: float = 1.0) -> NDArray[np.uint8]:
    """The cut-out as a picture of its own: (h, w, 4), straight alpha, sRGB."""
    layers = np.concatenate([_encoded(traced, exposure), traced[..., 3:4]], axis=2)
    return (np.clip(layers, 0, 1) * 255 + 0.5).astype(np.uint8)


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
