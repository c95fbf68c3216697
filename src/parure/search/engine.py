"""The search itself: words become filters, pictures become vectors, lists are fused, photos collapse to products.

Filters are hard and hold inside the index. What remains of the words ranks but never removes: with a filter in
force, products that match no keyword follow those that do. Only a sentence without any filter or picture is a plain
keyword search. Exact style codes come first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from parure.errors import QueryError
from parure.index import Filter, Hit, VectorIndex
from parure.search.crowding import Crowd, Sample, put_in_order
from parure.search.fusion import collapse, reciprocal_rank_fusion
from parure.search.looking import Look, Looker
from parure.search.query import Answer, Found, Query
from parure.search.relaxing import relax
from parure.search.selection import Selection
from parure.search.traits import Traits
from parure.search.verdict import Evidence, Verdict, VerdictModel, margins
from parure.search.weights import reweighed
from parure.taxonomy import ParsedQuery, Taxonomy, parse
from parure.vision import Encoder, Pixels, Vectors
from parure.vision.analysis import Analysis

__all__ = ["Catalogue", "SearchEngine"]

MAX_WINDOW = 1000  # products that can be paged through; beyond, filters are the better tool
_KEYWORD_DEPTH = 2000
_REWEIGHED = 300  # products nearest as a whole whose parts are compared; those behind keep their order
_COMPARED = 40  # products nearest to a picture of which crowding is known; likewise


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

    def parts(self, photos: Sequence[int]) -> Mapping[int, Mapping[str, Vectors]]:
        """The part vectors of these photos' main pieces; asked for many at once."""
        ...

    def traits(self, photos: Sequence[int]) -> Mapping[int, Traits]:
        """What is stored of these photos' main pieces; photos without it are left out."""
        ...

    def vectors(self, photos: Sequence[int]) -> Mapping[int, Vectors]:
        """Vectors of photos, each (dimension,) of length 1; photos without one are left out."""
        ...

    def sample(self) -> Sample:
        """Some thousands of photos, whichever: the same ones while the catalogue changes little."""
        ...


@dataclass(frozen=True, eq=False)
class _Near:
    """The nearest products of one vector, best first. `overall` has the cosine of the whole per photo, `crowded` how
    crowded it is about it, where that is known."""

    hits: list[Hit]
    look: Look
    overall: Mapping[int, float] = field(default_factory=dict)
    crowded: Mapping[int, float] = field(default_factory=dict)


class SearchEngine:
    """Answers queries over one index generation and one catalogue. Safe to use from several threads."""

    def __init__(
        self,
        encoder: Encoder,
        index: VectorIndex,
        catalogue: Catalogue,
        taxonomy: Taxonomy,
        *,
        verdicts: VerdictModel | None = None,
    ) -> None:
        self._encoder = encoder
        self._looker = Looker(encoder)
        self._index = index
        self._catalogue = catalogue
        self._taxonomy = taxonomy
        self._verdicts = verdicts
        self._crowd = Crowd(sample=catalogue.sample, vectors=catalogue.vectors, count=index.count)

    @property
    def finds_pieces(self) -> bool:
        """Whether pictures are looked at piece by piece."""
        return self._looker.finds_pieces

    def analyse(self, image: Pixels) -> Analysis:
        """All pieces of a picture; raises `QueryError` if the encoder finds none. Searching it again is free."""
        return self._looker.analysis(image)

    def search(self, query: Query) -> Answer:
        """Raises `QueryError` for a window out of range, `ModelError` and index errors as they come."""
        if query.limit < 1 or query.offset < 0 or query.offset + query.limit > MAX_WINDOW:
            raise QueryError(f"limit must be at least 1 and offset + limit at most {MAX_WINDOW}.")
        clock = _Clock()
        with clock("parse"):
            parsed = parse(query.text, self._taxonomy) if query.text.strip() else None
        asked = Selection.parsed(parsed) if parsed else Selection()
        looks = self._looks(query, parsed, clock)
        answer = self._answer(query, parsed, query.selection & asked, looks, clock)
        if asked and answer.total == 0:
            return self._relaxed(query, parsed, asked, looks, clock)
        return replace(answer, parsed=parsed, selection=query.selection & asked, timings=clock.milliseconds)

    def _relaxed(
        self, query: Query, parsed: ParsedQuery | None, asked: Selection, looks: list[Look], clock: _Clock
    ) -> Answer:
        """Nothing meets every wish: keep what can be met, and let all of the words rank."""
        with clock("relax"):
            kept, dropped = relax(asked, query.selection, self._any)
        loose = replace(parsed, remainder=query.text) if parsed else None
        answer = self._answer(query, loose, kept, looks, clock)
        return replace(answer, parsed=parsed, selection=kept, dropped=dropped, timings=clock.milliseconds)

    def _any(self, selection: Selection) -> bool:
        return self._catalogue.count(selection.to_filter(self._taxonomy)) > 0

    def _answer(
        self, query: Query, parsed: ParsedQuery | None, selection: Selection, looks: list[Look], clock: _Clock
    ) -> Answer:
        where = selection.to_filter(self._taxonomy)
        depth = query.offset + query.limit
        with clock("index"):
            near = [self._nearest(look, query, where) for look in looks]
        with clock("keywords"):
            codes = self._catalogue.with_style_codes(query.text) if query.text.strip() else []
            words = parsed.remainder if parsed else ""
            named = self._catalogue.keep(self._catalogue.keyword(words, limit=_KEYWORD_DEPTH), where) if words else []
        with clock("fuse"):
            ranked = reciprocal_rank_fusion([*([hit.group for hit in found.hits] for found in near), named])
            ranked = list(dict.fromkeys([*codes, *ranked]))
            total = self._total(where, ranked, bool(looks), bool(words) or bool(codes))
            if not looks and (where or not query.text.strip()):
                ranked = self._filled(ranked, where, depth)
        best = {hit.group: hit for found in reversed(near) for hit in found.hits}
        page = ranked[query.offset : depth]
        with clock("verdict"):
            verdicts = self._judged(near[0], page) if query.image is not None else {}
        return Answer(tuple(_found(number, best.get(number), verdicts.get(number)) for number in page), total)

    def _looks(self, query: Query, parsed: ParsedQuery | None, clock: _Clock) -> list[Look]:
        """One per modality that is there, the picture first; none is padded."""
        looks: list[Look] = []
        with clock("encode"):
            if query.image is not None:
                looks.append(self._looker.look(query.image, box=query.box, piece=query.piece))
            if query.vector is not None:
                looks.append(Look(np.asarray(query.vector, np.float32), Traits(parts=query.parts)))
            if parsed and parsed.remainder and self._encoder.supports_text:
                looks.append(Look(self._encoder.encode_texts([query.text])[0], pictured=False))
        return looks

    def _nearest(self, look: Look, query: Query, where: Filter) -> _Near:
        """The best photo of each of the nearest products, one more than the page needs: verdicts ask for the next."""
        wanted = query.offset + query.limit + 1
        weighing = not query.weights.plain and bool(look.traits.parts)
        least = max(_REWEIGHED if weighing else 0, _COMPARED if look.pictured else 0)
        photos = self._photos(look.vector, max(wanted, least), where, query.without_product)
        hits = collapse(photos)
        if weighing:
            leading = {hit.group for hit in hits[:_REWEIGHED]}
            first = [hit for hit in photos if hit.group in leading]
            held = self._catalogue.parts([hit.id for hit in first])
            hits = [*collapse(reweighed(first, query.weights, look.traits.parts, held)), *hits[_REWEIGHED:]]
        compared = hits[:_COMPARED] if look.pictured else []
        crowded = self._crowd.of(compared) if compared else {}
        worth = put_in_order([hit.score for hit in compared], [crowded.get(hit.id, np.nan) for hit in compared])
        order = np.argsort(-worth, kind="stable")
        hits = [*(compared[place] for place in order), *hits[len(compared) :]]
        return _Near(hits[:wanted], look, {hit.id: hit.score for hit in photos}, crowded)

    def _photos(self, vector: Vectors, products: int, where: Filter, without: int | None) -> list[Hit]:
        """The nearest photos, of at least so many products; looks deeper while photos of one product crowd the list."""
        depth = (products + (without is not None)) * 3 + 8
        while True:
            hits = self._index.search(vector, limit=depth, where=where or None)
            found = [hit for hit in hits if hit.group != without]
            if len({hit.group for hit in found}) >= products or len(hits) < depth:
                return found
            depth *= 4

    def _judged(self, near: _Near, page: Sequence[int]) -> Mapping[int, Verdict]:
        """Verdicts on the products of a page that the picture found, where there is a fitted model."""
        if self._verdicts is None:
            return {}
        order = sorted(near.hits, key=lambda hit: -near.overall[hit.id])
        ahead = dict(zip((hit.group for hit in order), margins([near.overall[hit.id] for hit in order]), strict=True))
        wanted = [hit for hit in near.hits if hit.group in set(page)]
        held = self._catalogue.traits([hit.id for hit in wanted])
        asked = self._crowd.about(near.look.vector)
        evidence = [
            Evidence(
                near.overall[hit.id], float(ahead[hit.group]), near.look.traits, held.get(hit.id, Traits()),
                crowding=(asked + near.crowded.get(hit.id, np.nan)) / 2,
            )
            for hit in wanted
        ]  # fmt: skip
        judged = self._verdicts.judge(evidence)
        return {hit.group: verdict for hit, verdict in zip(wanted, judged, strict=True)}

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


def _found(number: int, hit: Hit | None, verdict: Verdict | None) -> Found:
    return Found(number, hit.id, round(hit.score, 6), verdict) if hit else Found(number)


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
