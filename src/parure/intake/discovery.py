"""Folders, zips and single files -> the photos in them, in a stable order. No file content is read here.

Links to folders are not followed (they can loop); links to files are. Names that are not valid text on this system
are shown with replacement marks and still open.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from parure.errors import ImageError, ImageReason, IntakeError
from parure.intake.archive import read_archive
from parure.intake.found import (
    ARCHIVE_SUFFIXES,
    MAX_FILE_BYTES,
    PHOTO_SUFFIXES,
    SHEET_SUFFIXES,
    Found,
    FoundFile,
    Rejection,
    is_junk,
    why_not_a_photo,
)

__all__ = ["MAX_DEPTH", "discover"]

MAX_DEPTH = 100  # folders inside folders; nobody files photos deeper


@dataclass
class _Gathering:
    files: list[FoundFile] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    sheets: list[Path] = field(default_factory=list)
    skipped: int = 0
    seen: set[str] = field(default_factory=set)  # absolute paths: a file named twice is taken once

    def is_new(self, path: Path) -> bool:
        identity = os.path.abspath(path)  # noqa: PTH100 - resolving would merge a link with what it points to
        new = identity not in self.seen
        self.seen.add(identity)
        return new

    def reject(self, name: str, reason: str, detail: str) -> None:
        self.rejected.append(Rejection(name, "file", reason, detail))


def discover(paths: Sequence[Path]) -> Found:
    """All photos below `paths`. Raises `IntakeError` if a path does not exist or a zip cannot be opened."""
    gathering = _Gathering()
    for path in paths:
        _take_root(Path(path), gathering)
    notes = (f"Hidden and system files were skipped ({gathering.skipped}).",) if gathering.skipped else ()
    return Found(tuple(gathering.files), tuple(gathering.rejected), tuple(gathering.sheets), notes)


def _take_root(path: Path, gathering: _Gathering) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    if stat.S_ISDIR(mode):
        _walk(path, path, gathering)
    elif path.suffix.lower() == ".zip":
        if not gathering.is_new(path):
            return
        found = read_archive(path)
        gathering.files.extend(found.files)
        gathering.rejected.extend(found.rejected)
        gathering.skipped += found.skipped
    else:
        _take_file(path, path.name, gathering)


def _walk(root: Path, folder: Path, gathering: _Gathering) -> None:
    for entry in _entries(root, folder, gathering):
        name = _shown(Path(entry.path).relative_to(root).as_posix())
        if is_junk(entry.name):
            gathering.skipped += 1
        elif entry.is_dir(follow_symlinks=False) and name.count("/") >= MAX_DEPTH:
            gathering.reject(name, "too_deep", f"{name} lies more than {MAX_DEPTH} folders deep; move it up.")
        elif entry.is_dir(follow_symlinks=False):
            _walk(root, Path(entry.path), gathering)
        elif entry.is_symlink() and entry.is_dir():
            detail = f"{name} is a link to a folder, which is not followed. Pass the folder itself if you want it."
            gathering.reject(name, "linked_folder", detail)
        else:
            _take_file(Path(entry.path), name, gathering)


def _entries(root: Path, folder: Path, gathering: _Gathering) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from sorted(entries, key=lambda entry: (entry.name.casefold(), entry.name))
    except OSError as error:
        name = _shown(folder.relative_to(root).as_posix())
        detail = f"The folder {_shown(str(folder))} cannot be read ({error.strerror}). Check its permissions."
        gathering.reject(name, "unreadable", detail)


def _take_file(path: Path, name: str, gathering: _Gathering) -> None:
    suffix = path.suffix.lower()
    if not gathering.is_new(path):
        return
    if suffix in SHEET_SUFFIXES:
        gathering.sheets.append(path)
    elif suffix in ARCHIVE_SUFFIXES:
        detail = f"{name} is an archive inside a folder; pass it on its own to import what it holds."
        gathering.reject(name, "nested_archive", detail)
    elif suffix not in PHOTO_SUFFIXES:
        gathering.rejected.append(why_not_a_photo(name, suffix))
    else:
        _take_photo(path, name, gathering)


def _take_photo(path: Path, name: str, gathering: _Gathering) -> None:
    try:
        status = path.stat()
    except OSError as error:
        gathering.reject(name, "unreadable", f"{name} cannot be opened ({error.strerror}). Check link and permissions.")
        return
    if stat.S_ISREG(status.st_mode):
        gathering.files.append(FoundFile(name, status.st_size, _shown(str(path)), partial(_read, path)))
    else:
        gathering.reject(name, "not_a_photo", f"{name} is a device or pipe, not a file.")


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        message = f"{_shown(str(path))} is larger than {MAX_FILE_BYTES // 2**20} MB, too large for a photo."
        raise ImageError(ImageReason.TOO_MANY_BYTES, message)
    return data


def _shown(text: str) -> str:
    """Bytes of a name that are no valid text arrive as surrogates, which nothing downstream could store."""
    return os.fsencode(text).decode("utf-8", "replace")
