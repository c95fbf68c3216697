"""Every family that is drawn, in one table, and how often.

A module says its families in `FAMILIES`. Shares are given by the wide type, because a shop sells so many rings and so
many brooches whatever number of families we have for either; within a type all families are drawn alike.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from parure.taxonomy import load

__all__ = ["FAMILIES", "SHARES", "TYPE_SHARES", "wide_type"]

TYPE_SHARES = {
    "ring": 0.25,
    "earring": 0.21,
    "necklace": 0.15,
    "pendant": 0.11,
    "bracelet": 0.16,
    "brooch": 0.03,
    "watch": 0.02,
    "cufflink": 0.01,
    "tie_clip": 0.005,
    "anklet": 0.01,
    "tiara": 0.005,
    "maang_tikka": 0.005,
    "body_jewellery": 0.01,
    "charm": 0.01,
    "loose_stone": 0.02,
}


def wide_type(type_id: str) -> str:
    """The top of a type's line: `jhumka` is an earring."""
    return (type_id, *load().ancestors("type", type_id))[-1]


def _collected() -> dict[str, Any]:
    folder = Path(__file__).parent
    modules = [import_module(f"{__package__}.{path.stem}") for path in sorted(folder.glob("*.py"))]
    return {family.__name__: family for module in modules for family in getattr(module, "FAMILIES", ())}


def _shares() -> dict[str, float]:
    """The share of each family: its type's, divided among its families."""
    kinds = {name: _usual_type(family) for name, family in FAMILIES.items()}
    return {name: TYPE_SHARES[kind] / list(kinds.values()).count(kind) for name, kind in kinds.items()}


def _usual_type(family: Any) -> str:
    return wide_type(family.sample(np.random.default_rng(0)).facts().type)


FAMILIES: dict[str, Any] = _collected()
SHARES: dict[str, float] = _shares()
