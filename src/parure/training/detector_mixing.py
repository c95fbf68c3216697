"""Scenes of the pool made into pictures to learn from: mirrored, zoomed, four in one, recoloured a little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from parure.training.detector_pool import Pool
from parure.training.detector_recipe import SIDE, DetectorRecipe
from parure.training.detector_scenes import Example
from parure.vision.detector import FILL

__all__ = ["Batch", "Mixing", "moved"]


@dataclass(frozen=True, eq=False)
class Batch:
    """`pixels` (n, side, side, 3) RGB; for each picture its `corners` (k, 4) and `classes` (k,)."""

    pixels: NDArray[np.uint8]
    corners: tuple[NDArray[np.float32], ...]
    classes: tuple[NDArray[np.int64], ...]


class Mixing:
    """`batch(step)` follows from the recipe's seed and the number of the step."""

    def __init__(self, pool: Pool, recipe: DetectorRecipe) -> None:
        self._pool = pool
        self._recipe = recipe

    def batch(self, step: int) -> Batch:
        recipe = self._recipe
        random = np.random.default_rng([recipe.seed, 23, step])
        if recipe.plain(step):
            made = [moved(self._drawn(step, random), SIDE, 1.0, (0.0, 0.0), self._least) for _ in range(recipe.batch)]
        elif recipe.small(step):
            side = int(random.choice(recipe.small_sides))
            made = [self._small(step, random, side) for _ in range(recipe.small_batch)]
        else:
            side = int(random.choice(recipe.sides))
            made = [self._example(step, random, side) for _ in range(recipe.batch)]
        return Batch(
            np.stack([each.pixels for each in made]),
            tuple(each.corners for each in made),
            tuple(each.classes for each in made),
        )

    def _example(self, step: int, random: Generator, side: int) -> Example:
        if random.random() < self._recipe.mosaic:
            return self._mosaic([self._drawn(step, random) for _ in range(4)], random, side)
        example = self._drawn(step, random)
        if random.random() >= self._recipe.zoom:
            return moved(example, side, side / SIDE, (0.0, 0.0), self._least)
        scale = float(np.exp(random.uniform(np.log(0.3), np.log(1.7))))
        room = side * (1 - scale)
        return moved(example, side, scale * side / SIDE, (room * random.random(), room * random.random()), self._least)

    def _small(self, step: int, random: Generator, side: int) -> Example:
        """One piece with a little around it, or a whole scene."""
        example = self._drawn(step, random)
        if not len(example.classes) or random.random() >= self._recipe.focus:
            return moved(example, side, side / SIDE, (0.0, 0.0), self._least)
        x0, y0, x1, y1 = map(float, example.corners[random.integers(len(example.classes))])
        longest = max(x1 - x0, y1 - y0)
        scale = side / (longest * random.uniform(1.05, 2.2))
        left, top = random.uniform(0, side - longest * scale, 2)
        return moved(example, side, scale, (left - x0 * scale, top - y0 * scale), self._least)

    def _drawn(self, step: int, random: Generator) -> Example:
        example = self._pool.load(int(random.integers(self._recipe.pool_size(step))))
        return _mirrored(example) if random.random() < 0.5 else example

    @property
    def _least(self) -> tuple[float, float]:
        return self._recipe.least_side, self._recipe.least_visible

    def _mosaic(self, examples: Sequence[Example], random: Generator, side: int) -> Example:
        """Four scenes around a point, each as large as its corner needs or a little larger."""
        x, y = (round(side * random.uniform(0.35, 0.65)) for _ in range(2))
        areas = ((0, 0, x, y), (x, 0, side, y), (0, y, x, side), (x, y, side, side))
        pixels = np.full((side, side, 3), FILL, np.uint8)
        corners, classes = [], []
        for example, (x0, y0, x1, y1) in zip(examples, areas, strict=True):
            reach = max(x1 - x0, y1 - y0)
            cell = moved(example, reach, reach / SIDE * random.uniform(0.8, 1.3), (0.0, 0.0), self._least)
            cell = cropped(cell, x1 - x0, y1 - y0, self._least)
            pixels[y0:y1, x0:x1] = cell.pixels
            corners.append(cell.corners + np.array((x0, y0, x0, y0), np.float32))
            classes.append(cell.classes)
        return Example(pixels, np.concatenate(corners), np.concatenate(classes))


def moved(
    example: Example, side: int, scale: float, offset: tuple[float, float], least: tuple[float, float]
) -> Example:
    """The scene `scale` times as large, its corner at `offset`, in a square of `side`; grey where it does not reach.

    `least`: pixels a side, and share of its area, that a piece must keep.
    """
    whole = example.pixels.shape[0]
    if scale == 1 and offset == (0.0, 0.0) and whole == side:
        return example
    left, top = round(offset[0]), round(offset[1])
    square = _enlarged(example, side, scale, left, top) if scale > 1 else _reduced(example, side, scale, left, top)
    factor = scale if scale > 1 else max(8, round(whole * scale)) / whole
    corners = example.corners * np.float32(factor) + np.array((left, top, left, top), np.float32)
    return cropped(Example(np.asarray(square), corners, example.classes), side, side, least)


def _reduced(example: Example, side: int, scale: float, left: int, top: int) -> Image.Image:
    size = max(8, round(example.pixels.shape[0] * scale))
    scaled = Image.fromarray(example.pixels).resize((size, size), Image.Resampling.BILINEAR, reducing_gap=2.0)
    square = Image.new("RGB", (side, side), (FILL, FILL, FILL))
    square.paste(scaled, (left, top))
    return square


def _enlarged(example: Example, side: int, scale: float, left: int, top: int) -> Image.Image:
    """Only what the square shows is made."""
    back = (1 / scale, 0.0, -left / scale, 0.0, 1 / scale, -top / scale)
    picture = Image.fromarray(example.pixels)
    return picture.transform(
        (side, side), Image.Transform.AFFINE, back, Image.Resampling.BILINEAR, fillcolor=(FILL, FILL, FILL)
    )


def cropped(example: Example, width: int, height: int, least: tuple[float, float]) -> Example:
    """The top left of a picture, without the pieces of which too little is left."""
    inside = np.clip(example.corners, 0, np.array((width, height, width, height), np.float32))
    before = (example.corners[:, 2:] - example.corners[:, :2]).prod(axis=1)
    sides = inside[:, 2:] - inside[:, :2]
    kept = (sides.min(axis=1, initial=np.inf) >= least[0]) & (sides.prod(axis=1) >= least[1] * before)
    return Example(example.pixels[:height, :width], inside[kept], example.classes[kept])


def _mirrored(example: Example) -> Example:
    """Left and right exchanged, grey at the right and all: the product's grey is never at the left, but a network that
    minds where grey is has learned the wrong thing."""
    width = example.pixels.shape[1]
    corners = np.stack([width - example.corners[:, 2], example.corners[:, 1],
                        width - example.corners[:, 0], example.corners[:, 3]], axis=1)  # fmt: skip
    return Example(example.pixels[:, ::-1], corners, example.classes)
