"""Making the list of an archive: in a process of its own, since it takes minutes and every bit of a core.

One at a time for each archive, whoever asks. How far it is stands in a file, for whichever process answers the page;
that somebody works at it is told by a lock, which a killed process leaves behind as little as its memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from parure import settings
from parure.curate import KnownStyle, default_rules, read_rules
from parure.curate.duplicates import Duplicates
from parure.curate.judging_decisions import Decided
from parure.curate.judging_evidence import SeenPhotos
from parure.curate.sources import open_source
from parure.errors import Busy, ParureError
from parure.locks import FileLock
from parure.web.archive.decisions import decisions
from parure.web.archive.facts import facts
from parure.web.archive.groups import duplicates_of
from parure.web.archive.models import Archive
from parure.web.archive.review.services.finding import Progress, find
from parure.web.archive.review.services.findings import Fault, Findings
from parure.web.archive.review.services.store import (
    folder_of,
    keep_findings,
    ordered_rules,
    ordered_styles,
    ordered_types,
    write_whole,
)
from parure.web.archive.sights import sights
from parure.web.archive.watch.items import is_handled, questions
from parure.web.catalogue.models import Product
from parure.web.catalogue.photos import limits

__all__ = ["Work", "prepare", "prepare_from", "start", "work_on"]

_EVERY_S = 1.0
_STARTING_S = 30.0  # a process may take so long until it holds the lock


@dataclass(frozen=True)
class Work:
    """What is done now, or why it stopped. `error` is a sentence."""

    step: str = ""
    done: int = 0
    total: int = 0
    error: str = ""
    at: float = 0.0

    @property
    def running(self) -> bool:
        return not self.error


def prepare(archive: Archive, progress: Progress = lambda step, done, total: None) -> Findings:
    """Make the list now, in this process. Raises `Busy`, `MissingExtra`, `IntakeError` or `StorageFull`.

    Of a watched archive only what waits for a person is asked about.
    """
    return _prepare(archive, progress, lambda tell: _duplicates(archive, tell))


def prepare_from(archive: Archive, duplicates: Duplicates) -> Findings:
    """The same, of duplicates that are known. Raises `Busy` or `StorageFull`."""
    return _prepare(archive, lambda step, done, total: None, lambda tell: duplicates)


def _prepare(archive: Archive, progress: Progress, duplicates: Callable[[Progress], Duplicates]) -> Findings:
    lock = FileLock(folder_of(archive) / "lock")
    holder = lock.acquire()
    if holder is not None:
        raise Busy(f"{holder} makes the review list of {archive.location} already.")
    try:
        telling = _Telling(archive, progress)
        findings = _findings(archive, duplicates(telling), telling)
        keep_findings(archive, findings)
        (folder_of(archive) / "work.json").unlink(missing_ok=True)
        return findings
    except Exception as error:
        told = str(error) if isinstance(error, ParureError) else f"{type(error).__name__}: {error}"
        _tell(archive, Work(error=f"The list could not be made. {told}", at=time.time()))
        raise
    finally:
        lock.release()


def start(archive: Archive) -> None:
    """Make the list in another process. Does nothing while one is at it."""
    work = work_on(archive)
    if work is not None and work.running:
        return
    _tell(archive, Work("Starting", at=time.time()))
    process = subprocess.Popen(
        [sys.executable, "-m", "parure.web.archive.review", str(archive.pk)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PARURE_DATA": str(settings.get().data),
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    threading.Thread(target=process.wait, name="review list", daemon=True).start()  # else it stays as a zombie


def work_on(archive: Archive) -> Work | None:
    """None when nothing is under way and nothing failed."""
    try:
        told = json.loads((folder_of(archive) / "work.json").read_text(encoding="utf-8"))
        work = Work(**told)
    except (OSError, ValueError, TypeError):
        return None
    if work.error or time.time() - work.at < _STARTING_S or _held(archive):
        return work
    return Work(error="The program that made the list was stopped. Start it again.")


def _held(archive: Archive) -> bool:
    lock = FileLock(folder_of(archive) / "lock")
    held = lock.acquire() is not None
    lock.release()
    return held


def _tell(archive: Archive, work: Work) -> None:
    write_whole(folder_of(archive) / "work.json", json.dumps(asdict(work)))


class _Telling:
    """Passes progress on, and writes it down now and then."""

    def __init__(self, archive: Archive, progress: Progress) -> None:
        self._archive, self._progress, self._told = archive, progress, 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        self._progress(step, done, total)
        now = time.time()
        if now - self._told > _EVERY_S:
            self._told = now
            _tell(self._archive, Work(step, done, total, at=now))


def _duplicates(archive: Archive, progress: Progress) -> Duplicates:
    """Found once for every state of the archive, and shared with `parure curate plan`."""
    return duplicates_of(
        archive,
        lambda: open_source(archive.location),
        limits(),
        progress=lambda done, total: progress("Comparing photos", done, total),
    )


def _findings(archive: Archive, duplicates: Duplicates, progress: Progress) -> Findings:
    ordered = ordered_rules(archive)
    handled = is_handled(archive)
    return find(
        (file for file in facts(archive) if not handled(file)),
        duplicates,
        rules=read_rules(ordered) if ordered else default_rules(),
        styles=_styles(archive),
        scanned_at=archive.scanned_at.isoformat() if archive.scanned_at else "",
        progress=progress,
        seen=SeenPhotos(sights(archive), ordered_types(archive), _assigned()),
        asked={content: Fault(rule, detail) for content, (rule, detail) in questions(archive).items()},
    )


def _assigned() -> dict[str, str]:
    return Decided(decisions("style")).assigned


def _styles(archive: Archive) -> tuple[KnownStyle, ...]:
    """Those of the catalogue, and those of the sheet the list was ordered with, which says more of each."""
    ordered = {style.code: style for style in ordered_styles(archive)}
    codes = Product.objects.filter(deleted_at=None).order_by("style_code").values_list("style_code", flat=True)
    return (*ordered.values(), *(KnownStyle(code) for code in codes if code not in ordered))
