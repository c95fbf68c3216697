from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.taxonomy.words import fold, stem, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ring", "Rings"),
        ("ruby", "rubies"),
        ("huggie", "huggies"),
        ("watch", "watches"),
        ("brooch", "brooches"),
        ("cross", "crosses"),
        ("topaz", "topazes"),
        ("Women's", "womens"),
        ("pavé", "PAVE"),
        ("mother-of-pearl", "Mother of  Pearls"),
        ("Belle Époque", "belle epoque"),
        ("star_of_david", "star of David"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["glass", "lapis", "lotus", "art", "is", "925", "1920s"])
def test_what_only_looks_like_a_plural_is_kept(word: str) -> None:
    assert stem(word) in (word, "1920s")


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(fold(once)) == fold(once)


@given(st.text(max_size=80))
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    ends = 0
    for token in tokens(text):
        assert ends <= token.start < token.end <= len(text)
        ends = token.end


def test_a_leading_minus_and_a_hyphen_are_told_apart() -> None:
    ring, diamond, free = tokens("ring -diamond-free")
    assert (ring.minus, diamond.minus, free.minus) == (False, True, False)
    assert free.hyphened
