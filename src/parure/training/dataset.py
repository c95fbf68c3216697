"""Photographs made while training: a step's number gives its batch, so workers need nothing but numbers.

Unusual: no picture is ever shown twice. Cut-outs are read, laid into a new photograph, cut and labelled each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.images import letterbox
from parure.render.dataset.store import Record, Taken, read_cutout
from parure.render.photograph import Style, photograph
from parure.render.truth.crops import Crop, Framing, part_grid, take_crop
from parure.render.truth.shown import shown_values
from parure.render.truth.telling import tellable
from parure.training.batches import Deal
from parure.training.recipe import Recipe
from parure.training.vocabulary import Vocabulary
from parure.vision.colour import colour_histogram

__all__ = ["Batch", "Photographs", "TrainingSteps", "held_out_style"]

_SETUP_GROUP = 8  # designs that share grounds
_SETUPS = 16
_HELD_SETUP = 40  # grounds of held-out photographs start at this number


@dataclass(frozen=True, eq=False)
class Batch:
    """`pixels` (n, side, side, 3), `colour` (n, 216), `targets` (n, attributes), `parts` (n, side / 8, side / 8),
    `design` (n,) positions in the records."""

    pixels: NDArray[np.uint8]
    colour: NDArray[np.float32]
    targets: NDArray[np.int64]
    parts: NDArray[np.uint8]
    design: NDArray[np.int64]


class Photographs:
    """Makes photographs of a data set's designs, cut and labelled as the recipe says."""

    def __init__(self, root: Path, records: Sequence[Record], vocabulary: Vocabulary, recipe: Recipe) -> None:
        self.records = records
        self._root = root
        self._vocabulary = vocabulary
        self._recipe = recipe
        self._framing = Framing(recipe.whole, recipe.cut, recipe.occluded)

    def batch(self, designs: Sequence[int], seed: Sequence[int], *, side: int, style: Style | None = None) -> Batch:
        """`photos_per_design` photographs of each design, each of another picture where there are enough."""
        rows = []
        for at, design in enumerate(designs):
            random = np.random.default_rng([*seed, at])
            chosen = style or self._shared_style([*seed, 10_000 + at // _SETUP_GROUP])
            for taken in self._pictures(design, random):
                crop = self._crop(design, taken, chosen, random)
                rows.append((crop, self._targets(self.records[design], crop), design))
        crops = [crop for crop, _, _ in rows]
        return Batch(
            pixels=np.stack([letterbox(crop.pixels, side) for crop in crops]),
            colour=np.stack([colour_histogram(crop.pixels) for crop in crops]),
            targets=np.stack([targets for _, targets, _ in rows]),
            parts=np.stack([part_grid(crop.parts, side) for crop in crops]),
            design=np.array([design for _, _, design in rows], np.int64),
        )

    def _pictures(self, design: int, random: Generator) -> list[Taken]:
        pictures, wanted = self.records[design].pictures, self._recipe.photos_per_design
        return [pictures[at] for at in random.choice(len(pictures), wanted, replace=wanted > len(pictures))]

    def _shared_style(self, seed: Sequence[int]) -> Style:
        """The recipe's style, for a group of designs on one set-up of white and of two other grounds."""
        style = self._recipe.style
        if not self._recipe.shared_setups:
            return style
        random = np.random.default_rng(seed)
        kinds = list(style.grounds)
        shares = np.array(list(style.grounds.values())) / sum(style.grounds.values())
        few = min(3, int((shares > 0).sum()))
        chosen = [kinds[at] for at in random.choice(len(kinds), few, replace=False, p=shares)]
        number = style.first_setup + int(random.integers(style.setups))
        return replace(style, grounds={kind: style.grounds[kind] for kind in chosen}, first_setup=number, setups=1)

    def _crop(self, design: int, taken: Taken, style: Style, random: Generator) -> Crop:
        cutouts = [read_cutout(self._root, taken.name)]
        if random.random() < self._recipe.company:
            others = random.choice(len(self.records), 2)
            cutouts += [read_cutout(self._root, self.records[at].pictures[0].name) for at in others if at != design]
            style = replace(style, several=1.0, collage=0.0)
        scene = photograph(cutouts, random, size=self._recipe.scene, style=style)
        return take_crop(scene, taken, self._framing, random)

    def _targets(self, record: Record, crop: Crop) -> NDArray[np.int64]:
        shown = shown_values(record)
        told = {name: value for name, value in shown.items() if tellable(name, value, record, crop.evidence)}
        return self._vocabulary.targets(told)


def held_out_style(style: Style) -> Style:
    """The same effects on grounds that training does not use."""
    return replace(style, first_setup=_HELD_SETUP, setups=_SETUPS)


class TrainingSteps:
    """Batches by the number of the step, as a loader with workers asks for them."""

    def __init__(self, photographs: Photographs, deal: Deal, recipe: Recipe) -> None:
        self.steps_per_epoch = deal.steps_per_epoch
        self._photographs = photographs
        self._deal = deal
        self._recipe = recipe

    def __getitem__(self, step: int) -> Batch:
        seed = [self._recipe.seed, 2, step]
        return self._photographs.batch(self._deal.batch(step), seed, side=self._recipe.side)
