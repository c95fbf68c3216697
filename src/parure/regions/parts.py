"""The parts a piece of jewellery is made of, as classes of a mask."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["PartClass"]


class PartClass(IntEnum):
    """Values of a part mask; 0 is everything that is not the piece."""

    BACKGROUND = 0
    METAL = 1  # band, hoop, plate: the body
    SETTING = 2  # prongs, collars, galleries: what holds a stone
    CENTRE_STONE = 3
    SIDE_STONE = 4
    PEARL = 5  # pearls and beads
    CHAIN = 6
    CLASP = 7  # closures, posts, hooks, bails
    OTHER = 8  # cords, straps, dials, enamel
