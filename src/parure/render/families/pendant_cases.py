"""Pendants made of a plate: lockets that open, coins and medallions in relief, dog tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.pendant_hangers import Hanger, hung_by_chance
from parure.render.families.pendant_letters import LETTERS, lettering
from parure.render.mesh import Floats, Part, all_vertices, place, rotation
from parure.render.mounts import bezel, metal
from parure.render.outlines import evenly, heart, offset, outline
from parure.render.solids import ball, circle, plate, sweep, tube

__all__ = ["FAMILIES", "DogTag", "Locket", "Medallion"]

_UPRIGHT = np.array([[0.0, 1.0], [-1.0, 0.0]])  # turns a curve long in x to stand


def _curve(form: str, count: int = 150) -> Floats:
    if form == "heart":
        return heart(count)
    return evenly(np.asarray(outline({"round": "round", "oval": "oval", "square": "cushion"}[form])) @ _UPRIGHT, count)


def _wire_along(curve: Floats, z: float, wire: float) -> Part:
    path = np.column_stack([evenly(curve, 110), np.full(110, z)])
    return metal("face", sweep(path, circle(wire, 8), closed=True, ups=(0, 0, 1)))


def _beads_along(curve: Floats, z: float, size: float) -> list[Part]:
    length = float(np.linalg.norm(curve - np.roll(curve, 1, 0), axis=1).sum())
    dot = metal("face", ball(size / 2, detail=6))
    return [part for x, y in evenly(curve, round(length / (1.05 * size))) for part in place([dot], offset=(x, y, z))]


@dataclass(frozen=True)
class Locket(Hanger):
    """A case of two shells, hinged at the left and opened at the right. Rims: plain, wire, beaded."""

    form: str = "oval"
    size: float = 18.0
    depth: float = 2.4  # of one shell's dome
    rim: str = "wire"
    petals: int = 0  # of the rosette engraved in the middle
    stone: Stone | None = None

    def body(self) -> list[Part]:
        half = self.size / 2
        curve = _curve(self.form) * half
        shell = plate(curve, 1.0, height=self._relief(half))
        back = plate(curve, 1.0, dome=0.6 * self.depth).moved(rotation((0, 1, 0), 180), (0, 0, -0.12))
        parts = [metal("face", shell), metal("face", back), *self._rim(curve)]
        wide = float(np.abs(curve[:, 0]).max())
        low = 0.35 * half if self.form == "heart" else 0.0
        knuckles = [
            tube([[-wide - 0.2, low + y, 0], [-wide - 0.2, low + y + 0.9, 0]], 0.5, sides=10) for y in (-1.6, -0.4, 0.8)
        ]
        catch = ball(0.55, detail=8).scaled((1.3, 1, 0.8)).moved(offset=(wide + 0.25, low, 0))
        parts += [metal("closure", mesh) for mesh in (*knuckles, catch)]
        if self.stone is not None:
            parts += place(bezel(self.stone, wall=0.4, depth=0.5), offset=(0, 0, 1.2 + self.depth))
        return parts

    def _relief(self, half: float) -> Callable[[Floats], Floats]:
        def height(points: Floats) -> Floats:
            share = np.hypot(points[:, 0], points[:, 1]) / half
            angle = np.arctan2(points[:, 1], points[:, 0])
            dome = self.depth * np.clip(1 - share**2, 0, 1)
            rosette = 0.3 * np.cos(self.petals * angle) * np.exp(-(((share - 0.42) / 0.2) ** 2)) if self.petals else 0.0
            return np.asarray(dome + rosette)

        return height

    def _rim(self, curve: Floats) -> list[Part]:
        inside = offset(curve, -0.06 * self.size)
        if self.rim == "wire":
            return [_wire_along(inside, 1.15, 0.28)]
        return _beads_along(inside, 1.2, 0.045 * self.size) if self.rim == "beaded" else []

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 12, 30)
        stone = Stone(melee(random), "round", round(between(random, 0.1, 0.18) * size, 2))
        piece = cls(
            pick(random, ("round", "oval", "heart", "square")),
            size,
            depth=between(random, 0.07, 0.15) * size,
            rim=pick(random, ("plain", "wire", "beaded")),
            petals=whole(random, 4, 9) if maybe(random, 0.5) else 0,
            stone=stone if maybe(random, 0.35) else None,
        )
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        motif = "heart" if self.form == "heart" else ""
        return Facts("locket", self.stone, "bezel" if self.stone else "", motif, chain_type=self.chain)


Relief = Callable[[Floats, Floats], Floats]  # (share of the radius, angle) -> height from 0 to 1


def _blob(share: Floats, angle: Floats, at: tuple[float, float], size: tuple[float, float]) -> Floats:
    x, y = share * np.cos(angle) - at[0], share * np.sin(angle) - at[1]
    return np.asarray(np.clip(1.2 - (x / size[0]) ** 2 - (y / size[1]) ** 2, 0, 1) ** 0.5)


def _bust(share: Floats, angle: Floats) -> Floats:
    """A head in profile, looking right, as on an old coin."""
    shapes = (((0.0, 0.2), (0.3, 0.36)), ((0.3, 0.12), (0.1, 0.09)), ((-0.12, 0.3), (0.34, 0.3)))
    neck, chest = _blob(share, angle, (-0.06, -0.25), (0.15, 0.3)), _blob(share, angle, (0.0, -0.52), (0.42, 0.16))
    head = [_blob(share, angle, at, size) for at, size in shapes]
    chin = _blob(share, angle, (0.14, -0.1), (0.12, 0.1))
    return np.asarray(np.max([*head, chin, 0.8 * neck, 0.9 * chest], axis=0))


_RELIEFS: dict[str, Relief] = {
    "sun": lambda share, angle: np.maximum(
        share < 0.3, (0.5 + 0.5 * np.cos(12 * angle)) ** 3 * (share < 0.75) * (1 - share)
    ).astype(float),
    "star": lambda share, angle: np.clip(1.3 - share * (1.9 + 1.1 * np.cos(5 * angle - 0.5 * np.pi)), 0, 1),
    "flower": lambda share, angle: np.clip(1 - share / (0.5 + 0.25 * np.cos(6 * angle)), 0, 1) ** 0.5,
    "coin": _bust,
}


@dataclass(frozen=True)
class Medallion(Hanger):
    """A coin with something in relief inside a raised rim."""

    relief: str = "coin"
    size: float = 20.0
    rim: str = "wire"
    initial: str = ""  # a letter in place of the relief
    stone: Stone | None = None

    def body(self) -> list[Part]:
        half = self.size / 2
        parts = [metal("face", plate(_curve("round", 180) * half, 1.3, height=self._height(half)))]
        inside = _curve("round") * half * 0.93
        parts += (
            _beads_along(inside, 1.35, 0.05 * self.size) if self.rim == "beaded" else [_wire_along(inside, 1.3, 0.4)]
        )
        if self.initial:
            letter = lettering(self.initial, 0.8 * half, 0.045 * self.size)
            points = all_vertices(letter)
            middle = (points.min(axis=0) + points.max(axis=0)) / 2
            parts += place(letter, offset=(-middle[0], -middle[1], 1.4))
        if self.stone is not None:
            parts += place(bezel(self.stone, wall=0.4, depth=0.5), offset=(0, -0.62 * half, 1.5))
        return parts

    def _height(self, half: float) -> Callable[[Floats], Floats]:
        def height(points: Floats) -> Floats:
            if self.initial:
                return np.zeros(len(points))
            share, angle = np.hypot(points[:, 0], points[:, 1]) / half, np.arctan2(points[:, 1], points[:, 0])
            return np.asarray(0.05 * self.size * _RELIEFS[self.relief](share, angle))

        return height

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 13, 30)
        piece = cls(
            pick(random, sorted(_RELIEFS)),
            size,
            rim=pick(random, ("wire", "beaded")),
            initial=pick(random, sorted(LETTERS)) if maybe(random, 0.2) else "",
            stone=Stone(melee(random), "round", round(0.11 * size, 2)) if maybe(random, 0.25) else None,
        )
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        motif = "initial" if self.initial else self.relief
        return Facts("medallion", self.stone, "bezel" if self.stone else "", motif, chain_type=self.chain)


@dataclass(frozen=True)
class DogTag(Hanger):
    """A plate with round ends, upright, its rim rolled; lines of letters or a cross upon it."""

    size: float = 30.0
    rolled: bool = True
    text: tuple[str, ...] = ()

    def body(self) -> list[Part]:
        half, wide = self.size / 2, 0.28 * self.size
        angles = np.linspace(0, 2 * np.pi, 400, endpoint=False)
        straight = np.sign(np.sin(angles)) * (half - wide)
        curve = evenly(np.column_stack([wide * np.cos(angles), wide * np.sin(angles) + straight]), 150)
        parts = [metal("face", plate(curve, 1.2))]
        if self.rolled:
            parts.append(_wire_along(curve * 0.96, 1.15, 0.42))
        for row, line in enumerate(self.text):
            letters = lettering(line, 0.08 * self.size, 0.009 * self.size, flat=0.5)
            across = float(np.ptp(all_vertices(letters)[:, 0]))
            parts += place(letters, offset=(-across / 2, (0.12 - 0.14 * row) * self.size, 1.22))
        return parts

    @classmethod
    def sample(cls, random: Generator) -> Self:
        letters = sorted(LETTERS)
        rows = whole(random, 0, 3)
        text = tuple("".join(pick(random, letters) for _ in range(whole(random, 2, 4))) for _ in range(rows))
        return hung_by_chance(random, cls(between(random, 20, 42), maybe(random, 0.6), text))

    def facts(self) -> Facts:
        return Facts("dog_tag", motif="word" if self.text else "", chain_type=self.chain)


FAMILIES: tuple[type, ...] = (Locket, Medallion, DogTag)
