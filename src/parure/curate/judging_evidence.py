"""What is known of each file by itself, gathered before files are judged beside each other.

Small on purpose: sixty thousand of these lie in memory at once, embeddings and measures do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from parure.curate.duplicates import merit
from parure.curate.names import NameReading
from parure.curate.names_archive import read_archive
from parure.curate.names_styles import StyleIndex
from parure.curate.quality import judge_quality
from parure.curate.quality_limits import load_limits
from parure.curate.quality_seen import Sight, seen_figures
from parure.curate.rules import Rules
from parure.curate.values import Measures, Reason, Scanned, Verdict

__all__ = ["Evidence", "SeenPhotos", "gather"]


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


@dataclass(frozen=True)
class SeenPhotos:
    """What a model saw, by content. With the sheet's `types`, by style code, it is told where a photo shows another
    one; `assigned` are styles that people gave, by content."""

    sights: Mapping[str, Sight] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    assigned: Mapping[str, str] = field(default_factory=dict)

    def figures(self, sha256: str, style: str | None) -> Mapping[str, float] | None:
        """For `judge_quality`; `style` is what the name says. None: it was not seen."""
        sight = self.sights.get(sha256)
        return None if sight is None else seen_figures(sight, self.types.get(self.assigned.get(sha256, style or "")))


def gather(
    files: Iterable[Scanned],
    rules: Rules,
    styles: StyleIndex,
    *,
    seen: SeenPhotos | None = None,
    progress: Callable[[str, int, int], None] = lambda step, done, total: None,
) -> list[Evidence]:
    """In the order of `files`, which are looked at one by one."""
    seen = seen or SeenPhotos()
    found = []
    typed: dict[int, Measures] = {}  # to be judged once their names, and with them their types, are known
    for done, file in enumerate(files, start=1):
        sha256, sight = file.fingerprints.sha256, seen.sights.get(file.fingerprints.sha256)
        figures = seen.figures(sha256, None)
        quality = None if file.measures is None else _quality(file.measures, rules, figures)
        found.append(Evidence(file.path, sha256, file.format, merit(file), file.refusal, None, quality))
        if seen.types and sight is not None and sight.pieces and file.measures is not None:
            typed[done - 1] = file.measures
        if done % 1000 == 0:
            progress("Judging quality", done, 0)
    photos = [at for at, each in enumerate(found) if each.refusal is None]
    paths = [found[at].path for at in photos]
    readings = read_archive(paths, rules, styles, progress=lambda done: progress("Reading names", done, len(paths)))
    for at, reading in zip(photos, readings, strict=True):
        found[at] = replace(found[at], reading=reading)
    for at, measures in typed.items():
        named = found[at].reading
        figures = seen.figures(found[at].sha256, named.style if named else None)
        found[at] = replace(found[at], quality=_quality(measures, rules, figures))
    return found


def _quality(measures: Measures, rules: Rules, seen: Mapping[str, float] | None) -> tuple[Verdict, tuple[Reason, ...]]:
    told = judge_quality(measures, rules.quality, seen=seen, limits=load_limits())
    return told.verdict, told.reasons
