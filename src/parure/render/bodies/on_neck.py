"""Necklaces and pendants on a neck or on a velvet bust."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator

from parure.render.bodies.drape import draped, hung, neck_line
from parure.render.bodies.lines import Surface, is_open, table_line
from parure.render.bodies.neck import NeckShape, bust_parts, neck_flesh, neck_parts, neck_surface
from parure.render.bodies.scene import WornScene
from parure.render.chains import chain
from parure.render.mesh import Part, all_vertices, place

__all__ = ["Links", "necklace_displayed", "necklace_worn", "pendant_displayed", "pendant_worn"]

Links = tuple[str, float] | None  # a key of `chains.LINKS` and a width in mm


def _neck_scene(
    parts: list[Part], bodies: list[Part], random: Generator, *, azimuth: float, reaches: Sequence[float]
) -> WornScene:
    points = all_vertices(parts)
    front = points[(points[:, 1] < np.percentile(points[:, 1], 60)) & (points[:, 2] < 30)]
    lowest = front[np.argmin(front[:, 2])]
    reach = float(random.choice(reaches))
    close = front[np.linalg.norm(front - lowest, axis=1) < max(reach, 18.0)]
    around = np.array([[s * reach, lowest[1], lowest[2] + 0.55 * reach] for s in (-1, 1)])
    focus = np.vstack([close[:: max(1, len(close) // 4000)], around])
    return WornScene([*parts, *bodies], len(parts), focus, (-azimuth, azimuth), (-8.0, 24.0))


def _necklace_on(shape: NeckShape, parts: list[Part], random: Generator) -> tuple[list[Part], float]:
    """The necklace on a neck of ordinary size, and the factor it was enlarged by: necklaces are drawn small."""
    flesh, surface = neck_flesh(shape), neck_surface(shape)
    table = table_line(parts)
    around = float(random.uniform(400, 500))
    seen = (0.7 if is_open(table) else 0.85) * around
    factor = seen / float(table.along[-1] - table.along[0])
    large = [replace(part, mesh=part.mesh.scaled(factor)) for part in parts]
    return draped(large, neck_line(flesh, surface, around, side=48.0 * shape.girth), surface), factor


def _to_the_piece(scene: WornScene, factor: float) -> WornScene:
    """The whole scene made smaller, so that the piece has its own measures again."""
    parts = [replace(part, mesh=part.mesh.scaled(1 / factor)) for part in scene.parts]
    return replace(scene, parts=parts, focus=scene.focus / factor)


def necklace_worn(parts: list[Part], random: Generator) -> WornScene:
    shape = NeckShape.sample(random)
    piece, factor = _necklace_on(shape, parts, random)
    scene = _neck_scene(piece, neck_parts(shape, random), random, azimuth=38.0, reaches=(45.0, 62.0, 80.0))
    return _to_the_piece(scene, factor)


def necklace_displayed(parts: list[Part], random: Generator) -> WornScene:
    shape = NeckShape.sample_bust(random)
    piece, factor = _necklace_on(shape, parts, random)
    bust = bust_parts(shape)
    scene = _neck_scene(piece, bust, random, azimuth=42.0, reaches=(60.0, 80.0, 100.0))
    whole = all_vertices(bust)[::9] if random.random() < 0.5 else scene.focus
    return _to_the_piece(replace(scene, focus=whole), factor)


def _on_own_chain(shape: NeckShape, parts: list[Part], random: Generator, links: Links) -> list[Part]:
    """A pendant leaves the bit of chain it lay with and hangs on a whole one like it, 42 to 52 cm long."""
    flesh, surface = neck_flesh(shape), neck_surface(shape)
    line = neck_line(flesh, surface, float(random.uniform(400, 520)), side=48.0 * shape.girth)
    kind = str(random.choice(["cable", "rolo", "curb", "box"]))
    width = float(random.uniform(1.0, 1.7))
    if links is not None:
        kind, width = links
    lifted = line.points + line.normals * (0.55 * width)
    own = _off(chain(kind, lifted, width, ups=line.normals), surface)
    body = [part for part in parts if part.label not in ("chain", "cord")] or parts
    points = all_vertices(body)
    top = points[:, 1] > points[:, 1].max() - 1.0
    hang_at = np.array([points[top, 0].mean(), points[:, 1].max() - 0.6, points[top, 2].mean()])
    return [own, *hung(place(body, offset=-hang_at), line, surface)]


def _off(part: Part, surface: Surface) -> Part:
    """Out of the skin where a link dips into it."""
    points = part.mesh.vertices
    depth = np.maximum(0.02 - surface(points), 0.0)
    step = np.array([0.0, 0.4, 0.0])
    slope = np.sign(surface(points + step) - surface(points - step))
    points = points + np.column_stack([0 * depth, slope * depth, 0 * depth])
    return replace(part, mesh=replace(part.mesh, vertices=points))


def pendant_worn(parts: list[Part], random: Generator, links: Links = None) -> WornScene:
    """`links` says what chain it has; without one it hangs on any."""
    shape = NeckShape.sample(random)
    piece = _on_own_chain(shape, parts, random, links)
    return _neck_scene(piece, neck_parts(shape, random), random, azimuth=35.0, reaches=(24.0, 40.0, 65.0))


def pendant_displayed(parts: list[Part], random: Generator, links: Links = None) -> WornScene:
    shape = NeckShape.sample_bust(random)
    piece = _on_own_chain(shape, parts, random, links)
    return _neck_scene(piece, bust_parts(shape), random, azimuth=35.0, reaches=(35.0, 60.0, 90.0))
