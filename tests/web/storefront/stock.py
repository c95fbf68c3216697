"""Pieces to put in the window."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from parure.web.catalogue.models import Photo, Product
from parure.web.catalogue.photos import accept, attach
from parure.web.catalogue.products import write_product
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer

SHEET = Writer("import", "parure import")
CAMERA = Writer("vision", "worker")
PERSON = Writer("manual", "ana")


def put(code: str, title: str = "", *, price: str | None = None, description: str = "", **held: str) -> Product:
    """A product as a sheet would bring it; values are taxonomy ids."""
    change = ProductChange(
        frozenset(("title", "description", "price")),
        title=title,
        description=description,
        price=None if price is None else Decimal(price),
        statements=_drafts(held),
        stated=None,
    )
    return write_product(code, change, SHEET)[0]


def say(code: str, by: Writer, confidence: float = 1.0, **held: str) -> None:
    """Somebody else's statements about a product."""
    write_product(code, ProductChange(statements=_drafts(held, confidence), stated=frozenset(held)), by)


def add_photo(product: Product, data: bytes, name: str = "front.jpg") -> Photo:
    return attach(product, accept(data), SHEET, file_name=name)


def _drafts(held: Mapping[str, str], confidence: float = 1.0) -> tuple[StatementDraft, ...]:
    return tuple(StatementDraft(attribute, value, confidence) for attribute, value in held.items())
