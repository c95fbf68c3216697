"""Pages of the catalogue in a chosen order, without any ranking: for lists, exports and shops that mirror it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F
from django.db.models.expressions import OrderBy

from parure import taxonomy
from parure.search import Selection
from parure.web.catalogue.filters import live_products
from parure.web.catalogue.reader import views
from parure.web.catalogue.values import ProductView

__all__ = ["Listing", "Order", "listing"]


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    UPDATED = "updated"
    PRICE = "price"
    PRICE_FALLING = "-price"
    STYLE_CODE = "style_code"


@dataclass(frozen=True)
class Listing:
    items: tuple[ProductView, ...]
    total: int


# Each order ends with the row number, so that pages neither overlap nor skip.
_COLUMNS: dict[Order, tuple[str | OrderBy, ...]] = {
    Order.NEWEST: ("-created_at", "-id"),
    Order.OLDEST: ("created_at", "id"),
    Order.UPDATED: ("-updated_at", "-id"),
    Order.PRICE: (F("price").asc(nulls_last=True), "id"),
    Order.PRICE_FALLING: (F("price").desc(nulls_last=True), "id"),
    Order.STYLE_CODE: ("style_code", "id"),
}


def listing(selection: Selection, order: Order, *, limit: int, offset: int) -> Listing:
    """Live products inside the selection; `total` counts them all."""
    rows = live_products(selection.to_filter(taxonomy.load()))
    page = rows.order_by(*_COLUMNS[order]).values_list("pk", flat=True)[offset : offset + limit]
    return Listing(tuple(views(page)), rows.count())
