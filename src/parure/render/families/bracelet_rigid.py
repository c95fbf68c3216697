"""Rigid bracelets beyond the single bangle: stacks of thin ones and the heavy kada."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, cabochon, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bangle_surfaces import TEXTURES, textured
from parure.render.families.bangles import SECTIONS, leaned, oval_arc, sample_tilt, section
from parure.render.families.bracelet_heads import small_bezel
from parure.render.mesh import METAL, SECOND_METAL, Floats, Part, frame, place, rotation
from parure.render.mounts import metal
from parure.render.solids import ball, circle, ellipsoid, sweep, tube

__all__ = ["FAMILIES", "BangleStack", "Kada"]


@dataclass(frozen=True)
class BangleStack:
    """`sections` name thin bangles piled up, or standing side by side; every second may be in the other metal."""

    sections: tuple[str, ...]
    height: float = 2.0
    width: float = 3.0
    texture: str = ""
    two_tone: bool = False
    half_width: float = 31.0
    slide: float = 3.0
    tilt: float = 0.0

    def build(self) -> list[Part]:
        parts: list[Part] = []
        level = 0.0
        for k, kind in enumerate(self.sections):
            tall = self.height if kind == "round" else self.width
            path, out = oval_arc(self.half_width, 0.95 * self.half_width, count=320)
            mesh = sweep(path, section(kind, self.width, self.height), closed=True, ups=out)
            material = SECOND_METAL if self.two_tone and k % 2 else METAL
            band = Part("band", material, textured(mesh, self.texture if k % 2 == 0 else "", 0.16 * self.height))
            turn = rotation((0, 0, 1), 67.0 * k)
            shift = self.slide * np.array([np.sin(2.1 * k), np.cos(2.1 * k), 0]) * (self.tilt == 0)
            parts += place([band], turn, shift + np.array([0, 0, level + tall / 2]))
            level += tall + 0.15
        return leaned(parts, self.tilt)

    @classmethod
    def sample(cls, random: Generator) -> BangleStack:
        same = pick(random, SECTIONS)
        count = whole(random, 2, 6)
        mixed = maybe(random, 0.4)
        return cls(
            tuple(pick(random, SECTIONS) if mixed else same for _ in range(count)),
            height=between(random, 1.2, 2.6),
            width=between(random, 1.6, 5.0),
            texture=pick(random, {"": 2.0} | TEXTURES),
            two_tone=maybe(random, 0.25),
            half_width=between(random, 28, 33),
            slide=between(random, 0, 4),
            tilt=sample_tilt(random),
        )

    def facts(self) -> Facts:
        return Facts("bangle", None, "", "bamboo" if self.texture == "bamboo" else "", "", "no_closure")


@dataclass(frozen=True)
class Kada:
    """Heavy and stiff. `ends`: none (closed), ball, head (two animal heads that face each other), screw (a block)."""

    section: str = "round"
    width: float = 8.0
    height: float = 6.0
    ends: str = "head"
    texture: str = ""
    stone: Stone | None = None
    half_width: float = 32.0
    tilt: float = 0.0

    def build(self) -> list[Part]:
        opening = {"none": 0.0, "screw": 0.0, "ball": 26.0, "head": 34.0}[self.ends]
        path, out = oval_arc(self.half_width, 0.9 * self.half_width, opening=opening, count=420)
        band = sweep(path, section(self.section, self.width, self.height), closed=opening == 0, ups=out)
        turned = place([metal("band", textured(band, self.texture, 0.12 * self.height))])
        spine = path + out * self.height / 2
        if self.ends == "screw":
            turned += self._block(spine[0])
        elif opening:
            for k, step in ((0, 1), (-1, -2)):
                away = spine[k] - spine[step]
                turned += place(self._end(), frame(out[k], away), spine[k])
        turned += self._stones(path, out)
        # The ends are the showpiece: they go to the front.
        spun = place(turned, rotation((0, 0, 1), 180 if self.stone is None else 0))
        return leaned(spun, self.tilt)

    def _block(self, at: Floats) -> list[Part]:
        tall = 1.3 * (self.height if self.section == "round" else self.width)
        body = ellipsoid(0.55 * tall, 0.62 * self.height + 0.6, 0.55 * tall).moved(offset=at)
        screw = tube(at + np.outer([-0.75, 0.75], [0, 0, tall]), 0.24 * tall)
        return [metal("closure", body), metal("closure", screw)]

    def _end(self) -> list[Part]:
        """At the origin, its nose along x and the crown of its head along z."""
        thick = 0.5 * max(self.height, 0.55 * self.width if self.section != "round" else 0.0)
        if self.ends == "ball":
            return [metal("band", ball(1.45 * thick))]
        skull = ellipsoid(1.7 * thick, 1.3 * thick, 1.35 * thick)
        muzzle = ellipsoid(1.0 * thick, 0.75 * thick, 0.7 * thick).moved(offset=(1.7 * thick, 0, -0.3 * thick))
        brow = ellipsoid(0.5 * thick, 1.0 * thick, 0.3 * thick).moved(offset=(0.8 * thick, 0, 0.95 * thick))
        parts = [metal("band", mesh) for mesh in (skull, muzzle, brow)]
        for side in (-1, 1):
            ear = ellipsoid(0.35 * thick, 0.28 * thick, 0.6 * thick, detail=10)
            eye = ball(0.22 * thick, detail=8).moved(offset=(1.15 * thick, 0.62 * side * thick, 0.7 * thick))
            parts.append(metal("band", ear.moved(rotation((0, 1, 0), -35), (-0.4 * thick, 0.9 * side * thick, thick))))
            parts.append(Part("band", SECOND_METAL, eye))
        return [*parts, *self._mane(thick)]

    def _mane(self, thick: float) -> list[Part]:
        """A collar of small grains where the head meets the band."""
        grains = circle(1.32 * thick, 14)
        return [metal("band", ball(0.3 * thick, detail=8).moved(offset=(-1.2 * thick, y, z))) for y, z in grains]

    def _stones(self, path: Floats, out: Floats) -> list[Part]:
        if self.stone is None:
            return []
        head, parts = small_bezel(self.stone), []
        span = np.linspace(0.28, 0.72, 9) * (len(path) - 1)
        for k in span.astype(int):
            spot = path[k] + out[k] * (self.height + 0.12 * self.stone.size)
            parts += place(head, frame(out[k], (0, 0, 1)), spot)
        return parts

    @classmethod
    def sample(cls, random: Generator) -> Kada:
        kind = pick(random, {"round": 3.0, "square": 1.0, "dome": 1.5, "flat": 1.5})
        height = between(random, 4, 9) if kind == "round" else between(random, 2.5, 5)
        ends = pick(random, {"none": 1.5, "screw": 1.2, "ball": 1.0, "head": 1.6})
        stones = kind != "square" and ends in ("none", "screw") and maybe(random, 0.35)
        return cls(
            kind,
            width=between(random, 5, 16),
            height=height,
            ends=ends,
            texture=pick(random, {"": 2.0} | TEXTURES) if not stones else "",
            stone=cabochon(random, 4, 6.5) if stones else None,
            half_width=between(random, 29, 36),
            tilt=sample_tilt(random),
        )

    def facts(self) -> Facts:
        closure = {"screw": "screw_back"}.get(self.ends, "no_closure")
        motif = "lion" if self.ends == "head" else "bamboo" if self.texture == "bamboo" else ""
        return Facts(
            "kada", self.stone, "bezel" if self.stone else "", motif, "", "" if closure == "screw_back" else closure
        )


FAMILIES: tuple[type, ...] = (BangleStack, Kada)
