"""The tiny set of models of `data/tiny-house` (see make_tiny_house.py), and changed copies of its manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from parure.vision import Pixels
from parure.vision.house_model import HouseAnalyser
from parure.vision.manifest import read_manifest

__all__ = ["BLUE", "MANIFEST", "RED", "WHITE", "changed", "photo", "tiny_house"]

MANIFEST = Path(__file__).parent / "data" / "tiny-house" / "house.json"
RED, BLUE, WHITE = (220, 0, 0), (0, 0, 220), (255, 255, 255)


def tiny_house(path: Path = MANIFEST, *, threads: int = 1) -> HouseAnalyser:
    return HouseAnalyser(read_manifest(path), threads=threads)


def changed(folder: Path, changes: dict[str, Any]) -> Path:
    """The manifest in another folder with some fields changed; None takes a field away.

    Fields go by dotted names: "reader.attributes.0.values".
    """
    raw = json.loads(MANIFEST.read_text(encoding="utf-8"))
    for part in ("detector", "reader", "words"):
        raw[part]["file"] = str(MANIFEST.parent / raw[part]["file"])
    for name, value in changes.items():
        *way, last = (int(step) if step.isdigit() else step for step in name.split("."))
        place: Any = raw
        for step in way:
            place = place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value
    path = folder / "changed.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def photo(*squares: tuple[int, int, tuple[int, int, int]], side: int = 416, cell: int = 32) -> Pixels:
    """(side, side, 3): white with squares of one cell, each given as column, row and colour."""
    pixels = np.full((side, side, 3), WHITE, np.uint8)
    for column, row, colour in squares:
        pixels[row * cell : (row + 1) * cell, column * cell : (column + 1) * cell] = colour
    return pixels
