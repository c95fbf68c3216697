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
from numpy.typing import NDArray

from parure.errors import MissingExtra
from parure.render.camera import Camera
from parure.render.labels import label_of
from parure.render.materials import DISPERSIVE, Casting
from parure.render.mesh import Floats, Part, merge_by_label
from parure.render.surfaces import shape_of

__all__ = ["Quality", "Traced", "trace"]


@dataclass(frozen=True)
class Quality:
    """Picture side in pixels, light paths per pixel, and the longest path followed through a stone."""

    size: int = 512
    samples: int = 64
    depth: int = 12


@dataclass(frozen=True, eq=False)
class Traced:
    """`light`: linear premultiplied RGBA (size, size, 4). `labels`: (size, size) uint8, what each pixel's middle shows,
    as `instance * 16 + PartClass`; 0 where there is no piece, whether background, skin or prop."""

    light: Floats
    labels: NDArray[np.uint8]


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


def trace(
    parts: Sequence[Part], casting: Casting, *, camera: Camera, light: Floats, seed: int, quality: Quality
) -> Traced:
    """The piece in front of nothing, lit by an environment map, and what is seen where."""
    mi = _renderer()
    merged = merge_by_label(parts)
    frames = _channel_shifts(parts)
    share = Quality(quality.size, -(-quality.samples // len(frames)), quality.depth)
    scenes = [_scene(mi, merged, casting, camera=camera, light=light, quality=share, shift=shift) for shift in frames]
    layers = [_render(mi, scene, seed + k) for k, scene in enumerate(scenes)]
    mixed = np.mean(layers, axis=0)
    if len(layers) == 3:
        mixed[..., :3] = np.stack([layer[..., k] for k, layer in enumerate(layers)], axis=-1)
    return Traced(_denoised(mixed), _labels(mi, scenes[0], merged, _sensor(mi, camera, Quality(quality.size, 1))))


def _channel_shifts(parts: Sequence[Part]) -> tuple[float, ...]:
    """How far red, green and blue light part ways: diamond splits white light, so each channel gets its own trace."""
    splits = any(part.material in DISPERSIVE for part in parts)
    return (-1.0, 0.0, 1.0) if splits else (0.0,)


def _render(mi: Any, scene: Any, seed: int) -> Floats:
    return np.array(mi.render(scene, seed=seed), dtype=np.float64)


def _labels(mi: Any, scene: Any, merged: Sequence[Part], sensor: dict[str, Any]) -> NDArray[np.uint8]:
    """One ray through each pixel; the first thing it meets names the pixel."""
    first_hit = mi.load_dict({"type": "aov", "aovs": "hit:shape_index"})
    hits = np.array(mi.render(scene, integrator=first_hit, sensor=mi.load_dict(sensor), seed=0))[..., 0].astype(
        np.int64
    )
    table = np.zeros(int(hits.max()) + 1, np.uint8)
    for order, shape in enumerate(scene.shapes()):
        number = _shape_number(mi, shape, order)
        if number < len(table):
            part = merged[int(shape.id().removeprefix("part_"))]
            table[number] = label_of(part)
    return table[hits]


def _shape_number(mi: Any, shape: Any, order: int) -> int:
    """What the renderer calls the shape: its place in the registry, which older scenes share, or in the scene."""
    if "scalar" in mi.variant():
        return order + 1
    import drjit

    return int(drjit.reinterpret_array(mi.UInt32, mi.ShapePtr(shape))[0])


def _scene(
    mi: Any, merged: Sequence[Part], casting: Casting, *, camera: Camera, light: Floats, quality: Quality, shift: float
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
    for index, part in enumerate(merged):
        scene[f"part_{index:03d}"] = shape_of(mi, part, casting, shift=shift)
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


def _denoised(layers: Floats) -> Floats:
    import pyoidn

    colour = np.ascontiguousarray(layers[..., :3], dtype=np.float32)
    alpha = np.clip(layers[..., 3:4], 0, 1)
    # White where there is anything: the denoiser asks for that on mirrors and glass; traced albedo turned them green.
    albedo = np.ascontiguousarray(np.repeat(alpha, 3, axis=2), dtype=np.float32)
    normal = np.ascontiguousarray(layers[..., 4:7], dtype=np.float32)
    clean = pyoidn.denoise(colour, albedo=albedo, normal=normal, hdr=True)
    return np.concatenate([np.asarray(clean), alpha], axis=2).astype(np.float64)
