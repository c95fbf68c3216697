"""All rings, collected: each kind has its module. The shank stands around the y axis, the stone on top (+z)."""

from __future__ import annotations

from parure.render.families import (
    cameo_rings,
    cocktail_rings,
    eternity_rings,
    motif_rings,
    multi_stone_rings,
    open_rings,
    plain_rings,
    signet_rings,
    solitaire_rings,
    stack_rings,
    wire_rings,
)
from parure.render.families.eternity_rings import EternityRing
from parure.render.families.multi_stone_rings import ClusterRing, ThreeStoneRing
from parure.render.families.open_rings import ToiEtMoiRing
from parure.render.families.plain_rings import BandRing, DomeRing, TwistRing
from parure.render.families.signet_rings import SignetRing
from parure.render.families.solitaire_rings import BezelRing, SolitaireRing

__all__ = [
    "FAMILIES",
    "BandRing",
    "BezelRing",
    "ClusterRing",
    "DomeRing",
    "EternityRing",
    "SignetRing",
    "SolitaireRing",
    "ThreeStoneRing",
    "ToiEtMoiRing",
    "TwistRing",
]

FAMILIES: tuple[type, ...] = (
    *solitaire_rings.FAMILIES,
    *multi_stone_rings.FAMILIES,
    *eternity_rings.FAMILIES,
    *plain_rings.FAMILIES,
    *signet_rings.FAMILIES,
    *open_rings.FAMILIES,
    *cocktail_rings.FAMILIES,
    *stack_rings.FAMILIES,
    *cameo_rings.FAMILIES,
    *wire_rings.FAMILIES,
    *motif_rings.FAMILIES,
)
