"""Which file stands for which others: groups of copies, put together with people's decisions and with quality.

A family is a file that stays and those that repeat it, by bytes or as the same picture. Of files that repeat each other
the best stays: not unusable by its name, then without faults, then with most pixels. But a crop does not stand for the
whole picture: if only the crop is without faults, it is judged by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parure.curate.duplicates import Duplicates, Group, Member, Tier
from parure.curate.judging_decisions import Decided, Settled, decided_reason
from parure.curate.judging_evidence import Evidence
from parure.curate.plan import shown
from parure.curate.values import Reason, Verdict

__all__ = ["Family", "Repeat", "families"]

_WHOLE = 0.9  # overlap from which a copy shows all that the other shows
_RANKS = {Verdict.KEEP: 0, Verdict.REVIEW: 1, Verdict.REJECT: 2}


@dataclass(frozen=True)
class Repeat:
    """`reasons` begin with the tier: same_bytes or same_picture."""

    file: Evidence
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Family:
    """`notes` tell what people said that made it this one."""

    head: Evidence
    repeats: tuple[Repeat, ...] = ()
    notes: tuple[Reason, ...] = ()

    @property
    def files(self) -> tuple[Evidence, ...]:
        return (self.head, *(repeat.file for repeat in self.repeats))


def families(files: Iterable[Evidence], duplicates: Duplicates, decided: Decided) -> Iterator[Family]:
    """Every photo is in one family. Files that were refused are left out."""
    contents: dict[str, list[Evidence]] = {}
    for file in files:
        if file.refusal is None:
            contents.setdefault(file.sha256, []).append(file)
    single: dict[str, Family] = {}
    for sha256, copies in contents.items():
        first, *others = _of_one_content(copies, decided)
        single[sha256] = first
        yield from others
    of_path = {file.path: sha256 for sha256, copies in contents.items() for file in copies}
    for group in duplicates.of(Tier.SAME_PICTURE):
        joined = _joined(group, of_path)
        if len(joined) > 1 and joined.keys() <= single.keys():
            heads = {sha256: single.pop(sha256) for sha256 in joined}
            yield from _of_one_picture(heads, joined, decided)
    yield from single.values()


def _of_one_content(copies: Sequence[Evidence], decided: Decided) -> Iterator[Family]:
    ranked = sorted(copies, key=lambda file: (file.unusable, not _named(file), file.merit))
    if len(ranked) == 1:
        yield Family(ranked[0])
        return
    told = decided.about("same_bytes", ranked[0].sha256)
    if told is not None and told.choice == "keep_both":
        note = decided_reason(told, "all copies of it stay")
        yield from (Family(file, (), (note,)) for file in ranked)
        return
    chosen = next((file for file in ranked if told is not None and file.path == told.value), None)
    head = chosen or ranked[0]
    why = Reason(Tier.SAME_BYTES, f"The same bytes as {shown(head.path)}.")
    notes = (decided_reason(told, "this copy stays"),) if told and chosen else ()
    yield Family(head, tuple(Repeat(file, (why, *notes)) for file in ranked if file is not head), notes)


def _joined(group: Group, of_path: Mapping[str, str]) -> dict[str, Member | None]:
    """Contents of the group, the representative's first, with how each was recognised."""
    found: dict[str, Member | None] = {}
    if group.representative in of_path:
        found[of_path[group.representative]] = None
        for member in group.members:
            if member.path in of_path:
                found.setdefault(of_path[member.path], member)
    return found


def _of_one_picture(
    heads: Mapping[str, Family], joined: Mapping[str, Member | None], decided: Decided
) -> Iterator[Family]:
    contents = tuple(joined)
    ranks = {sha256: _rank(family.head, decided) for sha256, family in heads.items()}
    settled = decided.settle(contents)
    for sha256, told in settled.alone.items():
        note = decided_reason(
            told, "it is no duplicate" if told.choice == "not_duplicates" else "it stays beside others"
        )
        yield replace(heads[sha256], notes=(*heads[sha256].notes, note))
    left = [sha256 for sha256 in contents if sha256 not in settled.alone]
    head = settled.stays or _best([each for each in left if each not in settled.goes], joined, ranks)
    if settled.stays is None and ranks[head] > 0:
        parts = [each for each in left if each != head and each not in settled.goes and ranks[each] == 0]
        yield from (heads[sha256] for sha256 in parts)
        left = [sha256 for sha256 in left if sha256 not in parts]
    yield _family(head, left, heads, joined, settled)


def _best(able: Sequence[str], joined: Mapping[str, Member | None], ranks: Mapping[str, int]) -> str:
    """The first, or one that shows as much and has fewer faults; of equals the first, as they are ordered by merit."""
    whole = [sha256 for sha256 in able if sha256 == able[0] or _shows_all(joined[sha256])]
    return min(whole, key=lambda sha256: ranks[sha256])


def _shows_all(member: Member | None) -> bool:
    return member is None or (member.comparison is not None and not member.via and member.comparison.overlap >= _WHOLE)


def _family(
    head: str,
    left: Sequence[str],
    heads: Mapping[str, Family],
    joined: Mapping[str, Member | None],
    settled: Settled,
) -> Family:
    own = heads[head]
    repeats = list(own.repeats)
    for sha256 in left:
        if sha256 != head:
            why = (_same_picture(own.head, joined[sha256] or joined[head]), *_told(settled, sha256))
            repeats.append(Repeat(heads[sha256].head, why))
            repeats += [replace(copy, reasons=(*copy.reasons, *why)) for copy in heads[sha256].repeats]
    return Family(own.head, tuple(repeats), own.notes)


def _told(settled: Settled, sha256: str) -> tuple[Reason, ...]:
    told = settled.goes.get(sha256)
    return (decided_reason(told, "the other one stays"),) if told else ()


def _same_picture(head: Evidence, member: Member | None) -> Reason:
    told = member.comparison if member else None
    change = told.transform.words if told is not None and told.transform is not None else "as it is"
    overlap = f", {100 * told.overlap:.0f} % of both shared" if told is not None else ""
    return Reason(Tier.SAME_PICTURE, f"The same picture as {shown(head.path)}: {change}{overlap}.")


def _rank(file: Evidence, decided: Decided) -> int:
    """How little a file is fit to stand for others; people's word on its quality counts before the measures."""
    told = decided.about("quality", file.sha256)
    if told is not None:
        return 0 if told.choice == "keep" else 2
    return 2 if file.unusable or file.quality is None else _RANKS[file.quality[0]]


def _named(file: Evidence) -> bool:
    return file.reading is not None and file.reading.style is not None
