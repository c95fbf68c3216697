"""New photos, judged, and a policy -> what becomes of each, as lines of a plan that apply carries out.

Order of authority: a person's word, then what is known already (copies), then the policy. The policy may turn a
verdict, but it cannot approve what has no name to go by, and a name that clashes sends the photo to a person as in any
plan.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from parure.curate.duplicates import Tier
from parure.curate.duplicates_known import KnownCopy
from parure.curate.judging import Judged
from parure.curate.judging_decisions import Decided, decided_reason
from parure.curate.plan import QUARANTINE, destination, shown
from parure.curate.planning import Scheme, plan_entries
from parure.curate.policy import Case, Policy, Ruled, Ruling, rule_on
from parure.curate.quality_words import Facts
from parure.curate.template import Template
from parure.curate.template_safe import collision_key, cut
from parure.curate.values import Judgement, PlanEntry, Reason, Verdict

__all__ = ["PERSON", "Context", "Outcome", "outcomes"]

PERSON = "person"
_VERDICTS = {Ruling.APPROVE: Verdict.KEEP, Ruling.REJECT: Verdict.REJECT, Ruling.QUEUE: Verdict.REVIEW}
_LONGEST = 240  # bytes of a name that gets a number


@dataclass(frozen=True)
class Context:
    """What outcomes depend on beside the photos themselves.

    `copies` and `measured` by path. `asked` are paths of which a person was asked, in the policy's name, whether they
    are good enough. `scheme.taken` are names that others have, below the target, quarantine included.
    """

    policy: Policy
    scheme: Scheme
    decided: Decided
    copies: Mapping[str, KnownCopy] = field(default_factory=dict)
    measured: Mapping[str, Facts] = field(default_factory=dict)
    asked: Collection[str] = ()


@dataclass(frozen=True)
class Outcome:
    """`asks`: queued for a reason that is no open question of names or quality, so that one has to be put."""

    entry: PlanEntry
    ruling: Ruling
    rule: str
    reason: Reason
    asks: bool = False

    @property
    def target(self) -> str | None:
        """Where it goes, below the target; None: it stays. What was never read cannot be copied by its hash."""
        return destination(self.entry) if self.entry.sha256 else None


def outcomes(judged: Sequence[Judged], context: Context) -> list[Outcome]:
    """In the order of `judged`."""
    known = [_with_copy(each, context.copies.get(each.judgement.path)) for each in judged]
    ruled = [_ruled(each, context) for each in known]
    turned = [_turned(each, told) for each, told in zip(known, ruled, strict=True)]
    entries = plan_entries(turned, context.scheme)
    taken = set(context.scheme.taken)
    return [
        _outcome(_quarantined(entry, taken), before, told)
        for entry, before, told in zip(entries, known, ruled, strict=True)
    ]


def _with_copy(judged: Judged, copy: KnownCopy | None) -> Judged:
    """A copy of what is known, unless a person has rejected it anyway."""
    judgement = judged.judgement
    if copy is None or _rejected_by_person(judgement):
        return judged
    reasons = (_why(copy), *judgement.reasons)
    return replace(judged, judgement=Judgement(judgement.path, Verdict.DUPLICATE, reasons, copy.known.place))


def _why(copy: KnownCopy) -> Reason:
    place = shown(copy.known.place)
    if copy.comparison is None:
        return Reason(Tier.SAME_BYTES, f"The same bytes as {place}.")
    told = copy.comparison
    change = told.transform.words if told.transform is not None else "as it is"
    return Reason(Tier.SAME_PICTURE, f"The same picture as {place}: {change}, {100 * told.overlap:.0f} % shared.")


def _rejected_by_person(judgement: Judgement) -> bool:
    return judgement.verdict is Verdict.REJECT and judgement.reasons[0].code == "decided"


def _ruled(judged: Judged, context: Context) -> Ruled:
    ruled = _by_person(judged, context) or rule_on(_case(judged, context), context.policy)
    if ruled.ruling is not Ruling.APPROVE:
        return ruled
    if judged.format is None:
        why = Reason("cannot_read", f"Rule {ruled.rule} approves it, but it cannot be read.")
        return Ruled(Ruling.QUEUE, ruled.rule, why)
    if judged.name.style is None and _needs_style(context.scheme.template):
        why = Reason("cannot_name", f"Rule {ruled.rule} approves it, but nothing tells its style, so it has no name.")
        return Ruled(Ruling.QUEUE, ruled.rule, why)
    return ruled


def _by_person(judged: Judged, context: Context) -> Ruled | None:
    judgement = judged.judgement
    if _rejected_by_person(judgement):
        return Ruled(Ruling.REJECT, PERSON, judgement.reasons[0])
    told = context.decided.about("quality", judged.sha256)
    if told is None or not (judgement.verdict is Verdict.KEEP or judgement.path in context.asked):
        return None
    if told.choice == "reject":
        return Ruled(Ruling.REJECT, PERSON, decided_reason(told, "it is not good enough"))
    return Ruled(Ruling.APPROVE, PERSON, decided_reason(told, "it is good enough"))


def _needs_style(template: Template) -> bool:
    return template.uses("style_code") or template.uses("category")


def _case(judged: Judged, context: Context) -> Case:
    judgement = judged.judgement
    copy = context.copies.get(judgement.path)
    style = judged.name.style
    other = copy is not None and None not in (style, copy.known.style) and style != copy.known.style
    return Case(
        judgement.path,
        judgement.verdict,
        judgement.reasons,
        named=style is not None,
        larger=copy is not None and copy.larger,
        other_style=other,
        measured=context.measured.get(judgement.path),
    )


def _turned(judged: Judged, ruled: Ruled) -> Judged:
    """The verdict that the ruling amounts to. A rejected copy stays a duplicate, so that its plan names the other."""
    judgement = judged.judgement
    if ruled.ruling is Ruling.REJECT and judgement.verdict is Verdict.DUPLICATE:
        return judged
    others = tuple(each for each in judgement.reasons if each != ruled.reason)
    turned = Judgement(judgement.path, _VERDICTS[ruled.ruling], (ruled.reason, *others))
    return replace(judged, judgement=turned)


def _quarantined(entry: PlanEntry, taken: set[str]) -> PlanEntry:
    """Another name in the quarantine, if another content of this path lies there already."""
    place = destination(entry)
    if entry.verdict in (Verdict.KEEP, Verdict.REVIEW) or place is None:
        return entry
    folder, _, name = f"{QUARANTINE}/{entry.source}".rpartition("/")
    stem, dot, ending = name.rpartition(".")
    plain = cut(stem or name, _LONGEST)
    for number in count(2):
        if collision_key(place) not in taken:
            taken.add(collision_key(place))
            break
        place = f"{folder}/{plain}-{number}{dot + ending if stem else ''}"
    return entry if place == destination(entry) else replace(entry, target=place)


def _outcome(entry: PlanEntry, before: Judged, ruled: Ruled) -> Outcome:
    if ruled.ruling is Ruling.APPROVE and entry.verdict is Verdict.REVIEW:  # its name clashes
        return Outcome(entry, Ruling.QUEUE, ruled.rule, entry.reasons[0])
    asks = ruled.ruling is Ruling.QUEUE and before.format is not None and before.judgement.verdict is not Verdict.REVIEW
    return Outcome(entry, ruled.ruling, ruled.rule, ruled.reason, asks and ruled.reason.code != "cannot_name")
