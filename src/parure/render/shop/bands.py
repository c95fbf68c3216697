"""Wedding bands and plain rings of the sample shop."""

from __future__ import annotations

from parure.render.families.rings import BandRing, TwistRing
from parure.render.shop.design import Design, Facts, Kind, twin

__all__ = ["BANDS"]

_COURT = Design(
    code="PR-1021",
    title="Court-Shaped Wedding Band in Yellow Gold",
    description="A softly rounded 4 mm band, comfortable inside and polished bright outside. "
    "The wedding ring that has never needed a reason to change.",
    price=790,
    kind=Kind.BAND,
    piece=BandRing(4.0, 1.8, 2.4),
    metal="yellow_gold",
    facts=Facts("band_ring", style="classic", gender="unisex", collection="Vows"),
)

BANDS: tuple[Design, ...] = (
    _COURT,
    twin(
        _COURT,
        code="PR-1022",
        title="Court-Shaped Wedding Band in White Gold",
        description="The same gently domed 4 mm band in 18 ct white gold, polished to a mirror. A quiet partner "
        "for any "
        "engagement ring.",
        price=840,
        metal="white_gold",
    ),
    Design(
        code="PR-1023",
        title="Milgrain Wedding Band in Rose Gold",
        description="Two rows of tiny beads frame a flat rose gold band, a finish borrowed from rings of the 1910s. "
        "The middle is polished plain.",
        price=920,
        kind=Kind.BAND,
        piece=BandRing(4.8, 1.7, 3.4, milgrain=True),
        metal="rose_gold",
        facts=Facts("band_ring", style="vintage", gender="unisex", collection="Vows"),
    ),
    Design(
        code="PR-1024",
        title="Black Steel Band with Raised Lines",
        description="A broad dark band with two raised lines around it and a low sheen. Hard-wearing, light and "
        "plain-spoken.",
        price=145,
        kind=Kind.BAND,
        piece=BandRing(7.5, 1.9, 6.0, ridges=2),
        metal="black_steel",
        facts=Facts("band_ring", style="minimalist", gender="men", collection="Forge"),
    ),
    Design(
        code="PR-1025",
        title="Flat Satin Band in Platinum",
        description="Six millimetres of satin-brushed platinum with straight sides and crisp edges. "
        "The soft finish hides the marks of daily wear.",
        price=1480,
        kind=Kind.BAND,
        piece=BandRing(6.0, 1.7, 8.0),
        metal="platinum",
        finish="satin",
        facts=Facts("band_ring", style="modern", gender="men", collection="Vows"),
        paper="ink",
    ),
    Design(
        code="PR-1026",
        title="Rope Twist Stacking Ring",
        description="Two wires of rose gold wound around each other into a bright rope. Slip it on with two or "
        "three others.",
        price=520,
        kind=Kind.BAND,
        piece=TwistRing(),
        metal="rose_gold",
        facts=Facts("stacking_ring", style="bohemian", motif="twist", collection="Cordage"),
    ),
)
