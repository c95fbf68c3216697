"""What a crop is enough to tell: the rules by which a known attribute becomes "cannot tell".

The numbers were set by looking at crops near the line: below it a person would guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parure.regions import PartClass
from parure.render.dataset.store import Record
from parure.render.truth.crops import Evidence

__all__ = ["tellable"]

_METAL = (PartClass.METAL, PartClass.SETTING, PartClass.CHAIN, PartClass.CLASP)
_STONES = (PartClass.CENTRE_STONE, PartClass.SIDE_STONE, PartClass.PEARL)


@dataclass(frozen=True)
class _Rule:
    """At least `share` of these parts is in view, and they take `area` of the frame; no parts: the main stone's."""

    parts: tuple[PartClass, ...]
    share: float
    area: float  # .001 of a frame of 288 pixels is a square of 9


_PIECE = tuple(part for part in PartClass if part)
_RULES: Mapping[str, _Rule] = {
    "type": _Rule(_PIECE, 0.35, 0.002),
    "metal_colour": _Rule(_METAL, 0.0, 0.0015),
    "main_stone": _Rule((), 0.12, 0.0005),
    "stone_colour": _Rule((), 0.08, 0.0004),
    "main_stone_cut": _Rule((), 0.5, 0.0010),
    "setting": _Rule((), 0.35, 0.0010),
    "finish": _Rule((PartClass.METAL,), 0.1, 0.004),
    "motif": _Rule(_PIECE, 0.5, 0.006),
    "chain_type": _Rule((PartClass.CHAIN,), 0.05, 0.004),
}
_NO_STONE = _Rule(_PIECE, 0.6, 0.004)  # that a piece has none is seen on most of it only


def tellable(attribute: str, value: str, record: Record, evidence: Evidence) -> bool:
    """Whether the crop shows enough of the record's piece to tell that it has this value."""
    rule = _NO_STONE if attribute == "main_stone" and value == "none" else _RULES[attribute]
    parts = rule.parts or (_main_stone(record),)
    return bool(_share(parts, evidence) >= rule.share and sum(evidence.area[part] for part in parts) >= rule.area)


def _main_stone(record: Record) -> PartClass:
    """The class the named stone is drawn as: the first that the piece has."""
    return next((part for part in _STONES if record.stones.get(part.name.lower())), PartClass.CENTRE_STONE)


def _share(parts: tuple[PartClass, ...], evidence: Evidence) -> float:
    if parts == _PIECE:
        return evidence.visible
    return max(float(evidence.share[part]) for part in parts)
