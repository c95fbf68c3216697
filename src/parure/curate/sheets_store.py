"""Lines of all sources, kept until every source is read: in memory while they are few, in buckets on disk beyond that.

A style's lines always share a bucket, so that buckets are merged one after the other, and memory holds one at a time.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from parure.curate.sheets_cells import CELLS
from parure.curate.sheets_polars import pl
from parure.errors import StorageFull

__all__ = ["CellStore", "write_parquet"]

_IN_MEMORY = 600_000  # lines, about 150 MB
_BUCKETS = 64


class CellStore:
    """A context: its folder is gone when it ends."""

    def __init__(self, *, most: int = _IN_MEMORY, buckets: int = _BUCKETS) -> None:
        self._most, self._buckets = most, buckets
        self._frames: list[pl.DataFrame] = []
        self._lines = 0
        self._spilled = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.fields: set[int] = set()  # that any line states

    def __enter__(self) -> CellStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def spilled(self) -> bool:
        return self._spilled > 0

    @property
    def folder(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="parure-sheets-")
        return Path(self._folder.name)

    def add(self, frame: pl.DataFrame) -> None:
        self.fields.update(frame["field"].unique().to_list())
        self._frames.append(frame)
        self._lines += frame.height
        if self._lines > self._most:
            self._spill()

    def _spill(self) -> None:
        bucket = (pl.col("loose").hash(seed=7) % self._buckets).alias("bucket")
        while self._frames:  # one after the other: a copy of them all would double what is held
            frame = self._frames.pop().with_columns(bucket)
            for (number,), part in frame.partition_by("bucket", as_dict=True, include_key=False).items():
                folder = self.folder / f"{number}"
                folder.mkdir(exist_ok=True)
                write_parquet(part, folder / f"{self._spilled}.parquet")
            self._spilled += 1
        self._lines = 0

    def buckets(self) -> Iterator[pl.DataFrame]:
        """All lines, a style never in two frames."""
        if not self._spilled:
            yield pl.concat(self._frames) if self._frames else pl.DataFrame(schema=CELLS)
            return
        if self._frames:
            self._spill()
        for number in range(self._buckets):
            folder = self.folder / f"{number}"
            if folder.exists():
                yield pl.scan_parquet(folder / "*.parquet").collect()


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Raises `StorageFull` where the disk for temporary files is."""
    try:
        frame.write_parquet(path, compression="lz4")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        where = path.parent
        raise StorageFull(f"The disk of {where} is full. Free some space, or set TMPDIR to a larger one.") from error
