"""What an import would do, as values: the catalogue applies it, the command line shows it first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parure.intake.found import FoundFile, Rejection

__all__ = ["AttributeDraft", "ImportPlan", "ProductDraft"]


@dataclass(frozen=True)
class AttributeDraft:
    attribute: str
    value: str
    source: Literal["import", "filename"]


@dataclass(frozen=True)
class ProductDraft:
    """One product. `photos` are in order, the first is the cover.

    `fields_given` names what the sheet states: "title", "description", "price", "currency", "photos" and
    "attribute:<id>". A field that is given and None (or without values) was emptied in the sheet.
    """

    style_code: str
    title: str | None
    description: str | None
    price: Decimal | None
    currency: str | None
    attributes: tuple[AttributeDraft, ...]
    photos: tuple[FoundFile, ...]
    row: int | None
    fields_given: frozenset[str]


@dataclass(frozen=True)
class ImportPlan:
    """Every photo found is in exactly one product or one rejection of kind "file"."""

    products: tuple[ProductDraft, ...]
    rejected: tuple[Rejection, ...]
    notes: tuple[str, ...]
