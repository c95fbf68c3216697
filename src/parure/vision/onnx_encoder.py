"""Any picture encoder that is an ONNX file with a card beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure import settings
from parure.errors import ModelError
from parure.vision.base import Encoder, Pixels
from parure.vision.card import ModelCard, Pooling
from parure.vision.onnx_runtime import open_session
from parure.vision.preprocess import network_input

__all__ = ["OnnxEncoder", "pooled"]


class OnnxEncoder(Encoder):
    """`OnnxEncoder(read_card(path))`. A network with more inputs than the picture overrides `_inputs`."""

    def __init__(self, card: ModelCard, *, threads: int = 0) -> None:
        self.card = card
        self.version = card.version
        self.dimension = card.output.dimension
        self.input_side = card.image.side
        self.batch_size = card.batch_size
        self.lanes = threads or settings.get().cores
        self._session = open_session(card.file, sha256=card.sha256, threads=threads)
        if card.output.name not in self._session.outputs:
            raise ModelError(
                f"{card.file} has no output {card.output.name!r}, as its card says; it has "
                f"{', '.join(self._session.outputs)}."
            )

    def _embed_images(self, images: Sequence[Pixels]) -> NDArray[np.float32]:
        output = self._session.run(self.card.output.name, self._inputs(images))
        return pooled(output, self.card.output.pooling)

    def _inputs(self, images: Sequence[Pixels]) -> dict[str, NDArray[Any]]:
        return {self.card.image.name: network_input(images, self.card.image)}


def pooled(output: NDArray[np.float32], pooling: Pooling) -> NDArray[np.float32]:
    """(n, d) from (n, d), a feature map (n, d, h, w) or tokens (n, t, d), as `Output.pooling` describes."""
    if pooling == "none" or output.ndim not in (3, 4):
        return output
    tokens = output if output.ndim == 3 else output.reshape(*output.shape[:2], -1).swapaxes(1, 2)
    return np.asarray(tokens[:, 0] if pooling == "first" else tokens.mean(axis=1), np.float32)
