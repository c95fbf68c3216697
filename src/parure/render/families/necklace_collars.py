"""Necklaces that hold their own shape or lie close: rigid torques, flat bib collars, chokers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chains import chain, twisted_wire
from parure.render.chance import bead, between, faceted, maybe, pick, some_stone, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.necklace_lays import clasp, lay, trimmed
from parure.render.families.necklace_settings import slim_collar
from parure.render.families.strands import strung
from parure.render.mesh import Floats, Part, frame, on_floor, place, rotation
from parure.render.mounts import bezel, claws, metal
from parure.render.solids import ball, band_profile, circle, sweep, torus, tube

__all__ = ["FAMILIES", "BibCollar", "Choker", "TorqueCollar"]


def _arc(radius: float, gap: float, *, tall: float = 1.0, count: int = 220) -> Floats:
    """A ring open by `gap` degrees, its opening towards +y."""
    turn = np.radians(np.linspace(90 + gap / 2, 450 - gap / 2, count))
    return np.column_stack([radius * np.cos(turn), tall * radius * np.sin(turn), 0 * turn])


@dataclass(frozen=True)
class TorqueCollar:
    """A rigid ring of round, flat or twisted metal, open at the back or, with knobs, in front."""

    radius: float = 58.0
    thick: float = 4.0
    section: str = "round"
    gap: float = 30.0
    front: bool = False
    swell: float = 0.0  # how much thicker its middle is
    stone: Stone | None = None

    def build(self) -> list[Part]:
        path = _arc(self.radius, self.gap, tall=0.92)
        parts = [*self._body(path)]
        if self.front:
            parts += [metal("band", ball(0.95 * self.thick, detail=14).moved(offset=path[end])) for end in (0, -1)]
        elif self.stone is not None:
            middle = path[len(path) // 2] + np.array(
                [0, 0, 0.5 * self.thick * (1 + self.swell) + 0.15 * self.stone.size]
            )
            parts += place(bezel(self.stone, wall=0.6), offset=middle)
        return on_floor(place(parts, rotation((0, 0, 1), 180)) if self.front else parts)

    def _body(self, path: Floats) -> list[Part]:
        middle = np.sin(np.linspace(0, np.pi, len(path))) ** 2
        scale = 1 + self.swell * middle
        if self.section == "twist":
            upright = path[:, [0, 2, 1]] * np.array([1.0, -1.0, 1.0])
            fine = np.column_stack(
                [np.interp(np.linspace(0, 1, 1400), np.linspace(0, 1, len(path)), upright[:, k]) for k in range(3)]
            )
            coils = twisted_wire(fine, wire=0.27 * self.thick, strands=2, turns=0.7 * self.radius)
            return place(coils, rotation((1, 0, 0), -90))
        profile = circle(self.thick / 2, 20)
        if self.section == "flat":
            profile = band_profile(1.9 * self.thick, 0.45 * self.thick, 3.4, 0.8)
        return [metal("band", sweep(path, profile, ups=(0, 0, 1), scale=scale))]

    @classmethod
    def sample(cls, random: Generator) -> TorqueCollar:
        front = maybe(random, 0.35)
        section = pick(random, ("round", "flat", "twist"))
        return cls(
            between(random, 52, 68),
            between(random, 2.5, 7.5),
            section,
            gap=between(random, 16, 50),
            front=front,
            swell=between(random, 0.2, 0.9) if section != "twist" and maybe(random, 0.5) else 0.0,
            stone=some_stone(random, 7, 14) if not front and section != "twist" and maybe(random, 0.4) else None,
        )

    def facts(self) -> Facts:
        shown = self.stone if not self.front else None
        motif = "twist" if self.section == "twist" else ""
        return Facts("collar_necklace", shown, "bezel" if shown else "", motif, closure="no_closure")


@dataclass(frozen=True)
class BibCollar:
    """A flat collar of plates side by side, broadest in front, or of one sheet; stones on the plates."""

    radius: float = 55.0
    breadth: float = 22.0
    plates: int = 21  # none: one sheet
    gap: float = 50.0
    stone: Stone | None = None

    def build(self) -> list[Part]:
        if not self.plates:
            return on_floor(self._sheet())
        turn = np.radians(np.linspace(90 + self.gap / 2, 450 - self.gap / 2, self.plates))
        parts: list[Part] = []
        for angle in turn:
            out = np.array([np.cos(angle), np.sin(angle), 0.0])
            parts += place(self._plate(self._broad(angle), self._step()), frame((0, 0, 1), out), self.radius * out)
        wire = _arc(self.radius + 1.2, self.gap, count=160)
        parts.append(metal("frame", tube(wire, 0.7, sides=8)))
        return on_floor(parts)

    def _step(self) -> float:
        return float(np.radians(360 - self.gap) / (self.plates - 1) * self.radius)

    def _broad(self, angle: float) -> float:
        return float(self.breadth * (0.42 + 0.58 * (0.5 - 0.5 * np.sin(angle)) ** 1.2))

    def _plate(self, broad: float, step: float) -> list[Part]:
        """One plate from the inner edge outward along x, wider where the collar is."""
        line = np.linspace([0.0, 0, 0], [broad, 0, 0], 8)
        scale = np.linspace(0.93, 0.93 * (1 + broad / self.radius), 8)
        parts = [metal("face", sweep(line, band_profile(step, 1.4, 4.0, 0.9), ups=(0, 0, 1), scale=scale))]
        if self.stone is not None:
            size = min(self.stone.size, 0.72 * step)
            head = slim_collar(Stone(self.stone.gem, self.stone.cut, size), wall=0.12 * size, depth=0.6)
            parts += place(head, offset=(0.66 * broad, 0, 1.9))
        return parts

    def _sheet(self) -> list[Part]:
        path = _arc(self.radius + self.breadth / 2, self.gap)
        turn = np.arctan2(path[:, 1], path[:, 0])
        scale = np.array([self._broad(angle) for angle in turn]) / self.breadth
        return [metal("band", sweep(path, band_profile(self.breadth, 2.4, 2.6, 0.5), ups=(0, 0, 1), scale=scale))]

    @classmethod
    def sample(cls, random: Generator) -> BibCollar:
        plates = 0 if maybe(random, 0.3) else whole(random, 13, 31)
        stone = (
            faceted(random, 3.0, 7.0, cuts=("round", "princess", "cushion")) if plates and maybe(random, 0.5) else None
        )
        return cls(between(random, 48, 62), between(random, 12, 34), plates, between(random, 24, 80), stone)

    def facts(self) -> Facts:
        setting = "bezel" if self.stone else ""
        return Facts("collar_necklace", self.stone, setting, closure="no_closure")


@dataclass(frozen=True)
class Choker:
    """Close to the neck: a ribbon, rows of beads or chain side by side, with a stone in front or none."""

    made_of: str = "beads"  # or ribbon, chain
    material: str = "white_pearl"  # the beads' gem or the ribbon's cloth
    link: str = "herringbone"
    rows: int = 3
    size: float = 4.0  # of a bead, a chain's or the ribbon's width
    radius: float = 55.0
    stone: Stone | None = None

    def build(self) -> list[Part]:
        path = lay("circle", 2 * self.radius, 1.9 * self.radius)
        parts = clasp("lobster", path, 1.4)
        path = trimmed(path, 3.2, 3.2)
        for row in range(1 if self.made_of == "ribbon" else self.rows):
            spread = (row - (self.rows - 1) / 2) * 1.02 * self.size
            parts += self._row(path * (1 + spread / self.radius))
        return on_floor(parts + self._front(path[len(path) // 2]))

    def _row(self, path: Floats) -> list[Part]:
        if self.made_of == "beads":
            return strung(path, (self.material,), self.size)
        if self.made_of == "chain":
            return [chain(self.link, path, self.size)]
        band = sweep(path[:: len(path) // 300], band_profile(self.size, 0.9, 6.0, 0.9), ups=(0, 0, 1))
        return [Part("cord", self.material, band)]

    def _front(self, middle: Floats) -> list[Part]:
        if self.stone is None:
            return []
        depth = 0.3 * self.stone.size
        if self.stone.cut == "cabochon":
            head = bezel(self.stone)
        else:
            head = [self.stone.part()] if self.stone.cut == "bead" else claws(self.stone, depth=depth)
        high = depth + 0.5 * (self.size if self.made_of == "beads" else 1.0)
        ring = metal("bail", torus(1.3, 0.35, count=24, sides=8).moved(rotation((1, 0, 0), 90)))
        return [*place([ring], offset=middle), *place(head, offset=middle + np.array([0, 0, high]))]

    @classmethod
    def sample(cls, random: Generator) -> Choker:
        made_of = pick(random, ("beads", "beads", "ribbon", "chain"))
        cloth = pick(random, ("velvet_black", "velvet_red", "velvet_blue", "leather_black", "leather_brown"))
        ribbon = made_of == "ribbon"
        stone = some_stone(random, 6, 13) if maybe(random, 0.75 if ribbon else 0.35) else None
        return cls(
            made_of,
            cloth if ribbon else bead(random, 3, 4).gem,
            pick(random, ("herringbone", "omega", "cuban", "mesh", "curb", "snake", "rope", "paperclip")),
            rows=whole(random, 1, 5) if made_of == "beads" else 1,
            size=between(random, 5, 15) if ribbon else between(random, 3.2, 7.5),
            radius=between(random, 46, 60),
            stone=stone,
        )

    def facts(self) -> Facts:
        beads = Stone(self.material, "bead", self.size) if self.made_of == "beads" else None
        setting = {"bead": "drilled", "cabochon": "bezel"}.get(self.stone.cut, "prong") if self.stone else ""
        link = {"chain": self.link, "ribbon": "cord_chain"}.get(self.made_of, "")
        return Facts("choker", self.stone or beads, setting or ("drilled" if beads else ""), "", link, "lobster")


FAMILIES: tuple[type, ...] = (TorqueCollar, BibCollar, Choker)
