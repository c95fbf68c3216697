"""Signets, domes, clusters and other rings with something to say."""

from __future__ import annotations

from parure.render.cuts import Stone
from parure.render.families.rings import BezelRing, ClusterRing, DomeRing, SignetRing, ToiEtMoiRing
from parure.render.shop.design import Design, Facts, Kind, twin

__all__ = ["STATEMENT_RINGS"]

_SIGNET = Design(
    code="PR-1101",
    title="Oval Signet Ring in Yellow Gold",
    description="A plain oval face on shoulders that widen to meet it, polished and waiting for a monogram. "
    "Solid 9 ct yellow gold with real weight on the hand.",
    price=980,
    kind=Kind.RING,
    piece=SignetRing("oval", 13.0),
    metal="yellow_gold",
    facts=Facts("signet_ring", style="classic", gender="unisex", collection="Heritage"),
    paper="sage",
)

STATEMENT_RINGS: tuple[Design, ...] = (
    _SIGNET,
    twin(
        _SIGNET,
        code="PR-1102",
        title="Oval Signet Ring in Sterling Silver",
        description="Our oval signet in sterling silver: a smooth blank face, rounded shoulders, and a price that "
        "leaves room for the engraver.",
        price=165,
        metal="silver",
    ),
    Design(
        code="PR-1103",
        title="Onyx Signet Ring in Silver",
        description="A domed black onyx set flush in a broad silver collar, on a signet shank. Dark, smooth and "
        "a little stern.",
        price=210,
        kind=Kind.RING,
        piece=SignetRing(stone=Stone("onyx", "cabochon", 12.0)),
        metal="silver",
        facts=Facts("signet_ring", "onyx", "cabochon", "bezel", "classic", gender="men", collection="Heritage"),
    ),
    Design(
        code="PR-1104",
        title="Bombé Dome Ring in Yellow Gold",
        description="High, wide and perfectly smooth: a dome of polished gold that tapers to a slim band under "
        "the finger. "
        "Light runs across it as the hand moves.",
        price=1150,
        kind=Kind.RING,
        piece=DomeRing(11.0),
        metal="yellow_gold",
        facts=Facts("cocktail_ring", style="sculptural", collection="Volume"),
    ),
    Design(
        code="PR-1105",
        title="Croissant Fluted Dome Ring",
        description="The dome ring folded into soft ridges like a good croissant. In sterling silver, polished "
        "so each ridge "
        "catches its own line of light.",
        price=180,
        kind=Kind.RING,
        piece=DomeRing(10.0, fluted=True),
        metal="silver",
        facts=Facts("cocktail_ring", style="sculptural", collection="Volume"),
    ),
    Design(
        code="PR-1106",
        title="Amethyst Bezel Ring in Silver",
        description="A round amethyst of clear violet, wrapped in a smooth silver collar that sits close to the "
        "finger. "
        "Made for every day.",
        price=195,
        kind=Kind.RING,
        piece=BezelRing(Stone("amethyst", "round", 8.0)),
        metal="silver",
        facts=Facts("solitaire_ring", "amethyst", "round", "bezel", "minimalist", collection="Rivage"),
    ),
    Design(
        code="PR-1107",
        title="Desert Turquoise Cabochon Ring",
        description="A smooth oval of turquoise, the blue of a clear morning, in a plain silver bezel. Worn "
        "long along the finger.",
        price=170,
        kind=Kind.RING,
        piece=BezelRing(Stone("turquoise", "cabochon", 12.0), 3.0),
        metal="silver",
        facts=Facts("cocktail_ring", "turquoise", "cabochon", "bezel", "bohemian", collection="Rivage"),
        paper="sand",
    ),
    Design(
        code="PR-1108",
        title="Three-Collar Peridot and Diamond Ring",
        description="A round peridot between two small diamonds, each in its own rubbed-over collar of yellow gold. "
        "No claws to catch on a sleeve.",
        price=890,
        kind=Kind.RING,
        piece=BezelRing(Stone("peridot", "round", 6.5), 2.2, Stone("diamond", "round", 3.2)),
        metal="yellow_gold",
        facts=Facts("three_stone_ring", "peridot", "round", "bezel", "modern", collection="Rivage"),
    ),
    Design(
        code="PR-1109",
        title="Marguerite Ruby and Diamond Cluster Ring",
        description="Eight round rubies open like petals around a diamond heart. A flower ring in yellow gold, "
        "after those our "
        "grandmothers wore to dances.",
        price=2450,
        kind=Kind.RING,
        piece=ClusterRing(Stone("diamond", "round", 4.6), Stone("ruby", "round", 3.3)),
        metal="yellow_gold",
        facts=Facts("cluster_ring", "ruby", "round", "cluster", "vintage", "flower", collection="Jardin"),
    ),
    Design(
        code="PR-1110",
        title="Bleuet Sapphire and Diamond Cluster Ring",
        description="A cornflower for the hand: a round sapphire in the middle, nine small diamonds around it, "
        "white gold below.",
        price=2680,
        kind=Kind.RING,
        piece=ClusterRing(Stone("sapphire", "round", 5.2), Stone("diamond", "round", 2.6), petals=9),
        metal="white_gold",
        facts=Facts("cluster_ring", "sapphire", "round", "cluster", "vintage", "flower", collection="Jardin"),
    ),
    Design(
        code="PR-1111",
        title="Toi et Moi Pearl and Diamond Ring",
        description="You and me: a white pearl and a pear-cut diamond meet where the ring opens. Yellow gold, "
        "two stones, one story.",
        price=1980,
        kind=Kind.RING,
        piece=ToiEtMoiRing("white_pearl", Stone("diamond", "pear", 7.0)),
        metal="yellow_gold",
        facts=Facts("open_ring", "pearl", "bead_cut", "prong", "romantic", collection="Toi et Moi"),
    ),
)
