"""The set that ships: its vectors are those of the day it was exported, and its card speaks of these files."""

from __future__ import annotations

import numpy as np
import pytest

from parure.vision.house import WEIGHTS
from parure.vision.house_model import HouseAnalyser, load_house
from parure.vision.onnx_runtime import file_sha256
from tests.vision.test_house import TOLERANCE, canonical_picture

# Every 64th number of the vector of `canonical_picture`, and of that of the sentence.
PICTURE = [0.0094, 0.0651, -0.0213, 0.0014, 0.0567, 0.041, 0.0289, 0.0101]
SENTENCE = "yellow gold ring with a sapphire"
WORDS = [0.3148, 0.0213, -0.0102, 0.0007, 0.0288, -0.0459, 0.0259, 0.0173]


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
