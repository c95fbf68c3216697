"""What people decided: stored with who and when, found by what it was about, never asked again.

A page that asks first looks here. Answering again replaces the answer; both stay in the table. What one person answers
in one go has one moment: that is how a whole act is found and taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from parure.curate.values import Decision
from parure.errors import Conflict, NotFound
from parure.web.archive.models import PersonDecision
from parure.web.archive.rows import key_of

__all__ = [
    "Act",
    "acts",
    "changes",
    "decide",
    "decide_open",
    "decided",
    "decisions",
    "state_of",
    "take_back",
    "undecided",
    "withdraw",
]

_CHUNK = 500


@dataclass(frozen=True)
class Act:
    """`count` answers that one person gave in one go and that still hold; `last` is one of them."""

    number: int
    count: int
    last: Decision


def decide(decision: Decision, *, user: int | None = None, seen: float | None = None) -> Decision:
    """Store an answer instead of an earlier one; the same answer again changes nothing. `user` is the author's number.

    `decision.by` is kept as the name to show; `decision.at` is set here. With `seen`, the moment of the answer that the
    person had before their eyes (0: none), no other answer is replaced. Raises `Conflict`.
    """
    if not decision.subjects:
        raise ValueError(f"A decision of kind {decision.kind!r} has to be about something.")
    try:
        return _decide(decision, user, seen)
    except IntegrityError as error:
        raise Conflict("Somebody else has decided this a moment ago. Look at it again.") from error


@transaction.atomic
def _decide(decision: Decision, user: int | None, seen: float | None) -> Decision:
    subjects = sorted(set(decision.subjects))
    before = _in_force(decision.kind, subjects).select_for_update().first()
    if before is not None and (before.choice, before.value) == (decision.choice, decision.value):
        return _value(before)
    if seen is not None and seen != (before.decided_at.timestamp() if before else 0):
        who = before.actor if before else "Somebody"
        raise Conflict(
            f"{who} has {'decided this' if before else 'taken the answer back'} meanwhile. Look at it again."
        )
    if before is not None:
        PersonDecision.objects.filter(pk=before.pk).update(replaced_at=timezone.now())
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


def decide_open(answers: Collection[Decision], *, user: int | None = None) -> int:
    """Store answers to questions nobody has answered, as one act; the others stay as they are. Returns how many."""
    now = timezone.now()
    rows = [
        PersonDecision(
            key=_key(each.kind, sorted(set(each.subjects))),
            kind=each.kind,
            subjects=sorted(set(each.subjects)),
            choice=each.choice,
            value=each.value,
            author_id=user,
            actor=each.by,
            decided_at=now,
        )
        for each in answers
    ]
    with transaction.atomic():
        PersonDecision.objects.bulk_create(rows, batch_size=_CHUNK, ignore_conflicts=True)
    return PersonDecision.objects.filter(author_id=user, decided_at=now, replaced_at=None).count()


def acts(*, user: int | None = None, most: int = 50) -> list[Act]:
    """What was answered last and still holds, newest first; of everybody, or of one person."""
    rows = PersonDecision.objects.filter(replaced_at=None, **({} if user is None else {"author_id": user}))
    grouped = rows.values("author_id", "decided_at").annotate(number=Max("pk"), count=Count("pk"))
    found = list(grouped.order_by("-number").values_list("number", "count")[:most])
    last = PersonDecision.objects.in_bulk([number for number, _ in found])
    return [Act(number, count, _value(last[number])) for number, count in found if number in last]


def take_back(number: int, *, user: int) -> tuple[Decision, ...]:
    """Open all questions again that an act of this person answered. Raises `NotFound`."""
    row = PersonDecision.objects.filter(pk=number, author_id=user).first()
    if row is None:
        raise NotFound("You have decided nothing of the kind, so there is nothing to take back.")
    with transaction.atomic():
        held = PersonDecision.objects.filter(author_id=user, decided_at=row.decided_at, replaced_at=None)
        taken = list(held.select_for_update().order_by("pk"))
        PersonDecision.objects.filter(author_id=user, decided_at=row.decided_at, replaced_at=None).update(
            replaced_at=timezone.now()
        )
    if not taken:
        raise NotFound("This was taken back or decided anew already.")
    return tuple(map(_value, taken))


def state_of() -> tuple[object, int]:
    """Changes whenever an answer is given, replaced or taken back; the second part is how many are in force."""
    last = PersonDecision.objects.order_by("-pk").values_list("pk", "decided_at").first()
    return last, PersonDecision.objects.filter(replaced_at=None).count()


def changes(since: datetime | None) -> Iterator[tuple[int, Decision, bool]]:
    """Number, answer, and whether it is in force, of all that was given or replaced since then; None: all in force."""
    rows = PersonDecision.objects.all()
    if since is None:
        rows = rows.filter(replaced_at=None)
    else:
        rows = rows.filter(Q(decided_at__gte=since) | Q(replaced_at__gte=since))
    for row in rows.order_by("pk").iterator(chunk_size=1000):
        yield row.pk, _value(row), row.replaced_at is None


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
