"""Giving up as few wishes as possible, the unimportant ones first."""

from __future__ import annotations

from decimal import Decimal

from parure.search.relaxing import relax
from parure.search.selection import Choice, Selection

TYPE, METAL, STYLE = Choice("type", ("ring",)), Choice("metal", ("gold",)), Choice("style", ("boho",))
NO_STONE = Choice("main_stone", ("diamond",), excluded=True)


def test_only_what_cannot_be_met_is_given_up() -> None:
    asked = Selection((METAL, STYLE, TYPE), None, Decimal(300))
    kept, dropped = relax(asked, Selection(), lambda tried: STYLE not in tried.choices)
    assert dropped == ("style",)
    assert kept == Selection((TYPE, METAL), None, Decimal(300))


def test_the_kind_of_piece_is_kept_rather_than_the_metal() -> None:
    kept, dropped = relax(Selection((METAL, TYPE)), Selection(), lambda tried: not {TYPE, METAL} <= set(tried.choices))
    assert (kept.choices, dropped) == ((TYPE,), ("metal",))


def test_a_refusal_is_kept_before_anything_else() -> None:
    kept, dropped = relax(Selection((TYPE, NO_STONE)), Selection(), lambda tried: len(tried.choices) < 2)
    assert (kept.choices, dropped) == ((NO_STONE,), ("type",))


def test_what_was_clicked_always_holds() -> None:
    kept, dropped = relax(Selection((TYPE,)), Selection((METAL,)), lambda tried: False)
    assert (kept.choices, dropped) == ((METAL,), ("type",))
