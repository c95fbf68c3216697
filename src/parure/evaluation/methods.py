"""What can be measured: anything that describes pictures by rows and scores rows against rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from parure import images
from parure.evaluation.models import find_model
from parure.vision import Encoder, Pixels

__all__ = ["EncoderMethod", "Method", "PerceptualHash", "find_method"]


class Method(Protocol):
    """`describe` gives one row (or number) per picture, `scores` is (q, n), higher for more alike."""

    name: str
    input_side: int

    def describe(self, pictures: Sequence[Pixels]) -> NDArray[Any]: ...

    def scores(self, queries: NDArray[Any], gallery: NDArray[Any]) -> NDArray[np.floating]: ...


class EncoderMethod:
    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.version
        self.input_side = encoder.input_side
        self._encoder = encoder

    def describe(self, pictures: Sequence[Pixels]) -> NDArray[Any]:
        return self._encoder.encode_images(pictures)

    def scores(self, queries: NDArray[Any], gallery: NDArray[Any]) -> NDArray[np.floating]:
        return np.asarray(queries @ gallery.T, np.float32)


class PerceptualHash:
    """Bits in common between the 64-bit hashes that find copies: the floor that an encoder must clear.

    The whole picture is put in a square first, as encoders do: without it, stretched pictures match less.
    """

    name = "pHash"
    input_side = 64

    def describe(self, pictures: Sequence[Pixels]) -> NDArray[Any]:
        return np.array(
            [images.fingerprint(images.letterbox(pixels, self.input_side)).perceptual for pixels in pictures], np.uint64
        )

    def scores(self, queries: NDArray[Any], gallery: NDArray[Any]) -> NDArray[np.floating]:
        differing = np.bitwise_count(queries[:, None] ^ gallery[None, :])
        return np.asarray(64.0 - differing, np.float32)


def find_method(name: str) -> EncoderMethod:
    """An encoder by its name in the registry, or by the path of a card or manifest (`.json`)."""
    return EncoderMethod(find_model(name))
