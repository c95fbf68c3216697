"""One cell -> the values it states, by the type of its field. What cannot be read is left out and told, never guessed.

A date that a spreadsheet shows as a bare number (days since 1900) is read and told; "03/04/2024" means two days, and is
refused unless the map says which comes first.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from parure.curate.sheets_target import Kind, Target
from parure.intake.cells import ask
from parure.intake.prices import BadPrice, currency_of, read_price
from parure.intake.rows import currency_in_heading

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = [
    "BESIDE",
    "EMPTY",
    "CellReading",
    "Reader",
    "attribute_reader",
    "date_reader",
    "number_reader",
    "price_reader",
    "reader_of",
]

BESIDE = "\x1f"  # between a price and the currency in another column of its row
EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "#n/a", "null", "nil", "nan", "tbd", "tbc", "?"})  # casefolded

_DATE_FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
)
_TIME = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?( ?[AP]M)?$", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")  # days 20,000 to 79,999: 1954 to 2119
_SERIAL_ZERO = datetime.date(1899, 12, 30)  # what spreadsheets count from, their leap year 1900 allowed for
_PLAIN_PRICE = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)
_NUMBER = re.compile(r"(?P<number>[-+]?(?:\d[\d.,' ]*\d|\d|[.,]\d+))\s*(?P<unit>[^\d\s.,]*)")


@dataclass(frozen=True)
class CellReading:
    """(field, value) pairs, and (reason, sentence) for each part that needs a look."""

    values: tuple[tuple[str, str], ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


Reader = Callable[[str], CellReading]


def reader_of(target: Target, heading: str, dates: Literal["dmy", "mdy"] | None, taxonomy: Taxonomy) -> Reader:
    """For prices, numbers, dates and attributes; `heading` is the column's name."""
    match target.kind:
        case Kind.PRICE:
            return price_reader(currency_in_heading(heading))
        case Kind.NUMBER:
            return number_reader(target.field)
        case Kind.DATE:
            return date_reader(target.field, dates)
    return attribute_reader(target.field, taxonomy)


def attribute_reader(attribute: str, taxonomy: Taxonomy) -> Reader:
    def read(text: str) -> CellReading:
        answer = ask(taxonomy, attribute, text)
        return CellReading(
            tuple(dict.fromkeys(answer.pairs)), tuple(("unknown_value", why) for why in dict.fromkeys(answer.unknown))
        )

    return read


def price_reader(heading: str | None) -> Reader:
    """`heading` is the currency in the column's name. A cell is "price" or "price BESIDE currency"."""

    def read(text: str) -> CellReading:
        if (plain := _PLAIN_PRICE.fullmatch(text)) is not None:  # nearly all of them: no need to ask what it means
            amount = f"{int(plain[1])}.{plain[2] or '':0<2}"
            return CellReading((("price", f"{amount} {heading}" if heading else amount),))
        written, _, beside = text.partition(BESIDE)
        stated = currency_of(beside) if beside.strip() else None
        faults: list[tuple[str, str]] = []
        if beside.strip() and stated is None:
            faults.append(("bad_currency", f"{beside!r} beside the price is no currency. Write a code like EUR."))
        try:
            price = read_price(written, currency=stated or heading)
        except BadPrice as error:
            return CellReading(
                (), (*faults, ("bad_price", f"the price {written[:40]!r} {error}. Write it like 1299.00."))
            )
        return CellReading((("price", f"{price.amount} {price.currency or ''}".strip()),), tuple(faults))

    return read


def number_reader(field: str) -> Reader:
    """ "2.5", "2,5", "1 200" and, in a field whose name ends in the unit (weight_g), "2.5 g"."""
    unit = field.rpartition("_")[2].casefold()

    def read(text: str) -> CellReading:
        match = _NUMBER.fullmatch(text.strip())
        if match is None or match["unit"].casefold() not in {"", unit}:
            return _bad("number", f"{text[:40]!r} is not a number. Write it like 12.5, without words or units.")
        number = _number(re.sub(r"[' ]", "", match["number"]))
        if number is None:
            return _bad("number", f"{text[:40]!r} could be read in two ways. Write it like 1299.00.")
        return CellReading(((field, number),))

    return read


def _number(text: str) -> str | None:
    """As digits with a point; None where marks are mixed up, or one comma may group thousands or begin decimals."""
    sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    last = max(digits.rfind(","), digits.rfind("."))
    whole, mark, rest = (digits[:last], digits[last], digits[last + 1 :]) if last >= 0 else (digits, "", "")
    marks = set(re.findall("[.,]", whole))
    if marks == {mark}:  # 1.234.567: the last mark groups too
        whole, mark, rest = digits, "", ""
    if marks and not re.fullmatch(r"\d{1,3}([.,]\d{3})+", whole):
        return None
    if len(marks) > 1 or (mark == "," and not marks and len(rest) == 3 and whole not in {"", "0"}):
        return None
    value = Decimal(f"{sign}{re.sub('[.,]', '', whole) or '0'}.{rest or '0'}")
    return format(value.normalize() if value else Decimal(0), "f")


def date_reader(field: str, order: Literal["dmy", "mdy"] | None) -> Reader:
    def read(text: str) -> CellReading:
        plain = _TIME.sub("", text.strip())
        if len(plain) == 8 and plain.isdecimal():  # 20241231
            plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
        for form in _DATE_FORMS:
            try:
                day = datetime.datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
            return CellReading(((field, day.isoformat()),))
        if slashed := _SLASHED.fullmatch(plain):
            return _slashed(field, slashed, order)
        if _SERIAL.fullmatch(plain):
            day = _SERIAL_ZERO + datetime.timedelta(days=int(float(plain)))
            why = f"{plain} is a date stored as a number; it was read as {day}. Format the column as a date."
            return CellReading(((field, day.isoformat()),), (("date_as_number", why),))
        return _bad("date", f"{text[:40]!r} is not a date. Write it like 2024-12-31.")

    return read


def _slashed(field: str, match: re.Match[str], order: Literal["dmy", "mdy"] | None) -> CellReading:
    one, other, year = int(match[1]), int(match[2]), int(match[3])
    readings = {"dmy": (other, one), "mdy": (one, other)}  # (month, day)
    meant = {readings[order]} if order else {each for each in readings.values() if each[0] <= 12}
    try:
        days = {datetime.date(year, month, day) for month, day in meant}
    except ValueError:
        days = set()
    if len(days) == 1:
        return CellReading(((field, days.pop().isoformat()),))
    if not days:
        return _bad("date", f"{match[0]!r} is no day of the calendar. Write it like 2024-12-31.")
    why = f"{match[0]!r} could mean two days. Say `dates: dmy` or `dates: mdy` for this source in the map."
    return _bad("date", why)


def _bad(kind: str, why: str) -> CellReading:
    return CellReading((), ((f"bad_{kind}", why),))
