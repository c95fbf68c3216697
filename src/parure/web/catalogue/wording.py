"""What a product's own words say about it: the title, and where it is silent, the first sentence of the description.

Sellers write "Rose gold hoops with pearls" and leave the columns empty. The parser that reads shoppers' sentences
reads these too; what it finds is stated with the source `text`, which any sheet or person outranks.
"""

from __future__ import annotations

import re

from parure import taxonomy
from parure.web.catalogue.values import StatementDraft

__all__ = ["stated_in"]

_FIRST_SENTENCE = re.compile(r"^.{0,300}?(?:[.!?](?=\s|$)|$)", re.DOTALL)
_TITLE_CONFIDENCE, _DESCRIPTION_CONFIDENCE = 0.9, 0.7  # ranks among machines; not measured, so shown nowhere as such


def stated_in(title: str, description: str) -> tuple[StatementDraft, ...]:
    """Statements read from the words; negated wishes ("no stones") state nothing."""
    drafts = _read(title, _TITLE_CONFIDENCE)
    spoken = {draft.attribute for draft in drafts}
    opening = _FIRST_SENTENCE.match(description.strip())
    more = _read(opening.group() if opening else "", _DESCRIPTION_CONFIDENCE)
    return (*drafts, *(draft for draft in more if draft.attribute not in spoken))


def _read(text: str, confidence: float) -> tuple[StatementDraft, ...]:
    words = taxonomy.load()
    held: dict[str, list[str]] = {}
    for wanted in taxonomy.parse(text, words).wanted if text.strip() else ():
        if not wanted.excluded:
            held.setdefault(wanted.attribute, []).extend(wanted.values)
    return tuple(
        StatementDraft(attribute, value, confidence)
        for attribute, values in held.items()
        for value in (dict.fromkeys(values) if words.attribute(attribute).multiple else values[:1])
    )
