"""The house analyser against the contract: the tiny set of models, and the set that ships, where it is installed."""

from __future__ import annotations

import pytest

from parure.vision import Encoder, Pixels
from parure.vision.house import WEIGHTS
from parure.vision.house_model import load_house
from tests.conformance.analyser import AnalyserConformance
from tests.vision.tiny import BLUE, RED, photo, tiny_house

LEAF, ASH = (20, 150, 40), (90, 90, 90)
SHIPPED = WEIGHTS / "house-v1.json"


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


if SHIPPED.exists():  # a checkout before the models were trained has none

    class TestTheSetThatShips(AnalyserConformance):
        @pytest.fixture
        def encoder(self, shipped: Encoder) -> Encoder:
            return shipped
