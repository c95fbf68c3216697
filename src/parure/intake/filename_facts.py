"""Type and metal colour as far as file and folder names tell: whole words only, nearest to the photo first.

Words that mean something only in company ("white", "rose") are passed over when they stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from parure.intake.drafts import AttributeDraft

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["facts_in_name"]

_TOLD_BY_NAMES = ("type", "metal_colour")
_LONGEST_PHRASE = 3  # words


def facts_in_name(path: str, label: str, taxonomy: Taxonomy) -> tuple[AttributeDraft, ...]:
    """`label` is the photo's name without view and number. At most one value per attribute."""
    places = (label, *reversed(PurePosixPath(path).parts[:-1]))
    found = ((attribute, _first(attribute, places, taxonomy)) for attribute in _TOLD_BY_NAMES)
    return tuple(AttributeDraft(attribute, value, "filename") for attribute, value in found if value)


def _first(attribute: str, places: tuple[str, ...], taxonomy: Taxonomy) -> str | None:
    values = (value for place in places for value in _values(attribute, place, taxonomy))
    return next(values, None)


def _values(attribute: str, text: str, taxonomy: Taxonomy) -> Iterator[str]:
    """Longest phrases first, then from the end: in "ring box necklace" the last word names the piece."""
    words = re.findall(r"[^\W\d_]+", text)
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            phrase = " ".join(words[start : start + length])
            value = taxonomy.lookup(attribute, phrase) if len(phrase) > 2 else None
            if value and not _is_quiet(attribute, phrase, taxonomy):
                yield value.id


def _is_quiet(attribute: str, phrase: str, taxonomy: Taxonomy) -> bool:
    from parure.taxonomy.words import fold

    return fold(phrase) in taxonomy.speech[attribute].quiet
