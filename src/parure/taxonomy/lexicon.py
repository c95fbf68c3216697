"""All the vocabulary's names in one table, for hearing them in running text.

Where two attributes own a name ("retro" is a style and an era), the earlier in `attributes.toml` is heard, and a name
listed for a value wins over one made with a suffix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from parure.taxonomy.taxonomy import Taxonomy
from parure.taxonomy.typos import Typos

__all__ = ["Claim", "Lexicon", "lexicon", "widened"]

_NONE = "none"  # the value that says a piece has no such thing: no "every" includes it


@dataclass(frozen=True)
class Claim:
    """One of `values` holds for `attribute`."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    taxonomy: Taxonomy
    loud: Mapping[str, tuple[Claim, ...]]  # key -> what it states wherever it stands
    quiet: Mapping[str, tuple[Claim, ...]]  # key -> what it may state before the right word, one claim per attribute
    inert: frozenset[str]
    every: Mapping[str, Claim]
    squashed: Mapping[str, str]  # "rosegold" -> "rose gold"
    starts: Mapping[str, int]  # first word -> words in the longest key that starts with it
    typos: Typos

    def is_stone(self, key: str) -> bool:
        claims = (self.every[key],) if key in self.every else self.loud.get(key, ())
        return any(claim.attribute == "main_stone" for claim in claims)


@lru_cache(maxsize=4)
def lexicon(taxonomy: Taxonomy) -> Lexicon:
    """The table of one vocabulary, built on first use."""
    loud = dict(_loud(taxonomy))
    quiet: dict[str, tuple[Claim, ...]] = {}
    for attribute, spoken in taxonomy.speech.items():
        if spoken.before:
            for key in spoken.names.keys() - spoken.column:
                quiet[key] = (*quiet.get(key, ()), Claim(attribute, (spoken.names[key],)))
    every = {key: Claim(name, _every(taxonomy, name)) for key, name in taxonomy.phrases.every.items()}
    keys = [*loud, *quiet, *every, *taxonomy.phrases.inert]
    words = {word for key in keys for word in key.split()}
    return Lexicon(
        taxonomy=taxonomy,
        loud=loud,
        quiet=quiet,
        inert=taxonomy.phrases.inert,
        every=every,
        squashed={key.replace(" ", ""): key for key in loud if " " in key and len(key) > 7},
        starts=_starts(keys),
        typos=Typos(words, {key: claims for key, claims in loud.items() if " " not in key}),
    )


def _loud(taxonomy: Taxonomy) -> Iterator[tuple[str, tuple[Claim, ...]]]:
    """Weakest first, so that a later entry replaces an earlier one."""
    backwards = [(name, taxonomy.speech[name]) for name in reversed(list(taxonomy.speech))]
    for attribute, spoken in backwards:
        for key, value in spoken.names.items():
            claims = (widened(taxonomy, attribute, value),)
            yield from ((f"{key} {suffix}", claims) for suffix in spoken.suffixes if not key.endswith(suffix))
    for attribute, spoken in backwards:
        hushed = spoken.quiet | spoken.column
        yield from ((k, (widened(taxonomy, attribute, v),)) for k, v in spoken.names.items() if k not in hushed)
    for key, pairs in taxonomy.phrases.states.items():
        yield key, tuple(Claim(attribute, (value,)) for attribute, value in pairs)


def widened(taxonomy: Taxonomy, attribute: str, value: str) -> Claim:
    """The claim of a value, with the type that shops file the same pieces under."""
    also = taxonomy.phrases.wider.get(value) if attribute == "type" else None
    return Claim(attribute, (value, also) if also else (value,))


def _every(taxonomy: Taxonomy, attribute: str) -> tuple[str, ...]:
    return tuple(value for value in taxonomy.attributes[attribute].values if value != _NONE)


def _starts(keys: list[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in keys:
        words = key.split()
        if longest.get(words[0], 0) < len(words):
            longest[words[0]] = len(words)
    return longest
