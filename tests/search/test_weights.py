"""Weights of the whole and its parts: what is missing says nothing, and nonsense is refused."""

from __future__ import annotations

import numpy as np
import pytest

from parure.errors import QueryError
from parure.search.weights import Weights, weighted

EAST, NORTH = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


def test_the_whole_alone_counts_by_default() -> None:
    assert weighted(Weights(), 0.7, {"stones": EAST}, {"stones": NORTH}) == pytest.approx(0.7)
    assert Weights().plain


def test_parts_count_by_their_share() -> None:
    held = {"stones": EAST, "setting": NORTH}
    assert weighted(Weights(1, 1, 2), 0.6, {"stones": EAST, "setting": EAST}, held) == pytest.approx((0.6 + 0 + 2) / 4)


@pytest.mark.parametrize(("asked", "held"), [({}, {"stones": EAST}), ({"stones": EAST}, {}), ({}, {})])
def test_a_part_that_one_side_lacks_leaves_its_weight_to_the_others(
    asked: dict[str, np.ndarray], held: dict[str, np.ndarray]
) -> None:
    assert weighted(Weights(1, 0, 9), 0.6, asked, held) == pytest.approx(0.6)
    assert weighted(Weights(0, 0, 1), 0.6, asked, held) == pytest.approx(0.6), "nothing left but the whole"


def test_weights_are_read_from_words() -> None:
    assert Weights.read("") == Weights()
    assert Weights.read(" stones:2, overall : 0.5") == Weights(0.5, 0.0, 2.0)


@pytest.mark.parametrize(
    "text", ["stones", "stones:x", "gem:1", "stones:1,stones:2", "overall:0", "stones:-1", "overall:nan", "overall:inf"]
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        Weights.read(text)
