"""All photos that a new one may repeat: archives that were scanned, the catalogue's, what watchers have approved.

The catalogue's originals are scanned as an archive of their own, so that its photos have the same fingerprints. What
was read is kept from look to look, for as long as its archive is not scanned again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from parure.curate.duplicates_known import Known, KnownPhotos
from parure.curate.plan import QUARANTINE, shown
from parure.curate.scan_looks import usual_looks
from parure.curate.scan_read import SIDE
from parure.curate.sources import Listed, Source, open_source
from parure.curate.values import Fingerprints, PlanEntry, Scanned
from parure.errors import Busy, ImageError, ImageReason, ParureError
from parure.images import Pixels, decode
from parure.web.archive.archives import ScanOrder, known_archives, originals_folder, scan_archive
from parure.web.archive.models import Archive, ArchiveFile, WatchedFile
from parure.web.archive.rows import key_of, path_of, vector_of
from parure.web.catalogue.models import Photo
from parure.web.catalogue.photos import limits

__all__ = ["Library"]

_COLUMNS = (
    "path", "raw_path", "size", "modified", "stamp", "sha256", "width", "height", "turned", "embedding",
)  # fmt: skip


@dataclass(frozen=True)
class _Place:
    """Where the bytes of a content lie."""

    location: str
    file: Listed


@dataclass(frozen=True)
class _Entry:
    known: Known
    prints: Fingerprints
    place: _Place


@dataclass
class Library:
    """`archive` is the watched one, in the folder `source`. `unreachable` are archives that could not be opened."""

    archive: Archive
    source: Source
    root: Path  # of the source
    target: Path
    unreachable: set[str] = field(default_factory=set)
    _kept: dict[int, tuple[datetime | None, list[_Entry]]] = field(default_factory=dict)
    _places: dict[str, _Place] = field(default_factory=dict)
    _opened: dict[str, Source] = field(default_factory=dict)

    def photos(self, *, jobs: int, progress: Callable[[int, int], None]) -> KnownPhotos:
        """As of now."""
        _scan_originals(jobs, progress)
        self.unreachable.clear()
        entries = list(self._catalogue())
        watched = set(WatchedFile.objects.values_list("archive", flat=True).distinct())
        for archive in known_archives():
            if archive.pk == self.archive.pk or archive.pk in watched:
                entries += _approved(archive)
            elif archive.scanned_at is not None:
                entries += self._of(archive)
        self._places = {entry.known.sha256: entry.place for entry in reversed(entries)}
        return KnownPhotos([entry.known for entry in entries], [entry.prints for entry in entries])

    def picture(self, photo: Scanned | Known) -> Pixels:
        """As it was when it was scanned. Raises `ImageError` or `OSError`."""
        if isinstance(photo, Known):
            place, sha256 = self._places[photo.sha256], photo.sha256
        else:
            place = _Place(self.archive.location, Listed(photo.path, photo.size, photo.modified, ""))
            sha256 = photo.fingerprints.sha256
        content = self._source(place.location).read(place.file, limits().max_bytes)
        if content.data is None or content.sha256 != sha256:
            raise ImageError(ImageReason.UNREADABLE, f"{shown(place.file.path)} has changed since the scan.")
        return decode(content.data, limits=limits(), shrink_to=SIDE).pixels

    def _source(self, location: str) -> Source:
        if location == self.archive.location:
            return self.source
        if location in self.unreachable:
            raise ImageError(ImageReason.UNREADABLE, f"{location} is out of reach.")
        if location not in self._opened:
            try:
                self._opened[location] = open_source(location)
            except ParureError as error:
                self.unreachable.add(location)
                raise ImageError(ImageReason.UNREADABLE, str(error)) from error
        return self._opened[location]

    def _of(self, archive: Archive) -> list[_Entry]:
        held = self._kept.get(archive.pk)
        if held is None or held[0] != archive.scanned_at:
            held = archive.scanned_at, list(self._read(archive))
            self._kept[archive.pk] = held
        return held[1]

    def _read(self, archive: Archive) -> Iterator[_Entry]:
        """Without what lies in the watched folder itself, and without what was put into quarantine."""
        for path, entry in _entries(archive):
            place = Path(archive.location) / path
            if not (place.is_relative_to(self.root) or f"/{QUARANTINE}/" in f"/{path}"):
                yield entry

    def _catalogue(self) -> Iterator[_Entry]:
        """Photos of products that are shown, named as people know them."""
        archive = Archive.objects.filter(key=key_of(str(originals_folder()))).first()
        if archive is None:
            return
        photos = Photo.objects.filter(deleted_at=None, product__deleted_at=None)
        names = {row[0]: row[1:] for row in photos.values_list("sha256", "product__style_code", "file_name")}
        for entry in self._of(archive):
            if (named := names.get(entry.known.sha256)) is not None:
                place = f"{named[1]} of {named[0]} in the catalogue"
                yield _Entry(Known(place, entry.known.sha256, entry.known.pixels, named[0]), entry.prints, entry.place)


def _approved(archive: Archive) -> Iterator[_Entry]:
    """Of a watched folder only what was approved: by the scan of the file it was, read from where it was put."""
    rows = WatchedFile.objects.filter(archive=archive, outcome="approved")
    scanned = {entry.known.sha256: entry for _, entry in _entries(archive, there=False)}
    for content, root, target, line in rows.values_list("content", "root", "target", "line").iterator():
        place = _Place(root, Listed(target, 0, 0.0, ""))
        entry = scanned.get(content)
        prints = entry.prints if entry else Fingerprints(content)
        pixels = entry.known.pixels if entry else 0
        yield _Entry(Known(f"{root}/{target}", content, pixels, _style(line)), prints, place)


def _style(line: str) -> str | None:
    return PlanEntry.from_line(line, where="").style_code


def _entries(archive: Archive, *, there: bool = True) -> Iterator[tuple[str, _Entry]]:
    """By path. `there`: only files that are not gone."""
    rows = ArchiveFile.objects.filter(archive=archive, refusal="").exclude(sha256="")
    rows = rows.filter(gone_at=None) if there else rows
    for row in rows.values_list(*_COLUMNS).iterator(chunk_size=2000):
        text, raw, size, modified, stamp, sha256, width, height, turned, embedding = row
        path = path_of(text, raw)
        known = Known(f"{archive.location}/{text}", sha256, (width or 0) * (height or 0))
        prints = Fingerprints(sha256, None, tuple(turned[:1]), vector_of(embedding))
        yield path, _Entry(known, prints, _Place(archive.location, Listed(path, size, modified, stamp)))


def _scan_originals(jobs: int, progress: Callable[[int, int], None]) -> None:
    """While another process scans them, what is known of them has to do."""
    folder = originals_folder()
    if not folder.is_dir():
        return
    try:
        scan_archive(open_source(str(folder)), usual_looks(limits()), ScanOrder(jobs), progress=progress)
    except Busy:
        return
