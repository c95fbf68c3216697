"""What a detector's ONNX file finds, on pictures whose pieces are known: the very decoding the product uses."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parure.evaluation.detection import (
    Boxes,
    ClassPrecision,
    Truth,
    average_precision,
    class_precisions,
    hits,
    mean_precision,
)
from parure.render.dataset.store import read_records
from parure.training.calibrate import calibration_error, fit_curve
from parure.training.detector_export import squares
from parure.training.detector_recipe import SIDE, DetectorRecipe
from parure.training.detector_scenes import Example, Scenes
from parure.vision.calibration import Calibration
from parure.vision.detector import OUTPUT, decode, suppress
from parure.vision.onnx_runtime import OnnxSession

__all__ = ["Calibrated", "Figures", "Held", "calibrate_scores", "figures", "find_all", "held_scenes", "look"]

FAINTEST = 0.01  # raw score of a box that is looked at
MOST = 100  # boxes of a picture
OVERLAP = 0.5  # of two boxes that overlap by more, the surer is kept
LEAST_PIECES = 10  # of a class, for a figure that says something
_HELD_SETUP = 16  # the grounds of held-out scenes have numbers from here
_HELD_SEED = 1_000_003


@dataclass(frozen=True)
class Held:
    """A data set of designs that no training saw, and how many scenes to make of it."""

    data: Path
    scenes: int


@dataclass(frozen=True)
class Figures:
    """Average precision at IoU .5: the mean over all classes with a piece and over those with `LEAST_PIECES`, and with
    the classes left out of account; `milliseconds` a picture, on one core."""

    mean: float
    mean_of_frequent: float
    any_class: float
    classes: tuple[ClassPrecision, ...]
    pictures: int
    pieces: int
    milliseconds: float


@dataclass(frozen=True)
class Calibrated:
    """Curve from raw score to the share that is right, the calibrated score from which boxes count, and the expected
    calibration errors on scenes that the curve was not fitted on."""

    curve: Calibration
    threshold: float
    error_raw: float
    error: float
    precision: float
    recall: float


def held_scenes(held: Held, recipe: DetectorRecipe) -> list[Example]:
    """Scenes of held-out designs on grounds that training does not use."""
    strange = replace(recipe, seed=recipe.seed + _HELD_SEED, first_setup=_HELD_SETUP)
    scenes = Scenes(held.data, read_records(held.data), strange)
    return [scenes.scene(number) for number in range(held.scenes)]


def look(session: OnnxSession, pixels: NDArray[np.uint8]) -> Boxes:
    """What is found on a square, in its pixels; raw scores."""
    raw = session.run(OUTPUT, squares(pixels))[0]
    scores = raw[:, 4].astype(np.float64)
    (seen,) = np.nonzero(scores >= FAINTEST)
    corners = np.clip(decode(raw[:, :4], SIDE)[seen], 0, SIDE)
    kept = suppress(corners, scores[seen], OVERLAP)[:MOST]
    return Boxes(corners[kept], scores[seen][kept], raw[seen, 5:].argmax(axis=1)[kept])


def find_all(session: OnnxSession, examples: Sequence[Example]) -> tuple[list[Boxes], float]:
    """What is found on each, and the milliseconds that one took in the middle."""
    found, times = [], []
    for example in examples:
        began = time.perf_counter()
        found.append(look(session, example.pixels))
        times.append(time.perf_counter() - began)
    return found, float(np.median(times)) * 1000


def figures(found: Sequence[Boxes], examples: Sequence[Example], milliseconds: float) -> Figures:
    truths = [Truth(example.corners, example.classes) for example in examples]
    classes = class_precisions(found, truths)
    pieces = sum(len(truth.classes) for truth in truths)
    right = np.concatenate([hits(*pair, by_class=False) for pair in zip(found, truths, strict=True)])
    scores = np.concatenate([boxes.scores for boxes in found])
    return Figures(
        mean=mean_precision(classes),
        mean_of_frequent=mean_precision(classes, least_pieces=LEAST_PIECES),
        any_class=average_precision(scores, right, pieces),
        classes=classes,
        pictures=len(examples),
        pieces=pieces,
        milliseconds=round(milliseconds, 1),
    )


def calibrate_scores(found: Sequence[Boxes], examples: Sequence[Example]) -> Calibrated:
    """The chance that a box holds a piece, of whatever class.

    Fitted on every second scene, its errors from the others; the threshold is where precision and recall are best
    together (F1). Of boxes on a scene's own half only, so a number shown is one nobody fitted.
    """
    truths = [Truth(example.corners, example.classes) for example in examples]
    right = [hits(boxes, truth, by_class=False) for boxes, truth in zip(found, truths, strict=True)]
    fitted, other = slice(0, None, 2), slice(1, None, 2)
    said, true = _joined(found[fitted], right[fitted])
    curve = _from_zero(fit_curve(said, true))
    threshold = _best_threshold(curve(said), true, sum(len(each.classes) for each in truths[fitted]))
    raw, judged = _joined(found[other], right[other])
    shown = curve(raw)
    counted = shown >= threshold
    pieces = sum(len(each.classes) for each in truths[other])
    return Calibrated(
        curve=curve,
        threshold=round(threshold, 3),
        error_raw=calibration_error(raw[counted], judged[counted]),
        error=calibration_error(shown[counted], judged[counted]),
        precision=float(judged[counted].mean()),
        recall=float(judged[counted].sum() / pieces),
    )


def _joined(
    found: Sequence[Boxes], right: Sequence[NDArray[np.bool_]]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    return np.concatenate([boxes.scores for boxes in found]).astype(np.float64), np.concatenate(right)


def _from_zero(curve: Calibration) -> Calibration:
    """A score of nothing is worth nothing: without this end the faintest box would get the first knot's share."""
    return Calibration((0.0, *curve.said), (0.0, *curve.true)) if curve.said[0] > 0 else curve


def _best_threshold(shown: NDArray[np.float64], right: NDArray[np.bool_], pieces: int) -> float:
    """The calibrated score from which boxes count, for the best F1."""
    steps = np.arange(0.05, 0.95, 0.01)
    kept = np.array([[right[shown >= step].sum(), (shown >= step).sum()] for step in steps], float)
    return float(steps[(2 * kept[:, 0] / (kept[:, 1] + pieces)).argmax()])
