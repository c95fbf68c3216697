"""The path tracer: Mitsuba for light, Open Image Denoise for the grain. The only module that loads either.

The piece is traced alone and cut out by its alpha; paper and shadow are added afterwards in `picture`. The vectorised
variant needs LLVM (set DRJIT_LIBLLVM_PATH if it is not found); without it the scalar variant runs, about three times
slower.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from parure.errors import MissingExtra
from parure.render.camera import Camera
from parure.render.materials import DISPERSIVE, METALS, OPAQUE_GEMS, TRANSPARENT_GEMS, Metal
from parure.render.mesh import METAL, Floats, Mesh, Part, merge_by_label

__all__ = ["Quality", "trace"]


@dataclass(frozen=True)
class Quality:
    """Picture side in pixels, light paths per pixel, and the longest path followed through a stone."""

    size: int = 512
    samples: int = 64
    depth: int = 12


@lru_cache(maxsize=1)
def _renderer() -> Any:
    try:
        import drjit
        import mitsuba
        import pyoidn  # noqa: F401  (named here so that a missing denoiser is reported at once)
    except ImportError as error:
        raise MissingExtra("Rendering jewellery", "render") from error
    try:
        mitsuba.set_variant("llvm_ad_rgb")
        drjit.eval(drjit.llvm.Float(1.0) + 1.0)
        drjit.set_thread_count(1)  # several processes scale better than threads, and share a machine politely
    except Exception:
        mitsuba.set_variant("scalar_rgb")
    return mitsuba


def trace(parts: Sequence[Part], metal: str, *, camera: Camera, light: Floats, seed: int, quality: Quality) -> Floats:
    """Linear premultiplied RGBA (size, size, 4) of the piece in front of nothing, lit by an environment map."""
    mi = _renderer()
    frames = _channel_shifts(parts)
    share = Quality(quality.size, -(-quality.samples // len(frames)), quality.depth)
    layers = [
        _render(mi, _scene(mi, parts, METALS[metal], camera=camera, light=light, quality=share, shift=shift), seed + k)
        for k, shift in enumerate(frames)
    ]
    mixed = np.mean(layers, axis=0)
    if len(layers) == 3:
        mixed[..., :3] = np.stack([layer[..., k] for k, layer in enumerate(layers)], axis=-1)
    return _denoised(mixed)


def _channel_shifts(parts: Sequence[Part]) -> tuple[float, ...]:
    """How far red, green and blue light part ways: diamond splits white light, so each channel gets its own trace."""
    splits = any(part.material in DISPERSIVE for part in parts)
    return (-1.0, 0.0, 1.0) if splits else (0.0,)


def _render(mi: Any, scene: Any, seed: int) -> Floats:
    return np.array(mi.render(scene, seed=seed), dtype=np.float64)


def _scene(
    mi: Any, parts: Sequence[Part], metal: Metal, *, camera: Camera, light: Floats, quality: Quality, shift: float
) -> Any:
    scene: dict[str, Any] = {
        "type": "scene",
        "integrator": _integrator(quality),
        "sensor": _sensor(mi, camera, quality),
        "light": {
            "type": "envmap",
            "bitmap": mi.Bitmap(light.astype(np.float32)),
            "to_world": mi.ScalarTransform4f().rotate([1, 0, 0], 90),
        },
    }
    for index, part in enumerate(merge_by_label(parts)):
        scene[f"part_{index:03d}"] = _shape(mi, part, _surface(part.material, metal, shift))
    return mi.load_dict(scene)


def _integrator(quality: Quality) -> dict[str, Any]:
    path = {"type": "path", "max_depth": quality.depth, "rr_depth": 20, "hide_emitters": True}
    return {"type": "aov", "aovs": "normal:sh_normal", "image": path}


def _sensor(mi: Any, camera: Camera, quality: Quality) -> dict[str, Any]:
    film = {"type": "hdrfilm", "width": quality.size, "height": quality.size, "pixel_format": "rgba"}
    sampler = "multijitter" if quality.samples in (16, 64, 256) else "independent"
    look = mi.ScalarTransform4f().look_at(
        origin=camera.position.tolist(), target=(camera.position + camera.forward).tolist(), up=camera.up.tolist()
    )
    return {
        "type": "perspective",
        "fov": float(2 * np.degrees(np.arctan(camera.half_tangent))),
        "to_world": look,
        "film": film | {"rfilter": {"type": "box"}},
        "sampler": {"type": sampler, "sample_count": quality.samples},
    }


def _surface(material: str, metal: Metal, shift: float) -> dict[str, Any]:
    if material == METAL:
        return _conductor(metal.reflectance, metal.roughness)
    if material in TRANSPARENT_GEMS:
        gem = TRANSPARENT_GEMS[material]
        tint = {"type": "rgb", "value": [channel**0.5 for channel in gem.tint]}
        refraction = gem.refraction + shift * DISPERSIVE.get(material, 0.0)
        return {"type": "dielectric", "int_ior": refraction, "specular_transmittance": tint}
    body = {"type": "rgb", "value": list(OPAQUE_GEMS[material])}
    if material.endswith("pearl"):
        nacre = {"type": "roughplastic", "alpha": 0.14, "diffuse_reflectance": body, "int_ior": 1.6}
        lustre = _conductor((0.92, 0.88, 0.86), 0.17)
        return {"type": "blendbsdf", "weight": 0.36, "nacre": nacre, "lustre": lustre}
    return {"type": "plastic", "diffuse_reflectance": body, "int_ior": 1.58}


def _conductor(reflectance: tuple[float, float, float], roughness: float) -> dict[str, Any]:
    tint = {"type": "rgb", "value": list(reflectance)}
    return {
        "type": "roughconductor",
        "material": "none",
        "alpha": roughness,
        "distribution": "ggx",
        "specular_reflectance": tint,
    }


def _shape(mi: Any, part: Part, surface: dict[str, Any]) -> Any:
    mesh = part.mesh
    properties = mi.Properties()
    properties["surface"] = mi.load_dict(surface)
    shape = mi.Mesh(part.label, len(mesh.vertices), len(mesh.faces), props=properties, has_vertex_normals=part.smooth)
    buffers = mi.traverse(shape)
    buffers["vertex_positions"] = mesh.vertices.astype(np.float32).ravel()
    buffers["faces"] = mesh.faces.astype(np.uint32).ravel()
    if part.smooth:
        buffers["vertex_normals"] = _vertex_normals(mesh).astype(np.float32).ravel()
    buffers.update()
    return shape


def _vertex_normals(mesh: Mesh) -> Floats:
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    facing = np.cross(b - a, c - a)
    total = np.column_stack(
        [sum(np.bincount(mesh.faces[:, k], facing[:, axis], len(mesh.vertices)) for k in range(3)) for axis in range(3)]
    )
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def _denoised(layers: Floats) -> Floats:
    import pyoidn

    colour = np.ascontiguousarray(layers[..., :3], dtype=np.float32)
    alpha = np.clip(layers[..., 3:4], 0, 1)
    # White where there is anything: the denoiser asks for that on mirrors and glass; traced albedo turned them green.
    albedo = np.ascontiguousarray(np.repeat(alpha, 3, axis=2), dtype=np.float32)
    normal = np.ascontiguousarray(layers[..., 4:7], dtype=np.float32)
    clean = pyoidn.denoise(colour, albedo=albedo, normal=normal, hdr=True)
    return np.concatenate([np.asarray(clean), alpha], axis=2).astype(np.float64)
