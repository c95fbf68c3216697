"""Bracelets of large forms joined one to the next: hoops, plates, squares, bars, domes, with or without stones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, cabochon, faceted, maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_heads import small_bezel, small_claws
from parure.render.families.bracelet_lays import laid, sample_lay
from parure.render.families.bracelet_parts import clasp, jump_ring, rounded_box, set_along
from parure.render.mesh import METAL, SECOND_METAL, Floats, Mesh, Part, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly, heart, star
from parure.render.solids import circle, plate, sweep, tube

__all__ = ["FAMILIES", "FormBracelet"]

_FORMS = {
    "hoop": 1.5,
    "oval_hoop": 1.3,
    "square_hoop": 1.0,
    "disc": 1.2,
    "tile": 1.2,
    "oval": 1.0,
    "marquise": 0.8,
    "heart": 0.8,
    "flower": 1.0,
    "star": 0.5,
    "bar": 0.8,
    "dome": 0.8,
    "bow_tie": 0.5,
}
_HOOPS = ("hoop", "oval_hoop", "square_hoop")
_MOTIFS = {"heart": "heart", "flower": "flower", "star": "star", "bar": "bar", "bow_tie": "bow", "marquise": "leaf"}


@dataclass(frozen=True)
class FormBracelet:
    """`form`s `size` mm long; `other` alternates with it; `stone` sits on every one (or, `sparse`, on every second)."""

    form: str
    size: float = 14.0
    aspect: float = 0.8
    other: str = ""
    stone: Stone | None = None
    sparse: bool = False
    two_tone: bool = False
    closure: str = "box_clasp"
    length: float = 180.0
    lay: str = "straight"
    sway: float = 0.5

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        grip = 1.2 + 0.06 * self.size
        gap = 2.1 * grip
        joint = 0.9 + 0.05 * self.size
        count = max(3, int((line.length - 2 * gap) / (self.size + 1.4 * joint)))
        spots = line.evenly(count, gap)
        heads = [self._head(k) for k in range(2)]
        parts = set_along(spots, heads)
        joints = line.at(gap + np.arange(count + 1) * (line.length - 2 * gap) / count)
        slack = (line.length - 2 * gap) / count - self.size
        link = [metal("chain", mesh) for mesh in (jump_ring(0.5 * slack + 0.5, 0.28 * joint),)]
        link = place(link, rotation((1, 0, 0), 90))
        return line.finish(parts + set_along(joints, [link]) + clasp(line, self.closure, grip))

    def _head(self, index: int) -> list[Part]:
        form = self.other if self.other and index else self.form
        material = SECOND_METAL if self.two_tone and index else METAL
        half = self.size / 2
        parts = [Part("face", material, mesh) for mesh in _form(form, half, self.aspect)]
        if self.stone is None or (self.sparse and index):
            return parts
        rise = -0.1 * half if form in _HOOPS else 0.9 + (0.3 * half if form == "dome" else 0.06 * half)
        head = small_bezel(self.stone) if self.stone.cut == "cabochon" or form in _HOOPS else small_claws(self.stone)
        held = place(head, offset=(0, 0, rise + 0.1 * self.stone.size))
        return parts + held + (self._bridge(half, form) if form in _HOOPS else [])

    def _bridge(self, half: float, form: str) -> list[Part]:
        """Four struts from a hoop to the stone inside it."""
        stone = self.stone.size if self.stone is not None else 0.0
        tall = half * (1.0 if form == "hoop" else self.aspect)
        ends = ((half, 0.0), (-half, 0.0), (0.0, tall), (0.0, -tall))
        return [
            metal("face", tube([[0.9 * x, 0.9 * y, 0], [x, y, 0] / np.hypot(x, y) * 0.46 * stone], 0.4, sides=8))
            for x, y in ends
            if np.hypot(x, y) * 0.9 > 0.5 * stone
        ]

    @classmethod
    def sample(cls, random: Generator) -> FormBracelet:
        form = pick(random, _FORMS)
        size, aspect = between(random, 7, 24), between(random, 0.5, 1.0)
        other = pick(random, _FORMS) if maybe(random, 0.3) else ""
        stone = None
        if maybe(random, 0.5):
            room = max(0.42 * size * aspect, 2.2)
            stone = cabochon(random, 0.8 * room, room) if maybe(random, 0.35) else faceted(random, 0.7 * room, room)
        lay, sway = sample_lay(random, without=("spiral",) if size > 16 else ())
        return cls(
            form,
            size,
            aspect,
            other if other != form else "",
            stone,
            sparse=maybe(random, 0.35),
            two_tone=maybe(random, 0.2),
            closure=pick(
                random, {"box_clasp": 2.0, "lobster": 2.0, "toggle": 2.0, "fold_over": 0.6, "spring_ring": 1.0}
            ),
            length=between(random, 165, 200),
            lay=lay,
            sway=sway,
        )

    def facts(self) -> Facts:
        closed = self.stone is not None and (self.stone.cut == "cabochon" or self.form in _HOOPS)
        setting = "" if self.stone is None else "bezel" if closed else "prong"
        motif = _MOTIFS.get(self.form, "circle" if self.form in ("hoop", "disc") else "geometric")
        return Facts("bracelet", self.stone, setting, motif, "", self.closure)


def _form(form: str, half: float, aspect: float) -> list[Mesh]:
    tall = half * aspect
    edge = circle(1.0, 72)
    square = np.sign(edge) * np.abs(edge) ** 0.35
    if form in _HOOPS:
        curve = (square if form == "square_hoop" else edge) * [half, half if form == "hoop" else tall]
        wire = circle(1.0, 12) * [0.1 * half + 0.3, 0.07 * half + 0.3]
        path = np.column_stack([evenly(curve * (1 - 0.08), 72), np.zeros(72)])
        return [sweep(path, wire, closed=True, ups=(0, 0, 1))]
    if form == "bar":
        return [rounded_box(2 * half, 0.35 * tall + 0.8, 1.4)]
    if form == "dome":
        return [plate(edge * [half, tall], 0.9, dome=0.35 * half)]
    if form == "bow_tie":
        reach = 0.3 + 0.7 * np.abs(edge[:, 0])
        return [plate(evenly(edge * reach[:, None] * [half, 1.3 * tall], 90), 1.1, dome=0.1 * half)]
    outline: dict[str, Floats] = {
        "tile": square * [half, tall],
        "oval": edge * [half, tall],
        "marquise": np.column_stack([edge[:, 0], 0.5 * edge[:, 1] * np.abs(edge[:, 1]) ** 0.35]) * half,
        "heart": heart(72) * half,
        "flower": (0.84 + 0.16 * np.cos(6 * np.arctan2(edge[:, 1], edge[:, 0])))[:, None] * edge * half,
        "star": star(5, 0.55, 80) * half,
    }
    return [plate(outline.get(form, edge * half), 1.1, dome=0.07 * half)]


FAMILIES: tuple[type, ...] = (FormBracelet,)
