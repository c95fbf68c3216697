"""What a person narrowed the catalogue down to, and its translation into index filters.

A `Selection` speaks in taxonomy ids as chosen on a page, given with `--filter` or read from a sentence. `to_filter`
widens each id to its descendants, so that "earring" finds hoops; indexes and SQL then need no tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from parure.errors import QueryError, UnknownAttribute, UnknownValue
from parure.index.filters import AnyOf, Condition, Filter, NoneOf, Range
from parure.taxonomy import ParsedQuery, Taxonomy

__all__ = ["PRICE", "Choice", "Selection"]

PRICE = "price"


@dataclass(frozen=True)
class Choice:
    """One of `values` for `attribute`; with `excluded`, none of them."""

    attribute: str
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True)
class Selection:
    """All choices hold together. An empty selection is falsy and lets everything through."""

    choices: tuple[Choice, ...] = ()
    price_low: Decimal | None = None
    price_high: Decimal | None = None

    def __bool__(self) -> bool:
        return bool(self.choices) or self.price_low is not None or self.price_high is not None

    def __and__(self, other: Selection) -> Selection:
        lows = [low for low in (self.price_low, other.price_low) if low is not None]
        highs = [high for high in (self.price_high, other.price_high) if high is not None]
        choices = tuple(dict.fromkeys((*self.choices, *other.choices)))
        return Selection(choices, max(lows, default=None), min(highs, default=None))

    def without(self, attribute: str) -> Selection:
        """The same with the positive choices of one attribute lifted: what its own facet counts in."""
        kept = tuple(choice for choice in self.choices if choice.attribute != attribute or choice.excluded)
        return Selection(kept, self.price_low, self.price_high)

    def to_filter(self, taxonomy: Taxonomy) -> Filter:
        conditions: list[Condition] = []
        for choice in self.choices:
            values = taxonomy.expand(choice.attribute, choice.values)
            kind = NoneOf if choice.excluded else AnyOf
            conditions.append(kind(choice.attribute, values))
        if self.price_low is not None or self.price_high is not None:
            conditions.append(Range(PRICE, _number(self.price_low), _number(self.price_high)))
        return Filter(tuple(conditions))

    @classmethod
    def parsed(cls, query: ParsedQuery) -> Selection:
        """What a sentence asks for."""
        choices = tuple(Choice(wanted.attribute, wanted.values, wanted.excluded) for wanted in query.wanted)
        return cls(choices, query.price_low, query.price_high)

    @classmethod
    def chosen(cls, given: Mapping[str, Sequence[str]], taxonomy: Taxonomy) -> Selection:
        """From attribute -> values as typed or clicked; `price` takes "200-500", "-500" or "200-".

        Values may be ids, labels or sellers' spellings; a leading "!" excludes. Raises `QueryError` that names the
        attribute or value and the nearest allowed ones.
        """
        choices: list[Choice] = []
        low = high = None
        for attribute, values in given.items():
            if attribute == PRICE:
                low, high = _price_range(values)
                continue
            wanted = _ids(attribute, [value for value in values if not value.startswith("!")], taxonomy)
            refused = _ids(attribute, [value[1:] for value in values if value.startswith("!")], taxonomy)
            choices += [Choice(attribute, wanted)] if wanted else []
            choices += [Choice(attribute, refused, excluded=True)] if refused else []
        return cls(tuple(choices), low, high)


def _ids(attribute: str, values: Iterable[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    try:
        if taxonomy.attribute(attribute).kind == "text":
            return tuple(value.replace("\x00", "").strip() for value in values)  # PostgreSQL takes no NUL
        found = [taxonomy.lookup(attribute, value) or taxonomy.value(attribute, value) for value in values]
    except (UnknownAttribute, UnknownValue) as error:
        raise QueryError(str(error)) from error
    return tuple(dict.fromkeys(value.id for value in found))


def _price_range(values: Sequence[str]) -> tuple[Decimal | None, Decimal | None]:
    text = values[-1].strip() if values else ""
    low, dash, high = text.partition("-")
    try:
        ends = tuple(Decimal(end.strip()) if end.strip() else None for end in (low, high))
    except InvalidOperation:
        ends = ()
    if len(ends) != 2 or not dash or any(end is not None and not end.is_finite() for end in ends):
        raise QueryError(f"price={text!r} is not a range; write 200-500, -500 or 200-.")
    return ends[0], ends[1]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
