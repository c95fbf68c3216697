"""JSON Lines: one object per line. Objects inside are flattened ("attributes.metal"), lists joined with "; ".

Numbers keep the digits they were written with. A line that is no object is rejected by itself; the rest is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from parure.errors import SheetError
from parure.intake.decoding import decode
from parure.intake.found import Rejection
from parure.intake.sheet import MAX_CELLS, Sheet, SheetRow

__all__ = ["read_jsonlines"]

_MAX_DEPTH = 4  # objects deeper than this stay JSON text


def read_jsonlines(path: Path) -> Sheet:
    """Raises `SheetError` if no line holds an object."""
    decoded = decode(path.read_bytes())
    rows: list[SheetRow] = []
    rejected: list[Rejection] = []
    cells = 0
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        row = _row(number, line)
        if isinstance(row, Rejection):
            rejected.append(row)
            continue
        rows.append(row)
        cells += len(row.values)
        if cells > MAX_CELLS:
            raise SheetError(f"{path.name} has more than {MAX_CELLS:,} values. Split it into smaller files.")
    if not rows:
        raise SheetError(f"{path.name} holds no JSON objects. JSON Lines has one object {{...}} on each line.")
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    return Sheet(path.name, columns, tuple(rows), decoded.encoding, decoded.notes, tuple(rejected))


def _row(number: int, line: str) -> SheetRow | Rejection:
    try:
        found = json.loads(line, parse_float=_number, parse_int=str, parse_constant=lambda _: None)
        if not isinstance(found, dict):
            raise TypeError("it is not an object {...}")
        return SheetRow(number, dict(_flatten(found, "", 0)))
    except (ValueError, TypeError, RecursionError) as error:
        detail = f"Line {number} is not one JSON object ({error}). The other lines were read."
        return Rejection(f"row {number}", "row", "bad_json", detail, number)


def _number(digits: str) -> str:
    """1042.0 is how some programs write the whole number 1042."""
    return digits.removesuffix(".0")


def _flatten(found: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        name = f"{prefix}{key.strip()}".replace("\0", "")
        if isinstance(value, dict) and depth < _MAX_DEPTH:
            yield from _flatten(value, f"{name}.", depth + 1)
        elif name:
            yield name, _text(value).replace("\0", "").strip()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return "; ".join(_text(item) for item in value if item is not None)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
