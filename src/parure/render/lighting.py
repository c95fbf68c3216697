"""Studio light as an environment map: a bright table below, a dim tent above, hard-edged soft boxes and black flags.

Polished metal shows nothing but its surroundings, so contrast lives here: white metal gets a darker tent and table than
gold, or it would vanish on white paper.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.render.mesh import Floats

__all__ = ["DAYLIGHT", "GOLD_LIGHT", "WHITE_METAL_LIGHT", "Studio", "environment"]

_HEIGHT, _WIDTH = 256, 512


@dataclass(frozen=True)
class Studio:
    """Radiance of the table (below) and the tent (above); boxes light, flags darken."""

    table: float
    tent: float
    boxes: int = 7
    flags: int = 7


GOLD_LIGHT = Studio(table=0.95, tent=0.46, boxes=9)
WHITE_METAL_LIGHT = Studio(table=0.78, tent=0.38, boxes=9, flags=9)
DAYLIGHT = Studio(table=0.34, tent=0.42, boxes=4, flags=2)  # by a window: skin keeps its colour, metal some contrast


def environment(studio: Studio, seed: int, paper: Floats) -> Floats:
    """An equirectangular map (256, 512, 3), linear; `paper` (3,) colours the light from the table."""
    random = np.random.default_rng(seed)
    elevation = 90 - (np.arange(_HEIGHT)[:, None] + 0.5) / _HEIGHT * 180
    azimuth = (np.arange(_WIDTH)[None, :] + 0.5) / _WIDTH * 360

    def box(at: float, height: float, width: float, tall: float, edge: float = 1.0) -> Floats:
        sideways = np.abs((azimuth - at + 180) % 360 - 180)
        inside_x = 1 / (1 + np.exp(np.clip((sideways - width / 2) / edge, -50, 50)))
        inside_y = 1 / (1 + np.exp(np.clip((np.abs(elevation - height) - tall / 2) / edge, -50, 50)))
        return np.asarray(inside_x * inside_y)

    light = np.where(
        elevation < 0, studio.table * (1 + 0.25 * elevation / 90), studio.tent * (1 + 0.35 * elevation / 90)
    )
    for _ in range(studio.boxes):
        height = 80 * random.uniform(0.12, 1.0) ** 0.8
        size = random.uniform(10, 36) / np.cos(np.radians(height)), random.uniform(10, 32)
        light = light + random.uniform(2.0, 6.5) * box(random.uniform(0, 360), height, *size)
    for _ in range(studio.flags):
        size = random.uniform(8, 26), random.uniform(30, 110)
        light = light * (
            1 - random.uniform(0.85, 0.97) * box(random.uniform(0, 360), random.uniform(-18, 48), *size, 1.5)
        )
    light = light * (1 - 0.4 * (np.abs(elevation - 80) < 5))  # the camera's own dark opening in the tent
    warmth = random.normal(0, 0.015)
    colour = np.where(elevation[..., None] < 0, paper, np.array([1 + warmth, 1.0, 1 - warmth]))
    return np.asarray(light[..., None] * colour)
