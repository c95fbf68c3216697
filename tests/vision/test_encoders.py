"""Every encoder of the registry against the contract; a new one is one more name in `ENCODERS`."""

from __future__ import annotations

import pytest

from parure.registry import names, resolve
from parure.vision import Encoder
from tests.conformance.encoder import EncoderConformance

ENCODERS = (
    "house-v0",
    "histogram",
)
ANALYSERS = ("house-v1",)  # see test_analysers


@pytest.fixture(scope="class", params=ENCODERS)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    made: Encoder = resolve("encoder", request.param)()
    return made


class TestEncoders(EncoderConformance):
    pass


def test_every_encoder_of_the_registry_is_tested() -> None:
    assert {*ENCODERS, *ANALYSERS} == set(names("encoder"))
