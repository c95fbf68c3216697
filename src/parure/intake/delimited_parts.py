"""A CSV or TSV of any size as a row of small sheets: memory stays flat, and every rule is that of `delimited`.

Lines are read in windows. A record that begins near the end of a window waits for the next one, so that a cell over
several lines is never cut; a quotation mark that stays open costs its own record, as in a file read whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from parure.errors import SheetError
from parure.intake.decoding import Decoded, decode
from parure.intake.delimited import MAX_BROKEN, open_quote, records, sniff, stated_delimiter
from parure.intake.found import Rejection
from parure.intake.header import GridRow, shape, sheet_from_grid
from parure.intake.sheet import Sheet

__all__ = ["read_delimited_parts"]

_LINES = 50_000  # in a window
_MARGIN = 200  # lines a cell may run over without being cut by the end of a window
_SAMPLE = 2**20  # bytes that tell the encoding, and as many again of lines that are not ASCII


def read_delimited_parts(path: Path, *, encoding: str | None = None, lines: int = _LINES) -> Iterator[Sheet]:
    """Sheets of the same columns; the notes about the whole file are in the first. Raises `SheetError`.

    `encoding` is that of the file where a person knows it; otherwise it is told by the bytes.
    """
    decoded = Decoded("", encoding, ()) if encoding else _sampled(path)
    encoding = "utf-8-sig" if decoded.encoding == "utf-8" else decoded.encoding
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        head = [line.replace("\0", "") for line in islice(stream, lines)]
        stated, head = stated_delimiter(head)
        delimiter = stated or sniff(head, prefer="\t" if path.suffix.lower() in {".tsv", ".tab"} else ",")
        yield from _parts(path.name, decoded, _Windows(stream, head, delimiter, max(lines, 2 * _MARGIN)))


def _sampled(path: Path) -> Decoded:
    """The encoding, told by the beginning and by lines further on that are not ASCII."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        whole = len(head) < _SAMPLE
        wide = b"\0" in head
        head = head if whole else head[: len(head) // 4 * 4] if wide else head[: head.rfind(b"\n") + 1] or head
        file.seek(len(head))
        telling = bytearray()
        for line in () if whole or wide else file:
            if len(telling) < _SAMPLE and not line.isascii():
                telling += line
    return decode(head + bytes(telling))


@dataclass
class _Windows:
    stream: TextIO
    head: list[str]
    delimiter: str
    lines: int
    number: int = 0  # of the last record
    width: int = 0  # cells in the first one

    def __iter__(self) -> Iterator[tuple[list[GridRow], list[Rejection]]]:
        """The records of each window, and those whose quotation mark stays open."""
        window, more = self.head, True
        while more:
            following = [line.replace("\0", "") for line in islice(self.stream, self.lines)]
            more = bool(following)
            safe = len(window) - _MARGIN if more else len(window)
            rows, rejected, kept = self._read(window, safe)
            yield rows, rejected
            window = list(chain(islice(window, kept, None), following))

    def _read(self, window: list[str], safe: int) -> tuple[list[GridRow], list[Rejection], int]:
        rows: list[GridRow] = []
        rejected: list[Rejection] = []
        kept = 0
        for record in records(window, self.delimiter, width=self.width):
            if record.line >= safe:
                return rows, rejected, record.line
            self.number += 1
            kept = record.after
            if record.broken:
                rejected.append(open_quote(self.number, window[record.line]))
            else:
                self.width = self.width or len(record.cells)
                rows.append(GridRow(self.number, record.cells))
        return rows, rejected, kept


def _parts(name: str, decoded: Decoded, windows: _Windows) -> Iterator[Sheet]:
    columns: tuple[str, ...] | None = None
    broken = 0
    for rows, rejected in windows:
        broken += len(rejected)
        if broken > MAX_BROKEN:
            raise SheetError(f"{name} has quotation marks out of place in {MAX_BROKEN} rows. Export it again.")
        if columns is None:
            first = sheet_from_grid(name, rows, encoding=decoded.encoding, notes=decoded.notes, rejected=rejected)
            columns = first.columns
            yield first
            continue
        kept, ragged, notes = shape([row for row in rows if any(cell.strip() for cell in row.cells)], columns)
        part = Sheet(name, columns, tuple(kept), decoded.encoding, tuple(notes), (*rejected, *ragged))
        yield replace(part, notes=(*part.notes, *_unreadable(part, decoded)))


def _unreadable(part: Sheet, decoded: Decoded) -> tuple[str, ...]:
    """A note where the sample was fine and a later part is not."""
    if any("�" in note for note in decoded.notes):
        return ()
    row = next((row.number for row in part.rows if any("�" in cell for cell in row.values.values())), None)
    if row is None:
        return ()
    return (f"From row {row} on, some characters are not valid {decoded.encoding} and show as �. Save it as UTF-8.",)
