"""Hears the vocabulary in a row of tokens: the longest name wins, and an ambiguous name counts only in company.

"white" is a metal colour before "gold", a stone colour before "diamond", and nothing alone. A name and the words that
lean on it ("18k" + "white" + "gold") make one group, so that a negation knows what it takes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parure.taxonomy.lexicon import Claim, Lexicon
from parure.taxonomy.small_words import AND_WORDS, OR_WORDS
from parure.taxonomy.words import Token

__all__ = ["Group", "Segments", "segments"]


@dataclass(frozen=True)
class Group:
    """Claims stated together by tokens[start:end]. A negation takes back only `core`: of "no white gold" the white."""

    start: int
    end: int
    claims: tuple[Claim, ...]
    core: Claim

    @property
    def attributes(self) -> frozenset[str]:
        return frozenset(claim.attribute for claim in self.claims)


@dataclass(frozen=True)
class _Heard:
    start: int
    end: int
    claims: tuple[Claim, ...]  # empty: inert words, to be passed over

    @property
    def attribute(self) -> str:
        return self.claims[0].attribute if self.claims else ""


@dataclass(frozen=True)
class Segments:
    """`inert` are the numbers of the tokens that look like vocabulary and are not: "key ring"."""

    groups: tuple[Group, ...]
    inert: frozenset[int]


def segments(tokens: Sequence[Token], lexicon: Lexicon, *, own: str | None = None) -> Segments:
    """What the tokens state, left to right. `own` is the attribute of the column, whose names are all heard."""
    found: list[list[_Heard]] = []
    inert: set[int] = set()
    for part in _Hearing(tokens, lexicon, own).all():
        if not part.claims:
            inert.update(range(part.start, part.end))
        elif found and _leans(found[-1][-1], part, tokens, lexicon):
            found[-1].append(part)
        else:
            found.append([part])
    return Segments(tuple(_group(parts) for parts in found), frozenset(inert))


def _leans(modifier: _Heard, head: _Heard, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    if modifier.end != head.start or tokens[head.start].minus:
        return False
    before = lexicon.taxonomy.speech[modifier.attribute].before
    return any(claim.attribute in before for claim in head.claims)


def _group(parts: Sequence[_Heard]) -> Group:
    claims = tuple(claim for part in parts for claim in part.claims)
    core = parts[max(len(parts) - 2, 0)].claims[0]  # the modifier nearest to the head
    return Group(parts[0].start, parts[-1].end, claims, core)


class _Hearing:
    """One pass from right to left: whether a quiet name is heard depends on what follows it."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, own: str | None) -> None:
        self.tokens, self.lexicon, self.own = tokens, lexicon, own
        self.keys = [token.key for token in tokens]
        self.at: list[_Heard | None] = [None] * (len(tokens) + 1)

    def all(self) -> list[_Heard]:
        run = 0  # words up to the next sign
        for index in range(len(self.tokens) - 1, -1, -1):
            run = 0 if self.tokens[index].sign else run + 1
            self.at[index] = self._hear(index, run) if run else None
        return self._in_order()

    def _in_order(self) -> list[_Heard]:
        found: list[_Heard] = []
        index = 0
        while index < len(self.tokens):
            heard = self.at[index]
            if heard:
                found.append(heard)
            index = heard.end if heard else index + 1
        return found

    def _hear(self, start: int, run: int) -> _Heard | None:
        longest = 4 if self.own else self.lexicon.starts.get(self.keys[start], 0)
        for count in range(min(run, max(longest, 1)), 0, -1):
            key = " ".join(self.keys[start : start + count])
            claims = self._claims(key, start + count)
            if claims is not None:
                return _Heard(start, start + count, claims)
        return None

    def _claims(self, key: str, end: int) -> tuple[Claim, ...] | None:
        """What the name states here; () for inert words, None for words without a meaning."""
        own = self.lexicon.taxonomy.named(self.own, key) if self.own else None
        if self.own and own and key not in self.lexicon.taxonomy.phrases.states:
            return (Claim(self.own, (own,)),)
        if key in self.lexicon.inert:
            return ()
        loud = self.lexicon.loud.get(key) or self.lexicon.loud.get(self.lexicon.squashed.get(key, ""))
        for claim in self.lexicon.quiet.get(key, ()):
            if self._wins(claim, loud) and self._followed(claim.attribute, end):
                return (claim,)
        every = self.lexicon.every.get(key)
        return (every,) if every else loud

    def _wins(self, claim: Claim, loud: tuple[Claim, ...] | None) -> bool:
        return loud is None or loud[0].attribute in self.lexicon.taxonomy.speech[claim.attribute].over

    def _followed(self, attribute: str, end: int) -> bool:
        """Whether a word that makes the quiet name clear comes next, or its like after "or": "white or rose gold"."""
        head = self.at[end]
        if head:
            before = self.lexicon.taxonomy.speech[attribute].before
            return any(claim.attribute in before for claim in head.claims)
        joined = end < len(self.keys) and self.tokens[end].word.strip() in OR_WORDS | AND_WORDS
        like = self.at[end + 1] if joined else None
        return like is not None and like.attribute == attribute
