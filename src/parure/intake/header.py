"""A grid of text cells -> a `Sheet`: finds the row of column names, evens out its names, checks the rows below.

People put titles above the table, leave columns unnamed, use a name twice, and leave rows empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from parure.errors import SheetError
from parure.intake.found import PHOTO_SUFFIXES, Rejection
from parure.intake.sheet import Sheet, SheetRow

__all__ = ["GridRow", "column_letter", "shape", "sheet_from_grid"]

_HEADER_WITHIN = 20  # rows below which no header is looked for
_NUMBER = re.compile(r"[-+]?[\d.,]+")


@dataclass(frozen=True)
class GridRow:
    number: int
    cells: Sequence[str]


def sheet_from_grid(
    name: str, grid: Iterable[GridRow], *, encoding: str, notes: Sequence[str] = (), rejected: Sequence[Rejection] = ()
) -> Sheet:
    """Raises `SheetError` if there is no row of column names or nothing below it."""
    rows = [row for row in grid if any(cell.strip() for cell in row.cells)]
    if not rows:
        raise SheetError(f"{name} holds no cells with text.")
    at = _header_at(rows)
    header, body = rows[at], rows[at + 1 :]
    _refuse_data_as_header(name, header)
    width = max((_width(row.cells) for row in rows[at:]), default=0) if _has_unnamed(header, body) else None
    columns, told = _columns(header.cells, width)
    kept, ragged, shape_notes = shape(body, columns)
    if not kept and not ragged:
        raise SheetError(f"{name} has column names and no rows below them.")
    above = [f"The column names were found in row {header.number}; the text above was skipped."] if at else []
    return Sheet(name, columns, tuple(kept), encoding, (*notes, *above, *told, *shape_notes), (*rejected, *ragged))


def _header_at(rows: Sequence[GridRow]) -> int:
    """The first row with two different cells, so that a title, merged over the table or not, is passed over."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if len({cell.strip() for cell in row.cells} - {""}) > 1:
            return index
    return 0


def _refuse_data_as_header(name: str, header: GridRow) -> None:
    cells = [cell.strip() for cell in header.cells if cell.strip()]
    photos = [cell for cell in cells if PurePosixPath(cell).suffix.lower() in PHOTO_SUFFIXES]
    numbers = [cell for cell in cells if _NUMBER.fullmatch(cell)]
    if photos or len(numbers) * 2 > len(cells):
        example = (photos or numbers)[0]
        raise SheetError(
            f"{name} has no column names: row {header.number} holds data such as {example!r}. "
            "Put a row with names like SKU, Title, Price, Image above it."
        )


def _has_unnamed(header: GridRow, body: Sequence[GridRow]) -> bool:
    """Whether so many rows run past the header that the extra column is meant, not a slip of a delimiter."""
    width = _width(header.cells)
    longer = sum(_width(row.cells) > width for row in body)
    return longer * 2 > len(body)


def _columns(cells: Sequence[str], width: int | None) -> tuple[tuple[str, ...], list[str]]:
    names: list[str] = []
    notes: list[str] = []
    taken: set[str] = set()
    for index in range(width or _width(cells)):
        stated = " ".join(cells[index].split()) if index < len(cells) else ""
        name = stated or f"column {column_letter(index)}"
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{stated} ({count})"
        if count > 1:
            notes.append(f"Two columns are called {stated!r}; the later one is read as {name!r}.")
        taken.add(name.casefold())
        names.append(name)
    return tuple(names), notes


def shape(body: Sequence[GridRow], columns: Sequence[str]) -> tuple[list[SheetRow], list[Rejection], list[str]]:
    kept: list[SheetRow] = []
    ragged: list[Rejection] = []
    short: list[int] = []
    for row in body:
        cells = [cell.strip() for cell in row.cells[: _width(row.cells)]]
        if len(cells) > len(columns):
            ragged.append(_too_wide(row.number, len(cells), len(columns)))
            continue
        if len(row.cells) < len(columns):
            short.append(row.number)
        padded = cells + [""] * (len(columns) - len(cells))
        kept.append(SheetRow(row.number, dict(zip(columns, padded, strict=True))))
    return kept, ragged, _short_note(short)


def _too_wide(number: int, cells: int, columns: int) -> Rejection:
    detail = (
        f"Row {number} has {cells} cells for {columns} columns, so its values stand in the wrong places. "
        "A text with the delimiter in it needs quotation marks."
    )
    return Rejection(f"row {number}", "row", "too_many_cells", detail, number)


def _short_note(short: Sequence[int]) -> list[str]:
    if not short:
        return []
    numbers = ", ".join(map(str, short[:5])) + (" ..." if len(short) > 5 else "")
    return [f"Rows shorter than the row of column names ({len(short)}) were filled with empty cells: row {numbers}."]


def _width(cells: Sequence[str]) -> int:
    """Cells up to the last one with text."""
    return max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)


def column_letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA, as a spreadsheet shows it."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(65 + rest) + letters
        index -= 1
    return letters
