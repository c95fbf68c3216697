"""Hoops: round, oval and squarish; plain, tapered, ribbed, twisted or set with melee; huggies; hoops with charms.

A hoop is drawn in the yz plane, which is the plane it has when worn: through the lobe, its front towards +z.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

import numpy as np
from numpy.random import Generator

from parure.render.chains import path_length, twisted_wire, walk
from parure.render.chance import bead, between, faceted, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ear_findings import collet, ring, small_bead
from parure.render.families.ear_outlines import flat_form
from parure.render.families.ear_poses import STANDING, Earring, posed
from parure.render.mesh import Floats, Part, all_vertices, place, rotation
from parure.render.mounts import metal, pave_row
from parure.render.solids import band_profile, circle, sweep, tube

__all__ = ["FAMILIES", "CharmHoops", "HoopEarrings", "HuggieEarrings"]

_TO_DRAWN = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])  # from the xz plane, front +x, to yz
_STONE = Stone("diamond", "single", 1.5)


def hoop_path(
    radius: float, start: float, end: float, *, stretch: float = 1.0, power: float = 2.0, count: int = 200
) -> Floats:
    """Points in the xz plane, 0 degrees at the top, turning towards +x; `power` above 2 squares the circle."""
    angles = np.radians(np.linspace(start, end, count))
    sin, cos = np.sin(angles), np.cos(angles)
    reach = radius * (np.abs(sin) ** power + np.abs(cos) ** power) ** (-1 / power)
    return np.column_stack([reach * sin, 0 * angles, stretch * reach * cos])


def outward(path: Floats) -> Floats:
    ahead = np.gradient(path, axis=0)
    out = np.column_stack([-ahead[:, 2], 0 * ahead[:, 0], ahead[:, 0]])
    return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True))


def row(path: Floats, rise: float, size: float, gem: str) -> list[Part]:
    """Melee along a hoop, `rise` out from its path (in, where negative)."""
    side = np.sign(rise)
    seats, ahead = walk(path + outward(path) * rise, max(3, int(path_length(path) / (1.1 * size))))
    normals = side * np.column_stack([-ahead[:, 2], 0 * ahead[:, 0], ahead[:, 0]])
    return pave_row(seats, normals, size, gem=gem, along=ahead)


def through_lobe(parts: list[Part], radius: float, *, stretch: float = 1.0) -> list[Part]:
    """Drawn, and moved so that the wire passes the origin, with four millimetres of lobe behind it."""
    back = min(2.0, 0.5 * radius)
    top = stretch * np.sqrt(radius**2 - back**2)
    return place(parts, _TO_DRAWN, (0.0, -top, -back))


@dataclass(frozen=True)
class HoopEarrings(Earring):
    """`section` is round, flat, tapered, ribbed or twist; pave sets melee on the front outer face, `inside` also on the
    inner face at the back. `stretch` makes an oval, `power` above 2 a square with round corners."""

    radius: float = 11.0
    wire: float = 1.2
    section: str = "round"
    width: float = 4.0
    pave: bool = False
    gem: str = "diamond"
    stretch: float = 1.0
    power: float = 2.0
    inside: bool = False
    pose: str = field(default="standing", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STANDING

    @classmethod
    def sample(cls, random: Generator) -> Self:
        section = pick(random, {"round": 0.35, "flat": 0.2, "tapered": 0.2, "ribbed": 0.1, "twist": 0.15})
        pave = section in ("round", "flat") and maybe(random, 0.4)
        radius = pick(random, {between(random, 7, 13): 0.7, between(random, 13, 28): 0.3})
        shape = pick(random, {"round": 0.75, "oval": 0.15, "square": 0.1})
        hoop = cls(
            radius,
            between(random, 0.7, 1.5) if section != "tapered" else between(random, 1.2, 2.8),
            section,
            between(random, 2.0, 6.0),
            pave,
            melee(random),
            stretch=between(random, 1.15, 1.5) if shape == "oval" and section != "twist" else 1.0,
            power=between(random, 3.0, 5.0) if shape == "square" and section != "twist" else 2.0,
            inside=pave and radius > 9 and maybe(random, 0.4),
        )
        return posed(random, hoop)

    def facts(self) -> Facts:
        motif = "twist" if self.section == "twist" else "circle" if self.power == 2.0 else "geometric"
        stone = Stone(self.gem, "round", self._melee()) if self.pave else None
        return Facts("hoop_earring", stone, "pave" if stone else "", motif, closure="hinged")

    def one(self, *, worn: bool = False) -> list[Part]:
        parts = self._hoop() + (self._stones() if self.pave else [])
        return through_lobe(parts, self.radius, stretch=self.stretch)

    def _arc(self, start: float, end: float, count: int = 200) -> Floats:
        return hoop_path(self.radius, start, end, stretch=self.stretch, power=self.power, count=count)

    def _hoop(self) -> list[Part]:
        path = self._arc(8, 355)
        parts = [metal("closure", tube(self._arc(-8, 10, 14), 0.4, sides=10))]
        if self.section == "twist":
            coils = twisted_wire(self._arc(8, 355, 600), wire=self.wire * 0.55, turns=0.62 * self.radius)
            return parts + coils
        if self.section == "flat":
            profile = band_profile(self.width, self.wire * 1.6, 3.2, 0.8)
            return [*parts, metal("hoop", sweep(path, profile, ups=outward(path)))]
        if self.section in ("tapered", "ribbed"):
            share = np.linspace(0, 1, len(path))
            scale = 0.3 + 0.7 * np.sin(np.pi * share) ** 0.8
            if self.section == "ribbed":
                scale = scale * (1 + 0.07 * np.sin(2 * np.pi * share * round(2.2 * self.radius)))
            return [*parts, metal("hoop", sweep(path, circle(self.wire, 24), ups=outward(path), scale=scale))]
        return [*parts, metal("hoop", tube(path, self.wire, sides=24))]

    def _melee(self) -> float:
        return round(min(1.9, 1.35 * self.wire), 3)

    def _stones(self) -> list[Part]:
        size = self._melee()
        rise = (self.wire * 1.6 if self.section == "flat" else 0.95 * self.wire) + 0.26 * size
        parts = row(self._arc(28, 190 if self.inside else 333), rise, size, self.gem)
        if self.inside:
            depth = 0.1 if self.section == "flat" else 0.95 * self.wire
            parts += row(self._arc(195, 325), -depth - 0.26 * size, size, self.gem)
        return parts


@dataclass(frozen=True)
class HuggieEarrings(Earring):
    """Small wide hoops that hug the lobe: domed metal, or `rows` of melee, with or without a drop below."""

    radius: float = 5.6
    width: float = 3.0
    thickness: float = 1.3
    rows: int = 0
    gem: str = "diamond"
    drop: Stone | None = None
    pose: str = field(default="standing", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STANDING

    @classmethod
    def sample(cls, random: Generator) -> Self:
        rows = pick(random, {0: 0.4, 1: 0.35, 2: 0.15, 3: 0.1})
        width = between(random, 1.8, 5.5) if rows == 0 else 1.45 * rows + between(random, 0.3, 0.9)
        drop = pick(
            random,
            {
                None: 0.65,
                faceted(random, 3.0, 5.5): 0.2,
                bead(random, 3.5, 7.0, pearl=True): 0.15,
            },
        )
        thickness = between(random, 0.9, 1.8)
        huggie = cls(between(random, 4.8, 7.0), round(width, 2), thickness, rows, melee(random), drop)
        return posed(random, huggie)

    def facts(self) -> Facts:
        stone = self.drop or (Stone(self.gem, "round", 1.3) if self.rows else None)
        setting = "pave" if self.rows else "" if stone is None else "drilled" if stone.cut == "bead" else "bezel"
        return Facts("huggie", stone, setting, "circle", closure="hinged")

    def one(self, *, worn: bool = False) -> list[Part]:
        path = hoop_path(self.radius, 4, 340, count=140)
        profile = band_profile(self.width, self.thickness, 2.4, 0.5)
        joint = tube([[0, -0.5 * self.width, 0], [0, 0.5 * self.width, 0]], 0.75, sides=12)
        parts = [
            metal("hoop", sweep(path, profile, ups=outward(path))),
            metal("closure", tube(hoop_path(self.radius, -22, 6, count=14), 0.45, sides=10)),
            metal("closure", joint.moved(offset=hoop_path(self.radius + 0.4, 340, 341, count=2)[0])),
        ]
        for line in range(self.rows):
            across = (line - (self.rows - 1) / 2) * 1.4
            stones = row(hoop_path(self.radius, 20, 205, count=120), self.thickness + 0.32, 1.3, self.gem)
            parts += place(stones, offset=(0, across, 0))
        parts = through_lobe(parts, self.radius)
        return parts + hung_below(parts, self.drop) if self.drop else parts


def hung_below(parts: list[Part], stone: Stone) -> list[Part]:
    """A jump ring around the hoop's lowest place and a stone on it, facing the viewer."""
    lowest = all_vertices(parts)[int(np.argmin(all_vertices(parts)[:, 1]))] * np.array([0.0, 1.0, 1.0])
    bail = ring(lowest + np.array([0.0, 0.5, 0.0]), radius=0.8, wire=0.2)
    top = lowest[1] - 1.0
    upright = rotation((0, 0, 1), 90)
    if stone.cut == "bead":
        return [bail, small_bead(stone.gem, stone.size, (0.0, top - stone.size / 2, lowest[2]))]
    half = float(stone.outline[:, 0].max()) + 0.3
    return [bail, *place(collet(stone, "centre_stone"), upright, (0.0, top - half, lowest[2]))]


@dataclass(frozen=True)
class CharmHoops(Earring):
    """A slim hoop with charms on it: flat forms by name, or beads and stones where a name is empty."""

    radius: float = 8.0
    wire: float = 0.8
    forms: tuple[str, ...] = ("star",)
    size: float = 5.0
    stone: Stone | None = None
    pose: str = field(default="standing", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STANDING

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = bead(random, 2.5, 5.0) if maybe(random, 0.5) else faceted(random, 2.8, 4.5)
        choice = pick(random, ("star", "heart", "moon", "leaf", "disc", "butterfly", "bar", "drop"))
        forms = {1: (choice,), 2: ("",), 3: ("", choice, ""), 4: (choice, choice, choice), 5: ("", "", "")}
        chosen = forms[whole(random, 1, 5)]
        hoop = cls(
            between(random, 6.0, 15.0),
            between(random, 0.6, 1.1),
            chosen,
            between(random, 3.5, 7.0),
            stone if "" in chosen else None,
        )
        return posed(random, hoop)

    def facts(self) -> Facts:
        named = [form for form in self.forms if form]
        motif = {"disc": "circle"}.get(named[0], named[0]) if named else "circle"
        setting = "" if self.stone is None else "drilled" if self.stone.cut == "bead" else "bezel"
        return Facts("hoop_earring", self.stone, setting, motif, closure="hinged")

    def one(self, *, worn: bool = False) -> list[Part]:
        wire = [
            metal("hoop", tube(hoop_path(self.radius, 8, 352), self.wire, sides=16)),
            metal("closure", tube(hoop_path(self.radius, -8, 10, count=14), 0.4, sides=10)),
        ]
        parts, count = wire, len(self.forms)
        for index, form in enumerate(self.forms):
            angle = 180.0 + (index - (count - 1) / 2) * min(40.0, 520.0 / self.radius)
            at = hoop_path(self.radius, angle, angle + 1, count=2)[0]
            parts = parts + place(self._charm(form), offset=at)
        return through_lobe(parts, self.radius)

    def _charm(self, form: str) -> list[Part]:
        """Hangs below the wire at the origin, facing along the hoop's axis so that it shows when the hoop does."""
        reach = self.wire + 0.55
        bail = metal("bail", ring(np.array([0.0, reach - 0.25, 0.0]), radius=reach, wire=0.22).mesh)
        low = -reach - 0.3
        stone = self.stone or _STONE
        if form:
            body = flat_form(form, self.size, 0.8)
            top = float(all_vertices(body)[:, 1].max())
            hung = place(body, offset=(0, low - top + 0.35, -0.4))
        elif stone.cut == "bead":
            hung = [small_bead(stone.gem, stone.size, (0.0, low - stone.size / 2, 0.0))]
        else:
            half = float(stone.outline[:, 0].max()) + 0.3
            hung = place(collet(stone, "centre_stone"), rotation((0, 0, 1), 90), (0, low - half, 0))
        # Drawn face up, then raised: the bail must stand across the wire, so it is turned a quarter about z.
        upright = rotation((1, 0, 0), 90)
        return [*place([bail], rotation((0, 0, 1), 90) @ upright), *place(hung, upright)]


FAMILIES: tuple[type, ...] = (HoopEarrings, HuggieEarrings, CharmHoops)
