"""An analyser that can be followed by hand: what is rather red than blue is a ring, what is blue is nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parure.errors import ModelError
from parure.regions import Box
from parure.vision import Pixels
from parure.vision.analysis import WHOLE, Analyser, Analysis, Belief, Detection, Reading, SeenPiece

__all__ = ["RedIsARing"]


class RedIsARing(Analyser):
    """Breaks on what is black, and after `breaks_after` calls as a killed process does."""

    version, dimension, input_side, lanes = "red-1", 4, 64, 1

    def __init__(self, *, breaks_after: int | None = None) -> None:
        self.calls, self.looked, self.breaks_after = 0, 0, breaks_after

    def analyse_images(self, images: Sequence[Pixels]) -> list[Analysis]:
        self.calls += 1
        if self.breaks_after is not None and self.calls > self.breaks_after:
            raise KeyboardInterrupt
        found = super().analyse_images(images)
        self.looked += len(images)
        return found

    def _analyse(self, image: Pixels, region: Box | None) -> Analysis:
        if image.max() < 8:
            raise ModelError("black")
        is_ring = float(image[..., 0].mean()) > float(image[..., 2].mean())
        belief = Belief("type", "ring", 0.9) if is_ring else Belief("type", "", 0.9)
        reading = Reading(np.ones(4, np.float32) / 2, (belief,), np.ones((4, 4), np.uint8), {})
        piece = SeenPiece(
            Detection(Box(0.2, 0.2, 0.6, 0.6) if is_ring else WHOLE, "ring", 0.8 * is_ring), WHOLE, reading
        )
        return Analysis((piece,), surest=0.8 if is_ring else 0.05)
