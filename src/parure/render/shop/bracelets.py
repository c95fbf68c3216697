"""Bracelets, bangles and brooches of the sample shop."""

from __future__ import annotations

from parure.render.cuts import Stone
from parure.render.families.bracelets import Bangle, BeadBracelet, ChainBracelet, CuffBracelet, TennisBracelet
from parure.render.families.brooches import CircleBrooch, FlowerBrooch, StarburstBrooch
from parure.render.shop.design import Design, Facts, Kind, twin

__all__ = ["BRACELETS", "BROOCHES"]

_TENNIS = Design(
    code="PR-4001",
    title="Diamond Tennis Bracelet in White Gold",
    description="A supple line of round diamonds, claw to claw around the wrist, finished with a hidden box clasp.",
    price=6900,
    kind=Kind.BRACELET,
    piece=TennisBracelet(Stone("diamond", "round", 3.5)),
    metal="white_gold",
    facts=Facts("tennis_bracelet", "diamond", "round", "prong", "glamorous", collection="Aurora", closure="box_clasp"),
    paper="grey",
)

_CHAIN = Design(
    code="PR-4006",
    title="Curb Bracelet with Heart Charm in Silver",
    description="Broad silver links and a single puffed heart that swings from the front. A present with a long "
    "memory.",
    price=190,
    kind=Kind.BRACELET,
    piece=ChainBracelet(charm=True),
    metal="silver",
    facts=Facts(
        "charm_bracelet", style="romantic", motif="heart", collection="Links", chain_type="curb", closure="lobster"
    ),
)

BRACELETS: tuple[Design, ...] = (
    _TENNIS,
    twin(
        _TENNIS,
        code="PR-4002",
        title="Sapphire Tennis Bracelet in Yellow Gold",
        description="Round sapphires follow one another around the wrist in yellow gold claws. The tennis "
        "bracelet, in "
        "the blue of late evening.",
        price=4300,
        piece=TennisBracelet(Stone("sapphire", "round", 3.5)),
        metal="yellow_gold",
        facts=Facts(
            "tennis_bracelet", "sapphire", "round", "prong", "glamorous", collection="Celeste", closure="box_clasp"
        ),
    ),
    Design(
        code="PR-4003",
        title="Slim Round Bangle in Yellow Gold",
        description="A closed oval bangle, round in section and polished like a wedding ring. It rings softly "
        "against its neighbours.",
        price=1250,
        kind=Kind.BRACELET,
        piece=Bangle("round", height=3.2),
        metal="yellow_gold",
        facts=Facts("bangle", style="minimalist", motif="circle", collection="Orbit", closure="no_closure"),
    ),
    Design(
        code="PR-4004",
        title="Pavé Diamond Bangle in Rose Gold",
        description="A flat rose gold bangle with a row of diamonds across the front, bright where the wrist turns.",
        price=2850,
        kind=Kind.BRACELET,
        piece=Bangle("flat", 4.2, 2.0, Stone("diamond", "round", 2.4), stones=19),
        metal="rose_gold",
        facts=Facts("bangle", "diamond", "round", "pave", "elegant", collection="Orbit", closure="hinged"),
        paper="sand",
    ),
    Design(
        code="PR-4005",
        title="Three-Strand Twisted Bangle",
        description="Three wires of white gold wound into one supple-looking rope and closed into a firm bangle.",
        price=1580,
        kind=Kind.BRACELET,
        piece=Bangle("twist", height=5.0),
        metal="white_gold",
        facts=Facts("bangle", style="sculptural", motif="twist", collection="Cordage", closure="no_closure"),
    ),
    _CHAIN,
    twin(
        _CHAIN,
        code="PR-4007",
        title="Curb Bracelet with Heart Charm in Yellow Gold",
        description="The heart charm bracelet in 9 ct yellow gold: generous links, a rounded heart, and a clasp "
        "you can "
        "close with one hand.",
        price=1690,
        metal="yellow_gold",
    ),
    Design(
        code="PR-4008",
        title="Oval Link Chain Bracelet in Rose Gold",
        description="Plain oval links, each turned against the last, in rose gold. As simple as a chain can be.",
        price=760,
        kind=Kind.BRACELET,
        piece=ChainBracelet(curb=False, length=7.0, wire=0.75),
        metal="rose_gold",
        facts=Facts("chain_bracelet", style="casual", collection="Links", chain_type="cable", closure="lobster"),
    ),
    Design(
        code="PR-4009",
        title="White Pearl Bracelet",
        description="A single row of round white pearls on an elastic cord. Slips on, stays put, suits every age.",
        price=150,
        kind=Kind.BRACELET,
        piece=BeadBracelet("white_pearl", 7.5),
        metal="silver",
        facts=Facts(
            "beaded_bracelet", "pearl", "bead_cut", "drilled", "classic", collection="Rivage", closure="elastic"
        ),
    ),
    Design(
        code="PR-4010",
        title="Lapis Bead Bracelet with Gold",
        description="Midnight-blue lapis lazuli beads with polished yellow gold between every five. For either "
        "wrist, anyone's wrist.",
        price=210,
        kind=Kind.BRACELET,
        piece=BeadBracelet("lapis_lazuli", 8.0, accents=6),
        metal="yellow_gold",
        facts=Facts(
            "beaded_bracelet",
            "lapis_lazuli",
            "bead_cut",
            "drilled",
            "bohemian",
            gender="unisex",
            collection="Rivage",
            closure="elastic",
        ),
    ),
    Design(
        code="PR-4011",
        title="Onyx Bead Bracelet with Steel Accents",
        description="Black onyx, smooth and evenly round, broken by beads of polished steel. Worn by men who "
        "say they wear no jewellery.",
        price=95,
        kind=Kind.BRACELET,
        piece=BeadBracelet("onyx", 8.0, accents=8),
        metal="steel",
        facts=Facts(
            "beaded_bracelet",
            "onyx",
            "bead_cut",
            "drilled",
            "casual",
            gender="men",
            collection="Forge",
            closure="elastic",
        ),
    ),
    Design(
        code="PR-4012",
        title="Wide Silver Cuff",
        description="A broad open cuff with a gently curved section, polished inside and out. Slide it on from "
        "the side of the wrist.",
        price=240,
        kind=Kind.CUFF,
        piece=CuffBracelet(11.0),
        metal="silver",
        facts=Facts("cuff", style="minimalist", collection="Volume", closure="no_closure"),
        paper="sage",
    ),
    Design(
        code="PR-4013",
        title="Ball-End Torque Bangle in Yellow Gold",
        description="A round gold wire that opens at the wrist and ends in two polished spheres, as the old "
        "Celts liked it.",
        price=1420,
        kind=Kind.CUFF,
        piece=CuffBracelet(7.0, balls=True),
        metal="yellow_gold",
        facts=Facts("cuff", style="celtic", collection="Heritage", closure="no_closure"),
    ),
)

_WREATH = Design(
    code="PR-5002",
    title="Pearl and Diamond Wreath Brooch",
    description="White pearls and round diamonds take turns around an open white gold circle. The pin crosses "
    "behind, out of sight.",
    price=1560,
    kind=Kind.BROOCH,
    piece=CircleBrooch(Stone("diamond", "round", 4.2), accents="white_pearl"),
    metal="white_gold",
    facts=Facts(
        "brooch", "pearl", "bead_cut", style="classic", motif="circle", collection="Heritage", closure="pin_catch"
    ),
)

BROOCHES: tuple[Design, ...] = (
    Design(
        code="PR-5001",
        title="Six-Petal Flower Brooch",
        description="Six curved petals of polished yellow gold around a ruby, on a stem with two leaves. Pinned "
        "to a lapel it looks picked "
        "this morning.",
        price=1340,
        kind=Kind.BROOCH,
        piece=FlowerBrooch(Stone("ruby", "round", 6.0)),
        metal="yellow_gold",
        facts=Facts("brooch", "ruby", "round", "prong", "vintage", "flower", collection="Jardin", closure="pin_catch"),
        paper="ink",
    ),
    _WREATH,
    twin(
        _WREATH,
        code="PR-5003",
        title="Sapphire and Pearl Wreath Brooch",
        description="Round sapphires and white pearls alternate on a yellow gold circle: a little wreath for a "
        "scarf, a "
        "hat or a winter coat.",
        price=1720,
        piece=CircleBrooch(Stone("sapphire", "round", 4.2), accents="white_pearl"),
        metal="yellow_gold",
        facts=Facts(
            "brooch", "sapphire", "round", "prong", "classic", "circle", collection="Heritage", closure="pin_catch"
        ),
    ),
    Design(
        code="PR-5004",
        title="Starburst Brooch with Citrine",
        description="Long and short rays of yellow gold burst from a golden citrine, the long ones lined with "
        "diamonds. Mid-century cheer.",
        price=2150,
        kind=Kind.BROOCH,
        piece=StarburstBrooch(Stone("citrine", "round", 6.0)),
        metal="yellow_gold",
        facts=Facts(
            "brooch", "citrine", "round", "prong", "vintage", "star", collection="Heritage", closure="pin_catch"
        ),
    ),
)
