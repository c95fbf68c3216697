"""A tiny data set in the format of the rendered ones, drawn with numpy: discs of metal with a stone of some colour."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.regions import PartClass
from parure.render.dataset.store import Record, Taken, design_path, picture_path, seen_on

__all__ = ["COLOURS", "METALS", "draw_set"]

SIDE = 96
METALS = {"yellow": (230, 180, 60), "white": (200, 200, 205)}
COLOURS = {"red": (190, 10, 30), "blue": (20, 40, 180), "green": (10, 140, 50)}
_STONES = {"red": "ruby", "blue": "sapphire", "green": "emerald"}


def draw_set(root: Path, designs: int, *, pictures: int = 3, seed: int = 0) -> list[Record]:
    """Every fourth design is a variant of the one before it."""
    random = np.random.default_rng(seed)
    records: list[Record] = []
    for number in range(designs):
        variant_of = records[-1].id if number % 4 == 3 else ""
        record = _record(root, f"t{number:06d}", variant_of, pictures, random)
        path = design_path(root, record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(record)), encoding="utf-8")
        records.append(record)
    return records


def _record(root: Path, name: str, variant_of: str, pictures: int, random: np.random.Generator) -> Record:
    metal, colour = str(random.choice(list(METALS))), str(random.choice(list(COLOURS)))
    taken = []
    for number in range(pictures):
        pixels, labels = _picture(METALS[metal], COLOURS[colour], random.uniform(0.25, 0.5), random)
        at = picture_path(root, f"{name}-{number}", ".webp")
        at.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels, "RGBA").save(at, lossless=True)
        shadow = Image.new("L", (SIDE, SIDE), 255)
        Image.merge("LA", [Image.fromarray(labels), shadow]).save(picture_path(root, f"{name}-{number}", ".png"))
        taken.append(Taken(f"{name}-{number}", False, {}, seen_on(labels)))
    known = {
        "type": str(random.choice(["stud_earring", "halo_ring"])),
        "metal_colour": metal,
        "main_stone": _STONES[colour],
        "stone_colour": colour,
        "main_stone_cut": "round",
        "setting": "bezel",
    }
    return Record(name, "Disc", variant_of, json.dumps({"id": name}), known, {"centre_stone": 1}, tuple(taken))


def _picture(
    metal: tuple[int, int, int], stone: tuple[int, int, int], inner: float, random: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    far = np.hypot(x * random.uniform(1.0, 1.3), y) / 0.42
    labels = np.where(far < inner, PartClass.CENTRE_STONE, np.where(far < 1, PartClass.METAL, 0)).astype(np.uint8)
    pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    pixels[labels == PartClass.METAL] = (*metal, 255)
    pixels[labels == PartClass.CENTRE_STONE] = (*stone, 255)
    return pixels, labels
