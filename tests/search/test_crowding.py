"""How crowded it is about a photo, against sums worked out by hand; what is remembered, and when it is asked again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from parure.index import Hit
from parure.search.crowding import LEAST, NEAREST, SHARE, Crowd, Sample, crowding, put_in_order


def turned(*degrees: float) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def fan(count: int = LEAST, step: float = 1.0) -> Sample:
    """Photos at 0, 1, 2 ... degrees, each of a product of its own."""
    return Sample(turned(*(step * place for place in range(count))), np.arange(count))


def test_it_is_the_mean_cosine_with_the_ten_nearest_of_other_products() -> None:
    (end,) = crowding(turned(0), [0], fan())
    assert end == pytest.approx(np.cos(np.radians(np.arange(1, 11))).mean(), abs=1e-6)
    (stranger,) = crowding(turned(0), [-1], fan())
    assert stranger == pytest.approx(np.cos(np.radians(np.arange(10))).mean(), abs=1e-6)


def test_photos_of_the_same_product_do_not_crowd_each_other() -> None:
    sample = fan()
    family = Sample(sample.vectors, np.where(np.arange(LEAST) < 50, 7, sample.groups))
    own, other = crowding(turned(0, 0), [7, 8], family)
    assert own == pytest.approx(np.cos(np.radians(np.arange(50, 60))).mean(), abs=1e-5)
    assert other > own


def test_a_sample_that_is_too_small_tells_nothing_and_takes_nothing_off() -> None:
    told = crowding(turned(0, 5), [1, 2], fan(LEAST - 1))
    assert np.isnan(told).all()
    assert put_in_order([0.9, 0.8], told).tolist() == [0.9, 0.8]
    assert put_in_order([[0.9, 0.8]], [0.5, 0.1]) == pytest.approx(np.array([[0.9 - 0.5 * SHARE, 0.8 - 0.1 * SHARE]]))
    assert NEAREST < LEAST


class Shop:
    """A catalogue that counts how often it is read."""

    def __init__(self, count: int) -> None:
        self.count, self.sampled, self.read = count, 0, list[int]()

    def sample(self) -> Sample:
        self.sampled += 1
        return fan(self.count, 0.5)

    def vectors(self, photos: Sequence[int]) -> dict[int, np.ndarray]:
        self.read += photos
        return {photo: turned(0.5 * photo)[0] for photo in photos if photo < self.count}

    def crowd(self) -> Crowd:
        return Crowd(sample=self.sample, vectors=self.vectors, count=lambda: self.count)


def test_each_photo_is_read_once_and_one_that_is_gone_is_left_out() -> None:
    shop = Shop(200)
    crowd = shop.crowd()
    first = crowd.of([Hit(5, 5, 0.9), Hit(6, 6, 0.8), Hit(999, 9, 0.7)])
    assert first.keys() == {5, 6}
    again = crowd.of([Hit(6, 6, 0.1), Hit(100, 100, 0.1)])
    assert again[6] == first[6] == pytest.approx(crowding(turned(3), [6], fan(200, 0.5))[0])
    assert (shop.read, shop.sampled) == ([5, 6, 999, 100], 1)
    assert crowd.about(turned(3)[0]) > again[6], "of a stranger the photo itself is a neighbour"
    assert crowd.of([]) == {}


def test_a_catalogue_that_has_changed_is_sampled_again() -> None:
    shop = Shop(200)
    crowd = shop.crowd()
    before = crowd.of([Hit(5, 5, 0.9)])
    shop.count = 205
    assert crowd.of([Hit(5, 5, 0.9)]) == before
    assert shop.sampled == 1
    shop.count = 240
    crowd.of([Hit(5, 5, 0.9)])
    assert shop.sampled == 2
    assert shop.read == [5, 5]
