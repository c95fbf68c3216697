"""What the rest of the program sees of a product: plain values, no rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

__all__ = [
    "AttributeView",
    "Outcome",
    "PhotoView",
    "ProductChange",
    "ProductView",
    "StatementDraft",
    "Writer",
]


@dataclass(frozen=True)
class PhotoView:
    id: int
    sha256: str
    file_name: str
    format: str
    width: int
    height: int
    size: int
    position: int
    created_at: datetime


@dataclass(frozen=True)
class AttributeView:
    """A value that holds, and where it came from. `label` is for people, `value` is the taxonomy id or the text."""

    attribute: str
    attribute_label: str
    value: str
    label: str
    source: str
    confidence: float
    model_version: str = ""


@dataclass(frozen=True)
class ProductView:
    id: int
    style_code: str
    title: str
    description: str
    price: Decimal | None
    currency: str
    photos: tuple[PhotoView, ...]
    attributes: tuple[AttributeView, ...]
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None

    @property
    def name(self) -> str:
        """What to call it on a page: its title, else its style code."""
        return self.title or self.style_code

    @property
    def cover(self) -> PhotoView | None:
        return self.photos[0] if self.photos else None


@dataclass(frozen=True)
class Writer:
    """Who changes something: `source` decides the precedence, `actor` is shown in the event log."""

    source: str
    actor: str
    user_id: int | None = None


@dataclass(frozen=True)
class StatementDraft:
    """One attribute value to be stated; `value` is a taxonomy id, or text for text attributes."""

    attribute: str
    value: str
    confidence: float = 1.0
    model_version: str = ""


@dataclass(frozen=True)
class ProductChange:
    """New contents of a product. Only the fields named in `given` are touched.

    `statements` replace the writer's earlier statements about the attributes in `stated`; None for `stated` means
    all attributes, so that a sheet whose cell became empty takes its value back. `only_empty` leaves fields alone
    that hold something.
    """

    given: frozenset[str] = frozenset()  # of: title, description, price, currency
    title: str = ""
    description: str = ""
    price: Decimal | None = None
    currency: str = ""
    only_empty: bool = False
    statements: tuple[StatementDraft, ...] = ()
    stated: frozenset[str] | None = field(default_factory=frozenset)


class Outcome(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
