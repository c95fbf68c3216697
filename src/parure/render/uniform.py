"""Scenes made alike for the compiler, so that a picture seldom waits for it.

The renderer compiles a kernel for each scene it has not seen the like of, a second or more, and keeps it on disk. What
makes scenes differ to it: which kinds of surfaces there are, how many shapes and how many surfaces, and the refractive
indices of stones, which are written into the code. So numbers are made round with grains too small to be seen, and
indices are rounded in `surfaces`. A grain of every kind in every scene would leave a handful of kernels, but each
picture then takes longer to prepare than it waits: .2 s.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from parure.render.materials import Casting
from parure.render.mesh import METAL, Part
from parure.render.surfaces import Node, is_blend, surface_node

__all__ = ["grains"]

_SHAPES, _BLENDS = 4, 2  # numbers of shapes and of blended surfaces are multiples of these
_SIZE = 1e-6  # mm


def grains(mi: Any, parts: Sequence[Part]) -> dict[str, Any]:
    """Shapes to add to a scene of these (merged) parts, by name; they lie at the origin."""
    blends = sum(is_blend(part.material, part.label) for part in parts)
    more_blends = -blends % _BLENDS
    more = -(len(parts) + more_blends) % _SHAPES
    casting = Casting("yellow_gold")
    blend, plain = surface_node("white_pearl", "bead", casting), surface_node(METAL, "band", casting)
    added = [_grain(mi, node) for node in (*repeat(blend, more_blends), *repeat(plain, more))]
    return {f"grain_{number}": shape for number, shape in enumerate(added)}


def _grain(mi: Any, node: Node) -> Any:
    properties = mi.Properties()
    properties["surface"] = mi.load_dict(node)
    shape = mi.Mesh("grain", 3, 1, props=properties, has_vertex_normals=True)
    buffers = mi.traverse(shape)
    buffers["vertex_positions"] = [0, 0, 0, _SIZE, 0, 0, 0, _SIZE, 0]
    buffers["faces"] = [0, 1, 2]
    buffers["vertex_normals"] = [0, 0, 1] * 3
    buffers.update()
    return shape
