"""The pictures of one design: drawn views, traced, developed, labelled.

A picture depends on the design, its number and the quality only: made again alone, it is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.regions import PartClass
from parure.render.camera import aim
from parure.render.families.table import wide_type
from parure.render.labels import INSTANCES, label_of
from parure.render.lighting import DAYLIGHT, environment
from parure.render.mesh import Floats, Part
from parure.render.picture import developed
from parure.render.shadow import contact_shadow
from parure.render.spec import DesignSpec, attributes
from parure.render.tracer import Quality, trace
from parure.render.views import STAGED, View, camera_of, draw_view, pale, posed, staged, suited

__all__ = ["Bytes", "Shot", "shoot", "shoot_one", "stone_count", "view_of"]

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Shot:
    """`pixels` (h, w, 4) straight sRGB, `labels` (h, w) instance * 16 + class, `shadow` (h, w) light left on the ground
    out of 255."""

    number: int
    view: View
    worn: bool
    pixels: Bytes
    labels: Bytes
    shadow: Bytes


def shoot(spec: DesignSpec, *, views: int, quality: Quality) -> Iterator[Shot]:
    """`views` pictures of a design."""
    parts = spec.piece.build()
    for number in range(views):
        yield _shot(spec, parts, number, quality)


def shoot_one(spec: DesignSpec, number: int, *, quality: Quality) -> Shot:
    """Picture `number` of a design, the same as among many."""
    return _shot(spec, spec.piece.build(), number, quality)


def view_of(spec: DesignSpec, number: int) -> View:
    """Picture `number` of a design, as planned."""
    known = attributes(spec)
    view = draw_view(_generator(spec, number), wide_type(known["type"]), pale_metal=pale(known["metal_colour"]))
    return suited(view, spec.piece)


def stone_count(parts: list[Part]) -> dict[str, int]:
    """How many stones of each class a piece has, seen or not, by the class's name in small letters."""
    stones = (PartClass.CENTRE_STONE, PartClass.SIDE_STONE, PartClass.PEARL)
    found = Counter(PartClass(label_of(part) % INSTANCES) for part in parts)
    return {kind.name.lower(): found[kind] for kind in stones if found[kind]}


def _shot(spec: DesignSpec, parts: list[Part], number: int, quality: Quality) -> Shot:
    view = view_of(spec, number)
    scene = staged(spec.piece, parts, view, wide_type(spec.piece.facts().type))
    if scene is None:
        view = suited(replace(view, pose="as_built"), spec.piece) if view.pose in STAGED else view
        seen = posed(parts, view)
        camera = camera_of(seen, view)
        shadow = _byte(contact_shadow(seen, camera, quality.size, points=40_000))
    else:
        azimuth, elevation = scene.view(np.random.default_rng(view.seed))
        view = replace(view, azimuth=round(azimuth, 1), elevation=round(elevation, 1), studio=DAYLIGHT, focus="all")
        seen = scene.parts
        camera = aim(scene.focus, azimuth, elevation, margin=view.margin, field=view.field)
        shadow = np.full((quality.size, quality.size), 255, np.uint8)  # the scene has its own ground
    light = environment(view.studio, view.seed, np.asarray(view.paper))
    traced = trace(seen, spec.casting, camera=camera, light=light, seed=view.seed % 65536, quality=quality)
    return Shot(number, view, scene is not None, developed(traced.light), traced.labels, shadow)


def _byte(share: Floats) -> Bytes:
    return np.asarray(255 * np.clip(share, 0, 1) + 0.5, np.uint8)


def _generator(spec: DesignSpec, number: int) -> Generator:
    return np.random.default_rng([crc32(spec.id.encode()), number])
