"""What a stone looks like, where its kind cannot be seen: a photo tells a red faceted stone, not a ruby from a spinel.

A look is called by the id of the stone a seller most often means by it. The kind alone decides, or kind and colour.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LOOKS", "stone_look"]

# look -> the stones taken for it; "stone/colour" for one colour of a stone.
LOOKS: Mapping[str, tuple[str, ...]] = {
    "diamond": ("diamond/colourless", "moissanite", "cubic_zirconia", "crystal", "quartz", "zircon/colourless"),
    "sapphire": ("sapphire/blue", "tanzanite", "iolite"),
    "topaz": ("topaz/blue", "aquamarine", "zircon/blue", "paraiba"),
    "ruby": ("ruby", "garnet", "rhodolite", "spinel"),
    "emerald": ("emerald", "tsavorite", "tourmaline/green"),
    "amethyst": ("amethyst",),
    "citrine": ("citrine", "heliodor", "sapphire/yellow", "diamond/yellow"),
    "morganite": ("morganite", "kunzite", "sapphire/pink", "tourmaline/pink"),
    "padparadscha": ("padparadscha", "hessonite", "fire_opal"),
    "smoky_quartz": ("smoky_quartz", "diamond/brown"),
    "peridot": ("peridot",),
    "pearl": ("pearl", "freshwater_pearl", "south_sea_pearl", "tahitian_pearl", "akoya_pearl"),
    "mother_of_pearl": ("mother_of_pearl", "howlite"),
    "onyx": ("onyx", "jet", "obsidian", "hematite"),
    "turquoise": ("turquoise", "amazonite", "larimar"),
    "jade": ("jade/green", "chrysoprase", "aventurine", "jadeite", "nephrite"),
    "lapis_lazuli": ("lapis_lazuli", "sodalite", "star_sapphire"),
    "coral": ("coral", "jasper", "carnelian", "rhodochrosite"),
    "opal": ("opal", "labradorite", "abalone"),
    "moonstone": ("moonstone", "chalcedony"),
    "tigers_eye": ("tigers_eye", "goldstone", "agate/brown", "amber"),
}

_LOOK_OF = {stone: look for look, stones in LOOKS.items() for stone in stones}


def stone_look(stone: str, colour: str) -> str:
    """The look of a stone of this kind and colour (taxonomy ids); a stone that is not listed looks like itself."""
    return _LOOK_OF.get(f"{stone}/{colour}", _LOOK_OF.get(stone, stone))
