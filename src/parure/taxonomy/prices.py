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

__all__ = ["Price", "find_price"]

AROUND = Decimal("0.2")  # "around 400" is 320 to 480
_SMALLEST_BARE_RANGE = 50  # "16-18" is a chain length, "300-500" a price
_YEARS = range(1700, 2000)
_KARATS = frozenset((8, 9, 10, 12, 14, 15, 18, 20, 21, 22, 24))
_ROUND_KARATS = frozenset((10, 12, 15, 20))  # "under 10k" is money, "over 14k" is gold
_SCALE = {"k": 1000, "thousand": 1000, "grand": 1000, "m": 1_000_000, "lakh": 100_000, "lakhs": 100_000}

_SIGN = r"(?:(?:us|au|ca|nz|hk|a|c|s)?\$|[€£₹¥₪])"
_CODE = r"(?:usd|eur|gbp|inr|chf|aud|cad|nzd|jpy|sek|nok|dkk|aed|ils|nis|pln|rs\.?)"
_NAME = r"(?:dollars?|euros?|pounds?(?:\s+sterling)?|bucks|rupees?|quid|francs?|yen|dirhams?|kronor|kroner|shekels?)"
_NUMBER = r"\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?![.,]?\d)"
_AMOUNT = re.compile(
    rf"(?<![\w.,#])(?P<front>{_SIGN}|{_CODE}(?=[\s\d]))?\s?(?P<number>{_NUMBER})"
    rf"(?:\s?(?P<scale>k|thousand|grand|lakhs?)(?!\w)|(?P<million>m)(?!\w))?(?:\s?(?P<back>{_SIGN}|(?:{_CODE}|{_NAME})(?!\w)))?(?!\w)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?-?(?:cts?|carats?|ctw|ctt?w|tcw|k|kt|karats?|mm|cm|m|in|inch(?:es)?|[\"”″']|grams?|gms?|gr?|kg|oz|ounces?|pcs?|pieces?"
    r"|pairs?|stones?|beads?|strands?|rows?|tier|prongs?|claws?|layers?|years?|yrs?|%|percent|st|nd|rd|th|x|points?|pt|tone|colou?r)(?!\w)",
    re.IGNORECASE,
)
_METAL_NEXT = re.compile(
    r"[\s-]*(?:solid|white|yellow|rose|pink|red|green)?\s*(?:gold|yg|wg|rg|vermeil)\b", re.IGNORECASE
)
_LEAD = r"(?:\b(?:price[ds]?|prices? range|cost(?:s|ing)?|budget|for|at|priced)\s*(?:is|are|of|at|range|limit)?\s*[:=]?\s*)?"
_PRICE_WORD = r"\s*(?:(?:a|the|my)\s+)?(?:(?:price|cost|budget|total)\s*(?:of|is)?\s*)?[:=]?\s*$"
_HIGH = re.compile(
    _LEAD
    + r"(?:(?<!\w)(?:under|below|less than|cheaper than|lower than|up ?to|max(?:imum)?\.?(?: of| price| budget)?|at most"
    r"|no more than|not more than|not over|not above|no higher than|not exceeding|within|beneath|budget(?: of| is)?"
    r"|limit(?: of)?|not to exceed)|<=?|≤)" + _PRICE_WORD,
    re.IGNORECASE,
)
_LOW = re.compile(
    _LEAD
    + r"(?:(?<!\w)(?:over|above|more than|at least|min(?:imum)?\.?(?: of| price)?|from|starting (?:at|from)|no less than"
    r"|not less than|not under|not below|upwards? of|higher than|greater than|exceeding|beyond)|>=?|≥)" + _PRICE_WORD,
    re.IGNORECASE,
)
_NEAR = re.compile(
    _LEAD
    + r"(?:(?<!\w)(?:around|about|approx(?:imately|\.)?|circa|ca\.?|roughly|nearly|near|close to|in the region of)|~|≈)"
    + _PRICE_WORD,
    re.IGNORECASE,
)
_STATED = re.compile(r"\b(?:price[ds]?|cost(?:s|ing)?)\s*(?:is|are|of|at)?\s*[:=]?\s*$", re.IGNORECASE)
_BETWEEN = re.compile(
    _LEAD + r"(?<!\w)(?:in ?between|between|from|range of|ranging from|range)" + _PRICE_WORD, re.IGNORECASE
)
_FOR = re.compile(r"(?<!\w)(?:for|at|costing|priced at|worth|of)\s*$", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:-|–|—|\.{2,3}|to|and|&|till|until)\s*", re.IGNORECASE)
_AFTER_HIGH = re.compile(
    r"\s*(?:max(?:imum)?|or (?:less|under|below|cheaper)|and (?:under|below|less)|tops|at most|budget|limit)(?!\w)(?!\s*[$€£]?\d)",
    re.IGNORECASE,
)
_AFTER_LOW = re.compile(
    r"\s*(?:\+|(?:or (?:more|over|above|up)|and (?:up|above|over|more)|upwards?|plus|min(?:imum)?)(?!\w))(?!\s*[$€£]?\d)",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(?<!\w)(?:size|sz|no\.?|number|nr\.?|sku|style|item|ref\.?|model|us|uk|eu|length|width|lot|qty|pack of|set of|chapter|aged?|since|in)"
    r"\s*[:#-]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Price:
    """low <= high where both are known; `spans` are the places in the text that said so."""

    low: Decimal | None
    high: Decimal | None
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Amount:
    start: int
    end: int
    value: Decimal
    currency: bool
    karat: bool  # may be a purity: "18k"
    scaled: bool
    year: bool


def find_price(text: str) -> Price:
    """All price phrases of a text as one band; several narrow each other."""
    amounts = list(_amounts(text))
    bands: list[tuple[Decimal | None, Decimal | None]] = []
    spans: list[tuple[int, int]] = []
    previous, index = 0, 0
    while index < len(amounts):
        pair = amounts[index : index + 2]
        span = _range(text, pair, previous) if len(pair) == 2 else None
        band = (pair[0].value, pair[1].value) if span else None
        if span is None:
            limit = pair[1].start if len(pair) == 2 else len(text)
            band, span = _single(text, pair[0], previous, limit)
        else:
            index += 1
        if band and span:
            bands.append(band)
            spans.append(span)
            previous = span[1]
        index += 1
    return _joined(bands, spans)


def _joined(bands: Sequence[tuple[Decimal | None, Decimal | None]], spans: Sequence[tuple[int, int]]) -> Price:
    ordered = [
        (min(low, high), max(low, high)) if low is not None and high is not None else (low, high) for low, high in bands
    ]
    low = max((low for low, _ in ordered if low is not None), default=None)
    high = min((high for _, high in ordered if high is not None), default=None)
    if low is not None and high is not None and low > high:  # "over 500 and under 300": the words were swapped
        low, high = high, low
    return Price(low, high, tuple(spans))


def _amounts(text: str) -> list[_Amount]:
    found: list[_Amount] = []
    for match in _AMOUNT.finditer(text):
        currency = bool(match["front"] or match["back"])
        scale = (match["scale"] or match["million"] or "").lower()
        if (not currency and (match["million"] or _UNIT.match(text, match.end()))) or len(match["number"]) > 15:
            continue
        number = _decimal(match["number"])
        karat = scale == "k" and not currency and number in _KARATS
        year = match["number"].isdigit() and not currency and not scale and int(number) in _YEARS
        value = _tidy(number * _SCALE.get(scale, 1))
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        found.append(_Amount(start, match.end(), value, currency, karat, bool(scale), year))
    return found


def _decimal(number: str) -> Decimal:
    """ "1,500", "1.500", "1.500,50" and "1,500.50" are fifteen hundred; "1,5" is one and a half."""
    digits = re.sub(r"['’]", "", number)
    whole = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?", digits)
    if whole:
        return Decimal(re.sub(r"[.,]", "", whole[1]) + "." + (whole[2] or "0"))
    return Decimal(digits.replace(",", "."))


def _range(text: str, pair: Sequence[_Amount], previous: int) -> tuple[int, int] | None:
    """The span of "between A and B", "A to B", "A-B", or None."""
    first, second = pair
    gap = text[first.end : second.start]
    between = _BETWEEN.search(text, previous, first.start)
    if not _JOIN.fullmatch(gap) or (gap.strip().lower() in ("and", "&") and not between):
        return None
    currency = first.currency or second.currency
    if not currency and (first.karat or second.karat or (first.year and second.year)):
        return None
    if not (currency or between or min(first.value, second.value) >= _SMALLEST_BARE_RANGE):
        return None
    if not (currency or between) and _SIZE.search(text, previous, first.start):
        return None
    if not currency and between and max(first.value, second.value) < _SMALLEST_BARE_RANGE // 2:
        return None
    return (between.start() if between else first.start), second.end


def _single(
    text: str, amount: _Amount, previous: int, limit: int
) -> tuple[tuple[Decimal | None, Decimal | None] | None, tuple[int, int] | None]:
    """The band and span of one amount, or (None, None)."""
    start, end, value = amount.start, amount.end, amount.value
    if amount.karat and (value / 1000 not in _ROUND_KARATS or _METAL_NEXT.match(text, end)):
        return None, None
    near, high, low = (pattern.search(text, previous, start) for pattern in (_NEAR, _HIGH, _LOW))
    after_high, after_low = (pattern.match(text, end, limit) for pattern in (_AFTER_HIGH, _AFTER_LOW))
    if high and not amount.year | (amount.karat and not high):
        return (None, value), (high.start(), end)
    if amount.year and (near or low) and not amount.scaled:
        return None, None
    if low:
        return (value, None), (low.start(), end)
    if near:
        return _about(value), (near.start(), end)
    return _unled(text, amount, previous, (after_high, after_low))


def _unled(
    text: str, amount: _Amount, previous: int, after: tuple[re.Match[str] | None, re.Match[str] | None]
) -> tuple[tuple[Decimal | None, Decimal | None] | None, tuple[int, int] | None]:
    """An amount without a word such as "under" before it."""
    if amount.karat or (_SIZE.search(text, previous, amount.start) and not amount.currency):
        return None, None
    after_high, after_low = after
    lead = _FOR.search(text, previous, amount.start) if amount.currency else None
    start = lead.start() if lead else amount.start
    if after_high:
        return (None, amount.value), (start, after_high.end())
    if after_low:
        return (amount.value, None), (start, after_low.end())
    stated = _STATED.search(text, previous, amount.start)
    if amount.currency or stated:
        return _about(amount.value), (stated.start() if stated else start, amount.end)
    return None, None


def _about(value: Decimal) -> tuple[Decimal, Decimal]:
    return _tidy(value * (1 - AROUND)), _tidy(value * (1 + AROUND))


def _tidy(value: Decimal) -> Decimal:
    """Without zeros behind the point."""
    return value.to_integral_value() if value == value.to_integral_value() else value
