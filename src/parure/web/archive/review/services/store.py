"""Findings on the disk: one JSON file for each archive, written whole or not at all, read once for each change.

They are kept beside the database, not in it: they are derived, and read in one piece. Rules and styles that a list was
made by lie beside it, so that a person who presses "make it again" gets the same kind of list.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from parure import settings
from parure.curate.judging_styles import StyleBook
from parure.curate.names_styles import KnownStyle
from parure.errors import StorageFull
from parure.web.archive.models import Archive
from parure.web.archive.review.services.findings import (
    Candidate,
    Copy,
    Fault,
    Findings,
    GroupQuestion,
    NameQuestion,
    QualityQuestion,
    Shot,
)

__all__ = [
    "folder_of",
    "keep_findings",
    "keep_order",
    "load_findings",
    "ordered_rules",
    "ordered_styles",
    "ordered_types",
    "write_whole",
]

_VERSION = 2  # of the file; another one is no list


def folder_of(archive: Archive) -> Path:
    return settings.get().data / "review" / archive.key


def keep_findings(archive: Archive, findings: Findings) -> None:
    """Raises `StorageFull`."""
    told = {"version": _VERSION, **asdict(findings)}
    write_whole(folder_of(archive) / "findings.json", json.dumps(told))  # escapes keep bytes that are no text


def load_findings(archive: Archive) -> Findings | None:
    """None where no list was made yet, or by another version."""
    path = folder_of(archive) / "findings.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_order(archive: Archive, rules: Path | None, book: StyleBook) -> None:
    """By which rules and styles lists are made from now on; without them by what is usual."""
    folder = folder_of(archive)
    if rules is not None:
        write_whole(folder / "rules.yaml", rules.read_text(encoding="utf-8"))
    if book.styles:
        write_whole(folder / "styles.json", json.dumps([[style.code, *style.vendor_skus] for style in book.styles]))
        write_whole(folder / "types.json", json.dumps(dict(book.types)))


def ordered_rules(archive: Archive) -> Path | None:
    path = folder_of(archive) / "rules.yaml"
    return path if path.exists() else None


def ordered_styles(archive: Archive) -> tuple[KnownStyle, ...]:
    try:
        told = json.loads((folder_of(archive) / "styles.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(KnownStyle(code, tuple(skus)) for code, *skus in told)


def ordered_types(archive: Archive) -> dict[str, str]:
    """What the sheet says each style is, by its code."""
    try:
        return dict(json.loads((folder_of(archive) / "types.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def write_whole(path: Path, text: str) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise StorageFull(f"{path} could not be written ({error.strerror}). Free some space and try again.") from error


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Findings:
    told = json.loads(path.read_text(encoding="utf-8"))
    if told.pop("version") != _VERSION:
        raise ValueError("another version")
    groups = tuple(GroupQuestion(each["kind"], tuple(map(_copy, each["copies"]))) for each in told.pop("groups"))
    names = tuple(map(_name, told.pop("names")))
    quality = tuple(map(_quality, told.pop("quality")))
    styles, unseen = tuple(told.pop("styles")), tuple(told.pop("unseen"))
    return Findings(groups=groups, names=names, quality=quality, styles=styles, unseen=unseen, **told)


def _copy(told: dict[str, Any]) -> Copy:
    return Copy(Shot(**told.pop("shot")), **told)


def _name(told: dict[str, Any]) -> NameQuestion:
    candidates = tuple(Candidate(**each) for each in told.pop("candidates"))
    return NameQuestion(_shots(told.pop("shots")), candidates=candidates, says=tuple(told.pop("says")), **told)


def _quality(told: dict[str, Any]) -> QualityQuestion:
    faults = tuple(Fault(**each) for each in told.pop("faults"))
    return QualityQuestion(_shots(told.pop("shots")), faults=faults, **told)


def _shots(told: list[dict[str, Any]]) -> tuple[Shot, ...]:
    return tuple(Shot(**each) for each in told)
