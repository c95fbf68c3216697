"""One row of a sheet -> what it says about one product, and what in it cannot be used.

A cell that cannot be read is not the same as an empty one: its field is left out of `given`, so that an import never
clears a value because of a slip in the sheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from parure.intake.cells import Answer, ask
from parure.intake.drafts import AttributeDraft
from parure.intake.found import Rejection
from parure.intake.mapping import ATTRIBUTE_PREFIX, ColumnMapping
from parure.intake.prices import BadPrice, Price, currency_of, read_price
from parure.intake.sheet import SheetRow

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["MAX_TITLE", "RowReader", "RowReading", "currency_in_heading", "holds_controls", "unguarded"]

MAX_TITLE = 500  # characters
_GUARDED = re.compile(r"'[=+\-@\t\r]")


@dataclass(frozen=True)
class RowReading:
    """`code` is empty where the row states none. `photo_cells` are as written."""

    number: int
    code: str
    title: str | None
    description: str | None
    price: Decimal | None
    currency: str | None
    attributes: tuple[AttributeDraft, ...]
    photo_cells: tuple[str, ...]
    given: frozenset[str]
    rejected: tuple[Rejection, ...]


@dataclass
class _Notes:
    """What one row gathers while it is read."""

    row: SheetRow
    given: set[str] = field(default_factory=set)
    rejected: list[Rejection] = field(default_factory=list)

    def reject(self, reason: str, detail: str) -> None:
        number = self.row.number
        self.rejected.append(Rejection(f"row {number}", "cell", reason, f"Row {number}: {detail}", number))


class RowReader:
    """Reads rows under one mapping. The vocabulary's answers are kept: sheets repeat themselves."""

    def __init__(self, mapping: ColumnMapping, taxonomy: Taxonomy) -> None:
        self._columns: dict[str, tuple[str, ...]] = {
            item.target: mapping.columns(item.target) for item in mapping.targets
        }
        self._taxonomy = taxonomy
        self._answers: dict[tuple[str, str], Answer] = {}

    def read(self, row: SheetRow) -> RowReading:
        notes = _Notes(row)
        currency = self._currency(notes)
        price = self._price(notes, currency)
        return RowReading(
            number=row.number,
            code=" ".join(self._first(row, "style_code").split()),
            title=self._title(notes),
            description=self._text(notes, "description"),
            price=price.amount if price else None,
            currency=(price.currency if price else None) or currency,
            attributes=self._attributes(notes),
            photo_cells=self._photo_cells(notes),
            given=frozenset(notes.given),
            rejected=tuple(notes.rejected),
        )

    def _cells(self, row: SheetRow, target: str) -> Iterator[tuple[str, str]]:
        """(column, text) for the columns of a target that the row states."""
        names = self._columns.get(target, ())
        return ((name, unguarded(row.values[name])) for name in names if name in row.values)

    def _first(self, row: SheetRow, target: str) -> str:
        return next((text.strip() for _, text in self._cells(row, target) if text.strip()), "")

    def _text(self, notes: _Notes, target: str) -> str | None:
        if any(True for _ in self._cells(notes.row, target)):
            notes.given.add(target)
        return _without_controls(self._first(notes.row, target)) or None

    def _title(self, notes: _Notes) -> str | None:
        title = self._text(notes, "title")
        if title is None or len(title) <= MAX_TITLE:
            return title
        notes.reject("long_title", f"the title has {len(title)} characters; the first {MAX_TITLE} were kept.")
        return title[:MAX_TITLE].rstrip()

    def _photo_cells(self, notes: _Notes) -> tuple[str, ...]:
        cells = list(self._cells(notes.row, "photos"))
        if cells:
            notes.given.add("photos")
        return tuple(text for _, text in cells if text.strip())

    def _currency(self, notes: _Notes) -> str | None:
        text = self._first(notes.row, "currency")
        code = currency_of(text) if text else None
        if text and code is None:
            notes.reject("bad_currency", f"{text!r} is no currency; write a code like EUR. The shop's own is used.")
        elif any(True for _ in self._cells(notes.row, "currency")):
            notes.given.add("currency")
        return code

    def _price(self, notes: _Notes, currency: str | None) -> Price | None:
        """The first price column with text; a currency in its heading ("Price EUR") counts like a column of its own."""
        stated = list(self._cells(notes.row, "price"))
        column, text = next(((name, text) for name, text in stated if text.strip()), ("", ""))
        if not text:
            if stated:
                notes.given.add("price")
            return None
        try:
            price = read_price(text, currency=currency or currency_in_heading(column))
        except BadPrice as error:
            notes.reject("bad_price", f"the price {text[:40]!r} in {column!r} {error}. Write it like 1299.00.")
            return None
        notes.given.update({"price", "currency"} if price.currency else {"price"})
        return price

    def _attributes(self, notes: _Notes) -> tuple[AttributeDraft, ...]:
        own: dict[str, list[str]] = {}
        implied: dict[str, list[str]] = {}
        for target in self._columns:
            if target.startswith(ATTRIBUTE_PREFIX):
                self._attribute(notes, target.removeprefix(ATTRIBUTE_PREFIX), own, implied)
        # "18k rose gold" under metal also tells the colour, unless a colour column says it in its own words
        for attribute, values in implied.items():
            if not own.get(attribute):
                own[attribute] = values
                notes.given.add(ATTRIBUTE_PREFIX + attribute)
        kept = ((attribute, value) for attribute in own for value in self._allowed(notes, attribute, own[attribute]))
        return tuple(AttributeDraft(attribute, value, "import") for attribute, value in kept)

    def _allowed(self, notes: _Notes, attribute: str, values: list[str]) -> list[str]:
        """Values once each, and only the first of them where a piece has but one."""
        once = list(dict.fromkeys(values))
        if len(once) > 1 and not self._taxonomy.attribute(attribute).multiple:
            notes.reject("one_value_only", f"a piece has one {attribute}, not {', '.join(once)}; {once[0]} was kept.")
            return once[:1]
        return once

    def _attribute(
        self, notes: _Notes, attribute: str, own: dict[str, list[str]], implied: dict[str, list[str]]
    ) -> None:
        unread = False
        for column, text in self._cells(notes.row, ATTRIBUTE_PREFIX + attribute):
            notes.given.add(ATTRIBUTE_PREFIX + attribute)
            answer = self._ask(attribute, text) if text.strip() else Answer()
            for why in answer.unknown:
                unread = True
                notes.reject("unknown_value", f"{column!r}: {why}")
            for named, value in answer.pairs:
                (own if named == attribute else implied).setdefault(named, []).append(value)
        if unread and not own.get(attribute):
            notes.given.discard(ATTRIBUTE_PREFIX + attribute)

    def _ask(self, attribute: str, text: str) -> Answer:
        key = (attribute, text)
        if key not in self._answers:
            self._answers[key] = ask(self._taxonomy, attribute, text)
        return self._answers[key]


def currency_in_heading(column: str) -> str | None:
    words = re.findall(r"[A-Za-z]{3}|[€£¥₹$]", column)
    return next((code for word in words if not word.islower() and (code := currency_of(word))), None)


def unguarded(text: str) -> str:
    """Without the apostrophe that exports (ours too) put before text a spreadsheet would run as a formula."""
    return text[1:] if _GUARDED.match(text) else text


def _without_controls(text: str) -> str:
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def holds_controls(code: str) -> bool:
    """Whether a style code has characters nobody can see or type."""
    return any(unicodedata.category(character) == "Cc" for character in code)
