"""CSV and TSV as they come: any of four delimiters, any encoding, quotation marks that were never closed.

An open quotation mark would swallow the rest of the file. A record that runs over lines and ends with the wrong number
of cells is therefore rejected by itself, and reading goes on at the next line. Text that a spreadsheet would run as a
formula ("=1+1") stays text.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from parure.errors import SheetError
from parure.intake.decoding import decode
from parure.intake.found import Rejection
from parure.intake.header import GridRow, sheet_from_grid
from parure.intake.sheet import MAX_CELLS, Sheet

__all__ = ["read_delimited"]

_DELIMITERS = (",", ";", "\t", "|")
_SNIFF_RECORDS = 50
_MAX_BROKEN = 200  # each costs a fresh start; a file with more is not worth guessing at


@dataclass(frozen=True)
class _Record:
    """`line` is the first one, from 0; `after` the first one behind it; `broken` if a quotation mark stays open."""

    line: int
    after: int
    cells: Sequence[str]
    broken: bool = False


def read_delimited(path: Path) -> Sheet:
    decoded = decode(path.read_bytes())
    lines = list(io.StringIO(decoded.text, newline=""))
    stated, lines = _stated_delimiter(lines)
    delimiter = stated or _sniff(lines, prefer="\t" if path.suffix.lower() in {".tsv", ".tab"} else ",")
    grid, rejected = _grid(path.name, lines, delimiter)
    return sheet_from_grid(path.name, grid, encoding=decoded.encoding, notes=decoded.notes, rejected=rejected)


def _stated_delimiter(lines: list[str]) -> tuple[str | None, list[str]]:
    """Excel reads a first line `sep=;` as an instruction and does not show it, so it has no row number."""
    first = lines[0].strip() if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[-1], lines[1:]
    return None, lines


def _sniff(lines: Sequence[str], *, prefer: str) -> str:
    """The delimiter under which the first records agree best on a number of cells above one."""

    def agreement(delimiter: str) -> tuple[float, int, bool]:
        records = islice(csv.reader(lines, delimiter=delimiter), _SNIFF_RECORDS)
        try:
            widths = Counter(len(cells) for cells in records if any(cells))
        except csv.Error:
            return 0.0, 0, False
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        share = count / max(widths.total(), 1) if width > 1 else 0.0
        return round(share, 1), width, delimiter == prefer

    return max(_DELIMITERS, key=agreement) if any(agreement(d)[0] for d in _DELIMITERS) else prefer


def _grid(name: str, lines: Sequence[str], delimiter: str) -> tuple[list[GridRow], list[Rejection]]:
    grid: list[GridRow] = []
    rejected: list[Rejection] = []
    cells = 0
    for number, record in enumerate(_records(lines, delimiter), start=1):
        cells += len(record.cells)
        if cells > MAX_CELLS:
            raise SheetError(f"{name} has more than {MAX_CELLS:,} cells. Split it into smaller sheets.")
        if record.broken:
            rejected.append(_open_quote(number, lines[record.line]))
            if len(rejected) > _MAX_BROKEN:
                raise SheetError(f"{name} has quotation marks out of place in {_MAX_BROKEN} rows. Export it again.")
        else:
            grid.append(GridRow(number, record.cells))
    return grid, rejected


def _records(lines: Sequence[str], delimiter: str) -> Iterator[_Record]:
    start, width = 0, 0
    while start < len(lines):
        for record in _read_from(lines, start, delimiter):
            start = record.after
            if record.broken or _is_wrong(record, lines, width, delimiter):
                start = record.line + 1
                yield _Record(record.line, start, (), broken=True)
                break
            width = width or len(record.cells)
            yield record


def _read_from(lines: Sequence[str], start: int, delimiter: str) -> Iterator[_Record]:
    """Records from line `start` on. A field beyond the csv module's limit (128 KiB) counts as broken."""
    reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
    after = start
    while True:
        line = after
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _Record(line, line + 1, (), broken=True)
            return
        after = start + reader.line_num
        yield _Record(line, after, cells)


def _is_wrong(record: _Record, lines: Sequence[str], width: int, delimiter: str) -> bool:
    """Whether a quotation mark was left open: a record over several lines breaks the rules, or the file ends in it."""
    several = record.after - record.line > 1
    last = record.after == len(lines)
    if not several and not last:
        return False
    try:
        list(csv.reader(lines[record.line : record.after], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return several or "unexpected end" in str(error)
    return several and bool(width) and len(record.cells) != width


def _open_quote(number: int, line: str) -> Rejection:
    shown = line.strip()[:60]
    detail = f"Row {number} opens a quotation mark and does not close it: {shown} ... Close it, or write it twice."
    return Rejection(f"row {number}", "row", "open_quote", detail, number)
