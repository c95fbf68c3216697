"""Part masks for people and programs: shares of the piece, and a picture of them to lay over the photo. Pure."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.regions import PartClass
from parure.vision.overlay import PART_COLOURS

__all__ = ["NAMES", "overlay", "shares"]

NAMES: Mapping[PartClass, str] = {
    PartClass.METAL: "Metal",
    PartClass.SETTING: "Setting",
    PartClass.CENTRE_STONE: "Main stone",
    PartClass.SIDE_STONE: "Side stones",
    PartClass.PEARL: "Pearls and beads",
    PartClass.CHAIN: "Chain",
    PartClass.CLASP: "Clasps and findings",
    PartClass.OTHER: "Other",
}
_ALPHA = 150  # of 255: the photo stays visible through it


def shares(parts: NDArray[np.uint8]) -> dict[PartClass, float]:
    """Each part's share of the piece's pixels, largest first; parts that are not there are left out."""
    counts = np.bincount(parts.ravel(), minlength=len(PartClass))[1 : len(PartClass)]
    total = int(counts.sum())
    found = {part: float(counts[part - 1] / total) for part in NAMES if total and counts[part - 1]}
    return dict(sorted(found.items(), key=lambda held: -held[1]))


def overlay(parts: NDArray[np.uint8]) -> bytes:
    """(h, w) part numbers as a PNG in the parts' colours, clear where there is no piece."""
    table = np.zeros((256, 4), np.uint8)
    for part, colour in PART_COLOURS.items():
        table[part] = (*colour, _ALPHA)
    stream = io.BytesIO()
    Image.fromarray(table[parts]).save(stream, "PNG")
    return stream.getvalue()
