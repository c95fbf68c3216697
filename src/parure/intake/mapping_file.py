"""A mapping as a file a person can edit: TOML (or JSON) with a table `columns`, column name = target."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parure.errors import SheetError, UnknownAttribute
from parure.intake.mapping import ATTRIBUTE_PREFIX, FIELDS, IGNORE, ColumnMapping, ColumnTarget
from parure.intake.sheet import Sheet

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["dump_mapping", "load_mapping"]

_SINGLE = frozenset(FIELDS) - {"photos"}


def load_mapping(path: Path, sheet: Sheet, taxonomy: Taxonomy) -> ColumnMapping:
    """Columns the file does not name are ignored. Raises `SheetError` naming the line or the column."""
    text = _text(path)
    stated = _stated(path, text)
    by_name = {column.casefold(): column for column in sheet.columns}
    chosen: dict[str, str] = {}
    for name, target in stated.items():
        where = f"{path.name}, line {_line(text, name)}"
        column = by_name.get(name.strip().casefold())
        if column is None:
            near = difflib.get_close_matches(name, sheet.columns, n=3, cutoff=0.4) or sheet.columns[:5]
            raise SheetError(f"{where}: {sheet.name} has no column {name!r}. It has: {', '.join(near)}.")
        _check_target(where, name, target, taxonomy)
        earlier = next((other for other, value in chosen.items() if value == target), None)
        if earlier is not None and target in _SINGLE:
            raise SheetError(f"{where}: {earlier!r} and {name!r} are both {target}. Keep one and ignore the other.")
        chosen[column] = target
    return ColumnMapping(tuple(_target(column, chosen, path.name) for column in sheet.columns))


def _target(column: str, chosen: Mapping[str, str], file: str) -> ColumnTarget:
    why = f"stated in {file}" if column in chosen else f"not named in {file}"
    return ColumnTarget(column, chosen.get(column, IGNORE), "file", why)


def _check_target(where: str, column: str, target: object, taxonomy: Taxonomy) -> None:
    if target in FIELDS or target == IGNORE:
        return
    if isinstance(target, str) and target.startswith(ATTRIBUTE_PREFIX):
        try:
            taxonomy.attribute(target.removeprefix(ATTRIBUTE_PREFIX))
        except UnknownAttribute as error:
            raise SheetError(f"{where}: column {column!r}: {error}") from error
        return
    known = ", ".join((*FIELDS, f"{ATTRIBUTE_PREFIX}<attribute>", IGNORE))
    raise SheetError(f"{where}: column {column!r} is mapped to {target!r}, which is not a target. Use one of: {known}.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SheetError(f"The mapping {path} cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise SheetError(f"The mapping {path.name} is not UTF-8 text. Save it as UTF-8.") from error


def _stated(path: Path, text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise SheetError(f"The mapping {path.name} has a slip of the pen: {error}.") from error
    columns = content.get("columns") if isinstance(content, dict) else None
    if not isinstance(columns, dict) or not columns:
        raise SheetError(f'The mapping {path.name} needs a table [columns] with lines like "Item No" = "style_code".')
    return columns


def _line(text: str, name: str) -> int:
    """The line a column is named on, or 1 where its name is spelled with escapes."""
    return next((number for number, line in enumerate(text.splitlines(), start=1) if name in line), 1)


def dump_mapping(mapping: ColumnMapping) -> str:
    """The mapping as TOML that `load_mapping` takes back, each line with the reason behind it."""
    lines = ["# Column of the sheet = what it means. Targets: " + ", ".join(FIELDS) + ",", "# attribute:<id>, ignore."]
    lines.append("[columns]")
    lines += [f"{_quoted(item.column)} = {_quoted(item.target)}  # {_comment(item.why)}" for item in mapping.targets]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """JSON strings are TOML strings, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(why: str) -> str:
    return "".join(character if character.isprintable() else " " for character in why)
