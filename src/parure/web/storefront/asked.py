"""What a visitor asked for, as the address says it; and the addresses that ask for a little more or less.

The address is the whole state of a results page: it can be reloaded, bookmarked, sent and paged. Every link on the
page is an `Asked` changed by one step.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from parure.errors import QueryError
from parure.regions import Box
from parure.search import Weights
from parure.search.selection import PRICE

__all__ = ["MAX_TEXT", "MAX_WEIGHT", "SORTS", "Asked"]

MAX_TEXT = 500  # characters of a query that are read
MAX_WEIGHT = 2.0
_MAX_CHOICES = 60
_BOX = re.compile(r"[0-9.]{1,8}(,[0-9.]{1,8}){3}")
SORTS = {"": "Best match", "newest": "Newest", "price-up": "Price, low to high", "price-down": "Price, high to low"}


@dataclass(frozen=True)
class Asked:
    """`choices` are (attribute, value id) as clicked, "!" before a value excludes it; `image` is a picture's key.

    Of the picture, the region `box` ("x,y,w,h") or the found `piece` is searched with; 0 is the main one.
    """

    text: str = ""
    image: str = ""
    box: str = ""
    piece: int = 0
    weights: Weights = field(default_factory=Weights)
    choices: tuple[tuple[str, str], ...] = ()
    price: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, attributes: Collection[str]) -> Asked:
        """From a query string; parameters that are no attribute (campaign tags and the like) are passed over."""
        named = [(name, value.strip()) for name in query if name in attributes for value in query.getlist(name)]
        low, high = (query.get(end, "").strip() for end in ("price_low", "price_high"))  # the two boxes of the form
        page, sort = query.get("page", ""), query.get("sort", "")
        box, piece = query.get("box", ""), query.get("piece", "")
        return cls(
            text=query.get("q", "").replace("\x00", "").strip()[:MAX_TEXT],
            image=query.get("image", ""),
            box=box if _BOX.fullmatch(box) and _as_box(box) else "",
            piece=int(piece) if piece.isdecimal() and len(piece) < 4 else 0,
            weights=_weights(query),
            choices=tuple(dict.fromkeys(choice for choice in named if choice[1]))[:_MAX_CHOICES],
            price=f"{low}-{high}" if low or high else query.get(PRICE, "").strip(),
            sort=sort if sort in SORTS else "",
            page=max(1, int(page)) if page.isdecimal() and len(page) < 9 else 1,
        )

    @property
    def given(self) -> Mapping[str, tuple[str, ...]]:
        """Attribute -> values, as `Selection.chosen` reads them."""
        found: dict[str, tuple[str, ...]] = {PRICE: (self.price,)} if self.price else {}
        for attribute, value in self.choices:
            found[attribute] = (*found.get(attribute, ()), value)
        return found

    @property
    def searching(self) -> bool:
        return bool(self.text or self.image)

    @property
    def region(self) -> Box | None:
        return _as_box(self.box)

    @property
    def narrowed(self) -> bool:
        return bool(self.choices or self.price)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Name and value pairs of the query string, the page last."""
        single = [("q", self.text), ("image", self.image), ("box", self.box)]
        single += [("piece", str(self.piece) if self.piece else "")]
        if self.weights != Weights():
            single += [(_BY + part, f"{weight:g}") for part, weight in self.weights.by_part.items()]
        ending = [(PRICE, self.price), ("sort", self.sort), ("page", str(self.page) if self.page > 1 else "")]
        return [pair for pair in (*single, *self.choices, *ending) if pair[1]]

    @property
    def url(self) -> str:
        path = reverse("search" if self.searching else "browse")
        return f"{path}?{urlencode(self.parameters)}" if self.parameters else path

    def toggled(self, attribute: str, value: str) -> Asked:
        choice = (attribute, value)
        kept = tuple(held for held in self.choices if held != choice)
        return replace(self, choices=kept if choice in self.choices else (*self.choices, choice), page=1)

    def with_choices(self, added: Iterable[tuple[str, str]]) -> Asked:
        return replace(self, choices=tuple(dict.fromkeys((*self.choices, *added))), page=1)

    def with_text(self, text: str) -> Asked:
        return replace(self, text=text, page=1)

    def with_image(self, key: str) -> Asked:
        """Another picture, or none: what was chosen on the former one is gone with it."""
        return replace(self, image=key, box="", piece=0, weights=Weights(), page=1)

    def with_piece(self, number: int) -> Asked:
        return replace(self, piece=number, box="", page=1)

    def with_box(self, box: str) -> Asked:
        return replace(self, piece=0, box=box, page=1)

    def with_price(self, price: str) -> Asked:
        return replace(self, price=price, page=1)

    def with_sort(self, sort: str) -> Asked:
        return replace(self, sort=sort, page=1)

    def at(self, page: int) -> Asked:
        return replace(self, page=page)

    def unfiltered(self) -> Asked:
        """The same words and picture, nothing clicked."""
        return replace(self, choices=(), price="", page=1)


_BY = "by_"  # before a part's name; "setting" alone is an attribute


def _as_box(text: str) -> Box | None:
    try:
        return Box(*map(float, text.split(","))) if text else None
    except ValueError:
        return None


def _weights(query: QueryDict) -> Weights:
    """The sliders' places; the default where they are missing, all at zero or nonsense."""
    try:
        given = {part: float(query.get(_BY + part, weight)) for part, weight in Weights().by_part.items()}
        return Weights(**{part: min(weight, MAX_WEIGHT) for part, weight in given.items()})
    except (ValueError, QueryError):
        return Weights()
