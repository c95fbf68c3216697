"""What can be chosen on the picture somebody searches with: a found piece, a region of one's own, and what counts."""

from __future__ import annotations

from dataclasses import dataclass

from parure import taxonomy
from parure.errors import ParureError
from parure.images import Pixels
from parure.regions import Box
from parure.vision.analysis import SeenPiece
from parure.web.catalogue.runtime import runtime
from parure.web.storefront.asked import MAX_WEIGHT, Asked

__all__ = ["Choice", "Chooser", "Slider", "chooser"]

_LABELS = {"overall": "Whole piece", "setting": "Metal and setting", "stones": "Stones"}


@dataclass(frozen=True)
class Choice:
    """A piece found. The box is in pixels of the picture as it is shown; `number` is empty where there is but one."""

    number: str
    label: str
    score: float
    url: str
    box: Box
    current: bool


@dataclass(frozen=True)
class Slider:
    name: str
    label: str
    value: str
    most: float = MAX_WEIGHT


@dataclass(frozen=True)
class Chooser:
    """`draw_url` ends with "box=", to which a region is added; `region` is the one that holds now, in pixels."""

    width: int
    height: int
    choices: tuple[Choice, ...]
    draw_url: str
    region: Box | None
    sliders: tuple[Slider, ...]

    @property
    def letter(self) -> int:
        """Height of the numbers on the picture, in its pixels."""
        return max(8, round(0.07 * max(self.width, self.height)))


def chooser(asked: Asked, pixels: Pixels) -> Chooser | None:
    """None when the picture cannot be looked at now: the results page says why."""
    height, width = pixels.shape[:2]
    try:
        engine = runtime().engine()
        found = engine.analyse(pixels).pieces if engine.finds_pieces else ()
    except ParureError:
        return None
    seen = [(place, piece) for place, piece in enumerate(found) if piece.detection.score > 0]
    several = len(seen) > 1
    choices = tuple(_choice(asked, place if several else None, piece, (width, height)) for place, piece in seen)
    sliders = tuple(
        Slider(f"by_{part}", _LABELS[part], f"{weight:g}") for part, weight in asked.weights.by_part.items() if found
    )
    bare = asked.with_box("")
    draw_url = f"{bare.url}&box="
    region = _in_pixels(asked.region, width, height) if asked.region else None
    return Chooser(width, height, choices, draw_url, region, sliders)


def _choice(asked: Asked, place: int | None, piece: SeenPiece, size: tuple[int, int]) -> Choice:
    kind = taxonomy.load().attribute("type").values.get(piece.detection.type)
    label = kind.label if kind else "Piece"
    box = _in_pixels(piece.detection.box, *size)
    current = not asked.box and asked.piece == (place or 0)
    number = "" if place is None else str(place + 1)
    return Choice(number, label, piece.detection.score, asked.with_piece(place or 0).url, box, current)


def _in_pixels(box: Box, width: int, height: int) -> Box:
    return Box(*(round(number, 1) for number in (box.x * width, box.y * height, box.w * width, box.h * height)))
