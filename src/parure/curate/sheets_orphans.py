"""Styles without photos and photos without styles, given what file names were read to mean. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parure.curate.names import NameReading, NameVerdict
from parure.curate.sheets_values import Orphan

__all__ = ["find_orphans"]

_SHOWN = 4


def find_orphans(codes: Iterable[str], readings: Sequence[NameReading]) -> Iterator[Orphan]:
    """Styles first, in the order given, then photos. A photo in review may still be a style's only one."""
    assigned = {reading.style for reading in readings if reading.style is not None}
    possible = {candidate.code for reading in readings if reading.style is None for candidate in reading.candidates}
    for code in codes:
        if code not in assigned:
            maybe = " A photo in review may be one." if code in possible else ""
            yield Orphan("style_without_photos", code, f"No photo is named for {code}.{maybe}")
    for reading in readings:
        if reading.verdict is NameVerdict.AMBIGUOUS:
            meant = " or ".join(dict.fromkeys(each.code for each in reading.candidates[:_SHOWN]))
            yield Orphan("photo_in_review", reading.path, f"May be {meant}: {reading.reasons[0].detail}")
        elif reading.verdict is NameVerdict.UNMATCHED:
            yield Orphan("photo_without_style", reading.path, reading.reasons[0].detail)
