"""A class-agnostic localiser in the layout of TensorFlow's detection models: the baseline of the detector.

The photo is stretched to a square of 192 pixels, bytes, RGB. Out come 100 boxes (y0, x0, y1, x1 as shares), classes
that mean nothing here, scores, and how many of the boxes count.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.errors import ModelError
from parure.vision import Pixels
from parure.vision.onnx_runtime import open_session

__all__ = ["Localiser"]

SIDE = 192


class Localiser:
    """`find` gives corners (n, 4) x0, y0, x1, y1 as shares of the photo, and scores (n,)."""

    def __init__(self, path: Path) -> None:
        self._session = open_session(path)
        if len(self._session.inputs) != 1 or len(self._session.outputs) != 4:
            raise ModelError(
                f"{path} is no localiser: it needs one input and gives boxes, classes, scores and a count."
            )

    def find(self, pixels: Pixels) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        square = np.asarray(Image.fromarray(pixels).resize((SIDE, SIDE), Image.Resampling.BILINEAR))
        results = self._session.run_all(self._session.outputs, {self._session.inputs[0]: square[None]})
        count = int(results[3].ravel()[0])
        boxes = np.clip(results[0].reshape(-1, 4)[:count].astype(np.float64), 0, 1)
        return boxes[:, [1, 0, 3, 2]], results[2].ravel()[:count].astype(np.float64)
