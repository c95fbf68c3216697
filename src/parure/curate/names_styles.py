"""Known style codes, to be found in names: by one key per spelling, so that the number of styles costs no time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from parure.curate.names_text import Window, normal_text, runs_of, skeleton, whole
from parure.curate.rules import Normalisers
from parure.errors import IntakeError

__all__ = ["VENDOR_HEADINGS", "CodeIndex", "KnownStyle", "StyleIndex", "read_styles", "within_one"]

VENDOR_HEADINGS = re.compile(
    r"(vendor|supplier|factory|manufacturer)[\s_-]*(sku|code|ref(erence)?|style|item|no|number)?\.?", re.IGNORECASE
)
_SLACK = 2  # runs a code may fall into more than it has: a letter O among digits makes three of one
_MAX_CODE = 100  # characters


@dataclass(frozen=True)
class KnownStyle:
    code: str
    vendor_skus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of one style, as the sheet has it, and what is compared again and again."""

    style: str
    text: str
    bare: str  # the key without separators
    split: int  # separators between digits


_Found = tuple[Spelling, ...]


class CodeIndex:
    """Spellings (style codes, or vendor numbers) -> style codes. Every answer lists all styles that fit."""

    def __init__(self, spellings: Iterable[tuple[str, str]], normalise: Normalisers) -> None:
        self.normalise = normalise
        self._keys: dict[str, _Found] = {}
        self._zeros: dict[str, _Found] = {}
        self._skeletons: dict[str, _Found] = {}
        self._lengths: set[int] = set()  # of skeletons
        self._shapes: set[str] = set()
        self._near: dict[str, list[str]] | None = None  # a key with one character left out -> keys
        self.most_runs = self.longest = 0
        for spelling, style in dict.fromkeys(spellings):
            self._add(normal_text(spelling, unicode=normalise.unicode), style)

    def _add(self, text: str, style: str) -> None:
        window = whole(text, fold=self.normalise.case)
        if not window.key:
            return
        spelling = Spelling(style, text, window.key.replace("-", ""), window.split)
        bones = skeleton(window.key)
        for table, key in ((self._keys, window.key), (self._zeros, window.zeros), (self._skeletons, bones)):
            table[key] = (*table.get(key, ()), spelling)
        self._lengths.add(len(bones))
        runs = len(runs_of(text, fold=False))
        if runs > 1:
            self._shapes.add(window.shape)
        self.most_runs = max(self.most_runs, runs + _SLACK)
        self.longest = max(self.longest, len(window.key) + _SLACK)

    def exact(self, window: Window) -> _Found:
        """Styles of the same runs; with other leading zeros only if none has these."""
        found = self._keys.get(window.key)
        if found is None and self.normalise.leading_zeros:
            found = self._zeros.get(window.zeros)
        return found or ()

    def alike(self, window: Window) -> _Found:
        """Styles that look the same: separators among digits and look-alike letters do not count."""
        if len(window.key) - window.key.count("-") not in self._lengths:
            return ()
        return self._skeletons.get(skeleton(window.key), ())

    def has_shape(self, window: Window) -> bool:
        """Whether a code of the sheet has these letters and as many digits in the same places."""
        return window.shape in self._shapes

    def near(self, key: str) -> tuple[str, ...]:
        """Styles whose key is one insertion, deletion, substitution or swap of neighbours away."""
        near = self._neighbourhood()
        cuts = {key, *_cuts(key)}
        keys = {other for cut in cuts for other in near.get(cut, ())} | (cuts & self._keys.keys())
        close = (other for other in sorted(keys) if other != key and within_one(key, other))
        return tuple(dict.fromkeys(spelling.style for other in close for spelling in self._keys[other]))

    def _neighbourhood(self) -> dict[str, list[str]]:
        if self._near is None:
            self._near = defaultdict(list)
            for key in self._keys:
                for cut in _cuts(key):
                    self._near[cut].append(key)
        return self._near


def _cuts(key: str) -> set[str]:
    return {key[:at] + key[at + 1 :] for at in range(len(key))}


def within_one(one: str, other: str) -> bool:
    """Whether two different texts are one slip of the pen apart."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    rest, over = one[start : len(one) - end], other[start : len(other) - end]
    return (len(rest) <= 1 and len(over) <= 1) or (len(rest) == 2 and rest == over[::-1])


class StyleIndex:
    """All known styles under the spellings that `normalise` allows. Build it once, ask it for every name."""

    def __init__(self, styles: Sequence[KnownStyle], normalise: Normalisers | None = None) -> None:
        chosen = normalise or Normalisers()
        self.styles = tuple(styles)
        self.codes = CodeIndex(((style.code, style.code) for style in styles), chosen)
        self.skus = CodeIndex(((sku, style.code) for style in styles for sku in style.vendor_skus), chosen)


def read_styles(path: Path) -> tuple[KnownStyle, ...]:
    """From a sheet with a style-code column (and a vendor's, if it has one), or a .txt with a code per line."""
    pairs = _from_list(path) if path.suffix.lower() == ".txt" else _from_sheet(path)
    skus: dict[str, dict[str, None]] = {}
    for code, sku in pairs:
        skus.setdefault(code, {}).update(dict.fromkeys([sku] if sku else []))
    if not skus:
        raise IntakeError(
            f"{path.name} names no style code. Give a sheet with one per row, or a .txt with one per line."
        )
    return tuple(KnownStyle(code, tuple(own)) for code, own in skus.items())


def _from_list(path: Path) -> list[tuple[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise IntakeError(f"{path.name} is not UTF-8. Save it as UTF-8, or give the sheet itself.") from error
    return [(line.strip(), "") for line in lines if 0 < len(line.strip()) <= _MAX_CODE]


def _from_sheet(path: Path) -> list[tuple[str, str]]:
    from parure import taxonomy
    from parure.intake import guess_mapping, read_sheet

    sheet = read_sheet(path)
    columns = guess_mapping(sheet, taxonomy.load()).columns("style_code")
    if not columns:
        raise IntakeError(f"{path.name} has no column of style codes. Name one of its columns style_code.")
    vendor = next((name for name in sheet.columns if VENDOR_HEADINGS.fullmatch(name.strip())), None)
    cells = ((row.values.get(columns[0], ""), row.values.get(vendor, "") if vendor else "") for row in sheet.rows)
    return [(code.strip(), sku.strip()) for code, sku in cells if 0 < len(code.strip()) <= _MAX_CODE]
