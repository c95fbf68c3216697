"""Choices a jeweller would make, drawn from a generator: weighted picks, sizes, stones, beads, melee.

Unusual: weights say how often a shop shows a thing, not how often nature makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from numpy.random import Generator

from parure.render.cuts import Stone
from parure.render.palette import BEAD_GEMS, CABOCHON_GEMS, FACETED_CUTS, FACETED_GEMS, MELEE_GEMS, PEARL_GEMS

__all__ = ["bead", "between", "cabochon", "faceted", "maybe", "melee", "pick", "some_stone", "whole"]

T = TypeVar("T")


def pick(random: Generator, weights: Mapping[T, float] | Sequence[T]) -> T:
    """One of a sequence, or one key of a mapping by its weight."""
    if isinstance(weights, Mapping):
        keys, shares = list(weights), list(weights.values())
        total = sum(shares)
        return keys[int(random.choice(len(keys), p=[share / total for share in shares]))]
    return weights[int(random.integers(len(weights)))]


def between(random: Generator, low: float, high: float) -> float:
    """A measurement in mm (or degrees), to a hundredth so that a spec stays readable."""
    return round(float(random.uniform(low, high)), 2)


def whole(random: Generator, low: int, high: int) -> int:
    """Both ends included."""
    return int(random.integers(low, high + 1))


def maybe(random: Generator, probability: float) -> bool:
    return bool(random.random() < probability)


def faceted(
    random: Generator, low: float, high: float, *, cuts: Sequence[str] | None = None, gems: Sequence[str] | None = None
) -> Stone:
    """A faceted stone `low` to `high` mm long; any cut and any transparent gem unless told otherwise."""
    cut = pick(random, cuts) if cuts else pick(random, FACETED_CUTS)
    gem = pick(random, gems) if gems else pick(random, FACETED_GEMS)
    return Stone(gem, cut, between(random, low, high))


def cabochon(random: Generator, low: float, high: float) -> Stone:
    return Stone(pick(random, CABOCHON_GEMS), "cabochon", between(random, low, high))


def bead(random: Generator, low: float, high: float, *, pearl: bool | None = None) -> Stone:
    """A bead; `pearl` None leaves open whether it is a pearl (half of them are)."""
    is_pearl = maybe(random, 0.5) if pearl is None else pearl
    return Stone(pick(random, PEARL_GEMS if is_pearl else BEAD_GEMS), "bead", between(random, low, high))


def some_stone(random: Generator, low: float, high: float) -> Stone:
    """Mostly faceted, now and then a cabochon or a pearl."""
    kind = pick(random, {"faceted": 0.72, "cabochon": 0.18, "pearl": 0.10})
    if kind == "faceted":
        return faceted(random, low, high)
    return cabochon(random, low, high) if kind == "cabochon" else bead(random, low, high, pearl=True)


def melee(random: Generator, main: str = "") -> str:
    """The gem of the small stones: diamonds mostly, else a colour, sometimes that of the main stone."""
    if main in MELEE_GEMS and maybe(random, 0.2):
        return main
    return pick(random, MELEE_GEMS)
