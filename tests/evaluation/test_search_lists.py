from __future__ import annotations

import numpy as np
import pytest

from parure.evaluation.search_lists import list_results
from parure.search.traits import Traits

PRODUCTS = np.array([0, 0, 1, 2, 2])
NOTHING = [Traits()] * 5


def test_a_product_is_as_near_as_its_best_photo_and_margins_are_between_products() -> None:
    scores = np.array([0.9, 0.8, 0.5, 0.2, 0.6])
    listed = list_results(7, scores, PRODUCTS, traits=(Traits(), NOTHING))
    assert [(each.photo, each.place) for each in listed] == [(0, 1), (4, 2), (2, 3)]
    assert [each.evidence.margin for each in listed] == pytest.approx([0.3, 0.1, 0.0])
    assert listed[0].query == 7


def test_a_short_list_still_knows_what_comes_after_its_last() -> None:
    (first,) = list_results(0, np.array([0.9, 0.8, 0.5, 0.2, 0.6]), PRODUCTS, traits=(Traits(), NOTHING), most=1)
    assert first.evidence.margin == pytest.approx(0.3)


def test_a_photo_that_is_not_in_the_catalogue_is_not_listed() -> None:
    scores = np.array([-np.inf, -np.inf, 0.5, 0.2, 0.6])
    assert [each.photo for each in list_results(0, scores, PRODUCTS, traits=(Traits(), NOTHING))] == [4, 2]
