"""How gems look, and what the taxonomy calls them.

A transparent gem's tint is what is left of white light after it has gone in and come out again, so each crossing of
the surface takes its square root. Refraction (gemmological tables, mean of the two rays): diamond 2.417, zircon 1.95,
corundum 1.77, garnet 1.74-1.80, spinel 1.72, tanzanite 1.69, peridot 1.67, kunzite 1.66, tourmaline 1.63, topaz 1.62,
beryl 1.58, quartz and iolite 1.55, amber 1.54, fire opal 1.45. Colours are linear RGB.

A cloudy gem is a body of its colour that lets the share `clarity` of the light through; `lustre` is the share that a
silky or metallic inside throws back. `pattern` names a drawing in `stone_looks`.
"""

from __future__ import annotations

from dataclasses import dataclass

from parure.errors import ParureError

__all__ = ["DISPERSIVE", "OPAQUE_GEMS", "TRANSPARENT_GEMS", "OpaqueGem", "Rgb", "TransparentGem", "stone_facts"]

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class TransparentGem:
    """`stone` and `hue` are the ids of the taxonomy's main_stone and stone_colour; so for opaque gems."""

    refraction: float
    tint: Rgb
    stone: str
    hue: str


@dataclass(frozen=True)
class OpaqueGem:
    colour: Rgb
    stone: str
    hue: str
    pattern: str = ""
    clarity: float = 0.0
    lustre: float = 0.0


TRANSPARENT_GEMS = {
    "diamond": TransparentGem(2.417, (1.0, 1.0, 1.0), "diamond", "colourless"),
    "yellow_diamond": TransparentGem(2.417, (1.0, 0.80, 0.16), "diamond", "yellow"),
    "champagne_diamond": TransparentGem(2.417, (0.72, 0.48, 0.28), "diamond", "brown"),
    "sapphire": TransparentGem(1.77, (0.035, 0.10, 0.58), "sapphire", "blue"),
    "pink_sapphire": TransparentGem(1.77, (0.90, 0.22, 0.48), "sapphire", "pink"),
    "yellow_sapphire": TransparentGem(1.77, (0.98, 0.76, 0.10), "sapphire", "yellow"),
    "padparadscha": TransparentGem(1.77, (0.98, 0.42, 0.28), "padparadscha", "orange"),
    "ruby": TransparentGem(1.77, (0.68, 0.012, 0.05), "ruby", "red"),
    "emerald": TransparentGem(1.58, (0.012, 0.40, 0.14), "emerald", "green"),
    "amethyst": TransparentGem(1.55, (0.34, 0.08, 0.60), "amethyst", "purple"),
    "citrine": TransparentGem(1.55, (0.95, 0.52, 0.05), "citrine", "yellow"),
    "topaz": TransparentGem(1.62, (0.28, 0.66, 0.92), "topaz", "blue"),
    "london_topaz": TransparentGem(1.62, (0.05, 0.24, 0.36), "topaz", "blue"),
    "aquamarine": TransparentGem(1.58, (0.50, 0.82, 0.90), "aquamarine", "blue"),
    "peridot": TransparentGem(1.67, (0.42, 0.66, 0.06), "peridot", "green"),
    "garnet": TransparentGem(1.75, (0.40, 0.015, 0.03), "garnet", "red"),
    "rhodolite": TransparentGem(1.76, (0.52, 0.04, 0.20), "rhodolite", "red"),
    "hessonite": TransparentGem(1.74, (0.72, 0.20, 0.03), "hessonite", "orange"),
    "tsavorite": TransparentGem(1.74, (0.05, 0.52, 0.12), "tsavorite", "green"),
    "morganite": TransparentGem(1.58, (0.98, 0.62, 0.55), "morganite", "pink"),
    "heliodor": TransparentGem(1.58, (0.96, 0.86, 0.30), "heliodor", "yellow"),
    "smoky_quartz": TransparentGem(1.55, (0.32, 0.20, 0.12), "smoky_quartz", "brown"),
    "rock_crystal": TransparentGem(1.55, (0.97, 0.97, 0.97), "quartz", "colourless"),
    "tanzanite": TransparentGem(1.69, (0.16, 0.10, 0.62), "tanzanite", "blue"),
    "pink_tourmaline": TransparentGem(1.63, (0.86, 0.10, 0.36), "tourmaline", "pink"),
    "green_tourmaline": TransparentGem(1.63, (0.06, 0.34, 0.16), "tourmaline", "green"),
    "paraiba": TransparentGem(1.63, (0.05, 0.78, 0.78), "paraiba", "teal"),
    "red_spinel": TransparentGem(1.72, (0.82, 0.05, 0.10), "spinel", "red"),
    "zircon": TransparentGem(1.95, (0.30, 0.72, 0.86), "zircon", "blue"),
    "kunzite": TransparentGem(1.66, (0.88, 0.58, 0.84), "kunzite", "pink"),
    "iolite": TransparentGem(1.55, (0.20, 0.18, 0.52), "iolite", "blue"),
    "fire_opal": TransparentGem(1.45, (0.98, 0.28, 0.03), "fire_opal", "orange"),
}

OPAQUE_GEMS = {
    "white_pearl": OpaqueGem((0.72, 0.69, 0.64), "pearl", "colourless"),
    "pink_pearl": OpaqueGem((0.74, 0.56, 0.51), "freshwater_pearl", "pink"),
    "gold_pearl": OpaqueGem((0.66, 0.48, 0.24), "south_sea_pearl", "yellow"),
    "grey_pearl": OpaqueGem((0.16, 0.165, 0.17), "tahitian_pearl", "grey"),
    "peacock_pearl": OpaqueGem((0.10, 0.13, 0.115), "tahitian_pearl", "green", pattern="orient"),
    "nacre": OpaqueGem((0.74, 0.72, 0.68), "mother_of_pearl", "colourless", pattern="nacre", lustre=0.3),
    "abalone": OpaqueGem((0.20, 0.42, 0.42), "abalone", "iridescent", pattern="abalone", lustre=0.45),
    "turquoise": OpaqueGem((0.05, 0.42, 0.45), "turquoise", "teal", pattern="matrix"),
    "onyx": OpaqueGem((0.012, 0.012, 0.014), "onyx", "black"),
    "jet": OpaqueGem((0.020, 0.018, 0.018), "jet", "black"),
    "obsidian": OpaqueGem((0.016, 0.015, 0.014), "obsidian", "black"),
    "hematite": OpaqueGem((0.06, 0.06, 0.065), "hematite", "grey", lustre=0.4),
    "coral": OpaqueGem((0.55, 0.06, 0.035), "coral", "red"),
    "pink_coral": OpaqueGem((0.72, 0.26, 0.19), "coral", "pink", pattern="mottle"),
    "jade": OpaqueGem((0.07, 0.24, 0.09), "jade", "green", pattern="mottle", clarity=0.12),
    "lavender_jade": OpaqueGem((0.34, 0.24, 0.44), "jade", "purple", pattern="mottle", clarity=0.12),
    "lapis_lazuli": OpaqueGem((0.015, 0.03, 0.22), "lapis_lazuli", "blue", pattern="flecks"),
    "sodalite": OpaqueGem((0.02, 0.035, 0.15), "sodalite", "blue", pattern="streaks"),
    "moonstone": OpaqueGem((0.62, 0.68, 0.76), "moonstone", "colourless", pattern="glow", clarity=0.4),
    "opal": OpaqueGem((0.74, 0.75, 0.76), "opal", "iridescent", pattern="play", clarity=0.2),
    "black_opal": OpaqueGem((0.30, 0.32, 0.36), "opal", "iridescent", pattern="dark_play", clarity=0.1),
    "labradorite": OpaqueGem((0.13, 0.15, 0.15), "labradorite", "iridescent", pattern="flash", lustre=0.3),
    "carnelian": OpaqueGem((0.45, 0.07, 0.01), "carnelian", "orange", pattern="mottle", clarity=0.2),
    "agate": OpaqueGem((0.50, 0.40, 0.32), "agate", "brown", pattern="agate", clarity=0.1),
    "blue_agate": OpaqueGem((0.2, 0.32, 0.5), "agate", "blue", pattern="agate", clarity=0.2),
    "chalcedony": OpaqueGem((0.24, 0.34, 0.52), "chalcedony", "blue", clarity=0.3),
    "chrysoprase": OpaqueGem((0.1, 0.38, 0.14), "chrysoprase", "green", clarity=0.2),
    "aventurine": OpaqueGem((0.06, 0.22, 0.1), "aventurine", "green", pattern="glitter"),
    "goldstone": OpaqueGem((0.17, 0.05, 0.015), "goldstone", "brown", pattern="glitter"),
    "malachite": OpaqueGem((0.02, 0.2, 0.08), "malachite", "green", pattern="rings"),
    "tigers_eye": OpaqueGem((0.36, 0.17, 0.03), "tigers_eye", "brown", pattern="silk", lustre=0.3),
    "rose_quartz": OpaqueGem((0.8, 0.42, 0.42), "rose_quartz", "pink", clarity=0.55),
    "amber": OpaqueGem((0.62, 0.19, 0.012), "amber", "orange", pattern="mottle", clarity=0.65),
    "amazonite": OpaqueGem((0.1, 0.36, 0.31), "amazonite", "teal", pattern="streaks"),
    "larimar": OpaqueGem((0.17, 0.44, 0.56), "larimar", "blue", pattern="streaks"),
    "rhodochrosite": OpaqueGem((0.56, 0.13, 0.16), "rhodochrosite", "pink", pattern="agate"),
    "jasper": OpaqueGem((0.26, 0.045, 0.022), "jasper", "red", pattern="streaks"),
    "howlite": OpaqueGem((0.72, 0.71, 0.69), "howlite", "colourless", pattern="matrix"),
    "star_sapphire": OpaqueGem((0.03, 0.06, 0.3), "star_sapphire", "blue", pattern="star", clarity=0.15),
    "star_ruby": OpaqueGem((0.32, 0.015, 0.05), "ruby", "red", pattern="star", clarity=0.15),
}

# Half the difference in refraction between red and blue light, for stones whose fire a photo shows.
DISPERSIVE = {"diamond": 0.024, "yellow_diamond": 0.024, "champagne_diamond": 0.024}


def stone_facts(gem: str) -> tuple[str, str]:
    """The taxonomy's main_stone and stone_colour."""
    found = TRANSPARENT_GEMS.get(gem) or OPAQUE_GEMS.get(gem)
    if found is None:
        raise ParureError(f"No gem is called {gem!r}. Known: {', '.join([*TRANSPARENT_GEMS, *OPAQUE_GEMS])}.")
    return found.stone, found.hue
