"""Where known codes stand in a text, how sure each is, and which texts look like codes that nobody knows.

A hit is doubted where the same characters have another plain reading: a date, a camera's counter, a short number, half
of a longer word. Doubted hits are never enough to assign a photo.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from parure.curate.names_rest import RestReader
from parure.curate.names_styles import CodeIndex, Spelling
from parure.curate.names_text import Window, dates_in, runs_of, whole, windows
from parure.curate.rules_patterns import NamedPattern

__all__ = ["CodeFinder", "Doubt", "Finding", "FoundBy", "Hit", "NameText", "name_text"]

_CAMERA = re.compile(
    r"(?<![^\W\d_])(?:img|dsc[nf]?|mg|pxl|mvi|gopr|dji|wa|photo|image|picture|pic|scan|screen ?shot|whatsapp image|"
    r"untitled|frame|no|nr|price|usd|eur|inr|rs)[-_ .#]*$",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"(?:SS|AW|FW|SP|FA|SU|HO|CNY|Q[1-4]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC|JANUARY|FEBRUARY|MARCH|APRIL|"
    r"JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|SPRING|SUMMER|FALL|AUTUMN|WINTER|XMAS|DIWALI)"
)
_YEAR_CODE = re.compile(r"([^\W\d_]+)((?:19[89]|20[0-3])\d)")
_FEW = 4  # letters and digits a code must have to count with changed spelling, and digits if it is a bare number


class FoundBy(StrEnum):
    """Best first."""

    WRITTEN = "written"
    RESPELLED = "respelled"
    LOOKALIKE = "lookalike"
    VENDOR_SKU = "vendor_sku"
    FOLDER = "folder"
    TYPO = "typo"


class Doubt(StrEnum):
    DATE = "date"
    IN_DATE = "in_date"
    COUNTER = "counter"
    SHORT = "short"
    GLUED = "glued"
    SPLIT = "split"


_EXPLAINED = frozenset({Doubt.IN_DATE, Doubt.COUNTER, Doubt.SHORT})  # there is another plain reading
_RULED_OUT = frozenset({Doubt.SHORT, Doubt.GLUED, Doubt.SPLIT})  # a rule that extracts the text says it is a code


@dataclass(frozen=True)
class Hit:
    style: str
    found_by: FoundBy
    start: int
    end: int
    doubt: Doubt | None = None

    @property
    def weak(self) -> bool:
        return self.doubt is not None

    @property
    def explained(self) -> bool:
        return self.doubt in _EXPLAINED

    def cuts(self, other: Hit) -> bool:
        """Whether the two share some characters, but neither holds the other."""
        return self.start < other.start < self.end < other.end or other.start < self.start < other.end < self.end


@dataclass(frozen=True)
class NameText:
    """A name in its normal form, taken apart once for all who look for codes in it."""

    text: str
    windows: tuple[Window, ...]
    dates: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Finding:
    """`strangers` are texts built like a known code, or matched by a rule, that no style has."""

    hits: tuple[Hit, ...] = ()
    strangers: tuple[Window, ...] = ()


def name_text(text: str, *indexes: CodeIndex) -> NameText:
    runs = runs_of(text, fold=indexes[0].normalise.case)
    most_runs, longest = max(each.most_runs for each in indexes), max(each.longest for each in indexes)
    return NameText(text, tuple(windows(runs, most_runs=most_runs, longest=longest)), tuple(dates_in(text)))


class CodeFinder:
    """Finds the codes of one index."""

    def __init__(self, index: CodeIndex, rules: Sequence[NamedPattern], rest: RestReader) -> None:
        self._index = index
        self._rules = rules
        self._rest = rest

    def find(self, name: NameText) -> Finding:
        index = self._index
        hits: list[Hit] = []
        lookers: list[Window] = []
        for window in name.windows:
            found = index.exact(window)
            spellings = found or index.alike(window)
            if spellings:
                hits += self._hits(name, window, spellings, exact=bool(found))
            if index.has_shape(window) and not _reads_as_date(name, window):
                lookers.append(window)
        ruled, unknown = self._by_rules(name)
        kept = _outermost([*hits, *ruled])
        strangers = [window for window in (*unknown, *lookers) if not _is_known(window, kept)]
        return Finding(tuple(kept), tuple(_widest(strangers)))

    def _hits(self, name: NameText, window: Window, spellings: Sequence[Spelling], *, exact: bool) -> list[Hit]:
        written = name.text[window.start : window.end]
        hits = []
        for spelling in spellings:
            by = self._how(written, spelling, window, exact=exact)
            if by is not None:
                doubt = self._doubt(name, window, spelling, by)
                hits.append(Hit(spelling.style, by, window.start, window.end, doubt))
        return hits

    def _how(self, written: str, spelling: Spelling, window: Window, *, exact: bool) -> FoundBy | None:
        normalise = self._index.normalise
        if written == spelling.text or (normalise.case and written.upper() == spelling.text.upper()):
            return FoundBy.WRITTEN
        if not normalise.dashes and re.sub(r"[^\W_]", "", written) != re.sub(r"[^\W_]", "", spelling.text):
            return None
        if exact or window.key.replace("-", "") == spelling.bare:
            return FoundBy.RESPELLED
        return FoundBy.LOOKALIKE if normalise.lookalikes else None

    def _doubt(self, name: NameText, window: Window, spelling: Spelling, by: FoundBy) -> Doubt | None:
        number = not any(character.isalpha() for character in window.key)
        if number and _is_date(window, name.dates):
            whole_date = by is FoundBy.WRITTEN and (window.start, window.end) in name.dates
            return Doubt.DATE if whole_date else Doubt.IN_DATE
        if _is_calendar(window, by):
            return Doubt.DATE
        if _is_counter(name, window):
            return Doubt.COUNTER
        if _is_short(window, by, number=number):
            return Doubt.SHORT
        if window.split > spelling.split:
            return Doubt.SPLIT
        return Doubt.GLUED if self._is_glued(name.text, window) else None

    def _is_glued(self, text: str, window: Window) -> bool:
        """Whether the code goes on in a word or number that no rule explains: AJ-1042B may be another style."""
        before = re.search(r"[^\W_]*$", text[: window.start])
        after = re.match(r"[^\W_]*", text[window.end :])
        around = [match[0] for match in (before, after) if match and match[0]]
        return any(not self._rest.explains(word) for word in around)

    def _by_rules(self, name: NameText) -> tuple[list[Hit], list[Window]]:
        """Hits at what the rules extract, and what they extract that is no known code.

        What a rule extracts may be short or go on in a word; a date or a camera's counter it stays.
        """
        hits: list[Hit] = []
        unknown: list[Window] = []
        for rule in self._rules:
            group = "code" if "code" in rule.pattern.groupindex else 0
            for match in rule.pattern.finditer(name.text):
                window = whole(match[group] or "", fold=self._index.normalise.case)
                if not window.key:
                    continue
                window = window._replace(start=match.start(group), end=match.end(group))
                exact = self._index.exact(window)
                found = self._hits(name, window, exact or self._index.alike(window), exact=bool(exact))
                hits += [replace(hit, doubt=None) if hit.doubt in _RULED_OUT else hit for hit in found]
                if not found and not _reads_as_date(name, window) and not _is_counter(name, window):
                    unknown.append(window)
        return hits, unknown


def _is_counter(name: NameText, window: Window) -> bool:
    return window.key.replace("-", "").isdecimal() and _CAMERA.search(name.text, 0, window.start) is not None


def _is_known(window: Window, hits: Sequence[Hit]) -> bool:
    return any(hit.start <= window.start and window.end <= hit.end for hit in hits)


def _is_short(window: Window, by: FoundBy, *, number: bool) -> bool:
    telling = len(window.zeros.replace("-", ""))
    return telling < _FEW and (number or by is not FoundBy.WRITTEN)


def _is_date(window: Window, dates: Sequence[tuple[int, int]]) -> bool:
    return any(start < window.end and window.start < end for start, end in dates)


def _reads_as_date(name: NameText, window: Window) -> bool:
    """Whether a text built like a code is rather a date, or a word and a year: "AJ 2019", but not AJ-2019."""
    if _YEAR_CODE.fullmatch(window.key) and not any(start < window.start < end for start, end in name.dates):
        return " " in name.text[window.start : window.end] or bool(_CALENDAR.fullmatch(window.key[:-4].upper()))
    return _is_date(window, name.dates)


def _is_calendar(window: Window, by: FoundBy) -> bool:
    """ "SS-2020" and "MAY2019" are seasons; "AJ 2019" may be a brand and a year unless it is spelled as the code."""
    match = _YEAR_CODE.fullmatch(window.key.upper())
    return bool(match) and (by is not FoundBy.WRITTEN or bool(match and _CALENDAR.fullmatch(match[1])))


def _outermost(hits: Sequence[Hit]) -> list[Hit]:
    """Hits that do not lie inside a longer one that is at least as sure; each style once per place."""
    if len(hits) < 2:
        return list(hits)
    kept: list[Hit] = []
    ranks = list(FoundBy)
    order = sorted(set(hits), key=lambda hit: (hit.weak, ranks.index(hit.found_by), hit.start - hit.end, hit.start))
    for hit in order:
        longer = [other for other in hits if _contains(other, hit)]
        if any((other.weak, ranks.index(other.found_by)) <= (hit.weak, ranks.index(hit.found_by)) for other in longer):
            continue
        if not any(other.style == hit.style and other.start < hit.end and hit.start < other.end for other in kept):
            kept.append(hit)
    return kept


def _contains(outer: Hit, inner: Hit) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start


def _widest(strangers: Sequence[Window]) -> list[Window]:
    return [
        window
        for at, window in enumerate(strangers)
        if not any(
            other.start <= window.start and window.end <= other.end
            and (other.end - other.start > window.end - window.start or before < at)
            for before, other in enumerate(strangers)
            if before != at
        )
    ]  # fmt: skip
