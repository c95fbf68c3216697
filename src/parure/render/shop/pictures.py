"""Taking one shot of a product: on paper, on cloth or stone, or worn.

Unusual: the camera has a depth of field although nothing is traced through a lens; points of the surface tell how far
away each pixel is, and what is out of focus is blurred before the piece is laid on its ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from PIL import Image

from parure.render.camera import Camera, aim
from parure.render.depth_of_field import depths_of, softened
from parure.render.families.table import wide_type
from parure.render.lighting import DAYLIGHT, GOLD_LIGHT, WHITE_METAL_LIGHT, Studio, environment
from parure.render.materials import metal_facts
from parure.render.mesh import Floats, Part, all_vertices, on_floor, place, rotation, settle
from parure.render.photograph import Cutout
from parure.render.photograph.camera import focus as partly_sharp
from parure.render.photograph.compose import Lamp
from parure.render.photograph.compose import compose as lay_on
from parure.render.photograph.grounds import ground, lay
from parure.render.photograph.layout import Placement
from parure.render.photograph.light import vignette
from parure.render.picture import PAPERS, compose, developed, linear
from parure.render.shadow import contact_shadow
from parure.render.shop.design import Design, Focus, Pose, Shot
from parure.render.tracer import Quality, Traced, trace
from parure.render.views import View, staged

__all__ = ["take"]

_SETUPS = 16  # numbered grounds of each kind
_BEHIND = ("stone", "grey", "blush", "sage", "sky", "sand")  # papers behind somebody who wears a piece
_BLUR, _BLUR_WORN = 0.0034, 0.009  # of the frame, at the far end of what is framed


@dataclass(frozen=True, eq=False)
class _Set:
    """Parts before the camera, and the distance that is sharp (mm, with how far from there blur is full)."""

    parts: list[Part]
    camera: Camera
    focus: float
    reach: float


def take(design: Design, shot: Shot, seed: int, quality: Quality) -> Image.Image | None:
    """The picture; None where a piece cannot be worn as the shot asks."""
    parts = design.piece.build()
    if shot.pose is Pose.WORN:
        return _worn(design, parts, seed, quality)
    scene = _laid(parts, shot, seed)
    below = _ground_colour(shot.ground, seed) if shot.ground else PAPERS[shot.paper].linear()
    traced = _traced(design, scene, _studio(design), below, seed=seed, quality=quality)
    light = softened(traced.light, scene.parts, scene.camera, focus=scene.focus, reach=scene.reach, blur=_BLUR)
    shadow = contact_shadow(scene.parts, scene.camera, quality.size)
    if not shot.ground:
        return compose(light, shadow, PAPERS[shot.paper])
    left = (255 * np.clip(shadow, 0, 1) + 0.5).astype(np.uint8)
    return _on_ground(Cutout(developed(light), traced.labels, left), shot.ground, seed)


def _worn(design: Design, parts: list[Part], seed: int, quality: Quality) -> Image.Image | None:
    scene = staged(design.piece, parts, View(0, 0, pose="worn", seed=seed), wide_type(design.facts.type))
    if scene is None:
        return None
    camera = aim(scene.focus, *scene.view(np.random.default_rng(seed)), margin=1.08, field=26.0)
    jewel = [part for part in scene.parts[: scene.piece] if part.label != "chain"] or scene.parts[: scene.piece]
    span = float(np.ptp(scene.focus, axis=0).max())
    laid = _Set(scene.parts, camera, float(np.median(depths_of(all_vertices(jewel), camera))), max(span, 10.0))
    traced = _traced(design, laid, DAYLIGHT, np.ones(3), seed=seed, quality=quality)
    sharp = {"focus": laid.focus, "reach": laid.reach}
    light = softened(traced.light, laid.parts, camera, **sharp, blur=_BLUR_WORN, body=True)
    behind = PAPERS[_BEHIND[seed % len(_BEHIND)]]
    return compose(light, np.ones(light.shape[:2]), behind)


def _laid(parts: list[Part], shot: Shot, seed: int) -> _Set:
    seen = settle(place(parts, rotation((1, 0, 0), -80))) if shot.pose is Pose.LYING else on_floor(parts)
    camera = _camera(seen, shot, seed)
    distances = depths_of(_focus(seen, shot.focus), camera)
    near, far = np.percentile(distances, [10, 100])
    # Flat pieces from above are sharp all over: blur is never full within 8 mm.
    return _Set(seen, camera, float(near), max(float(far - near), 8.0))


def _traced(design: Design, scene: _Set, studio: Studio, below: Floats, *, seed: int, quality: Quality) -> Traced:
    light = environment(studio, seed, below)
    return trace(scene.parts, design.casting, camera=scene.camera, light=light, seed=seed % 65536, quality=quality)


def _studio(design: Design) -> Studio:
    return WHITE_METAL_LIGHT if metal_facts(design.casting)[1] in ("white", "grey") else GOLD_LIGHT


def _camera(parts: list[Part], shot: Shot, seed: int) -> Camera:
    sway = np.random.default_rng(seed).uniform(-1, 1, 2)
    steep = shot.elevation > 65  # pieces seen from above keep upright; others turn more freely
    azimuth = shot.azimuth + sway[0] * (3 if steep else 9)
    elevation = min(shot.elevation + sway[1] * (3 if steep else 5), 84)
    return aim(_focus(parts, shot.focus), azimuth, elevation, margin=shot.margin)


def _focus(parts: list[Part], focus: Focus) -> Floats:
    if focus is Focus.NO_CHAIN:
        return all_vertices([part for part in parts if part.label != "chain"])
    points = all_vertices(parts)
    if focus is Focus.LEFT:
        return points[points[:, 0] < 0]
    if focus is Focus.FRONT:
        spread = np.ptp(points, axis=0)
        near = points[:, 1] < points[:, 1].min() + 0.22 * spread[1]
        return np.asarray(points[near & (np.abs(points[:, 0]) < 0.3 * spread[0])])
    return points


def _on_ground(cutout: Cutout, kind: str, seed: int) -> Image.Image:
    """A tidy photograph: the ground a little soft, shadows, a little fall-off of light, no faults.

    The frame stays as it was traced: a chain that runs out of it would end in the air anywhere else.
    """
    random = np.random.default_rng(seed)
    height, width = cutout.labels.shape
    below = partly_sharp(lay(kind, _setup(kind, seed), random, (height, width)), random, strongest=0.03)
    as_traced = Placement(np.eye(2), (0.0, 0.0), (0.0, 0.0))
    lamp = Lamp(contact=True, cast=seed % 3 == 0, mirror=False)
    scene, _ = lay_on(below, [(cutout, as_traced, np.arange(256, dtype=np.uint8))], lamp, random)
    return vignette(scene, random)


def _setup(kind: str, seed: int) -> int:
    return (crc32(kind.encode()) + seed) % _SETUPS


def _ground_colour(kind: str, seed: int) -> Floats:
    """What the metal mirrors from below: the mean colour of the ground, linear."""
    pixels = np.asarray(ground(kind, _setup(kind, seed), (640, 640)).convert("RGB"), float)
    return np.asarray(linear(pixels / 255).mean(axis=(0, 1)))
