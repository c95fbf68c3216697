"""Whole pieces. Each family is a frozen dataclass of its measurements with `build() -> list[Part]`.

Rings stand on the floor with the stone up. Everything else lies as it would on a table: flat pieces in the xy plane,
facing +z, their top towards +y.
"""

from __future__ import annotations

from typing import Protocol

from parure.render.mesh import Part

__all__ = ["Piece"]


class Piece(Protocol):
    """Anything that can be pictured."""

    def build(self) -> list[Part]: ...
