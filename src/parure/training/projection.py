"""Fewer numbers per picture: a principal component projection, fitted on rendered pictures only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError

__all__ = ["Projection", "fit_projection"]


@dataclass(frozen=True, eq=False)
class Projection:
    """(x - mean) @ axes: mean (d,), axes (d, dimension) orthonormal columns, the widest first.

    `kept` is the share of the variance that the axes hold.
    """

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    kept: float


def fit_projection(vectors: NDArray[np.float32], dimension: int) -> Projection:
    """Principal components of (n, d) rows. Raises `ModelError` when there are too few rows to tell the axes apart."""
    count, width = vectors.shape
    if dimension > width or count <= dimension:
        raise ModelError(f"{count} vectors of {width} numbers cannot give {dimension} axes. Render more pictures.")
    rows = vectors.astype(np.float64)
    mean = rows.mean(axis=0)
    centred = rows - mean
    variances, axes = np.linalg.eigh(centred.T @ centred)  # ascending
    axes = _signed(axes[:, ::-1][:, :dimension])
    kept = float(variances[::-1][:dimension].sum() / variances.sum())
    return Projection(mean.astype(np.float32), axes.astype(np.float32), kept)


def _signed(axes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column turned so that its largest entry is positive: an eigenvector's sign is chance."""
    largest = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    return np.asarray(axes * np.sign(largest), np.float64)
