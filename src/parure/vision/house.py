"""The encoder that ships: our MobileNetV2 tuned on renders, with the colours of the piece beside it.

The network compares shapes and settings and is weak on colour; the histogram is the other way round. Both go into
one graph that weighs, joins and projects them. How it was made and how good it is: `weights/house-v0.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.vision.base import Pixels
from parure.vision.card import read_card
from parure.vision.colour import colour_histogram
from parure.vision.onnx_encoder import OnnxEncoder

__all__ = ["COLOUR_INPUT", "WEIGHTS", "HouseEncoder", "load_house_v0"]

WEIGHTS = Path(__file__).parent / "weights"
COLOUR_INPUT = "colour"  # name of the graph's second input


class HouseEncoder(OnnxEncoder):
    def _inputs(self, images: Sequence[Pixels]) -> dict[str, NDArray[Any]]:
        colours = np.stack([colour_histogram(pixels) for pixels in images])
        return {**super()._inputs(images), COLOUR_INPUT: colours}


def load_house_v0(*, threads: int = 0) -> HouseEncoder:
    """The encoder of the setting `house-v0`; 0 threads means the setting."""
    return HouseEncoder(read_card(WEIGHTS / "house-v0.json"), threads=threads)
