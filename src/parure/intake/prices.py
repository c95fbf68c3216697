"""A price as people write it -> an amount and, where stated, a currency.

"1.299" is a thousand in Rome and small change in London: where nothing tells, it is refused, not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["BadPrice", "Price", "currency_of", "read_price"]

MAX_AMOUNT = Decimal(10) ** 9

# Codes as in ISO 4217, with the signs and words sellers write for them.
_WRITTEN = {
    "USD": ("$", "us$", "dollar", "dollars"),
    "EUR": ("€", "euro", "euros"),
    "GBP": ("£", "pounds"),
    "INR": ("₹", "rs", "rs.", "rupees"),
    "JPY": ("¥", "円"),
    "CNY": ("元", "rmb"),
    "CAD": ("ca$", "c$"),
    "AUD": ("au$", "a$"),
    "NZD": ("nz$",),
    "HKD": ("hk$",),
    "SGD": ("s$",),
    "TWD": ("nt$",),
    "MXN": ("mx$",),
    "BRL": ("r$",),
    "CHF": ("fr.", "sfr."),
    "AED": ("dhs", "dh"),
    "ILS": ("₪", "nis"),
    "TRY": ("₺", "tl"),
    "RUB": ("₽",),
    "KRW": ("₩",),
    "THB": ("฿",),
    "VND": ("₫",),
    "NGN": ("₦",),
    "PHP": ("₱",),
    "UAH": ("₴",),
    "PLN": ("zł",),
    "CZK": ("kč",),
    "HUF": ("ft",),
    **dict.fromkeys(("ARS", "BGN", "BHD", "CLP", "COP", "DKK", "EGP", "IDR", "ISK", "JOD", "KES", "KWD", "LKR"), ()),
    **dict.fromkeys(("MAD", "MYR", "NOK", "NPR", "OMR", "PEN", "PKR", "QAR", "RON", "RSD", "SAR", "SEK", "TND"), ()),
    "ZAR": (),
}
_CURRENCIES = {word: code for code, words in _WRITTEN.items() for word in (code.lower(), *words)}
_SILENT = frozenset({"price", "mrp", "only", "net", "/-", "kr", "kr."})  # "kr" is the krona or krone of five countries
_THREE_DECIMALS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
_POINT_FOR_THOUSANDS = frozenset({"EUR", "BRL", "DKK", "TRY", "IDR", "VND", "ARS", "CLP", "COP", "RSD"})
_SHARED: dict[str, frozenset[str | None]] = {
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "TWD", "ARS", "CLP", "COP"})
}
_SHARED |= {"¥": frozenset({"JPY", "CNY"}), "£": frozenset({"GBP", "EGP"})}
_SHARED |= dict.fromkeys(("rs", "rs."), frozenset({"INR", "PKR", "LKR", "NPR"}))

_FORM = re.compile(r"(?P<before>[^\d+-]*)(?P<number>\d[\d.,' ]*)(?P<after>\D*)")
_NEGATIVE = re.compile(r"^\(.*\d.*\)$|^\D*[-−]\s*\D{0,3}\d")
_DASH_FOR_CENTS = re.compile(r"[.,]?\s*[-–—]{1,2}\s*$|/-\s*$")


class BadPrice(ValueError):
    """The text is no price; says why. Only for use inside this package."""


@dataclass(frozen=True)
class Price:
    amount: Decimal
    currency: str | None


def read_price(text: str, *, currency: str | None = None) -> Price:
    """`currency` is what a column beside the price says. Raises `BadPrice`."""
    plain = _plain(text)
    if _NEGATIVE.search(plain):
        raise BadPrice("is negative")
    match = _FORM.fullmatch(_DASH_FOR_CENTS.sub("", plain) or plain)
    if not match:
        raise BadPrice("is not one price")
    stated = _stated_currency(match["before"], match["after"], currency)
    amount = _amount(match["number"].strip(), stated)
    if amount > MAX_AMOUNT:
        raise BadPrice("is larger than any price")
    return Price(amount.quantize(Decimal("0.01"), ROUND_HALF_UP), stated)


def currency_of(text: str) -> str | None:
    """The ISO 4217 code a word or symbol stands for, or None."""
    return _CURRENCIES.get(_plain(text).lower())


def _plain(text: str) -> str:
    """Digits of any script become 0-9, spaces of any width become one, fancy apostrophes become plain."""
    even = unicodedata.normalize("NFKC", text).replace("’", "'").replace("٫", ".").replace("٬", ",")
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in even)
    return " ".join(digits.split())


def _stated_currency(before: str, after: str, column: str | None) -> str | None:
    """What the words around the number and the column beside it agree on: "$12" and CAD do, "€12" and USD do not."""
    words = [word for text in (before, after) if (word := text.strip(" :").lower()) and word not in _SILENT]
    found = [(word, currency_of(word)) for word in words] + ([("", column)] if column else [])
    strange = next((word for word, code in found if code is None), None)
    if strange is not None:
        raise BadPrice(f"holds text that is no currency ({strange!r})")
    codes = [code for _, code in found if code is not None]
    meanings = [_SHARED.get(word, frozenset({code})) for word, code in found]
    common = frozenset.intersection(*meanings) if meanings else frozenset()
    if meanings and not common:
        raise BadPrice(f"names two currencies ({', '.join(codes)})")
    return next((code for code in codes if common == {code}), codes[0] if codes else None)


def _amount(number: str, currency: str | None) -> Decimal:
    compact = re.sub(r"(?<=\d)[' ](?=\d{3}(?!\d))", "", number)
    if "'" in compact or " " in compact:
        raise BadPrice("is not one number")
    marks = [mark for mark in compact if mark in ".,"]
    if not marks:
        return Decimal(compact)
    last = marks[-1]
    whole, _, rest = compact.rpartition(last)
    if len(set(marks)) == 2:
        if marks.count(last) > 1:
            raise BadPrice("has its points and commas mixed up")
        return Decimal(f"{_ungroup(whole, '.' if last == ',' else ',')}.{rest or '0'}")
    if len(marks) > 1:
        return Decimal(_ungroup(compact, last))
    return _one_mark(whole, last, rest, currency)


def _one_mark(whole: str, mark: str, rest: str, currency: str | None) -> Decimal:
    """ "12.5" and "12,5" are decimals, "1,299" is thousands; "1.299" is either, so only a currency can tell."""
    grouped = len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    if not grouped or (mark == "." and currency in _THREE_DECIMALS):
        return Decimal(f"{whole}.{rest or '0'}")
    if mark == "," or currency in _POINT_FOR_THOUSANDS:
        return Decimal(whole + rest)
    raise BadPrice(f"could mean {whole}{rest} or {whole}.{rest}; write it with two decimals")


def _ungroup(text: str, mark: str) -> str:
    """Digits without thousands marks: groups of three, or two before the last three as in 1,25,000."""
    if mark in text and not re.fullmatch(rf"\d{{1,3}}({re.escape(mark)}\d{{2,3}})*{re.escape(mark)}\d{{3}}", text):
        raise BadPrice("has its points and commas in odd places")
    digits = text.replace(mark, "")
    if not digits.isdigit():
        raise BadPrice("has its points and commas mixed up")
    return digits
