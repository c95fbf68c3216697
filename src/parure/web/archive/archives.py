"""Scanning an archive into the database, and what it holds as values: the bridge that all later steps stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import OperationalError
from django.db.models import Count

from parure import settings
from parure.curate.plan import shown
from parure.curate.scan import ScanReport, run_scan
from parure.curate.scan_read import Looks
from parure.curate.sources import Source, open_source
from parure.curate.values import Scanned
from parure.errors import Busy, IntakeError, NotFound, StorageFull
from parure.locks import FileLock
from parure.web.archive.memory import DatabaseMemory
from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.rows import key_of, path_of, to_scanned

__all__ = [
    "Refused",
    "ScanOrder",
    "find_archive",
    "known_archives",
    "originals_folder",
    "photo_count",
    "refusals",
    "scan_archive",
    "scanned",
]

_CHUNK = 500  # rows at a time


@dataclass(frozen=True)
class ScanOrder:
    """`jobs` reading processes, 0: none but this one. With `fresh` everything is read again."""

    jobs: int
    fresh: bool = False


@dataclass(frozen=True)
class Refused:
    """A file that is no picture, or cannot be read. `detail` names it."""

    path: str
    reason: str
    detail: str


def scan_archive(
    source: Source,
    looks: Looks,
    order: ScanOrder,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ScanReport:
    """Raises `Busy` while another process scans the same archive, `StorageFull`, or what the source raises."""
    key = key_of(source.location)
    lock = FileLock(settings.get().data / f"scan-{key}.lock")
    holder = lock.acquire()
    if holder is not None:
        raise Busy(f"{holder} already scans {source.location}. Wait for it, or stop it.")
    try:
        archive, _ = Archive.objects.get_or_create(key=key, defaults={"location": source.location})
        memory = DatabaseMemory(archive)
        return run_scan(source, memory, looks, jobs=order.jobs, fresh=order.fresh, progress=progress)
    except OperationalError as error:
        if "full" not in str(error).lower():
            raise
        raise StorageFull(f"The database has no space left ({error}). Free some space and scan again.") from error
    finally:
        lock.release()


def find_archive(text: str) -> Archive:
    """The archive of a source as a person writes it. Raises `NotFound` if it was never scanned to its end."""
    location = _location(text)
    archive = Archive.objects.filter(key=key_of(location)).first()
    if archive is None:
        raise NotFound(f"{location} was not scanned yet. Run: parure curate scan {location}")
    if archive.scanned_at is None:
        raise NotFound(f"The scan of {location} was stopped. Run it to its end: parure curate scan {location}")
    return archive


def _location(text: str) -> str:
    """A source that is out of reach today may have been scanned all the same."""
    try:
        return open_source(text).location
    except IntakeError:
        location = shown(str(Path(text).expanduser().resolve()))
        if not Archive.objects.filter(key=key_of(location)).exists():
            raise
        return location


def known_archives() -> list[Archive]:
    """Those that people scanned: not the catalogue's own originals, which a watcher scans to compare with."""
    own = key_of(str(originals_folder()))
    return list(Archive.objects.exclude(key=own).order_by("location", "pk"))


def originals_folder() -> Path:
    return settings.get().data.resolve() / "originals"


def scanned(archive: Archive) -> Iterator[Scanned]:
    """Every file that is there, refused ones too, in the order of paths. Rows are fetched as they are asked for."""
    for numbers in _in_order(archive):
        rows = ArchiveFile.objects.in_bulk(numbers)
        yield from (to_scanned(rows[number]) for number in numbers if number in rows)


def refusals(archive: Archive) -> Iterator[Refused]:
    """Files that are there and did not become pictures, by reason and path."""
    rows = ArchiveFile.objects.filter(archive=archive, gone_at=None).exclude(refusal="").order_by("refusal", "path")
    columns = rows.values_list("path", "raw_path", "refusal", "detail")
    for path, raw_path, reason, detail in columns.iterator(chunk_size=_CHUNK):
        yield Refused(path_of(path, raw_path), reason, detail)


def photo_count(archive: Archive) -> int:
    """Files that became pictures."""
    counted = ArchiveFile.objects.filter(archive=archive, gone_at=None, refusal="").aggregate(count=Count("pk"))
    return int(counted["count"])


def _in_order(archive: Archive) -> Iterator[list[int]]:
    """Row numbers in the order of paths, some at a time. Sorted here, for a database would carry whole rows along."""
    columns = ArchiveFile.objects.filter(archive=archive, gone_at=None).values_list("path", "key", "pk")
    numbers = [number for _, _, number in sorted(columns.iterator(chunk_size=2000))]
    for start in range(0, len(numbers), _CHUNK):
        yield numbers[start : start + _CHUNK]
