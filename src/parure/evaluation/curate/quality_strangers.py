"""Pictures that hold no jewellery, as an archive of photos has them: pages, charts, logos, things, people, places.

Drawn, each another one. They are what `not_jewellery` shall find; none is learnt from, and none is needed for the
limit, which is fitted on jewellery alone. Real pictures are harder: these say what is found at best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from parure.images import Pixels
from parure.render.photograph.grounds import GROUNDS, lay
from parure.render.photograph.lettering import font, note_line, price, shop_name, title
from parure.render.photograph.noise import fractal, ramp
from parure.render.photograph.props import PROPS, prop

__all__ = ["STRANGERS", "strangers"]

_SIDE = 384  # px
_SETUPS = 16  # numbered grounds and things of each kind
_SKINS = ((244, 210, 186), (224, 178, 144), (188, 136, 100), (140, 92, 64), (88, 58, 44))
_NO_THING = frozenset({"coin"})  # too like a pendant to say that it is none
Colour = tuple[int, int, int]


def strangers(count: int, *, seed: int = 0) -> Iterator[tuple[str, Pixels]]:
    """Kind and picture, all kinds in turn."""
    random = np.random.default_rng(seed)
    kinds = list(STRANGERS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield kind, np.asarray(STRANGERS[kind](random).convert("RGB"))


def _empty(random: Generator) -> Image.Image:
    """A set-up before the piece lies on it."""
    return lay(str(random.choice(list(GROUNDS))), int(random.integers(_SETUPS)), random, (_SIDE, _SIDE))


def _props(random: Generator) -> Image.Image:
    picture = _empty(random)
    names = [name for name in PROPS if name not in _NO_THING]
    for name in random.choice(names, int(random.integers(1, 4)), replace=False).tolist():
        side = int(random.uniform(0.25, 0.6) * _SIDE)
        thing = prop(name, int(random.integers(_SETUPS))).rotate(float(random.uniform(0, 360)), expand=True)
        thing = thing.resize((side, side))
        left, top = random.integers(-side // 4, _SIDE - 3 * side // 4, 2).tolist()
        picture.paste(thing, (left, top), thing)
    return picture


def _page(random: Generator) -> Image.Image:
    """A certificate, a letter, a price list."""
    picture, draw = _paper(random)
    draw.text((_SIDE // 2, 26), shop_name(random), fill=(40, 40, 44), font=font(24), anchor="mm")
    for line in range(int(random.integers(6, 16))):
        text = title(random) if random.random() < 0.6 else note_line(random)
        draw.text((36, 64 + line * 19), text[:44], fill=(60, 60, 64), font=font(13))
        if random.random() < 0.4:
            draw.text((_SIDE - 36, 64 + line * 19), price(random), fill=(60, 60, 64), font=font(13), anchor="ra")
    return picture


def _chart(random: Generator) -> Image.Image:
    """Sizes as a table; some with a scale or a row of circles."""
    picture, draw = _paper(random)
    rows, columns = int(random.integers(4, 10)), int(random.integers(2, 6))
    tall, wide = (_SIDE - 110) / rows, (_SIDE - 40) / columns
    draw.text(
        (20, 14), str(random.choice(["Size chart", "Ring sizes", "Measurements"])), fill=(30, 30, 30), font=font(22)
    )
    for row in range(rows):
        for column in range(columns):
            left, top = 20 + column * wide, 56 + row * tall
            draw.rectangle((left, top, left + wide, top + tall), outline=(120, 120, 120))
            draw.text((left + 6, top + 4), f"{random.uniform(4, 70):.1f}", fill=(50, 50, 50), font=font(14))
    for mark in range(20, _SIDE - 20, int(random.integers(6, 14))):
        draw.line((mark, _SIDE - 40, mark, _SIDE - int(random.integers(20, 30))), fill=(40, 40, 40))
    return picture


def _logo(random: Generator) -> Image.Image:
    picture = Image.new("RGB", (_SIDE, _SIDE), _colour(random, 200, 256))
    draw, ink = ImageDraw.Draw(picture), _colour(random, 0, 150)
    reach = float(random.uniform(30, 80))
    corners = int(random.integers(3, 8))
    if random.random() < 0.7:
        draw.regular_polygon((_SIDE / 2, 150, reach), corners, rotation=float(random.uniform(0, 90)), fill=ink)
    draw.text((_SIDE / 2, 270), shop_name(random), fill=ink, font=font(int(random.integers(26, 48))), anchor="mm")
    return picture


def _things(random: Generator) -> Image.Image:
    """Cups, boxes, bottles, balls: solids with a light side and a dark one."""
    picture = _empty(random)
    for _ in range(int(random.integers(1, 4))):
        side = int(random.uniform(0.3, 0.8) * _SIDE)
        mask = _outline(random, side)
        shade = 1.1 - random.uniform(0.3, 0.8) * ramp((side, side), float(random.uniform(0, 2 * np.pi)))
        body = np.clip(np.array(_colour(random, 20, 250)) * shade[..., None], 0, 255).astype(np.uint8)
        left, top = random.integers(0, _SIDE - side + 1, 2).tolist()
        picture.paste(Image.fromarray(body), (left, top), mask)
    return picture


def _outline(random: Generator, side: int) -> Image.Image:
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    kind = int(random.integers(4))
    if kind == 0:
        draw.rounded_rectangle((side * 0.1, side * 0.25, side * 0.9, side * 0.85), side * 0.05, fill=255)
    elif kind == 1:
        draw.rounded_rectangle((side * 0.3, side * 0.3, side * 0.7, side), side * 0.1, fill=255)
        draw.rectangle((side * 0.42, side * 0.05, side * 0.58, side * 0.35), fill=255)
    elif kind == 2:
        draw.ellipse((side * 0.1, side * 0.1, side * 0.9, side * 0.9), fill=255)
    else:
        draw.polygon(
            [(side * 0.2, side * 0.2), (side * 0.8, side * 0.2), (side * 0.7, side), (side * 0.3, side)], fill=255
        )
    return mask.filter(ImageFilter.GaussianBlur(0.8))


def _person(random: Generator) -> Image.Image:
    """Somebody without jewellery, or a bare hand, before a wall."""
    picture = _empty(random).filter(ImageFilter.GaussianBlur(float(random.uniform(0, 6))))
    draw, skin = ImageDraw.Draw(picture), _SKINS[int(random.integers(len(_SKINS)))]
    middle, half = float(random.uniform(150, 230)), float(random.uniform(45, 70))
    if random.random() < 0.5:
        draw.rounded_rectangle((middle - 150, 300, middle + 150, 460), 60, fill=_colour(random, 20, 230))
        draw.rectangle((middle - half * 0.4, 220, middle + half * 0.4, 320), fill=_dimmed(skin))
        draw.ellipse((middle - half * 1.25, 60, middle + half * 1.25, 270), fill=_colour(random, 10, 120))
        draw.ellipse((middle - half, 90, middle + half, 260), fill=skin)
    else:
        draw.rounded_rectangle((middle - half, 200, middle + half, 420), 26, fill=skin)
        for finger in range(4):
            left = middle - half + finger * half / 2
            top = 70 + 20 * abs(finger - 1.5)
            draw.rounded_rectangle((left + 1, top, left + half / 2 - 2, 260), half / 4, fill=skin)
    light = 1.15 - 0.4 * ramp((_SIDE, _SIDE), float(random.uniform(0, 2 * np.pi)))[..., None]
    lit = Image.fromarray(np.clip(np.asarray(picture) * light, 0, 255).astype(np.uint8))
    return lit.filter(ImageFilter.GaussianBlur(1.2))


def _place(random: Generator) -> Image.Image:
    """A landscape or a street: sky, and something rough below a horizon."""
    shape = (_SIDE, _SIDE)
    sky = np.array(_colour(random, 140, 250)) * (0.8 + 0.2 * fractal(random, shape, 3))[..., None]
    floor = np.array(_colour(random, 20, 200)) * (0.5 + fractal(random, shape, float(random.uniform(6, 30))))[..., None]
    horizon = random.uniform(0.3, 0.8) * _SIDE + 60 * (fractal(random, shape, 4)[0] - 0.5)
    below = np.arange(_SIDE)[:, None] > horizon[None]
    picture = Image.fromarray(np.clip(np.where(below[..., None], floor, sky), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(random.integers(0, 6))):
        left, wide = int(random.integers(0, _SIDE)), int(random.integers(20, 80))
        draw.rectangle((left, int(random.integers(60, 220)), left + wide, 300), fill=_colour(random, 40, 200))
    return picture


def _paper(random: Generator) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (_SIDE, _SIDE), _colour(random, 232, 256))
    return picture, ImageDraw.Draw(picture)


def _colour(random: Generator, low: int, high: int) -> Colour:
    red, green, blue = random.integers(low, high, 3).tolist()
    return red, green, blue


def _dimmed(colour: Colour) -> Colour:
    red, green, blue = (int(value * 0.88) for value in colour)
    return red, green, blue


STRANGERS: dict[str, Callable[[Generator], Image.Image]] = {
    "empty ground": _empty,
    "things of the studio": _props,
    "page": _page,
    "size chart": _chart,
    "logo": _logo,
    "things": _things,
    "person": _person,
    "place": _place,
}
