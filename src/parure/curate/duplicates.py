"""Groups of duplicates, in tiers that are never mixed.

    same bytes      one sha256; nothing is lost with any but one of them
    same picture    proposed by fingerprints, confirmed by `same_picture.compare`; one file of each content takes part
    variants        the same geometry in other colours; told, so that nobody takes them for copies

Other views of a piece are offered in `duplicates_views`. A group has one representative, and every member was compared
with that one itself. One that is too far from it (a watermark over a turned copy) may stay by a member that is not, if
nothing speaks against it; further than that likeness is not handed on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from parure.curate.duplicates_candidates import candidates
from parure.curate.duplicates_differences import Difference, differences
from parure.curate.duplicates_memory import SearchMemory
from parure.curate.same_picture import Comparison, Likeness, Look, compare, look_at
from parure.curate.values import Reason, Scanned
from parure.errors import ImageError
from parure.images import Pixels

__all__ = ["Duplicates", "Group", "Member", "Tier", "find_duplicates", "merit"]

_PATIENCE = 6  # comparisons in vain after which a file's less promising candidates are left alone
_WITNESSES = 4  # members by which one may be recognised that is too far from the representative
_OTHER = Comparison(Likeness.OTHER)
_LOOKS = 400  # kept at a time, a quarter of a megabyte each


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
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Duplicates:
    """Groups by representative; the same files in any order give the same groups.

    `picture` reads a file as it was fingerprinted, upright sRGB, 384 px or so; it may raise `ImageError` or `OSError`.
    `apart` holds pairs of sha256 of which a person said that they are no duplicates. What `memory` holds of earlier
    searches is not looked at again, and what is found out is added to it. Raises `MissingExtra`.
    """
    ranked = sorted((file for file in files if file.fingerprints.sha256), key=merit)
    contents: dict[str, list[Scanned]] = {}
    for file in ranked:
        contents.setdefault(file.fingerprints.sha256, []).append(file)
    same_bytes = [_same_bytes(copies) for copies in contents.values() if len(copies) > 1]
    pictures = [copies[0] for copies in contents.values() if copies[0].fingerprints.turned]
    search = _Search(pictures, picture, frozenset(apart), memory or SearchMemory())
    same_picture = search.groups(progress)
    groups = sorted((*same_bytes, *same_picture), key=lambda group: (group.tier, group.representative))
    return Duplicates(tuple(groups), search.variants(), tuple(sorted(search.unseen.items())))


def _same_bytes(copies: Sequence[Scanned]) -> Group:
    first, *rest = copies
    members = tuple(Member(file.path, differences(first, file)) for file in rest)
    return Group(Tier.SAME_BYTES, first.path, members)


@dataclass
class _Search:
    """Positions in `files`, which are sorted by merit, stand for files. Each pair is compared at most once."""

    files: Sequence[Scanned]
    picture: Callable[[str], Pixels]
    apart: frozenset[frozenset[str]]
    memory: SearchMemory
    unseen: dict[str, Reason] = field(default_factory=dict)
    _told: dict[tuple[int, int], Comparison] = field(default_factory=dict)
    _looks: OrderedDict[int, Look] = field(default_factory=OrderedDict)

    def groups(self, progress: Callable[[int, int], None]) -> Iterator[Group]:
        parent = list(range(len(self.files)))
        nearest = candidates([file.fingerprints for file in self.files], memory=self.memory)
        by_folder = sorted(range(len(self.files)), key=lambda at: self.files[at].path)  # copies often lie together
        for done, position in enumerate(by_folder, start=1):
            self._join(position, nearest[position], parent)
            progress(done, len(by_folder))
        together: dict[int, list[int]] = {}
        for position in range(len(self.files)):
            together.setdefault(_root(parent, position), []).append(position)
        return (group for members in together.values() if len(members) > 1 for group in self._stars(members))

    def variants(self) -> tuple[tuple[str, str], ...]:
        pairs = [pair for pair, told in self._told.items() if told.likeness is Likeness.VARIANT]
        return tuple(sorted((self.files[one].path, self.files[other].path) for one, other in pairs))

    def _join(self, position: int, others: Sequence[tuple[int, float]], parent: list[int]) -> None:
        in_vain = 0
        for other, _ in others:
            if in_vain >= _PATIENCE:
                return
            if _root(parent, position) == _root(parent, other):
                continue
            if self._compared(position, other).likeness is Likeness.SAME:
                parent[_root(parent, other)] = _root(parent, position)
            else:
                in_vain += 1

    def _stars(self, members: Sequence[int]) -> Iterator[Group]:
        """The best file and all that were found to be like it; then the best of the rest and so on."""
        rest = list(members)
        while len(rest) > 1:
            first, *others = rest
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
        return self._compared(one, other).likeness

    def _member(self, first: int, position: int, witness: int) -> Member:
        best, file = self.files[first], self.files[position]
        told = self._compared(witness, position)
        if witness == first:
            return Member(file.path, differences(best, file, told), told)
        return Member(file.path, differences(best, file), told, self.files[witness].path)

    def _compared(self, one: int, other: int) -> Comparison:
        """From the better file to the other."""
        first, second = min(one, other), max(one, other)
        if (first, second) not in self._told:
            told = self._compare(first, second)
            self._told[first, second] = _OTHER if told.likeness is Likeness.OTHER else told  # there are many of these
        return self._told[first, second]

    def _compare(self, first: int, second: int) -> Comparison:
        pair = self.files[first].fingerprints.sha256, self.files[second].fingerprints.sha256
        if frozenset(pair) in self.apart:
            return _OTHER
        known = self.memory.told(*pair)
        if known is not None:
            return known
        looks = self._look(first), self._look(second)
        if looks[0] is None or looks[1] is None:
            return _OTHER
        told = compare(looks[0], looks[1])
        self.memory.tell(*pair, told)
        return told

    def _look(self, position: int) -> Look | None:
        if position in self._looks:
            self._looks.move_to_end(position)
            return self._looks[position]
        path = self.files[position].path
        if path in self.unseen:
            return None
        try:
            look = look_at(self.picture(path))
        except (ImageError, OSError) as error:
            code = error.reason.value if isinstance(error, ImageError) else "unreadable"
            self.unseen[path] = Reason(code, f"It could be read when it was scanned, and no more: {error}")
            return None
        self._looks[position] = look
        if len(self._looks) > _LOOKS:
            self._looks.popitem(last=False)
        return look


def _root(parent: list[int], position: int) -> int:
    while parent[position] != position:
        parent[position] = parent[parent[position]]
        position = parent[position]
    return position
