"""Words set over a photo, and thin lines that are no words: what lettering is learnt from and tested on.

The font is the one that comes with Pillow, so that pictures do not depend on the machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from parure.evaluation.curate.quality_photos import CleanPhoto
from parure.images import Pixels

__all__ = ["letters", "strokes", "watermark"]

Ink = tuple[int, int, int]
_SYLLABLES = (
    "au",
    "re",
    "lia",
    "mai",
    "son",
    "vel",
    "gold",
    "ra",
    "tna",
    "nor",
    "sto",
    "ne",
    "per",
    "la",
    "kim",
    "dor",
)


@dataclass(frozen=True)
class _Page:
    """`size` of the type in px; without `words` only lines are drawn, where words would have been."""

    draw: ImageDraw.ImageDraw
    size: float
    ink: Ink
    words: bool

    def write(self, at: tuple[float, float], words: str, anchor: str = "la") -> None:
        if self.words:
            self.draw.text(at, words, fill=self.ink, font=ImageFont.load_default(self.size), anchor=anchor)


def letters(photo: CleanPhoto, size: float, random: Generator, *, words: bool = True) -> Pixels:
    """Lines of type, a size with an arrow, or a small table. `size` is the letters' height in px at 384 px.

    Without `words` the same picture as with them, but only its lines.
    """
    image = Image.fromarray(photo.pixels)
    page = _Page(ImageDraw.Draw(image), size * max(image.size) / 384 * 1.35, _ink(photo, random), words)
    drawn = (_caption, _arrow, _table)[int(random.integers(3))]
    drawn(
        page, (float(random.uniform(0.03, 0.5)) * image.width, float(random.uniform(0.03, 0.75)) * image.height), random
    )
    return np.asarray(image)


def _ink(photo: CleanPhoto, random: Generator) -> Ink:
    """Dark on light pictures, light on dark ones."""
    low, high = (0, 90) if np.median(photo.pixels) > 110 else (180, 256)
    red, green, blue = random.integers(low, high, 3).tolist()
    return red, green, blue


def _caption(page: _Page, at: tuple[float, float], random: Generator) -> None:
    for line in range(int(random.integers(1, 4))):
        page.write((at[0], at[1] + line * page.size * 1.3), _words(random, 3))


def _arrow(page: _Page, at: tuple[float, float], random: Generator) -> None:
    x, y = at
    end = x + float(random.uniform(60, 150))
    page.draw.line((x, y, end, y), fill=page.ink)
    page.draw.line((x, y - 4, x, y + 4), fill=page.ink)
    page.draw.line((end, y - 4, end, y + 4), fill=page.ink)
    page.write(((x + end) / 2, y - 2), f"{random.uniform(0.4, 60):.1f} mm", "mb")


def _table(page: _Page, at: tuple[float, float], random: Generator) -> None:
    for row in range(3):
        y = at[1] + row * page.size * 1.5
        page.draw.line((at[0], y - 2, at[0] + page.size * 9, y - 2), fill=page.ink)
        for column in range(3):
            text = str(random.integers(4, 240)) if row else _words(random, 1)[:5]
            page.write((at[0] + column * page.size * 3.2, y), text)


def strokes(photo: CleanPhoto, random: Generator) -> Pixels:
    """Thin arcs, bands of stripes and lines in few tones: as plain bands, chains and rims look from afar."""
    image = Image.fromarray(photo.pixels).resize((photo.pixels.shape[1] * 2, photo.pixels.shape[0] * 2))
    draw = ImageDraw.Draw(image)
    for _ in range(int(random.integers(2, 5))):
        inks = random.integers(0, 256, (int(random.integers(1, 6)), 3))
        x, y = random.uniform(0.1, 0.9) * image.width, random.uniform(0.1, 0.9) * image.height
        wide, high, thick = random.uniform(10, 200), random.uniform(4, 160), int(random.integers(2, 9))
        turn = float(random.uniform(-20, 20))
        for k, (red, green, blue) in enumerate(inks.tolist()):
            ink, step = (red, green, blue), k * thick
            if wide > step and high > step and wide > 40:
                draw.ellipse(
                    (x - wide + step, y - high + step, x + wide - step, y + high - step), outline=ink, width=thick
                )
            else:
                draw.line((x - wide, y + step, x + wide, y + step + turn), fill=ink, width=thick)
    return np.asarray(image.resize((photo.pixels.shape[1], photo.pixels.shape[0]), Image.Resampling.BOX))


def watermark(photo: CleanPhoto, share: float, random: Generator) -> Pixels:
    """A name across the picture, once or tiled, level or slanted, letting through all but `share`."""
    image = Image.fromarray(photo.pixels)
    layer = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(layer)
    words = _words(random, int(random.integers(1, 3)))
    if random.random() < 0.35:
        font = ImageFont.load_default(image.height / float(random.uniform(12, 18)))
        for row in range(0, image.height, image.height // 5):
            draw.text((-(row * 7 % 40), row), f"{words}     " * 5, fill=255, font=font)
    else:
        font = ImageFont.load_default(image.height * float(random.uniform(0.07, 0.15)))
        middle = (image.width * float(random.uniform(0.35, 0.65)), image.height * float(random.uniform(0.25, 0.75)))
        draw.text(middle, words, fill=255, font=font, anchor="mm")
    if random.random() < 0.5:
        layer = layer.rotate(float(random.uniform(-40, 40)), Image.Resampling.BILINEAR)
    tone = 40 if float(photo.pixels.mean()) > 150 else 255
    through = layer.point([int(value * share + 0.5) for value in range(256)])
    return np.asarray(Image.composite(Image.new("RGB", image.size, (tone, tone, tone)), image, through))


def _words(random: Generator, count: int) -> str:
    words = ["".join(random.choice(_SYLLABLES, int(random.integers(2, 4)))) for _ in range(count)]
    return " ".join(word.upper() if random.random() < 0.3 else word.capitalize() for word in words)
