"""Scanned files without what only the search for duplicates needs: a third of the time and of the memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from parure.curate.values import Fingerprints, Measures, Reason, Scanned
from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.rows import key_of, path_of

__all__ = ["contents", "facts", "facts_of"]

_CHUNK = 500
_COLUMNS = (
    "path", "raw_path", "size", "modified", "sha256", "format", "width", "height", "scores", "background", "piece",
    "refusal", "detail",
)  # fmt: skip


def facts(archive: Archive) -> Iterator[Scanned]:
    """Every file that is there, in the order of rows; `fingerprints` hold nothing but the hash."""
    rows = ArchiveFile.objects.filter(archive=archive, gone_at=None).values_list(*_COLUMNS)
    yield from map(_scanned, rows.order_by("pk").iterator(chunk_size=2000))


def contents(archive: Archive) -> dict[str, str]:
    """Hashes by path of every file that is there; empty for what was never read."""
    rows = ArchiveFile.objects.filter(archive=archive, gone_at=None).values_list("path", "raw_path", "sha256")
    return {path_of(path, raw): sha256 for path, raw, sha256 in rows.iterator(chunk_size=2000)}


def facts_of(archive: Archive, paths: Collection[str]) -> dict[str, Scanned]:
    """Those of these files that the archive knows and that are still there."""
    found: dict[str, Scanned] = {}
    keys = iter({key_of(path) for path in paths})
    while chunk := list(islice(keys, _CHUNK)):
        rows = ArchiveFile.objects.filter(archive=archive, gone_at=None, key__in=chunk).values_list(*_COLUMNS)
        found |= {file.path: file for file in map(_scanned, rows)}
    return found


def _scanned(row: tuple[Any, ...]) -> Scanned:
    path, raw, size, modified, sha256, kind, width, height, scores, background, piece, refusal, detail = row
    measures = None
    if scores is not None and width is not None and height is not None:
        measures = Measures(width, height, scores, background, None if piece is None else tuple(piece))
    return Scanned(
        path=path_of(path, raw),
        size=size,
        modified=modified,
        fingerprints=Fingerprints(sha256),
        measures=measures,
        refusal=Reason(refusal, detail) if refusal else None,
        format=kind or None,
    )
