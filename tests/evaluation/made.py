"""Small sets to measure on: real-looking photos with a manifest, designs with drawn pictures, an analyser that knows
colours."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from parure.regions import Box, PartClass
from parure.render.dataset.store import Taken, picture_path, save_design, seen_on
from parure.render.spec import draw_design
from parure.vision import Pixels
from parure.vision.analysis import Analyser, Analysis, Belief, Detection, Reading, SeenPiece
from parure.vision.colour import backdrop
from parure.vision.histogram import HistogramEncoder

__all__ = ["METALS", "ColourAnalyser", "designs_in", "photos_in", "piece"]

METALS = {"yellow": (205, 165, 60), "white": (170, 170, 174), "rose": (200, 130, 110)}


class ColourAnalyser(Analyser):
    """Finds what is not like the rim, tells its metal by the nearest of three tones, compares by colours.

    It is as sure as it is told to be, so that its calibration is known.
    """

    version = "colours-1"
    input_side = 64

    def __init__(self, *, sure: float = 1.0, type: str = "ring") -> None:
        self._encoder = HistogramEncoder()
        self.dimension = self._encoder.dimension
        self._sure = sure
        self._type = type

    def _analyse(self, image: Pixels, region: Box | None) -> Analysis:
        mask = ~backdrop(image)
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        height, width = mask.shape
        box = region or Box(columns[0] / width, rows[0] / height, np.ptp(columns) / width, np.ptp(rows) / height)
        tone = np.median(image[mask], axis=0)
        metal = min(METALS, key=lambda name: float(np.abs(tone - METALS[name]).sum()))
        beliefs = (Belief("type", self._type, self._sure), Belief("metal_colour", metal, self._sure))
        parts = np.where(mask, PartClass.METAL, PartClass.BACKGROUND).astype(np.uint8)
        reading = Reading(self._encoder.encode_images([image])[0], beliefs, parts, {})
        return Analysis((SeenPiece(Detection(box, self._type, 0.9), Box(0, 0, 1, 1), reading),))


def piece(colour: tuple[int, int, int], wide: float, *, side: int = 96) -> Pixels:
    """A disc of a colour on white."""
    image = Image.new("RGB", (side, side), (255, 255, 255))
    reach = wide * side / 2
    ImageDraw.Draw(image).ellipse((side / 2 - reach, side / 4, side / 2 + reach, side * 0.8), fill=colour)
    return np.asarray(image)


def photos_in(folder: Path) -> Path:
    """Six products in two photos each from two shops, with type, text and boxes; and one file that is no picture."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{"file": "broken.jpg", "source_repo": "a/shop", "product_id": "p0"}]
    (folder / "broken.jpg").write_bytes(b"no picture")
    for number in range(6):
        metal = list(METALS)[number % 3]
        for view in range(2):
            name = f"{number}-{view}.png"
            tone = tuple(channel - 12 * (number // 3) for channel in METALS[metal])
            Image.fromarray(piece(tone, 0.5 + 0.1 * view + 0.05 * number)).save(folder / name)
            rows.append({
                "file": name, "source_repo": "a/shop" if number < 3 else "b/shop", "product_id": f"p{number}",
                "type": "ring" if number % 2 else "earring", "description": f"a {metal} gold piece",
                "boxes_from_mask": [{"label": "jewelry", "x": 0.2, "y": 0.25, "w": 0.6, "h": 0.55}],
            })  # fmt: skip
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def designs_in(root: Path, count: int = 12) -> Path:
    """Designs as they are drawn, each with two pictures of a disc in its metal's colour."""
    for number in range(count):
        spec = draw_design(number, prefix="h")
        tone = tuple((np.array(list(METALS.values())[number % 3]) + (7 * number) % 40 - 20).tolist())
        taken = [_picture(root, f"{spec.id}-{view}", tone, 0.5 + 0.15 * view) for view in range(2)]
        save_design(root, spec, {"centre_stone": 1}, taken)
    return root


def _picture(root: Path, name: str, tone: tuple[int, int, int], wide: float) -> Taken:
    drawn = piece(tone, wide)
    labels = np.where(~backdrop(drawn), PartClass.METAL, 0).astype(np.uint8)
    pixels = np.dstack([drawn, np.where(labels, 255, 0).astype(np.uint8)])
    path = picture_path(root, name, ".webp")
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels, "RGBA").save(path, lossless=True)
    shadow = Image.fromarray(np.full(labels.shape, 255, np.uint8))
    Image.merge("LA", [Image.fromarray(labels), shadow]).save(picture_path(root, name, ".png"))
    return Taken(name, False, {}, seen_on(labels))
