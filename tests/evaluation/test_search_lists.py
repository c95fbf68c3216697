from __future__ import annotations

import numpy as np
import pytest

from parure.evaluation.search_lists import gallery_crowding, list_results
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


def test_who_stands_in_a_crowd_comes_later_and_keeps_its_likeness_and_margin() -> None:
    scores = np.array([0.9, 0.8, 0.5, 0.2, 0.85])
    crowded = np.array([0.9, 0.9, 0.1, 0.1, 0.5])
    listed = list_results(7, scores, PRODUCTS, traits=(Traits(), NOTHING), crowded=(0.7, crowded))
    assert [each.photo for each in listed] == [4, 0, 2]
    assert [each.evidence.similarity for each in listed] == [0.85, 0.9, 0.5]
    assert [each.evidence.margin for each in listed] == pytest.approx([0.35, 0.05, 0])
    assert [each.evidence.crowding for each in listed] == pytest.approx([0.6, 0.8, 0.4])
    lonely = crowded - np.array([0, 0.8, 0, 0, 0])  # the other photo of the first product
    again = list_results(7, scores, PRODUCTS, traits=(Traits(), NOTHING), crowded=(0.7, lonely))
    assert [each.photo for each in again] == [4, 0, 2], "a product stands for its nearest photo"


def test_a_gallery_crowds_itself_and_a_small_one_does_not() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(120, 8)).astype(np.float32)
    rows[:20] = rows[0] + 0.1 * random.normal(size=(20, 8))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    crowded = gallery_crowding(rows)
    assert crowded[:20].min() > 0.9 > crowded[20:].max()
    family = np.where(np.arange(120) < 20, 0, np.arange(120))
    assert gallery_crowding(rows, family)[:20].max() < 0.9, "photos of one product do not crowd each other"
    assert np.isnan(gallery_crowding(rows[:50])).all()
