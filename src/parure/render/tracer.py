"""The path tracer: Mitsuba for light, Open Image Denoise for the grain. The only module that loads either.

The piece is traced alone and cut out by its alpha; paper and shadow are added afterwards in `picture`. The vectorised
variant needs LLVM (set DRJIT_LIBLLVM_PATH if it is not found); without it the scalar variant runs, about three times
slower.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from parure.render.uniform import grains

__all__ = ["Quality", "Traced", "trace"]

_NORMAL_SAMPLES = 4  # rays a pixel for the normals that guide the denoiser


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
    shifts = _channel_shifts(merged)
    share = replace(quality, samples=-(-quality.samples // len(shifts)))
    scene = _scene(mi, merged, casting, camera=camera, light=light, quality=share)
    indices = _refractive_indices(mi, scene, merged)
    layers = []
    for shift in shifts:
        _bend(mi, scene, {key: index + shift * spread for key, (index, spread) in indices.items()})
        # The same paths for each channel: of others, the noise of a small stone would be coloured like an opal.
        layers.append(np.array(mi.render(scene, seed=seed), dtype=np.float64))
    normals = _first_hits(mi, scene, camera, replace(quality, samples=_NORMAL_SAMPLES))[..., 1:]
    hits = _first_hits(mi, scene, camera, replace(quality, samples=1))[..., 0]
    seen = _seen_parts(mi, scene, hits)
    labels = np.array([0, *(label_of(part) for part in merged)], np.uint8)[seen]
    splitting = np.array([False, *(part.material in DISPERSIVE for part in merged)])[seen]
    return Traced(_denoised(_mixed(layers, splitting), normals), labels)


def _mixed(layers: Sequence[Floats], splitting: NDArray[np.bool_]) -> Floats:
    """One picture of the traces: their mean, but a colour of its own trace where a stone splits light, or beside."""
    mixed: Floats = np.mean(layers, axis=0)
    if len(layers) == 3:
        apart = np.stack([layer[..., k] for k, layer in enumerate(layers)], axis=-1)
        mixed[..., :3] = np.where(_widened(splitting)[..., None], apart, mixed[..., :3])
    return mixed


def _widened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """By one pixel each way."""
    padded = np.pad(mask, 1)
    high, wide = mask.shape
    return np.asarray(np.any([padded[y : y + high, x : x + wide] for y in range(3) for x in range(3)], axis=0))


def _channel_shifts(parts: Sequence[Part]) -> tuple[float, ...]:
    """How far red, green and blue light part ways: diamond splits white light, so each channel gets its own trace."""
    splits = any(part.material in DISPERSIVE for part in parts)
    return (-1.0, 0.0, 1.0) if splits else (0.0,)


def _refractive_indices(mi: Any, scene: Any, merged: Sequence[Part]) -> dict[str, tuple[float, float]]:
    """Of stones that split light: the renderer's name of the refractive index, its value, and its spread."""
    found = {}
    for key, value in mi.traverse(scene):
        owner = merged[int(key.split(".")[0].removeprefix("part_"))] if key.startswith("part_") else None
        if owner and owner.material in DISPERSIVE and key.endswith(".eta"):
            found[key] = (float(value), DISPERSIVE[owner.material])
    return found


def _bend(mi: Any, scene: Any, indices: Mapping[str, float]) -> None:
    known = mi.traverse(scene)
    for key, index in indices.items():
        known[key] = index
    known.update()


def _first_hits(mi: Any, scene: Any, camera: Camera, quality: Quality) -> NDArray[np.float32]:
    """(size, size, 4): number of the shape first met and its normal, mean of the pixel's rays.

    Apart from the light: asked for together, the renderer follows every path twice.
    """
    integrator = mi.load_dict({"type": "aov", "aovs": "hit:shape_index,normal:sh_normal"})
    sensor = mi.load_dict(_sensor(mi, camera, quality))
    return np.array(mi.render(scene, integrator=integrator, sensor=sensor, seed=0))[..., -4:]


def _seen_parts(mi: Any, scene: Any, hits: NDArray[np.float32]) -> NDArray[np.int64]:
    """The part each pixel shows, counted from 1; 0 for none."""
    numbers = hits.astype(np.int64)
    table = np.zeros(int(numbers.max()) + 1, np.int64)
    for order, shape in enumerate(scene.shapes()):
        number = _shape_number(mi, shape, order)
        if number < len(table) and shape.id().startswith("part_"):
            table[number] = 1 + int(shape.id().removeprefix("part_"))
    return table[numbers]


def _shape_number(mi: Any, shape: Any, order: int) -> int:
    """What the renderer calls the shape: its place in the registry, or in the scene."""
    if "scalar" in mi.variant():
        return order + 1
    import drjit

    return int(drjit.reinterpret_array(mi.UInt32, mi.ShapePtr(shape))[0])


def _scene(
    mi: Any, merged: Sequence[Part], casting: Casting, *, camera: Camera, light: Floats, quality: Quality
) -> Any:
    scene: dict[str, Any] = {
        "type": "scene",
        "integrator": {"type": "path", "max_depth": quality.depth, "rr_depth": 20, "hide_emitters": True},
        "sensor": _sensor(mi, camera, quality),
        "light": {
            "type": "envmap",
            "bitmap": mi.Bitmap(light.astype(np.float32)),
            "to_world": mi.ScalarTransform4f().rotate([1, 0, 0], 90),
        },
    }
    for index, part in enumerate(merged):
        scene[f"part_{index:03d}"] = shape_of(mi, part, casting)
    return mi.load_dict(scene | grains(mi, merged))


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


def _denoised(layers: Floats, normals: NDArray[np.float32]) -> Floats:
    import pyoidn

    colour = np.ascontiguousarray(layers[..., :3], dtype=np.float32)
    alpha = np.clip(layers[..., 3:4], 0, 1)
    # White where there is anything: the denoiser asks for that on mirrors and glass; traced albedo turned them green.
    albedo = np.ascontiguousarray(np.repeat(alpha, 3, axis=2), dtype=np.float32)
    clean = pyoidn.denoise(colour, albedo=albedo, normal=np.ascontiguousarray(normals), hdr=True)
    return np.concatenate([np.asarray(clean), alpha], axis=2).astype(np.float64)
