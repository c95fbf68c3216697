"""Twins of a caption: the same words bound otherwise, or one thing said that is not so. None is true of the design.

A twin by binding has every word of its caption and gives them to the wrong parts: what a bag of words cannot hear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.random import Generator

from parure.render.captions.facts import SUBJECTS, Told
from parure.render.captions.phrases import Statement
from parure.render.captions.wording import Caption, Wording, word

__all__ = ["BINDINGS", "Binding", "Values", "grafted", "imagined", "rebound", "replaced", "values_seen", "worded_pair"]

Binding = Literal["metal_and_stone", "centre_and_side", "cuts", "colours", "metals"]
BINDINGS: tuple[Binding, ...] = ("metal_and_stone", "centre_and_side", "cuts", "colours", "metals")
Values = Mapping[str, tuple[str, ...]]  # subject -> every value that designs show

# "Round pink sapphire" says that a sapphire is pink: where colours are swapped alone, no stone is named.
_HUSHED: Mapping[Binding, tuple[str, ...]] = {
    "colours": ("main_stone", "side_stone"),
    "metal_and_stone": ("main_stone", "metal"),
}
_BESIDE = ("side_stone", "side_colour", "side_cut", "accent_colour")
_GRAFTED = 0.7  # of what could be taken over
_TO_STONE = {"rose": "pink", "white": "colourless", "copper": "orange"}
_TO_METAL = {"pink": "rose", "colourless": "white", "orange": "copper"}
_SWAPS: Mapping[Binding, tuple[tuple[str, str], ...]] = {
    "metal_and_stone": (("metal_colour", "stone_colour"),),
    "centre_and_side": (("main_stone", "side_stone"), ("main_stone_cut", "side_cut"), ("stone_colour", "side_colour")),
    "cuts": (("main_stone_cut", "side_cut"),),
    "colours": (("stone_colour", "side_colour"),),
    "metals": (("metal_colour", "accent_colour"),),
}
_STATED: Mapping[Binding, tuple[str, ...]] = {
    "metal_and_stone": ("metal_colour", "stone_colour"),
    "centre_and_side": ("main_stone", "side_stone"),
    "cuts": ("main_stone", "main_stone_cut", "side_stone", "side_cut"),
    "colours": ("stone_colour", "side_colour"),
    "metals": ("metal_colour", "accent_colour"),
}


def rebound(statement: Statement, told: Told, binding: Binding) -> tuple[Statement, Statement] | None:
    """The statement with the subjects of a binding added, and its twin; None where the swap says nothing wrong."""
    if any(subject not in told.stated for subject in _STATED[binding]):
        return None
    right: Statement = {**statement, **{subject: _value(subject, told) for subject in _STATED[binding]}}
    right, wrong = _swapped(_without(right, _HUSHED.get(binding, ())), binding)
    return (right, wrong) if _false(wrong, told) else None


def imagined(
    statement: Statement, binding: Binding, values: Values, random: Generator
) -> tuple[Statement, Statement] | None:
    """A pair like that of `rebound`, of a piece nobody drew: values of every kind meet, so that which words belong
    together is learned, not which pieces there are."""
    stated = {subject: _any(values.get(subject, ("",)), random) for subject in _STATED[binding]}
    right, wrong = _swapped(_without({**statement, **stated}, _HUSHED.get(binding, ())), binding)
    return (right, wrong) if wrong != right and all(stated.values()) else None


def replaced(statement: Statement, told: Told, values: Values, random: Generator) -> Statement | None:
    """The statement with one value exchanged for another that the design does not have and does not seem to have."""
    subjects = [subject for subject in SUBJECTS if subject in statement and len(values.get(subject, ())) > 1]
    if not subjects:
        return None
    subject = subjects[int(random.integers(len(subjects)))]
    others = [value for value in values[subject] if (subject, value) not in told.alike]
    if not others or (subject == "main_stone" and statement[subject] == "none"):
        return None
    return {**statement, subject: _any(others, random)}


def grafted(statement: Statement, told: Told, other: Told, random: Generator) -> Statement | None:
    """The statement with what another design has beside its main stone and metal, half of the time bound otherwise.

    Most designs have neither side stones nor a second metal, so few captions would say where such words belong.
    """
    chosen = [subject for subject in _BESIDE if subject in other.stated and random.random() < _GRAFTED]
    mixed = {**statement, **{subject: _value(subject, other) for subject in chosen}}
    if "accent_colour" in chosen:
        mixed.setdefault("metal_colour", _value("metal_colour", told))
    swapped = random.random() < 0.5
    for one, other_one in _SWAPS["centre_and_side"] if swapped else ():
        if one in mixed and other_one in mixed and mixed[one] != "none":
            mixed[one], mixed[other_one] = mixed[other_one], mixed[one]
    return mixed if _false(mixed, told) else None


def values_seen(all_told: tuple[Told, ...]) -> Values:
    """Of every subject the values in a set of designs, "none" left out."""
    found: dict[str, set[str]] = {}
    for told in all_told:
        for subject, value in told.true:
            found.setdefault(subject, set()).add(value)
    return {subject: tuple(sorted(values - {"none"})) for subject, values in found.items()}


def worded_pair(
    right: Statement, wrong: Statement, random: Generator, wording: Wording | None = None
) -> tuple[Caption, Caption]:
    """Both with the same words around them."""
    seed = int(random.integers(1 << 62))
    first, second = (word(one, np.random.default_rng(seed), wording) for one in (right, wrong))
    return first, second


def _swapped(statement: Statement, binding: Binding) -> tuple[Statement, Statement]:
    """The statement without what would be half of a swap, and with the swap made."""
    halves = [pair for pair in _SWAPS[binding] if sum(subject in statement for subject in pair) == 1]
    right = _without(statement, tuple(subject for pair in halves for subject in pair))
    wrong = dict(right)
    for one, other in _SWAPS[binding]:
        if one in right and other in right:
            wrong[one], wrong[other] = _crossed(binding, right[one], right[other])
    return right, wrong


def _without(statement: Statement, subjects: Sequence[str]) -> Statement:
    return {subject: value for subject, value in statement.items() if subject not in subjects}


def _any(options: Sequence[str], random: Generator) -> str:
    return options[int(random.integers(len(options)))]


def _value(subject: str, told: Told) -> str:
    """The colour of the body, not "two-tone", where metals are bound to parts."""
    values = told.stated[subject]
    return values[-1] if subject == "metal_colour" else values[0]


def _crossed(binding: Binding, one: str, other: str) -> tuple[str, str]:
    if binding == "metal_and_stone":
        return _TO_METAL.get(other, other), _TO_STONE.get(one, one)
    return other, one


def _false(wrong: Statement, told: Told) -> bool:
    """Something stated is neither true nor seems so."""
    return not set(wrong.items()) <= told.alike
