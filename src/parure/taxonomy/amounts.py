"""Numbers in a sentence that could be money: with a currency, a scale ("1.5k") or bare, but not with another unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Amount", "amounts", "tidy"]

_YEARS = range(1700, 2000)
_KARATS = frozenset((8, 9, 10, 12, 14, 15, 18, 20, 21, 22, 24))
_MOST_DIGITS = 15
_SCALE = {"k": 1000, "thousand": 1000, "grand": 1000, "m": 1_000_000, "lakh": 100_000, "lakhs": 100_000}

_SIGN = r"(?:(?:us|au|ca|nz|hk|a|c|s)?\$|[€£₹¥₪])"
_CODE = r"(?:usd|eur|gbp|inr|chf|aud|cad|nzd|jpy|sek|nok|dkk|aed|ils|nis|pln|rs\.?)"
_NAME = r"(?:dollars?|euros?|pounds?(?:\s+sterling)?|bucks|rupees?|quid|francs?|yen|dirhams?|kronor|kroner|shekels?)"
_NUMBER = r"\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?![.,]?\d)"
_AMOUNT = re.compile(
    rf"(?<![\w.,#])(?P<front>{_SIGN}|{_CODE}(?=[\s\d]))?\s?(?P<number>{_NUMBER})"
    r"(?:\s?(?P<scale>k|thousand|grand|lakhs?)(?!\w)|(?P<million>m)(?!\w))?"
    rf"(?:\s?(?P<back>{_SIGN}|(?:{_CODE}|{_NAME})(?!\w)))?(?!\w)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?-?(?:cts?|carats?|ctw|ctt?w|tcw|k|kt|karats?|mm|cm|m|in|inch(?:es)?|[\"”″']|grams?|gms?|gr?|kg|oz|ounces?|pcs?"
    r"|pieces?|pairs?|stones?|beads?|strands?|rows?|tier|prongs?|claws?|layers?|years?|yrs?|%|percent|st|nd|rd|th|x"
    r"|points?|pt|tone|colou?r)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """`text[start:end]` as a number. A `karat` may be a purity ("18k"), a `year` a date ("1920")."""

    start: int
    end: int
    value: Decimal
    currency: bool
    karat: bool
    year: bool


def amounts(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        currency = bool(match["front"] or match["back"])
        number, scale = match["number"], (match["scale"] or match["million"] or "").lower()
        elsewhere = not currency and (match["million"] or _UNIT.match(text, match.end()))
        if elsewhere or len(number) > _MOST_DIGITS:
            continue
        value = _decimal(number)
        yield Amount(
            start=match.start() + len(match[0]) - len(match[0].lstrip()),
            end=match.end(),
            value=tidy(value * _SCALE.get(scale, 1)),
            currency=currency,
            karat=scale == "k" and not currency and value in _KARATS,
            year=number.isdigit() and not currency and not scale and int(number) in _YEARS,
        )


def _decimal(number: str) -> Decimal:
    """ "1,500", "1.500", "1.500,50" and "1,500.50" are fifteen hundred and more; "1,5" is one and a half."""
    digits = re.sub(r"['’]", "", number)
    grouped = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?", digits)
    if grouped:
        return Decimal(re.sub(r"[.,]", "", grouped[1]) + "." + (grouped[2] or "0"))
    return Decimal(digits.replace(",", "."))


def tidy(value: Decimal) -> Decimal:
    """Without zeros behind the point."""
    return value.to_integral_value() if value == value.to_integral_value() else value
