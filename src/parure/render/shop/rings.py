"""Engagement and eternity rings of the sample shop."""

from __future__ import annotations

from parure.render.cuts import Stone
from parure.render.families.rings import EternityRing, SolitaireRing, ThreeStoneRing
from parure.render.shop.design import Design, Facts, Kind, twin

__all__ = ["RINGS"]

_AURORA = Design(
    code="PR-1001",
    title="Aurora Six-Claw Diamond Solitaire in Yellow Gold",
    description="A round brilliant held high by six slim claws, so that light reaches it from every side. "
    "The 18 ct yellow gold band narrows towards the stone.",
    price=3450,
    kind=Kind.RING,
    piece=SolitaireRing(Stone("diamond", "round", 6.5), prongs=6),
    metal="yellow_gold",
    facts=Facts("solitaire_ring", "diamond", "round", "prong", "classic", collection="Aurora"),
    paper="blush",
)

_HALO = Design(
    code="PR-1009",
    title="Celeste Oval Sapphire Halo Ring",
    description="A deep blue oval sapphire ringed by small diamonds, with more diamonds running down both shoulders. "
    "Made in 18 ct white gold to keep the colours cool.",
    price=4980,
    kind=Kind.RING,
    piece=SolitaireRing(Stone("sapphire", "oval", 8.0), halo=True, pave=True),
    metal="white_gold",
    facts=Facts("halo_ring", "sapphire", "oval", "halo", "classic", collection="Celeste"),
    paper="grey",
)

_TRILOGY = Design(
    code="PR-1014",
    title="Trilogy Ring with Sapphire and Two Diamonds",
    description="Past, present and future: a round sapphire between two brilliant-cut diamonds, each in its own "
    "basket of claws. "
    "The plain white gold band leaves the three stones to speak.",
    price=3890,
    kind=Kind.RING,
    piece=ThreeStoneRing(Stone("sapphire", "round", 6.2), Stone("diamond", "round", 4.2)),
    metal="white_gold",
    facts=Facts("three_stone_ring", "sapphire", "round", "prong", "classic", collection="Trilogy"),
)

_ETERNITY = Design(
    code="PR-1017",
    title="Full Eternity Ring with Brilliant-Cut Diamonds",
    description="Diamonds all the way round, each sharing its claws with the next so that very little metal shows. "
    "A white gold ring to wear alone or beside a solitaire.",
    price=2950,
    kind=Kind.BAND,
    piece=EternityRing(Stone("diamond", "round", 2.5)),
    metal="white_gold",
    facts=Facts("eternity_ring", "diamond", "round", "pave", "classic", collection="Aurora"),
)

RINGS: tuple[Design, ...] = (
    _AURORA,
    twin(
        _AURORA,
        code="PR-1002",
        title="Aurora Six-Claw Diamond Solitaire in Platinum",
        description="Our best-loved solitaire cast in platinum: a round diamond, six fine claws, and a cool "
        "grey-white "
        "band that will keep "
        "its weight for a lifetime.",
        price=3990,
        metal="platinum",
    ),
    Design(
        code="PR-1003",
        title="Lune Oval Diamond Solitaire in Rose Gold",
        description="An oval diamond set lengthwise along the finger on a blushing rose gold band. "
        "Four claws at the corners leave the long sides open to the light.",
        price=4200,
        kind=Kind.RING,
        piece=SolitaireRing(Stone("diamond", "oval", 8.0), turn=90),
        metal="rose_gold",
        facts=Facts("solitaire_ring", "diamond", "oval", "prong", "romantic", collection="Lune"),
    ),
    Design(
        code="PR-1004",
        title="Verdant Emerald-Cut Emerald Ring",
        description="One emerald in the cut that carries its name, its long steps glowing green above a warm "
        "yellow gold band. "
        "Held at the four corners by rounded claws.",
        price=3650,
        kind=Kind.RING,
        piece=SolitaireRing(Stone("emerald", "emerald", 8.0), width=2.2),
        metal="yellow_gold",
        facts=Facts("solitaire_ring", "emerald", "emerald", "prong", "elegant", collection="Jardin"),
        paper="sand",
    ),
    Design(
        code="PR-1005",
        title="Cushion Ruby Ring in Platinum",
        description="A generous cushion-cut ruby, red to its edges, lifted clear of a smooth platinum band. "
        "A single stone with nothing to distract from it.",
        price=5200,
        kind=Kind.RING,
        piece=SolitaireRing(Stone("ruby", "cushion", 6.8)),
        metal="platinum",
        facts=Facts("solitaire_ring", "ruby", "cushion", "prong", "classic", collection="Celeste"),
    ),
    Design(
        code="PR-1006",
        title="Larme Pear Diamond Engagement Ring",
        description="A pear-shaped diamond worn point outwards, its tip guarded by a claw of its own. "
        "In white gold, on a band slim enough to stack.",
        price=4450,
        kind=Kind.RING,
        piece=SolitaireRing(Stone("diamond", "pear", 9.0), width=1.9, turn=90),
        metal="white_gold",
        facts=Facts("solitaire_ring", "diamond", "pear", "prong", "romantic", collection="Lune"),
    ),
    Design(
        code="PR-1007",
        title="Navette Marquise Diamond Ring",
        description="A boat-shaped diamond with a pointed bow and stern, set along the finger to make the hand "
        "look longer. "
        "Six claws, yellow gold.",
        price=4100,
        kind=Kind.RING,
        piece=SolitaireRing(Stone("diamond", "marquise", 10.0), turn=90),
        metal="yellow_gold",
        facts=Facts("solitaire_ring", "diamond", "marquise", "prong", "vintage", collection="Lune"),
    ),
    Design(
        code="PR-1008",
        title="Carré Princess-Cut Diamond Ring",
        description="Four sharp corners and a crisp square table: the princess cut for those who like straight "
        "lines. "
        "Each corner is protected by a rose gold claw.",
        price=3300,
        kind=Kind.RING,
        piece=SolitaireRing(Stone("diamond", "princess", 5.8)),
        metal="rose_gold",
        facts=Facts("solitaire_ring", "diamond", "princess", "prong", "modern", collection="Carré"),
    ),
    _HALO,
    twin(
        _HALO,
        code="PR-1010",
        title="Celeste Oval Ruby Halo Ring in Yellow Gold",
        description="The Celeste halo in a warmer mood: an oval ruby in a frame of diamonds on a yellow gold ring, "
        "diamonds on the shoulders "
        "as well.",
        price=5350,
        piece=SolitaireRing(Stone("ruby", "oval", 8.0), halo=True, pave=True),
        metal="yellow_gold",
        facts=Facts("halo_ring", "ruby", "oval", "halo", "classic", collection="Celeste"),
    ),
    Design(
        code="PR-1011",
        title="Soleil Round Diamond Halo Ring",
        description="A round diamond drawn larger by a close ring of smaller ones, with a pavé-set rose gold "
        "band beneath. "
        "Bright from across the room.",
        price=4600,
        kind=Kind.RING,
        piece=SolitaireRing(Stone("diamond", "round", 6.0), halo=True, pave=True),
        metal="rose_gold",
        facts=Facts("halo_ring", "diamond", "round", "halo", "romantic", collection="Celeste"),
    ),
    Design(
        code="PR-1012",
        title="Dawn Morganite Cushion Ring with Diamond Halo",
        description="Peach-pink morganite in a soft cushion shape, edged with diamonds and set in rose gold "
        "that picks up its tint. "
        "The band is left plain.",
        price=1890,
        kind=Kind.RING,
        piece=SolitaireRing(Stone("morganite", "cushion", 8.0), halo=True),
        metal="rose_gold",
        facts=Facts("halo_ring", "morganite", "cushion", "halo", "romantic", collection="Jardin"),
        paper="sage",
    ),
    Design(
        code="PR-1013",
        title="Mirror Three-Stone Ring, Emerald Cut",
        description="An emerald-cut diamond with a round brilliant at each side: calm steps in the middle, "
        "sparkle at the edges. "
        "Platinum throughout.",
        price=6400,
        kind=Kind.RING,
        piece=ThreeStoneRing(Stone("diamond", "emerald", 8.0), Stone("diamond", "round", 4.0)),
        metal="platinum",
        facts=Facts("three_stone_ring", "diamond", "emerald", "prong", "elegant", collection="Trilogy"),
    ),
    _TRILOGY,
    twin(
        _TRILOGY,
        code="PR-1015",
        title="Trilogy Ring with Ruby and Two Diamonds",
        description="A round ruby takes the middle place in our trilogy ring, diamonds to its left and right, "
        "on yellow gold.",
        price=4150,
        piece=ThreeStoneRing(Stone("ruby", "round", 6.2), Stone("diamond", "round", 4.2)),
        metal="yellow_gold",
        facts=Facts("three_stone_ring", "ruby", "round", "prong", "classic", collection="Trilogy"),
    ),
    Design(
        code="PR-1016",
        title="Baguette Channel Eternity Ring",
        description="Slim baguette diamonds stand side by side between two polished walls of yellow gold. "
        "Smooth to the touch and geometric to the eye.",
        price=2700,
        kind=Kind.BAND,
        piece=EternityRing(Stone("diamond", "baguette", 3.4), rail=True),
        metal="yellow_gold",
        facts=Facts("eternity_ring", "diamond", "baguette", "channel", "modern", collection="Carré"),
    ),
    _ETERNITY,
    twin(
        _ETERNITY,
        code="PR-1018",
        title="Full Eternity Ring with Rubies in Yellow Gold",
        description="A continuous line of round rubies around the finger, claw to claw, in yellow gold. Wear it "
        "where "
        "others wear diamonds.",
        price=2380,
        piece=EternityRing(Stone("ruby", "round", 2.5)),
        metal="yellow_gold",
        facts=Facts("eternity_ring", "ruby", "round", "pave", "classic", collection="Aurora"),
    ),
    Design(
        code="PR-1019",
        title="Half Eternity Ring with Emeralds",
        description="Round emeralds across the top of the hand, plain white gold underneath where comfort counts. "
        "A fresh green line between two other rings.",
        price=1650,
        kind=Kind.RING,
        piece=EternityRing(Stone("emerald", "round", 2.8), arc=130),
        metal="white_gold",
        facts=Facts("eternity_ring", "emerald", "round", "pave", "classic", collection="Jardin"),
    ),
)
