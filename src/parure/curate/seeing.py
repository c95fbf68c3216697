"""A second look at scanned photos, by a model that finds the pieces: what a scan, which must be quick, cannot tell.

Each content is seen once, wherever it lies and however often. Sights are handed over batch by batch, so that a run that
is stopped anywhere goes on behind the last one. While one batch is seen, the next one is read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from parure.curate.plan import shown
from parure.curate.quality_seen import Sight, sight_of
from parure.curate.sources import Listed, Source
from parure.errors import ImageError, ModelError
from parure.images import Limits, Picture, decode
from parure.vision.analysis import Analyser

__all__ = ["SeeReport", "Unseen", "Watcher", "see_photos"]

_BATCH = 8  # photos for each that the analyser looks at side by side
_READERS = 4


@dataclass(frozen=True)
class Unseen:
    """A content that waits to be seen, and where it lies."""

    sha256: str
    files: tuple[Listed, ...]


@dataclass(frozen=True)
class Watcher:
    """`keep` is whole or has not happened; it gets sights by content."""

    analyser: Analyser
    limits: Limits
    keep: Callable[[Mapping[str, Sight]], None]


@dataclass
class SeeReport:
    """`failed` are sentences about contents that could not be seen; the next run tries them again."""

    seen: int = 0
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def see_photos(
    source: Source,
    waiting: Sequence[Unseen],
    watcher: Watcher,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> SeeReport:
    """`progress` gets contents done and their number."""
    began, report, done = time.monotonic(), SeeReport(), 0
    for batch in _read_ahead(source, waiting, watcher):
        pictures = {sha256: told for sha256, told in batch.items() if isinstance(told, Picture)}
        report.failed += [told for told in batch.values() if isinstance(told, str)]
        sights = _sights(pictures, watcher.analyser, report.failed)
        watcher.keep(sights)
        report.seen += len(sights)
        done += len(batch)
        progress(done, len(waiting))
    report.seconds = time.monotonic() - began
    return report


def _read_ahead(source: Source, waiting: Sequence[Unseen], watcher: Watcher) -> Iterator[dict[str, Picture | str]]:
    """Pictures by content, some at a time; for one that cannot be read a sentence that says why."""
    size = _BATCH * max(1, watcher.analyser.lanes)
    batches = [waiting[start : start + size] for start in range(0, len(waiting), size)]
    side = 2 * watcher.analyser.input_side

    def read(batch: Sequence[Unseen]) -> dict[str, Picture | str]:
        told = readers.map(lambda each: _picture(source, each, watcher.limits, side), batch)
        return {each.sha256: picture for each, picture in zip(batch, told, strict=True)}

    with ThreadPoolExecutor(max(_READERS, source.reads_at_once)) as readers, ThreadPoolExecutor(1) as ahead:
        coming = [ahead.submit(read, batch) for batch in batches[:1]]
        for place in range(len(batches)):
            batch = coming.pop().result()
            coming = [ahead.submit(read, each) for each in batches[place + 1 : place + 2]]
            yield batch


def _picture(source: Source, content: Unseen, limits: Limits, side: int) -> Picture | str:
    """From the first of its files that still holds it."""
    why = "it is in no file any more."
    for file in content.files:
        try:
            found = source.read(file, limits.max_bytes)
            if found.data is not None and found.sha256 == content.sha256:
                return decode(found.data, limits=limits, shrink_to=side)
            why = "it has changed since the scan. Scan again."
        except ImageError as error:
            why = str(error)
        except OSError as error:
            why = f"it could not be opened ({error.strerror or type(error).__name__})."
    return f"{shown(content.files[0].path)}: {why}"


def _sights(pictures: Mapping[str, Picture], analyser: Analyser, failed: list[str]) -> dict[str, Sight]:
    """If the model gives no use of one photo, the others are seen one by one."""
    contents = list(pictures)
    try:
        analyses = analyser.analyse_images([pictures[sha256].pixels for sha256 in contents])
    except ModelError as error:
        if len(contents) == 1:
            failed.append(f"The photo {contents[0][:12]}…: {error}")
            return {}
        alone = (_sights({sha256: pictures[sha256]}, analyser, failed) for sha256 in contents)
        return {sha256: sight for each in alone for sha256, sight in each.items()}
    return {
        sha256: sight_of(pictures[sha256], analysis, analyser.version)
        for sha256, analysis in zip(contents, analyses, strict=True)
    }
