"""Photos that exist in name only, and sheets written as text."""

from __future__ import annotations

from pathlib import Path

from parure.intake import Found, FoundFile, Sheet, read_sheet

__all__ = ["photos", "sheet"]


def photos(*names: str) -> Found:
    return Found(tuple(FoundFile(name, 10, name, name.encode) for name in names))


def sheet(folder: Path, text: str, name: str = "sheet.csv") -> Sheet:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_sheet(path)
