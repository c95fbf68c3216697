"""Judgements and a template -> the lines of a plan.

What is kept gets the target that the template makes of its style, metal, view and number. The same judgements give the
same names, in whatever order they come; `held` are targets of an earlier plan, which stay as they are, so that photos
that came since are numbered behind them. Where two styles, or two photos without a number to tell them apart, would get
one name, all of them go to review: which one is meant, a name cannot tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parure.curate.judging import Judged
from parure.curate.plan import shown
from parure.curate.template import Template, TemplatePhoto, name_targets
from parure.curate.template_category import UNSORTED
from parure.curate.template_safe import collision_key
from parure.curate.values import PlanEntry, Reason, Verdict

__all__ = ["Held", "Scheme", "held_targets", "plan_entries"]

_SHOWN = 2  # others that a clash names
Held = Mapping[tuple[str, str], str]
"""Targets by content and style."""


@dataclass(frozen=True)
class Scheme:
    """How targets are made. `categories` by style code; `taken` are `collision_key`s of names that others have."""

    template: Template
    categories: Mapping[str, str]
    held: Held
    taken: Collection[str] = ()


def held_targets(entries: Iterable[PlanEntry]) -> Held:
    """What an earlier plan named, people's own names too. Of two files of one content the first counts."""
    found: dict[tuple[str, str], str] = {}
    for entry in entries:
        if entry.verdict is Verdict.KEEP and entry.target and entry.style_code:
            found.setdefault((entry.sha256, entry.style_code), entry.target)
    return found


def plan_entries(judged: Sequence[Judged], scheme: Scheme) -> list[PlanEntry]:
    """In the order of `judged`."""
    entries = [_entry(each, scheme) for each in judged]
    kept = [at for at, entry in enumerate(entries) if entry.verdict is Verdict.KEEP]
    photos = {at: _photo(entries[at], judged[at]) for at in kept}
    for at, reason in _clashes(photos, scheme.template):
        entries[at] = replace(entries[at], verdict=Verdict.REVIEW, reasons=(reason, *entries[at].reasons))
        del photos[at]
    held = _held(entries, photos, scheme.held)
    targets = name_targets(scheme.template, list(photos.values()), held=held, taken=scheme.taken)
    for at, target in zip(photos, targets, strict=True):
        entries[at] = replace(entries[at], target=target)
    return entries


def _entry(judged: Judged, scheme: Scheme) -> PlanEntry:
    judgement, name = judged.judgement, judged.name
    reasons = judgement.reasons
    category = scheme.categories.get(name.style) if name.style else None
    if judgement.verdict is Verdict.KEEP and category is None and scheme.template.uses("category"):
        told = f"The sheet does not say what {name.style} is, so it goes to {UNSORTED}."
        reasons = (*reasons, Reason("no_category", told))
    return PlanEntry(
        judgement.path,
        judged.sha256,
        judgement.verdict,
        None,
        name.style,
        judgement.duplicate_of,
        reasons,
        category if name.style is None else category or UNSORTED,
        name.metal,
        name.view,
    )


def _photo(entry: PlanEntry, judged: Judged) -> TemplatePhoto:
    return TemplatePhoto(
        entry.source,
        judged.format,
        entry.category,
        entry.style_code,
        entry.metal,
        entry.view,
        judged.name.sequence,
    )


def _clashes(photos: Mapping[int, TemplatePhoto], template: Template) -> list[tuple[int, Reason]]:
    numbered, coded = template.uses("n"), template.uses("style_code")
    groups: dict[str, list[int]] = defaultdict(list)
    for at, photo in photos.items():
        folder, stem = template.render(photo)
        ending = "" if numbered else template.suffix_for(photo)
        groups[collision_key(f"{folder}/{stem}{ending}")].append(at)
    found: list[tuple[int, Reason]] = []
    for members in groups.values():
        if len(members) < 2:
            continue
        if coded and len({photos[at].style_code for at in members}) > 1:
            found += _told(members, photos, "styles_share_name", "Styles whose codes make one name in a file system")
        elif not numbered:
            found += _told(members, photos, "same_target", "Photos that would get the same name, as it has no {n}")
    return found


def _told(
    members: Sequence[int], photos: Mapping[int, TemplatePhoto], code: str, what: str
) -> Iterable[tuple[int, Reason]]:
    for at in members:
        others = [f"{shown(photos[each].source)} ({photos[each].style_code})" for each in members if each != at]
        more = f" and {len(others) - _SHOWN:,} more" if len(others) > _SHOWN else ""
        yield at, Reason(code, f"{what}: this one, {', '.join(others[:_SHOWN])}{more}.")


def _held(entries: Sequence[PlanEntry], photos: Iterable[int], held: Held) -> dict[str, str]:
    """Held targets by source; each is given once."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for at in photos:
        target = held.get((entries[at].sha256, entries[at].style_code or ""))
        if target is not None and collision_key(target) not in taken:
            taken.add(collision_key(target))
            found[entries[at].source] = target
    return found
