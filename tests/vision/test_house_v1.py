"""The set that ships: its vectors are those of the day it was exported, and its card speaks of these files."""

from __future__ import annotations

import numpy as np
import pytest

from parure.vision.house import WEIGHTS
from parure.vision.house_model import HouseAnalyser, load_house
from parure.vision.onnx_runtime import file_sha256
from tests.vision.test_house import TOLERANCE, canonical_picture

# Every 64th number of the vector of `canonical_picture`, and of that of the sentence.
PICTURE = [0.0522, -0.0541, 0.005, -0.0001, 0.0686, 0.0199, 0.0291, 0.0213]
SENTENCE = "yellow gold ring with a sapphire"
WORDS = [0.3262, -0.0096, 0.0013, -0.063, 0.0146, -0.0351, 0.0152, -0.0004]


@pytest.fixture(scope="module")
def house() -> HouseAnalyser:
    return load_house(threads=1)


def test_the_canonical_picture_has_its_canonical_vector(house: HouseAnalyser) -> None:
    np.testing.assert_allclose(house.encode_images([canonical_picture()])[0][::64], PICTURE, atol=TOLERANCE)


def test_the_canonical_sentence_has_its_canonical_vector(house: HouseAnalyser) -> None:
    np.testing.assert_allclose(house.encode_texts([SENTENCE])[0][::64], WORDS, atol=TOLERANCE)


@pytest.mark.parametrize("part", ["detector", "reader", "words"])
def test_the_readable_card_describes_the_files_that_ship(part: str) -> None:
    words = (WEIGHTS / "house-v1.md").read_text(encoding="utf-8")
    assert f"`{file_sha256(WEIGHTS / f'house-v1-{part}.onnx')[:16]}`" in words
    assert "Apache-2.0" in words
