"""A neck with collarbones, shoulders and chest, facing -y; z up, the pit of the throat near the origin.

The same flesh, plainer and cut off level, is the velvet bust of a shop window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.bodies.flesh import Bone, Flesh, Limb, bones, mesh_of, net
from parure.render.bodies.skin import TONES, VELVETS, blush, mottled
from parure.render.mesh import Floats, Part

__all__ = ["NeckShape", "bust_parts", "neck_flesh", "neck_parts", "neck_surface"]

_CLOTH = 2.0  # mm of garment over the skin


@dataclass(frozen=True)
class NeckShape:
    """How one neck is built; `collarbones` in mm they stand out, `neckline` of a garment or blank."""

    tone: str
    girth: float  # of the neck, 1 is average
    slope: float  # how far the shoulders fall, mm
    collarbones: float
    neckline: str = ""
    cloth: tuple[float, float, float] = (0.5, 0.5, 0.5)
    bust: bool = False

    @classmethod
    def sample(cls, random: Generator) -> NeckShape:
        cloths = [(0.04, 0.04, 0.05), (0.9, 0.88, 0.84), (0.35, 0.06, 0.08), (0.10, 0.16, 0.30), (0.45, 0.50, 0.42)]
        return cls(
            tone=str(random.choice(TONES)),
            girth=random.uniform(0.92, 1.1),
            slope=random.uniform(-6, 14),
            collarbones=random.uniform(4.0, 7.5),
            neckline=str(random.choice(["", "scoop", "vee", "boat", "strapless"])),
            cloth=cloths[int(random.integers(len(cloths)))],
        )

    @classmethod
    def sample_bust(cls, random: Generator) -> NeckShape:
        return cls(str(random.choice(VELVETS)), random.uniform(0.92, 1.02), random.uniform(0, 18), 0.0, bust=True)


def neck_flesh(shape: NeckShape) -> Flesh:
    trunk = Limb((*_throat(shape), *_shoulders(shape), *_chest(shape)), 9.0)
    if shape.bust:
        cuts = (
            ((0.0, 0.0, 78.0), (0.0, 0.0, 1.0)),
            ((0.0, 0.0, -175.0), (0.0, 0.0, -1.0)),
            ((150.0, 0.0, 0.0), (0.96, 0.0, -0.28)),
            ((-150.0, 0.0, 0.0), (-0.96, 0.0, -0.28)),
            ((0.0, 45.0, 0.0), (0.0, 1.0, 0.0)),
        )
        return Flesh(trunk, cuts=cuts)
    pit = Limb((Bone((0.0, -55.0, 3.0), (0.0, -54.0, 9.0), 9.0, 7.0),), 4.0)
    return Flesh(trunk, (Limb(_cords(shape), 4.0),), 9.0, pit)


def _throat(shape: NeckShape) -> list[Bone]:
    girth = 54.0 * shape.girth
    result = [Bone((0.0, 24.0, -40.0), (0.0, 2.0, 85.0), girth, 0.97 * girth)]
    if not shape.bust:
        result += bones([[0, 2, 85], [0, 0, 170]], [0.95 * girth, 66.0])
        result += bones([[26, -20, 128], [0, -58, 116]], [24.0, 17.0])  # the jaw, both sides, and the chin
        result += bones([[-26, -20, 128], [0, -58, 116]], [24.0, 17.0])
        result += bones([[52, 4, 142], [26, -20, 126]], [22.0, 21.0])
        result += bones([[-52, 4, 142], [-26, -20, 126]], [22.0, 21.0])
    return result


def _shoulders(shape: NeckShape) -> list[Bone]:
    result: list[Bone] = []
    for side in (-1.0, 1.0):
        fall = shape.slope
        result += bones([[side * 26, 26, 52], [side * 62, 26, 8], [side * 140, 22, -26 - fall]], [26.0, 27.0, 27.0])
        result += bones([[side * 152, 16, -52 - fall], [side * 176, 14, -190 - fall]], [44.0, 40.0])
    return result


def _chest(shape: NeckShape) -> list[Bone]:
    result: list[Bone] = []
    for z, half, y, radius in ((-50.0, 100.0, 20.0, 47.0), (-100.0, 92.0, 10.0, 62.0), (-190.0, 70.0, 5.0, 80.0)):
        result.append(Bone((-half, y, z), (half, y, z), radius, radius))
    for side in () if shape.bust else (-1.0, 1.0):
        result += bones([[side * 60, -28, -120], [side * 68, -62, -185]], [42.0, 55.0])
    return result


def _cords(shape: NeckShape) -> tuple[Bone, ...]:
    """Collarbones and the two cords that run from the pit of the throat to behind the ears."""
    result: list[Bone] = []
    thick = shape.collarbones
    for side in (-1.0, 1.0):
        bow = [[side * 13, -40, -6], [side * 42, -41, -1], [side * 82, -22, 4], [side * 138, 8, -8 - shape.slope]]
        result += bones(bow, [thick + 1, thick, thick - 0.5, thick - 1])
        result += bones([[side * 10, -40, -1], [side * 30, -34, 45], [side * 50, 6, 105]], [5.0, 8.5, 10.0])
    return tuple(result)


def _axes(shape: NeckShape, step: float) -> tuple[Floats, Floats, Floats]:
    middle = np.arange(-78.0, 78.1, step)
    side = np.arange(1.6 * step, 140.0, 1.6 * step)
    x = np.concatenate([-78 - side[::-1], middle, middle[-1] + side])
    y = np.arange(-128.0, 96.0, 1.3 * step)
    top = 88.0 if shape.bust else 190.0
    z = np.concatenate(
        [np.arange(-230.0, -92.0, 1.5 * step), np.arange(-92.0, 70.0, step), np.arange(71.0, top, 1.4 * step)]
    )
    return x, y, z


def neck_parts(shape: NeckShape, random: Generator, *, step: float = 2.6) -> list[Part]:
    """Skin, and over it a garment if there is one."""
    flesh, axes = neck_flesh(shape), _axes(shape, step)
    values = flesh.on_grid(axes)
    mesh = net(values, axes)
    points = mesh.vertices
    flush = np.array([[0.0, -52, -40], [40, -52, -30], [-40, -52, -30]])
    tint = mottled(points, random, scale=38.0, strength=0.03)
    tint *= blush(points, flush, radius=45.0, strength=random.uniform(0.0, 0.09))
    parts = [Part("skin", shape.tone, mesh, tint=np.clip(tint, 0.4, 1.2))]
    if shape.neckline:
        parts.append(_garment(shape, values, axes))
    return parts


def _garment(shape: NeckShape, values: Floats, axes: tuple[Floats, Floats, Floats]) -> Part:
    """Cloth two millimetres over the skin, below the neckline."""
    x, z = axes[0][:, None, None], axes[2][None, None, :]
    cloth = np.maximum(values - _CLOTH, 0.8 * (z - _neckline(shape, x)))
    mesh = net(np.asarray(cloth), axes)
    return Part("prop", "paper", mesh, tint=np.tile(np.asarray(shape.cloth), (len(mesh.vertices), 1)))


def _neckline(shape: NeckShape, across: Floats) -> Floats:
    """The height (z) of the garment's edge at each x."""
    x = np.abs(across)
    if shape.neckline == "scoop":
        return np.asarray(-118 + 118 * (np.minimum(x, 112) / 112) ** 3.2)
    if shape.neckline == "vee":
        return np.asarray(-135 + 1.75 * np.minimum(x, 78))
    if shape.neckline == "boat":
        return np.asarray(-44 + 0.26 * np.minimum(x, 200))
    return np.asarray(-132 + 4 * np.cos(x / 24))


def neck_surface(shape: NeckShape) -> Callable[[Floats], Floats]:
    """Distance from what lies uppermost at a point: skin, or the garment over it."""
    flesh = neck_flesh(shape)

    def distance(points: Floats) -> Floats:
        bare = flesh.distance(points)
        if not shape.neckline:
            return bare
        covered = np.clip((_neckline(shape, points[:, 0]) + 2.0 - points[:, 2]) / 4.0, 0, 1)
        return np.asarray(bare - _CLOTH * covered)

    return distance


def bust_parts(shape: NeckShape, *, step: float = 2.6) -> list[Part]:
    return [Part("prop", shape.tone, mesh_of(neck_flesh(shape), _axes(shape, step)))]
