"""A small net in numpy: one hidden layer, numbers in, probabilities out. Its weights are a JSON file beside this one.

    {"inputs": [names], "outputs": [names], "mean": [], "scale": [], "hidden": [[]], "hidden_bias": [], "out": [[]],
     "out_bias": [], "made": {how it was fitted}}

Fitted by `parure.evaluation.curate.quality_fit` on drawn photographs only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Net", "load_net", "net_from"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Net:
    """`hidden` (inputs, units) has mean and scale of the inputs worked into it."""

    outputs: tuple[str, ...]
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """(n, inputs) to (n, outputs) log-odds."""
        units = rows @ self.hidden
        units += self.hidden_bias
        np.maximum(units, 0, out=units)
        return np.asarray(units @ self.out + self.out_bias, np.float32)


@lru_cache(maxsize=4)
def load_net(name: str) -> Net:
    text = (resources.files("parure.images.quality") / "nets" / f"{name}.json").read_text(encoding="utf-8")
    return net_from(json.loads(text))


def net_from(told: Mapping[str, Any]) -> Net:
    mean, scale, hidden, bias, out, out_bias = (
        np.asarray(told[key], np.float32) for key in ("mean", "scale", "hidden", "hidden_bias", "out", "out_bias")
    )
    inward = hidden / scale[:, None]
    return Net(tuple(told["outputs"]), inward, bias - mean @ inward, out, out_bias)
