"""An archive made from rendered designs, of which it is known which files show the same picture.

    d000123/original.jpg          a photograph of the design, on a ground and with the faults of photographs
    d000123/original_copy.jpg     the same bytes
    d000123/crop.jpg, ...         changed copies of it (see `duplicates_changes`): the same picture
    d000123/view.jpg              another view of the design: another picture
    d000123/metal.jpg, stone.jpg  the same photograph of a variant: another picture

A file depends on its design and its kind only, so an archive that was begun is gone on with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.random import Generator
from PIL import Image

from parure.evaluation.curate.duplicates_changes import CHANGES, jpeg
from parure.evaluation.curate.duplicates_variants import other_metal, other_stone
from parure.render.dataset.store import Record, iter_records, read_cutout, replace_file
from parure.render.photograph import Cutout, Style, photograph

__all__ = ["COPY", "ORIGINAL", "OTHERS", "MadeFile", "make_archive"]

SIDE = 448
ORIGINAL, COPY = "original", "original_copy"
OTHERS = ("view", "metal", "stone")  # kinds that are not the picture of the original
# Fewer unhappy framings than where a network has to learn from them: an archive is mostly pictures meant for a shop.
_VISIBLE_LEVELS, _VISIBLE_SHARE = 20, 0.003  # of a channel, more than JPEG does; of the picture, a square of 25 px
_STYLE = replace(Style(), several=0, collage=0, close_up=0.04, cut_by_edge=0.03, small=0.08, turn_far=0.05)


@dataclass(frozen=True)
class MadeFile:
    """`path` is below the archive. Files of one design are the same picture unless one of them is of `OTHERS`."""

    path: str
    design: str
    kind: str


def make_archive(
    renders: Path, out: Path, *, designs: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> list[MadeFile]:
    """Files for at most so many designs, no two of which are variants of each other. Raises `NotFound`."""
    records = [record for record in iter_records(renders) if not record.variant_of and len(record.pictures) > 1]
    chosen = records[:: max(1, len(records) // designs)][:designs]
    made: list[MadeFile] = []
    for done, record in enumerate(chosen, start=1):
        made += _design(renders, out, record)
        progress(done, len(chosen))
    return made


def _design(renders: Path, out: Path, record: Record) -> Iterator[MadeFile]:
    folder = out / record.id
    listed = folder / "kinds.txt"
    if not listed.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kinds = [_save(folder, kind, data) for kind, data in _pictures(renders, record)]
        replace_file(listed, "\n".join(kinds).encode())
    for kind in listed.read_text("utf-8").split("\n"):
        yield MadeFile(f"{record.id}/{_file(kind)}", record.id, kind)


def _save(folder: Path, kind: str, data: bytes) -> str:
    replace_file(folder / _file(kind), data)
    return kind


def _file(kind: str) -> str:
    return f"{kind.replace(' ', '-')}.jpg"


def _pictures(renders: Path, record: Record) -> Iterator[tuple[str, bytes]]:
    cutout = read_cutout(renders, record.pictures[0].name)
    original = jpeg(_taken(cutout, record.id))
    yield ORIGINAL, original
    yield COPY, original
    photo = Image.open(BytesIO(original)).convert("RGB")
    for kind, change in CHANGES.items():
        changed = jpeg(change(photo, _chance(record.id, kind)))
        if changed != original:  # what was saved coarsely before may come out the same
            yield kind, changed
    yield "view", jpeg(_taken(read_cutout(renders, record.pictures[1].name), record.id))
    told = record.attributes
    metal = other_metal(cutout, told.get("metal_colour", ""), _chance(record.id, "metal"))
    stone = other_stone(cutout, told.get("stone_colour", ""), _chance(record.id, "stone"))
    for kind, variant in (("metal", metal), ("stone", stone)):
        taken = _taken(variant, record.id) if variant is not None else photo
        if _shows(photo, taken):
            yield kind, jpeg(taken)


def _taken(cutout: Cutout, design: str) -> Image.Image:
    """The same framing, ground and light for every cut-out of a design."""
    return Image.fromarray(photograph([cutout], _chance(design, "photograph"), size=SIDE, style=_STYLE).pixels)


def _shows(photo: Image.Image, variant: Image.Image) -> bool:
    """Whether a person could see the difference: the part may be out of the frame, or black in the dark."""
    change = np.abs(np.asarray(photo, np.int16) - np.asarray(variant, np.int16)).max(axis=2)
    return bool((change > _VISIBLE_LEVELS).mean() > _VISIBLE_SHARE)


def _chance(design: str, kind: str) -> Generator:
    return np.random.default_rng(crc32(f"{design}/{kind}".encode()))
