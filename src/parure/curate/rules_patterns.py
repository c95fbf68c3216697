"""Regexes that people write: compiled, and refused if some file name could keep one busy for minutes.

Python's matcher tries every way a pattern can fit. The number of ways is bounded from the parsed pattern, not by trial:
the bound holds for every name. Repeats inside repeats, such as `(\\w+ ?)*`, are what it refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

__all__ = ["MAX_NAME", "BadPattern", "NamedPattern", "compile_pattern"]

MAX_NAME = 255  # characters of a name that are read; file systems allow 255 bytes
_MAX_WAYS = 70_000  # two unbounded repeats side by side (255 x 255) pass, three do not
_MAX_LENGTH = 1000  # characters of a pattern


class BadPattern(ValueError):
    """`str(error)` says what is wrong, to be put behind the place in the file."""


@dataclass(frozen=True)
class NamedPattern:
    """`name` is what a match means: the rule's name for codes, the value ("yellow_gold", "front") elsewhere."""

    name: str
    pattern: re.Pattern[str]


def compile_pattern(name: str, text: str, *, ignore_case: bool, words: bool) -> NamedPattern:
    """With `words` a match may not begin or end inside a word. Raises `BadPattern`."""
    if len(text) > _MAX_LENGTH:
        raise BadPattern(f"the pattern has {len(text)} characters; {_MAX_LENGTH} are allowed")
    flags = re.IGNORECASE if ignore_case else re.NOFLAG
    try:
        plain = re.compile(text, flags)
        tree = _parsed(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise BadPattern(f"{text!r} is not a regular expression ({error})") from error
    if plain.fullmatch(""):
        raise BadPattern(f"{text!r} also matches nothing at all, and so every name. Make a part of it mandatory")
    if _ways(tree) > _MAX_WAYS:
        raise BadPattern(
            f"{text!r} could take minutes on some names: it repeats something that can itself vary, or varies in too "
            "many places. Write [A-Z0-9]+ instead of ([A-Z]+|[0-9]+)*, and give repeats a limit, such as {1,6}"
        )
    bounded = rf"(?<![^\W\d_])(?:{text})(?![^\W\d_])" if words else text
    return NamedPattern(name, re.compile(bounded, flags) if words else plain)


def _parsed(text: str) -> Any:
    """Python's own reading of a pattern. The module has no promise of stability: `tests/curate` guards its shape."""
    from re import _parser  # type: ignore[attr-defined]

    return _parser.parse(text)


def _ways(tree: Any) -> float:
    """An upper bound on how many ways the pattern can fit from one position of a name."""
    total = 1.0
    for operator, argument in tree:
        total = min(total * _ways_of(str(operator), argument), 1e12)
    return total


def _ways_of(operator: str, argument: Any) -> float:
    match operator:
        case "BRANCH":
            return sum(_ways(branch) for branch in argument[1])
        case "SUBPATTERN":
            return _ways(argument[3])
        case "ATOMIC_GROUP":
            return _ways(argument)
        case "ASSERT" | "ASSERT_NOT":
            return _ways(argument[1])
        case "GROUPREF_EXISTS":
            return sum(_ways(branch) for branch in argument[1:] if branch is not None)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(*argument)
        case _:
            return 1.0


def _repeated(least: int, most: int, body: Any) -> float:
    least, most = min(least, MAX_NAME), min(most, MAX_NAME)
    each = _ways(body)
    if each == 1.0:
        return most - least + 1
    return min(sum(each ** min(count, 64) for count in range(least, most + 1)), 1e12)
