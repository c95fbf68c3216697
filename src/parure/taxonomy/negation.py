"""Which groups a sentence denies: "no X", "without X or Y", "X-free", "-X", "anything but X".

A negation reaches the next words only: in "no diamonds, gold ring" the ring may be gold. A list is denied to its end
when it is joined by "or", or by "and" and commas between values of one attribute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parure.taxonomy.segments import Group
from parure.taxonomy.small_words import (
    AFFIRMATIONS,
    AND_WORDS,
    DENIAL_FILLERS,
    DENIALS,
    FREE_OF_CHARGE,
    OR_WORDS,
)
from parure.taxonomy.words import Token

__all__ = ["negated"]


def negated(tokens: Sequence[Token], found: Sequence[Group]) -> Mapping[int, tuple[int, int]]:
    """Numbers of the denied groups, each with the span of tokens that the denial covers, group included."""
    denied: dict[int, tuple[int, int]] = {}
    floor = 0
    for index, group in enumerate(found):
        span = _denial(tokens, group, floor) or denied.get(index)
        if span is not None:
            denied[index] = span
            for follower in _listed(tokens, found, index):
                denied.setdefault(follower, (found[follower].start, found[follower].end))
        floor = group.end
    return denied


def _denial(tokens: Sequence[Token], group: Group, floor: int) -> tuple[int, int] | None:
    if tokens[group.start].minus:
        return group.start, group.end
    if _freed(tokens, group.end):
        return group.start, group.end + 1
    start = _denied_from(tokens, group.start, floor)
    return None if start is None else (start, group.end)


def _freed(tokens: Sequence[Token], place: int) -> bool:
    """Whether "-free" or "-less" follows."""
    if place >= len(tokens) or tokens[place].word not in ("free", "less"):
        return False
    if tokens[place].hyphened:
        return True
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return tokens[place].word == "free" and following not in FREE_OF_CHARGE


def _denied_from(tokens: Sequence[Token], start: int, floor: int) -> int | None:
    """Where the denial before `start` begins, looking back over fillers."""
    for place in range(start, floor, -1):
        phrases = [(size, _phrase(tokens, place, size, floor)) for size in (3, 2, 1)]
        if any(phrase in AFFIRMATIONS for _, phrase in phrases):
            return None
        size = next((size for size, phrase in phrases if phrase in DENIALS), 0)
        if size:
            return place - size
        if tokens[place - 1].word not in DENIAL_FILLERS:
            return None
    return None


def _phrase(tokens: Sequence[Token], end: int, size: int, floor: int) -> str:
    return " ".join(token.word for token in tokens[end - size : end]) if end - size >= floor else ""


def _listed(tokens: Sequence[Token], found: Sequence[Group], first: int) -> list[int]:
    """The groups that share the denial of `first` because they continue its list."""
    sure: list[int] = []
    maybe: list[int] = []  # after a comma: denied only if the list goes on to an "or" or "and"
    for index in range(first + 1, len(found)):
        gap = [token.word.strip() for token in tokens[found[index - 1].end : found[index].start]]
        joiners = [word for word in gap if word in OR_WORDS | AND_WORDS]
        if not joiners or any(word not in DENIAL_FILLERS for word in gap if word not in joiners):
            break
        alike = found[index].core.attribute == found[first].core.attribute
        if joiners == [","] and alike:
            maybe.append(index)
        elif not OR_WORDS.isdisjoint(joiners) or (alike and joiners != [","]):
            sure += [*maybe, index]
            maybe = []
        else:
            break
    return sure
