"""The small nets that ship: made for the numbers they are given, and told how they were made."""

from __future__ import annotations

import json
from importlib import resources

import numpy as np
import pytest

from parure.images.quality import background, exposure, lettering
from parure.images.quality.net import load_net, net_from

NETS = {
    "background": (background.INPUTS, ["flat", "scene", "worn"]),
    "light": (exposure.INPUTS, ["dark", "washed"]),
    "lettering": (lettering.INPUTS, ["text", "watermark"]),
}


@pytest.mark.parametrize("name", NETS)
def test_a_net_takes_the_numbers_that_are_made_for_it(name: str) -> None:
    told = json.loads((resources.files("parure.images.quality") / "nets" / f"{name}.json").read_text("utf-8"))
    inputs, outputs = NETS[name]
    assert (tuple(told["inputs"]), told["outputs"]) == (inputs, outputs)
    assert told["made"]["by"] == "parure.evaluation.curate.quality_fit"
    assert np.isfinite(load_net(name)(np.zeros((2, len(inputs)), np.float32))).all()


def test_a_net_answers_as_its_weights_say() -> None:
    told = {
        "outputs": ["a"], "mean": [1.0, 0.0], "scale": [2.0, 1.0], "hidden": [[1.0, -1.0], [0.0, 1.0]],
        "hidden_bias": [0.0, 0.5], "out": [[2.0], [3.0]], "out_bias": [0.25],
    }  # fmt: skip
    # (5 - 1) / 2 = 2 and 1: units 2 and max(0, -2 + 1 + .5) = 0; 2 * 2 + .25
    assert net_from(told)(np.array([[5.0, 1.0]], np.float32))[0, 0] == pytest.approx(4.25)
