"""Fingerprints that find the same file (sha256) and the same picture after scaling and recompression (64 bits each).

`perceptual`: C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1:
32 x 32 grey, DCT-II, the 8 x 8 lowest frequencies without the constant row and column, each against their median.
`difference`: N. Krawetz, "Kind of Like That", 2013: 9 x 8 grey, each pixel against its right neighbour.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.picture import Pixels

__all__ = ["Fingerprint", "fingerprint", "hamming", "perceptual_views", "sha256"]

_SIDE = 32  # pixels the perceptual hash looks at, both ways
_LOW = 8  # frequencies kept, both ways


@dataclass(frozen=True)
class Fingerprint:
    """Two unsigned 64-bit numbers; compare like with like by `hamming`."""

    perceptual: int
    difference: int


def sha256(data: bytes) -> str:
    """64 hex digits: the identity of a file."""
    return hashlib.sha256(data).hexdigest()


def hamming(a: int, b: int) -> int:
    """Bits that differ, 0 to 64; unrelated pictures lie near 32."""
    return (a ^ b).bit_count()


def fingerprint(pixels: Pixels) -> Fingerprint:
    """Both fingerprints of (h, w, 3) pixels of any size; a picture of one flat colour gives 0 and 0."""
    grey = Image.fromarray(pixels).convert("L")
    return Fingerprint(_perceptual(_sampled(grey, _SIDE, _SIDE)), _difference(_sampled(grey, 9, 8)))


def perceptual_views(pixels: Pixels) -> tuple[int, ...]:
    """Eight perceptual hashes: as it is, mirrored left to right, upside down, both; then the same of the transpose.

    Mirroring changes only the sign of every other frequency, so one transform serves all eight.
    """
    low = _low(_sampled(Image.fromarray(pixels).convert("L"), _SIDE, _SIDE))
    sign = np.where(np.arange(1, _LOW + 1) % 2, -1.0, 1.0)
    return tuple(
        _against_median(turned * down[:, None] * across[None, :])
        for turned in (low, low.T)
        for down in (np.ones(_LOW), sign)
        for across in (np.ones(_LOW), sign)
    )


def _sampled(grey: Image.Image, width: int, height: int) -> NDArray[np.float64]:
    return np.asarray(grey.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0), np.float64)


def _dct_rows() -> NDArray[np.float64]:
    """(8, 32): frequencies 1 to 8 of the orthonormal DCT-II, so that rows @ image @ rows.T is the wanted corner."""
    frequency, sample = np.arange(1, _LOW + 1)[:, None], np.arange(_SIDE)[None, :]
    rows = np.cos(np.pi * frequency * (2 * sample + 1) / (2 * _SIDE))
    return np.asarray(np.sqrt(2 / _SIDE) * rows, np.float64)


_DCT = _dct_rows()


def _perceptual(grey: NDArray[np.float64]) -> int:
    return _against_median(_low(grey))


def _low(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    """(8, 8) frequencies, rounded: on flat colour, noise of 1e-14 would decide the bits."""
    return np.asarray(np.round(_DCT @ grey @ _DCT.T, 6))


def _against_median(low: NDArray[np.float64]) -> int:
    return _pack(low > np.median(low))


def _difference(grey: NDArray[np.float64]) -> int:
    return _pack(grey[:, :-1] < grey[:, 1:])


def _pack(bits: NDArray[np.bool_]) -> int:
    """64 booleans, row by row, first one highest."""
    return int.from_bytes(np.packbits(bits).tobytes(), "big")
