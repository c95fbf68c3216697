"""What lies in the folder of an index on disk, and who may open it.

    index/
      lock            held with flock while a process has the index open; its text names that process
      current.json    which generation answers, its dimension and fields; replaced in one rename
      gen-7/          the generation in use: an engine's own files
      building-1a2b/  a generation being made; left behind by a killed process and removed at the next opening

Nothing is acknowledged out of a generation that `current.json` does not name, so all others are leftovers.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from parure.errors import IndexDamaged, IndexLocked, StorageFull, VectorIndexError
from parure.index.base import Schema
from parure.locks import FileLock

__all__ = ["REBUILD", "FolderLock", "IndexFolder", "Manifest", "check_same", "require_space"]

REBUILD = "Run `parure index rebuild` to make it again from the catalogue."
_FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """The content of current.json. `changed` counts the writes since the generation was built, as of the last flush."""

    dimension: int
    schema: Schema
    generation: int
    changed: int = 0

    def to_json(self) -> str:
        fields = {"keywords": sorted(self.schema.keywords), "numbers": sorted(self.schema.numbers)}
        state = {"generation": self.generation, "changed": self.changed}
        return json.dumps({"format": _FORMAT, **state, "dimension": self.dimension, **fields})


class FolderLock:
    """One process at a time; `IndexLocked` names the one that has the folder."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "lock")
        try:
            holder = self._lock.acquire()
        except OSError as error:
            raise VectorIndexError(f"The index folder {folder} cannot be used: {error.strerror}.") from error
        if holder is not None:
            raise IndexLocked(
                f"The index in {folder} is in use by {holder}. One process at a time can open it: "
                "stop that process, or ask it through its HTTP API."
            )

    def release(self) -> None:
        self._lock.release()


class IndexFolder:
    """Names and moves of generations. The caller holds the `FolderLock`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pointer = path / "current.json"

    def generation(self, number: int) -> Path:
        return self.path / f"gen-{number}"

    def new_building(self) -> Path:
        return self.path / f"building-{uuid.uuid4().hex[:8]}"

    def read(self) -> Manifest | None:
        """None for a folder without an index."""
        if not self._pointer.exists():
            return None
        try:
            held = json.loads(self._pointer.read_text(encoding="utf-8"))
            if held["format"] != _FORMAT:
                raise VectorIndexError(f"The index in {self.path} has format {held['format']}. {REBUILD}")
            schema = Schema(tuple(held["keywords"]), tuple(held["numbers"]))
            return Manifest(int(held["dimension"]), schema, int(held["generation"]), int(held.get("changed", 0)))
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{self._pointer} cannot be read ({error!r}). {REBUILD}") from error

    def point_to(self, manifest: Manifest) -> None:
        """From here on `manifest.generation` is the index, also after a crash."""
        fresh = self._pointer.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(manifest.to_json())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)

    def sweep(self, manifest: Manifest | None) -> None:
        """Remove what killed processes left behind."""
        keep = f"gen-{manifest.generation}" if manifest else ""
        for left in [*self.path.glob("gen-*"), *self.path.glob("building-*")]:
            if left.name != keep:
                shutil.rmtree(left, ignore_errors=True)


def check_same(path: Path, held: Manifest, dimension: int, schema: Schema) -> None:
    """The index on disk is for this encoder and these fields. A field added later is not in the points yet."""
    if held.dimension != dimension:
        raise VectorIndexError(
            f"The index in {path} holds vectors of dimension {held.dimension}, the encoder makes {dimension}. {REBUILD}"
        )
    for kind in ("keywords", "numbers"):
        old, new = set(getattr(held.schema, kind)), set(getattr(schema, kind))
        if old != new:
            raise VectorIndexError(
                f"The index in {path} has other fields of {kind}: "
                f"missing {sorted(new - old) or 'none'}, no longer used {sorted(old - new) or 'none'}. {REBUILD}"
            )


def require_space(path: Path, wanted: int) -> None:
    """Refuse before the disk is full: engines write through memory maps, where a full disk kills the process."""
    free = shutil.disk_usage(path).free
    if free < wanted:
        raise StorageFull(f"The index in {path} needs {wanted >> 20} MiB of free disk, {free >> 20} MiB are left.")
