"""Contact sheets: many small pictures with captions on one page, for people who want to see what was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from parure.render.dataset.store import Record, Taken, iter_records, read_cutout
from parure.render.labels import label_palette
from parure.render.photograph import Cutout
from parure.render.picture import on_paper

__all__ = [
    "Section",
    "Tile",
    "caption_of",
    "contact_sheet",
    "dataset_sections",
    "label_picture",
    "painted_labels",
    "tile_of",
]

_GAP, _CAPTION, _HEAD = 8, 16, 26  # px
_INK, _FAINT = (34, 32, 30), (120, 116, 110)
_WHITE = np.ones(3)


@dataclass(frozen=True, eq=False)
class Tile:
    picture: Image.Image
    caption: str


@dataclass(frozen=True, eq=False)
class Section:
    """A heading (blank for none) and what stands below it."""

    heading: str
    tiles: Sequence[Tile]


def contact_sheet(sections: Sequence[Section], *, columns: int, side: int) -> Image.Image:
    """The sections below each other, `columns` tiles of `side` pixels in a row."""
    heights = [_height(section, columns, side) for section in sections]
    sheet = Image.new("RGB", (columns * (side + _GAP) + _GAP, sum(heights) + _GAP), (255, 255, 255))
    top = _GAP
    for section, height in zip(sections, heights, strict=True):
        _draw_section(sheet, section, top, columns=columns, side=side)
        top += height
    return sheet


def _height(section: Section, columns: int, side: int) -> int:
    rows = -(-len(section.tiles) // columns)
    return rows * (side + _CAPTION + _GAP) + (_HEAD if section.heading else 0)


def _draw_section(sheet: Image.Image, section: Section, top: int, *, columns: int, side: int) -> None:
    draw = ImageDraw.Draw(sheet)
    if section.heading:
        draw.text((_GAP, top + 4), section.heading, _INK, ImageFont.load_default(15))
        top += _HEAD
    for at, tile in enumerate(section.tiles):
        corner = (_GAP + at % columns * (side + _GAP), top + at // columns * (side + _CAPTION + _GAP))
        sheet.paste(tile.picture.resize((side, side), Image.Resampling.LANCZOS), corner)
        caption = tile.caption[: side // 6]  # about six pixels a letter
        draw.text((corner[0], corner[1] + side + 1), caption, _FAINT, ImageFont.load_default(11))


def dataset_sections(root: Path, *, count: int, per_family: bool, labels: bool) -> list[Section]:
    """`count` pictures spread over the set, or so many of each family under its name."""
    named: dict[str, list[tuple[Record, Taken]]] = {}
    for record in iter_records(root):
        found = named.setdefault(record.family if per_family else "", [])
        if not per_family or len(found) < count:
            found += [(record, taken) for taken in record.pictures[: 1 if per_family else None]]
    return [
        Section(name, [_tile(root, *found[at], labels=labels) for at in _spread(len(found), count)])
        for name, found in sorted(named.items())
    ]


def _spread(available: int, wanted: int) -> list[int]:
    return sorted({int(at) for at in np.linspace(0, available - 1, min(wanted, available)).round()})


def _tile(root: Path, record: Record, taken: Taken, *, labels: bool) -> Tile:
    return tile_of(read_cutout(root, taken.name), f"{record.id} {caption_of(record.attributes)}", labels=labels)


def caption_of(known: Mapping[str, str]) -> str:
    """What matters first, because a caption is cut at the width of its picture."""
    stone = known["main_stone"] if known["main_stone"] != "none" else ""
    return f"{known['type']} {known['metal_colour']} {stone}".replace("_", " ").strip()


def tile_of(cutout: Cutout, caption: str, *, labels: bool) -> Tile:
    """The cut-out on white; with `labels` its parts are painted over it."""
    picture = on_paper(cutout.pixels, cutout.shadow, _WHITE)
    return Tile(painted_labels(picture, cutout.labels) if labels else picture, caption)


def label_picture(labels: NDArray[np.uint8]) -> Image.Image:
    """A palette picture whose values are the labels themselves and whose colours tell people the classes."""
    picture = Image.fromarray(labels).convert("L")
    picture.putpalette(label_palette())
    return picture


def painted_labels(picture: Image.Image, labels: NDArray[np.uint8]) -> Image.Image:
    paint = label_picture(labels).convert("RGB")
    cover = Image.fromarray(np.where(labels > 0, 165, 0).astype(np.uint8))
    return Image.composite(paint, picture, cover)
