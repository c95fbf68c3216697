"""What there is to choose from: counts per value inside a selection, and the vocabulary itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from ninja import Query, Router, Schema
from pydantic import BaseModel

from parure import taxonomy
from parure.search import Selection
from parure.taxonomy import Attribute
from parure.web.api.auth import READ, ApiRequest
from parure.web.api.errors import REFUSALS, ErrorBody
from parure.web.api.fields import Words
from parure.web.api.reading import filter_parameters, selection
from parure.web.catalogue.filters import facet_counts, live_products, price_span

__all__ = ["router"]

router = Router(tags=["facets"])


class FacetQuery(Schema):
    """`attributes`: which to count, comma-separated; all when left out."""

    attributes: Words = ""


class CountOut(BaseModel):
    value: str
    label: str
    count: int


class FacetOut(BaseModel):
    """Counts as if this attribute's own choices were lifted, largest first."""

    attribute: str
    label: str
    values: list[CountOut]

    @classmethod
    def of(cls, attribute: Attribute, counts: Mapping[str, int]) -> Self:
        label = taxonomy.load().label
        values = [CountOut(value=v, label=label(attribute.id, v), count=n) for v, n in counts.items() if n]
        return cls(
            attribute=attribute.id, label=attribute.label, values=sorted(values, key=lambda v: (-v.count, v.label))
        )


class FacetBody(BaseModel):
    """`price_low` and `price_high` span the selection as if no price were chosen."""

    total: int
    price_low: float | None
    price_high: float | None
    facets: list[FacetOut]


class ValueOut(BaseModel):
    """`parent` is the wider value that includes this one; `visible`: a photo can show it."""

    id: str
    label: str
    parent: str | None
    visible: bool


class AttributeDescription(BaseModel):
    """`kind` is choice (one of `values`) or text; `multiple`: a product may have several values."""

    id: str
    label: str
    kind: str
    multiple: bool
    visible: bool
    values: list[ValueOut]

    @classmethod
    def of(cls, attribute: Attribute) -> Self:
        values = [
            ValueOut(id=value.id, label=value.label, parent=value.parent, visible=value.visible)
            for value in attribute.values.values()
        ]
        return cls(
            id=attribute.id,
            label=attribute.label,
            kind=attribute.kind,
            multiple=attribute.multiple,
            visible=attribute.visible,
            values=values,
        )


class TaxonomyBody(BaseModel):
    attributes: list[AttributeDescription]


@router.get("/facets", auth=READ, response={200: FacetBody, REFUSALS: ErrorBody}, openapi_extra=filter_parameters())
def facets(request: ApiRequest, query: Query[FacetQuery]) -> FacetBody:
    """Products per value inside the filters; exact."""
    return _facets(selection(request.GET, {"attributes"}), _attributes(query.attributes))


@router.get("/taxonomy", auth=READ, response={200: TaxonomyBody, REFUSALS: ErrorBody})
def read_taxonomy(request: ApiRequest) -> TaxonomyBody:
    """The attributes and their allowed values."""
    return TaxonomyBody(attributes=[AttributeDescription.of(each) for each in taxonomy.load().attributes.values()])


def _attributes(text: str) -> list[Attribute]:
    words = taxonomy.load()
    names = dict.fromkeys(name.strip() for name in text.split(",") if name.strip())
    return [words.attribute(name) for name in names] or list(words.attributes.values())


def _facets(chosen: Selection, attributes: list[Attribute]) -> FacetBody:
    words = taxonomy.load()
    counts = facet_counts(chosen, [attribute.id for attribute in attributes], words)
    low, high = price_span(chosen, words) or (None, None)
    found = [FacetOut.of(attribute, counts[attribute.id]) for attribute in attributes]
    total = live_products(chosen.to_filter(words)).count()
    return FacetBody(total=total, price_low=low, price_high=high, facets=[facet for facet in found if facet.values])
