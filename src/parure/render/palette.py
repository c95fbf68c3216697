"""Which gems and cuts are drawn for which role, with how often a shop shows them.

Names are keys of the tables in `materials`, `gems` and `finishes`, and of the cuts in `cuts`.
"""

from __future__ import annotations

from collections.abc import Mapping

from parure.errors import ParureError

__all__ = [
    "BEAD_GEMS",
    "CABOCHON_GEMS",
    "CASTINGS",
    "FACETED_CUTS",
    "FACETED_GEMS",
    "FINISHES",
    "MELEE_GEMS",
    "PEARL_GEMS",
    "same_role",
]

CASTINGS = {
    "yellow_gold": 6.0,
    "white_gold": 3.5,
    "rose_gold": 2.5,
    "silver": 4.5,
    "platinum": 1.0,
    "steel": 0.8,
    "black_steel": 0.5,
    "black_rhodium": 0.4,
    "titanium": 0.3,
    "tungsten": 0.3,
    "copper": 0.35,
    "bronze": 0.35,
    "brass": 0.4,
}

FINISHES = {
    "polished": 12.0,
    "satin": 1.4,
    "brushed": 1.2,
    "hammered": 1.2,
    "oxidised": 1.0,
    "matte": 0.7,
    "engraved": 0.6,
    "textured": 0.5,
    "sandblasted": 0.3,
    "damascus": 0.1,
}

FACETED_CUTS = {
    "round": 6.0,
    "oval": 3.0,
    "cushion": 2.0,
    "princess": 1.5,
    "emerald": 2.0,
    "asscher": 0.7,
    "marquise": 1.3,
    "pear": 2.0,
    "baguette": 0.5,
    "radiant": 0.9,
    "heart": 0.7,
    "trillion": 0.5,
    "hexagon": 0.35,
    "old_european": 0.35,
    "old_mine": 0.3,
    "rose_cut": 0.4,
    "half_moon": 0.15,
    "trapezoid": 0.1,
    "kite": 0.2,
    "briolette": 0.25,
}

FACETED_GEMS = {
    "diamond": 8.0,
    "sapphire": 2.5,
    "ruby": 2.2,
    "emerald": 2.2,
    "amethyst": 1.4,
    "topaz": 1.2,
    "aquamarine": 1.2,
    "citrine": 1.0,
    "garnet": 1.2,
    "peridot": 1.0,
    "morganite": 0.8,
    "pink_sapphire": 0.8,
    "smoky_quartz": 0.6,
    "tanzanite": 0.7,
    "yellow_diamond": 0.4,
    "champagne_diamond": 0.4,
    "yellow_sapphire": 0.4,
    "padparadscha": 0.3,
    "london_topaz": 0.6,
    "rhodolite": 0.5,
    "hessonite": 0.3,
    "tsavorite": 0.4,
    "heliodor": 0.3,
    "rock_crystal": 0.4,
    "pink_tourmaline": 0.6,
    "green_tourmaline": 0.6,
    "paraiba": 0.3,
    "red_spinel": 0.4,
    "zircon": 0.3,
    "kunzite": 0.3,
    "iolite": 0.3,
    "fire_opal": 0.3,
}

CABOCHON_GEMS = {
    "turquoise": 1.0,
    "onyx": 1.0,
    "moonstone": 0.9,
    "jade": 0.8,
    "lapis_lazuli": 0.8,
    "opal": 0.9,
    "coral": 0.5,
    "carnelian": 0.6,
    "black_opal": 0.3,
    "labradorite": 0.6,
    "tigers_eye": 0.5,
    "malachite": 0.5,
    "rose_quartz": 0.5,
    "amber": 0.6,
    "agate": 0.4,
    "blue_agate": 0.3,
    "chalcedony": 0.3,
    "chrysoprase": 0.3,
    "aventurine": 0.2,
    "goldstone": 0.2,
    "amazonite": 0.4,
    "larimar": 0.3,
    "rhodochrosite": 0.2,
    "sodalite": 0.2,
    "jasper": 0.3,
    "howlite": 0.2,
    "jet": 0.2,
    "obsidian": 0.2,
    "hematite": 0.2,
    "pink_coral": 0.3,
    "lavender_jade": 0.2,
    "nacre": 0.6,
    "abalone": 0.3,
    "star_sapphire": 0.3,
    "star_ruby": 0.25,
}

PEARL_GEMS = {"white_pearl": 5.0, "pink_pearl": 1.2, "gold_pearl": 0.6, "grey_pearl": 0.9, "peacock_pearl": 0.6}

BEAD_GEMS = {
    "turquoise": 1.0,
    "onyx": 1.0,
    "coral": 0.8,
    "jade": 0.8,
    "lapis_lazuli": 0.8,
    "carnelian": 0.7,
    "tigers_eye": 0.5,
    "amethyst": 0.3,
    "rose_quartz": 0.5,
    "amber": 0.5,
    "agate": 0.4,
    "amazonite": 0.4,
    "malachite": 0.3,
    "hematite": 0.3,
    "labradorite": 0.3,
    "aventurine": 0.2,
    "jasper": 0.3,
    "howlite": 0.3,
    "garnet": 0.3,
}

MELEE_GEMS = {"diamond": 8.0, "sapphire": 0.8, "ruby": 0.7, "emerald": 0.7, "pink_sapphire": 0.4}


def same_role(gem: str) -> Mapping[str, float]:
    """The gems that could stand in its place, with their weights: a pearl for a pearl, a cabochon for a cabochon."""
    for role in (FACETED_GEMS, PEARL_GEMS, CABOCHON_GEMS, BEAD_GEMS):
        if gem in role:
            return role
    raise ParureError(f"The palette has no gem called {gem!r}; its tables name those that a design may use.")
