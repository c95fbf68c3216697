"""The contract of an encoder: pictures (and, for some, words) to unit vectors in one space.

Batching, checking and normalising live here once; an adapter says only how a batch becomes numbers. A row that
is not finite or has no length is an error, never a silent zero: one bad row would rank as never wrong.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError, TextNotSupported

__all__ = ["Encoder", "Pixels", "Vectors", "unit_rows"]

Pixels = NDArray[np.uint8]  # (height, width, 3), sRGB
Vectors = NDArray[np.float32]  # (n, dimension), rows of length 1


class Encoder(ABC):
    """Pictures and words to unit vectors.

    `version` names the exact weights and preprocessing: two encoders with the same version give the same vectors,
    so it is the key under which vectors are stored. `input_side` is the longest side in pixels that the encoder
    looks at; a caller may shrink on load to about twice that. Implementations must be safe to call from threads.
    """

    version: str
    dimension: int
    input_side: int
    batch_size: int = 1  # pictures per run; on a CPU more are slower and cost memory
    lanes: int = 1  # runs side by side

    def encode_images(self, images: Sequence[Pixels]) -> Vectors:
        """(n, dimension) float32 unit rows, in the order given. Raises `ModelError` for a result that is not finite."""
        return self._in_batches(images, self._embed_images)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32 unit rows in the space of the pictures, or `TextNotSupported`."""
        if not self.supports_text:
            raise TextNotSupported(f"The encoder {self.version} reads pictures only; words are matched by keyword.")
        return self._in_batches(texts, self._embed_texts)

    @property
    def supports_text(self) -> bool:
        return type(self)._embed_texts is not Encoder._embed_texts

    def close(self) -> None:  # noqa: B027  (most encoders hold nothing)
        """Give back what the encoder holds (sessions, threads). It is not used afterwards."""

    @abstractmethod
    def _embed_images(self, images: Sequence[Pixels]) -> NDArray[np.float32]:
        """(n, dimension) for at most `batch_size` pictures; need not be normalised."""

    def _embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise NotImplementedError

    def _in_batches(self, items: Sequence[Any], embed: Callable[[Sequence[Any]], NDArray[np.float32]]) -> Vectors:
        batches = list(_batches(items, self.batch_size))
        if min(self.lanes, len(batches)) > 1:
            with ThreadPoolExecutor(self.lanes) as pool:
                rows = list(pool.map(embed, batches))
        else:
            rows = [embed(batch) for batch in batches]
        parts = [unit_rows(part, self.dimension) for part in rows]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), np.float32)


def unit_rows(rows: NDArray[Any], dimension: int) -> Vectors:
    """Rows scaled to length 1 as float32; raises `ModelError` for a wrong width, NaN, infinity or zero length."""
    rows = np.asarray(rows, np.float32)
    if rows.ndim != 2 or rows.shape[1] != dimension:
        raise ModelError(f"The encoder gave an array of shape {rows.shape}, expected (n, {dimension}).")
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 1e-12).all()):
        raise ModelError("The encoder gave a vector that is not finite or has no length.")
    return np.asarray(rows / lengths, np.float32)


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
