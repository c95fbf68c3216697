"""The vocabulary as one value: look names up, read sheet cells, walk the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from parure.errors import UnknownAttribute, UnknownValue
from parure.taxonomy.values import Attribute, Speech, Value
from parure.taxonomy.words import fold

__all__ = ["Pairs", "Phrases", "Taxonomy"]

Pairs = tuple[tuple[str, str], ...]  # (attribute id, value id)
_SHOWN = 5


@dataclass(frozen=True)
class Phrases:
    """Word combinations that belong to no single value; keys are folded."""

    states: Mapping[str, Pairs]  # the first pair is the one a negation takes back
    wider: Mapping[str, str]  # type -> type asked for as well
    joined: Mapping[tuple[str, str], str]  # (type, type) with "with" between them -> the type they make
    every: Mapping[str, str]  # word -> attribute of which it means any value but "none"
    inert: frozenset[str]


@dataclass(frozen=True, eq=False)  # by identity: it is loaded once, and derived tables are cached for it
class Taxonomy:
    """`attributes` is the vocabulary; `speech` and `phrases` say how people word it."""

    attributes: Mapping[str, Attribute]
    speech: Mapping[str, Speech]
    phrases: Phrases

    def attribute(self, id: str) -> Attribute:
        """Raises `UnknownAttribute` naming the nearest."""
        try:
            return self.attributes[id]
        except KeyError:
            near = get_close_matches(id, self.attributes, n=3, cutoff=0.5) or list(self.attributes)
            raise UnknownAttribute(f"There is no attribute {id!r}. Nearest: {', '.join(near)}.") from None

    def value(self, attribute: str, id: str) -> Value:
        """By exact id. Raises `UnknownValue` naming the nearest."""
        try:
            return self.attribute(attribute).values[id]
        except KeyError:
            raise self.unknown(attribute, id) from None

    def lookup(self, attribute: str, text: str) -> Value | None:
        """The value with this id, label or synonym; spelling of case, spaces, hyphens, plurals and accents is free."""
        values, key = self.attribute(attribute).values, fold(text)
        if text in values:
            return values[text]
        found = self.named(attribute, key) or self._squashed(attribute, key)
        return values[found] if found else None

    def named(self, attribute: str, key: str) -> str | None:
        """The value id of a folded name, also with one of the attribute's suffixes ("princess cut")."""
        spoken = self.speech[attribute]
        if key in spoken.names:
            return spoken.names[key]
        stated = [value for name, value in self.phrases.states.get(key, ()) if name == attribute]
        if stated:
            return stated[0]
        for suffix in spoken.suffixes:
            if key.endswith(" " + suffix) and (bare := key[: -len(suffix) - 1]) in spoken.names:
                return spoken.names[bare]
        return None

    def _squashed(self, attribute: str, key: str) -> str | None:
        """A name written with other spaces: "stain less steel", "cubiczirconia"."""
        joined = key.replace(" ", "")
        matches = (value for name, value in self.speech[attribute].names.items() if name.replace(" ", "") == joined)
        return next(matches, None) if joined else None

    def read(self, attribute: str, text: str) -> Pairs:
        """The (attribute, value id) pairs that a sheet cell states; own attribute first.

        "18k White Gold" in the column metal states metal, metal_colour and purity. Raises `UnknownValue` with the
        nearest allowed values when a word is outside the vocabulary or nothing of this column is stated.
        """
        from parure.taxonomy.cells import read_cell

        return read_cell(self, attribute, text)

    def expand(self, attribute: str, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids and all their descendants; of a text attribute, the ids."""
        known = self.attribute(attribute)
        wanted = dict.fromkeys(ids)
        if known.kind == "text":
            return tuple(wanted)
        for id_ in wanted:
            self.value(attribute, id_)
        below = [id_ for id_ in known.values if not wanted.keys().isdisjoint(self.ancestors(attribute, id_))]
        return tuple(dict.fromkeys((*wanted, *below)))

    def ancestors(self, attribute: str, id: str) -> tuple[str, ...]:
        """Nearest first; of a text attribute, none."""
        if self.attribute(attribute).kind == "text":
            return ()
        found: list[str] = []
        step = self.value(attribute, id).parent
        while step is not None:
            found.append(step)
            step = self.attributes[attribute].values[step].parent
        return tuple(found)

    def label(self, attribute: str, id: str) -> str:
        """What a person reads; the text itself for text attributes."""
        return id if self.attribute(attribute).kind == "text" else self.value(attribute, id).label

    def unknown(self, attribute: str, text: str) -> UnknownValue:
        """The error for a text outside the vocabulary of `attribute`, with the nearest values, best first."""
        near = self.nearest(attribute, text)
        some = ", ".join(near) or ", ".join(list(self.attributes[attribute].values)[:_SHOWN]) + ", ..."
        hint = f"Nearest allowed values: {some}." if near else f"Allowed values: {some}"
        message = f"{attribute}: {text!r} is not in the vocabulary. {hint}"
        return UnknownValue(message, attribute=attribute, value=text, nearest=near)

    def nearest(self, attribute: str, text: str) -> tuple[str, ...]:
        """Up to five value ids whose names come closest to `text`, best first."""
        names, key = self.speech[self.attribute(attribute).id].names, fold(text)[:80]
        holding = [name for word in key.split() if len(word) > 2 for name in names if word in name.split()]
        close = get_close_matches(key, names, n=2 * _SHOWN, cutoff=0.6)
        return tuple(dict.fromkeys(names[name] for name in (*close, *sorted(holding, key=len))))[:_SHOWN]
