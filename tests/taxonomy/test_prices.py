"""Numbers that are prices, and numbers that are not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.taxonomy import parse

BANDS = [
    ("between 200 and 500", 200, 500),
    ("between 500 and 200", 200, 500),
    ("between $1.5k and $2k", 1500, 2000),
    ("from 200 to 400", 200, 400),
    ("200 to 400 eur", 200, 400),
    ("300-500", 300, 500),
    ("$300 – $500", 300, 500),
    ("€1.200,50 - €2.000", "1200.50", 2000),
    ("under $1k", None, 1000),
    ("under 300", None, 300),
    ("below £50", None, 50),
    ("less than 99.99", None, "99.99"),
    ("up to 300 euros", None, 300),
    ("max 300 eur", None, 300),
    ("maximum of 300", None, 300),
    ("300 eur max", None, 300),
    ("300 or less", None, 300),
    ("no more than 300", None, 300),
    ("not over 300", None, 300),
    ("<= 300", None, 300),
    ("budget of 500", None, 500),
    ("my budget is $500", None, 500),
    ("price under 2 thousand", None, 2000),
    ("under 10k", None, 10000),
    ("within 1 lakh", None, 100000),
    ("over 1,500", 1500, None),
    ("at least 400 usd", 400, None),
    ("more than 1.500 €", 1500, None),
    ("500+", 500, None),
    ("500 and up", 500, None),
    ("from $250", 250, None),
    ("starting at 99", 99, None),
    ("around 400", 320, 480),
    ("about $1k", 800, 1200),
    ("~ 500", 400, 600),
    ("$300", 240, 360),
    ("for 100 dollars", 80, 120),
    ("price: 500", 400, 600),
    ("rs. 5000", 4000, 6000),
    ("over 200 under 500", 200, 500),
    ("over 500 and under 300", 300, 500),
    ("under 500, at most 400", None, 400),
]

NOT_PRICES = [
    *("18k", "14kt", "24k gold", "18 karat", "925", "at least 14k", "750 gold", "2 carat", "under 2 carats", "1.5ct"),
    *(
        "0.25 - 0.5 ct",
        "2-3 carat",
        "size 7",
        "size 16-18",
        "us 7",
        "16 inch",
        "16-18",
        "16-18 inch",
        "8mm",
        "5 x 7 mm",
    ),
    *("1920s", "1920-1930", "from 1920", "circa 1890", "between 1920 and 1935", "19th century", "3 stones", "set of 4"),
    *(
        "12 pairs",
        "no. 300",
        "item 4821",
        "20% off",
        "H16",
        "316L steel",
        "40",
        "1/2",
        "5 grams",
        "999999999999999999999",
    ),
]


def decimal(end: int | str | None) -> Decimal | None:
    return None if end is None else Decimal(end)


@pytest.mark.parametrize(("text", "low", "high"), BANDS, ids=[text for text, _, _ in BANDS])
def test_a_price_is_read(text: str, low: int | str | None, high: int | str | None) -> None:
    query = parse(text)
    assert (query.price_low, query.price_high) == (decimal(low), decimal(high))
    assert query.remainder == ""


@pytest.mark.parametrize("text", NOT_PRICES)
def test_a_size_weight_purity_or_year_is_no_price(text: str) -> None:
    query = parse(text)
    assert (query.price_low, query.price_high, query.price_text) == (None, None, "")


@pytest.mark.parametrize(("text", "_low", "_high"), BANDS, ids=[text for text, _, _ in BANDS])
def test_a_price_is_read_among_other_words(text: str, _low: object, _high: object) -> None:
    alone, among = parse(text), parse(f"rose gold hoops {text} with pearls")
    assert (among.price_low, among.price_high) == (alone.price_low, alone.price_high)
    assert {want.attribute for want in among.wanted} == {"metal", "metal_colour", "type", "main_stone"}


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_lower_end_never_exceeds_the_upper(one: int, other: int) -> None:
    query = parse(f"between ${one} and ${other}")
    assert (query.price_low, query.price_high) == (min(one, other), max(one, other))


@given(st.from_regex(r"(under|over|from|between|and|to|around|max|\$|€|-|\+|k| |\d{1,4}|[.,]){1,14}", fullmatch=True))
def test_price_like_noise_is_read_without_failing_and_in_order(text: str) -> None:
    query = parse(text)
    if query.price_low is not None and query.price_high is not None:
        assert query.price_low <= query.price_high


def test_long_runs_of_spaces_and_digits_are_read_quickly_enough_to_finish() -> None:
    hostile = "under" + " " * 20_000 + "300 " + "9" * 20_000 + " price " + "1," * 20_000
    assert parse(hostile).price_high is None
