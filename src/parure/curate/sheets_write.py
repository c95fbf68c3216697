"""The merged records as a file that `parure import` takes: CSV, TSV, XLSX or Parquet. It appears whole or not."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

from parure.curate.sheets_polars import pl
from parure.curate.sheets_target import Kind, Target
from parure.errors import IntakeError, ParureError, SheetError, StorageFull

__all__ = ["ENDINGS", "check_ending", "replacing", "write_records"]

ENDINGS = (".csv", ".tsv", ".xlsx", ".parquet")
_XLSX_ROWS = 1_048_575  # below the column names
_XLSX_CELL = 32_767  # characters
_RUN = r"^[=+\-@\t\r]"  # what a spreadsheet would run as a formula


def check_ending(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise IntakeError(f"{path.name} has to end in one of {', '.join(ENDINGS)}, which says what to write.")


def write_records(parts: Sequence[pl.LazyFrame], fields: Sequence[Target], path: Path) -> None:
    """`parts` are sorted by style code, each; the file is, too. Raises `SheetError`, `StorageFull`."""
    check_ending(path)
    merged = reduce(lambda one, other: one.merge_sorted(other, key="style_code"), parts)
    merged = merged.select(target.field for target in fields)
    with replacing(path) as made:
        match path.suffix.lower():
            case ".parquet":
                merged.with_columns(*_types(fields)).sink_parquet(made, maintain_order=True)
            case ".xlsx":
                _write_workbook(merged, fields, made, path.name)
            case ending:
                separator = "\t" if ending == ".tsv" else ","
                merged.with_columns(*_guards(fields)).sink_csv(made, separator=separator, maintain_order=True)


@contextmanager
def replacing(path: Path, *, always: bool = False) -> Iterator[Path]:
    """A file beside `path` that takes its place when the block ends well (or `always`), and is gone if not."""
    made = path.with_name(f".{path.name}.part")
    try:
        yield made
        made.replace(path)
    except ParureError:
        if always:
            made.replace(path)
        raise
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageFull(f"The disk of {path.parent} is full; {path.name} was not written.") from error
        raise SheetError(
            f"{path} cannot be written ({error.strerror or error}). Check folder and permissions."
        ) from error
    finally:
        made.unlink(missing_ok=True)


def _types(fields: Sequence[Target]) -> Iterator[pl.Expr]:
    for target in fields:
        column = pl.col(target.field)
        match target.kind:
            case Kind.PRICE:
                yield column.str.to_decimal(scale=2)
            case Kind.NUMBER:
                yield column.cast(pl.Float64)
            case Kind.DATE:
                yield column.str.to_date("%Y-%m-%d")


def _guards(fields: Sequence[Target]) -> Iterator[pl.Expr]:
    """An apostrophe before text a spreadsheet would run; `parure import` takes it away again."""
    for target in fields:
        if target.kind not in {Kind.PRICE, Kind.NUMBER, Kind.DATE}:
            yield pl.col(target.field).str.replace(_RUN, "'$0")


def _write_workbook(merged: pl.LazyFrame, fields: Sequence[Target], made: Path, name: str) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("styles")
    sheet.append([target.field for target in fields])
    written = 0
    for frame in merged.collect_batches(chunk_size=20_000, maintain_order=True):
        written += frame.height
        if written > _XLSX_ROWS:
            raise SheetError(f"{name}: a workbook holds {_XLSX_ROWS:,} rows at most. Write CSV or Parquet instead.")
        for row in frame.iter_rows():
            sheet.append([_cell(target, text, name, row[0]) for target, text in zip(fields, row, strict=True)])
    book.save(made)


def _cell(target: Target, text: str | None, name: str, style: str) -> Any:
    if text is None:
        return None
    match target.kind:
        case Kind.PRICE | Kind.NUMBER:
            return Decimal(text)
        case Kind.DATE:
            return date.fromisoformat(text)
    if len(text) > _XLSX_CELL:
        raise SheetError(
            f"{name}: {target.field} of {style} is longer than a workbook's cell holds. Write CSV instead."
        )
    return f"'{text}" if text.startswith("=") else text
