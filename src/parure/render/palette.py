"""Which gems and cuts are drawn for which role, with how often a shop shows them.

Names are keys of the tables in `materials` and of the cuts in `cuts`.
"""

from __future__ import annotations

__all__ = ["BEAD_GEMS", "CABOCHON_GEMS", "FACETED_CUTS", "FACETED_GEMS", "MELEE_GEMS", "PEARL_GEMS"]

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
}

CABOCHON_GEMS = {
    "turquoise": 1.0,
    "onyx": 1.0,
    "moonstone": 0.9,
    "jade": 0.8,
    "lapis_lazuli": 0.8,
    "coral": 0.6,
    "carnelian": 0.6,
}

PEARL_GEMS = {"white_pearl": 5.0, "pink_pearl": 1.2, "grey_pearl": 1.2}

BEAD_GEMS = {"turquoise": 1.0, "onyx": 1.0, "coral": 0.8, "jade": 0.8, "lapis_lazuli": 0.8, "carnelian": 0.7}

MELEE_GEMS = {"diamond": 8.0, "sapphire": 0.8, "ruby": 0.7, "emerald": 0.7, "pink_sapphire": 0.4}
