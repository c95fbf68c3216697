"""Where the camera stands: direction by azimuth and elevation, distance so that the chosen parts fill the frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.render.mesh import Floats

__all__ = ["Camera", "aim", "rays_to_floor"]


@dataclass(frozen=True)
class Camera:
    """Position, the three axes of the picture (unit vectors, mm) and the tangent of half the field of view."""

    position: Floats
    forward: Floats
    right: Floats
    up: Floats
    half_tangent: float


def aim(points: Floats, azimuth: float, elevation: float, *, margin: float = 1.14, field: float = 22.0) -> Camera:
    """Frame the points (n, 3). Azimuth 0 looks along +y, elevation 90 straight down; margin 1 would touch the edge."""
    a, e = np.radians([azimuth, elevation])
    back = np.array([np.cos(e) * np.sin(a), -np.cos(e) * np.cos(a), np.sin(e)])
    right = np.array([np.cos(a), np.sin(a), 0.0])
    up = np.cross(back, right)
    tangent = float(np.tan(np.radians(field / 2)))
    centre = (points.min(axis=0) + points.max(axis=0)) / 2
    distance = 0.0
    for _ in range(3):  # centring depends on distance through perspective; three rounds settle it
        local = points - centre
        depth = distance - local @ back if distance else np.ones(len(local))
        across, upward = local @ right / depth, local @ up / depth
        scale = distance or 1.0
        centre = centre + scale * (right * (across.max() + across.min()) / 2 + up * (upward.max() + upward.min()) / 2)
        local = points - centre
        reach = np.maximum(np.abs(local @ right), np.abs(local @ up)) * margin / tangent
        distance = float((reach + local @ back).max())
    return Camera(centre + back * distance, -back, right, up, tangent)


def rays_to_floor(camera: Camera, size: int) -> Floats:
    """Where each pixel's ray meets z = 0, as (size, size, 2); rays that never do land far away."""
    y, x = np.mgrid[0:size, 0:size]
    across = ((x + 0.5) / size * 2 - 1) * camera.half_tangent
    upward = (1 - (y + 0.5) / size * 2) * camera.half_tangent
    rays = camera.forward + across[..., None] * camera.right + upward[..., None] * camera.up
    falling = rays[..., 2] < -1e-4
    reach = np.where(falling, -camera.position[2] / np.where(falling, rays[..., 2], -1.0), 1e6)
    return np.asarray(camera.position[:2] + reach[..., None] * rays[..., :2])
