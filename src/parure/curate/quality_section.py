"""The sections `quality` and `quality_limits` of the rules file."""

from __future__ import annotations

import difflib

from parure.curate.quality import QualityRules, named_rule
from parure.curate.quality_limits import FAULT_WORDS
from parure.curate.quality_words import BadRule, Expression
from parure.curate.rules_yaml import Section
from parure.errors import IntakeError

__all__ = ["read_quality"]


def read_quality(rules: Section | None, limits: Section | None) -> QualityRules:
    """Raises `IntakeError` naming file and line."""
    return QualityRules(_rules(rules), _limits(limits))


def _rules(section: Section | None) -> dict[str, Expression]:
    found: dict[str, Expression] = {}
    if section is None or not section.texts:
        return found
    if section.listed:
        raise IntakeError(
            f"{section.where}: write each rule of {section.name} as `name: rule`, such as `usable: white`."
        )
    for text in section.texts:
        if not text.name.isidentifier() or text.name != text.name.lower():
            raise IntakeError(f"{text.where}: a rule's name is one word in small letters, not {text.name!r}.")
        try:
            found[text.name] = named_rule(text.name, text.text, tuple(found))
        except BadRule as error:
            raise IntakeError(f"{text.where}: {text.name}: {error}.") from error
    return found


def _limits(section: Section | None) -> dict[str, float]:
    found: dict[str, float] = {}
    for text in section.texts if section else ():
        if text.name not in FAULT_WORDS:
            near = difflib.get_close_matches(text.name, FAULT_WORDS, n=1, cutoff=0.5) or sorted(FAULT_WORDS)
            raise IntakeError(f"{text.where}: there is no measure {text.name!r}. Nearest: {', '.join(near)}.")
        try:
            found[text.name] = float(text.text)
        except ValueError:
            found[text.name] = -1.0
        if not 0 <= found[text.name] <= 1:
            raise IntakeError(f"{text.where}: the limit of {text.name} is a number from 0 to 1, not {text.text!r}.")
    return found
