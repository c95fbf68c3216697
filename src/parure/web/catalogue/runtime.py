"""The models and the index that this process holds open, shared by all of its threads.

The live generation is looked up at each search (one indexed row), so a switch made by another thread or process is
followed at once. A process that cannot have the index because another holds it (`parure search` beside a running
server) searches an exact copy read from the database instead.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import lru_cache

from parure import registry, settings, taxonomy
from parure.errors import IndexLocked
from parure.index import VectorIndex
from parure.index.memory import MemoryIndex
from parure.search import SearchEngine
from parure.search.verdict import load_verdicts
from parure.vision import Encoder
from parure.web.catalogue import generations
from parure.web.catalogue.models import IndexGeneration
from parure.web.catalogue.reader import CatalogueReader
from parure.web.catalogue.vectors import schema

__all__ = ["Runtime", "runtime"]


class Runtime:
    """Opens each thing once, on first use."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._encoders: dict[str, Encoder] = {}
        self._indexes: dict[int, VectorIndex] = {}
        self._engines: dict[int, SearchEngine] = {}

    def encoder(self, name: str = "") -> Encoder:
        """The encoder of that registry name; the active one when no name is given."""
        name = name or settings.get().encoder
        with self._lock:
            if name not in self._encoders:
                self._encoders[name] = registry.resolve("encoder", name)()
            return self._encoders[name]

    def generation(self) -> IndexGeneration:
        """The live generation, started if this catalogue has none."""
        with self._lock:
            return generations.live() or generations.start(self.encoder(), settings.get().encoder)

    def serving(self) -> IndexGeneration:
        """The generation that searches use: the live one, as long as its encoder can still read queries.

        After an upgrade that changed the weights it cannot, and the one being filled answers with what it has.
        """
        live = self.generation()
        encoder = self.encoder(live.encoder_name)
        if encoder.version == live.encoder:
            return live
        with self._lock:
            return generations.building(encoder.version) or generations.start(encoder, live.encoder_name)

    def index(self, generation: IndexGeneration) -> VectorIndex:
        """Its index, held by this process until `close`; raises `IndexLocked` if another process has it."""
        with self._lock:
            held = self._indexes.get(generation.pk)
            if held is None:
                held = self._indexes[generation.pk] = generations.open_generation(generation)
            return held

    def holds(self, generation: IndexGeneration) -> bool:
        """Whether this process has the generation's index open."""
        return generation.pk in self._indexes

    def engine(self) -> SearchEngine:
        """The search over the live generation."""
        generation = self.serving()
        with self._lock:
            engine = self._engines.get(generation.pk)
            if engine is None:
                engine = self._engines[generation.pk] = self._new_engine(generation)
            return engine

    def forget(self, number: int) -> None:
        """Close a generation that is no longer used."""
        with self._lock:
            self._engines.pop(number, None)
            index = self._indexes.pop(number, None)
        if index is not None:
            index.close()

    def forget_others(self, kept: Iterable[IndexGeneration]) -> bool:
        """Close every generation but these; True if there were any."""
        with self._lock:
            others = self._indexes.keys() - {generation.pk for generation in kept}
        for number in others:
            self.forget(number)
        return bool(others)

    def close(self) -> None:
        with self._lock:
            for number in list(self._indexes):
                self.forget(number)
            for encoder in self._encoders.values():
                encoder.close()
            self._encoders.clear()
            self._engines.clear()

    def _new_engine(self, generation: IndexGeneration) -> SearchEngine:
        encoder = self.encoder(generation.encoder_name)
        try:
            index = self.index(generation)
        except IndexLocked:
            index = _copy_of(generation)
        reader = CatalogueReader(encoder.version)
        return SearchEngine(encoder, index, reader, taxonomy.load(), verdicts=load_verdicts(encoder.version))


def _copy_of(generation: IndexGeneration) -> VectorIndex:
    """An exact in-memory index of what the database holds now."""
    copy = MemoryIndex(generation.dimension, schema())
    generations.fill(copy, generation)
    return copy


@lru_cache(maxsize=1)
def runtime() -> Runtime:
    """The one of this process."""
    return Runtime()
