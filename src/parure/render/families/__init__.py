"""Whole pieces. Each family is a frozen dataclass of its measurements: numbers, words, `Stone`s, tuples of those.

`build()` gives the parts, `facts()` what a picture of it shows, by the ids of the taxonomy, and `sample(random)` a
piece of the family that a maker could have made. Rings stand on the floor with the stone up, the finger along y.
Everything else lies as it would on a table: flat pieces in the xy plane, facing +z, their top towards +y; bracelets
lie around the z axis. Two earrings are two instances.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self

from numpy.random import Generator

from parure.render.cuts import Stone
from parure.render.mesh import Part

__all__ = ["Facts", "Family", "Piece"]


@dataclass(frozen=True)
class Facts:
    """Taxonomy ids; blank where the attribute does not apply. `type` is the narrowest that fits.

    `stone` is the one a seller would name first; None for a piece without stones.
    """

    type: str
    stone: Stone | None = None
    setting: str = ""
    motif: str = ""
    chain_type: str = ""
    closure: str = ""


class Piece(Protocol):
    """Anything that can be pictured."""

    def build(self) -> list[Part]: ...


class Family(Piece, Protocol):
    """A kind of piece with free parameters."""

    @classmethod
    def sample(cls, random: Generator) -> Self: ...

    def facts(self) -> Facts: ...
