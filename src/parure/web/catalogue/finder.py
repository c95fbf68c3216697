"""Searching the catalogue as pages, API and command line do it: a query in, products with their pictures out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from parure.errors import QueryError
from parure.search import Query, Selection
from parure.taxonomy import ParsedQuery
from parure.vision import Vectors
from parure.web.catalogue.models import Product
from parure.web.catalogue.reader import views
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.values import PhotoView, ProductView
from parure.web.catalogue.vectors import live_vectors, unpack

__all__ = ["Result", "Results", "find", "like"]


@dataclass(frozen=True)
class Result:
    """A product found. `photo` is the one to show; `similarity` its cosine to the query, None without a picture."""

    product: ProductView
    photo: PhotoView | None
    similarity: float | None


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


def find(query: Query) -> Results:
    """Answer a query. Raises `QueryError`, `ModelError` or an index error with a message for the person who asked."""
    answer = runtime().engine().search(query)
    by_number = {view.id: view for view in views(found.product for found in answer.found)}
    items = tuple(
        Result(by_number[found.product], _photo(by_number[found.product], found.photo), found.similarity)
        for found in answer.found
        if found.product in by_number  # deleted a moment ago: the index follows shortly
    )
    return Results(items, answer.total, answer.parsed, answer.selection, answer.dropped, answer.timings)


def like(product: Product, query: Query) -> Results:
    """More like this piece: the query's other wishes hold too; the piece itself is left out."""
    vector = _vector_of(product)
    if vector is None:
        raise QueryError(f"{product.style_code} has no analysed photo yet, so nothing can be compared with it.")
    return find(replace(query, vector=vector, without_product=product.pk))


def _vector_of(product: Product) -> Vectors | None:
    """The mean of its photos' vectors, scaled to length 1: what the views have in common."""
    encoder = runtime().serving().encoder
    rows = live_vectors(encoder).filter(photo__product=product).values_list("vector", flat=True)
    vectors = [unpack(data) for data in rows]
    if not vectors:
        return None
    total = sum(vectors[1:], start=vectors[0])
    return total / float((total @ total) ** 0.5)


def _photo(product: ProductView, number: int | None) -> PhotoView | None:
    chosen = [photo for photo in product.photos if photo.id == number]
    return chosen[0] if chosen else product.cover
