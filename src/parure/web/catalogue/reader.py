"""Reading the catalogue: rows to values, and what the search engine needs to know of products."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from parure import settings, taxonomy
from parure.index import Filter
from parure.search import Traits
from parure.search.crowding import Sample
from parure.vision import Vectors
from parure.web.catalogue import keywords, sights
from parure.web.catalogue.filters import live_products, narrowed
from parure.web.catalogue.models import AttributeValue, Event, Photo, Product, Source
from parure.web.catalogue.values import AttributeView, PhotoView, ProductView
from parure.web.catalogue.vectors import sample_of, vectors_of

__all__ = ["CatalogueReader", "get_view", "photo_view", "suggestions", "views"]

_TOKEN = re.compile(r"\S+")
_CHUNK = 500  # ids per IN clause; SQLite accepts 32,766 parameters, planners prefer fewer
_COUNTS_KEPT = 1000  # filters


class CatalogueReader:
    """The catalogue as `parure.search` sees it, by one encoder version. One object may serve several threads."""

    def __init__(self, encoder: str = "") -> None:
        self._encoder = encoder
        self._counted_at: int | None = None
        self._counts: dict[Filter, int] = {}

    def with_style_codes(self, text: str) -> list[int]:
        candidates = dict.fromkeys([text.strip(), *_TOKEN.findall(text)])
        rows = [Product.coded(code).filter(deleted_at=None).first() for code in [*candidates][:8]]
        return list(dict.fromkeys(row.pk for row in rows if row is not None))

    def keyword(self, text: str, *, limit: int) -> list[int]:
        return keywords.search(text, limit=limit)

    def keep(self, numbers: Sequence[int], where: Filter) -> list[int]:
        kept: set[int] = set()
        for start in range(0, len(numbers), _CHUNK):
            rows = Product.objects.filter(pk__in=numbers[start : start + _CHUNK]).order_by()  # see `views`
            found = narrowed(rows, where).values_list("pk", "deleted_at")
            kept.update(number for number, deleted_at in found if deleted_at is None)
        return [number for number in numbers if number in kept]

    def browse(self, where: Filter, *, limit: int, offset: int) -> list[int]:
        return list(live_products(where).values_list("pk", flat=True)[offset : offset + limit])

    def count(self, where: Filter) -> int:
        """Exact. Asked of the database again only after a change, which the newest event tells."""
        now = Event.objects.aggregate(last=Max("id"))["last"]
        if now != self._counted_at or len(self._counts) > _COUNTS_KEPT:
            self._counted_at, self._counts = now, {}
        counts = self._counts
        if where not in counts:
            counts[where] = live_products(where).count()
        return counts[where]

    def parts(self, photos: Sequence[int]) -> Mapping[int, Mapping[str, Vectors]]:
        return sights.part_vectors(photos, self._encoder)

    def traits(self, photos: Sequence[int]) -> Mapping[int, Traits]:
        return sights.traits(photos, self._encoder)

    def vectors(self, photos: Sequence[int]) -> Mapping[int, Vectors]:
        return vectors_of(photos, self._encoder)

    def sample(self) -> Sample:
        return sample_of(self._encoder)


def get_view(product: Product) -> ProductView:
    return views([product.pk], deleted=True)[0]


def views(numbers: Iterable[int], *, deleted: bool = False) -> list[ProductView]:
    """Products with photos and attributes, in the order of the numbers; ones that are gone are left out."""
    wanted = list(numbers)
    galleries, held = _galleries(wanted), _attributes(wanted)
    # Neither ordered nor filtered in SQL: for either, SQLite walks an index of all products instead of these few rows.
    rows = Product.objects.filter(pk__in=wanted).order_by().values_list(*_PRODUCT)
    found = {row[0]: row for row in rows if deleted or row[-1] is None}
    return [_view(found[number], galleries[number], held[number]) for number in wanted if number in found]


def suggestions(product: ProductView) -> list[AttributeView]:
    """What the photos show that somebody with a better word says otherwise; a wider or narrower word agrees."""
    known = taxonomy.load()
    said: dict[str, list[str]] = defaultdict(list)
    for held in product.attributes:
        said[held.attribute].append(held.value)
    rows = AttributeValue.objects.filter(product=product.id, source=Source.VISION, effective=False, attribute__in=said)
    return [
        AttributeView(name, known.attribute(name).label, value, known.label(name, value), *rest)
        for name, value, *rest in rows.exclude(model_version="").order_by("pk").values_list("attribute", *_VALUE[1:])
        if value in known.attribute(name).values and not _agree(name, value, said[name])
    ]


def _agree(attribute: str, value: str, said: Iterable[str]) -> bool:
    return any(value in (word, *_around(attribute, word)) or word in _around(attribute, value) for word in said)


def _around(attribute: str, value: str) -> tuple[str, ...]:
    """Its wider values; none of a value that this vocabulary does not have."""
    known = taxonomy.load()
    return known.ancestors(attribute, value) if value in known.attribute(attribute).values else ()


# Columns rather than rows as objects: a page of results is read in a third of the time.
_PRODUCT = (
    "pk", "style_code", "title", "description", "price", "currency", "created_at", "updated_at", "deleted_at"
)  # fmt: skip
_PHOTO = ("pk", "sha256", "file_name", "format", "width", "height", "size", "position", "created_at")
_VALUE = ("attribute", "value", "source", "confidence", "model_version")


def _view(row: tuple[Any, ...], photos: list[PhotoView], attributes: list[AttributeView]) -> ProductView:
    number, style_code, title, description, price, currency, created_at, updated_at, deleted_at = row
    return ProductView(
        id=number,
        style_code=style_code,
        title=title,
        description=description,
        price=price,
        currency=currency or settings.get().currency,
        photos=tuple(photos),
        attributes=tuple(attributes),
        created_at=created_at,
        updated_at=updated_at,
        deleted_at=deleted_at,
    )


def photo_view(row: Photo) -> PhotoView:
    return PhotoView(*(getattr(row, column) for column in _PHOTO))


def _galleries(products: Sequence[int]) -> dict[int, list[PhotoView]]:
    found: dict[int, list[PhotoView]] = defaultdict(list)
    for product, *columns in Photo.objects.filter(product__in=products, deleted_at=None).values_list(
        "product_id", *_PHOTO
    ):
        found[product].append(PhotoView(*columns))
    return found


def _attributes(products: Sequence[int]) -> dict[int, list[AttributeView]]:
    """In the order of the taxonomy. A value that a newer vocabulary dropped is shown by its id."""
    known = taxonomy.load().attributes
    place = {attribute: number for number, attribute in enumerate(known)}
    rows = AttributeValue.objects.filter(product__in=products, effective=True, attribute__in=known)
    found: dict[int, list[AttributeView]] = defaultdict(list)
    for product, *columns in sorted(
        rows.order_by("pk").values_list("product_id", *_VALUE), key=lambda row: place[row[1]]
    ):
        name, value, source, confidence, model_version = columns
        attribute = known[name]
        label = attribute.values[value].label if value in attribute.values else value
        found[product].append(AttributeView(name, attribute.label, value, label, source, confidence, model_version))
    return found
