"""An ear on the side of a head, seen from -y; z up, the lobe's front at the origin, the face towards -x.

The rim, the fold within it, the bowl and the two small knobs are bones bent along curves, united with the head.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from parure.render.bodies.flesh import Bone, Flesh, Limb, bones, mesh_of, reach_from
from parure.render.bodies.skin import TONES, blush, mottled
from parure.render.mesh import Floats, Mesh, Part, join
from parure.render.solids import tube

__all__ = ["EarShape", "ear_flesh", "ear_parts"]

# x, y, z along the rim from the bowl over the top to the lobe, and the radius there
_RIM = np.array(
    [
        [-3, 7, 27, 2.2], [-9, 4, 33, 3.0], [-11.5, 1.5, 43, 3.4], [-9, 0, 52, 3.4], [-2, -2, 58, 3.3],
        [6, -4, 60, 3.2], [14, -6, 56, 3.0], [19.5, -8, 48, 2.8], [21.5, -9, 38, 2.7],
        [20.5, -8.5, 28, 2.6], [17.5, -6, 18, 2.5],
        [13.5, -3, 9, 2.6], [10, 0, 3, 2.8],
    ]
)  # fmt: skip
_FOLD = np.array(
    [
        [2, 1, 11.5, 3.2],
        [7, -1.5, 13, 3.0],
        [11.5, -4, 20, 2.9],
        [12.8, -5.5, 29, 3.1],
        [10, -5, 38, 3.2],
        [5, -3, 46, 2.8],
    ]
)
_FORK = np.array([[10, -5, 38, 3.0], [3, -1.5, 41.5, 2.4], [-4, 1.5, 42, 2.0]])


@dataclass(frozen=True)
class EarShape:
    tone: str
    lobe: float  # radius of the lobe, mm
    tall: float  # 1 is average
    flare: float  # degrees the rim stands off the head
    hair: tuple[float, float, float] | None
    faces_right: bool

    @classmethod
    def sample(cls, random: Generator) -> EarShape:
        colours = [
            (0.015, 0.010, 0.008),
            (0.06, 0.03, 0.018),
            (0.16, 0.08, 0.035),
            (0.42, 0.27, 0.13),
            (0.25, 0.08, 0.03),
        ]
        return cls(
            tone=str(random.choice(TONES)),
            lobe=random.uniform(7.6, 9.4),
            tall=random.uniform(0.94, 1.06),
            flare=random.uniform(-6, 8),
            hair=colours[int(random.integers(len(colours)))] if random.random() < 0.75 else None,
            faces_right=bool(random.random() < 0.5),
        )


def ear_flesh(shape: EarShape) -> Flesh:
    """The piercing is put at the origin: the front of the lobe has y = 0 there."""
    flesh = Flesh(Limb(_head(), 9.0), (Limb(_ear(shape), 1.1),), 4.0)
    depth = reach_from(flesh, np.array([[0.0, 3.2, 0.0]]), np.array([[0.0, -1.0, 0.0]]), furthest=9.0)[0]
    shift = float(depth) - 3.2
    return replace(flesh, trunk=_moved(flesh.trunk, shift), limbs=tuple(_moved(limb, shift) for limb in flesh.limbs))


def _moved(limb: Limb, y: float) -> Limb:
    def along(point: tuple[float, float, float]) -> tuple[float, float, float]:
        return point[0], point[1] + y, point[2]

    return Limb(tuple(replace(bone, start=along(bone.start), end=along(bone.end)) for bone in limb.bones), limb.blend)


def _head() -> tuple[Bone, ...]:
    return (
        Bone((-110.0, 78.0, 34.0), (42.0, 76.0, 62.0), 68.0, 68.0),
        Bone((-80.0, 76.0, 75.0), (40.0, 76.0, 95.0), 68.0, 68.0),
        *bones([[6, 32, 4], [-4, 38, -30], [-120, 66, -62]], [19.0, 21.0, 26.0]),  # the jaw
        *bones([[-12, 34, 20], [-110, 52, 2]], [24.0, 36.0]),  # the cheek
        *bones([[18, 80, -20], [26, 84, -230]], [52.0, 54.0]),  # the neck
        *bones([[26, 34, -12], [-22, 66, -150]], [14.0, 15.0]),  # its cord
    )


def _ear(shape: EarShape) -> tuple[Bone, ...]:
    stretch = np.array([1.0, 1.0, shape.tall])
    tilt = np.radians(shape.flare)

    def bent(rows: Floats) -> list[Bone]:
        points = rows[:, :3] * stretch
        points[:, 1] -= np.tan(tilt) * np.maximum(points[:, 0] + 10, 0)
        return bones(_eased(points), [float(r) for r in _eased(rows[:, 3:])[:, 0]])

    result = bent(_RIM) + bent(_FOLD) + bent(_FORK)
    result += [
        _leaf((3.0, 5.5, 22.0), (4.0, 4.0, 44.0), 12.5, 11.0, 4.6),  # the floor of the bowl
        _leaf((13.0, -1.0, 20.0), (13.5, -3.5, 46.0), 7.5, 7.5, 3.6),  # between rim and fold
        _leaf((1.0, 2.6, 4.0), (2.5, 2.6, 0.0), shape.lobe, shape.lobe, 3.4),
        _leaf((0.0, 4.0, 8.0), (-4.0, 7.0, 8.0), 6.0, 6.0, 1.8),
    ]
    result += bones([[-11.0, 4.0, 23.0], [-6.5, -0.5, 21.0]], [5.2, 2.6])  # tragus
    result += bones([[2.5, -0.5, 11.5], [6.0, -1.2, 13.0]], [3.2, 3.0])  # antitragus
    return tuple(result)


def _leaf(
    start: tuple[float, float, float], end: tuple[float, float, float], first: float, second: float, squash: float
) -> Bone:
    """A flat bone that faces outward and a little to the front."""
    return Bone(start, end, first, second, squash, (-0.25, -1.0, 0.0))


def _eased(points: Floats, factor: int = 4) -> Floats:
    """A smooth curve through points (n, k)."""
    from scipy.interpolate import CubicSpline

    knots = np.arange(len(points))
    return np.asarray(CubicSpline(knots, points)(np.linspace(0, len(points) - 1, factor * (len(points) - 1) + 1)))


def _axes() -> tuple[Floats, Floats, Floats]:
    fine, coarse = 0.95, 4.0
    x = np.concatenate([np.arange(-118.0, -19, coarse), np.arange(-18.0, 27, fine), np.arange(28.0, 126, coarse)])
    y = np.concatenate([np.arange(-16.0, 22, fine), np.arange(23.0, 86, coarse)])
    z = np.concatenate([np.arange(-170.0, -12, coarse), np.arange(-11.0, 68, fine), np.arange(69.0, 150, coarse)])
    return x, y, z


def ear_parts(shape: EarShape, random: Generator) -> list[Part]:
    flesh = ear_flesh(shape)
    mesh = mesh_of(flesh, _axes())
    points = mesh.vertices
    rosy = np.array([[4.0, 0, 2], [20, -6, 34], [4, 4, 26]])
    tint = mottled(points, random, scale=24.0, strength=0.025)
    tint *= blush(points, rosy, radius=12.0, strength=random.uniform(0.04, 0.16))
    parts = [Part("skin", shape.tone, mesh, tint=np.clip(tint, 0.4, 1.2))]
    if shape.hair is not None:
        parts.append(_hair(flesh, shape.hair, random))
    return [_mirrored(part) for part in parts] if shape.faces_right else parts


def _mirrored(part: Part) -> Part:
    return replace(part, mesh=Mesh(part.mesh.vertices * np.array([-1.0, 1, 1]), part.mesh.faces[:, ::-1]))


def _hair(flesh: Flesh, colour: tuple[float, float, float], random: Generator, *, locks: int = 230) -> Part:
    """Locks combed back over the ear from the temple, each laid on the head."""
    t = np.linspace(0, 1, 16)
    heights = random.uniform(0, 1, locks) ** 0.8
    meshes, tints = [], []
    starts = np.column_stack([-92 + 22 * heights + random.normal(0, 8, locks), 61 + 66 * heights])
    falls = random.uniform(26, 44) * (1.15 - 0.5 * heights) + random.normal(0, 3, locks)
    phases = random.uniform(0, 6, locks)
    x = starts[:, :1] + (232 + random.normal(0, 5, locks))[:, None] * t
    z = starts[:, 1:] + 10 * np.sin(np.pi * t * 0.8) - falls[:, None] * t**2.2 + 1.6 * np.sin(5 * t + phases[:, None])
    origins = np.stack([x, np.full_like(x, 76.0), z], axis=-1).reshape(-1, 3)
    away = reach_from(Flesh(flesh.trunk), origins, np.tile([0.0, -1.0, 0.0], (len(origins), 1)), furthest=90.0)
    y = 76.0 - away.reshape(x.shape) - random.uniform(0.0, 4.0, locks)[:, None] * np.sin(np.pi * np.clip(t * 1.3, 0, 1))
    for lock in range(locks):
        mesh = tube(np.column_stack([x[lock], y[lock], z[lock]]), float(random.uniform(0.9, 2.0)), taper=0.3, sides=6)
        meshes.append(mesh)
        shade = np.asarray(colour) * random.uniform(0.6, 1.5)
        tints.append(np.tile(shade, (len(mesh.vertices), 1)))
    return Part("prop", "rubber_white", join(meshes), tint=np.clip(np.vstack(tints), 0, 1))
