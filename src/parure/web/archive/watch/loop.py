"""From look to look, until told to stop. One watcher a source; what fails is told once and tried again."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections

from parure import settings
from parure.curate.sources_disk import FolderSource
from parure.errors import Busy, ParureError
from parure.locks import FileLock
from parure.web.archive.rows import key_of
from parure.web.archive.watch.items import Told
from parure.web.archive.watch.step import Stopped, Watcher

__all__ = ["Tally", "only_watcher", "watch", "watch_dry", "watch_once"]


@dataclass
class Tally:
    """What came of a run: outcomes by kind."""

    outcomes: Counter[str] = field(default_factory=Counter)

    def counting(self, tell: Callable[[Told | str], None]) -> Callable[[Told | str], None]:
        def told(what: Told | str) -> None:
            if isinstance(what, Told):
                self.outcomes[what.outcome] += 1
            tell(what)

        return told


@contextmanager
def only_watcher(source: FolderSource) -> Iterator[None]:
    """Raises `Busy` while another process watches this source."""
    lock = FileLock(settings.get().data / f"watch-{key_of(source.location)}.lock")
    holder = lock.acquire()
    if holder is not None:
        raise Busy(f"{holder} watches {source.location} already. Stop it, or leave the work to it.")
    try:
        yield
    finally:
        lock.release()


def watch_once(watcher: Watcher, stop: threading.Event) -> None:
    """For a clock that calls again: what is there now and lies still is handled. Raises what is in the way."""
    try:
        watcher.look()
        if watcher.seen.moving and watcher.order.settle:
            stop.wait(watcher.order.settle)
        if not stop.is_set():
            watcher.step()
    except Stopped:
        return


def watch_dry(watcher: Watcher, stop: threading.Event) -> list[Told]:
    """What `watch_once` would make of what is there; only the scan is kept, which decides nothing."""
    try:
        watcher.look()
        if watcher.seen.moving and watcher.order.settle:
            stop.wait(watcher.order.settle)
        return watcher.preview() if not stop.is_set() else []
    except Stopped:
        return []


def watch(watcher: Watcher, stop: threading.Event, every: float) -> None:
    """Until `stop` is set."""
    trouble = _Trouble(watcher.tell)
    while not stop.is_set():
        try:
            watcher.step()
            trouble.over()
        except Stopped:
            return
        except (ParureError, DatabaseError, OSError) as error:
            trouble.met(error)
        close_old_connections()
        stop.wait(every)


@dataclass
class _Trouble:
    """The same trouble is told once, not every ten seconds of a night; and when it is over."""

    tell: Callable[[Told | str], None]
    last: str = ""

    def met(self, error: Exception) -> None:
        said = str(error) if isinstance(error, ParureError) else f"{type(error).__name__}: {error}"
        if said != self.last:
            self.tell(f"{said} It is tried again at every look.")
        self.last = said

    def over(self) -> None:
        if self.last:
            self.tell("It works again.")
        self.last = ""
