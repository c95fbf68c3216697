"""All names of an archive together: a file's neighbours in its folder confirm or question what its own name says.

Photos of a piece come in sets. A slip of the pen shows as a hole in one set and a stray beside it: AJ-1042_1,
AJ-1042_2, AJ-1043_3, where nothing else is AJ-1043. A name alone can never show that.
"""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from parure.curate.names import NameReader, NameReading, NameVerdict
from parure.curate.names_find import FoundBy
from parure.curate.names_styles import StyleIndex
from parure.curate.names_text import key_of
from parure.curate.rules import Rules
from parure.curate.values import Reason

__all__ = ["read_archive"]

_Slot = tuple[str | None, str | None, int | None]  # metal, view, sequence: two photos of a piece differ in it


@dataclass
class _Sets:
    """Which photos of which style lie together: in one folder, named by one habit, without doubt."""

    reader: NameReader
    slots: dict[tuple[str, str, str], Counter[_Slot]] = field(default_factory=lambda: defaultdict(Counter))
    strangers: Counter[str] = field(default_factory=Counter)  # misspelt texts: twice the same is no slip

    def add(self, reading: NameReading) -> None:
        if reading.style is not None:
            self.slots[self._home(reading, reading.style)][_slot(reading)] += 1
        for text in {key_of(each.text) for each in reading.candidates if each.found_by is FoundBy.TYPO}:
            self.strangers[text] += 1

    def like(self, reading: NameReading, style: str) -> Counter[_Slot]:
        """The photos of `style` that lie and are named as this one."""
        return self.slots.get(self._home(reading, style), Counter())

    def _home(self, reading: NameReading, style: str) -> tuple[str, str, str]:
        return posixpath.dirname(reading.path.replace("\\", "/")), self.reader.habit(reading), style


def read_archive(
    paths: Iterable[str], rules: Rules, styles: StyleIndex, *, progress: Callable[[int], None] | None = None
) -> tuple[NameReading, ...]:
    """A reading per path, in the order given."""
    reader = NameReader(rules, styles)
    readings = []
    for number, path in enumerate(paths, start=1):
        readings.append(reader.read(path))
        if progress is not None and number % 1000 == 0:
            progress(number)
    sets = _Sets(reader)
    for reading in readings:
        sets.add(reading)
    return tuple(_weighed(reading, sets, styles) for reading in readings)


def _weighed(reading: NameReading, sets: _Sets, styles: StyleIndex) -> NameReading:
    if reading.verdict is NameVerdict.ASSIGNED:
        return _questioned(reading, sets, styles)
    if reading.verdict is NameVerdict.AMBIGUOUS:
        return _confirmed(reading, sets)
    return reading


def _confirmed(reading: NameReading, sets: _Sets) -> NameReading:
    """A slip of the pen, made once, that is just the missing photo in the set of one style it may mean."""
    if any(each.found_by is not FoundBy.TYPO for each in reading.candidates):
        return reading
    once = all(sets.strangers[key_of(each.text)] == 1 for each in reading.candidates)
    fitting = [each for each in reading.candidates if _completes(reading, sets.like(reading, each.code))]
    if not once or len(fitting) != 1:
        return reading
    style, text = fitting[0].code, fitting[0].text
    why = Reason("neighbours", f"{text!r} is one slip away from {style}, whose photos beside it lack this one.")
    return replace(reading, verdict=NameVerdict.ASSIGNED, style=style, candidates=tuple(fitting), reasons=(why,))


def _questioned(reading: NameReading, sets: _Sets, styles: StyleIndex) -> NameReading:
    """A code that stands by itself, and would complete the set of a style one slip away, is perhaps that style."""
    style = reading.style or ""
    independent = {each.found_by for each in reading.candidates} & {FoundBy.FOLDER, FoundBy.VENDOR_SKU}
    if independent or sum(sets.like(reading, style).values()) > 1:
        return reading
    near = [other for other in styles.codes.near(key_of(style)) if _completes(reading, sets.like(reading, other))]
    if not near:
        return reading
    detail = f"It is the only {style} here, and would complete the photos of {near[0]} beside it."
    others = tuple(replace(each, code=other, found_by=FoundBy.TYPO) for other in near for each in reading.candidates)
    return replace(
        reading, verdict=NameVerdict.AMBIGUOUS, style=None, candidates=(*reading.candidates, *others),
        reasons=(Reason("stray", detail),),
    )  # fmt: skip


def _continues(reading: NameReading, beside: Counter[_Slot]) -> bool:
    """Whether the photo's number is free in a set and next to one of it."""
    if reading.sequence is None or beside[_slot(reading)]:
        return False
    metal, view, number = _slot(reading)
    return any(beside[metal, view, (number or 0) + step] > 0 for step in (-1, 1))


def _completes(reading: NameReading, beside: Counter[_Slot]) -> bool:
    """Numbered photos continue a set; others complete one that lacks their view."""
    if reading.sequence is not None:
        return _continues(reading, beside)
    metals = {metal for metal, _, _ in beside}
    return bool(beside) and not beside[_slot(reading)] and reading.metal in metals


def _slot(reading: NameReading) -> _Slot:
    return reading.metal, reading.view, reading.sequence
