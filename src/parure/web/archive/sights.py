"""What a model saw of the photos of an archive, in the database: seen once for each content, then only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from parure import settings
from parure.curate.quality_seen import SeenType, Sight
from parure.curate.seeing import SeeReport, Unseen, Watcher, see_photos
from parure.curate.sources import Listed, Source
from parure.errors import Busy
from parure.images import Limits
from parure.locks import FileLock
from parure.vision.analysis import Analyser
from parure.web.archive.models import Archive, ArchiveFile, ContentSight
from parure.web.archive.rows import path_of

__all__ = ["keep_sights", "see_archive", "sights", "waiting"]

_CHUNK = 500


def see_archive(
    archive: Archive,
    source: Source,
    analyser: Analyser,
    limits: Limits,
    *,
    fresh: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> SeeReport:
    """What this version of the analyser has not seen yet; with `fresh` everything. Raises `Busy` while another process
    does the same."""
    lock = FileLock(settings.get().data / f"see-{archive.key}.lock")
    holder = lock.acquire()
    if holder is not None:
        raise Busy(f"{holder} already looks at the photos of {archive.location}. Wait for it, or stop it.")
    try:
        wanted = waiting(archive, "" if fresh else analyser.version)
        return see_photos(source, wanted, Watcher(analyser, limits, keep_sights), progress=progress)
    finally:
        lock.release()


def waiting(archive: Archive, version: str) -> list[Unseen]:
    """Contents of the archive that this version has not seen, in the order of their first rows."""
    seen = set(ContentSight.objects.filter(version=version).values_list("sha256", flat=True).iterator(chunk_size=2000))
    columns = ("sha256", "path", "raw_path", "size", "modified", "stamp")
    rows = ArchiveFile.objects.filter(archive=archive, gone_at=None, refusal="").order_by("pk").values_list(*columns)
    files: dict[str, list[Listed]] = {}
    for sha256, path, raw, size, modified, stamp in rows.iterator(chunk_size=2000):
        if sha256 not in seen:
            files.setdefault(sha256, []).append(Listed(path_of(path, raw), size, modified, stamp))
    return [Unseen(sha256, tuple(listed)) for sha256, listed in files.items()]


@transaction.atomic
def keep_sights(found: Mapping[str, Sight]) -> None:
    """Instead of what was kept of these contents before."""
    now = timezone.now()
    rows = [
        ContentSight(
            sha256=sha256,
            version=sight.version,
            pieces=[asdict(piece) for piece in sight.pieces],
            figures=dict(sight.figures),
            seen_at=now,
        )
        for sha256, sight in found.items()
    ]
    changing = ["version", "pieces", "figures", "seen_at"]
    ContentSight.objects.bulk_create(
        rows, batch_size=_CHUNK, update_conflicts=True, unique_fields=["sha256"], update_fields=changing
    )


def sights(archive: Archive) -> dict[str, Sight]:
    """By content, of the photos that are there and were seen."""
    present = ArchiveFile.objects.filter(archive=archive, gone_at=None, refusal="").values("sha256")
    rows = ContentSight.objects.filter(sha256__in=present).values_list("sha256", "version", "pieces", "figures")
    return dict(_read(rows.iterator(chunk_size=2000)))


def _read(rows: Iterator[tuple[str, str, list[dict[str, Any]], dict[str, float]]]) -> Iterator[tuple[str, Sight]]:
    for sha256, version, pieces, figures in rows:
        yield sha256, Sight(version, tuple(map(_piece, pieces)), figures)


def _piece(told: Mapping[str, Any]) -> SeenType:
    score, box, types = told["score"], told["box"], told["types"]
    x, y, wide, high = box
    return SeenType(score, (x, y, wide, high), types)
