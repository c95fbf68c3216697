"""How well boxes are found: average precision, from arrays alone.

A found box is right when it overlaps a piece of its class by at least .5 (IoU) that no surer box has taken. The figure
is the area under precision over recall, precision made non-increasing first, as COCO does but without its steps of
.01. Surer boxes come first; of equally sure ones those of earlier pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.regions import iou

__all__ = ["Boxes", "ClassPrecision", "Truth", "average_precision", "class_precisions", "hits", "mean_precision"]

Corners = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Truth:
    """Of one picture: `corners` (n, 4) x0, y0, x1, y1 in any unit, `classes` (n,)."""

    corners: Corners
    classes: NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Boxes:
    """What was found on one picture: `corners` (n, 4) in the unit of its truth, `scores` (n,), `classes` (n,)."""

    corners: Corners
    scores: NDArray[np.floating]
    classes: NDArray[np.integer]

    def __post_init__(self) -> None:
        if not np.isfinite(self.scores).all():
            raise ValueError("Scores must be finite: one that is not would rank as never wrong.")


@dataclass(frozen=True)
class ClassPrecision:
    """The average precision of one class, and how many pieces of it there were to find."""

    number: int
    precision: float
    pieces: int


def hits(found: Boxes, truth: Truth, *, overlap: float = 0.5, by_class: bool = True) -> NDArray[np.bool_]:
    """(n,) for the found boxes of a picture: is it right? Each piece is taken once, by the surest box that fits it."""
    shared = iou(found.corners, truth.corners)
    if by_class:
        shared = np.where(found.classes[:, None] == truth.classes[None], shared, 0.0)
    right = np.zeros(len(found.scores), np.bool_)
    for at in np.argsort(-found.scores, kind="stable"):
        if shared.shape[1] and shared[at].max() >= overlap:
            right[at] = True
            shared[:, shared[at].argmax()] = -1.0
    return right


def average_precision(scores: NDArray[np.floating], right: NDArray[np.bool_], pieces: int) -> float:
    """Area under precision over recall, of found boxes (n,) of all pictures, where there were `pieces` to find."""
    if pieces < 1:
        raise ValueError("Average precision needs at least one piece to find.")
    ordered = right[np.argsort(-scores, kind="stable")]
    counts = np.cumsum(ordered)
    precision = counts / np.arange(1, len(ordered) + 1)
    best_from_here = np.maximum.accumulate(precision[::-1])[::-1]
    return float(best_from_here[ordered].sum() / pieces)


def class_precisions(
    found: Sequence[Boxes], truths: Sequence[Truth], *, overlap: float = 0.5
) -> tuple[ClassPrecision, ...]:
    """Of each class that has a piece to find, by its number."""
    right = np.concatenate([hits(boxes, truth, overlap=overlap) for boxes, truth in zip(found, truths, strict=True)])
    scores, classes = (np.concatenate([getattr(boxes, name) for boxes in found]) for name in ("scores", "classes"))
    numbers, counts = np.unique(np.concatenate([truth.classes for truth in truths]), return_counts=True)
    return tuple(
        ClassPrecision(int(number), average_precision(scores[own], right[own], int(count)), int(count))
        for number, count in zip(numbers, counts, strict=True)
        for own in [classes == number]
    )


def mean_precision(precisions: Sequence[ClassPrecision], *, least_pieces: int = 1) -> float:
    """The mean over the classes with at least so many pieces to find, each counted alike."""
    return float(np.mean([each.precision for each in precisions if each.pieces >= least_pieces]))
