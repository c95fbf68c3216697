"""What people decided: stored with who and when, found by what it was about, never asked again.

A page that asks first looks here. Answering again replaces the answer; both stay in the table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from parure.curate.values import Decision
from parure.errors import Conflict, NotFound
from parure.web.archive.models import PersonDecision
from parure.web.archive.rows import key_of

__all__ = ["decide", "decided", "decisions", "undecided", "withdraw"]


def decide(decision: Decision, *, user: int | None = None) -> Decision:
    """Store an answer instead of an earlier one; the same answer again changes nothing. `user` is the author's number.

    `decision.by` is kept as the name to show; `decision.at` is set here. Raises `Conflict`.
    """
    if not decision.subjects:
        raise ValueError(f"A decision of kind {decision.kind!r} has to be about something.")
    try:
        return _decide(decision, user)
    except IntegrityError as error:
        raise Conflict("Somebody else has decided this a moment ago. Look at it again.") from error


@transaction.atomic
def _decide(decision: Decision, user: int | None) -> Decision:
    subjects = sorted(set(decision.subjects))
    before = _in_force(decision.kind, subjects).select_for_update().first()
    if before is not None and (before.choice, before.value) == (decision.choice, decision.value):
        return _value(before)
    _in_force(decision.kind, subjects).update(replaced_at=timezone.now())
    row = PersonDecision.objects.create(
        key=_key(decision.kind, subjects),
        kind=decision.kind,
        subjects=subjects,
        choice=decision.choice,
        value=decision.value,
        author_id=user,
        actor=decision.by,
    )
    return _value(row)


def withdraw(kind: str, subjects: Collection[str]) -> None:
    """Take an answer back, so that the question is open again. Raises `NotFound`."""
    if not _in_force(kind, sorted(set(subjects))).update(replaced_at=timezone.now()):
        raise NotFound("Nothing was decided about these photos, so there is nothing to take back.")


def decided(kind: str, subjects: Collection[str]) -> Decision | None:
    """The answer in force about exactly these contents, in any order."""
    row = _in_force(kind, sorted(set(subjects))).first()
    return None if row is None else _value(row)


def decisions(kind: str) -> Iterator[Decision]:
    """Every answer in force to this kind of question, oldest first."""
    rows = PersonDecision.objects.filter(kind=kind, replaced_at=None).order_by("pk")
    yield from map(_value, rows.iterator(chunk_size=1000))


def undecided(kind: str, questions: Collection[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those of the questions, each the contents it is about, that nobody has answered; in their order."""
    rows = PersonDecision.objects.filter(kind=kind, replaced_at=None).values_list("key", flat=True)
    answered = set(rows.iterator(chunk_size=2000))
    return [subjects for subjects in questions if _key(kind, sorted(set(subjects))) not in answered]


def _in_force(kind: str, subjects: list[str]) -> QuerySet[PersonDecision]:
    return PersonDecision.objects.filter(key=_key(kind, subjects), replaced_at=None)


def _key(kind: str, subjects: list[str]) -> str:
    return key_of("\0".join((kind, *subjects)))


def _value(row: PersonDecision) -> Decision:
    return Decision(row.kind, tuple(row.subjects), row.choice, row.value, row.actor, row.decided_at.timestamp())
