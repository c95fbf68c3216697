"""Filling a new index generation from the stored vectors, then switching to it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from parure import settings
from parure.web.catalogue import generations
from parure.web.catalogue.analysis import analyse_batch
from parure.web.catalogue.models import IndexGeneration
from parure.web.catalogue.runtime import Runtime
from parure.web.worker.turn import try_turn

__all__ = ["rebuild"]


def rebuild(runtime: Runtime, progress: generations.Progress | None = None) -> IndexGeneration:
    """A fresh generation of the active encoder, made live when it holds everything; an unfinished one is resumed.

    Photos that lack a vector of the active encoder are analysed first, unless another process does that already.
    """
    encoder = runtime.encoder()
    runtime.generation()
    with try_turn() as mine:
        if mine:
            with ThreadPoolExecutor(settings.get().cores) as pool:
                while analyse_batch(encoder, pool):
                    pass
        fresh = generations.building(encoder.version) or generations.start(encoder, settings.get().encoder)
        index = runtime.index(fresh)
        generations.synchronise(fresh, index, progress)
        index.build()
        runtime.forget(fresh.pk)  # closed here, so that a running server can open it
        generations.promote(fresh)
        if mine:  # else the process that has the old one open drops it
            runtime.forget_others([fresh])
            generations.prune()
    return fresh
