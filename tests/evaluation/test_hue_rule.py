from __future__ import annotations

import pytest

from parure.evaluation.hue_rule import metal_colour_by_hue
from tests.evaluation.made import METALS, piece


@pytest.mark.parametrize("metal", METALS)
def test_the_rule_tells_the_three_metals_apart(metal: str) -> None:
    assert metal_colour_by_hue(piece(METALS[metal], 0.6)) == metal


def test_the_backdrop_does_not_vote() -> None:
    assert metal_colour_by_hue(piece(METALS["yellow"], 0.1)) == "yellow"
