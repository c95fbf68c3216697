"""From a trained run to the files that ship: the ONNX of each precision, one JSON with all there is to know.

The int8 file is named as the one to ship where it costs at most half a point.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from parure.errors import ModelError
from parure.training.detector_export import export_detector, quantise_detector
from parure.training.detector_measure import Calibrated, Figures, Held, calibrate_scores, figures, find_all, held_scenes
from parure.training.detector_network import YoloxNano
from parure.training.detector_recipe import CLASSES, SIDE, read_detector_recipe
from parure.training.detector_scenes import Example
from parure.vision.onnx_runtime import OnnxSession, file_sha256

__all__ = ["Held", "finish", "load_average"]

_ALLOWED_LOSS = 0.005  # of mean average precision, for the smaller file
_SHOWN = 40  # scenes from which the ranges of int8 come


def load_average(checkpoint: Path) -> YoloxNano:
    """The averaged weights of a run. Raises `ModelError` if there are none."""
    try:
        state = torch.load(checkpoint, weights_only=True)
    except OSError as error:
        raise ModelError(f"There is no checkpoint {checkpoint}. Train first.") from error
    network = YoloxNano(len(CLASSES))
    network.load_state_dict(state["average"])
    network.eval()
    return network


def finish(run: Path, out: Path, held: Held) -> dict[str, Any]:
    """Export the run, measure both precisions, calibrate the one to ship; gives what was written to detector.json."""
    recipe = read_detector_recipe(run / "recipe.json")
    export_detector(load_average(run / "checkpoint.pt"), out / "detector.onnx")
    # Ranges come from scenes of other numbers than those that are measured.
    examples = held_scenes(Held(held.data, held.scenes + _SHOWN), recipe)
    measured, shown = examples[: held.scenes], examples[held.scenes :]
    quantise_detector(out / "detector.onnx", out / "detector-int8.onnx", [each.pixels for each in shown])
    full, full_scores = _measured(out / "detector.onnx", measured)
    small, small_scores = _measured(out / "detector-int8.onnx", measured)
    ships_small = full.mean_of_frequent - small.mean_of_frequent <= _ALLOWED_LOSS
    about = {
        "run": json.loads((run / "run.json").read_text(encoding="utf-8")) if (run / "run.json").exists() else {},
        "recipe": asdict(recipe),
        "figures": {"float32": asdict(full), "int8": asdict(small)},
        "scores": {"float32": _told(full_scores), "int8": _told(small_scores)},
    }
    card = _card(
        out / ("detector-int8.onnx" if ships_small else "detector.onnx"), small_scores if ships_small else full_scores
    )
    (out / "detector.json").write_text(json.dumps({**card, "about": about}, indent=2) + "\n", encoding="utf-8")
    return {**card, "about": about}


def _measured(model: Path, examples: list[Example]) -> tuple[Figures, Calibrated]:
    found, milliseconds = find_all(OnnxSession(model, threads=1), examples)
    return figures(found, examples, milliseconds), calibrate_scores(found, examples)


def _told(scores: Calibrated) -> dict[str, float]:
    return {name: value for name, value in asdict(scores).items() if name != "curve"}


def _card(model: Path, scores: Calibrated) -> dict[str, Any]:
    """The section `detector` of the product's manifest."""
    return {
        "file": model.name,
        "sha256": file_sha256(model),
        "side": SIDE,
        "classes": list(CLASSES),
        "threshold": scores.threshold,
        "calibration": list(zip(scores.curve.said, scores.curve.true, strict=True)),
    }
