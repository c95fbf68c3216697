"""Grounds that are soft or out of focus: papers, linen, velvet, silk, leather, leaf, a blurred room."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from parure.render.chance import maybe, pick
from parure.render.photograph.noise import Plane, Shape, cloud, coordinates, emboss, fractal, paint, ramp, speckle

__all__ = ["grey", "leaf", "leather", "linen", "paper", "room", "silk", "velvet", "white"]

Picture = NDArray[np.float32]  # (h, w, 3), 0 to 255

_PAPERS = (
    (236, 214, 206), (206, 214, 200), (222, 208, 184), (200, 214, 226), (240, 232, 220), (214, 204, 222),
    (190, 120, 104), (96, 116, 98), (60, 72, 96), (230, 190, 120), (150, 60, 66), (34, 36, 42),
)  # fmt: skip
_CLOTHS = (
    (214, 204, 188),
    (236, 232, 224),
    (176, 164, 146),
    (120, 126, 132),
    (160, 96, 84),
    (70, 84, 104),
    (52, 50, 50),
)
_VELVETS = ((28, 30, 62), (92, 16, 30), (24, 62, 46), (22, 22, 24), (62, 30, 70), (186, 150, 146), (206, 196, 180))


def white(random: Generator, shape: Shape) -> Picture:
    """Half are cut to pure white, as shops do; the others keep a trace of the sweep's shade."""
    if maybe(random, 0.5):
        return np.full((*shape, 3), 255, np.float32)
    tint = np.asarray((1, 1, 1), np.float32) + random.uniform(-0.01, 0.006, 3).astype(np.float32)
    shade = ramp(shape, random.uniform(0.25, 0.75) * np.pi) * random.uniform(0, 0.07)
    return paint(random.uniform(240, 255) * tint, 1 - shade)


def grey(random: Generator, shape: Shape) -> Picture:
    """Seamless paper with a pool of light; from near black to near white, bluish or warm."""
    level = random.uniform(20, 232)
    x, y = coordinates(shape)
    pool = np.exp(
        -((x - random.uniform(-0.3, 0.3)) ** 2 + (y - random.uniform(-0.3, 0.2)) ** 2) / random.uniform(0.2, 0.9)
    )
    tint = (random.uniform(0.96, 1.03), 1.0, random.uniform(0.95, 1.07))
    return paint(
        (level * tint[0], level, level * tint[2]), np.asarray(0.8 + random.uniform(0.1, 0.35) * pool, np.float32)
    )


def paper(random: Generator, shape: Shape) -> Picture:
    """One sheet, or two that meet in a line."""
    grain = 1 + 0.008 * speckle(random, shape)
    first, second = (np.asarray(pick(random, _PAPERS), np.float32) + random.uniform(-10, 10, 3) for _ in range(2))
    shade = 1 - random.uniform(0, 0.3) * ramp(shape, random.uniform(0, 2 * np.pi))
    picture = paint(np.asarray(first, np.float32), grain * shade)
    if maybe(random, 0.25):
        along, _ = coordinates(shape, random.uniform(0, 2 * np.pi))
        beyond = along > random.uniform(-0.1, 0.35)
        picture[beyond] = paint(np.asarray(second, np.float32), grain * shade)[beyond]
    return picture


def linen(random: Generator, shape: Shape) -> Picture:
    """Plain weave: warp and weft take turns on top, every thread of its own thickness and tone."""
    colour = np.asarray(pick(random, _CLOTHS), np.float32)
    pitch = random.uniform(2.6, 6) * shape[0] / 320
    sway = cloud(random, shape, 5) * 0.6
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    weft, warp = rows / pitch + sway, columns / pitch + sway[::-1]
    over = (np.floor(weft) + np.floor(warp)) % 2
    tones = random.normal(1, 0.035, (2, 1024)).astype(np.float32)
    tone = np.where(over, tones[0][np.floor(weft).astype(int) % 1024], tones[1][np.floor(warp).astype(int) % 1024])
    rounding = np.where(over, np.sin(np.pi * (weft % 1)), np.sin(np.pi * (warp % 1)))
    depth = random.uniform(0.06, 0.17)
    return paint(colour, np.asarray(tone * (1 - depth + depth * rounding) * _folds(random, shape, 0.07), np.float32))


def _folds(random: Generator, shape: Shape, strength: float) -> Plane:
    slope = emboss(cloud(random, shape, random.uniform(2, 5), across=random.uniform(2, 4)), random.uniform(0, 6.28))
    return np.asarray(1 + strength * slope / max(1e-6, float(slope.std())), np.float32)


def velvet(random: Generator, shape: Shape) -> Picture:
    """Pile lies in patches: brushed one way it is dark, the other way it shines."""
    patches = fractal(random, shape, random.uniform(2, 4), octaves=3)
    sheen = np.clip(0.5 + 0.35 * patches, 0, 1.6) ** 1.5 * random.uniform(0.5, 1.1)
    pile = 1 + 0.07 * speckle(random, shape) + 0.05 * cloud(random, shape, shape[0] / 3)
    return paint(pick(random, _VELVETS), np.asarray((0.75 + sheen) * pile, np.float32))


def silk(random: Generator, shape: Shape) -> Picture:
    colour = np.asarray(pick(random, (*_PAPERS[:6], *_VELVETS)), np.float32)
    along, aside = coordinates(shape, random.uniform(0, 2 * np.pi))
    phase = along * random.uniform(0.5, 2) + 0.45 * cloud(random, shape, 3) + 0.3 * aside
    fold = np.sin(2 * np.pi * phase)
    return paint(
        colour, np.asarray(0.86 + 0.15 * fold + random.uniform(0.04, 0.2) * np.clip(fold, 0, 1) ** 5, np.float32)
    )


def leather(random: Generator, shape: Shape) -> Picture:
    """Grain of fine creases; a tray shows its stitched rim."""
    colour = pick(random, ((110, 66, 40), (54, 36, 30), (30, 30, 32), (170, 120, 78), (200, 180, 158), (90, 26, 30)))
    creases = -np.exp(-np.abs(fractal(random, shape, shape[0] / 11, octaves=2)) * 5)
    light = 1 + 0.22 * emboss(creases, random.uniform(0, 6.28)) + 0.12 * creases + 0.06 * fractal(random, shape, 2)
    if maybe(random, 0.5):
        light *= _stitched_rim(shape, int(shape[0] * random.uniform(0.06, 0.12)))
    return paint(colour, np.asarray(light, np.float32))


def _stitched_rim(shape: Shape, inset: int) -> Plane:
    rim = Image.new("L", (shape[1], shape[0]), 128)
    draw = ImageDraw.Draw(rim)
    draw.rectangle((inset, inset, shape[1] - inset, shape[0] - inset), outline=80, width=max(2, inset // 5))
    step, half = max(6, inset // 3), inset // 2
    for at in range(half, max(shape), step):
        ends = (at, at + step // 2)
        for other in (half, shape[0] - half):
            draw.line((ends[0], other, ends[1], other), fill=185, width=2)
        for other in (half, shape[1] - half):
            draw.line((other, ends[0], other, ends[1]), fill=185, width=2)
    return np.asarray(rim.filter(ImageFilter.GaussianBlur(0.7)), np.float32) / np.float32(128)


def leaf(random: Generator, shape: Shape) -> Picture:
    """A large leaf fills the frame: midrib, side veins that lean forward, cells between them."""
    colour = pick(random, ((70, 112, 56), (44, 84, 50), (110, 138, 70), (92, 120, 96), (150, 84, 50)))
    along, aside = coordinates(shape, random.uniform(0, 2 * np.pi))
    aside = aside + 0.05 * cloud(random, shape, 2) - np.float32(random.uniform(-0.25, 0.25))
    side = (along - np.abs(aside) * random.uniform(0.6, 1.1)) * random.uniform(5, 9) + 0.15 * cloud(random, shape, 3)
    veins = np.exp(-np.abs((side % 1) - 0.5) * 22) * 0.3 + np.exp(-np.abs(aside) * 70) * 0.55
    cells = 0.05 * np.abs(fractal(random, shape, shape[0] / 12, octaves=2))
    return paint(
        colour, np.asarray(0.95 + veins - cells + 0.12 * (side % 1) + 0.1 * cloud(random, shape, 2), np.float32)
    )


def room(random: Generator, shape: Shape) -> Picture:
    """A room far out of focus: walls, a table edge, discs of light."""
    size = (96, max(8, round(96 * shape[0] / shape[1])))
    wall = _any_colour(random, 70, 235, 255)[:3]
    canvas = Image.new("RGB", size, wall)
    draw = ImageDraw.Draw(canvas, "RGBA")
    for _ in range(int(random.integers(3, 9))):
        x, y, w, h = random.uniform(-20, 96), random.uniform(-20, 80), random.uniform(8, 50), random.uniform(8, 60)
        draw.rectangle((x, y, x + w, y + h), fill=_any_colour(random, 20, 235, 200))
    canvas = canvas.filter(ImageFilter.GaussianBlur(random.uniform(3, 7)))
    draw = ImageDraw.Draw(canvas, "RGBA")
    for _ in range(int(random.integers(0, 14))):
        x, y, radius = random.uniform(0, 96), random.uniform(0, size[1] * 0.7), random.uniform(2, 8)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_any_colour(random, 180, 255, 90))
    if maybe(random, 0.7):
        table = size[1] * random.uniform(0.45, 0.8)
        draw.rectangle((0, table, 96, size[1]), fill=_any_colour(random, 60, 220, 255))
    soft = canvas.filter(ImageFilter.GaussianBlur(1.2)).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(soft, np.float32)


def _any_colour(random: Generator, low: int, high: int, alpha: int) -> tuple[int, int, int, int]:
    level = random.uniform(low, high)
    red, green, blue = (int(np.clip(level * share, 0, 255)) for share in random.uniform(0.78, 1.1, 3))
    return red, green, blue, alpha
