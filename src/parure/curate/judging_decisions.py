"""What people said, as judging asks for it.

    kind           subjects             choice           value
    same_picture   the group's hashes   keep             the hash of the one that stays
                                        keep_both        (all stay)
                                        not_duplicates   (no two of them are one picture)
    same_bytes     the hash             keep             the path that stays
                                        keep_both
    style          hashes, often one    assign           the style's code
                                        none             (they are of no style)
    metal          hashes, often one    assign           the metal's id
                                        none             (which one, a name cannot tell)
    quality        the hash             keep, reject

A group may grow or shrink with the next scan, so an answer about a group is taken as answers about its pairs. Of
answers that contradict each other, the later holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parure.curate.values import Decision, Reason

__all__ = ["KINDS", "Decided", "Settled", "decided_reason"]

KINDS = ("same_picture", "same_bytes", "style", "metal", "quality")
_OF_EACH = ("style", "metal")  # what is said of several contents is said of each

_Pair = frozenset[str]


@dataclass(frozen=True)
class Settled:
    """Of a group of same pictures: who has to stay, who goes by somebody's word, who is to be judged by itself."""

    stays: str | None = None
    goes: Mapping[str, Decision] = field(default_factory=dict)
    alone: Mapping[str, Decision] = field(default_factory=dict)


class Decided:
    """Decisions in force, found by what they are about."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._single: dict[tuple[str, str], Decision] = {}
        self._groups: dict[str, list[Decision]] = {}
        for each in sorted(decisions, key=lambda decision: decision.at):
            if each.kind == "same_picture":
                for subject in each.subjects:
                    self._groups.setdefault(subject, []).append(each)
            elif len(each.subjects) == 1 or each.kind in _OF_EACH:
                self._single |= {(each.kind, subject): each for subject in each.subjects}

    def about(self, kind: str, sha256: str) -> Decision | None:
        return self._single.get((kind, sha256))

    @property
    def assigned(self) -> dict[str, str]:
        """Styles that people gave, by content."""
        given = ((key, told) for key, told in self._single.items() if key[0] == "style" and told.choice == "assign")
        return {subject: told.value for (_, subject), told in given}

    def settle(self, contents: Sequence[str]) -> Settled:
        """`contents` are of one group, its representative first."""
        pairs = self._pairs(set(contents))
        if not pairs:
            return Settled()
        goes: dict[str, Decision] = {}
        stays: list[str] = []
        for pair, (out, decision) in pairs.items():
            winner = next(iter(pair - {out})) if out else ""
            if out and winner not in goes:  # of two that were given up for each other, by way of a third, one stays
                goes[out] = decision
                stays.append(winner)
        hub = next((each for each in contents if each not in goes), contents[0])
        alone = {other: pairs[frozenset((hub, other))][1] for other in contents if self._apart(pairs, hub, other)}
        chosen = next((each for each in contents if each in stays and each not in goes and each not in alone), None)
        return Settled(chosen, {each: told for each, told in goes.items() if each != hub}, alone)

    def _pairs(self, members: set[str]) -> dict[_Pair, tuple[str, Decision]]:
        """Pair -> the member that goes, "" where both stay, and who said so."""
        about = {id(each): each for member in members for each in self._groups.get(member, ())}
        pairs: dict[_Pair, tuple[str, Decision]] = {}
        for each in sorted(about.values(), key=lambda decision: (decision.at, decision.subjects)):
            inside = sorted(set(each.subjects) & members)
            if each.choice == "keep":
                if each.value in inside:
                    others = (other for other in inside if other != each.value)
                    pairs |= {frozenset((each.value, other)): (other, each) for other in others}
            else:
                pairs |= {frozenset((a, b)): ("", each) for a in inside for b in inside if a < b}
        return pairs

    def _apart(self, pairs: Mapping[_Pair, tuple[str, Decision]], hub: str, other: str) -> bool:
        told = pairs.get(frozenset((hub, other)))
        return other != hub and told is not None and not told[0]


def decided_reason(decision: Decision, what: str) -> Reason:
    return Reason("decided", f"{decision.by or 'Somebody'} said that {what}.")
