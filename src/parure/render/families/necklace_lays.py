"""How a necklace lies: its line on the table, and the clasp that closes it.

A line (n, 3) has its ends at the back (+y) and its middle point in front (-y); `zigzag` and `line` run from side to
side. In `vee` and `you` the ends hang out of sight, so no clasp is seen.

Long chains are often shown in part: let down from above into a coil (`hung`), folded in slanting runs (`runs`) or
straight through the picture (`plumb`). These run far out of what is framed, which is what lies near the origin.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from parure.render.chains_paths import distances, path_length, point_at
from parure.render.chance import pick
from parure.render.mesh import Floats, Part, frame, place
from parure.render.mounts import metal
from parure.render.outlines import evenly
from parure.render.solids import ball, band_profile, ellipsoid, sweep, torus, tube

__all__ = [
    "CLASPED",
    "CLOSURES",
    "FRAMED",
    "LAYS",
    "RUNNING_OUT",
    "clasp",
    "laid_out",
    "lay",
    "some_lay",
    "trimmed",
    "upward",
]

CLASPED = ("egg", "circle", "loose", "zigzag", "line", "hung", "runs")  # lays that show where the necklace closes
RUNNING_OUT = ("hung", "runs", "plumb")  # a picture shows a part of these, the one about the origin
FRAMED = 0.5  # of their reach from the origin
CLOSURES = {
    "lobster": 6.0,
    "spring_ring": 3.0,
    "toggle": 1.2,
    "box_clasp": 1.0,
    "hook_and_eye": 0.8,
    "magnetic": 0.7,
    "barrel": 0.6,
}


def laid_out(width: float, height: float, count: int = 4000) -> Floats:
    """An egg-shaped loop (count, 3), wide end towards -y; starts and ends at the back (+y)."""
    angles = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    x = -width / 2 * np.sin(angles) * (1 - 0.16 * np.cos(angles))
    return _loop(np.column_stack([x, height / 2 * np.cos(angles)]), count)


def _loop(curve: Floats, count: int = 4000) -> Floats:
    around = evenly(curve, count - 1)
    return np.column_stack([np.vstack([around, around[:1]]), np.zeros(count)])


def _circle(width: float, height: float) -> Floats:
    angles = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    return _loop(np.column_stack([-width / 2 * np.sin(angles), height / 2 * np.cos(angles)]))


def _loose(width: float, height: float) -> Floats:
    """Dropped rather than laid: a loop with bays on both sides, one deeper than the other."""
    angles = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    bays = 1 - 0.22 * np.sin(angles) ** 2 * (1 + 0.5 * np.sin(angles)) + 0.12 * np.sin(3 * angles) * np.sin(angles) ** 2
    sway = 0.06 * width * np.sin(2 * angles)
    return _loop(np.column_stack([-width / 2 * np.sin(angles) * bays + sway, height / 2 * np.cos(angles)]))


def _even(line: Floats, count: int = 3000) -> Floats:
    return point_at(line, np.linspace(0, path_length(line), count))


def _vee(width: float, height: float) -> Floats:
    across = np.linspace(-1, 1, 3000)
    rise = np.sqrt(across**2 + 0.012) - np.sqrt(0.012)
    return _even(np.column_stack([across * width / 2, height * (rise - 0.5), 0 * across]))


def _you(width: float, height: float) -> Floats:
    across = np.linspace(-np.pi / 2, np.pi / 2, 3000)
    x, y = np.sin(across), 1 - np.cos(across) ** 0.62
    return _even(np.column_stack([x * width / 2, height * (y - 0.5), 0 * across]))


def _zigzag(width: float, height: float) -> Floats:
    """Back and forth in rounded turns, as long chains are laid to fit a picture."""
    turn = np.linspace(-2.5 * np.pi, 2.5 * np.pi, 3000)
    x = width / 2 * np.tanh(2.2 * np.sin(turn)) / np.tanh(2.2)
    return _even(np.column_stack([x, -height / 2 * turn / (2.5 * np.pi), 0 * turn]))


def _line(width: float, height: float) -> Floats:
    across = np.linspace(-1, 1, 3000)
    return _even(np.column_stack([across * width / 2, 0.04 * height * np.sin(2.2 * across), 0 * across]))


def _hung(width: float, height: float) -> Floats:
    """Let down from above: the clasp lies in an open coil on the table, whose other end rises straight up."""
    turn = np.linspace(0.12 * np.pi, 2.0 * np.pi, 1500)
    size = 0.5 * width * (0.9 + 0.1 * turn / turn[-1])
    coil = np.column_stack([-size * np.sin(turn), size * np.cos(turn), 0 * turn])  # ends at the back, going left
    bend, rise = 0.16 * width, 0.5 * width / FRAMED + height
    lift = np.linspace(0, np.pi / 2, 200)
    curve = coil[-1] + bend * np.column_stack([-np.sin(lift), 0 * lift, 1 - np.cos(lift)])
    return _even(np.vstack([coil, curve[1:], curve[-1] + [[0.0, 0.0, rise]]]))


def _runs(width: float, height: float) -> Floats:
    """Folded into four runs side by side, aslant; the clasp is seen, the right turn and the other end are not."""
    apart, far = 0.1 * width, 0.6 * width / FRAMED
    bow = np.linspace(np.pi / 2, 1.5 * np.pi, 120)
    turn = 0.5 * apart * np.column_stack([np.cos(bow), np.sin(bow)])
    first, second = (turn + np.array([x * width, y * apart]) for x, y in ((-0.5, 1.0), (-0.36, -1.0)))
    outside = np.array([far, 0.0]) + turn * (-1, 1)
    line = np.vstack([[0.3 * width, 1.5 * apart], first, outside, second, [far, -1.5 * apart]])
    slant = np.radians(24 * height / width)
    across = np.array([[np.cos(slant), -np.sin(slant)], [np.sin(slant), np.cos(slant)]])
    return _even(np.column_stack([line @ across.T, np.zeros(len(line))]))


def _plumb(width: float, height: float) -> Floats:
    """Straight through the picture from top to bottom."""
    return _even(np.array([[0.0, 0.6 * height / FRAMED, 0.0], [0.0, -0.6 * height / FRAMED, 0.0]]))


LAYS: dict[str, Callable[[float, float], Floats]] = {
    "egg": laid_out,
    "circle": _circle,
    "loose": _loose,
    "vee": _vee,
    "you": _you,
    "zigzag": _zigzag,
    "line": _line,
    "hung": _hung,
    "runs": _runs,
    "plumb": _plumb,
}
_SHARES = {"egg": 1.6, "circle": 0.7, "loose": 1.2, "vee": 2.0, "you": 3.2, "zigzag": 0.9, "line": 0.6}
_SHARES |= {"hung": 2.2, "runs": 1.8, "plumb": 0.5}


def lay(kind: str, width: float, height: float) -> Floats:
    return LAYS[kind](width, height)


def some_lay(random: Generator, kinds: tuple[str, ...] = ("egg", "circle", "loose", "vee", "you")) -> str:
    return pick(random, {kind: _SHARES[kind] for kind in kinds})


def upward(path: Floats) -> Floats:
    """(n, 3): the way the broad side of a chain looks, up from the table, turning with the chain where it rises."""
    ahead = np.gradient(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    level = np.hypot(ahead[:, 0], ahead[:, 1])
    known = np.maximum.accumulate(np.where(level > 0.2, np.arange(len(path)), 0))  # the last that still has a heading
    heading = ahead[known, :2] / np.maximum(level[known], 1e-9)[:, None]
    return np.column_stack([-ahead[:, 2:] * heading, level])


def trimmed(path: Floats, start: float, end: float) -> Floats:
    """The path without this much of it (mm) at either end."""
    total = distances(path)[-1]
    return point_at(path, np.linspace(start, total - end, len(path)))


def clasp(closure: str, path: Floats, size: float) -> list[Part]:
    """The closure between the two ends of a necklace, about four sizes long, in line with them."""
    ahead = point_at(path, [0.5])[0] - point_at(path, [-0.5])[0]
    return place(_CLASPS[closure](size), frame((0, 0, 1), ahead), path[0])


def _lobster(size: float) -> list[Part]:
    claw = torus(0.8 * size, 0.34 * size, count=28, sides=9).scaled((1.5, 0.9, 1.0))
    heel = ellipsoid(0.75 * size, 0.6 * size, 0.42 * size, detail=9)
    return [
        metal("closure", claw.moved(offset=(-0.2 * size, 0, 0))),
        metal("closure", heel.moved(offset=(1.0 * size, 0, 0))),
        _eye(1.9 * size, size),
        _eye(-1.6 * size, size),
    ]


def _eye(x: float, size: float) -> Part:
    return metal("closure", torus(0.55 * size, 0.16 * size, count=20, sides=7).moved(offset=(x, 0, 0)))


def _spring_ring(size: float) -> list[Part]:
    knob = ellipsoid(0.22 * size, 0.42 * size, 0.26 * size, detail=8)
    return [
        metal("closure", torus(1.1 * size, 0.27 * size, count=32, sides=9)),
        metal("closure", knob.moved(offset=(0.35 * size, 1.3 * size, 0))),
        _eye(1.75 * size, size),
        _eye(-1.75 * size, size),
    ]


def _toggle(size: float) -> list[Part]:
    rod = tube([[-0.9 * size, -2.2 * size, 0.3 * size], [-0.9 * size, 2.2 * size, 0.3 * size]], 0.32 * size, sides=10)
    ring = torus(1.5 * size, 0.34 * size, count=36, sides=9)
    knobs = [ball(0.5 * size, detail=8).moved(offset=(-0.9 * size, s * 2.2 * size, 0.3 * size)) for s in (1, -1)]
    return [
        metal("closure", ring),
        metal("closure", rod),
        *(metal("closure", knob) for knob in knobs),
        _eye(2.0 * size, size),
        _eye(-1.7 * size, size),
    ]


def _block(size: float) -> list[Part]:
    line = np.array([[-1.9 * size, 0, 0], [1.9 * size, 0, 0]])
    body = sweep(line, band_profile(2.0 * size, 1.2 * size, 5.0, 0.9), ups=(0, 0, 1))
    return [metal("closure", body.moved(offset=(0, 0, -0.3 * size)))]


def _barrel(size: float) -> list[Part]:
    """Two halves of a cylinder with a groove where they meet."""
    halves = [tube([[x - 0.75 * size, 0, 0], [x + 0.75 * size, 0, 0]], 0.75 * size, sides=16) for x in (-size, size)]
    return [metal("closure", half) for half in halves]


def _hook(size: float) -> list[Part]:
    turn = np.linspace(-0.5 * np.pi, 0.75 * np.pi, 24)
    bow = np.column_stack([-0.6 * size - 0.8 * size * np.cos(turn), 0.8 * size * np.sin(turn), 0 * turn])
    shank = np.column_stack([np.linspace(1.8 * size, -0.5 * size, 10), np.full(10, -0.8 * size), np.zeros(10)])
    return [metal("closure", tube(np.vstack([shank, bow]), 0.24 * size, sides=9)), _eye(-1.5 * size, size)]


_CLASPS: dict[str, Callable[[float], list[Part]]] = {
    "lobster": _lobster,
    "spring_ring": _spring_ring,
    "toggle": _toggle,
    "box_clasp": _block,
    "hook_and_eye": _hook,
    "magnetic": _barrel,
    "barrel": _barrel,
}
