"""A detector beside a class-agnostic localiser on real photographs with boxes: measured, never trained on.

    python -m parure.training.detector_hands --photos FOLDER --model detector.onnx --localiser localiser.onnx

FOLDER has `manifest.jsonl`; its photos with the field `boxes_from_mask` are taken. The localiser is a TensorFlow
detection model as ONNX: RGB bytes (1, 192, 192, 3) -> boxes y0, x0, y1, x1 in 0..1, classes, scores, count.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from parure.evaluation.detection import Boxes, Truth, average_precision, hits
from parure.images.resize import fit_size
from parure.regions import xyxy
from parure.training.detector_measure import look
from parure.training.detector_recipe import SIDE
from parure.vision.base import Pixels
from parure.vision.detector import corner_letterbox
from parure.vision.onnx_runtime import OnnxSession

__all__ = ["Photo", "any_class_precision", "by_detector", "by_localiser", "read_photos"]

_LOCALISER_SIDE = 192
_ROUNDS = 500  # of the bootstrap


@dataclass(frozen=True, eq=False)
class Photo:
    """`corners` (n, 4) as shares of width and height."""

    path: Path
    corners: np.ndarray

    def pixels(self) -> Pixels:
        with Image.open(self.path) as image:
            return np.asarray(image.convert("RGB"))


def read_photos(folder: Path, field: str = "boxes_from_mask") -> list[Photo]:
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if field in row]
    return [
        Photo(folder / row["file"], xyxy([[box["x"], box["y"], box["w"], box["h"]] for box in row[field]]))
        for row in rows
    ]


def by_detector(session: OnnxSession, pixels: Pixels) -> Boxes:
    square, _ = corner_letterbox(pixels, SIDE)
    width, height = fit_size(pixels.shape[1], pixels.shape[0], SIDE)
    found = look(session, square)
    return Boxes(np.clip(found.corners / (width, height, width, height), 0, 1), found.scores, found.classes)


def by_localiser(session: OnnxSession, pixels: Pixels) -> Boxes:
    small = Image.fromarray(pixels).resize((_LOCALISER_SIDE, _LOCALISER_SIDE), Image.Resampling.BILINEAR)
    (name,) = session.inputs
    boxes, _, scores, count = session.run_all(session.outputs, {name: np.asarray(small)[None]})
    kept = slice(int(count[0]))
    corners = boxes[0, kept][:, [1, 0, 3, 2]]
    return Boxes(corners, scores[0, kept], np.zeros(len(corners), np.int64))


def any_class_precision(
    photos: Sequence[Photo], look_at: Callable[[Pixels], Boxes], *, seed: int = 0
) -> tuple[float, float]:
    """Average precision at IoU .5 with classes left out of account, and its standard error over photos."""
    found = [look_at(photo.pixels()) for photo in photos]
    truths = [Truth(photo.corners, np.zeros(len(photo.corners), np.int64)) for photo in photos]
    right = [hits(boxes, truth, by_class=False) for boxes, truth in zip(found, truths, strict=True)]

    def precision(chosen: Sequence[int]) -> float:
        scores = np.concatenate([found[at].scores for at in chosen])
        return average_precision(
            scores, np.concatenate([right[at] for at in chosen]), sum(len(photos[at].corners) for at in chosen)
        )

    random = np.random.default_rng(seed)
    again = [precision(random.integers(len(photos), size=len(photos)).tolist()) for _ in range(_ROUNDS)]
    return precision(range(len(photos))), float(np.std(again))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("photos", "model", "localiser"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    asked = parser.parse_args(arguments)
    photos = read_photos(asked.photos)
    ours, localiser = (OnnxSession(path, threads=1) for path in (asked.model, asked.localiser))
    for name, look_at in (
        (asked.model.name, lambda pixels: by_detector(ours, pixels)),
        (asked.localiser.name, lambda pixels: by_localiser(localiser, pixels)),
    ):
        value, error = any_class_precision(photos, look_at)
        print(f"{name}: AP@50 {value:.3f} +- {error:.3f} on {len(photos)} photos")  # noqa: T201


if __name__ == "__main__":
    main()
