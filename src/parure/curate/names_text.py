"""A name as runs of letters and digits, and the keys under which codes are compared.

The key of a text is its runs in upper case; a hyphen stands only between two runs of one kind, because there alone a
separator carries meaning: AJ-1042, aj_1042 and AJ1042 share a key, 10-4432 and 104432 do not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["Run", "Window", "dates_in", "key_of", "normal_text", "runs_of", "skeleton", "whole", "windows"]

_RUN = re.compile(r"[^\W\d_]+|\d+")
_WIDEST_GAP = 3  # characters between two runs of one code, as in "AJ - 1042"

# Letters that look like another: to a digit where codes have digits, and Cyrillic and Greek ones to Latin.
_LOOKALIKES = str.maketrans(
    "OQILolАВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "001101ABES1JKMH0PCTYXABEZH1KMN0PTYX",
)

_YEAR, _MONTH, _DAY = r"(?:19[89]\d|20[0-3]\d)", r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_LOOSE_MONTH, _LOOSE_DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    r"(?<!\d)(?:"
    rf"{_YEAR}[-_. ]{_LOOSE_MONTH}[-_. ]{_LOOSE_DAY}|"
    rf"{_LOOSE_DAY}[-_. ]{_LOOSE_MONTH}[-_. ](?:{_YEAR}|[0-3]\d)|{_LOOSE_MONTH}[-_. ]{_LOOSE_DAY}[-_. ]{_YEAR}|"
    rf"{_YEAR}{_MONTH}{_DAY}|{_DAY}{_MONTH}{_YEAR}|{_YEAR}[-_. ]{_MONTH}|{_MONTH}[-_. ]{_YEAR}|"
    rf"[0-3]\d{_MONTH}{_DAY}|{_DAY}{_MONTH}[0-3]\d|{_YEAR}"
    rf")(?!\d)(?:(?<={_MONTH}{_DAY})[-_ ][0-2]\d[0-5]\d[0-5]\d(?!\d))?"  # 20190412_153012, as phones write
)


class Run(NamedTuple):  # a tuple, as there are a dozen per name
    text: str  # upper case
    start: int
    end: int
    digits: bool


class Window(NamedTuple):
    """Some neighbouring runs. `split` counts separators inside a row of digits; `zeros` has no leading zeros."""

    start: int
    end: int
    key: str
    zeros: str
    shape: str
    split: int


def normal_text(text: str, *, unicode: bool) -> str:
    """One spelling for what looks the same; length may change. Without `unicode` only composed forms are unified."""
    if text.isascii():
        return text
    if not unicode:
        return unicodedata.normalize("NFC", text)
    return "".join(_plain(character) for character in unicodedata.normalize("NFKC", text))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    match unicodedata.category(character):
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Cf":
            return ""
        case "Nd":
            return str(unicodedata.digit(character))
        case _:
            return character


def runs_of(text: str, *, fold: bool) -> list[Run]:
    found = []
    for match in _RUN.finditer(text):
        run = match[0]
        found.append(Run(run.upper() if fold else run, match.start(), match.end(), run[0].isdecimal()))
    return found


def windows(runs: list[Run], *, most_runs: int, longest: int, words: bool = False) -> list[Window]:
    """Every row of neighbouring runs that could be a code, with its keys, built up run by run.

    Rows without any digit are words, and left out unless `words`.
    """
    found = []
    for first in range(len(runs)):
        key = zeros = shape = ""
        split, telling, last_end, last_digits = 0, words, -1, False
        for text, start, end, digits in runs[first : first + most_runs]:
            if last_end >= 0:
                if start - last_end > _WIDEST_GAP:
                    break
                if digits == last_digits:
                    key, zeros, shape = key + "-", zeros + "-", shape + "-"
                    split += digits
            key += text
            if len(key) > longest:
                break
            zeros += (text.lstrip("0") or "0") if digits else text
            shape += "#" * len(text) if digits and last_end >= 0 else text
            telling = telling or digits
            last_end, last_digits = end, digits
            if telling:
                found.append(Window(runs[first].start, end, key, zeros, shape, split))
    return found


def key_of(text: str, *, fold: bool = True) -> str:
    return whole(text, fold=fold).key


def whole(text: str, *, fold: bool) -> Window:
    """The whole text as one window, whatever stands between its runs."""
    runs = [Run(run.text, at, at, run.digits) for at, run in enumerate(runs_of(text, fold=fold))]
    found = windows(runs, most_runs=len(runs), longest=10**6, words=True)
    return next((each for each in found if (each.start, each.end) == (0, len(runs) - 1)), Window(0, 0, "", "", "", 0))


def skeleton(key: str) -> str:
    """The key without separators, with look-alike letters as what they look like."""
    return key.replace("-", "").translate(_LOOKALIKES)


def dates_in(text: str) -> list[tuple[int, int]]:
    """Spans that read as a date, with a phone's time behind it, or as a year."""
    return [match.span() for match in _DATE.finditer(text)]
