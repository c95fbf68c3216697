"""Where rows disagree about a field of one style: which value holds, and why. Pure; the merge asks for each such field.

Precedence decides, with two exceptions that contradict nobody: a narrower word wins over its wider one ("solitaire
ring" over "ring"), and a price without currency takes the one that an equal price states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from parure.curate.sheets_target import Kind, Target
from parure.curate.sheets_values import FieldConflict, Statement

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["Resolver", "distinct"]

_Kind = Literal["contradiction", "wider", "incomplete", "spelling"]


@dataclass(frozen=True)
class Resolver:
    taxonomy: Taxonomy

    def resolve(self, style: str, target: Target, stated: Sequence[Statement]) -> FieldConflict:
        """`stated` is in order of precedence, with at least two different values."""
        winner = stated[0]
        for other in stated[1:]:
            if self._is_wider(target, winner, other):
                winner = other
        lost = tuple(other for other in stated if other is not winner and other.value != winner.value)
        kinds = {self._kind(target, winner, other) for other in lost}
        kind: _Kind = "contradiction" if "contradiction" in kinds else kinds.pop() if kinds else "contradiction"
        return FieldConflict(style, target.field, kind, winner, lost, self._why(stated[0], winner, lost))

    def _kind(self, target: Target, winner: Statement, other: Statement) -> _Kind:
        if target.kind is Kind.CODE:
            return "spelling"
        if self._is_wider(target, other, winner):
            return "incomplete" if target.kind is Kind.PRICE else "wider"
        return "contradiction"

    def _is_wider(self, target: Target, one: Statement, other: Statement) -> bool:
        """Whether `other` says what `one` says, and more."""
        if one.value == other.value:
            return False
        if target.kind is Kind.PRICE:
            return other.value.startswith(f"{one.value} ")
        if target.kind is not Kind.ATTRIBUTE or ";" in one.value or ";" in other.value:
            return False
        if self.taxonomy.attribute(target.field).kind == "text":
            return False
        return one.value in self.taxonomy.ancestors(target.field, other.value)

    def _why(self, first: Statement, winner: Statement, lost: Sequence[Statement]) -> str:
        if winner is not first:
            return f"{winner.value} says what {first.value} says, more exactly"
        others = [name for name in dict.fromkeys(other.source for other in lost) if name != winner.source]
        if others:
            return f"{winner.source} stands before {', '.join(others)} here"
        rows = ", ".join(str(other.row) for other in lost[:3])
        return f"row {winner.row} of {winner.source} stands before row {rows}"


def distinct(stated: Sequence[Statement], same: Sequence[str]) -> tuple[Statement, ...]:
    """One statement of each value per source; the first row stands for the others."""
    seen: dict[tuple[str, str], Statement] = {}
    for statement, key in zip(stated, same, strict=True):
        seen.setdefault((statement.source, key), statement)
    return tuple(seen.values())
