"""Tiaras: a band open at the back with arches, rays or leaves that rise to the middle, set with stones and pearls.

Drawn flat first: x along the band from its middle, y up, facing +z. Then wrapped round the head: the metal is bent,
stones are only turned, so that facets stay flat. It stands on the floor, its middle towards -y.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, faceted, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ear_findings import collet, small_bead
from parure.render.families.earrings import held
from parure.render.mesh import Floats, Mesh, Part, on_floor, place, rotation
from parure.render.mounts import metal
from parure.render.solids import ball, circle, sweep, tube

__all__ = ["FAMILIES", "Tiara"]

_BENT = ("frame", "band")  # labels of the metal that follows the head


@dataclass(frozen=True)
class Tiara:
    """`style` is arches, rays or leaves; `peaks` of them, the middle one `height` mm and the last `fall` of that.

    `tip` crowns each peak, `inner` hangs within each arch, `gem` is the melee of the band.
    """

    tip: Stone
    inner: Stone | None = None
    gem: str = "diamond"
    style: str = "arches"
    peaks: int = 9
    height: float = 34.0
    fall: float = 0.35
    radius: float = 68.0
    span: float = 190.0  # degrees of the head that the band goes round
    melee: float = 2.4

    @classmethod
    def sample(cls, random: Generator) -> Self:
        gem = melee(random)
        tip = pick(
            random,
            {
                faceted(random, 3.5, 7.0, cuts=("round", "pear", "oval", "marquise"), gems=(gem,)): 0.45,
                faceted(random, 3.5, 7.0, cuts=("round", "pear", "oval")): 0.2,
                bead(random, 4.0, 8.0, pearl=True): 0.35,
            },
        )
        inner = faceted(random, 4.0, 6.5, cuts=("pear", "oval", "round"), gems=(tip.gem,)) if tip.cut != "bead" else tip
        return cls(
            tip,
            inner if maybe(random, 0.6) else None,
            gem,
            pick(random, {"arches": 0.45, "rays": 0.25, "leaves": 0.3}),
            pick(random, (7, 9, 11, 13)),
            between(random, 20, 52),
            between(random, 0.2, 0.75),
            between(random, 60, 74),
            between(random, 150, 215),
            between(random, 1.8, 3.0),
        )

    def facts(self) -> Facts:
        motif = "leaf" if self.style == "leaves" else "crown"
        return Facts("tiara", self.tip, held(self.tip, collar=True), motif, closure="no_closure")

    def build(self) -> list[Part]:
        draw = {"arches": self._arch, "rays": self._ray, "leaves": self._spray}[self.style]
        parts = self._band()
        step = 0.8 * self._length() / self.peaks
        for k in range(self.peaks):
            x = (k - (self.peaks - 1) / 2) * step
            parts += place(draw(step, self._rise(x)), offset=(x, self.melee + 1.2, 0))
        return on_floor([self._wrapped(part) for part in parts])

    def _length(self) -> float:
        return float(self.radius * np.radians(self.span))

    def _rise(self, x: float) -> float:
        """Height of a peak at x: highest in the middle."""
        share = min(1.0, abs(x) / (0.4 * self._length()))
        lift = max(float(np.cos(np.pi / 2 * share)), 0.0) ** 1.3
        return self.height * float(self.fall + (1 - self.fall) * lift)

    def _band(self) -> list[Part]:
        """Two rails with collets between them in front, and bare ends that close to a loop."""
        half, rail = self._length() / 2, self.melee + 1.0
        x = np.linspace(-half, half, 260)
        narrow = np.clip((half - np.abs(x)) / 18.0, 0.0, 1.0)
        lower, upper = (np.column_stack([x, side * rail / 2 * narrow, 0 * x]) for side in (-1, 1))
        parts = [metal("band", tube(path, 0.75, sides=10)) for path in (lower, upper)]
        ends = [ball(1.5, detail=10).moved(offset=(side * half, 0, 0)) for side in (1, -1)]
        parts += [metal("band", end) for end in ends]
        stone = Stone(self.gem, "single", self.melee)
        count = int((2 * half - 40) / (1.45 * self.melee))
        for seat in (np.arange(count) - (count - 1) / 2) * 1.45 * self.melee:
            parts += place(collet(stone, wall=0.3), offset=(float(seat), 0, 0.5))
        return parts

    def _tip(self, stone: Stone, y: float) -> list[Part]:
        """The stone that crowns a peak, its lower edge at y."""
        if stone.cut == "bead":
            peg = metal("setting", ball(0.28 * stone.size, detail=8).moved(offset=(0, y, 0)))
            return [peg, small_bead(stone.gem, stone.size, (0, y + stone.size / 2, 0), "centre_stone")]
        half = float(stone.outline[:, 0].max())
        return place(collet(stone, "centre_stone"), rotation((0, 0, 1), 90), (0, y + half, 0.4))

    def _scaled(self, stone: Stone, rise: float) -> Stone:
        """Smaller towards the ends of the band, as makers graduate them."""
        return replace(stone, size=round(stone.size * (0.5 + 0.5 * rise / self.height), 2))

    def _arch(self, step: float, rise: float) -> list[Part]:
        """A pointed arch with a second, lower one inside it."""
        parts: list[Part] = []
        for share, wire in ((1.0, 0.8), (0.62, 0.5)):
            u = np.linspace(-1, 1, 61)
            y = rise * share * (1 - np.abs(u) ** 1.7) ** 0.75
            x = 0.5 * step * (0.25 + 0.75 * share) * np.sign(u) * np.abs(u) ** 0.8
            parts.append(metal("frame", tube(np.column_stack([x, y, 0 * u]), wire, sides=10)))
        parts += self._tip(self._scaled(self.tip, rise), rise + 0.4)
        if self.inner is not None:
            inner = self._scaled(self.inner, rise)
            low = 0.62 * rise
            parts += self._tip(inner, low + 0.3) if 0.34 * rise > inner.size + 1.0 else []
        return parts

    def _ray(self, step: float, rise: float) -> list[Part]:
        """A straight ray with melee shrinking along it, and a shorter one on either side."""
        parts: list[Part] = []
        for x, share in ((0.0, 1.0), (0.34 * step, 0.55), (-0.34 * step, 0.55)):
            top = rise * share
            parts.append(metal("frame", tube([[x, -0.6, 0], [x, top, 0]], 0.65, taper=0.7, sides=10)))
            if x:
                parts += place(collet(Stone(self.gem, "round", self.melee), wall=0.3), offset=(x, top + 1.0, 0.4))
            else:
                for y in np.arange(0.3 * top, 0.9 * top, 1.7 * self.melee):
                    parts += place(collet(Stone(self.gem, "single", self.melee), wall=0.3), offset=(0, float(y), 0.5))
                parts += self._tip(self._scaled(self.tip, rise), top + 0.2)
        return parts

    def _spray(self, step: float, rise: float) -> list[Part]:
        """A stem with pairs of leaves, the stone at its head."""
        parts = [metal("frame", tube([[0, -0.6, 0], [0, rise, 0]], 0.6, taper=0.7, sides=10))]
        pairs = max(2, int(rise / 6.5))
        for k in range(pairs):
            size = min(0.62 * step, 9.0) * (1 - 0.35 * k / pairs)
            leaf = [metal("petal", _leaf(size))]
            for side in (48.0, -48.0):
                parts += place(leaf, rotation((0, 0, 1), side), (0, rise * (k + 0.35) / (pairs + 0.3), 0))
        return [*parts, *self._tip(self._scaled(self.tip, rise), rise + 0.2)]

    def _wrapped(self, part: Part) -> Part:
        vertices = part.mesh.vertices
        if part.label in _BENT:
            return replace(part, mesh=Mesh(self._bent(vertices), part.mesh.faces))
        middle = (vertices.min(axis=0) + vertices.max(axis=0)) / 2 * np.array([1.0, 0.0, 0.0])
        turn = rotation((0, 0, 1), float(np.degrees(middle[0] / self.radius))) @ rotation((1, 0, 0), 90)
        return replace(part, mesh=part.mesh.moved(turn, self._bent(middle[None])[0] - turn @ middle))

    def _bent(self, points: Floats) -> Floats:
        angle, out = points[:, 0] / self.radius, self.radius + points[:, 2]
        return np.column_stack([out * np.sin(angle), -out * np.cos(angle), points[:, 1]])


def _leaf(length: float) -> Mesh:
    """A plump leaf from the origin up, of few triangles, because a tiara has a hundred."""
    share = np.linspace(0, 1, 22)
    path = np.column_stack([0 * share, length * share, 0 * share])
    section = circle(1.0, 14) * np.array([0.2 * length, 0.55])
    return sweep(path, section, ups=(0, 0, 1), scale=0.05 + 0.95 * np.sin(np.pi * share**0.85))


FAMILIES: tuple[type, ...] = (Tiara,)
