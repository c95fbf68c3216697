from __future__ import annotations

import csv

import numpy as np
import pytest

from parure.evaluation.house.screenshots import SCREEN, product_ranks, shop_photos, some_screenshots
from parure.sample import shop_path
from tests.evaluation.made import METALS, piece

PRODUCTS = np.array([0, 0, 1, 2])


def test_a_product_is_as_near_as_its_best_photo() -> None:
    scores = np.array([[0.1, 0.9, 0.8, 0.2], [0.1, 0.9, 0.8, 0.2]])
    assert product_ranks(scores, PRODUCTS, [0, 2], without=None).tolist() == [1, 3]


def test_without_the_photo_that_is_shown_another_must_be_found() -> None:
    scores = np.array([[0.1, 0.9, 0.8, 0.2]])
    assert product_ranks(scores, PRODUCTS, [0], without=[1]).tolist() == [3]


def test_products_that_tie_count_half() -> None:
    assert product_ranks(np.full((1, 4), 0.5), PRODUCTS, [1], without=None).tolist() == [2]


def test_screens_show_the_photo_they_name_and_come_out_the_same_again() -> None:
    pictures = [piece(tone, 0.3 + 0.1 * number) for number, tone in enumerate([*METALS.values()] * 2)]
    shown, screens = some_screenshots(pictures, 3)
    again = some_screenshots(pictures, 3)
    assert shown == again[0]
    assert all(np.array_equal(one, other) for one, other in zip(screens, again[1], strict=True))
    assert {screen.shape[1] for screen in screens} == {SCREEN}
    tone = np.median(pictures[shown[0]][40:56, 40:56].reshape(-1, 3), axis=0)
    close = np.abs(screens[0].astype(int) - tone).sum(axis=2) < 40
    assert close.mean() > 0.02


def test_the_sample_shop_has_more_photos_than_products() -> None:
    photos = shop_photos(shop_path())
    with (shop_path() / "products.csv").open(encoding="utf-8", newline="") as sheet:
        codes = {row["style_code"] for row in csv.DictReader(sheet)}
    assert {photo.product for photo in photos} == codes
    assert len(photos) > 2 * len(codes)
    assert all(photo.path.exists() for photo in photos)


def test_nothing_is_left_of_a_product_whose_only_photo_is_taken_out() -> None:
    assert product_ranks(np.array([[0.1, 0.2, 0.9, 0.3]]), PRODUCTS, [1], without=[2]) == pytest.approx([3])
