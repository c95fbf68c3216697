"""A source of the map, whatever its format, as frames of text cells that follow each other: memory stays flat.

CSV, TSV, XLSX and JSON Lines are read by the rules of `parure import`; Parquet is scanned lazily, only the mapped
columns; databases are asked in portions. Numbers lose the ".0" and dates the midnight that programs add.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from parure.curate.sheets_map import Source
from parure.curate.sheets_polars import pl
from parure.errors import SheetError
from parure.intake import Sheet, read_sheet_parts
from parure.intake.found import Rejection

__all__ = ["ROW", "Opened", "Part", "cell_text", "frame_of", "open_source"]

ROW = "\0row"  # no sheet can have a column of this name
PORTION = 50_000  # rows
_PARQUET = b"PAR1"


@dataclass(frozen=True)
class Part:
    """`frame` has one text column per column of the sheet, and `ROW` as a spreadsheet counts."""

    frame: pl.DataFrame
    notes: tuple[str, ...] = ()
    rejected: tuple[Rejection, ...] = ()


@dataclass(frozen=True)
class Opened:
    """`place` is what a message calls the source. `close` is to be called, whether all was read or not."""

    place: str
    columns: tuple[str, ...]
    parts: Iterator[Part]
    close: Callable[[], None] = lambda: None


def open_source(source: Source, base: Path) -> Opened:
    """Reads as far as the first rows. `base` is the folder that relative paths of databases start from.

    Raises `SheetError`.
    """
    if source.sql is not None:
        from parure.curate.sheets_sql import open_database

        found = open_database(source, base)
        return Opened(found.place, found.columns, _from_rows(found.place, found.columns, found.portions), found.close)
    path = source.file or base
    if _starts_as_parquet(path):
        return _open_parquet(path, [column for column, _ in source.columns])
    sheets = read_sheet_parts(path, tab=source.tab, encoding=source.encoding)
    first = next(sheets)
    return Opened(path.name, first.columns, (_from_sheet(sheet) for sheet in chain([first], sheets)))


def _from_sheet(sheet: Sheet) -> Part:
    rows = [row.number for row in sheet.rows]
    cells = {name: [row.values.get(name, "") for row in sheet.rows] for name in sheet.columns}
    return Part(frame_of(cells, rows), sheet.notes, sheet.rejected)


def frame_of(cells: dict[str, list[str]], rows: Sequence[int]) -> pl.DataFrame:
    columns = [pl.Series(name, values, dtype=pl.String) for name, values in cells.items()]
    return pl.DataFrame([pl.Series(ROW, rows, dtype=pl.UInt32), *columns])


def _from_rows(place: str, columns: Sequence[str], portions: Iterator[Sequence[Sequence[Any]]]) -> Iterator[Part]:
    number = 0
    for rows in portions:
        cells = {name: [cell_text(row[index]) for row in rows] for index, name in enumerate(columns)}
        yield Part(frame_of(cells, range(number + 1, number + 1 + len(rows))))
        number += len(rows)
    if not number:
        raise SheetError(f"{place} holds no rows.")


def cell_text(value: Any) -> str:
    """A typed value as a person would see it in a sheet. Bytes are no text and come out empty."""
    match value:
        case None | bytes() | bytearray() | memoryview():
            return ""
        case str():
            return value.replace("\0", "").strip()
        case bool():
            return "true" if value else "false"
        case float() | Decimal():
            return _number(value)
        case datetime.datetime():
            return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
        case list() | tuple() | dict():
            return _nested(value)
    return str(value)


def _number(value: float | Decimal) -> str:
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value, "f")
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")


def _nested(value: Any) -> str:
    if isinstance(value, dict) or any(isinstance(item, list | dict) for item in value):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "; ".join(text for item in value if (text := cell_text(item)))


def _starts_as_parquet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise SheetError(f"The sheet {path} cannot be read ({error.strerror}). Check the path.") from error
    if path.suffix.lower() == ".parquet" and start != _PARQUET:
        raise SheetError(f"{path.name} is {'not Parquet, whatever its ending' if start else 'empty'}. Export it again.")
    return start == _PARQUET


def _open_parquet(path: Path, mapped: Sequence[str]) -> Opened:
    wanted = {name.strip().casefold() for name in mapped}
    try:
        scan = pl.scan_parquet(path, glob=False)
        columns = tuple(scan.collect_schema().names())
    except pl.exceptions.PolarsError as error:
        raise _damaged(path, error) from error
    scan = scan.select(name for name in columns if name.strip().casefold() in wanted or not wanted)
    return Opened(path.name, columns, _scanned(path, scan))


def _scanned(path: Path, scan: pl.LazyFrame) -> Iterator[Part]:
    number = 0
    try:
        for frame in scan.collect_batches(chunk_size=PORTION, maintain_order=True):
            for piece in frame.iter_slices(PORTION):
                rows = pl.Series(ROW, range(number + 1, number + 1 + piece.height), dtype=pl.UInt32)
                number += piece.height
                yield Part(pl.DataFrame([rows, *(_as_text(column) for column in piece)]))
    except pl.exceptions.PolarsError as error:
        raise _damaged(path, error) from error
    if not number:
        raise SheetError(f"{path.name} holds no rows.")


def _as_text(column: pl.Series) -> pl.Series:
    if column.dtype.is_integer():
        return column.cast(pl.String).fill_null("")
    if column.dtype == pl.String:
        return column.fill_null("").str.replace_all("\0", "", literal=True).str.strip_chars()
    return pl.Series(column.name, [cell_text(value) for value in column.to_list()], dtype=pl.String)


def _damaged(path: Path, error: Exception) -> SheetError:
    first = str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__
    return SheetError(f"{path.name} is damaged or not Parquet ({first}). Export it again.")
