"""The choices beside the pieces: values with counts, each a link that adds or takes back one choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parure.search import Selection
from parure.taxonomy import Attribute, Taxonomy
from parure.web.catalogue.filters import facet_counts, price_span
from parure.web.storefront.asked import Asked

__all__ = ["Facet", "FacetValue", "PriceRange", "facets", "price_range"]

_SHOWN = 8  # values before "more"
_OPEN = 4  # groups that stand open to begin with
_SWATCHED = ("metal_colour", "stone_colour")


@dataclass(frozen=True)
class FacetValue:
    """`anchor` is its element id: the keyboard focus stays on it when the page is refreshed in place."""

    anchor: str
    label: str
    count: int
    url: str
    chosen: bool
    swatch: str


@dataclass(frozen=True)
class Facet:
    attribute: str
    label: str
    shown: tuple[FacetValue, ...]
    rest: tuple[FacetValue, ...]
    open: bool

    @property
    def rest_open(self) -> bool:
        return any(value.chosen for value in self.rest)


@dataclass(frozen=True)
class PriceRange:
    """What prices there are, in whole units of money, and what was asked for (as typed)."""

    lowest: int
    highest: int
    low: str
    high: str


def facets(asked: Asked, selection: Selection, taxonomy: Taxonomy) -> tuple[Facet, ...]:
    """One per attribute that tells the pieces apart, in the order of the taxonomy."""
    counts = facet_counts(selection, tuple(taxonomy.attributes), taxonomy)
    chosen = {attribute for attribute, _ in asked.choices}
    told = [attribute for id_, attribute in taxonomy.attributes.items() if counts.get(id_) or id_ in chosen]
    return tuple(
        _facet(attribute, counts.get(attribute.id, {}), asked, open_=place < _OPEN or attribute.id in chosen)
        for place, attribute in enumerate(told)
    )


def price_range(asked: Asked, selection: Selection, taxonomy: Taxonomy) -> PriceRange | None:
    span = price_span(selection, taxonomy)
    if span is None:
        return None
    low, _, high = asked.price.partition("-")
    return PriceRange(int(span[0]), -int(-span[1] // 1), low.strip(), high.strip())


def _facet(attribute: Attribute, counts: Mapping[str, int], asked: Asked, *, open_: bool) -> Facet:
    picked = [value for name, value in asked.choices if name == attribute.id and not value.startswith("!")]
    every = {**dict.fromkeys(picked, 0), **counts}
    ordered = sorted(every, key=lambda value: (-every[value], value))
    values = [_value(attribute, value, every[value], asked) for value in ordered]
    return Facet(attribute.id, attribute.label, tuple(values[:_SHOWN]), tuple(values[_SHOWN:]), open_)


def _value(attribute: Attribute, value: str, count: int, asked: Asked) -> FacetValue:
    known = attribute.values.get(value)
    return FacetValue(
        anchor=f"facet-{attribute.id}-{value}".replace(" ", "_"),
        label=known.label if known else value,
        count=count,
        url=asked.toggled(attribute.id, value).url,
        chosen=(attribute.id, value) in asked.choices,
        swatch=value if attribute.id in _SWATCHED else "",
    )
