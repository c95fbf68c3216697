"""What a name says beside the code: metal, view, number, which copy, fit for use or not.

It is read from the name with the code replaced by "#". Thousands of names share few such rests, so answers are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parure.curate.names_text import dates_in
from parure.curate.rules import Rules
from parure.curate.rules_patterns import NamedPattern

__all__ = ["RestReader", "RestReading"]

_KEPT = 100_000  # rests remembered
_COPY = re.compile(
    r"[-_ ]*\((?P<n>\d{1,3})\)"
    r"|(?:[-_ ]+|(?<=\d))(?:copy|copie|kopie|copia|cópia|kopia|копия|副本|コピー)(?![^\W\d_])"
    r"(?:[-_ ]*\(?(?P<m>\d{1,3})\b\)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RestReading:
    """None where the name does not say. `copy` is 1 for a bare "copy". `used` are the words that told something."""

    metal: str | None
    view: str | None
    sequence: int | None
    copy: int | None
    usable: bool | None
    used: tuple[str, ...]
    left: str  # what no rule explained


class RestReader:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._usable = _words(rules.usable)
        self._unusable = _words(rules.unusable)
        self._known: dict[str, RestReading] = {}

    def read(self, rest: str) -> RestReading:
        found = self._known.get(rest)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[rest] = self._read(rest)
        return found

    def explains(self, word: str) -> bool:
        """Whether all of `word` is something a rule knows: a metal, a view, a mark."""
        return not re.search(r"[^\W_]", self.read(word).left)

    def _read(self, rest: str) -> RestReading:
        used: list[str] = []
        text, copy = _take_copy(rest, used)
        text, unusable = _take(text, self._unusable, used)
        text, usable = _take(text, self._usable, used)
        text, metal = _take_named(text, self._rules.metal, used)
        text, view = _take_named(text, self._rules.view, used)
        text = _blank(text, dates_in(text))
        text = _blank(text, [match.span() for rule in self._rules.ignore for match in rule.pattern.finditer(text)])
        text, sequence = _take_sequence(text, self._rules.sequence)
        fit = False if unusable else True if usable else None
        return RestReading(metal, view, sequence, copy, fit, tuple(used), text)


def _words(words: Sequence[str]) -> re.Pattern[str] | None:
    """Longest first, so that "size chart" is found before "size"."""
    if not words:
        return None
    spelled = (re.escape(word).replace(r"\ ", "[-_ ]*") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(spelled)})\d{{0,2}}(?![^\W_])", re.IGNORECASE)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _take_copy(text: str, used: list[str]) -> tuple[str, int | None]:
    matches = list(_COPY.finditer(text))
    if not matches:
        return text, None
    used.extend(match[0].strip("-_ ") for match in matches)
    number = matches[-1]["n"] or matches[-1]["m"]
    return _blank(text, [match.span() for match in matches]), int(number or 1)


def _take(text: str, pattern: re.Pattern[str] | None, used: list[str]) -> tuple[str, bool]:
    matches = list(pattern.finditer(text)) if pattern else []
    used.extend(match[0] for match in matches)
    return _blank(text, [match.span() for match in matches]), bool(matches)


def _take_named(text: str, rules: Sequence[NamedPattern], used: list[str]) -> tuple[str, str | None]:
    """The one value the text names: longer matches hide those inside them; two values are no value."""
    found = sorted((match.start(), -match.end(), rule.name) for rule in rules for match in rule.pattern.finditer(text))
    kept: list[tuple[int, int, str]] = []
    for start, end, name in found:
        if not kept or start >= -kept[-1][1]:
            kept.append((start, end, name))
    used.extend(text[start:-end] for start, end, _ in kept)
    names = {name for _, _, name in kept}
    return _blank(text, [(start, -end) for start, end, _ in kept]), names.pop() if len(names) == 1 else None


def _take_sequence(text: str, rules: Sequence[NamedPattern]) -> tuple[str, int | None]:
    for rule in rules:
        matches = list(rule.pattern.finditer(text))
        if matches:
            number = matches[-1].groupdict().get("n") or matches[-1][0]
            digits = re.sub(r"\D", "", number)
            if digits:
                return _blank(text, [matches[-1].span()]), int(digits[:9])
    return text, None
