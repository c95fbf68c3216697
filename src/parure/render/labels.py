"""From what a part is called to the class it has in a mask."""

from __future__ import annotations

from collections.abc import Sequence

from parure.errors import RenderError
from parure.regions import PartClass
from parure.render.mesh import Part

__all__ = ["INSTANCES", "NOT_THE_PIECE", "label_of", "label_palette"]

INSTANCES = 16  # of one scene, because a label is one byte: instance * 16 + class

NOT_THE_PIECE = frozenset({"skin", "prop"})

_CLASSES = {
    PartClass.METAL: ("band", "hoop", "ring", "face", "frame", "ray", "stem", "petal", "charm"),
    PartClass.SETTING: ("setting", "prong"),
    PartClass.CENTRE_STONE: ("centre_stone",),
    PartClass.SIDE_STONE: ("side_stone",),
    PartClass.PEARL: ("bead",),
    PartClass.CHAIN: ("chain",),
    PartClass.CLASP: ("closure", "post", "bail", "hook", "pin"),
    PartClass.OTHER: ("cord", "strap", "dial", "enamel"),
}
_CLASS_OF = {label: part_class for part_class, labels in _CLASSES.items() for label in labels}


def label_of(part: Part) -> int:
    """The byte of a part in a label picture. A pearl is a pearl wherever it sits."""
    if part.label in NOT_THE_PIECE:
        return 0
    if part.label not in _CLASS_OF:
        raise RenderError(f"The part label {part.label!r} has no class. Known: {', '.join(sorted(_CLASS_OF))}.")
    part_class = PartClass.PEARL if part.material.endswith("pearl") else _CLASS_OF[part.label]
    return (part.instance % INSTANCES) * INSTANCES + part_class


_PAINTS = {
    PartClass.METAL: (222, 178, 62),
    PartClass.SETTING: (232, 110, 44),
    PartClass.CENTRE_STONE: (38, 118, 214),
    PartClass.SIDE_STONE: (84, 190, 232),
    PartClass.PEARL: (226, 130, 190),
    PartClass.CHAIN: (74, 168, 92),
    PartClass.CLASP: (138, 92, 190),
    PartClass.OTHER: (130, 110, 96),
}


def label_palette() -> list[int]:
    """Red, green and blue of each label byte: classes by hue, every other instance darker, nothing black."""
    colours: list[Sequence[int]] = [(0, 0, 0)] * 256
    for instance in range(INSTANCES):
        share = 1.0 - 0.35 * (instance % 2)
        for part_class, paint in _PAINTS.items():
            colours[instance * INSTANCES + part_class] = [round(share * value) for value in paint]
    return [value for colour in colours for value in colour]
