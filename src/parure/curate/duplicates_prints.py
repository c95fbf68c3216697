"""What duplicates are found by: hashes of a picture's eight views, and a small embedding that changes little with it.

Both look at the picture without its frame. The embedding is a VLAD (H. Jégou and others, "Aggregating local descriptors
into a compact image representation", 2010): each place of the picture adds to the word it is nearest to how it differs
from that word. Words and projection were fitted on rendered jewellery by `parure.evaluation.curate.duplicates_fit`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure import images
from parure.curate.duplicates_frame import unframed
from parure.curate.duplicates_points import NUMBERS, describe_points
from parure.curate.values import Fingerprints
from parure.errors import ModelError
from parure.images import Pixels

__all__ = ["DIMENSION", "VIEWS", "WORDS_FILE", "Words", "fingerprints_of", "load_words", "small_embedding"]

DIMENSION = 192
VIEWS = 8  # hashes in `Fingerprints.turned`: of the content as it is, mirrored and turned
WORDS_FILE = Path(__file__).with_name("duplicates_words.npz")
Floats = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Words:
    """`mean` (d,) and `axes` (d, c) of descriptions, `words` (k, c), `centre` (k c,), `projection` (k c, e)."""

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    words: NDArray[np.float32]
    centre: NDArray[np.float32]
    projection: NDArray[np.float32]

    def __post_init__(self) -> None:
        wide = self.words.size
        if self.axes.shape != (NUMBERS, self.words.shape[1]) or self.projection.shape != (wide, DIMENSION):
            raise ModelError(f"{WORDS_FILE.name} holds arrays of other shapes. Install Parure again.")

    def gather(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """(k c,) of length 1 from (n, d) descriptions; many alike count less than once each."""
        return gather(self.words, (points - self.mean) @ self.axes)

    def embed(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """(e,) of length 1."""
        embedded = (self.gather(points) - self.centre) @ self.projection
        return np.asarray(embedded / max(1e-6, float(np.linalg.norm(embedded))), np.float32)


def gather(words: Floats, points: Floats) -> NDArray[np.float32]:
    """(k c,) of length 1 from `words` (k, c) and `points` (n, c)."""
    nearest = ((words**2).sum(axis=1) - 2 * points @ words.T).argmin(axis=1)
    chosen = np.zeros((len(nearest), len(words)), np.float32)
    chosen[np.arange(len(nearest)), nearest] = 1
    sums = chosen.T @ points - chosen.sum(axis=0)[:, None] * words
    softened = sums / np.sqrt(np.linalg.norm(sums, axis=1, keepdims=True) + 1e-6)
    return np.asarray(softened.ravel() / max(1e-6, float(np.linalg.norm(softened))), np.float32)


def fingerprints_of(pixels: Pixels, *, sha256: str) -> Fingerprints:
    """All that duplicates need of a file: `pixels` upright in sRGB, shrunk to 384 px or so, `sha256` of its bytes."""
    content = unframed(pixels).pixels
    views = tuple(f"{view:016x}" for view in images.perceptual_views(content))
    whole = f"{images.perceptual_views(pixels)[0]:016x}" if content is not pixels else views[0]
    return Fingerprints(sha256, whole, views, _embedding(content))


def small_embedding(pixels: Pixels) -> NDArray[np.float16]:
    """(`DIMENSION`,) of length 1; copies of a picture lie above 0.3, strangers near 0."""
    return _embedding(unframed(pixels).pixels)


def _embedding(content: Pixels) -> NDArray[np.float16]:
    return np.asarray(load_words().embed(describe_points(content)), np.float16)


@lru_cache(maxsize=1)
def load_words() -> Words:
    try:
        with np.load(WORDS_FILE) as stored:
            return Words(*(np.asarray(stored[field.name], np.float32) for field in fields(Words)))
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{WORDS_FILE} cannot be read ({error}). Install Parure again.") from error
