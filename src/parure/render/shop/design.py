"""One product of the sample shop, and the shots a photographer takes of each kind of piece.

Shots are data too. A seed made from the picture's name turns each shot a few degrees, so that a shop of ninety pieces
does not look like ninety prints of one set-up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict, Unpack
from zlib import crc32

from parure.render.families import Piece
from parure.render.materials import Casting

__all__ = ["SHOTS", "Changes", "Design", "Facts", "Focus", "Kind", "Pose", "Shot", "shots_of", "twin"]


class Kind(StrEnum):
    RING = "ring"
    BAND = "band"
    STUD = "stud"
    HOOP = "hoop"
    DROP = "drop"
    PENDANT = "pendant"
    NECKLACE = "necklace"
    BRACELET = "bracelet"
    CUFF = "cuff"
    BROOCH = "brooch"


class Pose(StrEnum):
    AS_BUILT = "as_built"
    LYING = "lying"
    WORN = "worn"  # on a hand, an ear or a neck, which choose angle and focus


class Focus(StrEnum):
    ALL = "all"
    NO_CHAIN = "no_chain"  # the pendant; its chain runs out of the frame
    LEFT = "left"  # one earring of a pair
    FRONT = "front"  # the nearest third of a long piece


@dataclass(frozen=True)
class Shot:
    """Camera angles in degrees; `margin` above 1 leaves air around the focus, below 1 crops into it.

    `ground` is one of `photograph.grounds` to lie on instead of `paper`.
    """

    azimuth: float
    elevation: float
    pose: Pose = Pose.AS_BUILT
    focus: Focus = Focus.ALL
    margin: float = 1.16
    paper: str = "white"
    ground: str = ""


SHOTS: dict[Kind, tuple[Shot, ...]] = {
    Kind.RING: (
        Shot(-20, 48),
        Shot(24, 24),
        Shot(148, 30, Pose.LYING),
    ),
    Kind.BAND: (
        Shot(34, 24),
        Shot(20, 38, Pose.LYING),
        Shot(-38, 20),
    ),
    Kind.STUD: (
        Shot(6, 24),
        Shot(-26, 40),
        Shot(18, 62),
    ),
    Kind.HOOP: (
        Shot(18, 20),
        Shot(-30, 30),
        Shot(6, 56),
    ),
    Kind.DROP: (
        Shot(0, 82),
        Shot(22, 48),
        Shot(-6, 74, focus=Focus.LEFT, margin=1.12),
    ),
    Kind.PENDANT: (
        Shot(0, 80, focus=Focus.NO_CHAIN, margin=1.95),
        Shot(0, 76, margin=1.02),
        Shot(24, 48, focus=Focus.NO_CHAIN, margin=1.3),
    ),
    Kind.NECKLACE: (
        Shot(0, 70),
        Shot(10, 50, focus=Focus.FRONT, margin=1.1),
        Shot(-16, 46),
    ),
    Kind.BRACELET: (
        Shot(15, 34),
        Shot(-20, 62),
        Shot(8, 34, focus=Focus.FRONT, margin=1.1),
    ),
    Kind.CUFF: (
        Shot(15, 34),
        Shot(-24, 60),
        Shot(152, 26),
    ),
    Kind.BROOCH: (
        Shot(0, 76),
        Shot(26, 42),
        Shot(-34, 58),
    ),
}


@dataclass(frozen=True)
class Facts:
    """The sheet's attribute columns, as taxonomy ids; blank where a column does not apply."""

    type: str
    main_stone: str = ""
    cut: str = ""
    setting: str = ""
    style: str = "classic"
    motif: str = ""
    gender: str = "women"
    collection: str = ""
    chain_type: str = ""
    closure: str = ""


@dataclass(frozen=True)
class Design:
    """A product: words, price in euros, the piece, the metal it is cast in, and the facts of its sheet row.

    `paper` asks for one more picture, on coloured paper.
    """

    code: str
    title: str
    description: str
    price: int
    kind: Kind
    piece: Piece
    metal: str
    facts: Facts
    paper: str = ""
    finish: str = "polished"

    @property
    def casting(self) -> Casting:
        return Casting(self.metal, self.finish)

    @property
    def slug(self) -> str:
        return self.code.lower()


class Changes(TypedDict, total=False):
    """What a twin may differ in besides its words and price."""

    piece: Piece
    metal: str
    facts: Facts


def twin(design: Design, *, code: str, title: str, description: str, price: int, **changes: Unpack[Changes]) -> Design:
    """The same design in another metal or with another stone, sold as its own product."""
    words = replace(design, code=code, title=title, description=description, price=price, paper="")
    return replace(words, **changes)


# Listed again where more of them suit a shop.
_GROUNDS = (
    "linen",
    "marble",
    "silk",
    "wood",
    "paper",
    "stone",
    "velvet",
    "linen",
    "slate",
    "leather",
    "marble",
    "sand",
)
# Not brooches, and not strands: they are drawn lying in a loop, and their beads bunch when draped.
_WEARABLE = frozenset(Kind) - {Kind.BROOCH, Kind.NECKLACE}
_WORN_EVERY = 3  # one product in so many is also shown worn


def shots_of(design: Design) -> tuple[Shot, ...]:
    """The kind's shots, the first again on coloured paper where the design asks for it, then on a ground, then worn."""
    shots = SHOTS[design.kind]
    first, number = shots[0], crc32(design.slug.encode())
    on_paper = replace(first, azimuth=first.azimuth - 34 if first.elevation < 65 else -14, paper=design.paper)
    on_ground = replace(first, azimuth=-first.azimuth, ground=_GROUNDS[number % len(_GROUNDS)])
    is_worn = design.kind in _WEARABLE and number // len(_GROUNDS) % _WORN_EVERY == 0
    return (
        *shots,
        *((on_paper,) if design.paper else ()),
        on_ground,
        *((Shot(0, 0, Pose.WORN),) if is_worn else ()),
    )
