"""Words of size and number, from measurements: only what a picture shows without a ruler, one size beside another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from parure.render.cuts import Stone
from parure.render.families.table import wide_type
from parure.render.gems import OPAQUE_GEMS, TRANSPARENT_GEMS
from parure.render.mesh import Part
from parure.render.spec import DesignSpec

__all__ = ["measured", "stones_within"]

_RING_THIN, _RING_WIDE = 1.9, 5.5  # mm of a ring's band
_BRACELET_THIN, _BRACELET_WIDE = 2.5, 14.0  # mm of a bangle or cuff
_STONE_SMALL, _STONE_LARGE = 3.6, 9.0  # mm of a ring's main stone; a finger is about 17
_COUNTED = 7  # more stones than this nobody counts
_PAIRS = ("earring", "cufflink")


def measured(spec: DesignSpec, parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """`count` of stones, `pieces`, `band` and `stone_size`, each where it can be said."""
    facts = spec.piece.facts()
    kind = wide_type(facts.type)
    found = {"count": _count(parts), "band": _band(spec, kind)}
    if kind in _PAIRS:
        found["pieces"] = "pair" if len({part.instance for part in parts}) > 1 else "single"
    if kind == "ring" and facts.stone:
        found["stone_size"] = _of(facts.stone.size, _STONE_SMALL, _STONE_LARGE, ("small", "large"))
    return {subject: (value,) for subject, value in found.items() if value}


def stones_within(value: Any) -> Iterator[Stone]:
    """Every `Stone` that a family was drawn with."""
    if isinstance(value, Stone):
        yield value
    elif is_dataclass(value):
        for entry in fields(value):
            yield from stones_within(getattr(value, entry.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from stones_within(item)


def _count(parts: Sequence[Part]) -> str:
    """Stones of one piece, beads left out; blank beyond what is counted at sight."""
    stones = [part for part in parts if part.material in TRANSPARENT_GEMS or part.material in OPAQUE_GEMS]
    if not stones or any(part.label == "bead" for part in stones):
        return ""
    each = len(stones) / len({part.instance for part in stones})
    return str(int(each)) if each.is_integer() and each <= _COUNTED else ""


def _band(spec: DesignSpec, kind: str) -> str:
    width = getattr(spec.piece, "width", None)
    if not isinstance(width, float):
        return ""
    if kind == "ring":
        return _of(width, _RING_THIN, _RING_WIDE, ("thin", "wide"))
    if spec.piece.facts().type in ("bangle", "cuff", "kada"):
        return _of(width, _BRACELET_THIN, _BRACELET_WIDE, ("thin", "wide"))
    return ""


def _of(size: float, small: float, large: float, names: tuple[str, str]) -> str:
    return names[0] if size <= small else names[1] if size >= large else ""
