"""An analysis drawn on its photo: numbered boxes, parts as translucent colours, and a legend below.

Boxes are white lines on wider black ones and words stand on plates, so both can be read on white and on dark photos.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from parure.images.resize import fit_size
from parure.regions import Box, PartClass, to_pixels
from parure.vision.analysis import Analysis, SeenPiece
from parure.vision.base import Pixels

__all__ = ["PART_COLOURS", "draw_analysis"]

SMALLEST, LARGEST = 640, 1600  # pixels of the longer side of the photo in the picture
TINT = 0.5  # of a part's colour over the photo
PAPER, INK = (255, 255, 255), (32, 32, 36)

Colour = tuple[int, int, int]

# Eight colours that people with any kind of colour blindness tell apart (Okabe and Ito 2008), black as a grey.
PART_COLOURS: dict[PartClass, Colour] = {
    PartClass.METAL: (230, 159, 0),
    PartClass.SETTING: (0, 114, 178),
    PartClass.CENTRE_STONE: (204, 121, 167),
    PartClass.SIDE_STONE: (86, 180, 233),
    PartClass.PEARL: (240, 228, 66),
    PartClass.CHAIN: (0, 158, 115),
    PartClass.CLASP: (213, 94, 0),
    PartClass.OTHER: (96, 96, 96),
}


def draw_analysis(pixels: Pixels, analysis: Analysis, captions: Sequence[str]) -> Image.Image:
    """The photo with what was seen; `captions` has a line for each piece, shown in the legend beside its number."""
    photo = _tinted(_scaled(pixels), analysis)
    unit = max(photo.size) // 50  # pixels; about the height of a letter
    draw = ImageDraw.Draw(photo)
    for number, piece in reversed(list(enumerate(analysis.pieces, start=1))):  # the main piece on top
        _draw_box(draw, photo.size, piece.detection.box, number, unit)
    legend = _legend(analysis, captions, photo.width, unit)
    picture = Image.new("RGB", (photo.width, photo.height + legend.height), PAPER)
    picture.paste(photo, (0, 0))
    picture.paste(legend, (0, photo.height))
    return picture


def _scaled(pixels: Pixels) -> Image.Image:
    image = Image.fromarray(pixels)
    side = min(LARGEST, max(SMALLEST, *image.size))
    size = fit_size(*image.size, side)
    return image if image.size == size else image.resize(size, Image.Resampling.BICUBIC)


def _tinted(photo: Image.Image, analysis: Analysis) -> Image.Image:
    """The parts of each piece over its crop; where crops overlap, those of the piece further up the list stay."""
    classes = np.zeros((photo.height, photo.width), np.uint8)
    for piece in reversed(analysis.pieces):
        x0, y0, x1, y1 = to_pixels(piece.crop, *photo.size)
        parts = Image.fromarray(piece.reading.parts).resize((x1 - x0, y1 - y0), Image.Resampling.NEAREST)
        under = classes[y0:y1, x0:x1]
        np.copyto(under, np.asarray(parts), where=np.asarray(parts) > 0)
    colours = np.zeros((256, 3), np.uint8)
    for part, colour in PART_COLOURS.items():
        colours[part] = colour
    alpha = Image.fromarray(np.where(classes > 0, np.uint8(255 * TINT), np.uint8(0)))
    photo.paste(Image.fromarray(colours[classes]), (0, 0), alpha)
    return photo


def _draw_box(draw: ImageDraw.ImageDraw, size: tuple[int, int], box: Box, number: int, unit: int) -> None:
    line = max(2, unit // 6)
    x0, y0, x1, y1 = to_pixels(box, *size)
    draw.rectangle((x0, y0, x1 - 1, y1 - 1), outline=INK, width=2 * line)
    inset = line // 2
    draw.rectangle(_ordered(x0 + inset, y0 + inset, x1 - 1 - inset, y1 - 1 - inset), outline=PAPER, width=line)
    font = _font(unit)
    left, top, right, bottom = draw.textbbox((x0 + line + unit // 2, y0 + line + unit // 4), str(number), font=font)
    pad = unit // 3
    draw.rectangle((left - pad, top - pad, right + pad, bottom + pad), fill=INK)
    draw.text((x0 + line + unit // 2, y0 + line + unit // 4), str(number), fill=PAPER, font=font)


def _ordered(x0: int, y0: int, x1: int, y1: int) -> tuple[int, int, int, int]:
    """A box of a pixel or two stays drawable."""
    return x0, y0, max(x0, x1), max(y0, y1)


def _legend(analysis: Analysis, captions: Sequence[str], width: int, unit: int) -> Image.Image:
    """A line per piece, cut at the width, then the parts that are seen, as many side by side as fit."""
    font, row = _font(unit), 2 * unit
    seen = _parts_seen(analysis.pieces)
    column = max((_width(name, font) for name, _ in seen), default=0) + 3 * unit
    columns = max(1, int((width - unit) / column))
    rows = len(captions) + -(-len(seen) // columns)
    legend = Image.new("RGB", (width, row * rows + unit), PAPER)
    draw = ImageDraw.Draw(legend)
    for number, caption in enumerate(captions, start=1):
        line = _cut(f"{number}  {caption}", font, width - 2 * unit)
        draw.text((unit, unit // 2 + row * (number - 1)), line, fill=INK, font=font)
    for place, (name, colour) in enumerate(seen):
        x, y = unit + place % columns * column, unit // 2 + row * (len(captions) + place // columns)
        draw.rectangle((x, y + unit // 4, x + unit, y + unit // 4 + unit), fill=colour, outline=INK)
        draw.text((x + unit + unit // 2, y), name, fill=INK, font=font)
    return legend


def _parts_seen(pieces: Sequence[SeenPiece]) -> list[tuple[str, Colour]]:
    present: NDArray[np.uint8] = np.unique(np.concatenate([piece.reading.parts.ravel() for piece in pieces]))
    return [(part.name.lower().replace("_", " "), PART_COLOURS[part]) for part in PART_COLOURS if part in present]


def _cut(line: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    if _width(line, font) <= width:
        return line
    while line and _width(line + "...", font) > width:
        line = line[:-1]
    return line.rstrip() + "..."


def _width(line: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> float:
    return font.getlength(line)


def _font(unit: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(unit * 1.2)
