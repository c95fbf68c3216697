"""Concurrent callers' single items, run together: 32 clients become a few batches instead of 32 fighting runs.

Unusual: there is no thread and no timer here. The first caller runs at once with what is waiting (itself, when it
is alone: it waits for nobody); whoever arrives meanwhile queues, and one of them runs the whole queue next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Condition
from typing import Generic, TypeVar

__all__ = ["MicroBatcher"]

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(eq=False)
class _Ticket(Generic[Item, Result]):
    """One caller's item and, once `done`, exactly one of a result (in a list) or the error to raise."""

    item: Item
    done: bool = False
    result: list[Result] = field(default_factory=list)
    error: BaseException | None = None


class MicroBatcher(Generic[Item, Result]):
    """`run` gets 1 to `batch_size` items and gives as many results in the same order; never two runs at a time.

    A batch that fails is run again item by item, so that one bad item fails for its own caller only.
    """

    def __init__(self, run: Callable[[Sequence[Item]], Sequence[Result]], *, batch_size: int) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size is {batch_size}, it must be at least 1.")
        self._run = run
        self._batch_size = batch_size
        self._waiting: deque[_Ticket[Item, Result]] = deque()
        self._busy = False
        self._changed = Condition()

    def __call__(self, item: Item) -> Result:
        """The result for one item; blocks until it is there. Raises what `run` raised for this item."""
        ticket: _Ticket[Item, Result] = _Ticket(item)
        with self._changed:
            self._waiting.append(ticket)
        while batch := self._next_batch(ticket):
            try:
                self._answer(batch)
            finally:
                self._finish(batch)
        if ticket.error is not None:
            raise ticket.error
        return ticket.result[0]

    def _next_batch(self, mine: _Ticket[Item, Result]) -> list[_Ticket[Item, Result]]:
        """Wait for an answer or for a turn: the oldest tickets to run now, none if `mine` is answered."""
        with self._changed:
            self._changed.wait_for(lambda: mine.done or not self._busy)
            if mine.done:
                return []
            self._busy = True
            return [self._waiting.popleft() for _ in range(min(self._batch_size, len(self._waiting)))]

    def _answer(self, batch: list[_Ticket[Item, Result]]) -> None:
        try:
            results = self._run([ticket.item for ticket in batch])
            if len(results) != len(batch):
                raise RuntimeError(f"{len(batch)} items gave {len(results)} results.")
        except Exception as error:
            if len(batch) == 1:
                batch[0].error = error
                return
            for ticket in batch:
                self._answer([ticket])
            return
        for ticket, result in zip(batch, results, strict=True):
            ticket.result.append(result)

    def _finish(self, batch: list[_Ticket[Item, Result]]) -> None:
        """Wake everybody. A ticket with neither result nor error lost its runner (Ctrl-C in that thread): say so."""
        with self._changed:
            for ticket in batch:
                if not ticket.result and ticket.error is None:
                    ticket.error = RuntimeError("The batch this item was in was interrupted. Ask again.")
                ticket.done = True
            self._busy = False
            self._changed.notify_all()
