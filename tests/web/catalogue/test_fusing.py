"""Several photos' beliefs become one, no surer than they are."""

from __future__ import annotations

import pytest

from parure.vision.analysis import Belief
from parure.web.catalogue.fusing import fuse


def metal(value: str, probability: float, **others: float) -> list[Belief]:
    return [Belief("metal", value, probability, tuple((name.removesuffix("_"), p) for name, p in others.items()))]


def test_one_photo_keeps_its_calibrated_probability() -> None:
    assert fuse([metal("gold", 0.83, silver=0.1)])["metal"] == ("gold", pytest.approx(0.83))
    assert fuse([[Belief("metal", "gold", 0.83, (("", 0.17),))]])["metal"] == ("gold", pytest.approx(0.83))


def test_photos_that_agree_are_not_surer_than_each_of_them() -> None:
    value, probability = fuse([metal("gold", 0.8, silver=0.2)] * 5)["metal"]
    assert (value, probability) == ("gold", pytest.approx(0.8, abs=0.01))


def test_photos_that_differ_leave_doubt() -> None:
    value, probability = fuse([metal("gold", 0.9, silver=0.1), metal("silver", 0.8, gold=0.2)])["metal"]
    assert value == "gold"
    assert probability < 0.65


def test_a_photo_that_cannot_tell_is_no_evidence() -> None:
    blind = [Belief("metal", "", 0.7, (("silver", 0.3),))]
    assert fuse([metal("gold", 0.9), blind]) == fuse([metal("gold", 0.9)])
    assert fuse([blind]) == {}
    assert fuse([]) == {}


def test_one_photo_cannot_rule_a_value_out_for_good() -> None:
    value, probability = fuse([metal("gold", 0.99)] * 4 + [metal("silver", 1.0)])["metal"]
    assert value == "gold"
    assert 0.5 < probability < 0.98
