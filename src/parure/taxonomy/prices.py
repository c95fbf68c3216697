"""Finds prices in a sentence: "under $1k", "between 200 and 500", "1,500+", "around 400 eur".

A number is a price only with a reason: a currency, a word such as "under", or a range of two numbers that can hardly be
anything else. "18k" is a purity, "2 carat" a weight, "size 7" and "16 inch" are sizes, "1920-1930" are years.
Currencies are recognised and not converted. An amount without a bound ("$300") means about that much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from parure.taxonomy.amounts import Amount, amounts, tidy

__all__ = ["Price", "find_price"]

_AROUND = Decimal("0.2")  # "around 400" is 320 to 480
_SMALLEST_BARE_RANGE = 50  # "16-18" is a chain length, "300-500" a price
_SMALLEST_BETWEEN = 25
_ROUND_KARATS = frozenset((10, 12, 15, 20))  # "under 10k" is money, "over 14k" is gold
_LOOK_BACK = 60  # characters before an amount in which its words are sought; bounds the work on hostile text

Band = tuple[Decimal | None, Decimal | None]
Span = tuple[int, int]


def _any(*phrases: str) -> str:
    return "(?:" + "|".join(phrases) + ")"


def _before(words: str) -> re.Pattern[str]:
    """Words that end where an amount begins, with "price" and the like around them."""
    lead = (
        r"(?:\b(?:price[ds]?|prices? range|cost(?:s|ing)?|budget|for|at)\s*(?:is|are|of|at|range|limit)?\s*[:=]?\s*)?"
    )
    trail = r"\s*(?:(?:a|the|my)\s+)?(?:(?:price|cost|budget|total)\s*(?:of|is)?\s*)?[:=]?\s*$"
    return re.compile(lead + words + trail, re.IGNORECASE)


def _after(words: str) -> re.Pattern[str]:
    """Words that begin where an amount ends, unless they belong to a number that follows."""
    return re.compile(rf"\s*{words}(?!\s*[$€£]?\d)", re.IGNORECASE)


_WORD = r"(?<!\w)"
_HIGH = _before(
    _any(
        _WORD + _any("under", "below", "less than", "cheaper than", "lower than", "up ?to", "within", "beneath"),
        _WORD + _any(r"max(?:imum)?\.?(?: of| price| budget)?", "at most", "no more than", "not more than", "not over"),
        _WORD + _any("not above", "no higher than", "not exceeding", "not to exceed", "budget(?: of| is)?"),
        _WORD + _any("limit(?: of)?"),
        "<=?",
        "≤",
    )
)
_LOW = _before(
    _any(
        _WORD + _any("over", "above", "more than", "at least", r"min(?:imum)?\.?(?: of| price)?", "from", "beyond"),
        _WORD + _any("starting (?:at|from)", "no less than", "not less than", "not under", "not below", "upwards? of"),
        _WORD + _any("higher than", "greater than", "exceeding"),
        ">=?",
        "≥",
    )
)
_NEAR = _before(
    _any(
        _WORD + _any("around", "about", r"approx(?:imately|\.)?", "circa", r"ca\.?", "roughly", "nearly", "near"),
        _WORD + _any("close to", "in the region of"),
        "[~≈]",
    )
)
_BETWEEN = _before(_WORD + _any("in ?between", "between", "from", "range of", "ranging from", "range"))
_JOIN = re.compile(r"\s*(?:-|–|—|\.{2,3}|to|and|&|till|until)\s*", re.IGNORECASE)
_OR_LESS = _after(
    _any(
        "max(?:imum)?",
        "or (?:less|under|below|cheaper)",
        "and (?:under|below|less)",
        "tops",
        "at most",
        "budget",
        "limit",
    )
    + r"(?!\w)"
)
_OR_MORE = _after(
    _any(
        r"\+",
        _any("or (?:more|over|above|up)", "and (?:up|above|over|more)", "upwards?", "plus", "min(?:imum)?") + r"(?!\w)",
    )
)
_STATED = re.compile(r"\b(?:price[ds]?|cost(?:s|ing)?)\s*(?:is|are|of|at)?\s*[:=]?\s*$", re.IGNORECASE)
_FOR = re.compile(r"(?<!\w)(?:for|at|costing|priced at|worth|of)\s*$", re.IGNORECASE)
_SIZE = re.compile(
    r"(?<!\w)(?:size|sz|no\.?|number|nr\.?|sku|style|item|ref\.?|model|us|uk|eu|length|width|lot|qty|pack of"
    r"|set of|aged?|since|in)\s*[:#-]?\s*$",
    re.IGNORECASE,
)
_METAL_NEXT = re.compile(
    r"[\s-]*(?:solid|white|yellow|rose|pink|red|green)?\s*(?:gold|yg|wg|rg|vermeil)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Price:
    """low <= high where both are known; `spans` are the places in the text that said so."""

    low: Decimal | None
    high: Decimal | None
    spans: tuple[Span, ...]


def find_price(text: str) -> Price:
    """All price phrases of a text as one band; several narrow each other."""
    found = list(amounts(text))
    bands: list[Band] = []
    spans: list[Span] = []
    index = 0
    while index < len(found):
        floor = max(spans[-1][1] if spans else 0, found[index].start - _LOOK_BACK)
        pair = found[index : index + 2]
        span = _range(text, pair, floor)
        said = ((pair[0].value, pair[1].value), span) if span else _single(text, pair[0], floor)
        if said:
            bands.append(said[0])
            spans.append(said[1])
        index += 2 if span else 1
    return _joined(bands, spans)


def _joined(bands: Sequence[Band], spans: Sequence[Span]) -> Price:
    ends = [_sorted(band) for band in bands]
    low = max((low for low, _ in ends if low is not None), default=None)
    high = min((high for _, high in ends if high is not None), default=None)
    if low is not None and high is not None and low > high:  # "over 500 and under 300": the words were swapped
        low, high = high, low
    return Price(low, high, tuple(spans))


def _sorted(band: Band) -> Band:
    low, high = band
    return (high, low) if low is not None and high is not None and low > high else band


def _range(text: str, pair: Sequence[Amount], floor: int) -> Span | None:
    """The span of "between A and B", "A to B" or "A-B"."""
    if len(pair) < 2 or pair[1].start - pair[0].end > _LOOK_BACK:
        return None
    first, second = pair
    joined_by = text[first.end : second.start]
    between = _BETWEEN.search(text, floor, first.start)
    if not _JOIN.fullmatch(joined_by) or (joined_by.strip().lower() in ("and", "&") and not between):
        return None
    if not (first.currency or second.currency) and not _money_range(text, pair, floor, between=bool(between)):
        return None
    return (between.start() if between else first.start), second.end


def _money_range(text: str, pair: Sequence[Amount], floor: int, *, between: bool) -> bool:
    """Whether two numbers without a currency are prices."""
    first, second = pair
    if first.karat or second.karat or (first.year and second.year) or _SIZE.search(text, floor, first.start):
        return False
    if between:
        return max(first.value, second.value) >= _SMALLEST_BETWEEN
    return min(first.value, second.value) >= _SMALLEST_BARE_RANGE


def _single(text: str, amount: Amount, floor: int) -> tuple[Band, Span] | None:
    """What one amount says, with the words before or after it."""
    if amount.karat and (amount.value / 1000 not in _ROUND_KARATS or _METAL_NEXT.match(text, amount.end)):
        return None
    high = _HIGH.search(text, floor, amount.start)
    if high:
        return (None, amount.value), (high.start(), amount.end)
    low = None if amount.year else _LOW.search(text, floor, amount.start)
    if low:
        return (amount.value, None), (low.start(), amount.end)
    near = None if amount.year else _NEAR.search(text, floor, amount.start)
    if near:
        return _about(amount.value), (near.start(), amount.end)
    return None if amount.karat else _unled(text, amount, floor)


def _unled(text: str, amount: Amount, floor: int) -> tuple[Band, Span] | None:
    """An amount without a word such as "under" before it."""
    if not amount.currency and _SIZE.search(text, floor, amount.start):
        return None
    lead = _FOR.search(text, floor, amount.start) if amount.currency else None
    start = lead.start() if lead else amount.start
    if less := _OR_LESS.match(text, amount.end):
        return (None, amount.value), (start, less.end())
    if more := _OR_MORE.match(text, amount.end):
        return (amount.value, None), (start, more.end())
    stated = _STATED.search(text, floor, amount.start)
    if amount.currency or stated:
        return _about(amount.value), (stated.start() if stated else start, amount.end)
    return None


def _about(value: Decimal) -> Band:
    return tidy(value * (1 - _AROUND)), tidy(value * (1 + _AROUND))
