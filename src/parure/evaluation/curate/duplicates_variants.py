"""Variants of a rendered cut-out: the same geometry in the same light, another metal colour or another stone.

This is the hardest thing to tell from a recoloured copy: everything but the colour of some parts is equal to the
pixel, as where a shop renders one model in three golds. Metal throws light back in its own colour, so its pixels are
multiplied by the ratio of two reflectances; a stone keeps its light and dark and takes another tint, except where it
mirrors the lamp.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.regions import PartClass
from parure.render.photograph import Cutout

__all__ = ["other_metal", "other_stone"]

Floats = NDArray[Any]

# Linear reflectances and tints, round about those of the materials that are rendered.
_METALS = {"yellow": (1.0, 0.77, 0.34), "rose": (0.95, 0.64, 0.54), "white": (0.88, 0.87, 0.85)}
_STONES = {
    "red": (0.68, 0.02, 0.06), "blue": (0.05, 0.12, 0.60), "green": (0.03, 0.42, 0.16), "purple": (0.36, 0.09, 0.60),
    "yellow": (0.97, 0.76, 0.12), "pink": (0.92, 0.40, 0.58), "colourless": (0.95, 0.95, 0.95),
}  # fmt: skip
_METAL_CLASSES = (PartClass.METAL, PartClass.SETTING, PartClass.CHAIN, PartClass.CLASP)
_STONE_CLASSES = (PartClass.CENTRE_STONE, PartClass.SIDE_STONE, PartClass.PEARL)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
_ENOUGH = 0.06  # of the piece's pixels: fewer and a person would not call it another colour


def other_metal(cutout: Cutout, colour: str, random: Generator) -> Cutout | None:
    """The piece in another gold than `colour` (taxonomy id); None where its metal is none of these or hardly shows."""
    mask = _showing(cutout, _METAL_CLASSES)
    if colour not in _METALS or mask is None:
        return None
    other = _pick([name for name in _METALS if name != colour], random)
    light = _linear(cutout.pixels[..., :3]) * (np.array(_METALS[other]) / np.array(_METALS[colour]))
    return _with(cutout, mask, light)


def other_stone(cutout: Cutout, colour: str, random: Generator) -> Cutout | None:
    """The piece with stones of another colour; None where none shows."""
    mask = _showing(cutout, _STONE_CLASSES)
    if mask is None:
        return None
    tint = np.array(_STONES[_pick([name for name in _STONES if name != colour], random)])
    light = _linear(cutout.pixels[..., :3])
    bright = light @ _LUMINANCE
    mirrored = np.clip((light.min(axis=2) - 0.75) / 0.2, 0, 1)[..., None]
    coloured = bright[..., None] * tint / max(0.25, float(tint @ _LUMINANCE))
    return _with(cutout, mask, light * mirrored + coloured * (1 - mirrored))


def _showing(cutout: Cutout, classes: tuple[PartClass, ...]) -> NDArray[np.bool_] | None:
    part = cutout.labels & 15
    mask = np.isin(part, [int(each) for each in classes])
    return mask if mask.sum() >= _ENOUGH * max(1, int((part > 0).sum())) else None


def _pick(names: list[str], random: Generator) -> str:
    return names[int(random.integers(len(names)))]


def _with(cutout: Cutout, mask: NDArray[np.bool_], light: Floats) -> Cutout:
    pixels = cutout.pixels.copy()
    pixels[mask, :3] = _bytes(light)[mask]
    return replace(cutout, pixels=pixels)


def _linear(pixels: NDArray[np.uint8]) -> Floats:
    value = pixels.astype(np.float64) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _bytes(light: Floats) -> NDArray[np.uint8]:
    value = np.clip(light, 0, 1)
    value = np.where(value <= 0.0031308, 12.92 * value, 1.055 * value ** (1 / 2.4) - 0.055)
    return np.asarray(255 * value + 0.5, np.uint8)
