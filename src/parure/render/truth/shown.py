"""The attributes of a design as a photo can show them."""

from __future__ import annotations

from parure.render.dataset.store import Record
from parure.render.families.table import wide_type
from parure.render.truth.looks import stone_look

__all__ = ["ATTRIBUTES", "shown_values"]

ATTRIBUTES = (
    "type",
    "metal_colour",
    "main_stone",
    "stone_colour",
    "main_stone_cut",
    "setting",
    "finish",
    "motif",
    "chain_type",
)


def shown_values(record: Record) -> dict[str, str]:
    """The wide type, and of the main stone its look: no photo tells a ruby from a spinel."""
    given = dict(record.attributes)
    given["type"] = wide_type(given["type"])
    if "main_stone" in given:
        given["main_stone"] = stone_look(given["main_stone"], given.get("stone_colour", ""))
    return {attribute: given[attribute] for attribute in ATTRIBUTES if attribute in given}
