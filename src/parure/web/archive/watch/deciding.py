"""Files that wait for an outcome -> their outcomes: the steps of an archive, for these files alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parure import settings
from parure.curate.duplicates import Duplicates, find_duplicates
from parure.curate.duplicates_known import KnownCopy, find_known
from parure.curate.duplicates_memory import SearchMemory
from parure.curate.journal import FOLDER
from parure.curate.judging import judge_archive
from parure.curate.judging_decisions import KINDS, Decided
from parure.curate.judging_evidence import Evidence, SeenPhotos, gather
from parure.curate.judging_styles import StyleBook
from parure.curate.names_styles import StyleIndex
from parure.curate.planning import Scheme
from parure.curate.policy import Policy
from parure.curate.quality import quality_facts
from parure.curate.quality_words import Facts
from parure.curate.rules import Rules
from parure.curate.sources_disk import FolderSource
from parure.curate.template import Template
from parure.curate.template_safe import collision_key
from parure.curate.values import Scanned
from parure.curate.watching import Context, Outcome, outcomes
from parure.errors import ImageReason
from parure.vision.analysis import Analyser
from parure.web.archive.decisions import decisions
from parure.web.archive.facts import facts
from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.rows import to_scanned
from parure.web.archive.search_memory import KeptMemory
from parure.web.archive.sights import sights
from parure.web.archive.watch.items import asked_paths, content_of, outcomes_of, reserved
from parure.web.archive.watch.known import Library

__all__ = ["Deciding", "Progress", "WatchOrder", "pending"]

_CHUNK = 500
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class WatchOrder:
    """`target` is absolute. `settle`: seconds that a file has to lie still. `jobs`: reading processes.

    With an `analyser` every new photo is looked at by it, so that rules may ask for `not_jewellery` and `wrong_type`.
    """

    source: FolderSource
    target: Path
    policy: Policy
    rules: Rules
    styles: StyleBook
    template: Template
    settle: float
    jobs: int
    rules_file: Path | None = None
    analyser: Analyser | None = None


def pending(archive: Archive, root: Path) -> list[Scanned]:
    """New, or queued until now. What only seems unreadable because its disk has gone waits for the next look."""
    held = outcomes_of(archive)
    columns = ("key", "sha256", "size", "modified", "refusal")
    present = ArchiveFile.objects.filter(archive=archive, gone_at=None).values_list(*columns)
    keys = [
        key
        for key, *told in present.iterator(chunk_size=2000)
        if (before := held.get((key, content_of(*told)))) is None or before.outcome == "queued"
    ]
    files = sorted(_scanned(archive, keys), key=lambda file: file.path)
    return [file for file in files if not _is_lost(file, root)]


def _is_lost(file: Scanned, root: Path) -> bool:
    unreadable = file.refusal is not None and file.refusal.code == ImageReason.UNREADABLE
    return unreadable and not os.path.lexists(root / file.path)


def _scanned(archive: Archive, keys: Sequence[str]) -> Iterator[Scanned]:
    for start in range(0, len(keys), _CHUNK):
        rows = ArchiveFile.objects.filter(archive=archive, gone_at=None, key__in=keys[start : start + _CHUNK])
        yield from map(to_scanned, rows)


@dataclass
class Deciding:
    archive: Archive
    order: WatchOrder
    library: Library
    progress: Progress

    def outcomes(self, files: Sequence[Scanned]) -> tuple[list[tuple[Scanned, Outcome]], Duplicates]:
        """Of each file, and the duplicates among them."""
        order, by_path = self.order, {file.path: file for file in files}
        decided = Decided(each for kind in KINDS for each in decisions(kind))
        kept = KeptMemory.of(f"{self.archive.key}.watch")
        copies = self._copies(files, decided, kept.memory)
        repeats = find_duplicates(
            files,
            lambda path: self.library.picture(by_path[path]),
            memory=kept.memory,
            threads=settings.get().cores,
            progress=self._step("Comparing photos"),
        )
        kept.finish()
        seen = SeenPhotos(sights(self.archive), order.styles.types, decided.assigned)
        evidence = self._evidence(by_path, seen)
        scheme = Scheme(order.template, order.styles.categories, {}, _taken(order.target))
        context = Context(
            order.policy,
            scheme,
            decided,
            copies,
            {path: facts for path, file in by_path.items() if (facts := self._facts(file, evidence[path], seen))},
            asked_paths(self.archive),
        )
        found = outcomes(judge_archive(evidence.values(), repeats, decided), context)
        return [(by_path[each.entry.source], each) for each in found], repeats

    def _evidence(self, paths: Collection[str], seen: SeenPhotos) -> dict[str, Evidence]:
        """By path. Names are read beside all others of the folder, since neighbours tell what a name means."""
        index = StyleIndex(self.order.styles.styles, self.order.rules.normalise)
        found = gather(facts(self.archive), self.order.rules, index, seen=seen, progress=self.progress)
        return {each.path: each for each in found if each.path in paths}

    def _facts(self, file: Scanned, evidence: Evidence, seen: SeenPhotos) -> Facts | None:
        if file.measures is None:
            return None
        style = evidence.reading.style if evidence.reading else None
        figures = seen.figures(evidence.sha256, style)
        return quality_facts(file.measures, self.order.rules.quality, seen=figures)

    def _copies(self, files: Sequence[Scanned], decided: Decided, memory: SearchMemory) -> dict[str, KnownCopy]:
        known = self.library.photos(jobs=self.order.jobs, progress=self._step("Reading the catalogue"))
        step = self._step("Looking for copies")
        return find_known(
            files,
            known,
            self.library.picture,
            apart=lambda one, other: bool(decided.settle((one, other)).alone),
            memory=memory,
            progress=lambda done: step(done, len(files)),
        )

    def _step(self, name: str) -> Callable[[int, int], None]:
        return lambda done, total: self.progress(name, done, total)


def _taken(target: Path) -> set[str]:
    """Names that are given or in use below the target, folders too, as no two of them may differ by case alone."""
    taken = {collision_key(each) for each in reserved(target)}
    for folder, folders, files in os.walk(target):
        if Path(folder) == target:
            folders[:] = [name for name in folders if name != FOLDER]
        below = os.path.relpath(folder, target)
        taken |= {collision_key(name if below == "." else f"{below}/{name}") for name in (*folders, *files)}
    return taken
