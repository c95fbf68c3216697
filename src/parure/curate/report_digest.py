"""A plan of any length -> what one page shows of it: counts of everything, and a bounded sample of each kind.

Samples are those whose paths have the greatest checksums: a fair choice, the same in every run, made while lines
stream by.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zlib import crc32

from parure.curate.duplicates import Tier
from parure.curate.planning_counts import PlanCounts, counted
from parure.curate.report_coverage import Coverage
from parure.curate.values import PlanEntry, Verdict
from parure.errors import ImageReason

__all__ = ["ContactSheet", "Digest", "Limits", "ShownGroup", "Stage", "digest"]

# Reasons of a scan for which a file is no usable picture; `docs/curate-scan.md` tells them.
_NO_PICTURE = frozenset(ImageReason) | {
    "not_a_photo", "sheet", "nested_archive", "unreadable_folder", "link", "not_a_file", "too_deep", "unsafe_path",
    "linked_file", "encrypted", "unsupported_compression", "too_large", "expands_too_much", "crashes_reader", "failed",
    "gone_since_scan",
}  # fmt: skip


# What is lost on the way, in this order: the label of the stage behind it, and why.
_LOSSES: Mapping[str, tuple[str, str]] = {
    "no_picture": ("photos that can be read", "no usable picture"),
    Tier.SAME_BYTES: ("different files", "the same bytes as another"),
    Tier.SAME_PICTURE: ("different pictures", "the same picture as another"),
    "reject": ("fit for a catalogue", "rejected"),
    "review": ("named photos of {styles}", "left to a person"),
}


@dataclass(frozen=True)
class Limits:
    samples: int = 24  # of each reason
    groups: int = 60  # of each tier
    members: int = 8  # of each group


@dataclass(frozen=True)
class ContactSheet:
    verdict: Verdict
    reason: str
    total: int
    samples: tuple[PlanEntry, ...]


@dataclass(frozen=True)
class ShownGroup:
    """`total` counts the members; those beyond the limit are left out."""

    tier: str
    head: str
    total: int
    members: tuple[PlanEntry, ...]


@dataclass(frozen=True)
class Stage:
    """Files that are still there at this stage; `lost` went since the one before, for what `why` says."""

    label: str
    files: int
    lost: int = 0
    why: str = ""


@dataclass(frozen=True)
class Digest:
    counts: PlanCounts
    stages: tuple[Stage, ...]
    sheets: tuple[ContactSheet, ...]
    groups: tuple[ShownGroup, ...]
    groups_by_tier: Mapping[str, int]
    coverage: Coverage

    def shown(self) -> set[str]:
        """Files of which a picture is wanted."""
        found = {entry.source for sheet in self.sheets for entry in sheet.samples}
        found |= {entry.source for group in self.groups for entry in group.members}
        return found | {group.head for group in self.groups}


@dataclass
class _Sample:
    """The `most` entries of greatest checksum."""

    most: int
    kept: list[tuple[int, str, PlanEntry]] = field(default_factory=list)

    def add(self, entry: PlanEntry) -> None:
        rank = crc32(entry.source.encode("utf-8", "surrogateescape"))
        if len(self.kept) < self.most:
            heapq.heappush(self.kept, (rank, entry.source, entry))
        elif self.kept and (rank, entry.source) > self.kept[0][:2]:
            heapq.heapreplace(self.kept, (rank, entry.source, entry))

    def entries(self) -> tuple[PlanEntry, ...]:
        return tuple(sorted((entry for _, _, entry in self.kept), key=lambda entry: entry.source))


def digest(entries: Iterable[PlanEntry], coverage: Coverage, limits: Limits) -> Digest:
    """`coverage` knows the styles of the sheet; kept photos are added to it."""
    counts, stages = PlanCounts(), _Stages()
    samples: dict[tuple[Verdict, str], _Sample] = {}
    repeated: dict[str, list[PlanEntry]] = {}
    for entry in counted(entries, counts):
        reason = entry.reasons[0].code if entry.reasons else ""
        samples.setdefault((entry.verdict, reason), _Sample(limits.samples)).add(entry)
        stages.add(entry, reason)
        if entry.duplicate_of is not None:
            repeated.setdefault(entry.duplicate_of, []).append(entry)
        if entry.verdict is Verdict.KEEP:
            coverage.add(entry)
    order = list(Verdict)
    sheets = (
        ContactSheet(verdict, reason, counts.reasons[verdict][reason], sample.entries())
        for (verdict, reason), sample in samples.items()
    )
    listed = tuple(sorted(sheets, key=lambda each: (order.index(each.verdict), -each.total, each.reason)))
    groups = _groups(repeated, limits)
    return Digest(counts, stages.told(len(counts.styles)), listed, groups, _by_tier(repeated), coverage)


def _groups(repeated: Mapping[str, list[PlanEntry]], limits: Limits) -> tuple[ShownGroup, ...]:
    found: list[ShownGroup] = []
    for tier in Tier:
        heads = [head for head, members in repeated.items() if _tier(members) == tier]
        chosen = heapq.nsmallest(limits.groups, heads, key=lambda head: crc32(head.encode("utf-8", "surrogateescape")))
        for head in sorted(chosen):
            members = repeated[head]
            found.append(ShownGroup(tier, head, len(members), tuple(members[: limits.members])))
    return tuple(found)


def _by_tier(repeated: Mapping[str, list[PlanEntry]]) -> dict[str, int]:
    tiers = [_tier(members) for members in repeated.values()]
    return {tier: tiers.count(tier) for tier in Tier}


def _tier(members: Iterable[PlanEntry]) -> Tier:
    """That of its farthest member: a group of same pictures may hold copies by bytes too."""
    same_bytes = all(entry.reasons and entry.reasons[0].code == Tier.SAME_BYTES for entry in members)
    return Tier.SAME_BYTES if same_bytes else Tier.SAME_PICTURE


@dataclass
class _Stages:
    lost: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_LOSSES, 0))
    total: int = 0

    def add(self, entry: PlanEntry, reason: str) -> None:
        self.total += 1
        if entry.verdict is Verdict.KEEP:
            return
        kind = "no_picture" if reason in _NO_PICTURE else entry.verdict.value
        if kind == Verdict.DUPLICATE:
            kind = Tier.SAME_BYTES if reason == Tier.SAME_BYTES else Tier.SAME_PICTURE
        self.lost[kind] += 1

    def told(self, styles: int) -> tuple[Stage, ...]:
        return tuple(self._told(styles))

    def _told(self, styles: int) -> Iterator[Stage]:
        left = self.total
        yield Stage("files in the archive", left)
        for kind, (label, why) in _LOSSES.items():
            left -= self.lost[kind]
            yield Stage(
                label.format(styles=f"{styles:,} style{'' if styles == 1 else 's'}"), left, self.lost[kind], why
            )
