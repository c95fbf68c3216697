"""A zip, read member by member and never unpacked. Assumes the worst of its author.

The central directory is counted before `zipfile` builds an object per entry, so that an archive of a million entries
costs no memory. Only "stored" and "deflated" members are read: they can be expanded in bounded steps.
"""

from __future__ import annotations

import contextlib
import re
import stat
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from parure.errors import ImageError, ImageReason, IntakeError
from parure.intake.found import (
    ARCHIVE_SUFFIXES,
    MAX_FILE_BYTES,
    PHOTO_SUFFIXES,
    SHEET_SUFFIXES,
    FoundFile,
    Rejection,
    is_junk,
    why_not_a_photo,
)

__all__ = ["MAX_ENTRIES", "Archive", "read_archive"]

MAX_ENTRIES = 50_000
MAX_RATIO = 200  # deflate reaches 1032; no photograph reaches 200
RATIO_FROM_BYTES = 64 * 2**20  # small things may compress as they like
MAX_DIRECTORY_BYTES = 64 * 2**20

_END = struct.Struct("<4s4H2LH")  # end of central directory: signature, disks, counts, size, offset, comment length
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64_SIZE = 20
_ENTRY = struct.Struct("<4s6H3L5H2L")  # central directory entry; fields 10, 11, 12 are name, extra, comment length
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True)
class Archive:
    files: tuple[FoundFile, ...]
    rejected: tuple[Rejection, ...]
    skipped: int


@dataclass
class _Reader:
    """One open zip shared by threads: `zipfile` seeks, so one read at a time."""

    path: Path
    zip: zipfile.ZipFile
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, info: zipfile.ZipInfo, source: str) -> bytes:
        try:
            with self.lock, self.zip.open(info) as member:
                data = member.read(MAX_FILE_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise ImageError(
                ImageReason.CORRUPT, f"{source} is damaged inside the zip ({error}). Zip it again."
            ) from error
        if len(data) != info.file_size:
            message = (
                f"{source} is damaged: the zip promises {info.file_size} bytes and holds {len(data)}. Zip it again."
            )
            raise ImageError(ImageReason.CORRUPT, message)
        return data


def read_archive(path: Path, *, most: int | None = None) -> Archive:
    """The photos inside a zip, to be read lazily. Raises `IntakeError` if it is damaged, too full or a bomb."""
    try:
        with path.open("rb") as file:
            _refuse_too_many(path, file, most or MAX_ENTRIES)
        reader = _Reader(path, zipfile.ZipFile(path))
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror}). Check its permissions.") from error
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise IntakeError(
            f"{path} is not a readable zip ({error}). Zip the photos again, or pass the folder."
        ) from error
    return _sort_members(reader)


def _sort_members(reader: _Reader) -> Archive:
    infos = sorted(_latest(reader.zip), key=lambda item: (item[0].casefold(), item[0]))
    _refuse_bomb(reader.path, [info for _, info in infos])
    files: list[FoundFile] = []
    rejected: list[Rejection] = []
    skipped = 0
    for name, info in infos:
        if not _is_unsafe(name) and any(is_junk(part) for part in PurePosixPath(name).parts):
            skipped += 1
        elif fault := _fault(name, info):
            rejected.append(fault)
        else:
            source = f"{reader.path}!{name}"
            opener = partial(reader.read, info, source)
            files.append(FoundFile(name, info.file_size, source, opener, _modified(info), f"{info.CRC:08x}"))
    return Archive(tuple(files), tuple(rejected), skipped)


def _latest(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Members by name. A name stored twice is one file written twice: as with every unzip, the last one counts."""
    members = {_name(info): info for info in archive.infolist() if not info.is_dir()}
    yield from members.items()


def _name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag are read as DOS text by `zipfile`, but macOS writes UTF-8 there all the same."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.removeprefix("./")


def _modified(info: zipfile.ZipInfo) -> float:
    """Zips tell local time without a zone; it is taken for UTC, so that the same zip says the same everywhere."""
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except ValueError:  # day 0 of month 0, as some programs write
        return 0.0


def _fault(name: str, info: zipfile.ZipInfo) -> Rejection | None:
    """Why a member is not taken, or None."""
    suffix = PurePosixPath(name).suffix.lower()
    for applies, reason, why in (
        (_is_unsafe(name), "unsafe_path", "points outside the zip; such a name is never followed"),
        (stat.S_ISLNK(info.external_attr >> 16), "linked_file", "is a link; put the file itself into the zip"),
        (suffix in ARCHIVE_SUFFIXES, "nested_archive", "is an archive inside the zip; unpack it and pass it by itself"),
        (
            suffix in SHEET_SUFFIXES,
            "sheet_in_archive",
            "is a sheet inside the zip; take it out and pass it with --sheet",
        ),
    ):
        if applies:
            return Rejection(name, "file", reason, f"{name} {why}.")
    if suffix not in PHOTO_SUFFIXES:
        return why_not_a_photo(name, suffix)
    return _unreadable(name, info)


def _unreadable(name: str, info: zipfile.ZipInfo) -> Rejection | None:
    grown = info.file_size / max(info.compress_size, 1)
    plain = info.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    for applies, reason, why in (
        (info.flag_bits & _ENCRYPTED_FLAG, "encrypted", "is locked with a password; zip it again without one"),
        (not plain, "unsupported_compression", "is packed in an unusual way; zip it again with the usual compression"),
        (info.file_size > MAX_FILE_BYTES, "too_large", f"is larger than {MAX_FILE_BYTES // 2**20} MB"),
        (
            grown > MAX_RATIO and info.file_size > RATIO_FROM_BYTES,
            "expands_too_much",
            f"would grow to {grown:.0f} times its packed size, as no photo does; it was not opened",
        ),
    ):
        if applies:
            return Rejection(name, "file", reason, f"{name} {why}.")
    return None


def _is_unsafe(name: str) -> bool:
    absolute = name.startswith("/") or re.match(r"[A-Za-z]:", name) is not None
    return absolute or "\\" in name or "\0" in name or ".." in name.split("/")


def _refuse_bomb(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """Members that share one body look harmless one by one; together they outgrow the file that holds them."""
    total = sum(info.file_size for info in infos if PurePosixPath(info.filename).suffix.lower() in PHOTO_SUFFIXES)
    if total > MAX_RATIO * path.stat().st_size and total > 16 * RATIO_FROM_BYTES:
        raise IntakeError(f"{path} would grow to {total // 2**20} MB, as no zip of photos does. It was not opened.")


def _refuse_too_many(path: Path, file: BinaryIO, most: int) -> None:
    directory = _central_directory(file)
    count = position = 0
    while directory[position : position + 4] == b"PK\x01\x02":
        lengths = _ENTRY.unpack_from(directory, position)[10:13]
        position += _ENTRY.size + sum(lengths)
        count += 1
        if count > most:
            message = f"{path} holds more than {most:,} entries. Split it, or pass the unpacked folder."
            raise IntakeError(message)


def _central_directory(file: BinaryIO) -> bytes:
    """The bytes of the directory, found from the end of the file as every reader does. Raises `ValueError`."""
    size = file.seek(0, 2)
    tail_start = max(0, size - 65535 - _END.size)
    file.seek(tail_start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise ValueError("its end is missing; the copy or download may have stopped early")
    length, end = _END.unpack_from(tail, at)[5], tail_start + at
    record = end - _LOCATOR_64_SIZE - _END_64.size
    if record >= 0:
        file.seek(record)
        wide = file.read(_END_64.size)
        if wide.startswith(b"PK\x06\x06"):
            length, end = _END_64.unpack(wide)[8], record
    if length > min(MAX_DIRECTORY_BYTES, end):
        raise ValueError("its table of contents is damaged or beyond any real size")
    file.seek(end - length)
    return file.read(length)
