"""Rigid bracelets around the z axis: bangles plain, textured, hinged or set with stones, and open cuffs.

The front is at -y. `tilt` leans the piece back from lying (0) to standing on its edge with the front up (90).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chains import twisted_wire
from parure.render.chance import between, cabochon, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bangle_surfaces import TEXTURES, textured
from parure.render.mesh import Floats, Part, frame, on_floor, place, rotation
from parure.render.mounts import bezel, bezel_depth, metal, pave_row
from parure.render.solids import ball, band_profile, circle, sweep, tube

__all__ = ["FAMILIES", "SECTIONS", "Bangle", "CuffBracelet", "leaned", "oval_arc", "sample_tilt", "section"]

_HALF_WIDTH, _HALF_DEPTH = 30.0, 25.5  # of a wrist, mm
SECTIONS = {"round": 2.0, "flat": 2.0, "oval": 1.2, "knife": 1.0, "dome": 1.2, "square": 0.7}


def section(kind: str, width: float, height: float) -> Floats:
    """The outline (m, 2) across a bangle: x along its width, y outward from its inside."""
    if kind == "round":
        return np.asarray(circle(height / 2, 28) + np.array([0, height / 2]))
    if kind == "knife":
        half = width / 2
        x = np.array([-1, -0.97, -0.5, -0.06, 0.06, 0.5, 0.97, 1, 0.97, -0.97]) * half
        y = np.array([0.12, 0.2, 0.58, 0.98, 0.98, 0.58, 0.2, 0.12, 0.0, 0.0]) * height
        return np.column_stack([x, y])[::-1]
    squareness, inner = {"flat": (4.0, 0.5), "oval": (2.2, 0.9), "dome": (2.3, 0.12), "square": (9.0, 0.9)}[kind]
    return band_profile(width, height, squareness, inner)


def oval_arc(half_width: float, half_depth: float, *, opening: float = 0.0, count: int = 360) -> tuple[Floats, Floats]:
    """Path (count, 3) around the wrist and its outward normals; `opening` degrees are missing at the back.

    A closed one does not repeat its first point; both begin and end at the back.
    """
    edge = 180 - opening / 2
    angles = np.radians(np.linspace(-edge, edge, count, endpoint=opening > 0))
    path = np.column_stack([half_width * np.sin(angles), -half_depth * np.cos(angles), 0 * angles])
    normals = path / np.array([half_width**2, half_depth**2, 1.0])
    return path, normals / np.linalg.norm(normals, axis=1, keepdims=True)


def sample_tilt(random: Generator) -> float:
    """Lying, standing, or held at a slant as on a stand."""
    pose = pick(random, {"lying": 2.0, "standing": 1.4, "slanted": 1.2})
    return {"lying": 0.0, "standing": 90.0}.get(pose, between(random, 20, 80))


def leaned(parts: list[Part], tilt: float) -> list[Part]:
    return on_floor(place(parts, rotation((1, 0, 0), -tilt)))


@dataclass(frozen=True)
class Bangle:
    """A rigid round. `section` is a key of SECTIONS or twist; `stones` across the front if given.

    `texture` is a key of TEXTURES or blank; `hinged` adds a hinge and a catch at the sides.
    """

    section: str = "round"
    width: float = 4.0
    height: float = 2.2
    stone: Stone | None = None
    stones: int = 0
    texture: str = ""
    hinged: bool = False
    turns: int = 24
    half_width: float = _HALF_WIDTH
    half_depth: float = _HALF_DEPTH
    tilt: float = 0.0

    def build(self) -> list[Part]:
        if self.section == "twist":
            parts = self._twist()
        else:
            path, out = oval_arc(self.half_width, self.half_depth, count=520 if self.texture else 300)
            band = sweep(path, section(self.section, self.width, self.height), closed=True, ups=out)
            parts = [metal("band", textured(band, self.texture, 0.16 * self.height))]
        if self.hinged:
            parts += self._joints()
        if self.stone is not None and self.stones:
            parts += self._front(self.stone)
        return leaned(parts, self.tilt)

    def _twist(self) -> list[Part]:
        angles = np.linspace(0, 2 * np.pi, 1200, endpoint=False)
        upright = np.column_stack([self.half_width * np.sin(angles), 0 * angles, self.half_depth * np.cos(angles)])
        coils = twisted_wire(upright, wire=self.height / 3.4, strands=3, turns=self.turns, closed=True)
        return place(coils, rotation((1, 0, 0), 90))

    def _joints(self) -> list[Part]:
        """A hinge pin on one side, a catch on the other."""
        tall = 1.08 * (self.height if self.section == "round" else self.width)
        parts = []
        for side in (-1, 1):
            x = side * (self.half_width + 0.5 * self.height)
            pin = tube([[x, 0, -tall / 2], [x, 0, tall / 2]], 0.42 * self.height + 0.3)
            parts.append(metal("closure", pin))
        return parts

    def _front(self, stone: Stone) -> list[Part]:
        pitch = 1.12 * stone.size + (0.0 if stone.size < 2.6 else 1.0)
        angles = (np.arange(self.stones) - (self.stones - 1) / 2) * pitch / self.half_width
        spots = np.column_stack([self.half_width * np.sin(angles), -self.half_depth * np.cos(angles), 0 * angles])
        along = np.column_stack([self.half_width * np.cos(angles), self.half_depth * np.sin(angles), 0 * angles])
        normals = spots / np.array([self.half_width**2, self.half_depth**2, 1.0])
        normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
        if stone.size < 2.6:
            seats = spots + normals * (self.height + 0.24 * stone.size)
            return pave_row(seats, normals, stone.size, gem=stone.gem, along=along)
        depth = max(1.2, bezel_depth(stone))
        head = bezel(stone, wall=0.6, depth=depth, label="centre_stone" if self.stones == 1 else "side_stone")
        seats = spots + normals * (self.height - 0.5 + depth)
        parts: list[Part] = []
        for spot, normal, direction in zip(seats, normals, along, strict=True):
            parts += place(head, frame(normal, direction), spot)
        return parts

    @classmethod
    def sample(cls, random: Generator) -> Bangle:
        kind = pick(random, SECTIONS | {"twist": 1.2})
        height = between(random, 1.4, 3.6) * (1.5 if kind in ("round", "twist") else 1.0)
        half_width = between(random, 27, 33)
        setting = pick(random, {"": 5.0, "row": 2.0, "bezels": 2.0}) if kind != "twist" else ""
        stone = None
        if setting:
            stone = faceted(random, 1.4, 2.5, cuts=("round",)) if setting == "row" else _large(random)
        row = stone is not None and stone.size < 2.6
        return cls(
            kind,
            width=between(random, 2.5, 14) if kind != "square" else between(random, 2, 4),
            height=round(height, 2),
            stone=stone,
            stones=0 if stone is None else whole(random, 9, 40) if row else pick(random, (1, 1, 3, 5, 7)),
            texture=pick(random, {"": 3.0} | TEXTURES)
            if kind in ("flat", "dome", "oval", "round") and not stone
            else "",
            hinged=maybe(random, 0.25),
            turns=whole(random, 12, 40),
            half_width=half_width,
            half_depth=round(half_width * between(random, 0.82, 1.0), 2),
            tilt=sample_tilt(random),
        )

    def facts(self) -> Facts:
        stone = self.stone if self.stones else None
        setting = "" if stone is None else "pave" if stone.size < 2.6 else "bezel"
        motif = "twist" if self.section == "twist" else "bamboo" if self.texture == "bamboo" else ""
        return Facts("bangle", stone, setting, motif, "", "hinged" if self.hinged else "no_closure")


def _large(random: Generator) -> Stone:
    return (
        cabochon(random, 6, 12) if maybe(random, 0.3) else faceted(random, 3.2, 7.5, cuts=("round", "oval", "cushion"))
    )


@dataclass(frozen=True)
class CuffBracelet:
    """An open cuff; balls or square ends. `waist` narrows (or, below 0, widens) the front; 0 keeps its width."""

    width: float = 9.0
    height: float = 1.7
    balls: bool = False
    texture: str = ""
    opening: float = 52.0
    waist: float = 0.0
    stone: Stone | None = None
    half_width: float = _HALF_WIDTH
    half_depth: float = _HALF_DEPTH
    tilt: float = 0.0

    def build(self) -> list[Part]:
        path, out = oval_arc(self.half_width, self.half_depth, opening=self.opening, count=400)
        if self.balls:
            parts = [metal("band", tube(path, self.width / 4, sides=28)), *self._ends(path)]
        else:
            share = np.abs(np.linspace(-1, 1, 400))
            width = (1 - 0.3 * share**3) * (1 - self.waist * (1 - share) ** 2)
            cuff = sweep(path, band_profile(self.width, self.height, 5.0, 0.7), ups=out)
            # Only the width fades: scaling the whole section would thin the sheet as well.
            lift = np.ones_like(cuff.vertices)
            lift[:, 2] = np.interp(
                np.degrees(np.arctan2(cuff.vertices[:, 0], -cuff.vertices[:, 1])), *self._fade(width)
            )
            parts = [metal("band", textured(cuff.scaled(lift), self.texture, 0.12 * self.height))]
        return leaned(parts + self._front(path, out), self.tilt)

    def _fade(self, width: Floats) -> tuple[Floats, Floats]:
        path, _ = oval_arc(self.half_width, self.half_depth, opening=self.opening, count=400)
        return np.degrees(np.arctan2(path[:, 0], -path[:, 1])), width

    def _ends(self, path: Floats) -> list[Part]:
        if self.stone is not None and self.stone.cut == "bead":
            beads = [self.stone.part("bead") for _ in range(2)]
            caps = [metal("setting", ball(0.36 * self.width)) for _ in range(2)]
            back = [path[k] + [0, 0.45 * self.stone.size, 0] for k in (0, -1)]
            return [p for k in (0, 1) for p in place([beads[k]], offset=back[k]) + place([caps[k]], offset=path[-k])]
        return [metal("closure", ball(0.62 * self.width).moved(offset=path[k])) for k in (0, -1)]

    def _front(self, path: Floats, out: Floats) -> list[Part]:
        if self.stone is None or self.stone.cut == "bead":
            return []
        depth = max(1.2, bezel_depth(self.stone))
        head = bezel(self.stone, wall=0.7, depth=depth)
        middle = len(path) // 2
        top = (self.width / 4 if self.balls else self.height) - 0.5 + depth
        return place(head, frame(out[middle], (0, 0, 1)), path[middle] + top * out[middle])

    @classmethod
    def sample(cls, random: Generator) -> CuffBracelet:
        balls = maybe(random, 0.35)
        width = between(random, 5, 11) if balls else between(random, 5, 42)
        stone = None
        if balls and maybe(random, 0.4):
            stone = Stone(
                pick(random, ("white_pearl", "grey_pearl", "turquoise", "onyx", "coral")), "bead", 0.9 * width
            )
        elif maybe(random, 0.35):
            stone = _large(random)
        half_width = between(random, 28, 33)
        return cls(
            width,
            between(random, 1.1, 2.2),
            balls,
            texture=pick(random, {"": 3.0} | TEXTURES) if not balls and stone is None else "",
            opening=between(random, 36, 80),
            waist=between(random, -0.3, 0.5),
            stone=stone,
            half_width=half_width,
            half_depth=round(half_width * between(random, 0.75, 0.92), 2),
            tilt=sample_tilt(random),
        )

    def facts(self) -> Facts:
        setting = "" if self.stone is None else "glue_set" if self.stone.cut == "bead" else "bezel"
        return Facts("cuff", self.stone, setting, "bamboo" if self.texture == "bamboo" else "", "", "no_closure")


FAMILIES: tuple[type, ...] = (Bangle, CuffBracelet)
