"""Searching the catalogue as pages, API and command line do it: a query in, products with their pictures out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parure.errors import QueryError
from parure.search import Query, Selection, Verdict
from parure.taxonomy import ParsedQuery
from parure.vision import Vectors
from parure.vision.analysis import Analyser
from parure.web.catalogue.models import Product
from parure.web.catalogue.photos import QUERY_SIDE, WORKING_SIDE
from parure.web.catalogue.reader import views
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.sights import part_vectors
from parure.web.catalogue.values import PhotoView, ProductView
from parure.web.catalogue.vectors import live_vectors, unpack

__all__ = ["Result", "Results", "find", "like", "query_side"]


@dataclass(frozen=True)
class Result:
    """A product found. `photo` is the one to show; `similarity` its cosine to the query, None without a picture.

    `verdict` says what it is to the query picture, where a fitted model is.
    """

    product: ProductView
    photo: PhotoView | None
    similarity: float | None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Results:
    """One page of an answer; see `parure.search.Answer` for `dropped`, `total` and `timings` (milliseconds)."""

    items: tuple[Result, ...]
    total: int
    parsed: ParsedQuery | None
    selection: Selection
    dropped: tuple[str, ...]
    timings: Mapping[str, float]

    @property
    def relaxed(self) -> bool:
        """Nothing met every wish of the words."""
        return bool(self.dropped)


def query_side() -> int:
    """Longest side in pixels that a picture to search with is decoded to."""
    encoder = runtime().encoder(runtime().serving().encoder_name)
    return QUERY_SIDE if isinstance(encoder, Analyser) else WORKING_SIDE


def find(query: Query) -> Results:
    """Answer a query. Raises `QueryError`, `ModelError` or an index error with a message for the person who asked."""
    answer = runtime().engine().search(query)
    by_number = {view.id: view for view in views(found.product for found in answer.found)}
    items = tuple(
        Result(by_number[found.product], _photo(by_number[found.product], found.photo), found.similarity, found.verdict)
        for found in answer.found
        if found.product in by_number  # deleted a moment ago: the index follows shortly
    )
    return Results(items, answer.total, answer.parsed, answer.selection, answer.dropped, answer.timings)


def like(product: Product, query: Query) -> Results:
    """More like this piece: the query's other wishes hold too; the piece itself is left out."""
    encoder = runtime().serving().encoder
    rows = live_vectors(encoder).filter(photo__product=product).values_list("photo_id", "vector")
    vectors = {photo: unpack(data) for photo, data in rows}
    if not vectors:
        raise QueryError(f"{product.style_code} has no analysed photo yet, so nothing can be compared with it.")
    held = list(part_vectors(list(vectors), encoder).values())
    parts = {part: _mean([one[part] for one in held if part in one]) for part in {name for one in held for name in one}}
    return find(replace(query, vector=_mean(list(vectors.values())), parts=parts, without_product=product.pk))


def _mean(vectors: Sequence[Vectors]) -> Vectors:
    """Scaled to length 1: what the views have in common."""
    total = sum(vectors[1:], start=vectors[0])
    return total / float((total @ total) ** 0.5)


def _photo(product: ProductView, number: int | None) -> PhotoView | None:
    chosen = [photo for photo in product.photos if photo.id == number]
    return chosen[0] if chosen else product.cover
