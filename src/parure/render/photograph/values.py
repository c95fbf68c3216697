"""What goes in and what comes out: a cut-out with its labels, a scene with its labels.

A label is one byte, instance * 16 + `PartClass`; 0 is everything that is not a piece. Instance 0 is a piece too, so
the class tells piece from ground, never the whole byte's high half alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.regions import Box, from_pixels
from parure.render.labels import INSTANCES

__all__ = ["NO_SHADOW", "Bytes", "Cutout", "Placed", "Scene", "boxes_of"]

Bytes = NDArray[np.uint8]

NO_SHADOW = 255  # all of the light is left


@dataclass(frozen=True, eq=False)
class Cutout:
    """One rendered view: `pixels` (h, w, 4) straight-alpha sRGB, `labels` (h, w), `shadow` (h, w).

    Skin and props of a worn piece are class 0 with alpha 255: they are drawn, and hide what is behind.
    `shadow` is the light left on the ground, 255 where nothing shades it.
    """

    pixels: Bytes
    labels: Bytes
    shadow: Bytes

    def __post_init__(self) -> None:
        height, width = self.labels.shape
        if self.pixels.shape != (height, width, 4) or self.shadow.shape != (height, width):
            raise ValueError(
                f"A cut-out with labels {self.labels.shape} needs pixels ({height}, {width}, 4) and shadow "
                f"({height}, {width}); got {self.pixels.shape} and {self.shadow.shape}."
            )


@dataclass(frozen=True)
class Placed:
    """One instance as the scene shows it.

    `source` is the index of the cut-out, `source_instance` the number it has there, `instance` the number it has in
    the scene's labels. `visible` is the share of its pixels neither cut off by the frame nor hidden, about 0 to 1.
    """

    source: int
    source_instance: int
    instance: int
    box: Box
    visible: float = 1.0


@dataclass(frozen=True, eq=False)
class Scene:
    """A photograph: `pixels` (h, w, 3) sRGB, `labels` (h, w), and the instances of which at least a pixel shows."""

    pixels: Bytes
    labels: Bytes
    pieces: tuple[Placed, ...]


def boxes_of(labels: Bytes, instances: Sequence[int]) -> dict[int, tuple[Box, int]]:
    """Box of the mask and count of pixels of each of the instances that shows; the others are left out."""
    height, width = labels.shape
    number = np.where(labels & 15, labels >> 4, INSTANCES).astype(np.uint8)
    found = {}
    for instance in instances:
        mask = number == instance
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        if len(rows):
            corners = (float(columns[0]), float(rows[0]), float(columns[-1]) + 1, float(rows[-1]) + 1)
            found[instance] = (from_pixels(corners, width, height), int(mask.sum()))
    return found
