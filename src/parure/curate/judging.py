"""All evidence on one file -> one verdict, never without a reason.

People's decisions stand above everything. Then, in this order: what could not be read, copies of a better file, names
that say "unusable", rules of quality, and names that do not tell one style. The first reason is the one that decided.

A file that is no usable picture is rejected if nothing can be done about it, and left to a person if something can: a
limit raised, a permission given, an export made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parure.curate.duplicates import Duplicates
from parure.curate.judging_decisions import Decided, decided_reason
from parure.curate.judging_evidence import Evidence
from parure.curate.judging_families import Family, families
from parure.curate.judging_names import Named, name_of
from parure.curate.values import Decision, Judgement, Reason, Verdict
from parure.errors import ImageReason

__all__ = ["BEYOND_REPAIR", "Judged", "judge_archive"]

BEYOND_REPAIR = frozenset(
    {ImageReason.EMPTY, ImageReason.TRUNCATED, ImageReason.CORRUPT, ImageReason.NOT_AN_IMAGE, ImageReason.TOO_SMALL}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what a name can be made of."""

    judgement: Judgement
    sha256: str
    format: str | None
    name: Named


def judge_archive(files: Iterable[Evidence], duplicates: Duplicates, decided: Decided) -> list[Judged]:
    """One for each file, in the order of paths."""
    gone = dict(duplicates.unseen)
    there, judged = [], []
    for file in files:
        if file.refusal is not None:
            judged.append(_refused(file, file.refusal))
        elif file.path in gone:
            lost = Reason("gone_since_scan", gone[file.path].detail)
            judged.append(_judged(file, Verdict.REVIEW, (lost,), Named(())))
        else:
            there.append(file)
    for family in families(there, duplicates, decided):
        judged += _family(family, decided)
    return sorted(judged, key=lambda each: each.judgement.path)


def _refused(file: Evidence, refusal: Reason) -> Judged:
    hopeless = refusal.code in BEYOND_REPAIR and file.sha256
    return _judged(file, Verdict.REJECT if hopeless else Verdict.REVIEW, (refusal,), Named(()))


def _family(family: Family, decided: Decided) -> Iterator[Judged]:
    name = name_of(family, decided)
    if name.disagree:
        yield from (_judged(file, Verdict.REVIEW, name.reasons, name) for file in family.files)
        return
    verdict, reasons = _alone(family.head, name, decided)
    yield _judged(family.head, verdict, (*reasons, *family.notes), name)
    for repeat in family.repeats:
        judgement = Judgement(repeat.file.path, Verdict.DUPLICATE, repeat.reasons, family.head.path)
        yield Judged(judgement, repeat.file.sha256, repeat.file.format, name)


def _alone(file: Evidence, name: Named, decided: Decided) -> tuple[Verdict, tuple[Reason, ...]]:
    told = decided.about("quality", file.sha256)
    kept = told is not None and told.choice == "keep"
    if (reasons := _why_rejected(file, name, told)) is not None:
        return Verdict.REJECT, reasons
    doubts = () if kept or file.quality is None or file.quality[0] is Verdict.KEEP else file.quality[1]
    if doubts or name.style is None:
        return Verdict.REVIEW, (*doubts, *name.reasons)
    return Verdict.KEEP, (*name.reasons, *((decided_reason(told, "it is good enough"),) if told and kept else ()))


def _why_rejected(file: Evidence, name: Named, told: Decision | None) -> tuple[Reason, ...] | None:
    if told is not None and told.choice == "reject":
        return (decided_reason(told, "it is not good enough"),)
    if name.none:
        return name.reasons
    if told is not None:
        return None
    if file.unusable:
        return (Reason("unusable_name", "A word in its name marks it as unfit for the catalogue."),)
    if file.quality is not None and file.quality[0] is Verdict.REJECT:
        return file.quality[1]
    return None


def _judged(file: Evidence, verdict: Verdict, reasons: tuple[Reason, ...], name: Named) -> Judged:
    return Judged(Judgement(file.path, verdict, reasons), file.sha256, file.format, name)
