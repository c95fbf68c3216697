"""Whose turn it is to do the work: one process per data folder with SQLite, any number with PostgreSQL.

A command that brings in photos takes the turn and finishes the work itself; when a server has it already, the
command waits for the server's worker instead.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from django.db import connection

from parure import settings
from parure.errors import Busy
from parure.locks import FileLock
from parure.web.catalogue import generations
from parure.web.catalogue.coverage import coverage
from parure.web.catalogue.runtime import runtime
from parure.web.worker.loop import Worker

__all__ = ["finish_work", "take_turn", "try_turn"]

Progress = Callable[[int, int], None]
_POLL_S = 0.5
_PATIENCE_S = 30  # without any progress of the other process


@contextmanager
def take_turn() -> Iterator[None]:
    """Hold the right to analyse and index; raises `Busy`, naming the holder, when another process has it."""
    if connection.vendor != "sqlite":
        yield
        return
    lock = FileLock(settings.get().data / "worker.lock")
    holder = lock.acquire()
    if holder is not None:
        raise Busy(f"{holder} already works on {settings.get().data}. Stop it first, or leave the work to it.")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def try_turn() -> Iterator[bool]:
    """Whether the turn could be had; it is given back at the end of the block."""
    with ExitStack() as stack:
        try:
            stack.enter_context(take_turn())
            mine = True
        except Busy:
            mine = False
        yield mine


def finish_work(mine: bool, progress: Progress) -> None:
    """See to it that nothing is left that can be done now: by doing it, or by watching the process that does it.

    When that process ends before everything is done, the work is taken over.
    """
    watch = _Watch(progress)
    while not mine and watch.goes_on():
        with try_turn() as free:
            if free:
                _work(progress)
                return
        time.sleep(_POLL_S)
    if mine:
        _work(progress)


def _work(progress: Progress) -> None:
    before = coverage()
    to_do = 2 * before.waiting + before.pending  # a waiting photo is analysed, then indexed
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress(min(done, to_do), to_do)

    worker = Worker(runtime())
    patience = time.monotonic() + _PATIENCE_S
    try:
        worker.finish(step)
        # Another process may have the index open for a moment (`parure status`): wait for it.
        while generations.pending(runtime().serving()) and time.monotonic() < patience:
            time.sleep(_POLL_S)
            worker.finish(step)
    finally:
        worker.close()


class _Watch:
    """Looks at the coverage until all is done or nothing has moved for a while."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._last = -1
        self._since = time.monotonic()

    def goes_on(self) -> bool:
        now = coverage()
        self._progress(now.indexed, now.photos - now.parked)
        if now.waiting == 0 and now.pending == 0:
            return False
        if now.indexed != self._last:
            self._last, self._since = now.indexed, time.monotonic()
        return time.monotonic() - self._since < _PATIENCE_S
