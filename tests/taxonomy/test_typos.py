from __future__ import annotations

import pytest

from parure.taxonomy import load, parse
from parure.taxonomy.lexicon import lexicon
from parure.taxonomy.typos import one_edit_apart

SLIPS = [
    ("diamnd", "diamond"),
    ("daimond", "diamond"),
    ("saphire", "sapphire"),
    ("amethist", "amethyst"),
    ("emeraldd", "emerald"),
    ("platinm", "platinum"),
    ("braclets", "bracelet"),
    ("neclace", "necklace"),
    ("earrigns", "earring"),
    ("tanzanitte", "tanzanite"),
    ("marquize", "marquise"),
    ("victorain", "victorian"),
]


ORDINARY = [
    *("garden", "chair", "heard", "money", "shame", "grass", "solver", "pennant", "better", "house", "salmon", "sharp"),
    *("morning", "chanel", "peter", "lovely", "bought", "order", "flora", "thing", "strong", "bring", "catch", "shade"),
]


@pytest.mark.parametrize(("slip", "meant"), SLIPS)
def test_one_slip_of_the_finger_is_understood(slip: str, meant: str) -> None:
    assert [want.values[0] for want in parse(slip).wanted] == [meant]


@pytest.mark.parametrize("word", ORDINARY)
def test_an_ordinary_word_is_not_taken_for_a_slip(word: str) -> None:
    assert lexicon(load()).typos.meant(word) is None


def test_a_short_word_and_a_wrong_first_letter_are_left_alone() -> None:
    assert parse("rimg").wanted == ()
    assert parse("xiamond").wanted == ()


def test_two_slips_are_too_many() -> None:
    assert parse("dxamxnd").wanted == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("pearl", "pearl", False),
        ("pearl", "perl", True),
        ("pearl", "pearll", True),
        ("pearl", "peard", True),
        ("pearl", "paerl", True),
        ("pearl", "earl", True),
        ("pearl", "lpear", False),
        ("pearl", "peral", True),
        ("", "a", True),
        ("ab", "", False),
    ],
)
def test_one_edit_is_a_letter_added_dropped_changed_or_swapped(one: str, other: str, apart: bool) -> None:
    assert one_edit_apart(one, other) is apart
    assert one_edit_apart(other, one) is apart
