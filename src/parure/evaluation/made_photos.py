"""Photographs of held-out designs: the pictures of a rendered set, laid on set-ups that training never uses.

A photograph depends on the design, the number of its picture and nothing else, so a failure can be made again to be
shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from parure.regions import to_pixels
from parure.render.dataset.store import Record, read_cutout, read_records
from parure.render.families.table import wide_type
from parure.render.photograph import Scene, Style, photograph
from parure.render.truth.crops import Framing, take_crop
from parure.render.truth.shown import shown_values
from parure.render.truth.telling import tellable
from parure.vision.analysis import SeenPiece

__all__ = ["HELD_OUT_SETUPS", "HeldOut", "MadePhoto", "PartOverlap", "part_overlap"]

HELD_OUT_SETUPS = 40  # grounds of this number and above are for measuring
SIDE = 256  # pixels: what the pictures of a set fill
_WHOLE = Framing(whole=1.0, cut=0.0, occluded=0.0)
_CLASSES = 9  # of `regions.PartClass`
_SALT = 7_001  # keeps these photographs apart from those of any training seed


@dataclass(frozen=True, eq=False)
class MadePhoto:
    """`truth` holds the attributes that the photograph is enough to tell."""

    scene: Scene
    truth: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class PartOverlap:
    """(9,) pixels by `PartClass`: told and true, told or true. Ground is left at 0."""

    both: NDArray[np.int64]
    either: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Designs of a rendered set that have at least two pictures, as far as wanted."""

    root: Path
    records: tuple[Record, ...]

    @classmethod
    def read(cls, root: Path, most: int) -> HeldOut:
        """Raises `NotFound` where the folder has no finished design."""
        twice = [record for record in read_records(root) if len(record.pictures) > 1]
        return cls(root, tuple(twice[:most]))

    def photo(self, design: int, picture: int) -> MadePhoto:
        """One piece alone, as a shop or a customer might have photographed it."""
        record = self.records[design]
        taken = record.pictures[picture]
        style = replace(Style(), first_setup=HELD_OUT_SETUPS).without("several", "collage")
        scene = photograph([read_cutout(self.root, taken.name)], self._random(taken.name), size=SIDE, style=style)
        evidence = take_crop(scene, taken, _WHOLE, np.random.default_rng(0)).evidence
        shown = shown_values(record)
        return MadePhoto(scene, {k: v for k, v in shown.items() if tellable(k, v, record, evidence)})

    def scene(self, number: int) -> tuple[Scene, tuple[str, ...]]:
        """A photograph of one to five pieces, and the wide type of each cut-out by its place."""
        random = np.random.default_rng([_SALT, number])
        chosen = random.integers(len(self.records), size=int(random.integers(1, 6)))
        records = [self.records[place] for place in chosen]
        style = replace(Style(), several=0.7, first_setup=HELD_OUT_SETUPS)
        cutouts = [read_cutout(self.root, record.pictures[number % len(record.pictures)].name) for record in records]
        types = tuple(wide_type(record.attributes["type"]) for record in records)
        return photograph(cutouts, random, size=2 * SIDE, style=style), types

    def families(self) -> Sequence[str]:
        """A name for each design that it shares with its recoloured twins only."""
        return [record.variant_of or record.id for record in self.records]

    def _random(self, name: str) -> np.random.Generator:
        return np.random.default_rng([_SALT, crc32(name.encode())])


def part_overlap(scene: Scene, piece: SeenPiece) -> PartOverlap:
    """The part mask of a reading against the labels of the scene, in the pixels of the mask."""
    height, width = scene.labels.shape
    left, top, right, bottom = to_pixels(piece.crop, width, height)
    told = piece.reading.parts
    rows = top + (np.arange(told.shape[0]) + 0.5) * (bottom - top) / told.shape[0]
    columns = left + (np.arange(told.shape[1]) + 0.5) * (right - left) / told.shape[1]
    true = scene.labels[rows.astype(int)[:, None], columns.astype(int)[None, :]] & 15
    both = np.bincount(true[true == told], minlength=_CLASSES)[:_CLASSES]
    either = np.bincount(true.ravel(), minlength=_CLASSES) + np.bincount(told.ravel(), minlength=_CLASSES) - both
    both[0] = either[0] = 0
    return PartOverlap(both.astype(np.int64), either.astype(np.int64))
