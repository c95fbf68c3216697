"""Scenes for a detector: rendered cut-outs in photographs and on phone screens, with a box and a class for each piece.

A scene follows from the seed, its number and the designs. It lies in the top left of a square filled with grey, as the
product shows photos to the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.regions import clip, xyxy
from parure.render.dataset.store import Record, Taken, read_cutout, read_records
from parure.render.families.table import wide_type
from parure.render.photograph import Cutout, Placed, Scene, Style, photograph, screenshot
from parure.render.worn import ON_HANDS
from parure.training.detector_recipe import CLASSES, SIDE, DetectorRecipe
from parure.vision.base import Pixels
from parure.vision.detector import corner_letterbox

__all__ = ["Example", "Scenes"]

_CUTOUT = 256  # pixels
_SHAPES = ((1.0, 1.0), (0.75, 1.0), (1.0, 0.75), (0.667, 1.0), (1.0, 0.8))  # height, width
_SHAPE_SHARES = (0.45, 0.2, 0.1, 0.1, 0.15)


@dataclass(frozen=True, eq=False)
class Example:
    """`pixels` (side, side, 3) RGB, `corners` (n, 4) x0, y0, x1, y1 in pixels, `classes` (n,) numbers in `CLASSES`."""

    pixels: Pixels
    corners: NDArray[np.float32]
    classes: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Labelled:
    """A scene and the class of each of its cut-outs."""

    scene: Scene
    classes: tuple[int, ...]


@dataclass(frozen=True)
class _Found:
    piece: Placed
    kind: int


class _Bodies:
    """Cut-outs of whole hands, ears and necks."""

    def __init__(self, root: Path) -> None:
        self._root = root
        shown = [(taken, record) for record in read_records(root) for taken in record.pictures]
        kinds = [CLASSES.index(wide_type(record.attributes["type"])) for _, record in shown]
        self._dressed = [(taken.name, kind) for (taken, _), kind in zip(shown, kinds, strict=True) if taken.seen]
        self._bare = [(taken.name, kind) for (taken, _), kind in zip(shown, kinds, strict=True) if not taken.seen]

    def drawn(self, random: Generator, *, bare: bool) -> tuple[Cutout, int]:
        """A body and the class of what it wears or might; a hand is turned by quarters: it comes from any side."""
        among = self._bare if bare and self._bare else self._dressed
        name, kind = among[int(random.integers(len(among)))]
        cutout, turns = read_cutout(self._root, name), int(random.integers(4)) if CLASSES[kind] in ON_HANDS else 0
        turned = (np.rot90(each, turns).copy() for each in (cutout.pixels, cutout.labels, cutout.shadow))
        return Cutout(*turned), kind


class Scenes:
    """`scene(number)` makes a scene of the designs of a data set, always the same for the same number and seed.

    `far` is a data set of whole hands, ears and necks (see `detector_far`), some of them bare.
    """

    def __init__(
        self, root: Path, records: Sequence[Record], recipe: DetectorRecipe, *, far: Path | None = None
    ) -> None:
        self.records = records
        self._root = root
        self._bodies = _Bodies(far) if far else None
        self._recipe = recipe
        self._kinds = [CLASSES.index(wide_type(record.attributes["type"])) for record in records]
        counts = np.bincount(self._kinds, minlength=len(CLASSES))
        weights = np.array([float(counts[kind]) ** -recipe.rare for kind in self._kinds])
        staged = np.array([any(taken.worn for taken in record.pictures) for record in records])
        self._shares = weights / weights.sum()
        self._staged_shares = weights * staged / (weights * staged).sum() if staged.any() else self._shares

    def scene(self, number: int) -> Example:
        random = np.random.default_rng([self._recipe.seed, 17, number])
        kind = random.random()
        if kind < self._recipe.screenshots:
            return self._screenshot(random)
        if kind < self._recipe.screenshots + self._recipe.empty:
            return self._empty(random)
        if self._bodies and kind < self._recipe.screenshots + self._recipe.empty + self._recipe.far:
            return self._far(self._bodies, random)
        shape = _shape(random)
        labelled = self._photograph(random, shape)
        return self._example(labelled.scene.pixels, self._found(labelled, labelled.scene.pieces))

    def _photograph(self, random: Generator, shape: tuple[int, int]) -> _Labelled:
        style = _style(self._recipe, random)
        count = int(random.choice((1, 2, 3, 4, 5), p=(0.45, 0.15, 0.15, 0.13, 0.12)))
        worn = bool(random.random() < self._recipe.worn)
        shares = self._staged_shares if worn else self._shares
        chosen = [int(at) for at in random.choice(len(self.records), 1 if worn else count, p=shares)]
        cutouts = [self._cutout(at, random, worn=worn) for at in chosen]
        return _Labelled(photograph(cutouts, random, size=shape, style=style), tuple(self._kinds[at] for at in chosen))

    def _cutout(self, design: int, random: Generator, *, worn: bool) -> Cutout:
        pictures = self.records[design].pictures
        wanted = [taken for taken in pictures if taken.worn == worn] or list(pictures)
        taken: Taken = wanted[int(random.integers(len(wanted)))]
        return read_cutout(self._root, taken.name)

    def _screenshot(self, random: Generator) -> Example:
        main, *others = [self._photograph(random, (SIDE, SIDE)) for _ in range(int(random.integers(1, 6)))]
        screen = screenshot(main.scene, [other.scene for other in others], random)
        found = self._found(main, screen.main.pieces)
        for labelled, shown in zip(others, screen.others, strict=False):
            found += self._found(labelled, shown.pieces)
        return self._example(screen.pixels, found)

    def _empty(self, random: Generator) -> Example:
        """A photograph whose one cut-out shows nothing."""
        nothing = np.zeros((_CUTOUT, _CUTOUT, 4), np.uint8)
        cutout = Cutout(nothing, nothing[..., 0], np.full((_CUTOUT, _CUTOUT), 255, np.uint8))
        style = replace(_style(self._recipe, random), props=0.7, blurred_things=0.4, dimensions=0.0)
        return self._example(photograph([cutout], random, size=_shape(random), style=style).pixels, [])

    def _far(self, bodies: _Bodies, random: Generator) -> Example:
        """A whole hand, ear or neck, with a piece on it or bare."""
        cutout, kind = bodies.drawn(random, bare=bool(random.random() < self._recipe.bare))
        scene = photograph([cutout], random, size=_shape(random), style=_style(self._recipe, random))
        return self._example(scene.pixels, self._found(_Labelled(scene, (kind,)), scene.pieces))

    def _found(self, labelled: _Labelled, pieces: Sequence[Placed]) -> list[_Found]:
        kept = [piece for piece in pieces if piece.visible >= self._recipe.least_visible]
        return [_Found(piece, labelled.classes[piece.source]) for piece in kept]

    def _example(self, pixels: Pixels, found: Sequence[_Found]) -> Example:
        square, (width, height) = corner_letterbox(pixels, SIDE)
        boxes = [clip(each.piece.box) for each in found]
        corners = xyxy([[box.x, box.y, box.w, box.h] for box in boxes]) * (width, height, width, height)
        kept = (corners[:, 2:] - corners[:, :2]).min(axis=1, initial=np.inf) >= self._recipe.least_side
        kinds = np.array([each.kind for each in found], np.int64)
        return Example(square, corners[kept].astype(np.float32), kinds[kept])


def _shape(random: Generator) -> tuple[int, int]:
    height, width = _SHAPES[int(random.choice(len(_SHAPES), p=_SHAPE_SHARES))]
    return round(height * SIDE), round(width * SIDE)


def _style(recipe: DetectorRecipe, random: Generator) -> Style:
    """Pieces small in the frame, in company or in a collage more often than in a shop's pictures."""
    collage = 0.12 if random.random() < 0.5 else 0.3
    return Style(
        small=0.35, close_up=0.1, cut_by_edge=0.08, several=1 - collage, collage=collage, props=0.25,
        first_setup=recipe.first_setup, setups=recipe.setups,
    )  # fmt: skip
