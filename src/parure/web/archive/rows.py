"""Scanned files as rows, and rows as scanned files. Paths are bytes and databases want text: both are kept."""

from __future__ import annotations

import hashlib
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from parure.curate.plan import shown
from parure.curate.scan import Remembered
from parure.curate.values import Fingerprints, Measures, Reason, Scanned
from parure.web.archive.models import Archive, ArchiveFile

__all__ = ["CHANGING", "key_of", "path_of", "to_row", "to_scanned", "vector_of"]

# What a new scan of the same path writes anew.
CHANGING = (
    "size", "modified", "stamp", "version", "sha256", "format", "width", "height", "perceptual", "turned", "embedding",
    "scores", "background", "piece", "refusal", "detail", "read_at", "gone_at",
)  # fmt: skip


def key_of(path: str) -> str:
    """32 hex digits that stand for a path, or for any text, whatever bytes it holds."""
    return hashlib.blake2b(_bytes(path), digest_size=16).hexdigest()


def path_of(path: str, raw_path: bytes | memoryview | None) -> str:
    return path if raw_path is None else bytes(raw_path).decode("utf-8", "surrogateescape")


def to_row(archive: Archive, file: Remembered, at: datetime) -> ArchiveFile:
    scanned, measures, refusal = file.scanned, file.scanned.measures, file.scanned.refusal
    text = _storable(scanned.path)
    prints = scanned.fingerprints
    return ArchiveFile(
        archive=archive,
        key=key_of(scanned.path),
        path=text,
        raw_path=None if text == scanned.path else _bytes(scanned.path),
        size=scanned.size,
        modified=scanned.modified,
        stamp=file.stamp,
        version=file.version,
        sha256=prints.sha256,
        format=scanned.format or "",
        width=None if measures is None else measures.width,
        height=None if measures is None else measures.height,
        perceptual=prints.perceptual or "",
        turned=list(prints.turned),
        embedding=None if prints.embedding is None else prints.embedding.astype("<f2").tobytes(),
        scores=None if measures is None else {name: round(float(score), 5) for name, score in measures.scores.items()},
        background="" if measures is None else measures.background,
        piece=None if measures is None or measures.piece is None else [float(share) for share in measures.piece],
        refusal="" if refusal is None else str(refusal.code),
        detail="" if refusal is None else _storable(refusal.detail),
        read_at=at,
    )


def to_scanned(row: ArchiveFile) -> Scanned:
    return Scanned(
        path=path_of(row.path, row.raw_path),
        size=row.size,
        modified=row.modified,
        fingerprints=Fingerprints(row.sha256, row.perceptual or None, tuple(row.turned), vector_of(row.embedding)),
        measures=_measures(row),
        refusal=Reason(row.refusal, row.detail) if row.refusal else None,
        format=row.format or None,
    )


def _measures(row: ArchiveFile) -> Measures | None:
    if row.scores is None or row.width is None or row.height is None:
        return None
    piece = None if row.piece is None else tuple(row.piece)
    return Measures(row.width, row.height, row.scores, row.background, piece)


def vector_of(data: bytes | memoryview | None) -> NDArray[np.float16] | None:
    return None if data is None else np.frombuffer(bytes(data), "<f2").astype(np.float16)


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def _storable(text: str) -> str:
    """PostgreSQL has no zero character, and no database takes surrogates."""
    return shown(text).replace("\0", "\\x00")
