"""The bodies that come in, and how they become the catalogue's changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from parure import taxonomy
from parure.errors import QueryError
from parure.web.api.fields import Currency, Limit, Number, Offset, Price, StyleCode, Text, Title, Value, check_text
from parure.web.catalogue.models import Source
from parure.web.catalogue.values import ProductChange, StatementDraft

__all__ = ["MovePhoto", "NewProduct", "Paging", "ProductFields", "Retry", "change_of"]

Name = Annotated[str, Field(max_length=50), AfterValidator(check_text)]
_FIELDS = ("title", "description", "price", "currency")


class Strict(Schema):
    """A misspelt field is an error, not a silence."""

    model_config = ConfigDict(extra="forbid")


class ProductFields(Strict):
    """Fields that are left out stay as they are.

    `attributes` maps attributes to values (ids, labels or sellers' spellings). An empty list says that there is none;
    null takes back what was said, so that weaker sources speak again. `source` is who says it: a person's word stands
    above a certificate's, that above an import's.
    """

    title: Title = ""
    description: Text = ""
    price: Price | None = None
    currency: Currency = ""
    attributes: dict[Name, Annotated[list[Value], Field(max_length=50)] | None] = Field({}, max_length=50)
    source: Literal["manual", "certificate", "import"] = "manual"


class NewProduct(ProductFields):
    style_code: StyleCode


class MovePhoto(Strict):
    style_code: StyleCode


class Retry(Strict):
    """Photos to try again; all that failed when left out."""

    photos: Annotated[list[Number], Field(max_length=1000)] | None = None


class Paging(Schema):
    limit: Limit | None = None
    offset: Offset = 0


def change_of(body: ProductFields) -> ProductChange:
    """Raises `UnknownAttribute`, `UnknownValue` or `QueryError`."""
    given = {name: getattr(body, name) for name in _FIELDS if name in body.model_fields_set}
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    statements = tuple(_statements(body.attributes, none_counts=body.source == Source.MANUAL.value))
    return ProductChange(frozenset(given), **fields, statements=statements, stated=frozenset(body.attributes))


def _statements(attributes: Mapping[str, list[str] | None], *, none_counts: bool) -> Iterator[StatementDraft]:
    words = taxonomy.load()
    for name, values in attributes.items():
        attribute = words.attribute(name)
        known = tuple(dict.fromkeys(_known(name, text) for text in values or ()))
        if len(known) > 1 and not attribute.multiple:
            raise QueryError(f"{name} takes one value, not {len(known)}.")
        if values == [] and none_counts:
            yield StatementDraft(name, "")
        yield from (StatementDraft(name, value) for value in known)


def _known(attribute: str, text: str) -> str:
    """The value's id; of a text attribute, the text."""
    words = taxonomy.load()
    if words.attribute(attribute).kind == "text":
        return text
    found = words.lookup(attribute, text) or words.value(attribute, text)
    return found.id
