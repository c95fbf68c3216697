"""What happens to a picture on its way through folders: each change by name, as a function of picture and chance.

The first five are those of imagededup's benchmark (crop to 7/8 of each side, both flips, 25 degrees, another aspect);
its pages do not say how the corners of a rotation are filled, so half are black in the old frame, half white in a
larger one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

__all__ = ["CHANGES", "jpeg"]

_BICUBIC = Image.Resampling.BICUBIC


def jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def _crop(picture: Image.Image, random: Generator) -> Image.Image:
    width, height = round(picture.width * 7 / 8), round(picture.height * 7 / 8)
    left = int(random.integers(picture.width - width + 1))
    top = int(random.integers(picture.height - height + 1))
    return picture.crop((left, top, left + width, top + height))


def _rotation(picture: Image.Image, random: Generator) -> Image.Image:
    larger = random.random() < 0.5
    angle = float(random.choice((-25.0, 25.0)))
    return picture.rotate(angle, _BICUBIC, expand=larger, fillcolor=(255, 255, 255) if larger else (0, 0, 0))


def _aspect(picture: Image.Image, random: Generator) -> Image.Image:
    share = 0.75
    if random.random() < 0.5:
        return picture.resize((round(picture.width * share), picture.height), _BICUBIC)
    return picture.resize((picture.width, round(picture.height * share)), _BICUBIC)


def _re_encoded(picture: Image.Image, random: Generator) -> Image.Image:
    return Image.open(BytesIO(jpeg(picture, int(random.integers(30, 65))))).convert("RGB")


def _resized(picture: Image.Image, random: Generator) -> Image.Image:
    scale = random.uniform(0.35, 0.65)
    return picture.resize((round(picture.width * scale), round(picture.height * scale)), _BICUBIC)


def _recoloured(picture: Image.Image, random: Generator) -> Image.Image:
    """White balance, saturation, gamma: all of the picture alike."""
    pixels = np.asarray(picture, np.float32) / 255
    pixels = pixels * random.uniform(0.88, 1.12, 3).astype(np.float32)
    grey = pixels @ np.array([0.299, 0.587, 0.114], np.float32)
    pixels = grey[..., None] + (pixels - grey[..., None]) * random.uniform(0.7, 1.3)
    pixels = np.clip(pixels, 0, 1) ** random.uniform(0.8, 1.25)
    return Image.fromarray(np.asarray(255 * pixels + 0.5, np.uint8))


def _watermarked(picture: Image.Image, random: Generator) -> Image.Image:
    """A shop's name across the middle, half seen through, once or on a slant all over."""
    size = round(picture.width * random.uniform(0.07, 0.13))
    font = ImageFont.load_default(size)
    layer = Image.new("L", (2 * picture.width, 2 * picture.height), 0)
    draw = ImageDraw.Draw(layer)
    name = str(random.choice(("AURORA & CO", "jewels-shop.com", "SAMPLE", "© Maison Lune")))
    if random.random() < 0.5:
        draw.text((picture.width, picture.height), name, 255, font, anchor="mm")
    else:
        for row in range(0, layer.height, 4 * size):
            for column in range(row % 3 * size, layer.width, round(size * len(name) * 0.8)):
                draw.text((column, row), name, 255, font)
        layer = layer.rotate(float(random.uniform(-35, 35)), _BICUBIC)
    left, top = picture.width // 2, picture.height // 2
    mask = layer.crop((left, top, left + picture.width, top + picture.height))
    strength = random.uniform(0.25, 0.5)
    tone = int(random.choice((255, 128, 0)))
    ink = Image.new("RGB", picture.size, (tone, tone, tone))
    return Image.composite(ink, picture, mask.point([round(value * strength) for value in range(256)]))


def _bordered(picture: Image.Image, random: Generator) -> Image.Image:
    width = round(picture.width * random.uniform(0.04, 0.12))
    colours = ((255, 255, 255), (0, 0, 0), (128, 128, 128), (212, 190, 150), (120, 20, 40))
    larger = (picture.width + 2 * width, picture.height + 2 * width)
    framed = Image.new("RGB", larger, colours[int(random.integers(len(colours)))])
    framed.paste(picture, (width, width))
    return framed


CHANGES: Mapping[str, Callable[[Image.Image, Generator], Image.Image]] = {
    "crop": _crop,
    "horizontal flip": lambda picture, random: picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "vertical flip": lambda picture, random: picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    "rotation": _rotation,
    "aspect": _aspect,
    "re-encode": _re_encoded,
    "resize": _resized,
    "recolour": _recoloured,
    "watermark": _watermarked,
    "border": _bordered,
}
