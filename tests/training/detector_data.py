"""A tiny data set of flat cut-outs on disk, for the detector's tests: no renderer, no torch."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.regions import PartClass
from parure.render.dataset.store import Record, Taken, design_path, picture_path, seen_on

__all__ = ["save_bodies", "save_designs"]

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


def save_bodies(root: Path, kind: str = "band_ring") -> None:
    """One design with two pictures: skin with a piece, and the same skin bare."""
    labels = np.zeros((SIDE, SIDE), np.uint8)
    labels[26:36, 28:40] = PartClass.METAL
    pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    pixels[10:, 16:48] = (220, 180, 160, 255)
    _write(root, "d000000-1", pixels.copy(), np.zeros_like(labels))
    pixels[labels > 0] = (230, 190, 60, 255)
    _write(root, "d000000-0", pixels, labels)
    taken = tuple(
        Taken(f"d000000-{at}", True, {}, seen_on(each)) for at, each in enumerate((labels, np.zeros_like(labels)))
    )
    record = Record("d000000", "family", "", "{}", {"type": kind}, {}, taken)
    path = design_path(root, record.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(record)), encoding="utf-8")


def _save_picture(root: Path, name: str, *, pair: bool, colour: int) -> None:
    labels = np.zeros((SIDE, SIDE), np.uint8)
    if pair:
        labels[20:44, 4:24] = PartClass.METAL
        labels[20:44, 40:60] = 16 + PartClass.METAL
    else:
        labels[12:52, 8:56] = PartClass.METAL
    pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    pixels[labels > 0] = (colour, 40, 200, 255)
    _write(root, name, pixels, labels)


def _write(root: Path, name: str, pixels: NDArray[np.uint8], labels: NDArray[np.uint8]) -> None:
    path = picture_path(root, name, ".webp")
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, lossless=True)
    ground = Image.merge("LA", [Image.fromarray(labels), Image.new("L", (SIDE, SIDE), 255)])
    ground.save(picture_path(root, name, ".png"))
