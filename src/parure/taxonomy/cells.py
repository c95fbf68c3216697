"""Reads a sheet cell. Stricter than a sentence: every word has to be in the vocabulary, or the cell is refused.

"14k yellow gold, white diamond" in the metal column is read in full; "Jewelry > Rings > Bands" by its last step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from parure.errors import UnknownValue
from parure.taxonomy.lexicon import lexicon
from parure.taxonomy.segments import Group, segments
from parure.taxonomy.small_words import CELL_FILLERS, EMPTY_CELLS
from parure.taxonomy.words import Token, fold, tokens

if TYPE_CHECKING:
    from parure.taxonomy.taxonomy import Pairs, Taxonomy

__all__ = ["read_cell"]

_MEASURE = re.compile(
    r"(?<![\w.])\d+(?:[.,/]\d+)*\s*(?:x\s*\d+(?:[.,]\d+)*\s*)?"
    r"(?:cts?|carats?|ctw|cttw|tcw|mm|cm|m|in|inch|inches|\"|grams?|gms?|gr?|kg|oz|pcs?|pieces|pairs?|%)(?!\w)",
    re.IGNORECASE,
)
_KARAT = re.compile(r"\b(?:8|9|1[0-8]|2[0-4])\s*(?:ct|carat)s?\b", re.IGNORECASE)  # may be a purity: "18ct gold"


def read_cell(taxonomy: Taxonomy, attribute: str, text: str) -> Pairs:
    """See `Taxonomy.read`."""
    if taxonomy.attribute(attribute).kind == "text":
        return ((attribute, text.strip()),) if text.strip() else ()
    value = taxonomy.lookup(attribute, text)
    key = fold(text)
    if value is None and key in EMPTY_CELLS:
        return ()
    if value is not None and key not in taxonomy.phrases.states:
        return _ordered(taxonomy, attribute, [(attribute, value.id)])
    *_, last = (text.rsplit(">", 1)) if ">" in text else (text,)
    return _ordered(taxonomy, attribute, _stated(taxonomy, attribute, last))


def _stated(taxonomy: Taxonomy, attribute: str, text: str) -> list[tuple[str, str]]:
    """With the column's own names first; yet "rose gold" in a colour column is one colour, though "gold" is one too."""
    cell = tokens(_without_measures(text))
    own = segments(cell, lexicon(taxonomy), own=attribute).groups
    free = segments(cell, lexicon(taxonomy)).groups
    found = free if 0 < _named(free, attribute) < _named(own, attribute) and not _unread(cell, free) else own
    unread = _unread(cell, found)
    if unread:
        raise taxonomy.unknown(attribute, unread)
    pairs = [(claim.attribute, value) for group in found for claim in group.claims for value in claim.values[:1]]
    family = taxonomy.speech[attribute].family
    if not any(name in family for name, _ in pairs):
        raise taxonomy.unknown(attribute, text.strip())
    return pairs


def _named(found: Iterable[Group], attribute: str) -> int:
    return sum(claim.attribute == attribute for group in found for claim in group.claims)


def _without_measures(text: str) -> str:
    """Weights and sizes are no words of the vocabulary; a karat is one."""
    return _MEASURE.sub(lambda match: match[0] if _KARAT.fullmatch(match[0]) else ",", text)


def _unread(cell: Sequence[Token], found: Iterable[Group]) -> str:
    read = {index for group in found for index in range(group.start, group.end)}
    left = [
        token.word
        for index, token in enumerate(cell)
        if index not in read and not token.sign and token.word not in CELL_FILLERS
    ]
    return " ".join(left)


def _ordered(taxonomy: Taxonomy, attribute: str, pairs: list[tuple[str, str]]) -> Pairs:
    """Own attribute first, then in the vocabulary's order; implied values last unless the cell says otherwise."""
    said = {name for name, _ in pairs}
    implied = [
        implication
        for name, value in pairs
        for implication in taxonomy.attributes[name].values[value].implies
        if implication[0] not in said
    ]
    order = {name: index for index, name in enumerate((attribute, *taxonomy.attributes))} | {attribute: -1}
    distinct = list(dict.fromkeys((*pairs, *implied)))
    _check_single(taxonomy, distinct)
    return tuple(sorted(distinct, key=lambda pair: order[pair[0]]))


def _check_single(taxonomy: Taxonomy, pairs: list[tuple[str, str]]) -> None:
    """An attribute with one value keeps the narrowest of a branch, and refuses two branches."""
    for attribute in {name for name, _ in pairs if not taxonomy.attributes[name].multiple}:
        stated = [value for name, value in pairs if name == attribute]
        wider = {above for value in stated for above in taxonomy.ancestors(attribute, value)}
        narrow = [value for value in stated if value not in wider]
        if len(narrow) > 1:
            raise _two_values(attribute, narrow)
        pairs[:] = [pair for pair in pairs if pair[0] != attribute or pair[1] in narrow]


def _two_values(attribute: str, stated: Sequence[str]) -> UnknownValue:
    names = ", ".join(stated)
    return UnknownValue(
        f"{attribute}: one value is allowed, but the cell states {names}. Keep one of them.",
        attribute=attribute,
        value=names,
        nearest=tuple(stated),
    )
