"""Materials as the renderer wants them, and parts as its meshes."""

from __future__ import annotations

from typing import Any

import numpy as np

from parure.render.materials import DISPERSIVE, METALS, OPAQUE_GEMS, TRANSPARENT_GEMS, Casting, Metal
from parure.render.mesh import METAL, Floats, Mesh, Part

__all__ = ["shape_of"]


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


def shape_of(mi: Any, part: Part, casting: Casting, *, shift: float = 0.0) -> Any:
    """A renderer's mesh of a part, dressed; `shift` is the share of the dispersion that this channel sees."""
    mesh = part.mesh
    surface = _surface(part.material, METALS[casting.metal], shift)
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
