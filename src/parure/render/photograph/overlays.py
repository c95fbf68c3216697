"""What shops and sellers put over a photo: watermark, price or badge, sizes with arrows, a border."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from parure.render.chance import maybe, pick
from parure.render.photograph.lettering import badge, font, note_line, price, shop_name, title
from parure.render.photograph.values import Bytes, boxes_of

__all__ = ["border", "dimensions", "text", "watermark"]


def watermark(picture: Image.Image, random: Generator) -> Image.Image:
    """The shop's name across the picture, once or tiled, see-through."""
    layer = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(layer)
    words = f"by {shop_name(random)}" if maybe(random, 0.4) else shop_name(random).upper()
    if maybe(random, 0.3):
        size = max(8, picture.height // 16)
        for row in range(0, picture.height, size * 4):
            draw.text((row % (size * 8) // 2, row), f"{words}      " * 4, fill=255, font=font(size))
    else:
        place = tuple(
            float(share * side) for share, side in zip(random.uniform(0.2, 0.8, 2), picture.size, strict=True)
        )
        draw.text(
            (place[0], place[1]),
            words,
            fill=255,
            font=font(int(picture.height * random.uniform(0.06, 0.14))),
            anchor="mm",
        )
    if maybe(random, 0.5):
        layer = layer.rotate(float(random.uniform(-40, 40)), Image.Resampling.BILINEAR)
    share, tone = random.uniform(0.15, 0.5), int(random.choice((255, 255, 60)))
    see_through = layer.point([int(value * share) for value in range(256)])
    return Image.composite(Image.new("RGB", picture.size, (tone, tone, tone)), picture, see_through)


def text(picture: Image.Image, random: Generator) -> Image.Image:
    """A badge in a corner, a price, or a caption with a line or two."""
    result = picture.copy()
    draw = ImageDraw.Draw(result)
    for _ in range(int(random.integers(1, 4))):
        words = pick(random, (badge, badge, price, title, note_line, shop_name))(random)
        face = font(int(picture.height * random.uniform(0.04, 0.09)))
        left, _, right, bottom = draw.textbbox((0, 0), words, font=face)
        x = random.choice((0.02, 0.98 - (right - left) / picture.width, random.uniform(0, 0.7))) * picture.width
        y = random.choice((0.02, 0.9, 0.82, 0.1)) * picture.height
        ink = pick(random, ((20, 20, 22), (90, 90, 94), (190, 30, 40), (250, 250, 250), (150, 110, 50)))
        if maybe(random, 0.45) or sum(ink) > 700:
            plate = (
                pick(random, ((250, 250, 248), (190, 30, 40), (20, 20, 22), (40, 90, 70)))
                if sum(ink) < 700
                else (30, 30, 34)
            )
            draw.rounded_rectangle((x - 3, y - 1, x + right - left + 3, y + bottom + 3), 3, fill=plate)
            ink = (250, 250, 248) if sum(plate) < 500 else ink
        draw.text((x - left, y), words, fill=ink, font=face)
    return result


def dimensions(picture: Image.Image, labels: Bytes, random: Generator) -> Image.Image:
    """Arrows beside a piece that say how large it is."""
    found = boxes_of(labels, range(16))
    result = picture.copy()
    draw = ImageDraw.Draw(result)
    for box, _ in list(found.values())[:2]:
        x0, x1 = box.x * picture.width, (box.x + box.w) * picture.width
        y0, y1 = box.y * picture.height, (box.y + box.h) * picture.height
        face, ink = font(picture.height // 18), pick(random, ((40, 40, 40), (130, 130, 130), (200, 60, 60)))
        below, beside = min(picture.height - 4.0, y1 + 6), max(3.0, x0 - 6)
        _arrow(draw, (x0, below), (x1, below), ink)
        draw.text(((x0 + x1) / 2, below - 2), _length(random), fill=ink, font=face, anchor="mb")
        if maybe(random, 0.6):
            _arrow(draw, (beside, y0), (beside, y1), ink)
            draw.text((beside + 3, (y0 + y1) / 2), _length(random), fill=ink, font=face, anchor="lm")
    return result


def _length(random: Generator) -> str:
    return pick(
        random,
        (f"{random.uniform(0.3, 4):.1f} cm", f"{int(random.integers(3, 40))} mm", f"{random.uniform(0.2, 2):.2f} in"),
    )


def _arrow(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], ink: tuple[int, int, int]
) -> None:
    draw.line((*start, *end), fill=ink)
    way = np.subtract(end, start)
    way = way / max(1e-6, float(np.hypot(*way)))
    for tip, sign in ((start, 1), (end, -1)):
        for side in (-1, 1):
            barb = np.add(tip, sign * 4 * way + side * 2 * np.array([-way[1], way[0]]))
            draw.line((*tip, float(barb[0]), float(barb[1])), fill=ink)


def border(picture: Image.Image, labels: Bytes, random: Generator) -> tuple[Image.Image, Bytes]:
    """A plain frame over the edge, wider at one side at times; what it hides is no longer labelled."""
    result, seen = picture.copy(), labels.copy()
    draw = ImageDraw.Draw(result)
    colour = pick(random, ((255, 255, 255), (255, 255, 255), (0, 0, 0), (236, 228, 216), (30, 34, 50)))
    width, height = picture.size
    thickness = random.uniform(0.015, 0.05, 4) * min(picture.size)
    if maybe(random, 0.5):
        thickness[:2] = 0  # bands above and below only
    if maybe(random, 0.3):
        thickness[3] *= 2.5
    left, right, top, bottom = (round(float(value)) for value in thickness)
    for x0, y0, x1, y1 in (
        (0, 0, left, height),
        (width - right, 0, width, height),
        (0, 0, width, top),
        (0, height - bottom, width, height),
    ):
        if x1 > x0 and y1 > y0:
            draw.rectangle((x0, y0, x1 - 1, y1 - 1), fill=colour)
            seen[y0:y1, x0:x1] = 0
    return result, seen
