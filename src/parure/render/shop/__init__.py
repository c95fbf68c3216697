"""The sample shop's designs, as data: what each piece is, what a shop would say of it, and how it is photographed."""

from __future__ import annotations

from parure.render.shop.bands import BANDS
from parure.render.shop.bracelets import BRACELETS, BROOCHES
from parure.render.shop.design import Design
from parure.render.shop.earrings import EARRINGS
from parure.render.shop.necklaces import NECKLACES
from parure.render.shop.pendants import PENDANTS
from parure.render.shop.rings import RINGS
from parure.render.shop.statement_rings import STATEMENT_RINGS

__all__ = ["DESIGNS", "Design"]

DESIGNS: tuple[Design, ...] = (
    *RINGS,
    *BANDS,
    *STATEMENT_RINGS,
    *EARRINGS,
    *PENDANTS,
    *NECKLACES,
    *BRACELETS,
    *BROOCHES,
)
