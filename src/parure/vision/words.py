"""Sentences to numbers for the text tower, without a vocabulary file.

A word becomes itself and its runs of three letters, each hashed to a row of one table: a word nobody wrote before, or
wrote wrongly, still shares most of its runs with the right one. Word order is kept, since "oval sapphire, round
diamonds" and "round sapphire, oval diamonds" are two pieces.

The hash is CRC-32 (of zlib, PNG and RFC 1952; of b"123456789" it is 0xCBF43926) of the UTF-8 bytes, so the numbers are
the same on every machine and in every language; the tests hold examples. Changing anything here needs a new tower.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["LENGTH", "ROWS", "RUN", "SLOTS", "WORDS", "WORD_ROWS", "split_words", "tokenise"]

WORDS = 32  # of a sentence; what follows is not read
SLOTS = 12  # numbers a word has room for: itself and eleven runs
LENGTH = WORDS * SLOTS
RUN = 3  # letters of a run, the marks of beginning and end included
WORD_ROWS = 6143  # rows 1 to 6143 are whole words, the others runs; row 0 is empty. Primes spread a CRC evenly.
ROWS = 1 + WORD_ROWS + 4093

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’`´")
_SIGNS = str.maketrans({"&": " and ", "+": " and ", "½": " half "})


def tokenise(texts: Sequence[str]) -> NDArray[np.int64]:
    """(n, 384) row numbers: for each of 32 words 12 of them, 0 where there are fewer words or runs."""
    rows = np.zeros((len(texts), WORDS, SLOTS), np.int64)
    for at, text in enumerate(texts):
        for place, word in enumerate(split_words(text)[:WORDS]):
            numbers = _numbers(word)
            rows[at, place, : len(numbers)] = numbers
    return rows.reshape(len(texts), LENGTH)


def split_words(text: str) -> list[str]:
    """Words in lower case without accents: "Pavé-set, 18K & tiger's eye" gives pave set 18k and tigers eye."""
    folded = text.translate(_SIGNS).casefold().translate(_APOSTROPHES)
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _WORD.findall(folded)


@lru_cache(maxsize=4096)
def _numbers(word: str) -> tuple[int, ...]:
    marked = f"<{word}>"
    runs = [marked[at : at + RUN] for at in range(len(marked) - RUN + 1)]
    return (1 + crc32(word.encode()) % WORD_ROWS, *(_run_number(run) for run in runs[: SLOTS - 1]))


def _run_number(run: str) -> int:
    return 1 + WORD_ROWS + crc32(run.encode()) % (ROWS - 1 - WORD_ROWS)
