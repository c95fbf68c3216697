"""Faults on the piece itself, laid on where the labels say there is metal (dust: on everything)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from parure.regions import PartClass
from parure.render.photograph.noise import cloud, coordinates
from parure.render.photograph.values import Bytes

__all__ = ["dust", "fingerprints", "scratches", "tarnish"]

_METAL = (PartClass.METAL, PartClass.SETTING, PartClass.CHAIN, PartClass.CLASP)


def _mask(labels: Bytes, classes: tuple[PartClass, ...]) -> Image.Image:
    """L, 255 on these classes of any instance."""
    table = np.zeros(256, np.uint8)
    for part_class in classes:
        table[part_class::16] = 255
    return Image.fromarray(table[labels])


def scratches(picture: Image.Image, labels: Bytes, random: Generator) -> Image.Image:
    """Fine lines, most in the direction the piece is rubbed, light or dark by the way the light falls."""
    mask = _mask(labels, (PartClass.METAL,))
    box = mask.getbbox()
    if box is None:
        return picture
    lines = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(lines)
    angle, unit = random.uniform(0, np.pi), picture.height / 256
    for _ in range(int(random.integers(12, 60))):
        x, y = random.uniform(box[0], box[2]), random.uniform(box[1], box[3])
        way, length = angle + random.normal(0, 0.5), random.uniform(3, 22) * unit
        draw.line((x, y, x + length * np.cos(way), y + length * np.sin(way)), fill=int(random.integers(70, 220)))
    on_metal = ImageChops.multiply(lines.filter(ImageFilter.BoxBlur(0.4)), mask)
    tone = 255 if random.random() < 0.6 else 30
    return Image.composite(Image.new("RGB", picture.size, (tone, tone, tone)), picture, on_metal)


@lru_cache(maxsize=16)
def _print_of_a_finger(number: int) -> Image.Image:
    """Ridges around a whorl, L, 56 x 56."""
    random = np.random.default_rng((41, number))
    x, y = coordinates((56, 56))
    bent = np.hypot(x * 1.3, y + 0.12 * np.sin(5 * x)) + 0.03 * cloud(random, (56, 56), 4)
    ridges = 0.5 + 0.5 * np.sin(bent * random.uniform(75, 100))
    inside = np.clip(6 * (0.45 - np.hypot(x * 1.25, y)), 0, 1) * np.clip(0.7 + 0.4 * cloud(random, (56, 56), 3), 0, 1)
    return Image.fromarray((ridges * inside * 255).astype(np.uint8))


def fingerprints(picture: Image.Image, labels: Bytes, random: Generator) -> Image.Image:
    """Grease on polished metal: it takes the gloss away in ridges."""
    mask = _mask(labels, _METAL)
    box = mask.getbbox()
    if box is None:
        return picture
    grease = Image.new("L", picture.size, 0)
    for _ in range(int(random.integers(1, 5))):
        side = max(8, round(random.uniform(0.12, 0.35) * picture.height))
        mark = _print_of_a_finger(int(random.integers(16))).resize((side, side), Image.Resampling.BILINEAR)
        mark = mark.rotate(float(random.uniform(0, 360)), Image.Resampling.BILINEAR)
        x, y = random.uniform(box[0], box[2]) - side / 2, random.uniform(box[1], box[3]) - side / 2
        grease.paste(mark, (round(x), round(y)), mark)
    share = random.uniform(0.5, 1.0)
    on_metal = ImageChops.multiply(grease.point([int(value * share) for value in range(256)]), mask)
    dull = picture.filter(ImageFilter.BoxBlur(2)).point([int(50 + value * 0.62) for value in range(256)] * 3)
    return Image.composite(dull, picture, on_metal)


def dust(picture: Image.Image, labels: Bytes, random: Generator) -> Image.Image:
    """Specks and a few fibres: light on dark, dark on light, more on the piece than around it."""
    specks = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(specks)
    rows, columns = np.nonzero(labels & 15)
    for _ in range(int(random.integers(15, 70))):
        x, y = random.uniform(0, picture.width), random.uniform(0, picture.height)
        if len(rows) and random.random() < 0.7:
            chosen = random.integers(len(rows))
            x, y = float(columns[chosen]), float(rows[chosen])
        size = random.uniform(0.3, 1.0) * picture.height / 256
        draw.ellipse((x - size, y - size, x + size, y + size), fill=int(random.integers(50, 190)))
    for _ in range(int(random.integers(0, 4))):
        x, y = random.uniform(0, picture.width), random.uniform(0, picture.height)
        bend = np.cumsum(random.normal(0, 2.2, (6, 2)), 0) + np.array([x, y])
        draw.line([(float(a), float(b)) for a, b in bend], fill=130, width=1)
    grey = int(random.choice((235, 235, 120, 70)))
    return Image.composite(
        Image.new("RGB", picture.size, (grey, grey, grey)), picture, specks.filter(ImageFilter.BoxBlur(0.5))
    )


def tarnish(picture: Image.Image, labels: Bytes, random: Generator) -> Image.Image:
    """Brown to black in patches, at most by half, so that what metal it is can still be told."""
    mask = _mask(labels, _METAL)
    if mask.getbbox() is None:
        return picture
    patches = np.clip(cloud(random, (64, 64), random.uniform(4, 10)) * 0.5 + random.uniform(0.1, 0.5), 0, 1)
    spread = Image.fromarray((patches * random.uniform(120, 235)).astype(np.uint8))
    where = ImageChops.multiply(spread.resize(picture.size, Image.Resampling.BICUBIC), mask)
    tint = np.asarray((0.66, 0.55, 0.44)) * random.uniform(0.75, 1.15)
    stained = picture.point([int(value * share) for share in tint for value in range(256)])
    return Image.composite(stained, picture, where)
