"""How much the whole piece and each of its parts count in a search by picture. Pure.

A part that either side lacks (a plain band has no stones) says nothing: its weight is left out and the others share
all of it. A zero in its place would push every piece without stones to the end.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from parure.errors import QueryError
from parure.index import Hit
from parure.vision import Vectors

__all__ = ["OVERALL", "Weights", "reweighed", "weighted"]

OVERALL = "overall"


@dataclass(frozen=True)
class Weights:
    """Shares of no fixed sum: (1, 0, 2) counts the stones twice as much as the whole piece. Not all may be 0."""

    overall: float = 1.0
    setting: float = 0.0
    stones: float = 0.0

    def __post_init__(self) -> None:
        given = self.by_part.values()
        if not all(math.isfinite(weight) and weight >= 0 for weight in given) or sum(given) <= 0:
            raise QueryError("Weights are numbers from 0 upwards, and at least one is above 0.")

    @property
    def by_part(self) -> Mapping[str, float]:
        return {field.name: float(getattr(self, field.name)) for field in fields(self)}

    @property
    def plain(self) -> bool:
        """Only the whole piece counts, as the index has it."""
        return self.setting == 0 and self.stones == 0

    @classmethod
    def read(cls, text: str) -> Weights:
        """From "overall:1,stones:2"; parts that are not named count nothing. Empty text is the default."""
        if not text.strip():
            return cls()
        known = {field.name for field in fields(cls)}
        given: dict[str, float] = {}
        for pair in text.split(","):
            name, _, number = (end.strip() for end in pair.partition(":"))
            if name not in known or name in given:
                raise QueryError(f"weights={text!r}: write overall:1,setting:0.5,stones:2, each at most once.")
            given[name] = _number(number, text)
        return cls(**{name: given.get(name, 0.0) for name in known})


def weighted(weights: Weights, overall: float, asked: Mapping[str, Vectors], held: Mapping[str, Vectors]) -> float:
    """The weighted mean of the cosine of the whole and those of the parts that both sides have.

    Where no part that counts is on both sides, the cosine of the whole stands in.
    """
    cosines = {OVERALL: overall} | {part: float(np.dot(asked[part], held[part])) for part in asked.keys() & held.keys()}
    counted = {part: weight for part, weight in weights.by_part.items() if weight > 0 and part in cosines}
    total = sum(counted.values())
    return sum(weight * cosines[part] for part, weight in counted.items()) / total if total else overall


def reweighed(
    hits: Sequence[Hit], weights: Weights, asked: Mapping[str, Vectors], held: Mapping[int, Mapping[str, Vectors]]
) -> list[Hit]:
    """The hits with the weighted score in place of the index's; `held` are the part vectors per photo."""
    return [replace(hit, score=weighted(weights, hit.score, asked, held.get(hit.id, {}))) for hit in hits]


def _number(text: str, whole: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise QueryError(f"weights={whole!r}: {text!r} is not a number.") from None
