"""A hand with its forearm: palm down (-z), fingers along +y, the wrist at the origin, the thumb at -x.

Fingers are bent chains of bones, so every finger knows its joints and the direction of its back; that is where rings
go. A left hand is the mirror image, made from mirrored joints.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from parure.render.bodies.flesh import Bone, Flesh, Limb, bones, mesh_of
from parure.render.bodies.skin import TONES, blush, mottled, near_line
from parure.render.mesh import Floats, Mesh, Part, rotation
from parure.render.outlines import evenly
from parure.render.solids import plate

__all__ = ["Finger", "Hand", "HandShape", "hand_parts", "posed"]

_KNUCKLES = np.array([[-27.0, 83, 1.5], [-8.5, 88, 3.5], [10.5, 84.5, 2.5], [28.0, 76, -1.5]])
_LENGTHS = np.array([[40.0, 24, 17], [45, 28, 18], [42, 27, 18], [33, 20, 16]])
_GIRTHS = np.array([1.0, 1.02, 0.97, 0.87])


@dataclass(frozen=True)
class HandShape:
    """How one hand is built and held; angles in degrees, `bends` (4, 2) at the knuckle and at the middle joint."""

    tone: str
    slender: float  # 1 is average; 0.9 has long thin fingers
    spreads: tuple[float, ...]
    bends: tuple[tuple[float, float], ...]
    thumb_out: float
    nail_length: float  # mm beyond the fingertip
    polish: str  # material of the nails
    left: bool

    @classmethod
    def sample(cls, random: Generator, *, parted: int | None = None) -> HandShape:
        """`parted` is the finger (0 to 3) whose neighbours keep off, so that a ring has room."""
        fan = random.uniform(0.5, 1.7)
        spreads = np.array([-7.0, -1.5, 4.0, 12.0]) * fan + random.normal(0, 1.0, 4)
        if parted is not None:
            spreads[:parted] -= 2.5
            spreads[parted + 1 :] += 2.5
        start, curl = random.choice([4.0, 12.0, 25.0]), random.choice([8.0, 20.0, 38.0])
        bends = [
            (start + 2.5 * k + random.normal(0, 2.5), max(3.0, curl + 3.5 * k + random.normal(0, 4))) for k in range(4)
        ]
        return cls(
            tone=str(random.choice(TONES)),
            slender=random.uniform(0.88, 1.02),
            spreads=tuple(float(s) for s in spreads),
            bends=tuple((float(a), float(b)) for a, b in bends),
            thumb_out=random.uniform(-4, 22),
            nail_length=random.uniform(0.3, 3.0) if random.random() < 0.6 else random.uniform(3.0, 7.0),
            polish=str(random.choice(["nail_bare", "nail_nude", "nail_red", "nail_black"], p=[0.55, 0.2, 0.2, 0.05])),
            left=bool(random.random() < 0.6),
        )


@dataclass(frozen=True)
class Finger:
    """Joints from knuckle to tip (4, 3), the backs of the three bones (3, 3), radii at the joints (4,)."""

    joints: Floats
    backs: Floats
    radii: Floats

    def scaled(self, factor: float) -> Finger:
        return Finger(self.joints * factor, self.backs, self.radii * factor)


@dataclass(frozen=True)
class Hand:
    """`fingers` from index to little, then the thumb."""

    flesh: Flesh
    fingers: tuple[Finger, ...]
    shape: HandShape
    scale: float = 1.0

    def scaled(self, factor: float) -> Hand:
        fingers = tuple(finger.scaled(factor) for finger in self.fingers)
        return Hand(self.flesh.scaled(factor), fingers, self.shape, self.scale * factor)


def posed(shape: HandShape) -> Hand:
    fingers = [_finger(shape, k) for k in range(4)] + [_thumb(shape)]
    if shape.left:
        flip = np.array([-1.0, 1, 1])
        fingers = [Finger(f.joints * flip, f.backs * flip, f.radii) for f in fingers]
    limbs = tuple(Limb(_finger_bones(finger), 1.0) for finger in fingers)
    return Hand(Flesh(Limb(_palm(fingers, shape), 2.2), limbs, 5.0), tuple(fingers), shape)


def _finger(shape: HandShape, index: int) -> Finger:
    bend, curl = shape.bends[index]
    lean = (-9.0, -3.0, 3.0, 10.0)[index]
    turn = rotation((0, 0, 1), -shape.spreads[index]) @ rotation((0, 1, 0), lean)
    joints, backs = [_KNUCKLES[index]], []
    for length, more in zip(_LENGTHS[index], (bend, curl, 0.55 * curl), strict=True):
        turn = turn @ rotation((1, 0, 0), -more)
        backs.append(turn[:, 2])
        joints.append(joints[-1] + turn[:, 1] * length * (2 - shape.slender))
    radii = np.array([9.3, 8.2, 7.0, 5.6]) * _GIRTHS[index] * shape.slender
    return Finger(np.array(joints), np.array(backs), radii)


def _thumb(shape: HandShape) -> Finger:
    turn = rotation((0, 0, 1), shape.thumb_out) @ rotation((0, 1, 0), -48)
    root, knuckle = np.array([-19.0, 16.0, -7.0]), np.array([-19.0, 16.0, -7.0])
    direction = rotation((0, 0, 1), shape.thumb_out) @ np.array([-0.52, 0.82, -0.22])
    knuckle = root + 42 * direction / np.linalg.norm(direction)
    joints, backs = [knuckle], []
    turn = turn @ rotation((0, 0, 1), 22)
    for length, more in zip((30.0, 25.0), (2.0, 10.0), strict=True):
        turn = turn @ rotation((1, 0, 0), -more)
        joints.append(joints[-1] + turn[:, 1] * length)
        backs.append(turn[:, 2])
    radii = np.array([10.4, 9.0, 6.6]) * (0.4 + 0.6 * shape.slender)
    return Finger(np.array(joints), np.array(backs), radii)


def _finger_bones(finger: Finger) -> tuple[Bone, ...]:
    joints, radii = finger.joints, finger.radii
    result = bones(joints, [float(r) for r in radii])
    for k in range(1, len(joints) - 1):  # a knuckle stands a little proud on the back, the flesh between on the palm
        back = (finger.backs[k - 1] + finger.backs[k]) / 2
        knob = joints[k] + back * 0.08 * radii[k]
        result += bones([knob, knob + 0.01], [0.84 * radii[k]] * 2)
        soft = (joints[k] + joints[k - 1]) / 2 - 0.14 * radii[k] * finger.backs[k - 1]
        result += bones([soft, soft + 0.01], [0.97 * radii[k]] * 2)
    pad = 0.45 * joints[-2] + 0.55 * joints[-1] - 0.16 * radii[-1] * finger.backs[-1]
    result += bones([pad, 0.3 * pad + 0.7 * joints[-1]], [1.03 * radii[-1], 0.85 * radii[-1]])
    return tuple(result)


def _palm(fingers: list[Finger], shape: HandShape) -> tuple[Bone, ...]:
    side = -1.0 if shape.left else 1.0
    flip = np.array([side, 1, 1])
    result: list[Bone] = []
    for k, finger in enumerate(fingers[:4]):
        knuckle = finger.joints[0]
        base = np.array([0.5 * knuckle[0], 6.0, -1.0])
        result += bones([base, knuckle - [0, 0, 3.5]], [9.5, 9.6 - 0.4 * (k == 3)])
        result += bones(np.add([base, knuckle], [[0, 18, 8.6], [0, -6, 5.6]]), [0.3, 1.0])  # the tendon
        result += bones(knuckle + np.array([[0, -2, 0.8], [0, 1, 0.8]]), [8.2, 8.0])
    for first, second in pairwise(fingers[:4]):
        ends = [0.72 * f.joints[0] + 0.28 * f.joints[1] - 3.5 * f.backs[0] for f in (first, second)]
        result += bones(ends, [5.2, 5.2])
    thumb = fingers[4]
    root = flip * np.array([-19.0, 16.0, -7.0])
    result += bones([root, thumb.joints[0]], [11.5, 9.6])
    result += bones([root + flip * [6, 6, -4], 0.25 * root + 0.75 * thumb.joints[0] + flip * [4, 0, -3]], [11.5, 9.0])
    result += bones([0.3 * thumb.joints[0] + 0.7 * root, fingers[0].joints[0] - [0, 26, 4]], [7.0, 7.0])
    result += bones(flip * np.array([[17.0, 12, -7], [26.0, 58, -7]]), [11.0, 8.5])
    result += bones([[0, 20, -4], [0, 62, -5]], [9.0, 8.0])
    result += [Bone((0.0, 10.0, 0.0), (0.0, -55.0, 0.0), 26.5, 29.0, 1.38)]
    result += [Bone((0.0, -50.0, 0.0), (0.0, -290.0, -2.0), 28.5, 43.0, 1.25)]
    result += bones(flip * np.array([[19.0, -16, 9.0], [19.0, -22, 9.0]]), [7.0, 7.0])
    return tuple(result)


def grid_axes(hand: Hand, step: float) -> tuple[Floats, Floats, Floats]:
    """Grid lines: fine over the hand, coarse up the forearm and out of the picture."""
    points = np.vstack([finger.joints for finger in hand.fingers])
    reach = 12.0 * hand.scale
    low, high = points.min(axis=0) - reach, points.max(axis=0) + reach
    wide = 46.0 * hand.scale
    x = np.arange(min(low[0], -wide), max(high[0], wide), step)
    z = np.arange(min(low[2], -38 * hand.scale), max(high[2], 38 * hand.scale), step)
    arm = np.arange(-250.0 * hand.scale, -42.0 * hand.scale, 4 * step)
    y = np.concatenate([arm, np.arange(arm[-1] + 1.4 * step, high[1], step)])
    return x, y, z


def hand_parts(hand: Hand, random: Generator, *, step: float = 1.5) -> list[Part]:
    """The skin first, then the five nails."""
    mesh = mesh_of(hand.flesh, grid_axes(hand, step * hand.scale))
    skin = Part("skin", hand.shape.tone, mesh, tint=_tints(hand, mesh.vertices, random))
    return [skin, *(_nail(finger, hand) for finger in hand.fingers)]


def _tints(hand: Hand, points: Floats, random: Generator) -> Floats:
    size = hand.scale
    knuckles = np.vstack(
        [f.joints[1:-1] + f.backs[:-1] * f.radii[1:-1, None] for f in hand.fingers]
        + [f.joints[:1] + f.backs[:1] * f.radii[:1, None] for f in hand.fingers[:4]]
    )
    tips = np.array([f.joints[-1] for f in hand.fingers])
    tint = mottled(points, random, scale=9 * size)
    tint *= blush(points, knuckles, radius=8 * size, strength=random.uniform(0.05, 0.16))
    tint *= blush(points, tips, radius=11 * size, strength=random.uniform(0.04, 0.14))
    for finger in hand.fingers:
        tint *= _creases(finger, points, size)
    return np.clip(tint, 0.3, 1.25)


def _creases(finger: Finger, points: Floats, size: float) -> Floats:
    """Fine lines across the back of each joint, where it bends."""
    tint = np.ones_like(points)
    for k in range(1, len(finger.joints) - 1):
        near = np.linalg.norm(points - finger.joints[k], axis=1) < 1.7 * finger.radii[k]
        back, along = finger.backs[k], finger.joints[k + 1] - finger.joints[k]
        along = along / np.linalg.norm(along)
        side = np.cross(along, back)
        angles = np.radians(np.linspace(-60, 60, 5))[:, None]
        for shift in (-2.2, 0.0, 2.2):
            arc = finger.joints[k] + 1.12 * finger.radii[k] * (np.cos(angles) * back + np.sin(angles) * side)
            tint[near] *= near_line(points[near], arc + shift * size * along, width=0.75 * size, strength=0.13)
    return tint


def _nail(finger: Finger, hand: Hand) -> Part:
    size, shape, radius = hand.scale, hand.shape, float(finger.radii[-1])
    along = finger.joints[-1] - finger.joints[-2]
    along, back = along / np.linalg.norm(along), finger.backs[-1]
    start, end = -1.05 * radius, 0.85 * radius + shape.nail_length * size
    half, bend = 0.80 * radius, 1.02 * radius
    turn = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    round_ends = (
        np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.62,
        np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.8,
    )
    taper = 1 - 0.16 * (round_ends[1] > 0) * round_ends[1]
    curve = evenly(np.column_stack([half * round_ends[0] * taper, (end - start) / 2 * round_ends[1]]), 90)
    flat = plate(curve, 0.55 * size)
    angle = flat.vertices[:, 0] / bend
    y = flat.vertices[:, 1] + (start + end) / 2
    rise = bend + flat.vertices[:, 2] - 0.1 * size
    fall = 0.05 * radius + 0.03 * (y - start) + 0.018 / radius * np.maximum(y, 0) ** 2
    side = np.cross(along, back)
    local = np.column_stack([rise * np.sin(angle), y, rise * np.cos(angle) - fall])
    vertices = finger.joints[-1] + local @ np.stack([side, along, back])
    return Part("skin", shape.polish, Mesh(vertices, flat.faces).outward())
