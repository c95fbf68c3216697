"""What was seen on each picture of a piece, to lay over it: boxes, parts, and a legend of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parure import taxonomy
from parure.errors import ParureError
from parure.regions import Box, PartClass
from parure.web.catalogue.masks import NAMES, shares
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.sights import StoredPiece, part_mask, pieces_of
from parure.web.catalogue.values import PhotoView

__all__ = ["Marked", "Overlay", "Part", "overlays"]


@dataclass(frozen=True)
class Marked:
    """A piece on the picture; boxes are in pixels of the original."""

    place: int
    label: str
    score: float
    box: Box
    crop: Box


@dataclass(frozen=True)
class Part:
    key: str
    label: str
    share: float


@dataclass(frozen=True)
class Overlay:
    """`parts` are those of the main piece, largest first."""

    photo: int
    width: int
    height: int
    pieces: tuple[Marked, ...]
    parts: tuple[Part, ...]


def overlays(photos: Iterable[PhotoView]) -> tuple[Overlay, ...]:
    """One per photo on which something was seen; none while the models do not answer."""
    views = tuple(photos)
    try:
        seen = pieces_of([view.id for view in views], runtime().serving().encoder)
    except ParureError:
        return ()
    return tuple(_overlay(view, seen[view.id]) for view in views if seen[view.id])


def _overlay(view: PhotoView, pieces: list[StoredPiece]) -> Overlay:
    words = taxonomy.load().attribute("type").values
    marked = tuple(
        Marked(
            piece.place,
            words[piece.type].label if piece.type in words else "Piece",
            piece.score,
            _scaled(piece.box, view),
            _scaled(piece.crop, view),
        )
        for piece in pieces
    )
    held = shares(part_mask(pieces[0].parts))
    parts = tuple(Part(_key(part), NAMES[part], share) for part, share in held.items())
    return Overlay(view.id, view.width, view.height, marked, parts)


def _key(part: PartClass) -> str:
    return part.name.lower()


def _scaled(box: Box, view: PhotoView) -> Box:
    numbers = (box.x * view.width, box.y * view.height, box.w * view.width, box.h * view.height)
    return Box(*(round(number, 1) for number in numbers))
