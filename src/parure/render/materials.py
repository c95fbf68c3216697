"""What the surfaces are made of: metals by reflectance, gems by refraction and tint, opaque gems by colour.

Tints are linear RGB. A gem's tint is what is left after light has gone in and come out again, so each crossing of the
surface takes its square root. Refraction: diamond 2.417, corundum 1.77, topaz 1.62, beryl 1.58, quartz 1.55.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DISPERSIVE", "METALS", "OPAQUE_GEMS", "TRANSPARENT_GEMS", "Casting", "Metal", "Rgb", "TransparentGem"]

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Metal:
    """Mirror reflectance and the GGX roughness of the finish."""

    reflectance: Rgb
    roughness: float = 0.045


@dataclass(frozen=True)
class TransparentGem:
    refraction: float
    tint: Rgb


METALS = {
    "yellow_gold": Metal((0.98, 0.67, 0.24)),
    "yellow_gold_satin": Metal((0.96, 0.67, 0.27), 0.2),
    "white_gold": Metal((0.84, 0.82, 0.78)),
    "rose_gold": Metal((0.96, 0.57, 0.42)),
    "rose_gold_satin": Metal((0.95, 0.58, 0.44), 0.2),
    "silver": Metal((0.93, 0.92, 0.90)),
    "silver_satin": Metal((0.90, 0.89, 0.87), 0.22),
    "platinum": Metal((0.76, 0.75, 0.73)),
    "platinum_satin": Metal((0.75, 0.74, 0.72), 0.2),
    "tungsten": Metal((0.36, 0.36, 0.38), 0.12),
    "black_steel": Metal((0.10, 0.10, 0.11), 0.14),
    "steel": Metal((0.66, 0.66, 0.67), 0.09),
}


@dataclass(frozen=True)
class Casting:
    """What a design is made in: the metal, how its surface is finished, the other metal of a two-tone piece."""

    metal: str
    finish: str = "polished"
    second: str = ""


TRANSPARENT_GEMS = {
    "diamond": TransparentGem(2.417, (1.0, 1.0, 1.0)),
    "sapphire": TransparentGem(1.77, (0.035, 0.10, 0.58)),
    "pink_sapphire": TransparentGem(1.77, (0.90, 0.22, 0.48)),
    "ruby": TransparentGem(1.77, (0.68, 0.012, 0.05)),
    "emerald": TransparentGem(1.58, (0.012, 0.40, 0.14)),
    "amethyst": TransparentGem(1.55, (0.34, 0.08, 0.60)),
    "citrine": TransparentGem(1.55, (0.95, 0.52, 0.05)),
    "topaz": TransparentGem(1.62, (0.28, 0.66, 0.92)),
    "aquamarine": TransparentGem(1.58, (0.50, 0.82, 0.90)),
    "peridot": TransparentGem(1.67, (0.42, 0.66, 0.06)),
    "garnet": TransparentGem(1.75, (0.40, 0.015, 0.03)),
    "morganite": TransparentGem(1.58, (0.98, 0.62, 0.55)),
    "smoky_quartz": TransparentGem(1.55, (0.32, 0.20, 0.12)),
    "tanzanite": TransparentGem(1.69, (0.16, 0.10, 0.62)),
}

OPAQUE_GEMS: dict[str, Rgb] = {
    "white_pearl": (0.72, 0.69, 0.64),
    "pink_pearl": (0.74, 0.56, 0.51),
    "grey_pearl": (0.16, 0.165, 0.17),
    "turquoise": (0.08, 0.52, 0.54),
    "onyx": (0.012, 0.012, 0.014),
    "coral": (0.72, 0.13, 0.08),
    "jade": (0.16, 0.42, 0.20),
    "lapis_lazuli": (0.03, 0.07, 0.34),
    "moonstone": (0.72, 0.76, 0.82),
    "carnelian": (0.60, 0.14, 0.03),
}

# Half the difference in refraction between red and blue light, for stones whose fire a photo shows.
DISPERSIVE = {"diamond": 0.024}
