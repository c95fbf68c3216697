"""Hands, ears and necks seen from as far as people hold a phone, with a piece and bare: for a detector only.

    python -m parure.training.detector_far --data TRAIN --out FAR --count 240

The pictures of a data set frame the piece. A network that knows only those takes the largest thing on white for the
piece, and that is the hand. Here the body fills the frame, a hand from its back or its palm, and every third is bare.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.random import Generator

from parure.errors import ParureError, RenderError
from parure.render.bodies.scene import near
from parure.render.camera import aim
from parure.render.dataset.shoot import Shot
from parure.render.dataset.store import Record, design_path, read_records, save_design, save_shot
from parure.render.families.table import wide_type
from parure.render.lighting import DAYLIGHT, environment
from parure.render.mesh import Part
from parure.render.picture import developed
from parure.render.spec import DesignSpec, parse_spec
from parure.render.tracer import Quality, trace
from parure.render.views import View, staged
from parure.render.worn import ON_HANDS, WornScene

__all__ = ["far_shots", "main"]

_REACH = {  # mm around the piece
    "ring": (75.0, 190.0),
    "bracelet": (110.0, 230.0),
    "watch": (110.0, 230.0),
    "earring": (50.0, 100.0),  # beyond it the head ends
    "necklace": (130.0, 240.0),
    "pendant": (130.0, 240.0),
}
_PALM = 0.45  # share of hands seen from the other side
_PAPER = np.ones(3)


def far_shots(spec: DesignSpec, *, quality: Quality, bare: bool) -> list[Shot]:
    """The piece on a body, and if asked for the same body without it. Raises `RenderError` where it fits on none."""
    kind = wide_type(spec.piece.facts().type)
    random = np.random.default_rng([crc32(spec.id.encode()), 99])
    view = View(0.0, 0.0, pose="worn", studio=DAYLIGHT, seed=int(random.integers(2**31)))
    scene = staged(spec.piece, spec.piece.build(), view, kind)
    if scene is None:
        raise RenderError(f"{spec.id}, a {kind}, does not fit on a body.")
    view, reach = _from_far(view, scene, random, palm=kind in ON_HANDS), random.uniform(*_REACH[kind])
    shots = [_shot(0, spec, scene, scene.parts, view, reach=reach, quality=quality)]
    if bare:
        shots.append(_shot(1, spec, scene, scene.parts[scene.piece :], view, reach=reach, quality=quality))
    return shots


def _from_far(view: View, scene: WornScene, random: Generator, *, palm: bool) -> View:
    azimuth, elevation = scene.view(random)
    if palm and random.random() < _PALM:
        azimuth, elevation = azimuth + 180, -elevation
    margin = round(random.uniform(0.95, 1.35), 2)
    return replace(view, azimuth=round(azimuth, 1), elevation=round(elevation, 1), margin=margin)


def _shot(
    number: int, spec: DesignSpec, scene: WornScene, parts: list[Part], view: View, *, reach: float, quality: Quality
) -> Shot:
    focus = near(scene.parts, scene.parts[: scene.piece], reach)
    camera = aim(focus, view.azimuth, view.elevation, margin=view.margin, field=view.field)
    light = environment(view.studio, view.seed, _PAPER)
    traced = trace(parts, spec.casting, camera=camera, light=light, seed=view.seed % 65536, quality=quality)
    shadow = np.full((quality.size, quality.size), 255, np.uint8)
    return Shot(number, view, True, developed(traced.light), traced.labels, shadow)


def _wearable(records: Sequence[Record]) -> list[Record]:
    return [record for record in records if wide_type(record.attributes["type"]) in _REACH]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a rendered data set, for its designs")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=240, help="designs")
    asked = parser.parse_args(arguments)
    quality = Quality(320, 9, 10)
    for at, record in enumerate(_wearable(read_records(asked.data))[: asked.count]):
        if design_path(asked.out, record.id).exists():
            continue
        try:
            spec = parse_spec(record.spec)
            taken = [save_shot(asked.out, spec, shot) for shot in far_shots(spec, quality=quality, bare=at % 3 == 0)]
        except ParureError as error:
            print(f"{record.id}: {error}", flush=True)  # noqa: T201
            continue
        save_design(asked.out, spec, record.stones, taken)
        print(record.id, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
