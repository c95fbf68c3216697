"""Beliefs as the database keeps them: [attribute, value, probability, [[value, probability], ...]] each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parure.vision.analysis import Belief

__all__ = ["from_json", "to_json"]

_DIGITS = 5


def to_json(beliefs: Sequence[Belief]) -> list[list[Any]]:
    return [[held.attribute, held.value, _short(held.probability), _listed(held.others)] for held in beliefs]


def from_json(stored: Sequence[Sequence[Any]]) -> tuple[Belief, ...]:
    return tuple(
        Belief(attribute, value, probability, tuple((other, share) for other, share in others))
        for attribute, value, probability, others in stored
    )


def _listed(others: Sequence[tuple[str, float]]) -> list[list[Any]]:
    return [[value, _short(probability)] for value, probability in others]


def _short(probability: float) -> float:
    return round(float(probability), _DIGITS)
