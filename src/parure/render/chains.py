"""Chains along a path by the names of the trade: `chain("figaro", path, 3.0)`. Paths are dense polylines (n, 3).

`LINKS` is the table: a taxonomy id of `chain_type` and what makes it. A width is the widest a chain looks from above.
Also beads on a thread and twisted wire.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from parure.errors import NotFound
from parure.render.chains_links import bar, bead, chevron, grain, mariner, rolled, square, stadium, twisted
from parure.render.chains_paths import Link, path_length, repeat, resampled, ring_path, walk
from parure.render.cuts import Stone
from parure.render.mesh import Floats, Mesh, Part, join, place, rotation
from parure.render.mounts import metal
from parure.render.solids import circle, sweep, tube

__all__ = [
    "LINKS",
    "bead_strand",
    "cable_chain",
    "chain",
    "curb_chain",
    "path_length",
    "ring_path",
    "twisted_wire",
    "walk",
]

Builder = Callable[[Floats, float, ArrayLike], Mesh]
Pattern = Callable[[float], tuple[Link, ...]]


def chain(kind: str, path: Floats, width: float, *, ups: ArrayLike = (0, 0, 1)) -> Part:
    """A chain of this kind from end to end of the path.

    `ups`, (3,) or one for each point of the path, is the way the broad side looks: up for a necklace on a table,
    outward for a bracelet that stands.
    """
    if kind not in LINKS:
        raise NotFound(f"No chain is called {kind!r}; there are {', '.join(sorted(LINKS))}.")
    return replace(metal("chain", LINKS[kind](path, width, ups)), smooth=kind not in _SHARP)


_SHARP = ("box", "herringbone")  # flat facets that an averaged normal would make look like dough


def _of(pattern: Pattern) -> Builder:
    return lambda path, width, ups: repeat(path, pattern(width), ups=ups)


def _crossed(link: Link) -> tuple[Link, ...]:
    """Each link a quarter turn from the last, neither lying flat."""
    return rolled(link, 45), rolled(link, 135)


def _curb(width: float, length: float, wire: float, flat: float = 0.75) -> Link:
    return twisted(stadium(length * width, width, wire * width), 42, flat=flat)


def _figaro(width: float) -> tuple[Link, ...]:
    short = _curb(width, 1.22, 0.15)
    return short, short, short, _curb(width, 2.3, 0.15)


def _singapore(width: float) -> tuple[Link, ...]:
    link = _curb(width, 1.3, 0.14, 0.9)
    return tuple(rolled(link, 40 * k) for k in range(9))


def _doubled(link: Link, apart: float) -> Link:
    """Two links side by side as one."""
    meshes = [link.mesh.moved(offset=(0, 0, side * apart / 2)) for side in (1, -1)]
    return Link(join(meshes), link.pitch)


def _satellite(width: float) -> tuple[Link, ...]:
    plain = _crossed(stadium(0.95 * width, 0.66 * width, 0.1 * width))
    return *(plain * 5), bead(width, 1.1 * width, neck=0.1 * width)


def _bars(width: float) -> tuple[Link, ...]:
    ring = stadium(1.25 * width, width, 0.14 * width)
    return bar(6.0 * width, 0.55 * width), *_crossed(ring), rolled(ring, 45)


def _ears(width: float, *, lean: float, pitch: float, rows: int = 2) -> tuple[Link, ...]:
    """Rows of leaning loops beside each other: a ribbon, or two rows on both faces of a plait."""
    long, thick = (1.5, 0.68) if rows == 2 else (2.1, 1.05)  # a ribbon is woven tighter than a plait
    grains = []
    for row in range(rows):
        aside = (row - (rows - 1) / 2) * width * 0.86 / rows
        side = 1 if row % 2 else -1
        plump = grain(long * width / rows, thick * width / rows, lean=side * lean, aside=aside, pitch=pitch * width)
        grains.append(plump.mesh)
    layer = join(grains)
    if rows > 2:
        return (Link(layer, pitch * width),)
    back = layer.moved(rotation((1, 0, 0), 180), (0, 0, -0.16 * width))
    return (Link(join([layer.moved(offset=(0, 0, 0.16 * width)), back]), pitch * width),)


def _rope(path: Floats, width: float, ups: ArrayLike) -> Mesh:
    """Two plump strands wound about each other, notched like the small links they are made of."""
    line = resampled(path, 0.1 * width)
    tangents = np.gradient(line, axis=0)
    tangents = tangents / np.linalg.norm(tangents, axis=1, keepdims=True)
    up = np.broadcast_to(np.asarray(ups, float), path.shape)[0]
    across = np.cross(up, tangents)
    across = across / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    over = np.cross(tangents, across)
    phase = np.arange(len(line)) * 0.1 / 1.5 * 2 * np.pi
    notches = np.where(np.arange(len(line)) % 3 == 0, 0.86, 1.0)
    strands = []
    for start in (0.0, np.pi):
        angle = (phase + start)[:, None]
        coil = line + 0.25 * width * (np.cos(angle) * across + np.sin(angle) * over)
        strands.append(sweep(coil, circle(0.27 * width, 7), scale=notches))
    return join(strands)


def _ribbed(section: Callable[[float], Floats], pattern: tuple[float, ...], step: float) -> Builder:
    """A supple tube: its section swells and shrinks by the pattern, a point every `step` widths."""

    def build(path: Floats, width: float, ups: ArrayLike) -> Mesh:
        line = resampled(path, step * width)
        scale = np.resize(np.asarray(pattern), len(line))
        every = np.broadcast_to(np.asarray(ups, float), path.shape)
        at = np.linspace(0, len(path) - 1, len(line)).astype(int)
        return sweep(line, section(width), ups=every[at], scale=scale)

    return build


def _half_round(width: float) -> Floats:
    """Domed above and flat below, as an omega necklace is."""
    angles = np.linspace(0, np.pi, 9)
    dome = np.column_stack([-np.cos(angles) * width / 2, np.sin(angles) * 0.26 * width])
    return np.vstack([dome, [[0.44 * width, -0.05 * width], [-0.44 * width, -0.05 * width]]])[::-1]


LINKS: dict[str, Builder] = {
    "cable": _of(lambda w: _crossed(stadium(1.42 * w, w, 0.135 * w))),
    "rolo": _of(lambda w: _crossed(stadium(w, w, 0.155 * w))),
    "curb": _of(lambda w: (_curb(w, 1.32, 0.15),)),
    "cuban": _of(lambda w: (_curb(w, 1.12, 0.19, 0.85),)),
    "gourmette": _of(lambda w: (_curb(w, 1.36, 0.165, 0.55),)),
    "figaro": _of(_figaro),
    "rope": _rope,
    "box": _of(lambda w: (square(w), rolled(square(w), 90))),
    "snake": _ribbed(lambda w: circle(0.5 * w, 10), (0.9, 1.0, 1.0), 0.13),
    "cocoon": _ribbed(lambda w: circle(0.5 * w, 12), (0.88, 0.97, 1.0, 1.0, 0.97), 0.11),
    "singapore": _of(_singapore),
    "wheat": _of(lambda w: _ears(w, lean=28, pitch=0.42)),
    "foxtail": _of(lambda w: _ears(w, lean=48, pitch=0.36)),
    "mesh": _of(lambda w: _ears(w, lean=38, pitch=0.2, rows=5)),
    "herringbone": _of(lambda w: (chevron(w, 0.24 * w, min(0.22 * w, 0.9)),)),
    "omega": _ribbed(_half_round, (0.92, 1.0, 1.0, 1.0), 0.08),
    "paperclip": _of(lambda w: _crossed(stadium(2.9 * w, w, 0.12 * w))),
    "oval_link": _of(lambda w: _crossed(stadium(1.75 * w, w, 0.13 * w))),
    "round_link": _of(lambda w: _crossed(stadium(w, w, 0.085 * w, count=22))),
    "chunky_link": _of(lambda w: _crossed(stadium(1.45 * w, w, 0.2 * w, count=22))),
    "double_link": _of(lambda w: _crossed(_doubled(stadium(1.25 * w, w, 0.1 * w), 0.24 * w))),
    "byzantine": _of(lambda w: _crossed(_doubled(Link(stadium(w, w, 0.14 * w).mesh, 0.42 * w), 0.34 * w))),
    "mariner": _of(lambda w: (twisted(mariner(1.5 * w, w, 0.135 * w), 36, flat=0.75),)),
    "ball": _of(lambda w: (bead(w, 1.22 * w, neck=0.16 * w),)),
    "satellite": _of(_satellite),
    "bar_link": _of(_bars),
}


def cable_chain(path: Floats, *, length: float = 2.2, width: float = 1.5, wire: float = 0.2) -> Part:
    """Plain links of a given wire (radius), each turned a quarter from the last."""
    return metal("chain", repeat(path, _crossed(stadium(length, width, wire))))


def curb_chain(path: Floats, *, length: float = 6.0, width: float = 4.6, wire: float = 0.75) -> Part:
    """Heavy links wrung to lie flat."""
    return metal("chain", repeat(path, (twisted(stadium(length, width, wire, count=24), 42, flat=0.8),)))


def bead_strand(path: Floats, sizes: tuple[float, ...], gems: tuple[str, ...]) -> list[Part]:
    """Beads touching along a path; `sizes` and `gems` repeat as a pattern ('metal' makes a metal bead)."""
    parts: list[Part] = []
    period = 1.02 * float(np.mean([sizes[k % len(sizes)] for k in range(len(sizes) * len(gems))]))
    centres, _ = walk(path, int(path_length(path) / period))
    for index, centre in enumerate(centres):
        strung = Stone(gems[index % len(gems)], "bead", sizes[index % len(sizes)]).part("bead")
        parts += place([strung], offset=centre)
    return parts


def twisted_wire(
    path: Floats, *, wire: float, strands: int = 2, turns: float = 12.0, closed: bool = False
) -> list[Part]:
    """Round wires wound about each other along a path given with its outward direction in the xz plane."""
    centre = path.mean(axis=0)
    out = path - centre
    out = out / np.linalg.norm(out, axis=1, keepdims=True)
    across = np.array([0.0, 1.0, 0.0])
    phase = np.linspace(0, 2 * np.pi * turns, len(path), endpoint=not closed)
    parts = []
    for strand in range(strands):
        angle = (phase + 2 * np.pi * strand / strands)[:, None]
        coil = path + wire * 1.02 / np.sin(np.pi / max(strands, 2)) * (np.cos(angle) * out + np.sin(angle) * across)
        mesh = sweep(coil, circle(wire, 14), closed=True) if closed else tube(coil, wire)
        parts.append(metal("band", mesh))
    return parts
