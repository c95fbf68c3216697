"""One slip of the finger: the vocabulary word that a misspelt word can only be meant for.

Precision first. Nothing is corrected that is short, begins with another letter, could mean two things, or is
an ordinary word (`data/ordinary.txt` holds English words and names that lie one edit from a jewellery word: "chair").
Only a word that is a name by itself is a target: "saphire", not a part of some longer name.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

__all__ = ["Typos", "one_edit_apart"]

_SHORTEST = 5
_ORDINARY = Path(__file__).parent / "data" / "ordinary.txt"


@cache
def _ordinary() -> frozenset[str]:
    lines = _ORDINARY.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


class Typos:
    """Target words indexed under their one-letter deletions, so that a lookup costs a handful of dictionary reads."""

    def __init__(self, words: Iterable[str], targets: Mapping[str, Hashable]) -> None:
        self._words = frozenset(words)  # right as they are
        self._meanings = targets
        self._by_deletion: dict[str, list[str]] = {}
        for word in targets:
            if len(word) >= _SHORTEST and word.isalpha():
                for shorter in _deletions(word):
                    self._by_deletion.setdefault(shorter, []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def meant(self, word: str) -> str | None:
        """A vocabulary word one edit away, if all such words mean the same; or None."""
        if len(word) < _SHORTEST or not word.isalpha() or word in self._words or word in _ordinary():
            return None
        near = {
            candidate
            for shorter in _deletions(word)
            for candidate in self._by_deletion.get(shorter, ())
            if candidate[0] == word[0] and one_edit_apart(word, candidate)
        }
        return min(near) if len({self._meanings[candidate] for candidate in near}) == 1 else None


def _deletions(word: str) -> Iterator[str]:
    yield word
    for index in range(1, len(word)):  # the first letter is taken to be right
        yield word[:index] + word[index + 1 :]


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter added, dropped or changed, or two neighbours swapped, leads from one word to the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return short[first:] == long[first + 1 :]
    changed = one[first + 1 :] == other[first + 1 :]
    swapped = one[first : first + 2] == other[first : first + 2][::-1] and one[first + 2 :] == other[first + 2 :]
    return changed or swapped
