"""A folder of real photos with what their sources say of them: JSON lines with `file`, `source_repo` and, if known,
`product_id`, `type`, `title`, `description`, `attributes`, `text_provenance`, `boxes_from_mask`.

Unusual: sources are split into two halves by a hash of their name. One half may choose between models, the other
reports what was chosen, so no shop is in both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from parure import taxonomy
from parure.errors import IntakeError
from parure.regions import Box

__all__ = ["FOUR_TYPES", "HALVES", "Half", "RealPhoto", "half_of", "in_half", "read_real_photos", "stated_metal_colour"]

Half = Literal["choose", "report", "all"]
HALVES: tuple[Half, ...] = ("choose", "report", "all")
FOUR_TYPES = ("ring", "earring", "necklace", "bracelet")

_COLOUR_OF = {"gold": "yellow", "silver": "white", "platinum": "white", "palladium": "white"}
_SEEN_ALIKE = {"grey": "white"}  # grey gold and white gold are one colour on a photo
_COLOURS = ("yellow", "white", "rose")
_READ = 400  # characters of a text: later ones speak of other pieces and of delivery


@dataclass(frozen=True)
class RealPhoto:
    """`type` and `metal_colour` are "" where the source does not say; `boxes` of pieces only where all are marked."""

    path: Path
    source: str
    product: str | None
    type: str
    metal_colour: str
    boxes: tuple[Box, ...]


def half_of(source: str) -> Half:
    """The half a source belongs to, always the same."""
    return HALVES[hashlib.sha256(source.encode()).digest()[3] % 2]


def in_half(photo: RealPhoto, half: Half) -> bool:
    return half == "all" or half_of(photo.source) == half


def read_real_photos(folder: Path) -> list[RealPhoto]:
    """The photos of `manifest.jsonl` in the folder. Raises `IntakeError` naming the line."""
    manifest = folder / "manifest.jsonl"
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"The manifest {manifest} cannot be read: {error}.") from error
    return list(_photos(folder, manifest, lines))


def _photos(folder: Path, manifest: Path, lines: list[str]) -> Iterator[RealPhoto]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield _photo(folder, row)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IntakeError(
                f'{manifest}, line {number}: expected a JSON object with "file" and "source_repo" ({error!r}).'
            ) from error


def _photo(folder: Path, row: Mapping[str, Any]) -> RealPhoto:
    boxes = tuple(Box(box["x"], box["y"], box["w"], box["h"]) for box in row.get("boxes_from_mask") or ())
    colour = stated_metal_colour(_text(row))
    return RealPhoto(
        folder / row["file"], row["source_repo"], row.get("product_id"), row.get("type") or "", colour, boxes
    )


def _text(row: Mapping[str, Any]) -> str:
    """What is said of the piece; nothing where the source warns that its text was made up."""
    if "invented" in (row.get("text_provenance") or ""):
        return ""
    attributes = row.get("attributes") or {}
    material = attributes.get("materials") or attributes.get("material") or ""
    said = (row.get("title"), row.get("description"), material if isinstance(material, str) else ", ".join(material))
    return " . ".join(part for part in said if part)[:_READ]


def stated_metal_colour(text: str) -> str:
    """yellow, white or rose, if the text says exactly one of them; else "".

    A colour that is named counts before what a metal usually looks like; steel and alloys say nothing, since a coat
    may hide them.

    >>> stated_metal_colour("a rose gold ring with a small diamond")
    'rose'
    >>> stated_metal_colour("silver and gold hoops")
    ''
    """
    wanted = [one for one in taxonomy.parse(text).wanted if not one.excluded] if text else []
    named = {_SEEN_ALIKE.get(value, value) for one in wanted if one.attribute == "metal_colour" for value in one.values}
    metals = {value for one in wanted if one.attribute == "metal" for value in one.values}
    implied = {_COLOUR_OF[metal] for metal in metals - ({"gold"} if named else set()) if metal in _COLOUR_OF}
    colours = named | implied
    return colours.pop() if len(colours) == 1 and colours <= set(_COLOURS) else ""
