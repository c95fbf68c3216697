"""What a pendant hangs from: a bail, and a bit of chain that runs out of the picture, or nothing more.

`Hanger` is the base of all pendant families. It holds keyword-only fields, so that each family keeps its own first
fields, and asks for `body()`: the pendant itself, face up, its top towards +y.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeVar

import numpy as np
from numpy.random import Generator

from parure.render.chains import chain
from parure.render.chance import between, maybe, pick
from parure.render.families import Facts
from parure.render.families.necklace_lays import clasp, trimmed
from parure.render.mesh import Floats, Mesh, Part, all_vertices, on_floor, place, rotation
from parure.render.mounts import metal
from parure.render.solids import band_profile, sweep, torus

__all__ = ["FINE_CHAINS", "Hanger", "Line", "hang_on", "hung_by_chance", "some_chain"]

FINE_CHAINS = {
    "cable": 5.0,
    "rolo": 2.0,
    "curb": 2.0,
    "box": 2.0,
    "rope": 1.3,
    "snake": 1.0,
    "singapore": 0.8,
    "wheat": 0.8,
    "figaro": 0.7,
    "paperclip": 0.8,
    "ball": 0.6,
    "satellite": 0.5,
    "oval_link": 0.6,
    "mariner": 0.4,
    "foxtail": 0.3,
}
Hung = TypeVar("Hung", bound="Hanger")


def some_chain(random: Generator) -> str:
    return pick(random, FINE_CHAINS)


@dataclass(frozen=True)
class Line:
    """A chain, or with no kind none, along a path whose middle point is in front; `closure` where it shows one."""

    path: Floats
    kind: str
    width: float
    closure: str = ""

    def parts(self) -> list[Part]:
        if not self.kind:
            return []
        if not self.closure:
            return [chain(self.kind, self.path, self.width)]
        size = 0.75 + 0.4 * self.width
        line = trimmed(self.path, 2 * size, 2 * size)
        return [chain(self.kind, line, self.width), *clasp(self.closure, self.path, size)]


def hang_on(body: Sequence[Part], line: Line, bail: str = "ring") -> list[Part]:
    """Hang the body by its middle from a bail on the line."""
    points = all_vertices(body)
    reach = max(0.6, 0.03 * float(np.ptp(points[:, 0])))
    top = float(points[np.abs(points[:, 0]) < reach, 1].max())  # a heart hangs by its cleft, not by its lobes
    size = max(1.35, 0.35 + 0.85 * line.width)
    there = np.array([0, 0.55 * size, 0.45 * size]) - line.path[len(line.path) // 2]
    hung = place(body, offset=(0, -0.9 * size - top, 0))
    return on_floor([*hung, metal("bail", _bail(bail, size)), *place(line.parts(), offset=there)])


def _bail(kind: str, size: float) -> Mesh:
    """A ring or a folded band in the yz plane, the chain's way through it along x."""
    if kind == "ring":
        ring = torus(size, 0.24 * size, count=36, sides=10).moved(rotation((0, 1, 0), 90))
        return ring.scaled((1.0, 1.25, 0.8)).moved(offset=(0, -0.13 * size, 0.35 * size))
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    out = np.column_stack([0 * angles, np.sin(angles), np.cos(angles)])
    band = sweep(out * size * np.array([0, 1.35, 0.8]), band_profile(1.7 * size, 0.3 * size), closed=True, ups=out)
    share = 0.72 + 0.28 * band.vertices[:, 1] / (1.6 * size)  # folded bails narrow towards the pendant
    slim = np.column_stack([band.vertices[:, 0] * np.clip(share, 0.35, 1.0), band.vertices[:, 1:]])
    return Mesh(slim, band.faces).moved(offset=(0, 0.1 * size, 0.35 * size))


@dataclass(frozen=True, kw_only=True)
class Hanger(ABC):
    """`chain` blank leaves the pendant alone; `span` and `drop` say how the bit of chain opens upward (mm)."""

    chain: str = "cable"
    chain_width: float = 1.35
    span: float = 40.0
    drop: float = 46.0
    bail: str = "ring"

    @classmethod
    @abstractmethod
    def sample(cls, random: Generator) -> Self: ...

    @abstractmethod
    def facts(self) -> Facts: ...

    @abstractmethod
    def body(self) -> list[Part]: ...

    def build(self) -> list[Part]:
        return hang_on(self.body(), Line(self._neck(), self.chain, self.chain_width), self.bail)

    def _neck(self) -> Floats:
        """Both sides of a chain as it hangs from a neck: a soft V, upward."""
        across = np.linspace(-1, 1, 1501)
        y = self.drop * (0.45 * np.sqrt(across**2 + 1e-4) + 0.55 * across**2)
        return np.column_stack([across * self.span / 2, y, np.zeros(len(across))])


def hung_by_chance(random: Generator, pendant: Hung) -> Hung:
    """The same pendant, alone or on some chain."""
    if maybe(random, 0.3):
        return replace(pendant, chain="", bail=pick(random, {"ring": 2.0, "folded": 1.0}))
    return replace(
        pendant,
        chain=some_chain(random),
        chain_width=between(random, 0.9, 2.2),
        span=between(random, 18, 64),
        drop=between(random, 14, 60),
        bail=pick(random, {"ring": 1.0, "folded": 1.0}),
    )
