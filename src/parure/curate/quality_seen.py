"""What a model sees of a photo, as figures of quality: is there jewellery at all, is it what the sheet says, and how
sharp, how large and how much cut is the piece itself.

Pure functions of an `Analysis`; nothing is run here. A `Sight` is what is kept of one content: small, as sixty thousand
of them lie in memory at once. Join it with the measures by `judge_quality(..., seen=seen_figures(sight, ...))`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure import taxonomy
from parure.images import Picture
from parure.images.quality import measure_piece
from parure.regions import to_pixels
from parure.vision.analysis import Analysis, SeenPiece

__all__ = ["PIECE_FIGURES", "SeenType", "Sight", "seen_figures", "sight_of", "type_figure"]

PIECE_FIGURES = ("sharpness", "resolution", "cut")
"""Those of the measures that a sight tells better: of the piece, not of what differs from the ground."""

_LEAST_TOLD = 0.005  # probability of a type below which it is not kept
_MASK_SIDE = 192  # px of the longer side

# Wide types that shops do not keep apart: what one sheet calls a pendant another calls a necklace.
_ALIKE = (
    frozenset({"pendant", "necklace", "charm"}),
    frozenset({"bracelet", "bangle", "anklet"}),
)


@dataclass(frozen=True)
class SeenType:
    """What one piece may be: probabilities by wide type, "" for what cannot be told. `box` is x, y, width and height as
    shares of the photo, `score` the probability that it is a piece."""

    score: float
    box: tuple[float, float, float, float]
    types: Mapping[str, float]


@dataclass(frozen=True)
class Sight:
    """`version` names the analyser. `pieces` begin with the main one; none where nothing counts as a piece.

    `figures` are `jewellery`, and those of `PIECE_FIGURES` where there is a piece.
    """

    version: str
    pieces: tuple[SeenType, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)


def sight_of(picture: Picture, analysis: Analysis, version: str) -> Sight:
    """`picture` is what was analysed; its header tells the size of the file."""
    pieces = tuple(_seen(piece) for piece in analysis.pieces)
    figures = {"jewellery": _jewellery(analysis, pieces)}
    found = tuple(piece for piece in pieces if piece.score > 0)
    if found:
        mask = _mask_of([piece for piece in analysis.pieces if piece.detection.score > 0], picture)
        measured = measure_piece(picture, mask, _around(found))
        figures |= {name: measured[name] for name in PIECE_FIGURES}
    return Sight(version, found, {name: round(float(value), 4) for name, value in figures.items()})


def seen_figures(sight: Sight, type_id: str | None = None) -> Mapping[str, float]:
    """`type_agrees` stands among them where the sheet names a type and a piece is seen. Raises `UnknownValue`."""
    if type_id is None or not sight.pieces:
        return sight.figures
    return {**sight.figures, "type_agrees": type_figure(sight, type_id)}


def type_figure(sight: Sight, type_id: str) -> float:
    """The probability that one of the pieces is of that type, or of one that shops do not keep apart from it.

    A set shows several; the sheet's word for the whole agrees with any of them. Doubt speaks against none.
    """
    wanted = _alike(_wide(type_id))
    if "jewellery_set" in wanted:
        return 1.0
    return max(_share(piece, wanted) for piece in sight.pieces)


def _jewellery(analysis: Analysis, pieces: tuple[SeenType, ...]) -> float:
    """The probability that the surest place holds a piece, times that its kind can be told: who cannot say what it is
    has seldom seen jewellery. Each alone lets through more."""
    surest = max(piece.score for piece in pieces) if analysis.surest is None else analysis.surest
    return surest * max(1.0 - piece.types.get("", 0.0) for piece in pieces)


def _seen(piece: SeenPiece) -> SeenType:
    box = piece.detection.box
    corners = (round(box.x, 4), round(box.y, 4), round(box.w, 4), round(box.h, 4))
    return SeenType(round(piece.detection.score, 4), corners, _types(piece))


def _types(piece: SeenPiece) -> dict[str, float]:
    """What is left of the probabilities told belongs to what cannot be told."""
    belief = piece.reading.belief("type")
    if belief is None:
        score = piece.detection.score
        return {piece.detection.type: score, "": 1.0 - score} if piece.detection.type else {"": 1.0}
    found: dict[str, float] = {}
    for value, share in ((belief.value, belief.probability), *belief.others):
        wide = _wide(value) if value else ""
        found[wide] = found.get(wide, 0.0) + share
    return {kind: round(share, 4) for kind, share in found.items() if share >= _LEAST_TOLD}


def _around(pieces: Sequence[SeenType]) -> tuple[float, float, float, float]:
    """All of them: of a long piece, or of a pair, a detector often sees the halves."""
    left, top = min(piece.box[0] for piece in pieces), min(piece.box[1] for piece in pieces)
    right = max(piece.box[0] + piece.box[2] for piece in pieces)
    bottom = max(piece.box[1] + piece.box[3] for piece in pieces)
    return left, top, right - left, bottom - top


def _mask_of(pieces: Sequence[SeenPiece], picture: Picture) -> NDArray[np.bool_]:
    """(h, w) the pieces on the whole photo, at most `_MASK_SIDE` px: their parts, laid where their crops were."""
    height, width = picture.pixels.shape[:2]
    scale = min(1.0, _MASK_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    mask = np.zeros((size[1], size[0]), np.bool_)
    for piece in pieces:
        left, top, right, bottom = to_pixels(piece.crop, *size)
        parts = Image.fromarray((piece.reading.parts > 0).astype(np.uint8))
        laid = np.asarray(parts.resize((right - left, bottom - top), Image.Resampling.NEAREST)) > 0
        mask[top:bottom, left:right] |= laid
    return mask


def _share(piece: SeenType, wanted: frozenset[str]) -> float:
    return min(1.0, sum(share for kind, share in piece.types.items() if not kind or kind in wanted))


def _wide(type_id: str) -> str:
    return (type_id, *taxonomy.load().ancestors("type", type_id))[-1]


def _alike(wide: str) -> frozenset[str]:
    return next((group for group in _ALIKE if wide in group), frozenset({wide}))
