"""Groups of duplicates, in tiers that are never mixed.

    same bytes      one sha256; nothing is lost with any but one of them
    same picture    proposed by fingerprints, confirmed by `same_picture.compare`; one file of each content takes part
    variants        the same geometry in other colours; told, so that nobody takes them for copies

Other views of a piece are offered in `duplicates_views`. A group has one representative, and every member was compared
with that one itself. One that is too far from it (a watermark over a turned copy) may stay by a member that is not, if
nothing speaks against it; further than that likeness is not handed on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from parure.curate.duplicates_candidates import PATIENCE, candidates
from parure.curate.duplicates_comparing import Comparing
from parure.curate.duplicates_differences import Difference, differences
from parure.curate.duplicates_memory import SearchMemory
from parure.curate.same_picture import Comparison, Likeness
from parure.curate.values import Reason, Scanned
from parure.images import Pixels

__all__ = ["Duplicates", "Group", "Member", "Tier", "find_duplicates", "merit"]

_WITNESSES = 4  # members by which one may be recognised that is too far from the representative


class Tier(StrEnum):
    SAME_BYTES = "same_bytes"
    SAME_PICTURE = "same_picture"


@dataclass(frozen=True)
class Member:
    """A file that repeats the representative. `comparison` is from the representative to it, or between it and the
    member `via` by which it was recognised; None for same bytes."""

    path: str
    differences: tuple[Difference, ...]
    comparison: Comparison | None = None
    via: str = ""


@dataclass(frozen=True)
class Group:
    tier: Tier
    representative: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Duplicates:
    """`variants` are pairs of paths, the better file first; `unseen` files that could not be read again, and why."""

    groups: tuple[Group, ...]
    variants: tuple[tuple[str, str], ...] = ()
    unseen: tuple[tuple[str, Reason], ...] = ()

    def of(self, tier: Tier) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.tier is tier)


def merit(file: Scanned) -> tuple[int, int, float, str]:
    """The least stands for a group: most pixels, most bytes, oldest, first by name."""
    pixels = file.measures.width * file.measures.height if file.measures else 0
    return -pixels, -file.size, file.modified, file.path


def find_duplicates(
    files: Iterable[Scanned],
    picture: Callable[[str], Pixels],
    *,
    apart: Collection[frozenset[str]] = (),
    memory: SearchMemory | None = None,
    threads: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Duplicates:
    """Groups by representative; the same files in any order give the same groups.

    `picture` reads a file as it was fingerprinted, upright sRGB, 384 px or so, in this thread; it may
    raise `ImageError` or `OSError`. `threads` compare: the answer is the same with any number. `apart` holds pairs of
    sha256 of which a person said that they are no duplicates. What `memory` holds of earlier searches is not looked at
    again, and what is found out is added to it. Raises `MissingExtra`, `StorageFull`.
    """
    ranked = sorted((file for file in files if file.fingerprints.sha256), key=merit)
    contents: dict[str, list[Scanned]] = {}
    for file in ranked:
        contents.setdefault(file.fingerprints.sha256, []).append(file)
    same_bytes = [_same_bytes(copies) for copies in contents.values() if len(copies) > 1]
    pictures = [copies[0] for copies in contents.values() if copies[0].fingerprints.turned]
    known = memory or SearchMemory()
    with Comparing(pictures, picture, apart=frozenset(apart), memory=known, threads=threads) as comparing:
        search = _Search(pictures, known, comparing)
        groups = sorted((*same_bytes, *search.groups(progress)), key=lambda group: (group.tier, group.representative))
        return Duplicates(tuple(groups), search.variants(), tuple(sorted(comparing.unseen.items())))


def _same_bytes(copies: Sequence[Scanned]) -> Group:
    first, *rest = copies
    members = tuple(Member(file.path, differences(first, file)) for file in rest)
    return Group(Tier.SAME_BYTES, first.path, members)


@dataclass(frozen=True)
class _Search:
    """Positions in `files`, which are sorted by merit, stand for files."""

    files: Sequence[Scanned]
    memory: SearchMemory
    comparing: Comparing

    def groups(self, progress: Callable[[int, int], None]) -> Iterator[Group]:
        parent = self._joined(progress)
        together: dict[int, list[int]] = {}
        for position in range(len(self.files)):
            together.setdefault(_root(parent, position), []).append(position)
        return (group for members in together.values() if len(members) > 1 for group in self._stars(members))

    def variants(self) -> tuple[tuple[str, str], ...]:
        pairs = self.comparing.pairs(Likeness.VARIANT)
        return tuple(sorted((self.files[one].path, self.files[other].path) for one, other in pairs))

    def _joined(self, progress: Callable[[int, int], None]) -> list[int]:
        """Every file is compared with its most promising candidate, all at once; then with the next, as long as it has
        patience. What was found to be one picture already is not compared again."""
        parent = list(range(len(self.files)))
        rest = [deque(each) for each in candidates([file.fingerprints for file in self.files], memory=self.memory)]
        patience = [PATIENCE] * len(rest)
        done = 0

        def update(spent: int, step: int, share: float) -> None:
            """In files; where copies are found, patience lasts longer than was thought."""
            nonlocal done
            done = max(done, int((spent + share * step) / PATIENCE))
            progress(done, len(rest))

        while asked := {at: other for at in range(len(rest)) if (other := _next(at, rest[at], parent)) is not None}:
            spent = PATIENCE * len(rest) - sum(patience[at] for at in asked)
            pairs = [(min(pair), max(pair)) for pair in asked.items()]
            self.comparing.compare(pairs, partial(update, spent, len(asked)))
            for at, other in asked.items():
                likeness = self._likeness(at, other)
                if likeness is Likeness.SAME:
                    parent[_root(parent, other)] = _root(parent, at)
                patience[at] -= likeness is Likeness.OTHER
                if not patience[at]:
                    rest[at].clear()
        progress(len(rest), len(rest))
        return parent

    def _stars(self, members: Sequence[int]) -> Iterator[Group]:
        """The best file and all that were found to be like it; then the best of the rest and so on."""
        rest = list(members)
        while len(rest) > 1:
            first, *others = rest
            self.comparing.compare((first, at) for at in others)
            like = {at: first for at in others if self._likeness(first, at) is Likeness.SAME}
            known = list(like)[:_WITNESSES]
            for at in others:
                if at not in like and self._likeness(first, at) is not Likeness.VARIANT:
                    witness = next((one for one in known if self._likeness(one, at) is Likeness.SAME), None)
                    like |= {at: witness} if witness is not None else {}
            if like:
                repeats = (self._member(first, at, like[at]) for at in sorted(like))
                yield Group(Tier.SAME_PICTURE, self.files[first].path, tuple(repeats))
            rest = [at for at in others if at not in like]

    def _likeness(self, one: int, other: int) -> Likeness:
        return self.comparing.told(one, other).likeness

    def _member(self, first: int, position: int, witness: int) -> Member:
        best, file = self.files[first], self.files[position]
        told = self.comparing.told(witness, position)
        if witness == first:
            return Member(file.path, differences(best, file, told), told)
        return Member(file.path, differences(best, file), told, self.files[witness].path)


def _next(position: int, rest: deque[tuple[int, float]], parent: list[int]) -> int | None:
    """Takes out the next candidate that is not of the same group yet."""
    while rest:
        other, _ = rest.popleft()
        if _root(parent, position) != _root(parent, other):
            return other
    return None


def _root(parent: list[int], position: int) -> int:
    while parent[position] != position:
        parent[position] = parent[parent[position]]
        position = parent[position]
    return position
