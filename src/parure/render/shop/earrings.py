"""Earrings of the sample shop."""

from __future__ import annotations

from parure.render.cuts import Stone
from parure.render.families.earrings import ClusterStuds, DropEarrings, HoopEarrings, PlateStuds, StudEarrings
from parure.render.shop.design import Design, Facts, Kind, twin

__all__ = ["EARRINGS"]

_STUDS = Design(
    code="PR-2001",
    title="Classic Diamond Studs in White Gold",
    description="A pair of round brilliants in four-claw baskets, small enough for the office and bright enough "
    "for the evening after. "
    "Butterfly backs.",
    price=1490,
    kind=Kind.STUD,
    piece=StudEarrings(Stone("diamond", "round", 5.5)),
    metal="white_gold",
    facts=Facts("stud_earring", "diamond", "round", "prong", "classic", collection="Aurora", closure="butterfly_back"),
    paper="blush",
)

_HOOPS = Design(
    code="PR-2007",
    title="Everyday Round Hoops in Yellow Gold",
    description="Plain, polished and evenly round: 22 mm hoops of yellow gold tube, light enough to forget.",
    price=340,
    kind=Kind.HOOP,
    piece=HoopEarrings(11.0, 1.1),
    metal="yellow_gold",
    facts=Facts("hoop_earring", style="classic", motif="circle", collection="Orbit", closure="hinged"),
)

_STARS = Design(
    code="PR-2014",
    title="Little Star Studs in Yellow Gold",
    description="Five-pointed stars with a soft rise in the middle, so they twinkle as they turn. Post and "
    "butterfly back.",
    price=180,
    kind=Kind.STUD,
    piece=PlateStuds("star", 9.0),
    metal="yellow_gold",
    facts=Facts("stud_earring", style="dainty", motif="star", collection="Orbit", closure="butterfly_back"),
)

EARRINGS: tuple[Design, ...] = (
    _STUDS,
    twin(
        _STUDS,
        code="PR-2002",
        title="Classic Diamond Studs in Yellow Gold",
        description="Our four-claw diamond studs with yellow gold baskets and posts, for those who wear their "
        "gold warm.",
        price=1450,
        metal="yellow_gold",
    ),
    Design(
        code="PR-2003",
        title="Sapphire Cushion Studs with Diamond Halo",
        description="Cushion-cut sapphires framed by a tight row of diamonds, the blue a shade short of "
        "midnight. White gold.",
        price=2250,
        kind=Kind.STUD,
        piece=StudEarrings(Stone("sapphire", "cushion", 5.5), halo=True),
        metal="white_gold",
        facts=Facts(
            "stud_earring", "sapphire", "cushion", "halo", "elegant", collection="Celeste", closure="butterfly_back"
        ),
    ),
    Design(
        code="PR-2004",
        title="White Pearl Studs",
        description="Two round white pearls with a gentle lustre, each on a small yellow gold cup. The pair to "
        "own if you own only one.",
        price=260,
        kind=Kind.STUD,
        piece=StudEarrings(Stone("white_pearl", "bead", 8.0)),
        metal="yellow_gold",
        facts=Facts(
            "stud_earring", "pearl", "bead_cut", style="classic", collection="Rivage", closure="butterfly_back"
        ),
    ),
    Design(
        code="PR-2005",
        title="Emerald-Cut Emerald Studs in Yellow Gold",
        description="Small stepped windows of green, claw-set at their four corners in yellow gold.",
        price=1780,
        kind=Kind.STUD,
        piece=StudEarrings(Stone("emerald", "emerald", 7.0)),
        metal="yellow_gold",
        facts=Facts(
            "stud_earring", "emerald", "emerald", "prong", "elegant", collection="Jardin", closure="butterfly_back"
        ),
    ),
    Design(
        code="PR-2006",
        title="Rosette Pink Sapphire Cluster Studs",
        description="Six pink sapphires around a diamond make a tiny rosette for each ear. Set in rose gold, "
        "sweet without sugar.",
        price=1320,
        kind=Kind.STUD,
        piece=ClusterStuds(Stone("diamond", "round", 3.4), Stone("pink_sapphire", "round", 2.7)),
        metal="rose_gold",
        facts=Facts(
            "cluster_earring",
            "sapphire",
            "round",
            "cluster",
            "romantic",
            "flower",
            collection="Jardin",
            closure="butterfly_back",
        ),
    ),
    _HOOPS,
    twin(
        _HOOPS,
        code="PR-2008",
        title="Everyday Round Hoops in Sterling Silver",
        description="The same easy 22 mm hoop in sterling silver, round in section and bright all over.",
        price=65,
        metal="silver",
    ),
    Design(
        code="PR-2009",
        title="Pavé Diamond Hoops in White Gold",
        description="Flat white gold hoops with a single line of diamonds around the outside, set close so the "
        "light never breaks off.",
        price=1980,
        kind=Kind.HOOP,
        piece=HoopEarrings(9.5, 1.2, "flat", 2.6, pave=True),
        metal="white_gold",
        facts=Facts(
            "hoop_earring", "diamond", "round", "pave", "glamorous", "circle", collection="Orbit", closure="hinged"
        ),
    ),
    Design(
        code="PR-2010",
        title="Broad Huggie Hoops in Rose Gold",
        description="Small, wide and close to the ear: huggies with a softly domed face in polished rose gold.",
        price=290,
        kind=Kind.HOOP,
        piece=HoopEarrings(6.2, 1.1, "flat", 5.2),
        metal="rose_gold",
        facts=Facts("huggie", style="minimalist", motif="circle", collection="Orbit", closure="hinged"),
        paper="sage",
    ),
    Design(
        code="PR-2011",
        title="Twisted Rope Hoops",
        description="Two strands of yellow gold wound into a rope and closed into a hoop. Every turn catches "
        "the light.",
        price=420,
        kind=Kind.HOOP,
        piece=HoopEarrings(11.0, 1.6, "twist"),
        metal="yellow_gold",
        facts=Facts("hoop_earring", style="bohemian", motif="twist", collection="Cordage", closure="hinged"),
    ),
    Design(
        code="PR-2012",
        title="Ruby Line Hoops in Yellow Gold",
        description="Round rubies follow one another along the outside of a slim gold hoop, a red thread from "
        "front to back.",
        price=1240,
        kind=Kind.HOOP,
        piece=HoopEarrings(10.0, 1.25, pave=True, gem="ruby"),
        metal="yellow_gold",
        facts=Facts("hoop_earring", "ruby", "round", "pave", "elegant", "circle", collection="Orbit", closure="hinged"),
    ),
    _STARS,
    twin(
        _STARS,
        code="PR-2015",
        title="Little Star Studs in Sterling Silver",
        description="Small silver stars for bedtime stories and first piercings, raised in the centre and "
        "smooth at the "
        "points.",
        price=45,
        metal="silver",
    ),
    Design(
        code="PR-2016",
        title="Brushed Disc Studs in Rose Gold",
        description="Softly domed discs with a satin surface that glows rather than shines. Nine millimetres across.",
        price=160,
        kind=Kind.STUD,
        piece=PlateStuds("disc", 9.0),
        metal="rose_gold",
        finish="satin",
        facts=Facts("stud_earring", style="minimalist", motif="circle", collection="Volume", closure="butterfly_back"),
    ),
    Design(
        code="PR-2017",
        title="Blue Topaz Teardrop Earrings",
        description="Pear-cut blue topaz swings below a silver hook, edged with a fine line of white stones. "
        "Cool water for warm days.",
        price=285,
        kind=Kind.DROP,
        piece=DropEarrings(Stone("topaz", "pear", 9.5), halo=True),
        metal="silver",
        facts=Facts(
            "drop_earring", "topaz", "pear", "halo", "elegant", "drop", collection="Rivage", closure="hook_wire"
        ),
    ),
    Design(
        code="PR-2018",
        title="Grey Pearl and Diamond Drop Earrings",
        description="A dark pearl hangs from a short white gold chain below a claw-set diamond. Long enough to "
        "move, quiet enough to keep.",
        price=1180,
        kind=Kind.DROP,
        piece=DropEarrings(Stone("grey_pearl", "bead", 9.0), top=Stone("diamond", "round", 3.6), links=9.0),
        metal="white_gold",
        facts=Facts(
            "drop_earring", "pearl", "bead_cut", style="elegant", collection="Rivage", closure="butterfly_back"
        ),
        paper="grey",
    ),
    Design(
        code="PR-2019",
        title="Garnet Fringe Chandelier Earrings",
        description="An oval garnet the colour of old wine, a diamond above it, and five little chains below, "
        "each ending in a pearl. "
        "For evenings with an orchestra.",
        price=1390,
        kind=Kind.DROP,
        piece=DropEarrings(Stone("garnet", "oval", 10.0), top=Stone("diamond", "round", 3.6), fringe=5),
        metal="yellow_gold",
        facts=Facts(
            "chandelier_earring",
            "garnet",
            "oval",
            "prong",
            "vintage",
            "tassel",
            collection="Heritage",
            closure="butterfly_back",
        ),
    ),
    Design(
        code="PR-2020",
        title="Turquoise Drop Earrings in Silver",
        description="Smooth ovals of turquoise in plain silver collars, hung from simple hooks. They go with "
        "everything blue and most "
        "things white.",
        price=140,
        kind=Kind.DROP,
        piece=DropEarrings(Stone("turquoise", "cabochon", 11.0)),
        metal="silver",
        facts=Facts(
            "drop_earring", "turquoise", "cabochon", "bezel", "bohemian", collection="Rivage", closure="hook_wire"
        ),
    ),
)
