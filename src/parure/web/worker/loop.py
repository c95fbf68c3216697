"""The loop: analyse, index, switch generations, rest; until told to stop.

A worker holds nothing that matters. Killed at any point, the next one finds the same rows. Several may run on
PostgreSQL; only the process that holds the vector index writes to it, the others analyse.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Max

from parure import settings
from parure.errors import IndexLocked, ParureError
from parure.vision import Encoder
from parure.web.catalogue import generations
from parure.web.catalogue.analysis import analyse_batch, needing_analysis
from parure.web.catalogue.models import Embedding, Event, IndexGeneration
from parure.web.catalogue.runtime import Runtime

__all__ = ["Worker"]

log = logging.getLogger("parure.worker")
_SHORTEST_REST_S, _LONGEST_REST_S = 0.5, 5.0
_LOOK_AGAIN_S = 30  # for photos whose next try has come


class Worker:
    """`step` does one round of work; `run` repeats it until `stop`."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._pool = ThreadPoolExecutor(settings.get().cores, thread_name_prefix="decode")
        self._builder: threading.Thread | None = None
        self._quiet_since: tuple[int | None, int | None] | None = None  # the last change when a round found nothing
        self._look_again = 0.0

    def run(self) -> None:
        """Work until `stop`; a failing round is logged and tried again after a rest."""
        rest = _SHORTEST_REST_S
        while not self._stop.is_set():
            self._wake.clear()
            try:
                busy = self._step_if_needed()
            except (ParureError, DatabaseError, OSError):
                log.exception("a round of work failed and will be repeated")
                busy = 0
            rest = _SHORTEST_REST_S if busy else min(rest * 2, _LONGEST_REST_S)
            if not busy:
                close_old_connections()
                self._wake.wait(rest)
        connection.close()

    def _step_if_needed(self) -> int:
        """Looking for work reads every photo's state; between changes of the catalogue it would find the same."""
        now, seen = time.monotonic(), _last_change()
        if seen == self._quiet_since and now < self._look_again:
            return 0
        done = self.step()
        if not done:
            self._quiet_since, self._look_again = seen, now + _LOOK_AGAIN_S
        return done

    def step(self) -> int:
        """One round; returns how many photos and index points were dealt with."""
        encoder = self._runtime.encoder()
        done = analyse_batch(encoder, self._pool)
        return done + self._index(encoder, idle=done == 0)

    def finish(self, progress: Callable[[int], None] | None = None) -> None:
        """Rounds until nothing is left that can be done now."""
        while not self._stop.is_set() and (done := self.step()):
            if progress:
                progress(done)

    def wake(self) -> None:
        """There may be new work: do not finish the rest."""
        self._look_again = 0.0
        self._wake.set()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()

    def close(self) -> None:
        self.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _index(self, encoder: Encoder, *, idle: bool) -> int:
        touched = 0
        current = self._generations(encoder)
        if self._runtime.forget_others(current):  # another process switched: `parure index rebuild`
            generations.prune()
        for generation in current:
            try:
                touched += generations.synchronise(generation, self._runtime.index(generation))
            except IndexLocked:
                continue  # its holder writes it
            if idle and generation.state == IndexGeneration.State.BUILDING:
                self._switch(generation, encoder)
        if idle and not touched:
            self._build_graph()
        return touched

    def _generations(self, encoder: Encoder) -> list[IndexGeneration]:
        """The live generation, and one to take over when the active encoder is another than the live one."""
        live = self._runtime.generation()
        if live.encoder == encoder.version:
            return [live]
        other = generations.building(encoder.version) or generations.start(encoder, settings.get().encoder)
        return [live, other]

    def _switch(self, generation: IndexGeneration, encoder: Encoder) -> None:
        if needing_analysis(encoder.version).exists() or generations.pending(generation):
            return
        generations.promote(generation)
        self._runtime.forget_others([generation])
        generations.prune()
        log.info("generation %s by %s is live", generation.pk, generation.encoder)

    def _build_graph(self) -> None:
        """Let the index become faster in a thread of its own; searches and writes go on."""
        if self._builder is not None and self._builder.is_alive():
            return
        generation = generations.live()
        if generation is None:
            return
        try:
            index = self._runtime.index(generation)
        except IndexLocked:
            return
        self._builder = threading.Thread(target=_build, args=(index.build,), name="graph", daemon=True)
        self._builder.start()


def _last_change() -> tuple[int | None, int | None]:
    """Numbers of the newest event and the newest vector: two looks at the end of an index."""
    events = Event.objects.aggregate(last=Max("id"))["last"]
    return events, Embedding.objects.aggregate(last=Max("id"))["last"]


def _build(build: Callable[[], None]) -> None:
    try:
        build()
    except ParureError:
        log.exception("the index graph was not built; searches stay exact and slower")
