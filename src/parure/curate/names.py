"""One name -> the style it means, or why a person has to look.

Strict: exactly one known code, unquestioned and uncontradicted, is assigned. Two codes, a code built like the known
ones that nobody knows, a folder that names another style, or a slip of the pen go to review with what was found.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from parure.curate.names_find import CodeFinder, Doubt, Finding, FoundBy, Hit, NameText, name_text
from parure.curate.names_rest import RestReader
from parure.curate.names_styles import StyleIndex
from parure.curate.names_text import normal_text
from parure.curate.rules import Rules
from parure.curate.rules_patterns import MAX_NAME
from parure.curate.values import Reason
from parure.intake.found import PHOTO_SUFFIXES

__all__ = ["NameReader", "NameReading", "NameVerdict", "StyleCandidate", "parse_name"]

_DIGITS_OF_A_TYPO = 3  # a text with fewer digits is no misspelt code


class NameVerdict(StrEnum):
    ASSIGNED = "assigned"
    AMBIGUOUS = "ambiguous"  # candidates for a person to choose from, perhaps only one
    UNMATCHED = "unmatched"


@dataclass(frozen=True)
class StyleCandidate:
    """A style the name may mean; `text` is what in the path says so."""

    code: str
    found_by: FoundBy
    text: str


@dataclass(frozen=True)
class NameReading:
    """`style` is set if and only if the verdict is "assigned". `usable` is None where the name does not say."""

    path: str
    verdict: NameVerdict
    style: str | None
    candidates: tuple[StyleCandidate, ...]
    vendor_sku: str | None
    metal: str | None
    view: str | None
    sequence: int | None
    copy: int | None
    usable: bool | None
    rest: str  # the name with "#" for each code
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Clues:
    """What speaks for which style. `unknown` are texts built like codes that no style has."""

    name: Finding
    text: str
    strangers: tuple[str, ...]
    typos: tuple[StyleCandidate, ...]
    folder: tuple[StyleCandidate, ...]
    skus: tuple[StyleCandidate, ...]

    def others_agree(self, style: str) -> bool:
        return style in {candidate.code for candidate in (*self.folder, *self.skus)}

    def candidates(self, hits: Iterable[Hit]) -> list[StyleCandidate]:
        return [StyleCandidate(hit.style, hit.found_by, self.text[hit.start : hit.end]) for hit in hits]


class NameReader:
    """Reads many names under the same rules and styles; answers about folders and rests are kept."""

    def __init__(self, rules: Rules, index: StyleIndex) -> None:
        self._rules = rules
        self._index = index
        self._rest = RestReader(rules)
        self._codes = CodeFinder(index.codes, rules.style_code, self._rest)
        self._skus = CodeFinder(index.skus, rules.vendor_sku, self._rest)
        self._habits: dict[str, str] = {}
        self._of_folder = lru_cache(maxsize=4096)(self._in_folder)

    def read(self, path: str) -> NameReading:
        """`path` is posix, below the source; folders are clues."""
        folder, _, name = path.replace("\\", "/").rpartition("/")
        text = self._normal(_stem(name))
        clues, sku = self._clues(text, folder)
        verdict, style, candidates, reasons = _decide(clues)
        if len(_stem(name)) > MAX_NAME:
            reasons = (*reasons, Reason("long_name", f"Only the first {MAX_NAME} characters of the name were read."))
        coded = _without_codes(text, clues, {candidate.code for candidate in candidates})
        rest = self._rest.read(coded)
        return NameReading(
            path, verdict, style, tuple(candidates), sku,
            rest.metal, rest.view, rest.sequence, rest.copy, rest.usable, coded, reasons,
        )  # fmt: skip

    def habit(self, reading: NameReading) -> str:
        """How the name is built, without what differs within a set: photos named by one hand in one go share it."""
        found = self._habits.get(reading.rest)
        if found is None:
            left = re.sub(r"\d+", "0", self._rest.read(reading.rest).left)
            case = "upper" if reading.rest.isupper() else "lower" if reading.rest.islower() else "mixed"
            found = self._habits[reading.rest] = f"{case} {' '.join(left.split())}"
        return found

    def _normal(self, text: str) -> str:
        return normal_text(text[:MAX_NAME], unicode=self._rules.normalise.unicode)

    def _apart(self, text: str) -> NameText:
        return name_text(text, self._index.codes, self._index.skus)

    def _clues(self, text: str, folder: str) -> tuple[_Clues, str | None]:
        name = self._apart(text)
        found, vendor = self._codes.find(name), self._skus.find(name)
        sure = [hit for hit in vendor.hits if not hit.weak]
        skus = tuple(StyleCandidate(hit.style, FoundBy.VENDOR_SKU, text[hit.start : hit.end]) for hit in sure)
        spans = [(hit.start, hit.end) for hit in vendor.hits] + [(each.start, each.end) for each in vendor.strangers]
        strangers = [each for each in found.strangers if (each.start, each.end) not in spans]
        typos = () if any(not hit.weak for hit in found.hits) else self._typos(found, name)
        sku = next((text[start:end] for start, end in spans), None)
        unknown = tuple(text[each.start : each.end] for each in strangers)
        return _Clues(found, text, unknown, typos, self._folder(folder), skus), sku

    def _typos(self, found: Finding, name: NameText) -> tuple[StyleCandidate, ...]:
        near: dict[str, StyleCandidate] = {}
        for window in name.windows:
            if sum(character.isdigit() for character in window.key) < _DIGITS_OF_A_TYPO:
                continue
            taken = [(hit.start, hit.end) for hit in found.hits]
            taken += name.dates if window.key[0].isdigit() else ()
            if any(start < window.end and window.start < end for start, end in taken):
                continue  # a doubted hit or a date explains it
            for style in self._index.codes.near(window.key):
                near.setdefault(style, StyleCandidate(style, FoundBy.TYPO, name.text[window.start : window.end]))
        return tuple(near.values())

    def _folder(self, folder: str) -> tuple[StyleCandidate, ...]:
        """Styles the nearest folder names that names any."""
        for part in reversed(folder.split("/")):
            if part and (found := self._of_folder(part)):
                return found
        return ()

    def _in_folder(self, part: str) -> tuple[StyleCandidate, ...]:
        text = self._normal(part)
        hits = [hit for hit in self._codes.find(self._apart(text)).hits if not hit.weak]
        return tuple(StyleCandidate(hit.style, FoundBy.FOLDER, text[hit.start : hit.end]) for hit in hits)


def parse_name(name: str, rules: Rules, styles: StyleIndex) -> NameReading:
    """One name. For many, keep a `NameReader`; for a whole archive, `read_archive` also asks a file's neighbours."""
    return NameReader(rules, styles).read(name)


def _stem(name: str) -> str:
    stem, suffix = posixpath.splitext(name)
    return _stem(stem) if suffix.lower() in PHOTO_SUFFIXES else name


def _without_codes(text: str, clues: _Clues, styles: set[str]) -> str:
    """The name with "#" for each code; what is left says metal, view and number."""
    spans = {(hit.start, hit.end) for hit in clues.name.hits if hit.style in styles}
    for candidate in (*clues.typos, *clues.skus):
        at = text.find(candidate.text)
        if at >= 0 and not any(start < at + len(candidate.text) and at < end for start, end in spans):
            spans.add((at, at + len(candidate.text)))
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}#{text[end:]}"
    return text


_Decision = tuple[NameVerdict, str | None, Sequence[StyleCandidate], tuple[Reason, ...]]


def _decide(clues: _Clues) -> _Decision:
    strong = [hit for hit in clues.name.hits if not hit.weak]
    # a date or counter beside an unquestioned code is a date or counter
    open_hits = [hit for hit in clues.name.hits if hit.weak and not any(hit.cuts(other) for other in strong)]
    open_hits = [hit for hit in open_hits if not (strong and hit.explained)]
    styles = {hit.style for hit in (*strong, *open_hits)} if strong else set()
    if len(styles) > 1:
        found = clues.candidates([*strong, *open_hits])
        return _review(found, "two_styles", f"The name fits {_listed(styles)}.")
    if strong:
        return _with_code(clues, strong[0].style, clues.candidates(strong))
    return _without_code(clues, clues.candidates(clues.name.hits))


def _with_code(clues: _Clues, style: str, found: list[StyleCandidate]) -> _Decision:
    """One unquestioned code: assigned unless something else in the path says otherwise."""
    skus, folder = {each.code for each in clues.skus}, {each.code for each in clues.folder}
    if skus and style not in skus:
        return _review([*found, *clues.skus], "sku_disagrees", f"The vendor's number is that of {_listed(skus)}.")
    if folder and style not in folder:
        return _review([*found, *clues.folder], "folder_disagrees", f"The folder names {_listed(folder)}.")
    if clues.strangers and not clues.others_agree(style):
        return _review(found, "unknown_code", f"{clues.strangers[0]!r} looks like a code too, and no style has it.")
    how = found[0].found_by
    return NameVerdict.ASSIGNED, style, found, (Reason(how, f"{found[0].text!r} is {style} ({how})."),)


def _without_code(clues: _Clues, doubted: list[StyleCandidate]) -> _Decision:
    """No unquestioned code: assigned if exactly one style is named by independent clues."""
    proposed = [*doubted, *(each for each in clues.typos if each.code not in {other.code for other in doubted})]
    agreeing = {each.code for each in proposed if clues.others_agree(each.code)}
    outside = {each.code for each in (*clues.skus, *clues.folder)}
    skus = {each.code for each in clues.skus}
    if len(agreeing) == 1 and outside == agreeing:
        return _assigned(proposed, clues, agreeing.pop())
    if len(skus) == 1 and outside == skus and not proposed and not clues.strangers:
        return _assigned([], clues, skus.pop())
    if len(outside) == 1 and not skus and not proposed and not clues.strangers:
        return _assigned([], clues, outside.pop())
    everything = [*proposed, *clues.skus, *clues.folder]
    if everything:
        return _review(everything, *_why_open(clues, proposed))
    if clues.strangers:
        return _unmatched("unknown_code", f"{clues.strangers[0]!r} looks like a code, and no style has it.")
    return _unmatched("no_code", "Nothing in the name or its folders is a known style code.")


def _why_open(clues: _Clues, proposed: list[StyleCandidate]) -> tuple[str, str]:
    doubts = {hit.doubt for hit in clues.name.hits if hit.doubt is not None}
    if len({each.code for each in proposed}) > 1:
        return "two_styles", f"The name may mean {_listed(each.code for each in proposed)}."
    if doubts:
        doubt = sorted(doubts)[0]
        return doubt, f"{proposed[0].text!r} may be {proposed[0].code}, but {_DOUBTS[doubt]}."
    if proposed:
        return "typo", f"{proposed[0].text!r} is one slip away from {proposed[0].code}."
    return "clues_disagree", "Folder, vendor number and name do not agree on one style."


_DOUBTS = {
    Doubt.DATE: "it reads as a date as well",
    Doubt.IN_DATE: "it is part of a longer date",
    Doubt.COUNTER: "it reads as a camera's counter or a price as well",
    Doubt.SHORT: "it is too short to be sure",
    Doubt.GLUED: "it goes on in something no rule explains",
    Doubt.SPLIT: "a separator stands inside its number",
}


def _assigned(proposed: list[StyleCandidate], clues: _Clues, style: str) -> _Decision:
    found = [each for each in (*proposed, *clues.skus, *clues.folder) if each.code == style]
    reasons = tuple(Reason(each.found_by, f"{each.text!r} is {style} ({each.found_by}).") for each in found)
    return NameVerdict.ASSIGNED, style, found, reasons


def _review(found: Sequence[StyleCandidate], code: str, detail: str) -> _Decision:
    return NameVerdict.AMBIGUOUS, None, tuple(dict.fromkeys(found)), (Reason(code, detail),)


def _unmatched(code: str, detail: str) -> _Decision:
    return NameVerdict.UNMATCHED, None, (), (Reason(code, detail),)


def _listed(styles: Iterable[str]) -> str:
    named = sorted(set(styles))
    return ", ".join(named[:4]) + (f" and {len(named) - 4} more" if len(named) > 4 else "")
