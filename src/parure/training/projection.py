"""Fewer numbers per picture: a principal component projection, fitted on rendered pictures only.

Unusual: wide axes can be narrowed by a power of their variance. Cutting the tail off takes fine detail away and leaves
the few wide axes (backdrop, overall tone) with more say than they had; a mild power gives the rest its say back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError

__all__ = ["Projection", "fit_projection"]

TINY = 1e-9  # variance below which an axis is rounding error; not to be blown up


@dataclass(frozen=True, eq=False)
class Projection:
    """(x - mean) @ axes: mean (d,), axes (d, dimension) orthogonal columns, that of the largest variance first.

    `kept` is the share of the variance that the axes hold.
    """

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    kept: float


def fit_projection(vectors: NDArray[np.float32], dimension: int, *, flatten: float = 0.0) -> Projection:
    """Principal components of (n, d) rows, each axis divided by its variance to the power `flatten`: 0 keeps distances
    as they are, 0.5 gives all axes the same variance. Raises `ModelError` when there are too few rows for the axes.
    """
    count, width = vectors.shape
    if dimension > width or count <= dimension:
        raise ModelError(f"{count} vectors of {width} numbers cannot give {dimension} axes. Render more pictures.")
    rows = vectors.astype(np.float64)
    mean = rows.mean(axis=0)
    centred = rows - mean
    variances, axes = np.linalg.eigh(centred.T @ centred / count)  # ascending
    widest = variances[::-1][:dimension]
    axes = _signed(axes[:, ::-1][:, :dimension]) * np.maximum(widest, TINY) ** -flatten
    kept = float(widest.sum() / variances.sum())
    return Projection(mean.astype(np.float32), axes.astype(np.float32), kept)


def _signed(axes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column turned so that its largest entry is positive: an eigenvector's sign is chance."""
    largest = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    return np.asarray(axes * np.sign(largest), np.float64)
