"""Things that lie about in jewellery photos, drawn from above. One table; each is a picture with transparency.

Things are drawn at three times their size and shrunk, which is how their edges become smooth, and kept by number.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from parure.render.chance import maybe, pick, whole
from parure.render.photograph.grounds import ground
from parure.render.photograph.lettering import font, note_line, price, shop_name
from parure.render.photograph.noise import emboss

__all__ = ["PROPS", "prop"]

Colour = tuple[int, int, int]

_DRAWN = 240  # px, the side of the square a thing is drawn in
_PAPERS: tuple[Colour, ...] = ((248, 246, 240), (236, 226, 208), (196, 160, 120), (40, 40, 44), (232, 204, 200))


def _blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    canvas = Image.new("RGBA", (_DRAWN, _DRAWN), (0, 0, 0, 0))
    return canvas, ImageDraw.Draw(canvas)


def _shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = (int(min(255, max(0, value * factor))) for value in colour)
    return red, green, blue


def _ink(paper: Colour) -> Colour:
    return (60, 54, 50) if sum(paper) > 360 else (214, 196, 150)


def coin(random: Generator) -> Image.Image:
    """A height field (rim, a head in profile, a year) lit from one side."""
    relief = Image.new("L", (_DRAWN, _DRAWN), 0)
    draw = ImageDraw.Draw(relief)
    draw.ellipse((4, 4, 236, 236), fill=190)
    draw.ellipse((18, 18, 222, 222), fill=110)
    draw.ellipse((86, 60, 160, 140), fill=190)
    draw.polygon([(70, 200), (100, 130), (150, 130), (184, 200)], fill=180)
    draw.polygon([(80, 96), (92, 84), (92, 108)], fill=180)
    draw.text((88, 196), str(whole(random, 1948, 2024)), fill=200, font=font(22))
    height = np.asarray(relief.filter(ImageFilter.GaussianBlur(2.2)), np.float32) / np.float32(9)
    light = np.clip(0.86 + emboss(height, 0.8) * 0.4, 0.35, 1.5)
    colour = np.asarray(pick(random, ((188, 188, 186), (196, 152, 96), (204, 174, 104))), np.float32)
    face = Image.fromarray(np.clip(colour * light[..., None], 0, 255).astype(np.uint8)).convert("RGBA")
    face.putalpha(relief.point([0 if value < 60 else 255 for value in range(256)]))
    return face


def ruler(random: Generator) -> Image.Image:
    canvas, draw = _blank()
    colour = pick(random, ((240, 238, 230), (224, 190, 130), (250, 214, 70), (200, 206, 210)))
    draw.rectangle((0, 84, 240, 156), fill=colour)
    step = pick(random, (6, 8, 10))
    for tick, x in enumerate(range(4, 240, step)):
        long = 28 if tick % 10 == 0 else 20 if tick % 5 == 0 else 12
        draw.line((x, 84, x, 84 + long), fill=(40, 40, 40), width=1 if tick % 5 else 2)
        if tick % 10 == 0:
            draw.text((x + 2, 116), str(tick // 10), fill=(40, 40, 40), font=font(24))
    return canvas


def tag(random: Generator) -> Image.Image:
    """A hang tag on a string: shop, price, bar code."""
    canvas, draw = _blank()
    paper = pick(random, _PAPERS)
    draw.line([(120, 50), (150, 20), (210, 8), (238, 40)], fill=(150, 130, 100), width=4, joint="curve")
    draw.polygon([(92, 34), (148, 34), (168, 62), (168, 226), (72, 226), (72, 62)], fill=paper)
    draw.ellipse((112, 44, 128, 60), fill=(120, 110, 100))
    draw.text((80, 74), shop_name(random), fill=_ink(paper), font=font(20))
    draw.text((80, 108), price(random), fill=_ink(paper), font=font(20))
    for x in range(82, 158, 3):
        if maybe(random, 0.55):
            draw.line((x, 150, x, 206), fill=_ink(paper), width=2)
    return canvas


def box(random: Generator) -> Image.Image:
    """An open ring box: rim, cushion with a slit."""
    canvas, draw = _blank()
    colour = pick(random, ((34, 40, 66), (110, 24, 34), (226, 218, 206), (40, 78, 70), (30, 30, 32), (160, 200, 196)))
    lining = pick(random, ((244, 240, 232), (32, 32, 36), (220, 206, 190)))
    draw.rounded_rectangle((14, 14, 226, 226), 20, fill=colour)
    draw.rounded_rectangle((30, 30, 210, 210), 12, fill=_shade(colour, 0.7))
    draw.rounded_rectangle((36, 36, 204, 124), 24, fill=lining)
    draw.rounded_rectangle((36, 122, 204, 204), 24, fill=_shade(lining, 0.94))
    draw.line((44, 123, 196, 123), fill=_shade(lining, 0.55), width=5)
    return canvas.filter(ImageFilter.GaussianBlur(1.5))


def dish(random: Generator) -> Image.Image:
    """A shallow dish; the rim catches the light on one side."""
    canvas, draw = _blank()
    colour = pick(random, ((244, 242, 238), (206, 186, 168), (90, 110, 120), (232, 200, 194), (60, 62, 64)))
    draw.ellipse((4, 4, 236, 236), fill=_shade(colour, 0.86))
    draw.arc((4, 4, 236, 236), 140, 320, fill=_shade(colour, 1.1), width=7)
    draw.ellipse((20, 20, 220, 220), fill=_shade(colour, 0.92))
    draw.ellipse((34, 34, 220, 220), fill=colour)
    return canvas.filter(ImageFilter.GaussianBlur(2))


def cloth(random: Generator) -> Image.Image:
    """The end of a folded cloth: a piece of a textile ground within a wavy edge."""
    kind = pick(random, ("linen", "silk", "velvet"))
    canvas = ground(kind, 1000 + whole(random, 0, 30), (_DRAWN, _DRAWN)).convert("RGBA")
    mask = Image.new("L", (_DRAWN, _DRAWN), 0)
    along = np.linspace(0, _DRAWN, 20)
    edge = 80 + 26 * np.sin(along / 240 * random.uniform(4, 10)) + random.normal(0, 5, 20)
    points = [(float(x), float(y)) for x, y in zip(along, edge, strict=True)]
    ImageDraw.Draw(mask).polygon([(0.0, 240.0), *points, (240.0, 240.0)], fill=255)
    canvas.putalpha(mask.filter(ImageFilter.GaussianBlur(1)))
    return canvas


def leaf(random: Generator) -> Image.Image:
    canvas, draw = _blank()
    colour = pick(random, ((84, 120, 66), (52, 90, 60), (150, 170, 120), (176, 120, 60), (130, 150, 140)))
    along = np.linspace(0, np.pi, 24)
    width = random.uniform(30, 62)
    upper = [(float(10 + 70 * t), float(120 - width * np.sin(t) ** 1.3)) for t in along]
    draw.polygon(upper + [(x, 240 - y) for x, y in reversed(upper)], fill=colour)
    draw.line((0, 120, 228, 120), fill=_shade(colour, 1.3), width=4)
    for x in range(40, 200, 24):
        for side in (-1, 1):
            draw.line((x, 120, x + 26, 120 + side * int(width * 0.66)), fill=_shade(colour, 1.15), width=2)
    return canvas


def note(random: Generator) -> Image.Image:
    """A hand-written note: a few words and lines nobody can read."""
    canvas, draw = _blank()
    paper = pick(random, _PAPERS)
    draw.rectangle((20, 50, 220, 190), fill=paper)
    draw.text((36, 62), note_line(random), fill=_ink(paper), font=font(30))
    for y in (118, 142, 166):
        across = np.arange(36, whole(random, 120, 204), 4)
        wobble = np.cumsum(random.normal(0, 1, len(across))) * 0.4 + random.normal(0, 4, len(across))
        draw.line([(float(x), float(y + up)) for x, up in zip(across, wobble, strict=True)], fill=_ink(paper), width=3)
    return canvas


def card(random: Generator) -> Image.Image:
    """The card earrings and chains are sold on."""
    canvas, draw = _blank()
    paper = pick(random, _PAPERS)
    draw.rounded_rectangle((50, 10, 190, 230), 8, fill=paper)
    name = shop_name(random)
    draw.text((120, 36), name, fill=_ink(paper), font=font(24), anchor="mm")
    draw.line((80, 54, 160, 54), fill=_ink(paper), width=1)
    for x in (90, 150):
        draw.ellipse((x - 3, 80, x + 3, 86), fill=_shade(paper, 0.5))
    return canvas


PROPS: dict[str, Callable[[Generator], Image.Image]] = {
    "coin": coin,
    "ruler": ruler,
    "tag": tag,
    "box": box,
    "dish": dish,
    "cloth": cloth,
    "leaf": leaf,
    "note": note,
    "card": card,
}


@lru_cache(maxsize=256)
def prop(kind: str, number: int) -> Image.Image:
    """Thing `number` of its kind, always the same, 240 px square. Do not draw on it: it is shared."""
    return PROPS[kind](np.random.default_rng((crc32(kind.encode()), number)))
