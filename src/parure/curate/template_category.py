"""The folder of a piece by its type: one table from the types of the taxonomy, in the plural that shops use.

A type below one that is listed goes where that one goes, so that a `kada` lies among the bangles.
"""

from __future__ import annotations

from parure import taxonomy

__all__ = ["CATEGORIES", "UNSORTED", "category_of"]

UNSORTED = "unsorted"

CATEGORIES = {
    "anklet": "anklets",
    "bangle": "bangles",
    "body_jewellery": "body_jewellery",
    "bracelet": "bracelets",
    "brooch": "brooches",
    "charm": "charms",
    "cufflink": "cufflinks",
    "earring": "earrings",
    "hair_jewellery": "hair_jewellery",
    "jewellery_set": "box_sets",
    "loose_stone": "loose_stones",
    "maang_tikka": "maang_tikkas",
    "necklace": "necklaces",
    "pendant": "pendants",
    "ring": "rings",
    "tiara": "tiaras",
    "tie_clip": "tie_clips",
    "watch": "watches",
    "watch_accessory": "watch_accessories",
}


def category_of(type_id: str | None) -> str:
    """`type_id` is a value of the attribute "type". None is `UNSORTED`; raises `UnknownValue`."""
    words = taxonomy.load()
    at = type_id
    while at is not None:
        if at in CATEGORIES:
            return CATEGORIES[at]
        at = words.value("type", at).parent
    return UNSORTED
