"""What is known of a piece beside its vector, on either side of a comparison: what it seems to be, how its parts look
and how they lie.

A layout is the part mask brought to a small square grid, the piece filling it: two pictures of one piece from the same
side have the same layout whatever the light, and a recoloured twin has it too. It is compared as it is and mirrored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from parure.vision import Vectors
from parure.vision.analysis import Belief, Reading

__all__ = ["LAYOUT_SIDE", "Layout", "Traits", "layout_agreement", "layout_of", "traits_of"]

Layout = NDArray[np.uint8]
LAYOUT_SIDE = 24  # cells


@dataclass(frozen=True, eq=False)
class Traits:
    """Empty where the encoder does not look for pieces. `parts` holds vectors of length 1 by `PART_VECTORS`."""

    beliefs: tuple[Belief, ...] = ()
    parts: Mapping[str, Vectors] = field(default_factory=lambda: MappingProxyType({}))
    layout: Layout | None = None  # (24, 24) of `PartClass`; None: no part was seen


def traits_of(reading: Reading) -> Traits:
    return Traits(reading.beliefs, MappingProxyType(dict(reading.vectors)), layout_of(reading.parts))


def layout_of(parts: NDArray[np.uint8]) -> Layout | None:
    """(24, 24) `PartClass` values of a mask (h, w), cut to the piece and centred, proportions kept."""
    rows, columns = np.flatnonzero(parts.any(axis=1)), np.flatnonzero(parts.any(axis=0))
    if not rows.size:
        return None
    top, left = rows[0], columns[0]
    high, wide = rows[-1] + 1 - top, columns[-1] + 1 - left
    cell = max(high, wide) / LAYOUT_SIDE
    places = (np.arange(LAYOUT_SIDE) + 0.5 - LAYOUT_SIDE / 2) * cell
    y, x = np.floor(places + high / 2).astype(np.intp), np.floor(places + wide / 2).astype(np.intp)
    inside = ((y >= 0) & (y < high))[:, None] & ((x >= 0) & (x < wide))[None]
    found = parts[top + y.clip(0, high - 1)][:, left + x.clip(0, wide - 1)]
    return np.where(inside, found, 0).astype(np.uint8)


def layout_agreement(first: Layout, second: Layout) -> float:
    """Of the cells that either piece covers, the share that shows the same part in both; the better of two hands."""
    return max(_shared(first, second), _shared(first, second[:, ::-1]))


def _shared(first: Layout, second: Layout) -> float:
    covered = (first > 0) | (second > 0)
    return float(((first == second) & covered).sum() / max(1, covered.sum()))
