"""What people's decisions settle: pure, of decisions and contents.

    kind           subjects             choice           value
    same_picture   the group's hashes   keep             the hash of the one that stays
                                        keep_both        (all stay)
                                        not_duplicates   (no two of them are one picture)
    same_bytes     the hash             keep             the path that stays (or its `key_of`, where it is no text)
                                        keep_both
    style          hashes, often one    assign           the style's code
                                        none             (they are of no style)
    metal          hashes, often one    assign           the metal's id
                                        none             (which one, a name cannot tell)
    quality        the hash             keep, reject

A group may grow or shrink with the next scan. So an answer about a group is taken as answers about its pairs; what was
never answered is asked, what was is not. Of answers that contradict each other, the later holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parure.curate.values import Decision

__all__ = ["CHOICES", "Answers", "Standing"]

CHOICES: dict[str, tuple[str, ...]] = {
    "same_picture": ("keep", "keep_both", "not_duplicates"),
    "same_bytes": ("keep", "keep_both"),
    "style": ("assign", "none"),
    "metal": ("assign", "none"),
    "quality": ("keep", "reject"),
}
_OF_EACH = ("style", "metal")


@dataclass(frozen=True)
class Standing:
    """`open` are the contents still to be decided, the best first; none if all is. `dropped` need not stay."""

    open: tuple[str, ...]
    dropped: frozenset[str] = frozenset()
    last: Decision | None = None  # the latest answer about any two of them


class Answers:
    """Decisions in force, found by what they are about. One may be put in or taken out while others read."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._single: dict[tuple[str, str], tuple[Decision, ...]] = {}
        self._groups: dict[str, tuple[Decision, ...]] = {}
        for each in decisions:
            self.put(each)

    def put(self, decision: Decision) -> None:
        if decision.kind == "same_picture":
            for subject in decision.subjects:
                self._groups[subject] = (*self._groups.get(subject, ()), decision)
        else:
            for key in _keys(decision):
                self._single[key] = (*self._single.get(key, ()), decision)

    def take(self, decision: Decision) -> None:
        if decision.kind == "same_picture":
            for subject in decision.subjects:
                self._groups[subject] = tuple(each for each in self._groups.get(subject, ()) if each is not decision)
        else:
            for key in _keys(decision):
                self._single[key] = tuple(each for each in self._single.get(key, ()) if each is not decision)

    def about(self, kind: str, sha256: str) -> Decision | None:
        """The latest of those that hold."""
        return max(self._single.get((kind, sha256), ()), key=lambda each: each.at, default=None)

    def family(self, contents: Sequence[str]) -> tuple[str, ...]:
        """Of a group of same pictures those that nobody set apart from the first that stays."""
        relations, _ = self._relations(set(contents))
        dropped = _dropped(relations)
        hub = next((each for each in contents if each not in dropped), contents[0])
        return tuple(each for each in contents if relations.get(frozenset((hub, each)), each) != "")

    def standing(self, contents: Sequence[str]) -> Standing:
        """Of a group of same pictures, its representative first."""
        members = set(contents)
        relations, last = self._relations(members)
        dropped = _dropped(relations)
        left = [each for each in contents if each not in dropped]
        hub, *others = left or contents[:1]
        unsettled = [each for each in others if frozenset((hub, each)) not in relations]
        still = (hub, *unsettled) if unsettled else ()
        return Standing(still, frozenset(dropped), last)

    def _relations(self, members: set[str]) -> tuple[dict[frozenset[str], str], Decision | None]:
        """Pair -> the member that goes, or "" where both stay."""
        about = {id(each): each for member in members for each in self._groups.get(member, ())}
        relations: dict[frozenset[str], str] = {}
        last = None
        for each in sorted(about.values(), key=lambda decision: decision.at):
            inside = [subject for subject in each.subjects if subject in members]
            if len(inside) < 2 or (each.choice == "keep" and each.value not in members):
                continue
            relations |= _pairs(each, inside)
            last = each
        return relations, last


def _keys(decision: Decision) -> list[tuple[str, str]]:
    """What is said of several contents is said of each, but only of their names."""
    whole = len(decision.subjects) == 1 or decision.kind in _OF_EACH
    return [(decision.kind, subject) for subject in decision.subjects] if whole else []


def _pairs(decision: Decision, inside: Sequence[str]) -> dict[frozenset[str], str]:
    if decision.choice == "keep":
        return {frozenset((decision.value, each)): each for each in inside if each != decision.value}
    return {frozenset((one, other)): "" for one in inside for other in inside if one < other}


def _dropped(relations: dict[frozenset[str], str]) -> set[str]:
    """Those that go; of two that were each given up for the other, by way of a third, one stays."""
    dropped: set[str] = set()
    for pair, goes in relations.items():
        (stays,) = pair - {goes} if goes else ("",)
        if goes and stays not in dropped:
            dropped.add(goes)
    return dropped
