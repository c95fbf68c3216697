"""Which column means what: guessed from its name and its cells, to be shown before it is used.

A name proposes, the cells decide: a column "setting" full of words that are no stone settings is left alone, and
"Style" holds style codes in one shop and "vintage" in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from parure.intake.cells import ask
from parure.intake.headings import ATTRIBUTE_HEADINGS, FIELD_HEADINGS, plain_heading
from parure.intake.prices import currency_of
from parure.intake.sheet import Sheet

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["ATTRIBUTE_PREFIX", "FIELDS", "IGNORE", "ColumnMapping", "ColumnTarget", "guess_mapping"]

ATTRIBUTE_PREFIX = "attribute:"
IGNORE = "ignore"
_TAX_WORDS = frozenset(
    {"in", "incl", "excl", "inc", "ex", "including", "excluding", "vat", "tax", "gst", "net", "gross"}
)
FIELDS = ("style_code", "title", "description", "price", "currency", "photos")
_SHARED = frozenset({"photos"})  # fields that several columns may fill; each attribute may be filled by several too
_SAMPLE = 60  # different cells looked at per column
_ENOUGH_KNOWN = 0.2  # share of them the vocabulary has to know


@dataclass(frozen=True)
class ColumnTarget:
    """`target` is a field, "attribute:<id>" or "ignore"; `why` is a sentence for the person who checks the guess."""

    column: str
    target: str
    confidence: Literal["exact", "guessed", "file"]
    why: str


@dataclass(frozen=True)
class ColumnMapping:
    targets: tuple[ColumnTarget, ...]

    def columns(self, target: str) -> tuple[str, ...]:
        """Columns that fill `target`, in the order of the sheet."""
        return tuple(item.column for item in self.targets if item.target == target)


def guess_mapping(sheet: Sheet, taxonomy: Taxonomy) -> ColumnMapping:
    """Every column gets a target, "ignore" where nothing fits. Reads at most a sample of the cells."""
    taken = _pick_fields(sheet)
    return ColumnMapping(tuple(taken.get(column) or _guess(column, sheet, taxonomy) for column in sheet.columns))


def _pick_fields(sheet: Sheet) -> dict[str, ColumnTarget]:
    """The best column for each field; of equal ones the leftmost."""
    picked: dict[str, ColumnTarget] = {}
    for field in FIELDS:
        ranked = sorted(_candidates(field, sheet), key=lambda pair: pair[0])
        for rank, column in ranked if field in _SHARED else ranked[:1]:
            exact = rank == 0 or plain_heading(column) == field.replace("_", " ")
            why = "named so" if exact else f"{column!r} is a usual name for it"
            picked.setdefault(column, ColumnTarget(column, field, "exact" if exact else "guessed", why))
    return picked


def _candidates(field: str, sheet: Sheet) -> Iterator[tuple[int, str]]:
    spellings = FIELD_HEADINGS[field]
    for column in sheet.columns:
        heading = plain_heading(column)
        if field in _SHARED:
            heading = re.sub(r"\s*\d+$", "", heading)  # "Image 2"
        if field == "price" and heading not in spellings:
            heading = " ".join(word for word in heading.split() if not _says_in_what(word))  # "MRP (EUR) incl. VAT"
        if heading in spellings and (field != "style_code" or _may_be_codes(heading, column, sheet)):
            yield spellings.index(heading), column


def _says_in_what(word: str) -> bool:
    return word in _TAX_WORDS or currency_of(word) is not None


def _may_be_codes(heading: str, column: str, sheet: Sheet) -> bool:
    """Whether cells under a name of two meanings ("style", "design", "item") look like codes: mostly with digits."""
    if heading not in {"style", "design", "item", "article", "reference"}:
        return True
    cells = _sample(sheet, column)
    return sum(any(c.isdigit() for c in cell) for cell in cells) * 2 > len(cells)


def _guess(column: str, sheet: Sheet, taxonomy: Taxonomy) -> ColumnTarget:
    """An attribute whose name or spelling the heading is and whose vocabulary knows the cells, or "ignore"."""
    heading = plain_heading(column)
    cells = _sample(sheet, column)
    fitting = [(_known(cells, attribute, taxonomy), attribute) for attribute in _attributes(heading, taxonomy)]
    if not fitting:
        field = next((name for name in FIELDS if heading in FIELD_HEADINGS[name]), None)
        why = f"another column fits {field} better" if field else "no field or attribute has this name"
        return ColumnTarget(column, IGNORE, "guessed", why)
    share, attribute = max(fitting, key=lambda pair: pair[0])
    if cells and share < _ENOUGH_KNOWN:
        why = f"named like {attribute}, but its cells are not values of it (such as {cells[0][:40]!r})"
        return ColumnTarget(column, IGNORE, "guessed", why)
    named = heading == plain_heading(attribute)
    why = "named so" if named else f"{column!r} is a usual name for it"
    known = f"; {share:.0%} of its values are known" if cells else ""
    return ColumnTarget(column, ATTRIBUTE_PREFIX + attribute, "exact" if named else "guessed", why + known)


def _attributes(heading: str, taxonomy: Taxonomy) -> list[str]:
    found = []
    for attribute in taxonomy.attributes.values():
        own = {plain_heading(attribute.id), plain_heading(attribute.label)}
        if heading in own or heading in ATTRIBUTE_HEADINGS.get(attribute.id, ()):
            found.append(attribute.id)
    return found


def _sample(sheet: Sheet, column: str) -> list[str]:
    cells = (row.values.get(column, "") for row in sheet.rows)
    return list(islice(dict.fromkeys(cell for cell in islice(cells, 5000) if cell), _SAMPLE))


def _known(cells: Sequence[str], attribute: str, taxonomy: Taxonomy) -> float:
    return sum(bool(ask(taxonomy, attribute, cell).pairs) for cell in cells) / max(len(cells), 1)
