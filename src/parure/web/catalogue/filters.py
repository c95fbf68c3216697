"""Index filters as SQL conditions, and facet counts: the same meaning on both sides, both exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from parure.index import AnyOf, Condition, Filter, Range
from parure.search.selection import PRICE, Selection
from parure.taxonomy import Taxonomy
from parure.web.catalogue.models import AttributeValue, Product

__all__ = ["facet_counts", "live_products", "narrowed", "price_span"]

_LARGEST_PRICE = 999_999_999_999.99  # 14 digits, 2 of them after the point


def live_products(where: Filter | None = None) -> QuerySet[Product]:
    """Products in sight that pass the filter."""
    return narrowed(Product.objects.filter(deleted_at=None), where)


def narrowed(rows: QuerySet[Product], where: Filter | None) -> QuerySet[Product]:
    """Those of the rows that pass the filter, deleted ones too if they are among them."""
    for condition in where.conditions if where else ():
        rows = rows.filter(_as_q(condition))
    return rows


def facet_counts(
    selection: Selection, attributes: Sequence[str], taxonomy: Taxonomy
) -> Mapping[str, Mapping[str, int]]:
    """Products per value and attribute. Each attribute counts as if its own choices were lifted.

    A value counts its descendants' products too, so that "earring" shows all of its kinds.
    """
    chosen = [name for name in attributes if selection.without(name) != selection]
    alike = [name for name in attributes if name not in chosen]  # the same products: one question for all of them
    counts: dict[str, dict[str, int]] = {name: {} for name in attributes}
    for names in (alike, *([name] for name in chosen)):
        if names:
            for attribute, value, number in _per_value(names, selection.without(names[0]).to_filter(taxonomy)):
                counts[attribute][value] = number
    return {name: _rolled_up(name, held, taxonomy) for name, held in counts.items()}


def price_span(selection: Selection, taxonomy: Taxonomy) -> tuple[float, float] | None:
    """Lowest and highest price among the products, the price choice itself lifted; None if none has a price."""
    lifted = Selection(selection.choices)
    ends = live_products(lifted.to_filter(taxonomy)).aggregate(low=Min("price"), high=Max("price"))
    return None if ends["low"] is None else (float(ends["low"]), float(ends["high"]))


def _per_value(attributes: Sequence[str], where: Filter) -> Iterable[tuple[str, str, int]]:
    held = AttributeValue.objects.filter(attribute__in=attributes, effective=True, product__in=live_products(where))
    return held.values_list("attribute", "value").annotate(n=Count("product", distinct=True)).order_by()


def _as_q(condition: Condition) -> Q:
    if isinstance(condition, Range):
        if condition.field != PRICE:
            raise ValueError(f"no number called {condition.field}")  # only the price is a number in the catalogue
        low = Q() if condition.low is None else Q(price__gte=_storable(condition.low))
        high = Q() if condition.high is None else Q(price__lte=_storable(condition.high))
        return Q(price__isnull=False) & low & high
    held = Exists(
        AttributeValue.objects.filter(
            product=OuterRef("pk"), attribute=condition.field, value__in=condition.values, effective=True
        )
    )
    return Q(held) if isinstance(condition, AnyOf) else ~Q(held)


def _storable(price: float) -> float:
    """Cut to what the column holds: beyond it the comparison means the same, and databases refuse the number."""
    return max(-_LARGEST_PRICE, min(price, _LARGEST_PRICE))


def _rolled_up(attribute: str, counts: Mapping[str, int], taxonomy: Taxonomy) -> dict[str, int]:
    total = dict(counts)
    if not taxonomy.attribute(attribute).multiple:  # adding up is exact only where a product has one value
        for value, number in counts.items():
            for ancestor in taxonomy.ancestors(attribute, value):
                total[ancestor] = total.get(ancestor, 0) + number
    return total
