"""Which wishes to keep when no piece meets them all: as many as possible, the important ones first. Pure."""

from __future__ import annotations

from collections.abc import Callable

from parure.search.selection import PRICE, Choice, Selection

__all__ = ["relax"]

# What a shopper gives up last. Refusals ("no diamonds") come before all of these, unnamed attributes after them.
IMPORTANCE = (
    "type",
    PRICE,
    "main_stone",
    "metal",
    "metal_colour",
    "stone_colour",
    "main_stone_cut",
    "setting",
    "motif",
)


def relax(
    asked: Selection, chosen: Selection, any_left: Callable[[Selection], bool]
) -> tuple[Selection, tuple[str, ...]]:
    """(what was chosen and the wishes kept, attributes of the wishes given up).

    Wishes are taken in order of importance, each kept if some piece still meets all that is kept; `any_left` says so.
    What was `chosen` (clicked, given as a filter) always holds.
    """
    kept, dropped = chosen, []
    for name, wish in sorted(_wishes(asked), key=lambda named: _rank(*named)):
        if any_left(kept & wish):
            kept = kept & wish
        else:
            dropped.append(name)
    return kept, tuple(dict.fromkeys(dropped))


def _wishes(asked: Selection) -> list[tuple[str, Selection]]:
    wishes = [(choice.attribute, Selection((choice,))) for choice in asked.choices]
    priced = asked.price_low is not None or asked.price_high is not None
    return [*wishes, (PRICE, Selection((), asked.price_low, asked.price_high))] if priced else wishes


def _rank(name: str, wish: Selection) -> int:
    choices: tuple[Choice, ...] = wish.choices
    if choices and choices[0].excluded:
        return -1
    return IMPORTANCE.index(name) if name in IMPORTANCE else len(IMPORTANCE)
