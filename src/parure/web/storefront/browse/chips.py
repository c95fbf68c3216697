"""What holds at the moment, one removable chip each: the clicked choices, and the wishes read from the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from parure.search import Selection
from parure.search.selection import PRICE, Choice
from parure.taxonomy import ParsedQuery, Taxonomy, parse
from parure.web.storefront.asked import Asked

__all__ = ["Chip", "chips"]


_SPELLED_OUT = 6  # values of one wish; "without stones" excludes a hundred and is shown in the shopper's own words


@dataclass(frozen=True)
class Chip:
    """`url` is the page without it. `heard`: read from the words, not clicked."""

    label: str
    url: str
    heard: bool


def chips(asked: Asked, parsed: ParsedQuery | None, taxonomy: Taxonomy) -> tuple[Chip, ...]:
    clicked = Selection.chosen(asked.given, taxonomy)
    return (*_clicked(asked, clicked, taxonomy), *(_heard(asked, parsed, taxonomy) if parsed else ()))


def _clicked(asked: Asked, clicked: Selection, taxonomy: Taxonomy) -> Iterator[Chip]:
    for attribute, value in asked.choices:
        known = taxonomy.attribute(attribute).kind == "text" or taxonomy.lookup(attribute, value.removeprefix("!"))
        if known:
            (choice,) = Selection.chosen({attribute: (value,)}, taxonomy).choices
            yield Chip(_choice_label(choice, taxonomy), asked.toggled(attribute, value).url, heard=False)
    if asked.price:
        yield Chip(_price_label(clicked.price_low, clicked.price_high), asked.with_price("").url, heard=False)


def _heard(asked: Asked, parsed: ParsedQuery, taxonomy: Taxonomy) -> Iterator[Chip]:
    wishes = Selection.parsed(parsed)
    for wanted in parsed.wanted:
        gone = Choice(wanted.attribute, wanted.values, wanted.excluded)
        kept = Selection(tuple(held for held in wishes.choices if held != gone), wishes.price_low, wishes.price_high)
        rest = _less(asked, wanted.text, kept, taxonomy) or _spelled_out(asked, parsed, kept, taxonomy)
        label = wanted.text if len(wanted.values) > _SPELLED_OUT else _choice_label(gone, taxonomy)
        yield Chip(label, rest.url, heard=True)
    if wishes.price_low is not None or wishes.price_high is not None:
        kept = Selection(wishes.choices)
        rest = _less(asked, parsed.price_text, kept, taxonomy) or _spelled_out(asked, parsed, kept, taxonomy)
        yield Chip(_price_label(wishes.price_low, wishes.price_high), rest.url, heard=True)


def _less(asked: Asked, words: str, kept: Selection, taxonomy: Taxonomy) -> Asked | None:
    """The query without these words, if what is left says just the other wishes ("rose gold" says two)."""
    before, found, after = asked.text.partition(words)
    left = " ".join(f"{before} {after}".split())
    return asked.with_text(left) if found and Selection.parsed(parse(left, taxonomy)) == kept else None


def _spelled_out(asked: Asked, parsed: ParsedQuery, kept: Selection, taxonomy: Taxonomy) -> Asked:
    """The wishes as clicked choices, and the words that were no wish."""
    price = kept & Selection.chosen({PRICE: (asked.price,)} if asked.price else {}, taxonomy)
    ends = [_plain(price.price_low), _plain(price.price_high)]
    added = [
        (choice.attribute, f"!{value}" if choice.excluded else value)
        for choice in kept.choices
        for value in choice.values
    ]
    return asked.with_text(parsed.remainder).with_choices(added).with_price("-".join(ends) if any(ends) else "")


def _choice_label(choice: Choice, taxonomy: Taxonomy) -> str:
    labels = [taxonomy.label(choice.attribute, value) for value in choice.values]
    if choice.excluded:
        return "not " + " or ".join(label.lower() for label in labels)
    return f"{taxonomy.attribute(choice.attribute).label}: {' or '.join(label.lower() for label in labels)}"


def _price_label(low: Decimal | None, high: Decimal | None) -> str:
    """Without a currency: prices are compared as they stand, whatever theirs is."""
    if low is None:
        return f"under {high:,f}"
    return f"over {low:,f}" if high is None else f"{low:,f} to {high:,f}"


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
