"""One page of pieces: what is for sale in a chosen order, or what fits words and a picture best first."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import F
from django.db.models.expressions import Combinable

from parure import settings, taxonomy
from parure.images import Pixels
from parure.search import Query, Selection
from parure.search.engine import MAX_WINDOW
from parure.taxonomy import ParsedQuery
from parure.web.catalogue.filters import live_products
from parure.web.catalogue.finder import Result, find
from parure.web.catalogue.reader import views
from parure.web.storefront.asked import SORTS, Asked

__all__ = ["Listing", "listing"]

_ORDER: Mapping[str, tuple[Combinable | str, ...]] = {
    "": ("-created_at", "-id"),
    "newest": ("-created_at", "-id"),
    "price-up": (F("price").asc(nulls_last=True), "-id"),
    "price-down": (F("price").desc(nulls_last=True), "-id"),
}


@dataclass(frozen=True)
class Listing:
    """`selection` is what the pieces were drawn from. `given_up`: labels of wishes that no piece meets with the rest.

    `loosened`: nothing was found, so the pieces without the clicked choices are shown, or else the newest. `sorts` are
    the orders on offer, none where the best match comes first by its nature.
    """

    items: tuple[Result, ...] = ()
    total: int = 0
    selection: Selection = field(default_factory=Selection)
    parsed: ParsedQuery | None = None
    given_up: tuple[str, ...] = ()
    loosened: bool = False
    more: bool = False
    sorts: tuple[str, ...] = ()
    milliseconds: float = 0.0


def listing(asked: Asked, pixels: Pixels | None = None) -> Listing:
    """Raises `QueryError` for a value outside the vocabulary, `ModelError` and index errors as they come."""
    start = time.perf_counter()
    words = taxonomy.load()
    chosen = Selection.chosen(asked.given, words)
    found = _answer(asked, chosen, pixels)
    if not found.items and asked.page == 1:
        anyway = _answer(asked.unfiltered(), Selection(), pixels) if chosen else Listing()
        if not anyway.items:
            anyway = replace(_ordered(Asked(), Selection(), None), more=False, sorts=())
        found = replace(anyway, selection=found.selection, parsed=found.parsed, loosened=True)
    return replace(found, milliseconds=(time.perf_counter() - start) * 1000)


def _answer(asked: Asked, chosen: Selection, pixels: Pixels | None) -> Listing:
    parsed = taxonomy.parse(asked.text, taxonomy.load()) if asked.text else None
    if pixels is None and not (parsed and parsed.remainder):
        wishes = Selection.parsed(parsed) if parsed else Selection()
        if asked.sort or not wishes:
            return _ordered(asked, chosen & wishes, parsed)
    return _searched(asked, chosen, pixels)


def _ordered(asked: Asked, selection: Selection, parsed: ParsedQuery | None) -> Listing:
    size = settings.get().page_size
    rows = live_products(selection.to_filter(taxonomy.load())).order_by(*_ORDER[asked.sort])
    total, first = rows.count(), (asked.page - 1) * size
    numbers = rows.values_list("pk", flat=True)[first : first + size]
    items = tuple(Result(view, view.cover, None) for view in views(numbers))
    sorts = tuple(SORTS) if parsed else tuple(sort for sort in SORTS if sort)
    return Listing(items, total, selection, parsed, more=first + size < total, sorts=sorts)


def _searched(asked: Asked, chosen: Selection, pixels: Pixels | None) -> Listing:
    size = settings.get().page_size
    first = (asked.page - 1) * size
    query = Query(image=pixels, text=asked.text, selection=chosen, limit=size, offset=first)
    if pixels is not None:
        piece = None if asked.region else asked.piece
        query = replace(query, box=asked.region, piece=piece, weights=asked.weights)
    results = find(query)
    free = pixels is None and results.parsed is not None and not results.parsed.remainder and not results.relaxed
    reachable = min(MAX_WINDOW - size + 1, results.total)
    return Listing(
        results.items,
        results.total,
        results.selection,
        results.parsed,
        _labels(results.dropped),
        more=first + size < reachable,
        sorts=tuple(SORTS) if free else (),
    )


def _labels(attributes: Sequence[str]) -> tuple[str, ...]:
    words = taxonomy.load()
    return tuple(words.attribute(name).label.lower() if name in words.attributes else name for name in attributes)
