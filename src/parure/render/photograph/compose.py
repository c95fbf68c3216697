"""Lays cut-outs on a ground, and their labels on the labels of the scene with the very same map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from PIL import Image

from parure.render.labels import INSTANCES
from parure.render.photograph.layout import Placement
from parure.render.photograph.light import cast_shadow, darken, reflection
from parure.render.photograph.values import NO_SHADOW, Bytes, Cutout, Placed, boxes_of

__all__ = ["Lamp", "Numbering", "compose", "number_pieces", "placed"]

Window = tuple[int, int, int, int]  # left, top, right, bottom in the scene


@dataclass(frozen=True)
class Lamp:
    """Which kinds of light and shade the ground gets."""

    contact: bool
    cast: bool
    mirror: bool


@dataclass(frozen=True, eq=False)
class Numbering:
    """One instance of one cut-out: its number in the scene, and how many pixels the scene would show of all of it."""

    source: int
    source_instance: int
    instance: int
    pixels: float


def number_pieces(cutouts: Sequence[Cutout], placements: Sequence[Placement | None]) -> tuple[Numbering, ...]:
    """Numbers in the order of the cut-outs; a cut-out whose instances would go past 15 is left out whole."""
    numbered: list[Numbering] = []
    for source, (cutout, placement) in enumerate(zip(cutouts, placements, strict=True)):
        counts = np.bincount((cutout.labels >> 4)[cutout.labels & 15 > 0].ravel(), minlength=INSTANCES)
        present = np.flatnonzero(counts)
        if placement is None or len(numbered) + len(present) > INSTANCES:
            continue
        area = placement.scale**2
        for own in present:
            numbered.append(Numbering(source, int(own), len(numbered), float(counts[own]) * area))
    return tuple(numbered)


def placed(labels: Bytes, numbering: Sequence[Numbering]) -> tuple[Placed, ...]:
    """Boxes from the finished labels."""
    found = boxes_of(labels, [entry.instance for entry in numbering])
    return tuple(
        Placed(
            entry.source,
            entry.source_instance,
            entry.instance,
            found[entry.instance][0],
            min(1.0, found[entry.instance][1] / max(1.0, entry.pixels)),
        )
        for entry in numbering
        if entry.instance in found
    )


def compose(
    ground: Image.Image,
    laid: Sequence[tuple[Cutout, Placement, Bytes]],
    lamp: Lamp,
    random: Generator,
) -> tuple[Image.Image, Bytes]:
    """`laid`: cut-out, place, and a table (256,) from its label bytes to those of the scene; later ones on top."""
    scene, labels = ground.copy(), np.zeros((ground.height, ground.width), np.uint8)
    for cutout, placement, table in laid:
        window = _window(cutout, placement, ground.size)
        if window is None:
            continue
        picture = _warp(Image.fromarray(cutout.pixels), placement, window)
        scene = _shade(scene, cutout, placement, window, lamp)
        if lamp.cast or lamp.mirror:
            whole = Image.new("RGBA", scene.size, (0, 0, 0, 0))
            whole.paste(picture, window[:2])
            scene = cast_shadow(scene, whole.getchannel("A"), random) if lamp.cast else scene
            scene = reflection(scene, whole, random) if lamp.mirror else scene
        scene.paste(picture.convert("RGB"), window[:2], picture.getchannel("A"))
        _stamp(labels, cutout, placement, window, table=table, alpha=np.asarray(picture.getchannel("A")))
    return scene, labels


def _stamp(labels: Bytes, cutout: Cutout, placement: Placement, window: Window, *, table: Bytes, alpha: Bytes) -> None:
    left, top, right, bottom = window
    nearest = Image.fromarray(table[cutout.labels]).transform(
        (right - left, bottom - top),
        Image.Transform.AFFINE,
        placement.coefficients(left, top),
        Image.Resampling.NEAREST,
    )
    own = np.asarray(nearest)
    # Skin and props (class 0, opaque) hide what lies below; thin chains count where they show at all.
    covers = (own & 15 > 0) | (alpha >= 128)
    labels[top:bottom, left:right][covers] = own[covers]


def _shade(scene: Image.Image, cutout: Cutout, placement: Placement, window: Window, lamp: Lamp) -> Image.Image:
    if not lamp.contact or int(cutout.shadow.min()) == NO_SHADOW:
        return scene
    left, top, right, bottom = window
    light = Image.fromarray(cutout.shadow).transform(
        (right - left, bottom - top),
        Image.Transform.AFFINE,
        placement.coefficients(left, top),
        Image.Resampling.BILINEAR,
        fillcolor=NO_SHADOW,
    )
    whole = Image.new("L", scene.size, NO_SHADOW)
    whole.paste(light, (left, top))
    return darken(scene, whole)


def _window(cutout: Cutout, placement: Placement, size: tuple[int, int]) -> Window | None:
    """The part of the scene the cut-out and its shadow can touch."""
    height, width = cutout.labels.shape
    touched = np.maximum(cutout.pixels[..., 3], NO_SHADOW - cutout.shadow)
    box = Image.fromarray(touched).getbbox() or (0, 0, width, height)
    corners = np.array([(x, y) for x in (box[0] - 1, box[2] + 1) for y in (box[1] - 1, box[3] + 1)], float)
    spread = placement.to_scene(corners)
    left, top = (max(0, int(np.floor(value))) for value in spread.min(0))
    right, bottom = (min(side, int(np.ceil(value))) for side, value in zip(size, spread.max(0), strict=True))
    return (left, top, right, bottom) if right > left and bottom > top else None


def _warp(picture: Image.Image, placement: Placement, window: Window) -> Image.Image:
    """The picture through the map. A strong reduction is averaged first, else thin chains break into dots."""
    left, top, right, bottom = window
    a, b, c, d, e, f = placement.coefficients(left, top)
    across = down = 1.0
    scale = placement.scale
    if scale < 0.75:
        # Resizing averages straight alpha without its weights unless the colours carry their alpha.
        smaller = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        across, down = smaller[0] / picture.width, smaller[1] / picture.height
        picture = picture.convert("RGBa").resize(smaller, Image.Resampling.BOX).convert("RGBA")
    method = Image.Resampling.BICUBIC if scale > 1.3 else Image.Resampling.BILINEAR
    return picture.transform(
        (right - left, bottom - top),
        Image.Transform.AFFINE,
        (a * across, b * across, c * across, d * down, e * down, f * down),
        method,
    )
