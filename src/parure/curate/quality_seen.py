"""The two figures that need a model: is there jewellery at all, and is it what the sheet says.

Pure functions of an `Analysis`; nothing is run here. Join them with the measures by `judge_quality(..., seen=)`.
"""

from __future__ import annotations

from collections.abc import Mapping

from parure import taxonomy
from parure.vision.analysis import Analysis

__all__ = ["jewellery_figure", "seen_figures", "type_figure"]

# Wide types that shops do not keep apart: what one sheet calls a pendant another calls a necklace.
_ALIKE = (
    frozenset({"pendant", "necklace", "charm"}),
    frozenset({"bracelet", "bangle", "anklet"}),
)


def seen_figures(analysis: Analysis, type_id: str | None = None) -> Mapping[str, float]:
    """`jewellery`, and `type_agrees` where the sheet names a type. Raises `UnknownValue` for one that is none."""
    found = {"jewellery": jewellery_figure(analysis)}
    return found | {"type_agrees": type_figure(analysis, type_id)} if type_id else found


def jewellery_figure(analysis: Analysis) -> float:
    """The probability of the surest piece; 0 where none was found."""
    return max(piece.detection.score for piece in analysis.pieces)


def type_figure(analysis: Analysis, type_id: str) -> float:
    """The probability that one of the pieces is of that type, or of one that shops do not keep apart from it.

    A set shows several; the sheet's word for the whole agrees with any of them.
    """
    wanted = _alike(_wide(type_id))
    if "jewellery_set" in wanted:
        return 1.0
    return max(_share(analysis, place, wanted) for place in range(len(analysis.pieces)))


def _share(analysis: Analysis, place: int, wanted: frozenset[str]) -> float:
    piece = analysis.pieces[place]
    belief = piece.reading.belief("type")
    if belief is None:
        return 1.0 if piece.detection.type in wanted else 1.0 - piece.detection.score
    told = ((belief.value, belief.probability), *belief.others)
    agreed = sum(share for value, share in told if value and _wide(value) in wanted)
    untold = sum(share for value, share in told if not value)
    return min(1.0, agreed + untold)


def _wide(type_id: str) -> str:
    return (type_id, *taxonomy.load().ancestors("type", type_id))[-1]


def _alike(wide: str) -> frozenset[str]:
    return next((group for group in _ALIKE if wide in group), frozenset({wide}))
