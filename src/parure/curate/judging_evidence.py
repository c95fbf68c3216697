"""What is known of each file by itself, gathered before files are judged beside each other.

Small on purpose: sixty thousand of these lie in memory at once, embeddings and measures do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from parure.curate.duplicates import merit
from parure.curate.names import NameReading
from parure.curate.names_archive import read_archive
from parure.curate.names_styles import StyleIndex
from parure.curate.quality import judge_quality
from parure.curate.quality_limits import load_limits
from parure.curate.rules import Rules
from parure.curate.values import Reason, Scanned, Verdict

__all__ = ["Evidence", "gather"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`reading` and `quality` are None for what is no photo; `refusal` then says why."""

    path: str
    sha256: str
    format: str | None
    merit: tuple[int, int, float, str]  # the least is the best
    refusal: Reason | None = None
    reading: NameReading | None = None
    quality: tuple[Verdict, tuple[Reason, ...]] | None = None

    @property
    def unusable(self) -> bool:
        """Whether the name itself says so."""
        return self.reading is not None and self.reading.usable is False


def gather(
    files: Iterable[Scanned],
    rules: Rules,
    styles: StyleIndex,
    *,
    progress: Callable[[str, int, int], None] = lambda step, done, total: None,
) -> list[Evidence]:
    """In the order of `files`, which are looked at one by one."""
    found = []
    limits = load_limits()
    for done, file in enumerate(files, start=1):
        quality = None if file.measures is None else judge_quality(file.measures, rules.quality, limits=limits)
        told = None if quality is None else (quality.verdict, quality.reasons)
        found.append(Evidence(file.path, file.fingerprints.sha256, file.format, merit(file), file.refusal, None, told))
        if done % 1000 == 0:
            progress("Judging quality", done, 0)
    photos = [at for at, each in enumerate(found) if each.refusal is None]
    paths = [found[at].path for at in photos]
    readings = read_archive(paths, rules, styles, progress=lambda done: progress("Reading names", done, len(paths)))
    for at, reading in zip(photos, readings, strict=True):
        found[at] = replace(found[at], reading=reading)
    return found
