"""The search itself: words become filters, pictures become vectors, lists are fused, photos collapse to products.

Filters are hard and hold inside the index. What remains of the words ranks but never removes: with a filter in
force, products that match no keyword follow those that do. Only a sentence without any filter or picture is a plain
keyword search. Exact style codes come first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

import numpy as np

from parure.errors import QueryError
from parure.index import Filter, Hit, VectorIndex
from parure.search.fusion import collapse, reciprocal_rank_fusion
from parure.search.query import Answer, Found, Query
from parure.search.relaxing import relax
from parure.search.selection import Selection
from parure.taxonomy import ParsedQuery, Taxonomy, parse
from parure.vision import Encoder, Pixels, Vectors
from parure.vision.batching import MicroBatcher

__all__ = ["Catalogue", "SearchEngine"]

MAX_WINDOW = 1000  # products that can be paged through; beyond, filters are the better tool
_KEYWORD_DEPTH = 2000
_TOGETHER = 16  # pictures of different clients encoded in one go


class Catalogue(Protocol):
    """What the engine needs of a catalogue. Every method speaks of live products by their number."""

    def with_style_codes(self, text: str) -> list[int]:
        """Products whose style code is the text, or one of its words, whatever the case."""
        ...

    def keyword(self, text: str, *, limit: int) -> list[int]:
        """Products that hold some of the words, most fitting first."""
        ...

    def keep(self, numbers: Sequence[int], where: Filter) -> list[int]:
        """Those of the products that pass the filter, order kept."""
        ...

    def browse(self, where: Filter, *, limit: int, offset: int) -> list[int]:
        """Products that pass the filter, newest first."""
        ...

    def count(self, where: Filter) -> int:
        """How many products pass the filter; exact."""
        ...


class SearchEngine:
    """Answers queries over one index generation and one catalogue. Safe to use from several threads."""

    def __init__(self, encoder: Encoder, index: VectorIndex, catalogue: Catalogue, taxonomy: Taxonomy) -> None:
        self._encoder = encoder
        # Pictures of many clients at once are encoded together; a lone one waits for nobody.
        self._see: MicroBatcher[Pixels, Vectors] = MicroBatcher(
            lambda images: list(encoder.encode_images(images)), batch_size=_TOGETHER
        )
        self._index = index
        self._catalogue = catalogue
        self._taxonomy = taxonomy

    def search(self, query: Query) -> Answer:
        """Raises `QueryError` for a window out of range, `ModelError` and index errors as they come."""
        if query.limit < 1 or query.offset < 0 or query.offset + query.limit > MAX_WINDOW:
            raise QueryError(f"limit must be at least 1 and offset + limit at most {MAX_WINDOW}.")
        clock = _Clock()
        with clock("parse"):
            parsed = parse(query.text, self._taxonomy) if query.text.strip() else None
        asked = Selection.parsed(parsed) if parsed else Selection()
        vectors = self._vectors(query, parsed, clock)
        answer = self._answer(query, parsed, query.selection & asked, vectors, clock)
        if asked and answer.total == 0:
            return self._relaxed(query, parsed, asked, vectors, clock)
        return replace(answer, parsed=parsed, selection=query.selection & asked, timings=clock.milliseconds)

    def _relaxed(
        self, query: Query, parsed: ParsedQuery | None, asked: Selection, vectors: list[Vectors], clock: _Clock
    ) -> Answer:
        """Nothing meets every wish: keep what can be met, and let all of the words rank."""
        with clock("relax"):
            kept, dropped = relax(asked, query.selection, self._any)
        loose = replace(parsed, remainder=query.text) if parsed else None
        answer = self._answer(query, loose, kept, vectors, clock)
        return replace(answer, parsed=parsed, selection=kept, dropped=dropped, timings=clock.milliseconds)

    def _any(self, selection: Selection) -> bool:
        return self._catalogue.count(selection.to_filter(self._taxonomy)) > 0

    def _answer(
        self, query: Query, parsed: ParsedQuery | None, selection: Selection, vectors: list[Vectors], clock: _Clock
    ) -> Answer:
        where = selection.to_filter(self._taxonomy)
        depth = query.offset + query.limit
        with clock("index"):
            hits = [self._nearest(vector, depth, where, query.without_product) for vector in vectors]
        with clock("keywords"):
            codes = self._catalogue.with_style_codes(query.text) if query.text.strip() else []
            words = parsed.remainder if parsed else ""
            named = self._catalogue.keep(self._catalogue.keyword(words, limit=_KEYWORD_DEPTH), where) if words else []
        with clock("fuse"):
            ranked = reciprocal_rank_fusion([*([hit.group for hit in found] for found in hits), named])
            ranked = list(dict.fromkeys([*codes, *ranked]))
            total = self._total(where, ranked, bool(vectors), bool(words) or bool(codes))
            if not vectors and (where or not query.text.strip()):
                ranked = self._filled(ranked, where, depth)
        best = {hit.group: hit for found in reversed(hits) for hit in found}
        page = ranked[query.offset : depth]
        return Answer(tuple(_found(number, best.get(number)) for number in page), total)

    def _vectors(self, query: Query, parsed: ParsedQuery | None, clock: _Clock) -> list[Vectors]:
        """One row per modality that is there; none is padded."""
        rows = [] if query.vector is None else [query.vector]
        with clock("encode"):
            if query.image is not None:
                rows.append(self._see(query.image))
            if parsed and parsed.remainder and self._encoder.supports_text:
                rows.append(self._encoder.encode_texts([query.text])[0])
        return [np.asarray(row, np.float32) for row in rows]

    def _nearest(self, vector: Vectors, products: int, where: Filter, without: int | None) -> list[Hit]:
        """The best photo of each of the nearest `products`; looks deeper while photos of one product crowd the list."""
        wanted = products + (without is not None)
        depth = wanted * 3 + 8
        while True:
            hits = self._index.search(vector, limit=depth, where=where or None)
            found = [hit for hit in collapse(hits) if hit.group != without]
            if len(found) >= products or len(hits) < depth:
                return found[:products]
            depth *= 4

    def _filled(self, ranked: list[int], where: Filter, depth: int) -> list[int]:
        """The ranked products, then the rest of the catalogue inside the filter, newest first."""
        if len(ranked) >= depth:
            return ranked
        rest = self._catalogue.browse(where, limit=depth + len(ranked), offset=0)
        return list(dict.fromkeys([*ranked, *rest]))

    def _total(self, where: Filter, ranked: Sequence[int], by_vector: bool, by_words: bool) -> int:
        if by_words and not where and not by_vector:
            return len(ranked)
        return self._catalogue.count(where)


def _found(number: int, hit: Hit | None) -> Found:
    return Found(number, hit.id, round(hit.score, 6)) if hit else Found(number)


class _Clock:
    """Milliseconds spent per named step, summed."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - start) * 1000
            self.milliseconds[step] = round(self.milliseconds.get(step, 0.0) + spent, 3)
