"""The memory of scans in the database: one transaction a batch, so that a killed scan has written whole files only."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils import timezone

from parure.curate.scan import Known, Remembered
from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.rows import CHANGING, key_of, path_of, to_row

__all__ = ["DatabaseMemory"]

_CHUNK = 500  # keys per IN clause


class DatabaseMemory:
    """A `ScanMemory` for one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def known(self) -> dict[str, Known]:
        columns = ("path", "raw_path", "size", "stamp", "version", "refusal", "gone_at")
        rows = ArchiveFile.objects.filter(archive=self._archive).values_list(*columns)
        return {
            path_of(path, raw_path): Known(size, stamp, sys.intern(version), refusal or None, gone_at is not None)
            for path, raw_path, size, stamp, version, refusal, gone_at in rows.iterator(chunk_size=2000)
        }

    @transaction.atomic
    def keep(self, files: Sequence[Remembered]) -> None:
        now = timezone.now()
        ArchiveFile.objects.bulk_create(
            [to_row(self._archive, file, now) for file in files],
            update_conflicts=True,
            unique_fields=["archive", "key"],
            update_fields=CHANGING,
        )

    @transaction.atomic
    def mark(self, paths: Collection[str], *, gone: bool) -> None:
        at = timezone.now() if gone else None
        for keys in _chunks(key_of(path) for path in paths):
            ArchiveFile.objects.filter(archive=self._archive, key__in=keys).update(gone_at=at)

    def finish(self) -> None:
        self._archive.scanned_at = timezone.now()
        self._archive.save(update_fields=["scanned_at"])


def _chunks(keys: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(keys, _CHUNK)):
        yield chunk
