"""Choices by a person, and what they mean to an index."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parure import taxonomy
from parure.errors import QueryError
from parure.index import AnyOf, NoneOf, Range
from parure.search.selection import Choice, Selection

WORDS = taxonomy.load()


def chosen(**given: list[str]) -> Selection:
    return Selection.chosen(given, WORDS)


def test_a_kind_of_piece_is_widened_to_its_kinds() -> None:
    condition = chosen(type=["earring"]).to_filter(WORDS).conditions[0]
    assert isinstance(condition, AnyOf)
    assert {"earring", "hoop_earring"} <= set(condition.values)


def test_sellers_spellings_are_understood() -> None:
    assert chosen(type=["Earings"]) == chosen(type=["earring"])


def test_a_leading_exclamation_mark_excludes() -> None:
    conditions = chosen(main_stone=["!diamond"]).to_filter(WORDS).conditions
    assert [type(condition) for condition in conditions] == [NoneOf]


@pytest.mark.parametrize(
    ("text", "low", "high"), [("200-500", 200, 500), ("-500", None, 500), ("200-", 200, None), ("99.50-", 99.5, None)]
)
def test_a_price_range_has_one_or_two_ends(text: str, low: float | None, high: float | None) -> None:
    assert chosen(price=[text]).to_filter(WORDS).conditions == (Range("price", low, high),)


@pytest.mark.parametrize("text", ["cheap", "200", "", "1-2-3", "nan-5", "-inf"])
def test_a_price_that_is_no_range_says_how_to_write_one(text: str) -> None:
    with pytest.raises(QueryError, match="200-500"):
        chosen(price=[text])


def test_unknown_names_and_values_tell_the_nearest() -> None:
    with pytest.raises(QueryError, match="metal"):
        chosen(metl=["gold"])
    with pytest.raises(QueryError, match="gold"):
        chosen(metal=["goold"])


def test_selections_together_narrow_the_price_and_keep_all_choices() -> None:
    both = Selection((Choice("metal", ("gold",)),), Decimal(100), Decimal(900)) & Selection(
        (Choice("type", ("ring",)),), Decimal(200), None
    )
    assert (both.price_low, both.price_high, len(both.choices)) == (200, 900, 2)


def test_a_facet_counts_without_its_own_choice_but_with_exclusions() -> None:
    selection = chosen(metal=["gold", "!silver"], type=["ring"]).without("metal")
    assert [(c.attribute, c.excluded) for c in selection.choices] == [("metal", True), ("type", False)]
