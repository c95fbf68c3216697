"""What the surfaces are made of: metals by reflectance, gems (see `gems`), and the rest by colour and softness.

Colours are linear RGB. Reflectances of pure metals follow their measured optical constants, those of alloys were set by
eye beside shop photographs. METAL and SECOND_METAL are filled by the casting.
"""

from __future__ import annotations

from dataclasses import dataclass

from parure.errors import ParureError
from parure.render.gems import (
    DISPERSIVE,
    OPAQUE_GEMS,
    TRANSPARENT_GEMS,
    OpaqueGem,
    Rgb,
    TransparentGem,
    stone_facts,
)
from parure.render.mesh import METAL, SECOND_METAL

__all__ = [
    "DISPERSIVE",
    "METALS",
    "OPAQUE_GEMS",
    "STUFFS",
    "TRANSPARENT_GEMS",
    "Casting",
    "Metal",
    "OpaqueGem",
    "Rgb",
    "Stuff",
    "TransparentGem",
    "metal_facts",
    "metal_named",
    "stone_facts",
    "stuff_named",
]


@dataclass(frozen=True)
class Metal:
    """Mirror reflectance, the taxonomy's metal and metal_colour, and the GGX roughness when polished."""

    reflectance: Rgb
    metal: str
    colour: str
    roughness: float = 0.045


METALS = {
    "yellow_gold": Metal((0.98, 0.67, 0.24), "gold", "yellow"),
    "white_gold": Metal((0.84, 0.82, 0.78), "gold", "white"),
    "rose_gold": Metal((0.96, 0.57, 0.42), "gold", "rose"),
    "silver": Metal((0.93, 0.92, 0.90), "silver", "white"),
    "platinum": Metal((0.76, 0.75, 0.73), "platinum", "white"),
    "tungsten": Metal((0.36, 0.36, 0.38), "tungsten", "grey", 0.12),
    "titanium": Metal((0.46, 0.44, 0.42), "titanium", "grey", 0.13),
    "steel": Metal((0.66, 0.66, 0.67), "stainless_steel", "grey", 0.09),
    "black_steel": Metal((0.10, 0.10, 0.11), "stainless_steel", "black", 0.14),
    "black_rhodium": Metal((0.16, 0.16, 0.17), "silver", "black", 0.06),
    "copper": Metal((0.92, 0.48, 0.30), "copper", "copper"),
    "bronze": Metal((0.62, 0.40, 0.22), "bronze", "brown", 0.08),
    "brass": Metal((0.86, 0.68, 0.34), "brass", "yellow", 0.06),
}


@dataclass(frozen=True)
class Casting:
    """What a design is made in: the metal, how its surface is finished, the other metal of a two-tone piece.

    `tarnish` is 0 for a clean surface and 1 for one that nobody has wiped in years.
    """

    metal: str
    finish: str = "polished"
    second: str = ""
    tarnish: float = 0.0


def metal_named(name: str) -> Metal:
    if name not in METALS:
        raise ParureError(f"No metal is called {name!r}. Known: {', '.join(METALS)}.")
    return METALS[name]


def metal_facts(casting: Casting) -> tuple[str, str]:
    """The taxonomy's metal and metal_colour; two colours make a piece two-tone."""
    first = metal_named(casting.metal)
    mixed = casting.second and metal_named(casting.second).colour != first.colour
    return first.metal, "two_tone" if mixed else first.colour


@dataclass(frozen=True)
class Stuff:
    """Anything that is neither metal nor gem. `sheen` is the soft rim of cloth and skin; roughness 0 is glazed."""

    colour: Rgb
    roughness: float = 0.0
    sheen: float = 0.0
    metallic: float = 0.0
    clarity: float = 0.0


def _shades(kind: str, shades: dict[str, Rgb], **look: float) -> dict[str, Stuff]:
    return {f"{kind}_{shade}": Stuff(colour, **look) for shade, colour in shades.items()}


_BLACK, _WHITE = (0.014, 0.014, 0.015), (0.80, 0.79, 0.77)
_RED, _BLUE, _GREEN = (0.46, 0.012, 0.018), (0.015, 0.05, 0.36), (0.01, 0.20, 0.09)

# Skin: means of the six Fitzpatrick groups as photographed in daylight, pale to deep.
_SKIN: dict[str, Rgb] = {
    "1": (0.74, 0.50, 0.40),
    "2": (0.64, 0.40, 0.29),
    "3": (0.52, 0.30, 0.19),
    "4": (0.33, 0.165, 0.09),
    "5": (0.155, 0.068, 0.034),
    "6": (0.052, 0.022, 0.012),
}

STUFFS: dict[str, Stuff] = {
    **_shades(
        "cord",
        {
            "black": _BLACK,
            "brown": (0.10, 0.045, 0.02),
            "red": _RED,
            "blue": (0.03, 0.07, 0.26),
            "beige": (0.52, 0.40, 0.27),
        },
        roughness=0.75,
        sheen=0.12,
    ),
    **_shades(
        "leather",
        {"black": (0.018, 0.017, 0.017), "brown": (0.10, 0.042, 0.02), "tan": (0.36, 0.17, 0.07)},
        roughness=0.5,
        sheen=0.05,
    ),
    **_shades(
        "enamel",
        {"red": _RED, "blue": _BLUE, "green": _GREEN, "black": _BLACK, "white": _WHITE, "pink": (0.80, 0.26, 0.34)},
    ),
    **_shades(
        "dial",
        {"white": _WHITE, "black": _BLACK, "blue": (0.02, 0.05, 0.20), "champagne": (0.66, 0.50, 0.28)},
        roughness=0.32,
        metallic=0.35,
    ),
    **_shades(
        "velvet",
        {"black": _BLACK, "red": (0.22, 0.006, 0.02), "blue": (0.012, 0.025, 0.14), "green": (0.008, 0.07, 0.04)}
        | {"grey": (0.14, 0.14, 0.15), "cream": (0.66, 0.58, 0.46)},
        roughness=0.9,
        sheen=0.35,
    ),
    **_shades("skin", _SKIN, roughness=0.48, sheen=0.1),
    **_shades("nail", {"bare": (0.66, 0.38, 0.31), "red": _RED, "nude": (0.60, 0.36, 0.28), "black": _BLACK}),
    **_shades("rubber", {"black": (0.02, 0.02, 0.02), "white": (0.66, 0.66, 0.65)}, roughness=0.6),
    **_shades("ceramic", {"black": (0.015, 0.015, 0.016), "white": _WHITE}),
    "glass": Stuff((1.0, 1.0, 1.0), clarity=1.0),
    "wood": Stuff((0.30, 0.15, 0.07), 0.45),
    "paper": Stuff((0.76, 0.74, 0.70), 0.9),
    "card_white": Stuff((0.86, 0.86, 0.85), 0.8),
}


def stuff_named(name: str) -> Stuff:
    if name not in STUFFS:
        known = [METAL, SECOND_METAL, *TRANSPARENT_GEMS, *OPAQUE_GEMS, *STUFFS]
        raise ParureError(f"No material is called {name!r}. Known: {', '.join(known)}.")
    return STUFFS[name]
