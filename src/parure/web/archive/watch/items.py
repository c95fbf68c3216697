"""What a watcher decided of which file, as rows, and the events that tell it.

A decision is written before any file is touched, with the plan's line, so that the plan of a batch can be written again
to the byte and apply goes on where it was killed. The event is written with the row that says "settled", in one
transaction: once, whatever happens in between.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from parure.curate.plan import shown
from parure.curate.policy import Ruling
from parure.curate.values import PlanEntry, Scanned
from parure.curate.watching import Outcome
from parure.web.archive.models import Archive, ArchiveFile, WatchedFile
from parure.web.archive.rows import key_of
from parure.web.catalogue.models import Event

__all__ = [
    "Told",
    "asked_paths",
    "content_of",
    "imagined",
    "is_handled",
    "open_batches",
    "outcomes_of",
    "questions",
    "remember",
    "reopen",
    "reserved",
    "settle",
    "told_before",
    "void",
    "waiting",
]

ACTOR = "watch"
_CHUNK = 500
_WORDS = {Ruling.APPROVE: "approved", Ruling.REJECT: "rejected", Ruling.QUEUE: "queued"}


@dataclass(frozen=True)
class Told:
    """One outcome, for a person. `target` is empty for what stays; `rule` is the rule of the policy that decided."""

    outcome: str  # approved, rejected, queued
    path: str
    target: str
    rule: str
    reason: str
    detail: str
    at: datetime


def content_of(sha256: str, size: int, modified: float, refusal: str) -> str:
    """What tells a file from another that may lie at the same path later."""
    return sha256 or f"{size}:{modified!r}:{refusal}"[:100]


def outcomes_of(archive: Archive) -> dict[tuple[str, str], WatchedFile]:
    """By key of the path and content."""
    rows = WatchedFile.objects.filter(archive=archive).defer("line", "detail")
    return {(row.key, row.content): row for row in rows.iterator(chunk_size=2000)}


def waiting(archive: Archive) -> list[WatchedFile]:
    """Queued, and still there as they were."""
    there = ArchiveFile.objects.filter(archive=archive, key=OuterRef("key"), gone_at=None)
    rows = WatchedFile.objects.filter(archive=archive, outcome="queued").filter(Exists(there)).order_by("path", "pk")
    latest = {row.key: row for row in rows}  # an earlier content of the path is no longer asked about
    return list(latest.values())


def asked_paths(archive: Archive) -> set[str]:
    """Queued by the policy alone, so that a person was asked about them in its name."""
    rows = WatchedFile.objects.filter(archive=archive, outcome="queued", asks=True)
    return {PlanEntry.from_line(line, where=path).source for line, path in rows.values_list("line", "path")}


def questions(archive: Archive) -> dict[str, tuple[str, str]]:
    """Rule and sentence by content, of photos of which a person is asked in the policy's name."""
    rows = WatchedFile.objects.filter(archive=archive, outcome="queued", asks=True)
    return {content: (rule, detail) for content, rule, detail in rows.values_list("content", "rule", "detail")}


def is_handled(archive: Archive) -> Callable[[Scanned], bool]:
    """Whether nothing is left to be decided of a file, as it is now."""
    rows = WatchedFile.objects.filter(archive=archive).exclude(outcome="queued").values_list("key", "content")
    handled = set(rows.iterator(chunk_size=2000))

    def told(file: Scanned) -> bool:
        return bool(handled) and (key_of(file.path), _content(file)) in handled

    return told


def _content(file: Scanned) -> str:
    refusal = str(file.refusal.code) if file.refusal else ""
    return content_of(file.fingerprints.sha256, file.size, file.modified, refusal)


def reserved(root: Path) -> set[str]:
    """Targets below this folder that were given to a photo, put there or not yet."""
    rows = WatchedFile.objects.filter(root=shown(str(root))).exclude(target="").values_list("target", flat=True)
    return set(rows)


@transaction.atomic
def remember(archive: Archive, files: Sequence[tuple[Scanned, Outcome]], root: Path) -> tuple[Told, ...]:
    """Write down what was decided. What needs no file touched is settled and told at once."""
    if not files:
        return ()
    before = outcomes_of(archive)
    batch = secrets.token_hex(8)
    rows = [_row(archive, file, outcome, batch, root) for file, outcome in files]
    changed = [row for row in rows if not _same(before.get((row.key, row.content)), row)]
    WatchedFile.objects.bulk_create(
        changed,
        batch_size=_CHUNK,
        update_conflicts=True,
        unique_fields=["archive", "key", "content"],
        update_fields=[
            "outcome", "rule", "reason", "detail", "asks", "line", "root", "target", "batch", "run", "decided_at",
            "settled_at",
        ],
    )  # fmt: skip
    _forget_older(archive, changed)
    return _log(archive, [row for row in changed if row.settled_at is not None])


def imagined(file: Scanned, outcome: Outcome, root: Path) -> Told:
    """An outcome that nothing is made of."""
    target = f"{shown(str(root))}/{shown(outcome.target)}" if outcome.target else ""
    reason = outcome.reason
    return Told(
        _WORDS[outcome.ruling], shown(file.path), target, outcome.rule, reason.code, reason.detail, timezone.now()
    )


def _row(archive: Archive, file: Scanned, outcome: Outcome, batch: str, root: Path) -> WatchedFile:
    target = outcome.target
    now = timezone.now()
    return WatchedFile(
        archive=archive,
        key=key_of(file.path),
        path=_storable(file.path),
        content=_content(file),
        outcome=_WORDS[outcome.ruling],
        rule=outcome.rule[:100],
        reason=str(outcome.reason.code)[:100],
        detail=_storable(outcome.reason.detail),
        asks=outcome.asks,
        line=_storable(outcome.entry.to_line()),
        root=shown(str(root)) if target else "",
        target=_storable(target or ""),
        batch=batch if target else "",
        decided_at=now,
        settled_at=None if target else now,
    )


def _same(before: WatchedFile | None, now: WatchedFile) -> bool:
    """Still queued for the same reason: nothing to tell."""
    return before is not None and (before.outcome, before.rule, before.reason) == (now.outcome, now.rule, now.reason)


def _forget_older(archive: Archive, rows: Iterable[WatchedFile]) -> None:
    """A question about an earlier content of the same path is void."""
    for row in rows:
        older = WatchedFile.objects.filter(archive=archive, key=row.key, outcome="queued")
        older.exclude(content=row.content).delete()


def open_batches(archive: Archive) -> list[list[WatchedFile]]:
    """Decided, and not all of it settled: every line of each batch, in the order of its plan."""
    names = WatchedFile.objects.filter(archive=archive, settled_at=None).exclude(batch="")
    batches = sorted(set(names.values_list("batch", flat=True)))
    rows = WatchedFile.objects.filter(archive=archive, batch__in=batches).order_by("pk")
    found: dict[str, list[WatchedFile]] = {batch: [] for batch in batches}
    for row in rows:
        found[row.batch].append(row)
    return list(found.values())


@transaction.atomic
def settle(archive: Archive, rows: Sequence[WatchedFile], run: str) -> tuple[Told, ...]:
    """These lie where they shall: say so, once, in the rows and in the log."""
    fresh = [row for row in rows if row.settled_at is None]
    now = timezone.now()
    WatchedFile.objects.filter(pk__in=[row.pk for row in fresh], settled_at=None).update(settled_at=now, run=run)
    for row in fresh:
        row.settled_at, row.run = now, run
    return _log(archive, fresh)


def void(rows: Collection[WatchedFile]) -> None:
    """What was decided cannot be done any more, as the file or its place has changed: it is decided anew."""
    held = WatchedFile.objects.filter(pk__in=[row.pk for row in rows])
    held.update(outcome="queued", rule="", reason="", batch="", target="", settled_at=timezone.now())


@transaction.atomic
def reopen(archive: Archive, rows: Sequence[WatchedFile]) -> None:
    """Forget what was decided of these, so that it is decided anew; the log says so."""
    events = [Event(kind="watch.reopened", actor=ACTOR, data=_data(archive, row)) for row in rows]
    Event.objects.bulk_create(events, batch_size=_CHUNK)
    WatchedFile.objects.filter(pk__in=[row.pk for row in rows]).delete()


def told_before(archive: Archive, most: int) -> list[Told]:
    """The last outcomes of this source by the event log, the newest last."""
    rows = Event.objects.filter(kind__startswith="watch.", data__source=archive.location).order_by("-pk")[:most]
    return [_told(event) for event in reversed(rows)]


def _log(archive: Archive, rows: Sequence[WatchedFile]) -> tuple[Told, ...]:
    events = [Event(kind=f"watch.{row.outcome}", actor=ACTOR, data=_data(archive, row)) for row in rows]
    Event.objects.bulk_create(events, batch_size=_CHUNK)
    return tuple(map(_told, events))


def _data(archive: Archive, row: WatchedFile) -> dict[str, str]:
    entry = PlanEntry.from_line(row.line, where=row.path)
    return {
        "source": archive.location,
        "path": row.path,
        "sha256": entry.sha256,
        "rule": row.rule,
        "reason": row.reason,
        "detail": row.detail,
        "target": f"{row.root}/{row.target}" if row.target else "",
        "style_code": entry.style_code or "",
        "run": row.run,
    }


def _told(event: Event) -> Told:
    data = event.data
    outcome = event.kind.removeprefix("watch.")
    return Told(outcome, data["path"], data["target"], data["rule"], data["reason"], data["detail"], event.at)


def _storable(text: str) -> str:
    """Bytes that are no text as escapes, which JSON reads back; PostgreSQL has no zero character."""
    return shown(text).replace("\0", "\\x00")
