"""Which files of a folder lie still: a file that is being copied into it must not be read half.

A file lies still when it had the same size and date for some seconds, by the clock of this process: clocks of file
servers are wrong, and copying programs set dates as they like. What a scan knows already lies still from the start.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from parure.curate.sources import Content, Listed, Source, Unlisted

__all__ = ["Look", "Mark", "Seen", "Stillness"]

Mark = tuple[int, str]
"""Size, and what changes with the content; "" for what is not read."""

# Endings that programs give to a file until it is whole.
_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".!ut", ".opdownload")


@dataclass(frozen=True)
class Look:
    """One look into a folder. `still` may be read; `moving` are paths that may not yet. `news`: something changed."""

    still: tuple[Listed | Unlisted, ...]
    moving: tuple[str, ...]
    news: bool


class Stillness:
    """Remembers from look to look. `known` are marks by path, as of a scan before."""

    def __init__(self, seconds: float, known: Mapping[str, Mark], clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._settled = dict(known)
        self._since: dict[str, tuple[Mark, float]] = {}

    def look(self, listing: Iterable[Listed | Unlisted]) -> Look:
        now = self._clock()
        still: list[Listed | Unlisted] = []
        moving: dict[str, tuple[Mark, float]] = {}
        settled: dict[str, Mark] = {}
        for file in listing:
            mark = _mark(file)
            mark_since, since = self._since.get(file.path, (mark, now))
            if self._settled.get(file.path) != mark and (
                file.path.lower().endswith(_UNFINISHED)
                or (self._seconds and (mark_since != mark or now - since < self._seconds))
            ):
                moving[file.path] = (mark, since if mark_since == mark else now)
                continue
            still.append(file)
            settled[file.path] = mark
        news = settled != self._settled
        self._settled, self._since = settled, moving
        return Look(tuple(still), tuple(moving), news)


@dataclass(frozen=True)
class Seen:
    """A source as one look saw it: a `Source` that lists nothing else."""

    source: Source
    files: tuple[Listed | Unlisted, ...]

    @property
    def location(self) -> str:
        return self.source.location

    @property
    def reads_at_once(self) -> int:
        return self.source.reads_at_once

    def listing(self) -> Iterator[Listed | Unlisted]:
        yield from self.files

    def read(self, file: Listed, most: int) -> Content:
        return self.source.read(file, most)

    def __getstate__(self) -> dict[str, object]:
        """Reading processes get a copy with every handful of files, and do not list."""
        return {"source": self.source, "files": ()}


def _mark(file: Listed | Unlisted) -> Mark:
    return (file.size, file.stamp if isinstance(file, Listed) else "")
