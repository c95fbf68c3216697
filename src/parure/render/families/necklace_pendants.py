"""Any pendant on the whole of its chain, or on a cord."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from parure.render.chains_paths import resampled
from parure.render.chance import between, pick
from parure.render.families import Facts
from parure.render.families.necklace_lays import CLASPED, clasp, lay, some_lay, trimmed
from parure.render.families.pendant_amulets import EvilEyePendant, HamsaPendant, WrappedPendant
from parure.render.families.pendant_cases import DogTag, Locket, Medallion
from parure.render.families.pendant_charms import CrossPendant, HeartPendant, KeyPendant
from parure.render.families.pendant_hangers import Hanger, Line, hang_on, some_chain
from parure.render.families.pendant_letters import LetterPendant
from parure.render.families.pendant_nature import FeatherPendant, LeafPendant, MoonPendant, PetalPendant, TreePendant
from parure.render.families.pendants import FormPendant, StonePendant
from parure.render.mesh import Floats, Part, on_floor
from parure.render.mounts import metal
from parure.render.solids import ball, tube

__all__ = ["FAMILIES", "CordNecklace", "PendantNecklace"]

_PENDANTS: dict[type[Hanger], float] = {
    StonePendant: 6.0,
    FormPendant: 2.0,
    HeartPendant: 1.4,
    CrossPendant: 1.2,
    Locket: 1.2,
    Medallion: 1.2,
    LetterPendant: 1.2,
    MoonPendant: 0.8,
    LeafPendant: 0.7,
    FeatherPendant: 0.6,
    PetalPendant: 0.9,
    TreePendant: 0.6,
    KeyPendant: 0.5,
    EvilEyePendant: 0.6,
    HamsaPendant: 0.5,
    DogTag: 0.5,
    WrappedPendant: 0.4,
}
_ON_CORDS: dict[type[Hanger], float] = {
    WrappedPendant: 2.0,
    FormPendant: 1.0,
    StonePendant: 1.0,
    Medallion: 1.0,
    CrossPendant: 1.0,
    FeatherPendant: 0.8,
    TreePendant: 0.8,
    DogTag: 0.6,
    HamsaPendant: 0.6,
}


def _some_pendant(random: Generator, shares: dict[type[Hanger], float]) -> Hanger:
    return replace(pick(random, shares).sample(random), chain="", bail=pick(random, ("ring", "folded")))


def _facts_of(pendant: Hanger, chain_type: str, closure: str) -> Facts:
    facts = pendant.facts()
    kind = "pendant_necklace" if facts.type == "pendant" else facts.type
    return replace(facts, type=kind, chain_type=chain_type, closure=closure)


@dataclass(frozen=True)
class PendantNecklace:
    """Any pendant on the whole of its chain."""

    pendant: Hanger
    chain: str = "cable"
    chain_width: float = 1.4
    width: float = 74.0
    height: float = 92.0
    lay: str = "egg"
    closure: str = "lobster"

    def build(self) -> list[Part]:
        path = lay(self.lay, self.width, self.height)
        line = Line(path, self.chain, self.chain_width, self.closure if self.lay in CLASPED else "")
        return hang_on(self.pendant.body(), line, self.pendant.bail)

    @classmethod
    def sample(cls, random: Generator) -> PendantNecklace:
        width = between(random, 28, 95)
        return cls(
            _some_pendant(random, _PENDANTS),
            some_chain(random),
            between(random, 0.9, 2.4),
            width=width,
            height=round(width * between(random, 1.0, 1.5), 1),
            lay=some_lay(random),
            closure=pick(random, {"lobster": 3.0, "spring_ring": 2.0, "toggle": 0.4}),
        )

    def facts(self) -> Facts:
        return _facts_of(self.pendant, self.chain, self.closure if self.lay in CLASPED else "")


@dataclass(frozen=True)
class CordNecklace:
    """A pendant on a leather or waxed cord, tied or clasped; beads beside the pendant, or none."""

    pendant: Hanger
    cord: str = "cord_black"
    thick: float = 1.6
    width: float = 70.0
    height: float = 96.0
    lay: str = "egg"
    closure: str = "lobster"
    beads: int = 0  # metal beads at either side

    def build(self) -> list[Part]:
        path = lay(self.lay, self.width, self.height)
        parts = hang_on(self.pendant.body(), Line(path, "", self.thick), self.pendant.bail)
        size = max(1.35, 0.35 + 0.85 * self.thick)
        bail = next(part for part in parts if part.label == "bail").mesh.vertices
        low = float((bail[:, 2].min() + bail[:, 2].max()) / 2)
        path = path - path[len(path) // 2] + np.array([0, 0.55 * size, low])
        parts += self._cord(path) + self._beads(path)
        return on_floor(parts)

    def _cord(self, path: Floats) -> list[Part]:
        ends: list[Part] = []
        if self.lay in CLASPED and self.closure == "tie_closure":
            knot = ball(1.5 * self.thick, detail=9).scaled((1.2, 0.8, 0.8)).moved(offset=path[0])
            ends = [Part("closure", self.cord, knot)]
        elif self.lay in CLASPED:
            size = 0.9 + 0.3 * self.thick
            ends = clasp(self.closure, path, size)
            path = trimmed(path, 2.2 * size, 2.2 * size)
            tips = [tube(path[:60:10], 0.75 * self.thick, sides=10), tube(path[-60::10], 0.75 * self.thick, sides=10)]
            ends += [metal("closure", tip) for tip in tips]
        line = resampled(path, 0.8)
        return [Part("cord", self.cord, tube(line, self.thick / 2, sides=10)), *ends]

    def _beads(self, path: Floats) -> list[Part]:
        middle, step = len(path) // 2, 1.9 * self.thick
        per_mm = 1 / float(np.linalg.norm(path[middle + 1] - path[middle]))
        spots = [side * round((3.2 + self.thick + k * step) * per_mm) for k in range(self.beads) for side in (1, -1)]
        bead = ball(0.95 * self.thick, detail=9)
        return [metal("bead", bead.moved(offset=path[middle + spot])) for spot in spots]

    @classmethod
    def sample(cls, random: Generator) -> CordNecklace:
        width = between(random, 28, 85)
        return cls(
            _some_pendant(random, _ON_CORDS),
            pick(
                random,
                ("cord_black", "cord_brown", "cord_red", "cord_blue", "cord_beige", "leather_black", "leather_brown"),
            ),
            between(random, 1.0, 2.8),
            width=width,
            height=round(width * between(random, 1.0, 1.5), 1),
            lay=some_lay(random),
            closure=pick(random, ("lobster", "tie_closure", "magnetic")),
            beads=pick(random, (0, 0, 1, 2)),
        )

    def facts(self) -> Facts:
        return _facts_of(self.pendant, "cord_chain", self.closure if self.lay in CLASPED else "")


FAMILIES: tuple[type, ...] = (PendantNecklace, CordNecklace)
