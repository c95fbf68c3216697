"""What lens, sensor and file do to a picture. Light only: nothing here moves a pixel by more than a blur does."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from parure.render.photograph.light import soften
from parure.render.photograph.noise import ramp, stretch

__all__ = ["exposure", "focus", "jpeg", "motion_blur", "noise", "saturation", "sharpen", "shrink", "white_balance"]


def focus(picture: Image.Image, random: Generator, *, strongest: float) -> Image.Image:
    """Sharp along a line, softer on both sides; `strongest` is the blur far from it, as a share of the height."""
    far = soften(picture, random.uniform(0.3, 1.0) * strongest * picture.height)
    distance = np.abs(ramp((32, 32), random.uniform(0.35, 0.65) * np.pi) - random.uniform(0.4, 0.95))
    share = np.clip((distance - random.uniform(0.05, 0.2)) * random.uniform(1.5, 4), 0, 1) * 255
    mask = np.clip(stretch(np.asarray(share, np.float32), (picture.height, picture.width)), 0, 255)
    return Image.composite(far, picture, Image.fromarray(mask.astype(np.uint8)))


def motion_blur(picture: Image.Image, random: Generator) -> Image.Image:
    """The mean of the picture at a few places along a short straight path."""
    length = random.uniform(0.006, 0.024) * picture.height
    angle = random.uniform(0, np.pi)
    steps = max(3, round(length) + 1)
    margin = int(np.ceil(length)) + 1
    pixels = np.pad(np.asarray(picture), ((margin, margin), (margin, margin), (0, 0)), mode="edge")
    total = np.zeros((picture.height, picture.width, 3), np.uint16)
    for share in np.linspace(-0.5, 0.5, steps):
        top = margin + round(float(share * length * np.sin(angle)))
        left = margin + round(float(share * length * np.cos(angle)))
        total += pixels[top : top + picture.height, left : left + picture.width]
    return Image.fromarray((total // steps).astype(np.uint8))


def exposure(picture: Image.Image, random: Generator) -> Image.Image:
    """Gamma, contrast around the middle, brightness: one curve for all channels."""
    value = np.linspace(0, 1, 256) ** random.uniform(0.78, 1.3)
    value = (value - 0.5) * random.uniform(0.85, 1.15) + 0.5
    curve = np.clip(value * random.uniform(0.86, 1.12) + random.uniform(-0.02, 0.03), 0, 1)
    return picture.point([round(float(level) * 255) for level in curve] * 3)


def white_balance(picture: Image.Image, random: Generator) -> Image.Image:
    """Warm to cold and, less, green to magenta. A few per cent: more would turn white gold into yellow."""
    warmth, green = random.normal(0, 0.03), random.normal(0, 0.01)
    gains = np.clip((1 + warmth, 1 + green, 1 - warmth), 0.88, 1.12)
    return picture.point([min(255, round(level * float(gain))) for gain in gains for level in range(256)])


def saturation(picture: Image.Image, random: Generator) -> Image.Image:
    return ImageEnhance.Color(picture).enhance(random.uniform(0.7, 1.25))


def noise(picture: Image.Image, random: Generator) -> Image.Image:
    """Grain in brightness, and coarser, weaker grain in colour, stronger in the shadows."""
    height, width, strength = picture.height, picture.width, random.uniform(1.5, 7)
    grain = _around_128(random.standard_normal((height, width), np.float32) * np.float32(strength))
    coarse = random.standard_normal((max(2, height // 3), max(2, width // 3), 3), np.float32)
    blotches = _around_128(coarse * np.float32(strength * 0.5)).resize(picture.size, Image.Resampling.BILINEAR)
    both = ImageChops.add(blotches, Image.merge("RGB", (grain, grain, grain)), offset=-128)
    noisy = ImageChops.add(picture, both, offset=-128)
    return Image.composite(picture, noisy, picture.convert("L").point([value * 3 // 5 for value in range(256)]))


def _around_128(noise: NDArray[np.float32]) -> Image.Image:
    return Image.fromarray(np.clip(noise + np.float32(128.5), 0, 255).astype(np.uint8))


def shrink(picture: Image.Image, random: Generator) -> Image.Image:
    """Made small by someone, made large again by someone else."""
    share = random.uniform(0.35, 0.8)
    small = picture.resize(
        (max(8, round(picture.width * share)), max(8, round(picture.height * share))), Image.Resampling.BILINEAR
    )
    return small.resize(picture.size, Image.Resampling.BICUBIC)


def sharpen(picture: Image.Image, random: Generator) -> Image.Image:
    """Too much of it, with the halo phones leave."""
    mask = ImageFilter.UnsharpMask(radius=random.uniform(0.8, 2.2), percent=int(random.integers(50, 170)), threshold=2)
    return picture.filter(mask)


def jpeg(picture: Image.Image, random: Generator) -> Image.Image:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=int(random.integers(28, 96)))
    with Image.open(buffer) as stored:
        return stored.convert("RGB")
