"""Rich necklaces: bibs with a fringe of drops, kundan work, several strands in layers.

Kundan: flat-topped stones in walls of gold without prongs, close together, bead drops along the lower edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chains import LINKS, chain
from parure.render.chains_paths import distances, point_at
from parure.render.chance import bead, between, faceted, maybe, pick, some_stone, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.necklace_lays import CLASPED, clasp, lay, some_lay, trimmed
from parure.render.families.necklace_settings import walled
from parure.render.families.pendant_hangers import some_chain
from parure.render.families.strands import bead_mesh, strung
from parure.render.mesh import Floats, Part, frame, on_floor, place, rotation
from parure.render.mounts import bezel, claws, metal
from parure.render.outlines import outline
from parure.render.solids import band_profile, ellipsoid, plate, sweep, torus, tube

__all__ = ["FAMILIES", "FringeNecklace", "KundanNecklace", "LayeredNecklace"]


def _front_at(path: Floats, along: Floats) -> tuple[Floats, Floats]:
    """Places so far (mm) either way from the middle of the line, and the ways out from its inside there."""
    at = float(distances(path)[-1]) / 2 + along
    spots = point_at(path, at)
    ahead = point_at(path, at + 0.5) - point_at(path, at - 0.5)
    outward = np.column_stack([ahead[:, 1], -ahead[:, 0], np.zeros(len(at))])
    return spots, outward / np.linalg.norm(outward, axis=1, keepdims=True)


@dataclass(frozen=True)
class FringeNecklace:
    """A chain with a fringe: from rings along the front hang bars, stones or beads, longest in the middle."""

    drop: str = "stone"  # or bar, bead
    stone: Stone | None = None
    count: int = 15
    longest: float = 16.0
    share: float = 0.5
    chain: str = "cable"
    chain_width: float = 2.0
    width: float = 84.0
    height: float = 100.0
    lay: str = "egg"

    def build(self) -> list[Part]:
        path = lay(self.lay, self.width, self.height)
        parts: list[Part] = []
        line = path
        if self.lay in CLASPED:
            parts += clasp("lobster", path, 1.5)
            line = trimmed(path, 3, 3)
        parts.append(chain(self.chain, line, self.chain_width))
        reach = self.share * float(distances(path)[-1])
        spots, ways = _front_at(path, reach * np.linspace(-0.5, 0.5, self.count))
        for index, (spot, way) in enumerate(zip(spots, ways, strict=True)):
            middle = 1 - abs(2 * index / max(self.count - 1, 1) - 1)
            falling = way + np.array([0, -1.2, 0])  # drops hang more downward than the line turns
            parts += place(self._hanging(self.longest * (0.45 + 0.55 * middle)), frame((0, 0, 1), falling), spot)
        return on_floor(parts)

    def _hanging(self, long: float) -> list[Part]:
        """A ring at the origin and the drop beyond it along x, `long` to its tip."""
        ring = metal("bail", torus(0.9 + 0.3 * self.chain_width, 0.25, count=20, sides=7))
        start = 0.9 + 0.3 * self.chain_width
        if self.drop == "bar" or self.stone is None:
            rod = np.linspace([start, 0, 0], [start + long, 0, 0], 8)
            section = band_profile(1.6, 0.9, 3.0, 0.9)
            return [ring, metal("face", sweep(rod, section, ups=(0, 0, 1), scale=np.linspace(0.6, 1.5, 8)))]
        stem = max(0.5, long - self.stone.size)
        link = chain("cable", np.linspace([start, 0, 0], [start + stem, 0, 0], 12), 1.1)
        where = (start + stem + self.stone.size / 2, 0, 0)
        if self.stone.cut == "bead":
            return [
                ring,
                link,
                Part("bead", self.stone.gem, bead_mesh("round").scaled(self.stone.size).moved(offset=where)),
            ]
        head = claws(self.stone, depth=0.25 * self.stone.size, label="side_stone")
        return [ring, link, *place(head, rotation((0, 0, 1), 180), where)]

    @classmethod
    def sample(cls, random: Generator) -> FringeNecklace:
        drop = pick(random, ("stone", "stone", "bar", "bead"))
        stone = None
        if drop == "stone":
            stone = faceted(random, 3.5, 7.5, cuts=("round", "pear", "marquise", "oval"))
        elif drop == "bead":
            stone = bead(random, 3.0, 7.0)
        width = between(random, 62, 100)
        across = stone.size if stone else 2.6
        share = between(random, 0.3, 0.62)
        count = min(whole(random, 7, 31), int(share * 2.6 * width / (1.15 * max(across, 2.9))))
        return cls(
            drop,
            stone,
            count,
            between(random, 8, 26),
            share,
            some_chain(random),
            between(random, 1.4, 3.0),
            width=width,
            height=round(width * between(random, 0.95, 1.3), 1),
            lay=some_lay(random, ("egg", "circle", "vee", "you")),
        )

    def facts(self) -> Facts:
        setting = "" if self.stone is None else "drilled" if self.stone.cut == "bead" else "prong"
        closure = "lobster" if self.lay in CLASPED else ""
        return Facts("collar_necklace", self.stone, setting, "", self.chain, closure)


@dataclass(frozen=True)
class KundanNecklace:
    """Petalled units of walled stones side by side, a larger one in the middle, a bead under each."""

    stone: Stone
    petal_gem: str = "diamond"
    bead_gem: str = "white_pearl"
    units: int = 11
    petals: int = 6
    bead_size: float = 4.0
    width: float = 100.0
    strand: bool = True  # beads up to the back rather than a cord

    def build(self) -> list[Part]:
        path = lay("you", self.width, 1.1 * self.width)
        shares = 0.78 + 0.5 * (1 - np.abs(np.linspace(-1, 1, self.units))) ** 2
        ends = np.cumsum(1.72 * self.stone.size * shares)  # units touch, however large each is
        spots, ways = _front_at(path, ends - 0.86 * self.stone.size * shares - ends[-1] / 2)
        parts: list[Part] = []
        for share, spot, way in zip(shares, spots, ways, strict=True):
            parts += place(self._unit(share), frame((0, 0, 1), way), spot)
        total = float(distances(path)[-1])
        behind = point_at(path, np.linspace((total - ends[-1]) / 2, (total + ends[-1]) / 2, 240))
        parts.append(metal("chain", tube(behind - np.array([0, 0, 0.25 * self.stone.size]), 0.45, sides=8)))
        back = (total - ends[-1]) / 2
        for side in (path, path[::-1]):
            end = point_at(side, np.linspace(0, back, 200))
            parts += strung(end, (self.bead_gem,), 0.8 * self.bead_size) if self.strand else [chain("rope", end, 3.0)]
        return on_floor(parts)

    def _unit(self, share: float) -> list[Part]:
        """A stone, petals around it, a gold floor under both and a bead drop outward along x."""
        size = self.stone.size * share
        wall = 0.07 * size
        parts = walled(Stone(self.stone.gem, self.stone.cut, 0.62 * size), wall)
        petal = Stone(self.petal_gem, "pear", 0.55 * size)
        for k in range(self.petals):
            turn = rotation((0, 0, 1), 360 * k / self.petals)
            far = (0.31 + 0.29) * size
            parts += place(walled(petal, 0.8 * wall), turn, turn @ np.array([far, 0, 0]))
        floor = plate(np.array(outline("round", 40)) * 0.86 * size, 0.8 * wall)
        parts.append(metal("frame", floor.moved(offset=(0, 0, -2.0 * wall))))
        edge = 0.9 * size
        drop = bead_mesh("drop" if share > 1.2 else "round").scaled(self.bead_size * share)
        reach = float(np.ptp(drop.vertices[:, 0])) / 2
        cap = ellipsoid(0.22 * size, 0.16 * size, 0.16 * size, detail=8).moved(offset=(edge, 0, -wall))
        flipped = drop.moved(rotation((0, 0, 1), 180), (edge + 0.1 * size + reach, 0, 0))
        return [*parts, metal("setting", cap), Part("bead", self.bead_gem, flipped)]

    @classmethod
    def sample(cls, random: Generator) -> KundanNecklace:
        gem = pick(random, {"ruby": 2.0, "emerald": 1.5, "diamond": 1.0, "sapphire": 0.5})
        centre = Stone(gem, pick(random, ("round", "oval", "cushion")), between(random, 7, 12))
        return cls(
            centre,
            pick(random, {"diamond": 3.0, "ruby": 0.6, "emerald": 0.6}),
            pick(random, {"white_pearl": 3.0, "emerald": 0.5, "ruby": 0.5, "jade": 0.6, "coral": 0.4}),
            units=2 * whole(random, 3, 6) + 1,
            petals=whole(random, 5, 8),
            bead_size=between(random, 3, 5.5),
            width=between(random, 92, 120),
            strand=maybe(random, 0.6),
        )

    def facts(self) -> Facts:
        return Facts("collar_necklace", self.stone, "kundan", "flower")


@dataclass(frozen=True)
class LayeredNecklace:
    """Two to five lines one within another from one clasp, each a chain of its own or a strand of beads."""

    links: tuple[str, ...] = ("cable", "paperclip")  # "beads" is a strand
    gem: str = "white_pearl"
    size: float = 2.0
    width: float = 66.0
    apart: float = 9.0
    lay: str = "egg"
    stones: tuple[Stone, ...] = ()  # one hangs from each line, as far as they go

    def build(self) -> list[Part]:
        parts: list[Part] = []
        for index, link in enumerate(self.links):
            path = self._line(index)
            if index == 0 and self.lay in CLASPED:
                parts += clasp("lobster", path, 1.6)
            line = trimmed(path, 3.2, 3.2) if self.lay in CLASPED else path
            if link == "beads":
                parts += strung(line, (self.gem,), 1.9 * self.size, seed=index)
            else:
                parts.append(chain(link, line, self.size))
            if index < len(self.stones):
                parts += place(self._drop(self.stones[index]), offset=path[len(path) // 2])
        return on_floor(parts)

    def _line(self, index: int) -> Floats:
        """Every line starts at the same place at the back, the later ones reach further down and aside."""
        width, tall = self.width + 0.55 * index * self.apart, 1.1 * self.width + 1.7 * index * self.apart
        path = lay(self.lay, width, tall)
        return np.asarray(path + np.array([0, 0.55 * self.width - path[0, 1], 0.02 * index]))

    def _drop(self, stone: Stone) -> list[Part]:
        ring = metal("bail", torus(0.7 + 0.4 * self.size, 0.25, count=22, sides=7))
        head = [stone.part()] if stone.cut == "bead" else bezel(stone, wall=0.5)
        reach = 0.9 + 0.4 * self.size + stone.size / 2
        return [ring, *place(head, rotation((0, 0, 1), 90), (0, -reach, 0))]

    @classmethod
    def sample(cls, random: Generator) -> LayeredNecklace:
        kinds = [*(kind for kind in sorted(LINKS) if kind not in ("mesh", "omega")), "beads", "beads", "beads"]
        count = whole(random, 2, 4)
        alike = maybe(random, 0.3)
        first = pick(random, kinds)
        links = tuple(first if alike else pick(random, kinds) for _ in range(count))
        hung = tuple(some_stone(random, 4, 9) for _ in range(whole(random, 1, count))) if maybe(random, 0.5) else ()
        return cls(
            links,
            bead(random, 3, 4).gem,
            between(random, 1.2, 3.0),
            width=between(random, 48, 84),
            apart=between(random, 5, 14),
            lay=some_lay(random, ("egg", "circle", "vee", "you")),
            stones=hung,
        )

    def facts(self) -> Facts:
        strand = Stone(self.gem, "bead", round(1.9 * self.size, 2)) if "beads" in self.links else None
        stone = self.stones[0] if self.stones else strand
        setting = "" if stone is None else "drilled" if stone.cut == "bead" else "bezel"
        links = [link for link in self.links if link != "beads"]
        closure = "lobster" if self.lay in CLASPED else ""
        return Facts("layered_necklace", stone, setting, chain_type=links[0] if links else "", closure=closure)


FAMILIES: tuple[type, ...] = (FringeNecklace, KundanNecklace, LayeredNecklace)
