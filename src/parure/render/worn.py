"""Pieces where they belong: on a hand, a wrist, an ear, a neck; or in a box, on a bust, a cone, a bar, a card, a cloth.

`worn` and `displayed` give the whole scene, the points a camera should frame and the angles from which people take such
pictures. The body is scaled to the piece. Skin and props run out of the picture; what is framed decides how close.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from numpy.random import Generator

from parure.errors import NotFound
from parure.render.bodies.on_ear import earring_worn
from parure.render.bodies.on_hand import bracelet_worn, ring_worn
from parure.render.bodies.on_neck import Links, necklace_displayed, necklace_worn, pendant_displayed, pendant_worn
from parure.render.bodies.on_stand import bracelet_displayed, brooch_displayed, earring_displayed, ring_displayed
from parure.render.bodies.scene import WornScene
from parure.render.mesh import Part

__all__ = ["DISPLAYED", "ON_HANDS", "WORN", "WornScene", "displayed", "worn"]

_Setter = Callable[[list[Part], Generator], WornScene]
WORN: dict[str, _Setter] = {
    "ring": ring_worn,
    "bracelet": bracelet_worn,
    "watch": bracelet_worn,
    "earring": earring_worn,
    "necklace": necklace_worn,
    "pendant": pendant_worn,
}
ON_HANDS = ("ring", "bracelet", "watch")
DISPLAYED: dict[str, _Setter] = {
    "ring": ring_displayed,
    "bracelet": bracelet_displayed,
    "watch": bracelet_displayed,
    "earring": earring_displayed,
    "necklace": necklace_displayed,
    "pendant": pendant_displayed,
    "brooch": brooch_displayed,
}


def worn(parts: Sequence[Part], kind: str, random: Generator, *, links: Links = None) -> WornScene:
    """The piece on a body. `kind` is its wide type, one of `WORN`; an earring is given as one `worn()` has it.

    `links` are those of a pendant's chain: it lies with a bit of it, and is worn on the whole."""
    if kind not in WORN:
        raise NotFound(f"Nobody can be drawn wearing a {kind!r}; known are {', '.join(sorted(WORN))}.")
    return pendant_worn(list(parts), random, links) if kind == "pendant" else WORN[kind](list(parts), random)


def displayed(parts: Sequence[Part], kind: str, random: Generator, *, links: Links = None) -> WornScene:
    """The piece on shop furniture. `kind` is its wide type, one of `DISPLAYED`; `links` as in `worn`."""
    if kind not in DISPLAYED:
        raise NotFound(f"There is no stand for a {kind!r}; known are {', '.join(sorted(DISPLAYED))}.")
    return pendant_displayed(list(parts), random, links) if kind == "pendant" else DISPLAYED[kind](list(parts), random)
