"""A map to start from, drafted from the sheets themselves: what `parure import` would guess, with the reason behind it.

Columns that mean nothing to the catalogue are kept as fields of the shop's own where their cells are numbers or dates;
the rest is written down as ignored, so that no column is forgotten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from parure.curate.names_styles import VENDOR_HEADINGS
from parure.curate.sheets_map import Source
from parure.curate.sheets_readers import EMPTY, Reader, date_reader, number_reader
from parure.curate.sheets_sources import ROW, open_source
from parure.curate.sheets_target import PLAIN_FIELDS, SOURCES_COLUMN
from parure.errors import SheetError
from parure.intake import Sheet, SheetRow, guess_mapping
from parure.intake.headings import plain_heading

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["DraftedMap", "DraftedSource", "draft_map"]

_SAMPLE = 5000  # rows looked at
_CELLS = 60  # different cells that tell the type of a column
_ENOUGH = 0.8  # share of them that has to fit
_BARE = re.compile(r"[A-Za-z][\w ./#()-]*\w")  # a YAML key that needs no quotation marks
_YAML_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})
_HEAD = """\
# How your sheets become one: which there are, what their columns mean, whom to believe in which field.
#
# Try it with `parure curate sheets {name} --dry-run`; it changes nothing. The guesses below are to be checked by you.

# Which spellings count as one style code. Two codes of one sheet that differ only so are kept apart, and told.
normalise:
  case: true           # aj-1042 is AJ-1042
  dashes: true         # AJ1042, AJ_1042 and AJ 1042 are AJ-1042
  leading_zeros: true  # ABC123 is ABC00123
  unicode: true        # full-width letters, digits of other scripts, long dashes
  lookalikes: true     # the letter O for a zero, I or l for a one, Cyrillic letters

# Which source to believe where they disagree, the first most. What is not named follows in the order of `sources`.
# Fields: price, title, attribute:metal, ...; `default` is for all others.
precedence:
  default: [{names}]
  # price: [{last}]

# The sheets. Instead of `file:` (CSV, TSV, XLSX, JSON Lines, Parquet) say `sql:` (sqlite:///shop.db, postgresql://...),
# with `table:` or `query:`. `tab:` names a tab of a workbook, `encoding:` is that of a CSV; `dates: dmy` or `mdy` says
# what 03/04/2024 means.
#
# A column means one of: {targets},
# attribute:<name>, or a field of your own: text:<name>, number:<name>, date:<name>; or ignore.
sources:
"""


@dataclass(frozen=True)
class DraftedSource:
    """`has_key`: a column of style codes or vendor numbers was found. `ignored` counts columns without a meaning."""

    name: str
    place: str
    columns: int
    ignored: int
    has_key: bool


@dataclass(frozen=True)
class DraftedMap:
    text: str
    sources: tuple[DraftedSource, ...]


def draft_map(sheets: Sequence[str], file: Path, taxonomy: Taxonomy) -> DraftedMap:
    """`sheets` are paths or addresses of databases ("sqlite:///shop.db#products"); `file` is where the map will lie.

    Raises `SheetError`.
    """
    names: list[str] = []
    drafted, blocks = [], []
    for sheet in sheets:
        name = _name(sheet, names)
        names.append(name)
        source, lines = _source(sheet, name, file.parent)
        head = _head(source)
        chosen = _columns(head, taxonomy)
        keyed = any(target in {"style_code", "vendor_sku"} for _, target, _ in chosen)
        if not keyed:
            lines.append("    # WHICH COLUMN HOLDS THE STYLE CODE? None looks like it. Map one below to style_code.")
        rows = [f"      {_quoted(column)}: {target}  # {why}" for column, target, why in chosen]
        blocks.append("\n".join([f"  {name}:", *lines, "    columns:", *rows]))
        ignored = sum(target == "ignore" for _, target, _ in chosen)
        drafted.append(DraftedSource(name, sheet, len(chosen), ignored, keyed))
    targets = ", ".join(PLAIN_FIELDS)
    head_text = _HEAD.format(name=file.name, names=", ".join(names), last=", ".join(reversed(names)), targets=targets)
    return DraftedMap(head_text + "\n".join(blocks) + "\n", tuple(drafted))


def _name(sheet: str, taken: Sequence[str]) -> str:
    plain = re.sub(r"\W+", "_", Path(sheet.rpartition("#")[2] if "://" in sheet else sheet).stem.casefold()).strip("_")
    plain = plain if plain[:1].isalpha() and plain not in _YAML_WORDS else f"sheet_{plain}".rstrip("_")
    names = (plain if count == 1 else f"{plain}_{count}" for count in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _source(sheet: str, name: str, folder: Path) -> tuple[Source, list[str]]:
    """The source, without columns, and its lines in the map; paths start at the map's folder."""
    if "://" in sheet:
        url, _, table = sheet.partition("#")
        lines = [f"    sql: {json.dumps(url)}", *([f"    table: {json.dumps(table)}"] if table else [])]
        return Source(name, (), "the map to be", sql=url, table=table or None), lines
    path = Path(sheet)
    if not path.is_file():
        raise SheetError(f"{path} is no file. Check the path.")
    near = path.resolve()
    shown = near.relative_to(folder.resolve()) if near.is_relative_to(folder.resolve()) else near
    return Source(name, (), "the map to be", file=path), [
        f"    file: {json.dumps(shown.as_posix(), ensure_ascii=False)}"
    ]


def _head(source: Source) -> Sheet:
    """The first rows as a sheet the guess understands."""
    opened = open_source(source, Path())
    try:
        part = next(opened.parts)
    finally:
        opened.close()
    columns = [name for name in part.frame.columns if name != ROW]
    rows = part.frame.head(_SAMPLE).rows(named=True)
    read = (SheetRow(row[ROW], {name: row[name] for name in columns}) for row in rows)
    return Sheet(opened.place, tuple(columns), tuple(read), "")


def _columns(sheet: Sheet, taxonomy: Taxonomy) -> list[tuple[str, str, str]]:
    """(column, target, why) for each column of the sheet."""
    guessed = guess_mapping(sheet, taxonomy)
    taken = {*PLAIN_FIELDS, SOURCES_COLUMN, *taxonomy.attributes}
    found: list[tuple[str, str, str]] = []
    for each in guessed.targets:
        target, why = each.target, each.why
        if VENDOR_HEADINGS.fullmatch(each.column.strip()) and not any(t == "vendor_sku" for _, t, _ in found):
            if target == "ignore" or target.removeprefix("attribute:") == "brand":
                target, why = "vendor_sku", "a usual name for it"
        elif target == "ignore":
            own = _own_name(each.column, taken)
            kind = _type_of(sheet, each.column, own)
            if kind is not None:
                taken.add(own)
                target, why = f"{kind}:{own}", f"most of its cells are {kind}s"
        found.append((each.column, target, " ".join(why.split())))
    return found


def _own_name(column: str, taken: set[str]) -> str:
    plain = re.sub(r"\W+", "_", plain_heading(column)).strip("_")[:50]
    plain = plain if plain[:1].isalpha() and plain.isascii() else f"own_{plain}" if plain.isascii() and plain else "own"
    names = (plain if count == 1 else f"{plain}_{count}" for count in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _type_of(sheet: Sheet, column: str, own: str) -> str | None:
    """The type most cells of a column have, or None."""
    every = (row.values[column] for row in sheet.rows)
    cells = list(islice(dict.fromkeys(cell for cell in every if cell.casefold() not in EMPTY), _CELLS))
    kinds: tuple[tuple[str, Reader], ...] = (("date", date_reader(own, "dmy")), ("number", number_reader(own)))
    fits: Callable[[Reader], float] = lambda reader: sum(bool(reader(cell).values) for cell in cells) / len(cells)  # noqa: E731
    return next((kind for kind, reader in kinds if cells and fits(reader) >= _ENOUGH), None)


def _quoted(column: str) -> str:
    """As a YAML key. JSON strings are YAML strings."""
    if _BARE.fullmatch(column) and column.casefold() not in _YAML_WORDS and " #" not in column:
        return column
    return json.dumps(column, ensure_ascii=False)
