"""The house analyser against the contract: the tiny set of models, and the set that ships, where it is installed."""

from __future__ import annotations

import pytest

from parure.images import decode
from parure.sample import shop_path
from parure.vision import Encoder, Pixels
from parure.vision.house_model import load_house
from tests.conformance.analyser import AnalyserConformance
from tests.vision.tiny import BLUE, RED, photo, tiny_house

LEAF, ASH = (20, 150, 40), (90, 90, 90)
PHOTOS = ("pr-1001-1", "pr-1004-2", "pr-2006-1", "pr-2011-1", "pr-3001-1", "pr-3010-1", "pr-4001-1")


@pytest.fixture(scope="module")
def tiny() -> Encoder:
    return tiny_house(threads=2)


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return load_house()


class TestTheTinySet(AnalyserConformance):
    @pytest.fixture
    def encoder(self, tiny: Encoder) -> Encoder:
        return tiny

    @pytest.fixture
    def pictures(self) -> list[Pixels]:
        """One piece, two, none, one that fills the photo, one at the rim, and two photos of other sizes; what is green
        or grey is nothing to the detector and makes them differ."""
        return [
            photo((5, 4, RED), (6, 4, LEAF)),
            photo((2, 9, BLUE), (9, 3, RED)),
            photo((3, 3, LEAF), (9, 6, ASH), side=390),
            photo((1, 1, BLUE), cell=140),
            photo((12, 12, RED), (11, 12, ASH)),
            photo((3, 3, RED), (3, 4, LEAF), (2, 3, LEAF), side=832, cell=64),
            photo((4, 2, BLUE), (3, 2, ASH), side=832, cell=128),
        ]


class TestTheSetThatShips(AnalyserConformance):
    @pytest.fixture
    def encoder(self, shipped: Encoder) -> Encoder:
        return shipped

    @pytest.fixture
    def pictures(self) -> list[Pixels]:
        """Photos of the sample shop that it is sure of: where it is not, a box moves when the photo shrinks."""
        return [decode((shop_path() / "photos" / f"{name}.webp").read_bytes()).pixels for name in PHOTOS]
