"""One look into a watched folder, from listing to log. It can be killed anywhere, and begins by what it finds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from parure.curate.duplicates import Duplicates
from parure.curate.scan_looks import usual_looks
from parure.curate.stillness import Look, Mark, Seen, Stillness
from parure.curate.values import Scanned
from parure.curate.watching import Outcome
from parure.errors import Busy, StorageFull
from parure.web.archive.archives import ScanOrder, scan_archive
from parure.web.archive.decisions import state_of
from parure.web.archive.memory import DatabaseMemory
from parure.web.archive.models import Archive
from parure.web.archive.review.services.preparing import prepare_from
from parure.web.archive.review.services.store import keep_order
from parure.web.archive.rows import key_of
from parure.web.archive.sights import see_archive
from parure.web.archive.watch.applying import finish_batches
from parure.web.archive.watch.deciding import Deciding, Progress, WatchOrder, pending
from parure.web.archive.watch.items import Told, imagined, remember
from parure.web.archive.watch.known import Library
from parure.web.catalogue.photos import limits

__all__ = ["Stopped", "Watcher"]

_FEW = 32  # new files that are read without starting processes
_LOOK_AGAIN_S = 300.0  # what could not be opened may be open by now, which no listing shows
_NOTHING = Look((), (), news=False)


class Stopped(Exception):
    """Somebody wants the watcher to end. The next one goes on with what was begun."""


@dataclass
class Watcher:
    """`tell` gets outcomes, and sentences about what keeps something from being done. `seen` is the last look."""

    order: WatchOrder
    tell: Callable[[Told | str], None]
    stop: threading.Event
    progress: Progress = lambda step, done, total: None
    archive: Archive = field(init=False)
    seen: Look = _NOTHING
    _stillness: Stillness = field(init=False)
    _library: Library = field(init=False)
    _unscanned: bool = True
    _unjudged: bool = True
    _answers: object = None
    _scanned_at: float = 0.0
    _said: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        source, order = self.order.source, self.order
        key = key_of(source.location)
        self.archive, _ = Archive.objects.get_or_create(key=key, defaults={"location": source.location})
        self._stillness = Stillness(order.settle, _marks(self.archive))
        self._library = Library(self.archive, source, source.root, order.target)
        keep_order(self.archive, order.rules_file, order.styles)

    def step(self) -> None:
        """Look once, and do all that can be done. Raises `Stopped`, or a `ParureError` that says what is in the way."""
        self._finish()
        self.look()
        if self._unscanned or time.monotonic() - self._scanned_at > _LOOK_AGAIN_S:
            self._scan()
        answers = state_of()
        if self._unjudged or answers != self._answers:
            repeats = self._judge()
            self._unjudged, self._answers = False, answers
            self._list_questions(repeats)
            self._finish()

    def preview(self) -> list[Told]:
        """What `step` would tell of the photos that are there now. Nothing is decided, put anywhere or logged."""
        self.look()
        self._scan()
        return [imagined(file, outcome, self.order.target) for file, outcome in self._decided()[0]]

    def look(self) -> None:
        """Only see which files there are, and which lie still."""
        self.seen = self._stillness.look(self.order.source.listing())
        self._unscanned = self._unscanned or self.seen.news

    def _scan(self) -> None:
        known = sum(not each.gone for each in DatabaseMemory(self.archive).known().values())
        jobs = 0 if len(self.seen.still) - known <= _FEW else self.order.jobs
        source = Seen(self.order.source, self.seen.still)
        report = scan_archive(source, usual_looks(limits()), ScanOrder(jobs), progress=self._step("Reading"))
        self.archive.refresh_from_db()
        if self.order.analyser is not None:
            see_archive(
                self.archive, source, self.order.analyser, limits(), progress=self._step("Looking with the model")
            )
        self._unjudged = self._unjudged or self._unscanned or report.read > 0
        self._unscanned, self._scanned_at = False, time.monotonic()

    def _judge(self) -> Duplicates:
        decided, repeats = self._decided()
        self._check_stop()
        for told in remember(self.archive, decided, self.order.target):
            self._tell(told)
        return repeats

    def _decided(self) -> tuple[list[tuple[Scanned, Outcome]], Duplicates]:
        files = pending(self.archive, self.order.source.root)
        if not files:
            return [], Duplicates(())
        found = Deciding(self.archive, self.order, self._library, self._told).outcomes(files)
        for place in sorted(self._library.unreachable):
            self._tell(f"{place} is out of reach, so photos were compared with its files by their bytes alone.")
        return found

    def _finish(self) -> None:
        root = self.order.source.root
        if finish_batches(self.archive, root, self._tell, progress=self._step("Copying")):
            self._unjudged = True

    def _list_questions(self, repeats: Duplicates) -> None:
        """For the pages of the review. Photos are handled, whether there is a list of what is left or not."""
        try:
            prepare_from(self.archive, repeats)
        except (Busy, StorageFull) as error:
            self._tell(f"The review list is not up to date. {error}")

    def _step(self, name: str) -> Callable[[int, int], None]:
        return lambda done, total: self._told(name, done, total)

    def _told(self, step: str, done: int, total: int) -> None:
        self._check_stop()
        self.progress(step, done, total)

    def _tell(self, what: Told | str) -> None:
        """A sentence is told once: what is in the way now is in the way at the next look too."""
        if isinstance(what, str):
            if what in self._said:
                return
            self._said.add(what)
        self.tell(what)

    def _check_stop(self) -> None:
        if self.stop.is_set():
            raise Stopped


def _marks(archive: Archive) -> dict[str, Mark]:
    """What was still when it was scanned, and lies there as it was, need not be waited for."""
    known = DatabaseMemory(archive).known()
    return {path: (each.size, each.stamp) for path, each in known.items() if not each.gone}
