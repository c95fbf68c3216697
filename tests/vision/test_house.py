from __future__ import annotations

import numpy as np
import pytest

from parure.vision import Pixels, Vectors
from parure.vision.house import WEIGHTS, HouseEncoder, load_house_v0
from parure.vision.onnx_runtime import file_sha256


def canonical_picture() -> Pixels:
    """(96, 128, 3): a gold ring on pale blue, by formula, so that no drawing library decides a pixel."""
    y, x = np.mgrid[0:96, 0:128]
    picture = np.full((96, 128, 3), (224, 232, 240), np.uint8)
    distance = np.hypot(y - 50, x - 64)
    picture[(distance > 24) & (distance < 32)] = (212, 175, 55)
    picture[np.hypot(y - 18, x - 64) < 9] = (60, 90, 200)
    return picture


# The vector of `canonical_picture` as the shipped weights gave it when they were exported: every 64th number.
CANONICAL = [-0.0332, -0.0510, 0.0734, 0.0599, 0.0146, -0.0031, -0.0354, 0.0205]
TOLERANCE = 2e-3  # other processors add up in another order; a wrong channel order or padding is off by far more


@pytest.fixture(scope="module")
def house() -> HouseEncoder:
    return load_house_v0(threads=1)


@pytest.fixture(scope="module")
def vector(house: HouseEncoder) -> Vectors:
    return house.encode_images([canonical_picture()])[0]


def test_the_canonical_picture_has_its_canonical_vector(vector: Vectors) -> None:
    np.testing.assert_allclose(vector[::64], CANONICAL, atol=TOLERANCE)


def test_channels_the_other_way_round_are_not_within_the_tolerance(house: HouseEncoder) -> None:
    swapped = house.encode_images([canonical_picture()[..., ::-1]])[0]
    assert np.abs(swapped[::64] - CANONICAL).max() > 10 * TOLERANCE


def test_its_version_names_the_weights(house: HouseEncoder) -> None:
    assert house.version == f"house-v0-{file_sha256(WEIGHTS / 'house-v0.onnx')[:8]}"
    assert (house.dimension, house.input_side) == (512, 288)


def test_the_readable_card_describes_the_file_that_ships(house: HouseEncoder) -> None:
    words = (WEIGHTS / "house-v0.md").read_text(encoding="utf-8")
    assert house.card.sha256 in words
    assert str(house.card.about["weights_sha256"]) in words
    assert "Apache-2.0" in words


def test_what_ships_is_under_forty_megabytes() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 40e6


def test_a_recoloured_twin_is_less_alike_than_the_same_piece_moved(house: HouseEncoder) -> None:
    piece = canonical_picture()
    twin = piece.copy()
    twin[(piece == (60, 90, 200)).all(axis=-1)] = (190, 30, 40)
    moved = np.roll(piece, (6, -9), axis=(0, 1))
    first, recoloured, shifted = house.encode_images([piece, twin, moved])
    assert first @ shifted > first @ recoloured + 0.05
