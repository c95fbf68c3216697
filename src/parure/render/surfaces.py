"""Materials as the renderer wants them, and parts as its meshes.

Where the colour changes over a part, the colour of each vertex travels with the mesh under the name `vertex_colour`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from parure.render.finishes import finish_named, shaped_normals, surface_shade
from parure.render.materials import (
    OPAQUE_GEMS,
    TRANSPARENT_GEMS,
    Casting,
    OpaqueGem,
    Rgb,
    Stuff,
    TransparentGem,
    metal_named,
    stuff_named,
)
from parure.render.mesh import METAL, SECOND_METAL, Floats, Mesh, Part

__all__ = ["Node", "is_blend", "shape_of", "surface_node"]

Node = dict[str, Any]
_INDICES = (1.45, 1.55, 1.58, 1.63, 1.68, 1.76, 1.95, 2.417)  # few, because each is compiled anew: see `uniform`
_MELEE_MIRROR = 0.3  # share of a melee's crown that mirrors: sparkle that its few pixels would average to grey


def shape_of(mi: Any, part: Part, casting: Casting) -> Any:
    """A renderer's mesh of a part, dressed."""
    mesh, normals = part.mesh, _vertex_normals(part.mesh)
    is_metal = part.material in (METAL, SECOND_METAL)
    shade = surface_shade(part, normals, casting) if is_metal else None
    tint = _product(part.tint, shade)
    if is_metal and part.smooth:
        normals = shaped_normals(part, normals, casting.finish)
    properties = mi.Properties()
    properties["surface"] = mi.load_dict(surface_node(part.material, part.label, casting, tinted=tint is not None))
    shape = mi.Mesh(part.label, len(mesh.vertices), len(mesh.faces), props=properties, has_vertex_normals=part.smooth)
    if tint is not None:
        colours = np.clip(tint * np.asarray(_base_colour(part.material, casting)), 0.0, 0.99)
        shape.add_attribute("vertex_colour", 3, colours.astype(np.float32).ravel())
    buffers = mi.traverse(shape)
    buffers["vertex_positions"] = mesh.vertices.astype(np.float32).ravel()
    buffers["faces"] = mesh.faces.astype(np.uint32).ravel()
    if part.smooth:
        buffers["vertex_normals"] = normals.astype(np.float32).ravel()
    buffers.update()
    return shape


def _product(first: Floats | None, second: Floats | None) -> Floats | None:
    if first is None or second is None:
        return second if first is None else first
    return first * second


def _base_colour(material: str, casting: Casting) -> Rgb:
    if material in (METAL, SECOND_METAL):
        return metal_named(_metal_name(material, casting)).reflectance
    if material in TRANSPARENT_GEMS:
        return _through(TRANSPARENT_GEMS[material])
    return OPAQUE_GEMS[material].colour if material in OPAQUE_GEMS else stuff_named(material).colour


def _metal_name(material: str, casting: Casting) -> str:
    return casting.second or casting.metal if material == SECOND_METAL else casting.metal


def _through(gem: TransparentGem) -> Rgb:
    """What one crossing of the surface leaves of white light."""
    red, green, blue = (channel**0.5 for channel in gem.tint)
    return red, green, blue


def surface_node(material: str, label: str, casting: Casting, *, tinted: bool = False) -> Node:
    """What the renderer loads for a material; `tinted` where the colour changes over the part."""
    colour = _base_colour(material, casting)
    paint: Node = {"type": "mesh_attribute", "name": "vertex_colour"} if tinted else _flat(colour)
    if material in (METAL, SECOND_METAL):
        return _metal_surface(paint, _metal_name(material, casting), casting.finish)
    if material in TRANSPARENT_GEMS:
        refraction = TRANSPARENT_GEMS[material].refraction
        index = min(_INDICES, key=lambda known: abs(known - refraction))
        stone: Node = {"type": "dielectric", "int_ior": index, "specular_transmittance": paint}
        return _blend(stone, _conductor(_flat(colour), 0.05), _MELEE_MIRROR) if label == "side_stone" else stone
    if material.endswith("pearl"):
        nacre = _glazed(paint, 0.14)
        red, green, blue = (channel**0.3 for channel in OPAQUE_GEMS[material].colour)  # a dark pearl mirrors darkly
        return _blend(nacre, _conductor(_flat((red, green, blue)), 0.17), 0.36)
    if material in OPAQUE_GEMS:
        return _opaque_gem(OPAQUE_GEMS[material], paint)
    return _stuff_surface(stuff_named(material), paint)


def is_blend(material: str, label: str) -> bool:
    """Whether the surface is made of two."""
    gem = OPAQUE_GEMS.get(material)
    melee = material in TRANSPARENT_GEMS and label == "side_stone"
    return melee or material.endswith("pearl") or bool(gem and (gem.clarity or gem.lustre))


def _metal_surface(paint: Node, metal: str, finish_name: str) -> Node:
    polished, finish = metal_named(metal).roughness, finish_named(finish_name)
    return _conductor(paint, max(polished, finish.along), max(polished, finish.across))


def _opaque_gem(gem: OpaqueGem, paint: Node) -> Node:
    surface = _glazed(paint)
    if gem.clarity:
        window = {"type": "dielectric", "int_ior": 1.55, "specular_transmittance": paint}
        surface = _blend(surface, window, gem.clarity)
    return _blend(surface, _conductor(paint, 0.2), gem.lustre) if gem.lustre else surface


def _stuff_surface(stuff: Stuff, paint: Node) -> Node:
    if stuff.clarity:
        return {"type": "dielectric", "int_ior": 1.5, "specular_transmittance": paint}
    if not stuff.roughness:
        return _glazed(paint)
    look = {"roughness": stuff.roughness, "metallic": stuff.metallic, "specular": 0.4}
    soft = {"sheen": stuff.sheen, "sheen_tint": 0.6} if stuff.sheen else {}
    return {"type": "principled", "base_color": paint, **look, **soft}


def _glazed(paint: Node, roughness: float = 0.0) -> Node:
    """A coloured body under a clear polish of refraction 1.58, as gems, nacre and enamel have it."""
    if paint["type"] == "mesh_attribute":  # the plastics want the mean of their colour, which an attribute cannot tell
        return {"type": "principled", "base_color": paint, "roughness": max(roughness**0.5, 0.12), "specular": 0.63}
    look: Node = {"type": "roughplastic", "alpha": roughness} if roughness else {"type": "plastic"}
    return look | {"diffuse_reflectance": paint, "int_ior": 1.58}


def _flat(colour: Rgb) -> Node:
    return {"type": "rgb", "value": list(colour)}


def _blend(first: Node, second: Node, share_of_second: float) -> Node:
    return {"type": "blendbsdf", "weight": share_of_second, "first": first, "second": second}


def _conductor(paint: Node, along: float, across: float | None = None) -> Node:
    return {
        "type": "roughconductor",
        "material": "none",
        "alpha_u": along,
        "alpha_v": along if across is None else across,
        "distribution": "ggx",
        "specular_reflectance": paint,
    }


def _vertex_normals(mesh: Mesh) -> Floats:
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    facing = np.cross(b - a, c - a)
    total = np.column_stack(
        [sum(np.bincount(mesh.faces[:, k], facing[:, axis], len(mesh.vertices)) for k in range(3)) for axis in range(3)]
    )
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))
