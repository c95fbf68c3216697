"""Necklaces of the sample shop."""

from __future__ import annotations

from parure.render.cuts import Stone
from parure.render.families.necklaces import BeadNecklace, ChainNecklace, RivieraNecklace, StationNecklace
from parure.render.shop.design import Design, Facts, Kind, twin

__all__ = ["NECKLACES"]

_CURB = Design(
    code="PR-3105",
    title="Broad Curb Chain Necklace in Yellow Gold",
    description="Heavy links that lie flat and close, polished on every side. A chain that needs no pendant.",
    price=3250,
    kind=Kind.NECKLACE,
    piece=ChainNecklace(length=7.5, wire=0.95),
    metal="yellow_gold",
    facts=Facts(
        "chain_necklace", style="statement", gender="unisex", collection="Links", chain_type="curb", closure="lobster"
    ),
)

NECKLACES: tuple[Design, ...] = (
    Design(
        code="PR-3101",
        title="Graduated White Pearl Necklace",
        description="Round white pearls that grow from the nape to the throat, knotted close and closed with a "
        "yellow gold clasp.",
        price=890,
        kind=Kind.NECKLACE,
        piece=BeadNecklace("white_pearl", 8.0, graduation=0.4),
        metal="yellow_gold",
        facts=Facts(
            "beaded_necklace", "pearl", "bead_cut", "drilled", "classic", collection="Rivage", closure="box_clasp"
        ),
        paper="blush",
    ),
    Design(
        code="PR-3102",
        title="Carnelian Bead Necklace with Gold Accents",
        description="Warm orange-red carnelian beads, every sixth one followed by a small bead of polished "
        "yellow gold.",
        price=340,
        kind=Kind.NECKLACE,
        piece=BeadNecklace("carnelian", 7.5, accents=6),
        metal="yellow_gold",
        facts=Facts(
            "beaded_necklace", "carnelian", "bead_cut", "drilled", "bohemian", collection="Rivage", closure="box_clasp"
        ),
    ),
    Design(
        code="PR-3103",
        title="Diamond Station Necklace in White Gold",
        description="Round diamonds in fine white gold collars, spaced along a delicate chain like the first "
        "stars of the evening.",
        price=1680,
        kind=Kind.NECKLACE,
        piece=StationNecklace(Stone("diamond", "round", 4.6), stations=8),
        metal="white_gold",
        facts=Facts(
            "station_necklace",
            "diamond",
            "round",
            "bezel",
            "dainty",
            collection="Aurora",
            chain_type="cable",
            closure="lobster",
        ),
    ),
    Design(
        code="PR-3104",
        title="Pearl Station Necklace in Rose Gold",
        description="Small pink-tinted pearls float at even steps on a rose gold chain. Light, soft and easily "
        "layered.",
        price=420,
        kind=Kind.NECKLACE,
        piece=StationNecklace(Stone("pink_pearl", "bead", 5.5), stations=9),
        metal="rose_gold",
        facts=Facts(
            "station_necklace",
            "pearl",
            "bead_cut",
            "drilled",
            "dainty",
            collection="Rivage",
            chain_type="cable",
            closure="spring_ring",
        ),
    ),
    _CURB,
    twin(
        _CURB,
        code="PR-3106",
        title="Broad Curb Chain Necklace in Sterling Silver",
        description="The flat-lying curb chain in sterling silver, wide enough to be seen over a collar or under one.",
        price=380,
        metal="silver",
    ),
    Design(
        code="PR-3107",
        title="Emerald Rivière Necklace",
        description="A river of round emeralds, each in its own claws, swelling gently towards the centre. "
        "White gold, and nothing between "
        "the stones but light.",
        price=12800,
        kind=Kind.NECKLACE,
        piece=RivieraNecklace(Stone("emerald", "round", 5.6)),
        metal="white_gold",
        facts=Facts(
            "tennis_necklace", "emerald", "round", "prong", "glamorous", collection="Celeste", closure="box_clasp"
        ),
        paper="ink",
    ),
)
