"""What the templates need beyond Django's own: prices, addresses of pieces, sources in words."""

from __future__ import annotations

from decimal import Decimal

from django import template

from parure.web.catalogue.models import Source
from parure.web.storefront import money as money_words
from parure.web.storefront.addresses import product_url, similar_url

__all__ = ["register"]

register = template.Library()
_MACHINES = (Source.VISION, Source.LLM)  # only these come with a confidence that was fitted


@register.filter
def money(amount: Decimal | float | None, currency: str) -> str:
    return money_words.money(amount, currency)


@register.filter
def source_in_words(source: str) -> str:
    """ "the import sheet", "a person", ..."""
    return str(Source(source).label)


@register.filter
def by_machine(source: str) -> bool:
    """Whether its confidence may be shown: people, sheets and the parser of words have none that was measured."""
    return source in _MACHINES


@register.filter
def per_cent(share: float) -> str:
    shown = "under 1%" if 0 < share < 0.005 else f"{share:.0%}"
    return shown.replace("%", "\u00a0%")


@register.filter
def two_digits(similarity: float) -> str:
    """A cosine cut, not rounded, to two digits: 1.00 is said only of the same picture."""
    return f"{int(max(0.0, similarity) * 100 + 1e-3) / 100:.2f}"


register.filter("product_url", product_url)
register.filter("similar_url", similar_url)
