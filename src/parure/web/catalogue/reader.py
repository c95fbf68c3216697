"""Reading the catalogue: rows to values, and what the search engine needs to know of products."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, QuerySet

from parure import settings, taxonomy
from parure.index import Filter
from parure.web.catalogue import keywords
from parure.web.catalogue.filters import live_products
from parure.web.catalogue.models import AttributeValue, Photo, Product
from parure.web.catalogue.values import AttributeView, PhotoView, ProductView

__all__ = ["CatalogueReader", "get_view", "photo_view", "views"]

_TOKEN = re.compile(r"\S+")
_CHUNK = 500  # ids per IN clause; SQLite accepts 32,766 parameters, planners prefer fewer


class CatalogueReader:
    """The catalogue as `parure.search` sees it."""

    def with_style_codes(self, text: str) -> list[int]:
        candidates = dict.fromkeys([text.strip(), *_TOKEN.findall(text)])
        rows = [Product.coded(code).filter(deleted_at=None).first() for code in [*candidates][:8]]
        return list(dict.fromkeys(row.pk for row in rows if row is not None))

    def keyword(self, text: str, *, limit: int) -> list[int]:
        return keywords.search(text, limit=limit)

    def keep(self, numbers: Sequence[int], where: Filter) -> list[int]:
        kept: set[int] = set()
        for start in range(0, len(numbers), _CHUNK):
            kept.update(
                live_products(where).filter(pk__in=numbers[start : start + _CHUNK]).values_list("pk", flat=True)
            )
        return [number for number in numbers if number in kept]

    def browse(self, where: Filter, *, limit: int, offset: int) -> list[int]:
        return list(live_products(where).values_list("pk", flat=True)[offset : offset + limit])

    def count(self, where: Filter) -> int:
        return live_products(where).count()


def get_view(product: Product) -> ProductView:
    return views([product.pk], deleted=True)[0]


def views(numbers: Iterable[int], *, deleted: bool = False) -> list[ProductView]:
    """Products with photos and attributes, in the order of the numbers; ones that are gone are left out."""
    wanted = list(numbers)
    rows: QuerySet[Product] = Product.objects.filter(pk__in=wanted)
    if not deleted:
        rows = rows.filter(deleted_at=None)
    held = Prefetch("attribute_values", AttributeValue.objects.filter(effective=True).order_by("id"), "held")
    gallery = Prefetch("photos", Photo.objects.filter(deleted_at=None), "gallery")
    by_number = {row.pk: _view(row) for row in rows.prefetch_related(held, gallery)}
    return [by_number[number] for number in wanted if number in by_number]


def _view(row: Product) -> ProductView:
    return ProductView(
        id=row.pk,
        style_code=row.style_code,
        title=row.title,
        description=row.description,
        price=row.price,
        currency=row.currency or settings.get().currency,
        photos=tuple(photo_view(photo) for photo in row.gallery),  # type: ignore[attr-defined]  # set by Prefetch
        attributes=_attribute_views(row.held),  # type: ignore[attr-defined]
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def photo_view(row: Photo) -> PhotoView:
    return PhotoView(
        row.pk, row.sha256, row.file_name, row.format, row.width, row.height, row.size, row.position, row.created_at
    )


def _attribute_views(rows: Iterable[AttributeValue]) -> tuple[AttributeView, ...]:
    """In the order of the taxonomy."""
    words = taxonomy.load()
    order = {attribute: place for place, attribute in enumerate(words.attributes)}
    known = sorted((row for row in rows if row.attribute in order), key=lambda row: (order[row.attribute], row.pk))
    return tuple(
        AttributeView(
            row.attribute,
            words.attribute(row.attribute).label,
            row.value,
            words.label(row.attribute, row.value),
            row.source,
            row.confidence,
            row.model_version,
        )
        for row in known
    )
