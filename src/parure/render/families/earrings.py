"""Earrings, always as a pair: drops lie face up with the hook at the top (+y), studs and hoops stand on the floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parure.render.chains import cable_chain, twisted_wire
from parure.render.cuts import Stone
from parure.render.mesh import Floats, Part, all_vertices, on_floor, place, rotation
from parure.render.mounts import bezel, claws, halo, metal, pave_row, peg_pearl
from parure.render.outlines import heart, outline, star
from parure.render.solids import ball, band_profile, ellipsoid, plate, sweep, torus, tube

__all__ = ["ClusterStuds", "DropEarrings", "HoopEarrings", "PlateStuds", "StudEarrings", "hang", "pair"]


def pair(one: Sequence[Part], *, gap: float = 4.0, turn: float = 7.0) -> list[Part]:
    """Two of the same, side by side on the floor, a little turned away from each other."""
    width = float(np.ptp(all_vertices(one)[:, 0]))
    shift = (width + gap) / 2
    left = place(one, rotation((0, 0, 1), turn), (-shift, 0, 0))
    right = place(one, rotation((0, 0, 1), -turn), (shift, 0, 0))
    return on_floor(left) + on_floor(right)


def hang(parts: Sequence[Part], below: float) -> list[Part]:
    """Shift a part list so that its highest point (y) sits at `below`."""
    top = float(all_vertices(parts)[:, 1].max())
    return place(parts, offset=(0, below - top, 0))


def _post(back: float, length: float = 9.0) -> list[Part]:
    """A straight post with a butterfly back, along -z from z = -back."""
    post = metal("post", tube([[0, 0, -back], [0, 0, -back - length]], 0.4))
    wings = [metal("closure", torus(1.5, 0.45).moved(offset=(s * 1.5, 0, -back - 6.0))) for s in (1, -1)]
    return [post, *wings]


def _tilted_pair(one: Sequence[Part]) -> list[Part]:
    """Studs as shops show them: one facing the viewer, one turned to show its post."""
    front = on_floor(place(one, rotation((0, 0, 1), 8) @ rotation((1, 0, 0), 66)))
    aside = on_floor(place(one, rotation((0, 0, 1), -42) @ rotation((1, 0, 0), 74)))
    reach = float(np.ptp(all_vertices(front)[:, 0])) / 2
    return place(front, offset=(-reach - 1.0, 0, 0)) + place(aside, offset=(reach + 1.6, 1.0, 0))


@dataclass(frozen=True)
class StudEarrings:
    """One stone each, in claws or a bezel, with an optional halo."""

    stone: Stone
    prongs: int = 4
    collar: bool = False
    halo: bool = False

    def build(self) -> list[Part]:
        depth = 0.45 * self.stone.size
        if self.stone.cut == "bead":
            one = peg_pearl(self.stone.size, self.stone.gem)
        elif self.collar:
            one = bezel(self.stone, depth=depth)
        else:
            one = claws(self.stone, count=self.prongs, depth=depth)
        if self.halo:
            one = one + halo(self.stone, melee=1.15)
        return _tilted_pair([*one, *_post(depth)])


@dataclass(frozen=True)
class ClusterStuds:
    """A little flower of stones around a centre."""

    centre: Stone
    petal: Stone
    petals: int = 6

    def build(self) -> list[Part]:
        radius = (self.centre.size + self.petal.size) / 2 + 0.15
        one = claws(self.centre, depth=2.0)
        for k in range(self.petals):
            turn = rotation((0, 0, 1), 360 * k / self.petals)
            one += place(claws(self.petal, depth=1.6, label="side_stone"), turn, turn @ np.array([radius, 0, -0.3]))
        one.append(metal("setting", ellipsoid(radius * 0.6, radius * 0.6, 0.5).moved(offset=(0, 0, -1.9))))
        return _tilted_pair([*one, *_post(2.0)])


@dataclass(frozen=True)
class PlateStuds:
    """Flat metal forms: heart, star or disc, slightly domed."""

    form: str = "star"
    size: float = 9.0

    def build(self) -> list[Part]:
        curves = {"heart": heart(), "star": star(5, 0.45), "disc": np.array(outline("round", 160))}
        face = plate(curves[self.form] * self.size / 2, 1.1, dome=0.8)
        return _tilted_pair([metal("face", face), *_post(0.0)])


@dataclass(frozen=True)
class HoopEarrings:
    """Round hoops. `section` is round, flat or twist; pave sets melee on the front outer face."""

    radius: float = 11.0
    wire: float = 1.2
    section: str = "round"
    width: float = 4.0
    pave: bool = False
    gem: str = "diamond"

    def build(self) -> list[Part]:
        one = self._hoop() + (self._stones() if self.pave else [])
        left = on_floor(place(one, rotation((0, 0, 1), 24)))
        right = on_floor(place(one, rotation((0, 0, 1), -16)))
        return place(left, offset=(-0.62 * self.radius, 0.35 * self.radius, 0)) + place(
            right, offset=(0.72 * self.radius, -0.35 * self.radius, 0)
        )

    def _arc(self, start: float, end: float, count: int = 260) -> Floats:
        """Points in the xz plane; 0 degrees is the top."""
        angles = np.radians(np.linspace(start, end, count))
        return self.radius * np.column_stack([np.sin(angles), 0 * angles, np.cos(angles)])

    def _hoop(self) -> list[Part]:
        path = self._arc(5, 355)
        hinge = metal("closure", tube(self._arc(-8, 8, 14), 0.4))
        if self.section == "twist":
            coils = twisted_wire(self._arc(5, 355, 900), wire=self.wire * 0.55, turns=0.62 * self.radius)
            return [*coils, hinge]
        if self.section == "flat":
            profile = band_profile(self.width, self.wire * 1.6, 3.2, 0.8)
            return [metal("hoop", sweep(path, profile, ups=path / self.radius)), hinge]
        return [metal("hoop", tube(path, self.wire, sides=28)), hinge]

    def _stones(self) -> list[Part]:
        size = min(1.9, 1.35 * self.wire)
        rise = self.radius + (self.wire * 1.6 if self.section == "flat" else 0.95 * self.wire) + 0.26 * size
        degrees = np.arange(28, 333, np.degrees(1.1 * size / rise))
        angles = np.radians(degrees)
        out = np.column_stack([np.sin(angles), 0 * angles, np.cos(angles)])
        along = np.column_stack([out[:, 2], 0 * angles, -out[:, 0]])
        return pave_row(out * rise, out, size, gem=self.gem, along=along)


@dataclass(frozen=True)
class DropEarrings:
    """A hook or stone at the ear and a drop below; `tiers` adds a middle, `links` a short chain."""

    drop: Stone
    top: Stone | None = None
    halo: bool = False
    links: float = 0.0
    fringe: int = 0
    fringe_gem: str = "white_pearl"

    def build(self) -> list[Part]:
        one, y = self._ear()
        if self.links:
            path = np.column_stack([np.zeros(60), np.linspace(y, y - self.links, 60), np.full(60, 0.4)])
            one.append(cable_chain(path, length=2.0, width=1.4, wire=0.2))
            y -= self.links
        one.append(metal("bail", torus(0.95, 0.22).moved(offset=(0, y - 0.6, 0.3))))
        drop = hang(self._drop(), y - 1.3)
        one += drop + self._fringe(float(all_vertices(drop)[:, 1].min()))
        return pair(one, gap=5.0, turn=4.0)

    def _ear(self) -> tuple[list[Part], float]:
        if self.top is not None:
            head = claws(self.top, depth=2.0, label="side_stone")
            return [*head, *_post(2.0, 2.0)[:1]], -self.top.size / 2 - 0.3
        angles = np.radians(np.linspace(-25, 215, 60))
        hook = np.column_stack([4.0 * np.cos(angles) - 4.0 * np.cos(angles[0]), 4.6 * np.sin(angles), 0 * angles])
        hook = hook - hook[0]
        tail = hook[-1] + np.column_stack([np.linspace(0, -0.6, 20), np.linspace(0, -9, 20), np.zeros(20)])[1:]
        return [metal("closure", tube(np.vstack([hook, tail]), 0.38)), metal("setting", ball(0.8))], -0.6

    def _drop(self) -> list[Part]:
        upright = rotation((0, 0, 1), 90)
        if self.drop.cut == "bead":
            cap = metal("setting", ellipsoid(0.3 * self.drop.size, 0.2 * self.drop.size, 0.3 * self.drop.size))
            return [self.drop.part(), *place([cap], offset=(0, 0.42 * self.drop.size, 0))]
        if self.drop.cut == "cabochon":
            return place(bezel(self.drop), upright)
        head = claws(self.drop, depth=0.3 * self.drop.size)
        if self.halo:
            head = head + halo(self.drop, melee=1.15)
        return place(head, upright)

    def _fringe(self, y: float) -> list[Part]:
        parts: list[Part] = []
        half = float(self.drop.outline[:, 1].max())
        for k in range(self.fringe):
            share = 2 * k / max(self.fringe - 1, 1) - 1
            top = y + 0.28 * self.drop.size * share**2
            low = y - 6.5 + 2.5 * abs(share)
            x = np.linspace(0.72 * half * share, 1.05 * half * share, 40)
            parts.append(
                cable_chain(np.column_stack([x, np.linspace(top, low, 40), 0 * x]), length=1.6, width=1.2, wire=0.18)
            )
            parts += place([Stone(self.fringe_gem, "bead", 2.9).part("bead")], offset=(x[-1], low - 1.4, 0))
        return parts
