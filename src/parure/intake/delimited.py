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

__all__ = ["MAX_BROKEN", "Record", "open_quote", "read_delimited", "records", "sniff", "stated_delimiter"]

_DELIMITERS = (",", ";", "\t", "|")
_SNIFF_RECORDS = 50
MAX_BROKEN = 200  # each costs a fresh start; a file with more is not worth guessing at


@dataclass(frozen=True)
class Record:
    """`line` is the first one, from 0; `after` the first one behind it; `broken` if a quotation mark stays open."""

    line: int
    after: int
    cells: Sequence[str]
    broken: bool = False


def read_delimited(path: Path) -> Sheet:
    decoded = decode(path.read_bytes())
    lines = list(io.StringIO(decoded.text, newline=""))
    stated, lines = stated_delimiter(lines)
    delimiter = stated or sniff(lines, prefer="\t" if path.suffix.lower() in {".tsv", ".tab"} else ",")
    grid, rejected = _grid(path.name, lines, delimiter)
    return sheet_from_grid(path.name, grid, encoding=decoded.encoding, notes=decoded.notes, rejected=rejected)


def stated_delimiter(lines: list[str]) -> tuple[str | None, list[str]]:
    """Excel reads a first line `sep=;` as an instruction and does not show it, so it has no row number."""
    first = lines[0].strip() if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[-1], lines[1:]
    return None, lines


def sniff(lines: Sequence[str], *, prefer: str) -> str:
    """The delimiter under which the first records agree best on a number of cells above one."""

    def agreement(delimiter: str) -> tuple[float, int, bool]:
        found = islice(csv.reader(lines, delimiter=delimiter), _SNIFF_RECORDS)
        try:
            widths = Counter(len(cells) for cells in found if any(cells))
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
    for number, record in enumerate(records(lines, delimiter), start=1):
        cells += len(record.cells)
        if cells > MAX_CELLS:
            raise SheetError(f"{name} has more than {MAX_CELLS:,} cells. Split it into smaller sheets.")
        if record.broken:
            rejected.append(open_quote(number, lines[record.line]))
            if len(rejected) > MAX_BROKEN:
                raise SheetError(f"{name} has quotation marks out of place in {MAX_BROKEN} rows. Export it again.")
        else:
            grid.append(GridRow(number, record.cells))
    return grid, rejected


def records(lines: Sequence[str], delimiter: str, *, width: int = 0) -> Iterator[Record]:
    """`width` is the number of cells in a record, where it is known; else that of the first one is taken."""
    start = 0
    while start < len(lines):
        for record in _read_from(lines, start, delimiter):
            start = record.after
            if record.broken or _is_wrong(record, lines, width, delimiter):
                start = record.line + 1
                yield Record(record.line, start, (), broken=True)
                break
            width = width or len(record.cells)
            yield record


def _read_from(lines: Sequence[str], start: int, delimiter: str) -> Iterator[Record]:
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
            yield Record(line, line + 1, (), broken=True)
            return
        after = start + reader.line_num
        yield Record(line, after, cells)


def _is_wrong(record: Record, lines: Sequence[str], width: int, delimiter: str) -> bool:
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


def open_quote(number: int, line: str) -> Rejection:
    shown = line.strip()[:60]
    detail = f"Row {number} opens a quotation mark and does not close it: {shown} ... Close it, or write it twice."
    return Rejection(f"row {number}", "row", "open_quote", detail, number)
