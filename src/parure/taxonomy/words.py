"""Folding words so that spelling does not matter: case, accents, hyphens, apostrophes and plurals.

The stem is crude on purpose: it is applied to the vocabulary and to the text alike, so it need not be a word
("huggies" and "huggie" both become "huggy"), only the same for both.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["BREAK", "Token", "fold", "plain", "stem", "tokens"]

BREAK = "\x1f"  # stands where words were taken out, so that no phrase reaches across
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’`´][^\W_]+)*")
_TOKEN = re.compile(rf"\bw/o?(?=\W)|{_WORD.pattern}|[,;&+/|.:!?>()\[\]\n{BREAK}•–—]|\s-(?=\w)|\s-+\s")
_APOSTROPHES = str.maketrans("", "", "'’`´")
_JOINED = {"w/o": "without", "w/": "with"}
_SOFT_ENDINGS = ("che", "she", "xe", "sse", "zze", "ze")


@dataclass(frozen=True)
class Token:
    """A word or a sign of punctuation. `word` is folded but whole, `key` stemmed; `text[start:end]` is the original."""

    word: str
    key: str
    start: int
    end: int
    sign: bool = False  # punctuation
    minus: bool = False  # a leading "-" as in search engines: "ring -diamond"
    hyphened: bool = False  # joined to the word before by a hyphen


def plain(text: str) -> str:
    """Lower case without accents and apostrophes."""
    if text.isascii():
        return text.lower().translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_APOSTROPHES)


def stem(word: str) -> str:
    """The singular, or what passes for it."""
    if len(word) > 3 and word[-1] == "s" and word[-2:] not in ("ss", "us", "is") and word[-2].isalpha():
        word = word[:-1]
    if len(word) > 4:
        if word.endswith("ie"):
            return word[:-2] + "y"
        if word.endswith(_SOFT_ENDINGS):
            return word[:-1]
    return word


def fold(text: str) -> str:
    """The key under which a name is found: stemmed words with single spaces."""
    return " ".join(stem(plain(word)) for word in _WORD.findall(text))


def tokens(text: str) -> list[Token]:
    """The words and signs of a text in order, with their places in it."""
    found: list[Token] = []
    minus = False
    for match in _TOKEN.finditer(text):
        raw = match[0]
        if raw.endswith("-") and raw.strip() == "-" and not raw[-1].isspace():
            minus = True  # " -word"
            continue
        word = _JOINED.get(raw.lower()) or plain(raw)
        sign = not word[:1].isalnum()
        hyphened = bool(found) and match.start() == found[-1].end + 1 and text[found[-1].end] == "-"
        key = raw.strip() or BREAK if sign else stem(word)
        found.append(Token(word, key, match.start(), match.end(), sign, minus and not sign, hyphened))
        minus = False
    return found
