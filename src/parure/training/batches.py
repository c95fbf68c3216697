"""Which designs meet in which step: everything about a step follows from the recipe's seed and the step's number.

Unusual: designs of one batch are chosen to be hard to tell apart: recoloured variants stay together, and designs of a
few batches are sorted by type before they are dealt out.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError
from parure.render.dataset.store import Record
from parure.render.families.table import wide_type
from parure.training.recipe import Recipe

__all__ = ["Deal", "split_designs"]

_SHARES = 10_000


def split_designs(records: Sequence[Record], recipe: Recipe) -> tuple[list[Record], list[Record]]:
    """Designs to learn from and designs held out, by their ids: a design never changes sides when others are added."""
    kept = [record for record in records if len(record.pictures) > 1]
    held = [record for record in kept if _draw("held", record) < recipe.held_out]
    rest = [record for record in kept if _draw("held", record) >= recipe.held_out]
    return [record for record in rest if _draw("share", record) < recipe.designs], held


def _draw(purpose: str, record: Record) -> float:
    """0..1, the same for a design and its variants."""
    return crc32(f"{purpose} {record.variant_of or record.id}".encode()) % _SHARES / _SHARES


class Deal:
    """`batch(step)` gives the positions of the designs of a step; an epoch shows every design once or nearly."""

    def __init__(self, records: Sequence[Record], recipe: Recipe) -> None:
        size = recipe.designs_per_batch
        if len(records) < size:
            raise ModelError(f"{len(records)} designs do not fill a batch of {size}. Render more, or make it smaller.")
        self.steps_per_epoch = len(records) // size
        self._recipe = recipe
        self._families = _families(records) if recipe.variants_together else [[at] for at in range(len(records))]
        self._types = [wide_type(records[family[0]].attributes["type"]) for family in self._families]
        self._kept: tuple[int, list[int]] = (-1, [])

    def batch(self, step: int) -> list[int]:
        epoch, place = divmod(step, self.steps_per_epoch)
        if self._kept[0] != epoch:
            self._kept = (epoch, self._order(epoch))
        size = self._recipe.designs_per_batch
        return self._kept[1][place * size : (place + 1) * size]

    def _order(self, epoch: int) -> list[int]:
        random = np.random.default_rng([self._recipe.seed, 1, epoch])
        shuffled: NDArray[np.intp] = random.permutation(len(self._families))
        block = max(1, self._recipe.type_blocks * self._recipe.designs_per_batch)
        dealt: list[int] = []
        for start in range(0, len(shuffled), block):
            chosen = [int(number) for number in shuffled[start : start + block]]
            if self._recipe.type_blocks:
                chosen.sort(key=lambda number: self._types[number])  # keeps chance within a type
            dealt += [at for number in chosen for at in self._families[number]]
        return dealt


def _families(records: Sequence[Record]) -> list[list[int]]:
    """Positions of each design with its variants."""
    found: dict[str, list[int]] = {}
    for at, record in enumerate(records):
        found.setdefault(record.variant_of or record.id, []).append(at)
    return list(found.values())
