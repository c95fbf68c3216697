"""A tiny data set of flat cut-outs on disk, for the detector's tests: no renderer, no torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from parure.regions import PartClass
from parure.render.dataset.store import Record, Taken, picture_path

__all__ = ["save_designs"]

SIDE = 64


def save_designs(root: Path, types: tuple[str, ...] = ("stud_earring", "band_ring", "choker")) -> list[Record]:
    """One design of each type with one picture: a coloured square; earrings are two instances side by side."""
    records = []
    for number, kind in enumerate(types):
        name = f"d{number:06d}"
        _save_picture(root, f"{name}-0", pair=kind == "stud_earring", colour=60 + 60 * number)
        taken = Taken(f"{name}-0", False, {}, ())
        records.append(Record(name, "family", "", "{}", {"type": kind}, {}, (taken,)))
    return records


def _save_picture(root: Path, name: str, *, pair: bool, colour: int) -> None:
    labels = np.zeros((SIDE, SIDE), np.uint8)
    if pair:
        labels[20:44, 4:24] = PartClass.METAL
        labels[20:44, 40:60] = 16 + PartClass.METAL
    else:
        labels[12:52, 8:56] = PartClass.METAL
    pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    pixels[labels > 0] = (colour, 40, 200, 255)
    path = picture_path(root, name, ".webp")
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, lossless=True)
    ground = Image.merge("LA", [Image.fromarray(labels), Image.new("L", (SIDE, SIDE), 255)])
    ground.save(picture_path(root, name, ".png"))
