"""What happens to a text between the head and the screen: other dialect, slips of the finger."""

from __future__ import annotations

import re

from numpy.random import Generator

__all__ = ["american", "misspelt"]

_AMERICAN = {
    "colour": "color", "grey": "gray", "jewellery": "jewelry", "oxidised": "oxidized", "centre": "center",
    "centred": "centered", "personalised": "personalized", "aluminium": "aluminum", "favourite": "favorite",
}  # fmt: skip
_SPELLINGS = re.compile("|".join(sorted(_AMERICAN, key=len, reverse=True)))
_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_SHORTEST = 5  # a slip in a shorter word makes another word


def american(text: str) -> str:
    return _SPELLINGS.sub(lambda match: _AMERICAN[match[0]], text)


def misspelt(text: str, random: Generator) -> str:
    """One longer word with a letter dropped, doubled, swapped with the next or hit beside its key."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
    if not long:
        return text
    at = long[int(random.integers(len(long)))]
    words[at] = _slip(words[at], int(random.integers(1, len(words[at]) - 1)), int(random.integers(4)), random)
    return " ".join(words)


def _slip(word: str, at: int, kind: int, random: Generator) -> str:
    """The first letter stays: people get it right."""
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    near = _NEIGHBOURS.get(word[at].lower(), word[at])
    return word[:at] + near[int(random.integers(len(near)))] + word[at + 1 :]
