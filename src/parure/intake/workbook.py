"""XLSX: values as a person sees them. Formulas count by their stored result; a merged range shares its one value.

openpyxl's streaming reader keeps memory flat but knows neither merged ranges nor, with results, which cells are
formulas. Both are read from the sheet's XML, and a second pass is made only where that XML has formulas.
"""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from parure.errors import SheetError
from parure.intake.header import GridRow, sheet_from_grid
from parure.intake.sheet import MAX_CELLS, Sheet

__all__ = ["read_workbook"]

_MAX_EXPANDED = 512 * 2**20  # bytes of XML; two million cells take about 100 MB
_MAX_SCANNED = 50_000_000  # cells passed over, empty ones included
_MAX_ROWS = 1_048_576  # what a spreadsheet can hold
_MAX_MERGED = 100_000  # cells filled from merged ranges
_ZEROS = re.compile(r"0{2,}")
_CURRENCY = re.compile(r"\[\$([^\]-]+)|(?<!\[)([€£¥₹$])")  # "[$€-407]" or a bare symbol; "[$-409]" is a language
_CHUNK = 1 << 20


@dataclass
class _Grid:
    rows: dict[int, list[str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)  # names of cells such as #REF!
    filled: int = 0
    scanned: int = 0


def read_workbook(path: Path, *, tab: str | None) -> Sheet:
    with _readable(path) as file:
        _refuse_bomb(path.name, file)
        sheet, others = _open(path.name, file, tab, results=True)
        merged, has_formulas = _look_into(file, sheet._worksheet_path)
        grid = _read(path.name, sheet)
        missing = _formulas_without_result(path.name, file, sheet.title, grid) if has_formulas else []
        spread = _spread(grid, merged)
    width = max(map(len, grid.rows.values()), default=0)
    rows = [GridRow(number, cells + [""] * (width - len(cells))) for number, cells in sorted(grid.rows.items())]
    notes = _notes(missing, grid.errors, others, spread)
    return sheet_from_grid(path.name, rows, encoding="xlsx", notes=notes)


@contextmanager
def _readable(path: Path) -> Iterator[BinaryIO]:
    """openpyxl answers a damaged workbook with whatever it stumbles over; all of it means the same to a person."""
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that do not touch the values
            yield file
    except SheetError:
        raise
    except Exception as error:
        cause = error.__cause__ or error.__context__ or error
        message = (
            f"{path.name} is damaged or not a workbook ({type(cause).__name__}). Open it and save it again as .xlsx."
        )
        raise SheetError(message) from error


def _refuse_bomb(name: str, file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive:
        expanded = sum(info.file_size for info in archive.infolist())
    if expanded > _MAX_EXPANDED:
        raise SheetError(f"{name} would grow to {expanded // 2**20} MB. Split it into smaller sheets.")


def _open(name: str, file: BinaryIO, tab: str | None, *, results: bool) -> tuple[Any, list[str]]:
    """The tab to read and the names of other visible ones."""
    book = openpyxl.load_workbook(file, read_only=True, data_only=results)
    names = [sheet.title for sheet in book.worksheets]
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    wanted = tab if tab is not None else next(iter(visible or names), None)
    match = next((title for title in names if wanted is not None and title.casefold() == wanted.casefold()), None)
    if match is None:
        raise SheetError(f"{name} has no tab {wanted!r}. It has: {', '.join(names) or 'none'}.")
    sheet = book[match]
    sheet.reset_dimensions()  # some programs state them wrongly, and rows would be lost
    return sheet, [title for title in visible if title != match]


def _read(name: str, sheet: Any) -> _Grid:
    grid = _Grid()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        grid.scanned += len(cells) + 1
        texts = [_text(cell, number, column, grid) for column, cell in enumerate(cells, start=1)]
        if any(texts):
            grid.rows[number] = texts
            grid.filled += sum(map(bool, texts))
        if grid.filled > MAX_CELLS or grid.scanned > _MAX_SCANNED or number > _MAX_ROWS:
            raise SheetError(f"{name} has more than {MAX_CELLS:,} cells. Split it into smaller sheets.")
    return grid


def _text(cell: Any, row: int, column: int, grid: _Grid) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        grid.errors.append(f"{get_column_letter(column)}{row}")
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).replace("\0", "").strip()


def _number(value: int | float, shape: str) -> str:
    """15 significant digits, as spreadsheets show; zeros and currency that only the cell's format holds are kept."""
    text = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if _ZEROS.fullmatch(shape):
        return text.zfill(len(shape))
    currency = _CURRENCY.search(shape)
    return f"{(currency[1] or currency[2]).strip()} {text}" if currency else text


def _look_into(file: BinaryIO, part: str) -> tuple[list[str], bool]:
    """Merged ranges and whether there are formulas, from the XML of one tab, read in pieces."""
    merged: list[str] = []
    formulas = False
    rest = b""
    with zipfile.ZipFile(file) as archive, archive.open(part.lstrip("/")) as xml:
        while piece := xml.read(_CHUNK):
            window = rest + piece
            formulas = formulas or re.search(rb"<(?:\w+:)?f[ >/]", window) is not None
            found = list(re.finditer(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"', window))
            merged += [match[1].decode() for match in found]
            rest = window[max(found[-1].end() if found else 0, len(window) - 200) :]
    return merged, formulas


def _spread(grid: _Grid, merged: list[str]) -> list[str]:
    """Fill each merged range from its top-left cell, as it looks on screen; the ranges that hold a value over rows."""
    filled = []
    budget = _MAX_MERGED
    for reference in merged:
        left, top, right, bottom = range_boundaries(reference)
        value = next(iter(grid.rows.get(top, [])[left - 1 : left]), "")
        budget -= (right - left + 1) * (bottom - top + 1)
        if not value or budget < 0:
            continue
        for number in range(top, bottom + 1):
            cells = grid.rows.setdefault(number, [])
            cells.extend([""] * (right - len(cells)))
            cells[left - 1 : right] = [value] * (right - left + 1)
        if bottom > top:
            filled.append(reference)
    return filled


def _formulas_without_result(name: str, file: BinaryIO, tab: str, grid: _Grid) -> list[str]:
    """Cells that hold a formula no program has calculated yet: they read as empty."""
    sheet, _ = _open(name, file, tab, results=False)
    missing = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        known = grid.rows.get(number, [])
        for column, cell in enumerate(cells):
            if cell.data_type == "f" and not (column < len(known) and known[column]):
                missing.append(f"{get_column_letter(column + 1)}{number}")
    return [cell for cell in missing if cell not in set(grid.errors)]


def _notes(missing: list[str], errors: list[str], others: list[str], spread: list[str]) -> list[str]:
    notes = []
    if missing:
        notes.append(
            f"Formulas without a stored result ({len(missing)}) count as empty: {_some(missing)}. "
            "Open the workbook in a spreadsheet program and save it to have them calculated."
        )
    if errors:
        notes.append(f"Cells that show an error such as #REF! ({len(errors)}) count as empty: {_some(errors)}.")
    if spread:
        notes.append(
            f"Cells merged over several rows ({len(spread)}) count as if each held the value: {_some(spread)}. "
            "Unmerge them if that is not meant."
        )
    if others:
        notes.append(f"Other tabs were not read: {', '.join(others[:5])}. Name one to read it instead.")
    return notes


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" ..." if len(names) > 5 else "")
