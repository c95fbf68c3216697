"""Type and metal colour as far as file and folder names tell, nearest to the photo first.

A name is read like a shopper's sentence, so that "white" or "rose" alone says nothing of the metal and the last noun
of "ring box necklace" counts. Slips of the pen, which a search forgives, are no evidence here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from parure.intake.drafts import AttributeDraft

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["facts_in_name"]

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])")  # not part of a code: "ring" in "ring-2", not in "ring2b"
_TOLD_BY_NAMES = ("type", "metal_colour")


def facts_in_name(path: str, label: str, taxonomy: Taxonomy) -> tuple[AttributeDraft, ...]:
    """`label` is the photo's name without view and number. At most one value per attribute."""
    facts: dict[str, str] = {}
    for place in (label, *reversed(PurePosixPath(path).parts[:-1])):
        for attribute, value in _read(" ".join(_WORD.findall(place)), taxonomy):
            facts.setdefault(attribute, value)
    return tuple(AttributeDraft(name, facts[name], "filename") for name in _TOLD_BY_NAMES if name in facts)


@lru_cache(maxsize=4096)  # thousands of names come down to the same few words
def _read(text: str, taxonomy: Taxonomy) -> tuple[tuple[str, str], ...]:
    """(attribute, value id) pairs that the words of one file or folder name state outright."""
    from parure.taxonomy import parse

    return tuple(
        (wanted.attribute, wanted.values[0])
        for wanted in parse(text, taxonomy).wanted
        if wanted.attribute in _TOLD_BY_NAMES and not wanted.excluded and len(wanted.values) == 1
        if wanted.attribute != "type" or taxonomy.lookup("type", wanted.text)
    )
