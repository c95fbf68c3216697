"""What a cell says in the words of the vocabulary, and which of its words are outside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parure.errors import UnknownValue

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["Answer", "ask"]

_LIST_SEPARATORS = re.compile(r"[;,|\n]")


@dataclass(frozen=True)
class Answer:
    """(attribute, value id) pairs, and a sentence for each part outside the vocabulary."""

    pairs: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


def ask(taxonomy: Taxonomy, attribute: str, text: str) -> Answer:
    """The whole cell if it can be read, else its parts: one strange word in a list does not cost the others."""
    whole = _ask_once(taxonomy, attribute, text)
    parts = [part.strip() for part in _LIST_SEPARATORS.split(text) if part.strip()]
    if not whole.unknown or len(parts) < 2:
        return whole
    answers = [_ask_once(taxonomy, attribute, part) for part in parts]
    pairs = tuple(pair for answer in answers for pair in answer.pairs)
    return Answer(pairs, tuple(why for answer in answers for why in answer.unknown))


def _ask_once(taxonomy: Taxonomy, attribute: str, text: str) -> Answer:
    try:
        return Answer(tuple(taxonomy.read(attribute, text)))
    except UnknownValue as error:
        return Answer(unknown=(str(error),))
