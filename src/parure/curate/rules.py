"""The rules by which names are read and photos judged: a YAML file a person writes, as one checked value.

Known style codes are found without any rule; `style_code` rules add what the codes themselves do not tell, such as a
prefix that names leave out. Every fault of the file is told with its line.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path

from parure.curate.quality import QualityRules
from parure.curate.quality_section import read_quality
from parure.curate.rules_patterns import BadPattern, NamedPattern, compile_pattern
from parure.curate.rules_yaml import Section, Text, read_sections
from parure.errors import IntakeError

__all__ = [
    "CODE_SECTIONS",
    "PATTERN_SECTIONS",
    "WORD_SECTIONS",
    "YES_NO",
    "Normalisers",
    "Rules",
    "default_rules",
    "normalisers_of",
    "read_rules",
]

CODE_SECTIONS = ("style_code", "vendor_sku")
PATTERN_SECTIONS = (*CODE_SECTIONS, "metal", "view", "sequence", "ignore")
WORD_SECTIONS = ("usable", "unusable")
_SECTIONS = ("normalise", *PATTERN_SECTIONS, *WORD_SECTIONS, "quality", "quality_limits")
YES_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Normalisers:
    """Which spellings of a known code count as that code."""

    case: bool = True  # aj-1042
    dashes: bool = True  # AJ1042, AJ_1042, AJ 1042
    leading_zeros: bool = True  # ABC123 for ABC00123
    unicode: bool = True  # full-width letters, other scripts' digits, long dashes
    lookalikes: bool = True  # AJ-1O42, Cyrillic А


@dataclass(frozen=True)
class Rules:
    """`metal`, `view`, `sequence` and `ignore` read a name in which the code is already replaced by "#"."""

    normalise: Normalisers = Normalisers()
    style_code: tuple[NamedPattern, ...] = ()
    vendor_sku: tuple[NamedPattern, ...] = ()
    metal: tuple[NamedPattern, ...] = ()
    view: tuple[NamedPattern, ...] = ()
    sequence: tuple[NamedPattern, ...] = ()
    ignore: tuple[NamedPattern, ...] = ()
    usable: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
    quality: QualityRules = QualityRules()


def read_rules(path: Path) -> Rules:
    """Raises `IntakeError` naming file and line."""
    sections = {section.name: section for section in read_sections(path)}
    for section in sections.values():
        if section.name not in _SECTIONS:
            raise IntakeError(f"{section.where}: {_unknown(section.name, _SECTIONS)}")
    normalise = normalisers_of(sections.get("normalise"))
    usable, unusable = _words(sections.get("usable")), _words(sections.get("unusable"))
    if both := set(usable) & set(unusable):
        raise IntakeError(f"{path.name}: {', '.join(sorted(both))} cannot be both usable and unusable.")
    patterns = {name: _patterns(sections.get(name), normalise) for name in PATTERN_SECTIONS}
    return Rules(
        normalise,
        style_code=patterns["style_code"],
        vendor_sku=patterns["vendor_sku"],
        metal=patterns["metal"],
        view=patterns["view"],
        sequence=patterns["sequence"],
        ignore=patterns["ignore"],
        usable=usable,
        unusable=unusable,
        quality=read_quality(sections.get("quality"), sections.get("quality_limits")),
    )


def default_rules() -> Rules:
    """The rules of the file that `parure curate rules init` writes."""
    with resources.as_file(resources.files("parure.curate") / "templates" / "rules.yaml") as path:
        return read_rules(path)


def _unknown(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"there is no {name!r}. " + (f"Did you mean {near[0]!r}?" if near else f"There is: {', '.join(known)}.")


def normalisers_of(section: Section | None) -> Normalisers:
    names = tuple(field.name for field in fields(Normalisers))
    chosen: dict[str, bool] = {}
    for text in section.texts if section else ():
        if text.name not in names:
            raise IntakeError(f"{text.where}: {_unknown(text.name, names)}")
        if text.text.lower() not in YES_NO:
            raise IntakeError(f"{text.where}: {text.name} is true or false, not {text.text!r}.")
        chosen[text.name] = YES_NO[text.text.lower()]
    return Normalisers(**chosen)


def _patterns(section: Section | None, normalise: Normalisers) -> tuple[NamedPattern, ...]:
    if section is None or not section.texts:
        return ()
    if section.listed:
        raise IntakeError(f"{section.where}: write each rule of {section.name} as `name: 'pattern'`.")
    words = section.name not in CODE_SECTIONS and section.name != "sequence"
    return tuple(_pattern(text, ignore_case=normalise.case, words=words) for text in section.texts)


def _pattern(text: Text, *, ignore_case: bool, words: bool) -> NamedPattern:
    try:
        return compile_pattern(text.name, text.text, ignore_case=ignore_case, words=words)
    except BadPattern as error:
        raise IntakeError(f"{text.where}: {text.name}: {error}.") from error


def _words(section: Section | None) -> tuple[str, ...]:
    if section is None:
        return ()
    if not section.listed:
        raise IntakeError(f"{section.where}: {section.name} is a list of words, such as [final, retouched].")
    words: Mapping[str, None] = dict.fromkeys(text.text.strip().casefold() for text in section.texts)
    if "" in words:
        raise IntakeError(f"{section.where}: {section.name} holds an empty word. Take it out.")
    return tuple(words)
