"""What was found in the folders, zips and files a person handed in, and what was turned away.

A `FoundFile` knows how to read itself, so that a zip member and a file on disk look the same to the importer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from parure.errors import ImageError, ImageReason

__all__ = ["MAX_FILE_BYTES", "PHOTO_SUFFIXES", "Found", "FoundFile", "Rejection", "is_junk", "why_not_a_photo"]

MAX_FILE_BYTES = 512 * 2**20  # above any photo; `read` refuses more, whatever the file claims about its size

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".avif", ".heic", ".heif", ".tif", ".tiff", ".gif", ".bmp"}
)
SHEET_SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".jsonl", ".ndjson"})
ARCHIVE_SUFFIXES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cbz"})

_ADVICE = {
    **dict.fromkeys((".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".orf", ".rw2"), "camera raw; export it as JPEG"),
    **dict.fromkeys((".psd", ".ai", ".eps", ".xcf", ".indd"), "a design file; export it as JPEG or PNG"),
    **dict.fromkeys((".svg", ".svgz"), "a vector drawing; export it as PNG"),
    **dict.fromkeys((".xls", ".ods", ".numbers"), "a spreadsheet Parure cannot read; save it as .xlsx and use --sheet"),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".webm", ".mkv"), "a film; export single frames as JPEG"),
    ".pdf": "a PDF; export its pages as JPEG",
    ".json": "a data file; a sheet has to be JSON Lines (.jsonl), CSV or XLSX",
    ".txt": "a text file; if it is a table, pass it with --sheet",
    "": "without an ending such as .jpg; rename it if it is a photo",
}
_JUNK_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", "ehthumbs.db", "$recycle.bin", "@eadir"})


@dataclass(frozen=True)
class FoundFile:
    """One photo. `name` is its posix path below the root given; `source` is where it lies, as shown to people."""

    name: str
    size: int
    source: str
    opener: Callable[[], bytes] = field(repr=False, compare=False)
    modified: float = 0.0  # seconds since 1970; known for members of a zip
    checksum: str = ""  # likewise: it changes with the content

    def read(self) -> bytes:
        """The whole file. Raises `ImageError`: `unreadable` if it is gone or closed to us. Safe in any thread."""
        try:
            return self.opener()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"{self.source} could not be opened ({reason}). Check that it is still there and may be read."
            raise ImageError(ImageReason.UNREADABLE, message) from error


@dataclass(frozen=True)
class Rejection:
    """Something left out and why. `reason` is a stable code, `detail` one sentence for a person."""

    item: str
    kind: Literal["file", "row", "cell"]
    reason: str
    detail: str
    row: int | None = None


@dataclass(frozen=True)
class Found:
    """Photos in a stable order. `sheets` lie among them and are only offered, never used unasked."""

    files: tuple[FoundFile, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    sheets: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


def is_junk(part: str) -> bool:
    """Whether a file or folder name is something a system left behind, or hidden."""
    return part.startswith((".", "._")) or part.lower() in _JUNK_NAMES


def why_not_a_photo(name: str, suffix: str) -> Rejection:
    """The rejection for a file whose ending is not a picture's."""
    advice = _ADVICE.get(suffix, f"not a picture format Parure reads ({suffix})")
    return Rejection(name, "file", "not_a_photo", f"{name} is {advice}.")
