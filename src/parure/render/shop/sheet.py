"""The shop's sheet: one CSV row for each design, in the words of the taxonomy."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from parure.render.materials import metal_facts
from parure.render.shop.design import Design, shots_of

__all__ = ["COLUMNS", "photo_names", "write_sheet"]

COLUMNS = (
    "style_code",
    "title",
    "description",
    "price",
    "currency",
    "type",
    "metal",
    "metal_colour",
    "main_stone",
    "main_stone_cut",
    "setting",
    "style",
    "motif",
    "gender",
    "collection",
    "chain_type",
    "closure",
    "photos",
)


def photo_names(design: Design) -> tuple[str, ...]:
    """File names in shot order; the first is the cover."""
    return tuple(f"{design.slug}-{index + 1}.webp" for index in range(len(shots_of(design))))


def write_sheet(designs: Sequence[Design], path: Path, *, photos: Path) -> None:
    """The sheet names the pictures that are in the folder `photos`: not every piece can be worn."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_row(design, photos) for design in designs)


def _row(design: Design, photos: Path) -> list[str]:
    metal, colour = metal_facts(design.casting)
    facts = design.facts
    return [
        design.code,
        design.title,
        design.description,
        f"{design.price}.00",
        "EUR",
        facts.type,
        metal,
        colour,
        facts.main_stone or "none",
        facts.cut,
        facts.setting,
        facts.style,
        facts.motif,
        facts.gender,
        facts.collection,
        facts.chain_type,
        facts.closure,
        ";".join(name for name in photo_names(design) if (photos / name).exists()),
    ]
