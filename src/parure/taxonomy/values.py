"""What the vocabulary is made of: attributes and their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Attribute", "Kind", "Speech", "Value"]

Kind = Literal["choice", "text"]


@dataclass(frozen=True)
class Value:
    """One allowed value. `implies` are (attribute, value id) pairs that hold wherever this value holds."""

    id: str
    label: str
    attribute: str
    synonyms: tuple[str, ...]
    parent: str | None
    google: str | None  # Google product category id (2021-09-21)
    shopify: str | None  # Shopify taxonomy id
    visible: bool  # whether a photo can show it
    implies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Attribute:
    id: str
    label: str
    kind: Kind
    multiple: bool
    visible: bool
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Speech:
    """How an attribute's values are spoken. All words are folded keys, see `words.fold`.

    `names` leads from each name to its value id. A name in `quiet` ("round", "white") counts in the attribute's own
    column, but in a sentence only when a suffix ("cut") or a value of an attribute in `before` follows it. A name in
    `column` ("drop" for a pear cut) needs the suffix.
    """

    names: Mapping[str, str]
    quiet: frozenset[str]
    column: frozenset[str]
    suffixes: tuple[str, ...]
    before: frozenset[str]
    over: frozenset[str]  # attributes whose equal names lose against a quiet name that is heard
    family: frozenset[str]  # attributes that a cell of this column may state instead
