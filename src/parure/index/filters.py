"""Conditions that a point's payload must meet. Values are taxonomy ids already expanded; the index knows no tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["AnyOf", "Condition", "Filter", "NoneOf", "Payload", "Range", "matches"]

Payload = Mapping[str, Sequence[str] | float]  # keyword fields hold several values, number fields one


@dataclass(frozen=True)
class AnyOf:
    """The field holds at least one of the values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class NoneOf:
    """The field holds none of the values; a missing field passes."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Range:
    """low <= number <= high, either end open; a missing field fails."""

    field: str
    low: float | None = None
    high: float | None = None


Condition = AnyOf | NoneOf | Range


@dataclass(frozen=True)
class Filter:
    """All conditions together. An empty filter lets everything through and is falsy."""

    conditions: tuple[Condition, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.conditions)


def matches(payload: Payload, where: Filter) -> bool:
    """Whether one payload meets every condition: the meaning that every engine has to reproduce."""
    return all(_meets(payload.get(condition.field), condition) for condition in where.conditions)


def _meets(held: Sequence[str] | float | None, condition: Condition) -> bool:
    if isinstance(condition, Range):
        if not isinstance(held, int | float):
            return False
        return (condition.low is None or held >= condition.low) and (condition.high is None or held <= condition.high)
    values = held if isinstance(held, Sequence) else ()
    hit = any(value in condition.values for value in values)
    return hit if isinstance(condition, AnyOf) else not hit
