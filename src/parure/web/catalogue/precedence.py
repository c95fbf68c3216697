"""Which of several statements about an attribute holds. The one place that decides; pure.

People outrank certificates outrank imports outrank machines. The strongest source that says anything about an
attribute speaks alone: its values hold together, weaker ones are kept but silent. Among machines of the same kind
the newest model speaks. An empty value by a person means the attribute has none, whatever others say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["PRECEDENCE", "Statement", "effective"]

PRECEDENCE: tuple[str, ...] = ("manual", "certificate", "import", "filename", "text", "vision", "llm")


@dataclass(frozen=True)
class Statement:
    """One source's value for one attribute; `id` tells statements apart and grows with time."""

    id: int
    attribute: str
    value: str
    source: str
    confidence: float = 1.0
    model_version: str = ""


def effective(statements: Iterable[Statement]) -> frozenset[int]:
    """Ids of the statements that hold."""
    by_attribute: dict[str, list[Statement]] = {}
    for statement in statements:
        by_attribute.setdefault(statement.attribute, []).append(statement)
    return frozenset(held.id for group in by_attribute.values() for held in _strongest(group) if held.value)


def _strongest(group: Sequence[Statement]) -> list[Statement]:
    best = min(PRECEDENCE.index(statement.source) for statement in group)
    speaking = [statement for statement in group if statement.source == PRECEDENCE[best]]
    newest = max(speaking, key=lambda statement: statement.id).model_version
    return [statement for statement in speaking if statement.model_version == newest]
