"""The styles a sheet knows: their codes, the vendors' numbers, and the folder that each one's type leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from parure import taxonomy
from parure.curate.names_styles import VENDOR_HEADINGS, KnownStyle, read_styles
from parure.curate.template_category import category_of
from parure.errors import IntakeError
from parure.intake import Sheet, SheetRow, guess_mapping, read_sheet
from parure.intake.cells import ask

__all__ = ["StyleBook", "read_style_book"]

_MAX_CODE = 100  # characters
_TYPE = "type"


@dataclass(frozen=True)
class StyleBook:
    """`categories` and `types` (of the taxonomy) by style code; a style whose type is not stated or known has none."""

    styles: tuple[KnownStyle, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)


def read_style_book(path: Path) -> StyleBook:
    """From a sheet, such as the one that `parure curate sheets` writes, or a .txt of codes. Raises `IntakeError`."""
    if path.suffix.lower() == ".txt":
        return StyleBook(read_styles(path))
    sheet = _parquet(path) if path.suffix.lower() == ".parquet" else read_sheet(path)
    columns = guess_mapping(sheet, taxonomy.load())
    codes, types = columns.columns("style_code"), columns.columns(f"attribute:{_TYPE}")
    if not codes:
        raise IntakeError(f"{path.name} has no column of style codes. Name one of its columns style_code.")
    vendor = next((name for name in sheet.columns if VENDOR_HEADINGS.fullmatch(name.strip())), None)
    skus: dict[str, dict[str, None]] = {}
    stated: dict[str, str] = {}
    for row in sheet.rows:
        code = row.values.get(codes[0], "").strip()
        if 0 < len(code) <= _MAX_CODE:
            sku = row.values.get(vendor, "").strip() if vendor else ""
            skus.setdefault(code, {}).update(dict.fromkeys([sku] if sku else []))
            if type_id := next(filter(None, (_type_of(row.values.get(column, "")) for column in types)), None):
                stated.setdefault(code, type_id)
    if not skus:
        raise IntakeError(f"{path.name} names no style code. Give a sheet with one per row.")
    categories = {code: category_of(type_id) for code, type_id in stated.items()}
    return StyleBook(tuple(KnownStyle(code, tuple(own)) for code, own in skus.items()), categories, stated)


@lru_cache(maxsize=4096)
def _type_of(cell: str) -> str | None:
    """None where the cell names no type of the vocabulary."""
    told = ask(taxonomy.load(), _TYPE, cell).pairs if cell.strip() else ()
    return next((value for attribute, value in told if attribute == _TYPE), None)


def _parquet(path: Path) -> Sheet:
    from parure.curate.sheets_polars import pl

    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise IntakeError(f"{path} cannot be read as Parquet ({error}). Check the file.") from error
    rows = (
        SheetRow(number, {name: "" if cell is None else str(cell) for name, cell in row.items()})
        for number, row in enumerate(frame.iter_rows(named=True), start=1)
    )
    return Sheet(path.name, tuple(frame.columns), tuple(rows), "utf-8")
