"""A table a person made: CSV, TSV, XLSX or JSON Lines, read into text cells under named columns.

The format is told from the first bytes, then from the ending: exports called .csv are often workbooks and the other
way round. Everything downstream sees text only, spelled as the person would see it on screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from parure.errors import SheetError
from parure.intake.found import Rejection

__all__ = ["MAX_CELLS", "MAX_SHEET_BYTES", "Sheet", "SheetRow", "read_sheet", "read_sheet_parts"]

MAX_CELLS = 2_000_000
MAX_SHEET_BYTES = 256 * 2**20

_NOT_DELIMITED = frozenset({".jsonl", ".ndjson", ".xlsx", ".xlsm"})
_ZIP = b"PK\x03\x04"
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "is an old Excel file or has a password; save it as .xlsx without a password"),
    (b"%PDF", "is a PDF; export the table as CSV or XLSX"),
    (b"\xff\xd8\xff", "is a photo; a sheet is CSV, TSV, XLSX or JSON Lines"),
    (b"\x89PNG", "is a photo; a sheet is CSV, TSV, XLSX or JSON Lines"),
    (b"<html", "is a web page; open it in a spreadsheet and save it as .xlsx"),
    (b"<!doc", "is a web page; open it in a spreadsheet and save it as .xlsx"),
)


@dataclass(frozen=True)
class SheetRow:
    """One row. `number` is what a spreadsheet shows beside it (for JSON Lines: the line).

    A column missing from `values` was not stated; an empty text was stated and is empty.
    """

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    encoding: str
    notes: tuple[str, ...] = ()
    rejected: tuple[Rejection, ...] = ()


def read_sheet(path: Path, *, tab: str | None = None) -> Sheet:
    """The table in `path`. `tab` names a workbook's sheet; otherwise its first visible one. Raises `SheetError`."""
    return _read(path, tab, _first_bytes(path, MAX_SHEET_BYTES))


def read_sheet_parts(path: Path, *, tab: str | None = None, encoding: str | None = None) -> Iterator[Sheet]:
    """As `read_sheet`, but CSV and TSV may have any size: their rows come in parts, with the same columns.

    `encoding` is that of a CSV or TSV, where it is known.
    """
    if tab is None and _is_delimited(path, _first_bytes(path, None)):
        from parure.intake.delimited_parts import read_delimited_parts

        yield from read_delimited_parts(path, encoding=encoding)
        return
    yield _read(path, tab, _first_bytes(path, MAX_SHEET_BYTES))


def _is_delimited(path: Path, start: bytes) -> bool:
    foreign = any(start.lower().startswith(signature.lower()) for signature, _ in _FOREIGN)
    return not foreign and not start.startswith(_ZIP) and path.suffix.lower() not in _NOT_DELIMITED


def _read(path: Path, tab: str | None, start: bytes) -> Sheet:
    suffix = path.suffix.lower()
    for signature, why in _FOREIGN:
        if start.lower().startswith(signature.lower()):
            raise SheetError(f"{path.name} {why}.")
    if start.startswith(_ZIP):
        from parure.intake.workbook import read_workbook

        return read_workbook(path, tab=tab)
    if suffix in {".xlsx", ".xlsm"}:
        raise SheetError(f"{path.name} is not a workbook, whatever its ending. Open it and save it as .xlsx again.")
    if tab is not None:
        raise SheetError(f"{path.name} is plain text and has no tab {tab!r}. Leave the tab out.")
    if suffix in {".jsonl", ".ndjson"}:
        from parure.intake.jsonlines import read_jsonlines

        return read_jsonlines(path)
    from parure.intake.delimited import read_delimited

    return read_delimited(path)


def _first_bytes(path: Path, most: int | None) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise SheetError(f"The sheet {path} cannot be read ({error.strerror}). Check the path.") from error
    if most is not None and size > most:
        raise SheetError(f"{path.name} has {size // 2**20} MB; a sheet may have {most // 2**20}. Split it.")
    if not start.strip():
        raise SheetError(f"{path.name} is empty.")
    return start
