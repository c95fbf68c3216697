"""Bodies and things out in the world: what even studio grounds cannot teach a net about backgrounds.

Leaves, blossoms, stones and lights stand for it as heaps of plain shapes, sharp or out of focus; over the body
lie cloth and hair; light is warm or cool and falls in patches. Made to be told apart by numbers, not to please.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from parure.evaluation.curate.quality_photos import CleanPhoto
from parure.images import Pixels
from parure.render.dataset.store import iter_records, read_cutout
from parure.render.photograph import Cutout

__all__ = ["world_photos"]

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

_SIDE = 256  # px
_SEED = 21
_PALETTES = {  # hue, saturation and value, each from and to
    "leaf": ((0.17, 0.42), (0.2, 0.8), (0.1, 0.8)),
    "earth": ((0.03, 0.13), (0.1, 0.6), (0.15, 0.9)),
    "sky": ((0.5, 0.65), (0.1, 0.6), (0.5, 1.0)),
    "bloom": ((0.85, 1.1), (0.3, 0.9), (0.4, 1.0)),
    "grey": ((0.0, 1.0), (0.0, 0.3), (0.05, 1.0)),
}
_OFTEN = (0.35, 0.2, 0.1, 0.15, 0.2)  # how often each palette leads
_CLOTHS = ("grey", "grey", "bloom", "sky", "leaf")


def world_photos(root: Path, worn: int, scenes: int, *, report: bool) -> Iterator[CleanPhoto]:
    """So many bodies, and so many pieces without one, each over a world of its own. Raises `NotFound`."""
    random = np.random.default_rng((report, _SEED))
    left = {True: worn, False: scenes}
    records = [record for record in iter_records(root) if crc32(record.id.encode()) % 2 == report and record.pictures]
    for place in random.permutation(len(records)):
        taken = records[place].pictures[0]
        on_body = str(taken.view.get("pose", "as_built")) == "worn"
        if left[on_body]:
            left[on_body] -= 1
            pixels = _photo(read_cutout(root, taken.name), random, on_body=on_body)
            yield CleanPhoto(pixels, None, "worn" if on_body else "scene", records[place].id)


def _photo(cutout: Cutout, random: Generator, *, on_body: bool) -> Pixels:
    picture = _heap(random, (int(_SIDE * random.uniform(0.7, 1.4)), _SIDE))
    side = int(_SIDE * (random.uniform(0.45, 1.1) if on_body else random.uniform(0.2, 0.7)))
    thing = Image.fromarray(cutout.pixels).resize((side, side), Image.Resampling.BICUBIC)
    left = int(random.uniform(-0.1, 1) * max(1, picture.width - side))
    lowest = max(0, picture.height - side)
    top = lowest if on_body and random.random() < 0.7 else int(random.uniform(0, 1) * lowest)
    picture.paste(thing.convert("RGB"), (left, top), thing.getchannel("A"))
    body = (left, top, left + side, top + side)
    if on_body and random.random() < 0.75:
        _clothe(picture, body, random)
    if on_body and random.random() < 0.3:
        _hang_hair(picture, body, random)
    return _lit(np.asarray(picture), random)


def _colour(palette: str, random: Generator) -> Colour:
    hue, saturation, value = (float(random.uniform(*span)) for span in _PALETTES[palette])
    red, green, blue = (int(255 * share) for share in colorsys.hsv_to_rgb(hue % 1, saturation, value))
    return red, green, blue


def _heap(random: Generator, size: tuple[int, int]) -> Image.Image:
    """Ellipses, splinters and stalks of one palette, some of another, as sharp as chance wants it."""
    leading, other = str(random.choice(list(_PALETTES), p=_OFTEN)), str(random.choice(list(_PALETTES)))
    picture = Image.new("RGB", size, _colour(leading, random))
    draw = ImageDraw.Draw(picture)
    usual = random.uniform(8, 90)
    for _ in range(int(random.integers(30, 260))):
        x, y = (float(random.uniform(-20, side + 20)) for side in size)
        long = usual * float(random.uniform(0.3, 1.5))
        fill = _colour(leading if random.random() < 0.7 else other, random)
        shape = int(random.integers(3))
        if shape == 0:
            high = long * float(random.uniform(0.15, 1))
            draw.ellipse((x - long / 2, y - high / 2, x + long / 2, y + high / 2), fill=fill)
        elif shape == 1:
            turns = np.sort(random.uniform(0, 2 * np.pi, int(random.integers(3, 6)))).tolist()
            draw.polygon([(x + long * np.cos(turn), y + long * np.sin(turn)) for turn in turns], fill=fill)
        else:
            across, down = (random.uniform(-2, 2, 2) * long).tolist()
            draw.line((x, y, x + across, y + down), fill=fill, width=int(random.integers(1, 6)))
    return picture.filter(ImageFilter.GaussianBlur(float(random.choice([0, 0.7, 1.5, 3, 6]))))


def _clothe(picture: Image.Image, body: Box, random: Generator) -> None:
    """Fabric below a neckline, or down one side; plain with folds, or as gay as the world around."""
    left, top, right, bottom = body
    width, height = picture.size
    if random.random() < 0.5:
        at = [top + (bottom - top) * float(random.uniform(0.55, share)) for share in (0.95, 1.1, 0.95)]
        outline = [(left - 10, at[0]), ((left + right) / 2, at[1]), (right + 10, at[2])]
        outline += [(right + 40, height + 5), (left - 40, height + 5)]
    else:
        deep = (right - left) * float(random.uniform(0.15, 0.4))
        far, edge = (-20, left + deep) if random.random() < 0.5 else (width + 20, right - deep)
        high = top + (bottom - top) * float(random.uniform(0, 0.4))
        outline = [(edge, high), (edge + float(random.uniform(-30, 30)), height + 5), (far, height + 5), (far, top)]
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).polygon(outline, fill=255)
    plain = Image.new("RGB", picture.size, _colour(str(random.choice(_CLOTHS)), random))
    fabric = _heap(random, picture.size) if random.random() < 0.35 else plain
    down, across = np.mgrid[:height, :width]
    folds = 1 + 0.15 * np.sin(across * random.uniform(0.02, 0.15) + down * random.uniform(0.02, 0.15))
    threads = np.asarray(fabric) * (folds[..., None] + random.normal(0, 0.06, (height, width, 1)))
    picture.paste(Image.fromarray(np.clip(threads, 0, 255).astype(np.uint8)), mask=mask)


def _hang_hair(picture: Image.Image, body: Box, random: Generator) -> None:
    left, _, right, _ = body
    draw = ImageDraw.Draw(picture)
    root = float(random.uniform(left, right))
    tone = np.array(_colour("earth", random)) * random.uniform(0.2, 0.7)
    for _ in range(60):
        aside = float(random.normal(0, (right - left) * 0.12))
        end = (root + aside * 1.4 + float(random.normal(0, 8)), picture.height * float(random.uniform(0.3, 0.9)))
        red, green, blue = (tone * random.uniform(0.6, 1.4)).astype(int).tolist()
        draw.line((root + aside, 0, *end), fill=(red, green, blue), width=2)


def _lit(pixels: Pixels, random: Generator) -> Pixels:
    """Warm or cool, more or less, in patches, with some noise."""
    height, width = pixels.shape[:2]
    tint = np.array([random.uniform(0.85, 1.25), 1, random.uniform(0.7, 1.1)]) * random.uniform(0.6, 1.25)
    down, across = np.mgrid[:height, :width]
    waves = random.uniform(0, 6, 3)
    patches = 1 + random.uniform(0, 0.35) * np.sin(across / width * waves[0] + down / height * waves[1] + waves[2])
    noise = random.normal(0, random.uniform(0, 4), (height, width, 1))
    return np.asarray(np.clip(pixels * tint * patches[..., None] + noise, 0, 255), np.uint8)
