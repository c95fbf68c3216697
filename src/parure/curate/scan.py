"""A scan: list the source, leave out what is known and unchanged, read the rest, and remember it as it comes.

The state is the memory alone. A scan that is stopped anywhere, with kill -9 too, and run again ends as if it had never
been stopped: what was remembered is not read again, what was not is. What is no longer there is marked as gone, not
forgotten; what lies in a folder that cannot be opened today is neither.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from parure.curate.scan_pool import read_all
from parure.curate.scan_read import Looks
from parure.curate.sources import Listed, Source, Unlisted
from parure.curate.values import Fingerprints, Scanned
from parure.errors import ImageReason, IntakeError, ParureError

__all__ = ["Known", "Remembered", "ScanMemory", "ScanReport", "is_unchanged", "run_scan"]

_BATCH = 256
_PATIENCE_S = 2.0  # a slow source is written down as it comes
_SUSPICIOUS = 64  # files in a row with the same fault
_TRY_AGAIN = frozenset({ImageReason.UNREADABLE, ImageReason.TOO_MANY_PIXELS, "failed", "crashes_reader"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a file, as far as it decides whether to read it again."""

    size: int  # bytes
    stamp: str
    version: str
    refusal: str | None = None
    gone: bool = False


@dataclass(frozen=True)
class Remembered:
    """A scanned file with what will tell, next time, that it has not changed."""

    scanned: Scanned
    stamp: str
    version: str


class ScanMemory(Protocol):
    """Where scans are kept. Each call is whole or has not happened."""

    def known(self) -> dict[str, Known]:
        """By path; the gone ones too."""

    def keep(self, files: Sequence[Remembered]) -> None:
        """Instead of what was kept of these paths before."""

    def mark(self, paths: Collection[str], *, gone: bool) -> None: ...

    def finish(self) -> None:
        """The scan has come to its end."""


@dataclass(frozen=True)
class ScanReport:
    listed: int  # everything that is there, photos or not
    read: int
    unchanged: int
    gone: int
    bytes: int  # read in this run
    seconds: float
    refused: Mapping[str, int] = field(default_factory=dict)  # in this run, by reason


@dataclass
class _Listing:
    to_read: list[Listed] = field(default_factory=list)
    unread: list[Unlisted] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)  # folders whose files are unknown today
    back: list[str] = field(default_factory=list)
    unchanged: int = 0
    total: int = 0


def run_scan(
    source: Source,
    memory: ScanMemory,
    looks: Looks,
    *,
    jobs: int,
    fresh: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ScanReport:
    """`progress` gets (files read, files to read); while the source is still being listed, (0, files found).

    Raises `IntakeError` when the source cannot be read, or goes away meanwhile.
    """
    began = time.monotonic()
    known = memory.known()
    listing = _list(source, known, looks, fresh=fresh, progress=progress)
    memory.mark(listing.back, gone=False)
    lost = [path for path, entry in _missing(known, listing).items() if not entry.gone]
    memory.mark(lost, gone=True)
    tally = _Tally(len(listing.to_read), progress)
    for batch in _batches(_unread(listing, looks)):
        memory.keep(batch)
        tally.refuse(batch)
    for batch in _batches(_read(source, listing, looks, jobs)):
        memory.keep(batch)
        tally.add(batch)
    memory.finish()
    seconds = time.monotonic() - began
    return ScanReport(
        listing.total, tally.done, listing.unchanged, len(lost), tally.bytes, seconds, dict(tally.refused)
    )


def is_unchanged(file: Listed, known: Known | None, looks: Looks) -> bool:
    """Whether what is remembered still holds. What could not be opened is tried again, for it may be open now."""
    if known is None or known.version != looks.version or not file.stamp or known.refusal in _TRY_AGAIN:
        return False
    if known.refusal == ImageReason.TOO_MANY_BYTES and known.size <= looks.limits.max_bytes:
        return False  # the limit was raised
    return (known.size, known.stamp) == (file.size, file.stamp)


def _list(
    source: Source, known: dict[str, Known], looks: Looks, *, fresh: bool, progress: Callable[[int, int], None]
) -> _Listing:
    """Takes out of `known` what is found: what is left over is not there any more."""
    listing = _Listing()
    for found in source.listing():
        listing.total += 1
        before = known.pop(found.path, None)
        if isinstance(found, Unlisted):
            listing.hidden += [f"{found.path}/"] if found.hides else []
            if fresh or not _is_told(found, before):
                listing.unread.append(found)
        elif fresh or not is_unchanged(found, before, looks):
            listing.to_read.append(found)
        else:
            listing.unchanged += 1
            if before is not None and before.gone:
                listing.back.append(found.path)
        if listing.total % 1000 == 0:
            progress(0, listing.total)
    return listing


def _is_told(found: Unlisted, known: Known | None) -> bool:
    return known is not None and (known.refusal, known.size, known.gone) == (found.reason.code, found.size, False)


def _missing(known: Mapping[str, Known], listing: _Listing) -> dict[str, Known]:
    hidden = tuple(listing.hidden)
    return {path: entry for path, entry in known.items() if not path.startswith(hidden)}


def _unread(listing: _Listing, looks: Looks) -> Iterator[Remembered]:
    for found in listing.unread:
        scanned = Scanned(found.path, found.size, found.modified, Fingerprints(""), refusal=found.reason)
        yield Remembered(scanned, "", looks.version)


def _read(source: Source, listing: _Listing, looks: Looks, jobs: int) -> Iterator[Remembered]:
    stamps = {file.path: file.stamp for file in listing.to_read}
    streak = _Streak(source)
    for scanned in read_all(source, listing.to_read, looks, jobs=min(jobs, len(listing.to_read))):
        streak.add(scanned)
        yield Remembered(scanned, stamps[scanned.path], looks.version)


@dataclass
class _Streak:
    """When one fault follows the other, it is seldom the files: nobody wants to find 60,000 of them in the morning."""

    source: Source
    code: str = ""
    length: int = 0

    def add(self, scanned: Scanned) -> None:
        code = "" if scanned.refusal is None else scanned.refusal.code
        self.length = self.length + 1 if code == self.code else 1
        self.code = code
        if self.length == _SUSPICIOUS and scanned.refusal is not None:
            if code == ImageReason.UNREADABLE:
                _check(self.source)
            if code == "failed":
                raise ParureError(
                    f"{_SUSPICIOUS} files in a row were of no use, so the scan ends. {scanned.refusal.detail}"
                )


def _check(source: Source) -> None:
    """Raises `IntakeError` if there is nothing where the source was, as when a network disk has gone away."""
    if next(iter(source.listing()), None) is None:
        raise IntakeError(
            f"{source.location} has gone away. When it is back, run the same command: it goes on from here."
        )


def _batches(results: Iterable[Remembered]) -> Iterator[list[Remembered]]:
    batch: list[Remembered] = []
    since = time.monotonic()
    for result in results:
        batch.append(result)
        if len(batch) == _BATCH or time.monotonic() - since > _PATIENCE_S:
            yield batch
            batch, since = [], time.monotonic()
    if batch:
        yield batch


@dataclass
class _Tally:
    total: int
    progress: Callable[[int, int], None]
    done: int = 0
    bytes: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def add(self, batch: Sequence[Remembered]) -> None:
        self.refuse(batch)
        self.done += len(batch)
        self.bytes += sum(result.scanned.size for result in batch)
        self.progress(self.done, self.total)

    def refuse(self, batch: Sequence[Remembered]) -> None:
        for refusal in (result.scanned.refusal for result in batch):
            if refusal is not None:
                self.refused[refusal.code] = self.refused.get(refusal.code, 0) + 1
