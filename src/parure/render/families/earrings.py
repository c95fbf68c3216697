"""Studs and drops, and how every earring is drawn and worn.

Drawn, an earring faces +z with its top towards +y, and the front of the piercing is the origin: a stud's back touches
z = 0 and its post runs to -z, a drop hangs towards -y. `build` lays one or two of them out as a photographer would,
each with its `instance`. `worn()` gives one as the ear has it, in millimetres:

- the origin is the piercing at the front of the lobe, z is up, and the ornament faces -y, towards the viewer;
- posts and wires go back through the lobe towards +y, which they expect to be about 4 mm thick;
- drops hang towards -z, the hook's tail behind the lobe; hoops lie in the yz plane, through the origin;
- climbers rise from the origin towards +z, leaning to +x;
- a cuff has the rim of the ear through the origin along x, its gap at the back: turn it to where on the rim it sits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Self

import numpy as np
from numpy.random import Generator

from parure.render.chains import cable_chain
from parure.render.chance import bead, between, cabochon, faceted, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ear_findings import TOPS, cap, chosen_top, collet, post, ring, small_bead
from parure.render.families.ear_outlines import FORMS, MOTIFS, flat_form
from parure.render.families.ear_poses import STUD_POSES, Earring, posed
from parure.render.families.hoops import HoopEarrings
from parure.render.mesh import Floats, Part, all_vertices, place, rotation
from parure.render.mounts import bezel, claws, halo, metal, peg_pearl
from parure.render.palette import PEARL_GEMS
from parure.render.solids import ellipsoid

__all__ = ["FAMILIES", "ClusterStuds", "DropEarrings", "HoopEarrings", "PlateStuds", "StudEarrings", "hang"]

_UPRIGHT = rotation((0, 0, 1), 90)  # stones are long in x, drops in y


def hang(parts: Sequence[Part], below: float) -> list[Part]:
    """Shift a part list so that its highest point (y) sits at `below`."""
    top = float(all_vertices(parts)[:, 1].max())
    return place(parts, offset=(0, below - top, 0))


def held(stone: Stone, *, collar: bool) -> str:
    """The taxonomy's word for how a single stone is held."""
    return "drilled" if stone.cut == "bead" else "bezel" if collar or stone.cut == "cabochon" else "prong"


@dataclass(frozen=True)
class StudEarrings(Earring):
    """One stone each, in claws or a bezel, with an optional halo."""

    stone: Stone
    prongs: int = 4
    collar: bool = False
    halo: bool = False
    halo_gem: str = "diamond"
    lean: float = 0.0  # degrees about the facing, as long stones are set upright or aslant
    pose: str = field(default="aside", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STUD_POSES
    handed: ClassVar[bool] = True

    @classmethod
    def sample(cls, random: Generator) -> Self:
        kind = pick(random, {"faceted": 0.62, "cabochon": 0.14, "bead": 0.24})
        if kind == "faceted":
            stone = faceted(random, 3.0, 8.5)
        else:
            stone = cabochon(random, 5.0, 11.0) if kind == "cabochon" else bead(random, 4.0, 11.0, pearl=None)
        collar = kind == "cabochon" or maybe(random, 0.25)
        ringed = kind == "faceted" and not collar and maybe(random, 0.35)
        lean = pick(random, (90.0, 90.0, 0.0, 45.0)) if stone.cut not in ("round", "bead") else 0.0
        prongs = pick(random, (3, 4, 4, 6))
        return posed(random, cls(stone, prongs, collar, ringed, melee(random, stone.gem), lean))

    def facts(self) -> Facts:
        setting = "halo" if self.halo else held(self.stone, collar=self.collar)
        closure = "" if self.pose == "card" else "butterfly_back"
        return Facts("stud_earring", self.stone, setting, closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        depth = 0.45 * self.stone.size
        if self.stone.cut == "bead":
            head = peg_pearl(self.stone.size, self.stone.gem)
        elif self.collar or self.stone.cut == "cabochon":
            depth = (0.2 if self.stone.cut == "cabochon" else 0.45) * self.stone.size
            head = bezel(self.stone, depth=depth)
        else:
            head = claws(self.stone, count=self.prongs, depth=depth)
        if self.halo:
            head = head + halo(self.stone, melee=1.15, gem=self.halo_gem)
        return [*place(head, rotation((0, 0, 1), self.lean), (0, 0, depth)), *post()]


@dataclass(frozen=True)
class ClusterStuds(Earring):
    """A little flower of stones around a centre, or a second ring of melee around those."""

    centre: Stone
    petal: Stone
    petals: int = 6
    pose: str = field(default="aside", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STUD_POSES

    @classmethod
    def sample(cls, random: Generator) -> Self:
        centre = pick(
            random, {faceted(random, 2.4, 4.5, cuts=("round",)): 0.8, bead(random, 3.0, 5.5, pearl=True): 0.2}
        )
        petals = whole(random, 5, 10)
        share = np.sin(np.pi / petals)  # petals that just touch: size = share (centre + size)
        size = round(float(np.clip(0.94 * share * centre.size / (1 - share), 1.3, 5.0)), 2)
        cut = pick(random, {"round": 0.7, "marquise": 0.15, "pear": 0.15})
        gem = melee(random, centre.gem)
        petal = Stone(gem, cut, size if cut == "round" else round(1.5 * size, 2))
        return posed(random, cls(centre, petal, petals))

    def facts(self) -> Facts:
        closure = "" if self.pose == "card" else "butterfly_back"
        return Facts("cluster_earring", self.centre, "cluster", "flower", closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        half = float(self.petal.outline[:, 0].max())
        radius = self._radius(half)
        centre = peg_pearl(self.centre.size, self.centre.gem) if self.centre.cut == "bead" else claws(self.centre)
        parts = place(centre, offset=(0, 0, 0.3 if self.centre.cut != "bead" else 0.2 * self.centre.size))
        inward = rotation((0, 0, 1), 180 if self.petal.cut == "pear" else 0)
        petal = place(claws(self.petal, depth=1.6, label="side_stone"), inward)
        for k in range(self.petals):
            turn = rotation((0, 0, 1), 360 * k / self.petals + 90)
            parts += place(petal, turn, turn @ np.array([radius, 0, -0.3]))
        parts.append(metal("setting", ellipsoid(radius * 0.6, radius * 0.6, 0.5).moved(offset=(0, 0, -1.9))))
        return [*place(parts, offset=(0, 0, 2.4)), *post()]

    def _radius(self, half: float) -> float:
        """Beside the centre stone, and far enough out for petals not to overlap their neighbours."""
        width = float(np.ptp(self.petal.outline[:, 1]))
        widest = 0.5 * (width + 0.2) / np.sin(np.pi / self.petals)
        return float(max(self.centre.size / 2 + half + 0.15, widest))


@dataclass(frozen=True)
class PlateStuds(Earring):
    """Flat metal forms (the names of `ear_outlines.FORMS`), slightly domed, with an optional small stone."""

    form: str = "star"
    size: float = 9.0
    thickness: float = 1.1
    stone: Stone | None = None
    lean: float = 0.0
    pose: str = field(default="aside", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STUD_POSES
    handed: ClassVar[bool] = True

    @classmethod
    def sample(cls, random: Generator) -> Self:
        form, size = pick(random, FORMS), between(random, 5.0, 13.0)
        stone = None
        if form not in ("moon", "bar", "butterfly", "leaf") and maybe(random, 0.35):
            stone = faceted(random, 0.2 * size, 0.32 * size, cuts=("round",))
        lean = between(random, -30, 30) if form in ("moon", "bar", "leaf", "butterfly", "drop") else 0.0
        return posed(random, cls(form, size, between(random, 0.7, 1.6), stone, lean))

    def facts(self) -> Facts:
        closure = "" if self.pose == "card" else "butterfly_back"
        return Facts("stud_earring", self.stone, "bezel" if self.stone else "", MOTIFS[self.form], closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        face = flat_form(self.form, self.size, self.thickness)
        if self.stone is not None:
            rise = self.thickness + 0.08 * self.size + 0.1 * self.stone.size
            face += place(collet(self.stone, "centre_stone"), offset=(0, 0, rise))
        if self.form == "moon":  # its middle is empty: the post sits behind the thick of it
            face = place(face, offset=(0.4 * self.size, 0, 0))
        return [*place(face, rotation((0, 0, 1), self.lean)), *post()]


@dataclass(frozen=True)
class DropEarrings(Earring):
    """A hook or stone at the ear and a drop below; `links` is a short chain in mm, `fringe` the number of chains with
    pearls below the drop, `fasten` a key of `ear_findings.TOPS` where no stone is at the ear."""

    drop: Stone
    top: Stone | None = None
    halo: bool = False
    links: float = 0.0
    fringe: int = 0
    fringe_gem: str = "white_pearl"
    fasten: str = "hook"
    fringe_length: float = 6.5
    collar: bool = False

    @classmethod
    def sample(cls, random: Generator) -> Self:
        kind = pick(random, {"faceted": 0.6, "cabochon": 0.22, "bead": 0.18})
        if kind == "faceted":
            drop = faceted(random, 5.0, 12.0)
        else:
            drop = cabochon(random, 7.0, 15.0) if kind == "cabochon" else bead(random, 6.0, 12.0)
        top = None if maybe(random, 0.5) else faceted(random, 2.6, 5.0, cuts=("round", "princess", "cushion", "pear"))
        fringe = whole(random, 3, 7) if kind != "bead" and maybe(random, 0.15) else 0
        collar = kind == "faceted" and maybe(random, 0.25)
        piece = cls(
            drop,
            top,
            kind == "faceted" and not collar and maybe(random, 0.3),
            between(random, 4.0, 22.0) if maybe(random, 0.3) else 0.0,
            fringe,
            pick(random, {**PEARL_GEMS, drop.gem: 1.0} if kind == "cabochon" else PEARL_GEMS),
            fasten=pick(random, {"hook": 0.6, "lever": 0.3, "post": 0.1}),
            fringe_length=between(random, 5.0, 11.0),
            collar=collar,
        )
        return posed(random, piece)

    def facts(self) -> Facts:
        setting = "halo" if self.halo else held(self.drop, collar=self.collar)
        closure = TOPS["post" if self.top is not None else self.fasten]
        long = "dangle_earring" if self.links > 8.0 else "drop_earring"
        motif = "tassel" if self.fringe else "drop" if self.drop.cut == "pear" else ""
        return Facts("chandelier_earring" if self.fringe else long, self.drop, setting, motif, closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        top = chosen_top(self.fasten, self.top, worn=worn)
        hung, y = [ring(np.zeros(3))], -1.3
        if self.links:
            path = np.column_stack([np.zeros(40), np.linspace(y, y - self.links, 40), np.zeros(40)])
            hung += [cable_chain(path, length=2.0, width=1.4, wire=0.2), ring(path[-1] + np.array([0, 0.3, 0]))]
            y -= self.links + 1.0
        drop = hang(self._drop(), y - 0.1)
        hung += drop + self._fringe(float(all_vertices(drop)[:, 1].min()))
        return [*top.parts, *place(hung, offset=top.hang)]

    def _drop(self) -> list[Part]:
        if self.drop.cut == "bead":
            collar = cap(0.3 * self.drop.size, 0.14 * self.drop.size)
            return [self.drop.part(), *place([collar], offset=(0, 0.56 * self.drop.size, 0))]
        if self.drop.cut == "cabochon" or self.collar:
            return place(bezel(self.drop), _UPRIGHT)
        head = claws(self.drop, depth=0.3 * self.drop.size)
        if self.halo:
            head = head + halo(self.drop, melee=1.15)
        return place(head, _UPRIGHT)

    def _fringe(self, y: float) -> list[Part]:
        parts: list[Part] = []
        half = float(self.drop.outline[:, 1].max())
        for k in range(self.fringe):
            share = 2 * k / max(self.fringe - 1, 1) - 1
            top = y + 0.28 * self.drop.size * share**2 + 0.4
            low = y - self.fringe_length * (1 - 0.38 * abs(share))
            x = np.linspace(0.72 * half * share, 1.05 * half * share, 40)
            line: Floats = np.column_stack([x, np.linspace(top, low, 40), 0 * x])
            parts.append(cable_chain(line, length=1.6, width=1.2, wire=0.18))
            parts.append(small_bead(self.fringe_gem, 2.9, (float(x[-1]), low - 1.4, 0.0)))
        return parts


FAMILIES: tuple[type, ...] = (StudEarrings, ClusterStuds, PlateStuds, DropEarrings)
