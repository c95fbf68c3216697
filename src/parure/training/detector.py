"""The house detector, from COCO weights to an ONNX file: `python -m parure.training.detector --help`.

    fill      make the scenes of a pool (runs beside `train`)
    train     train on the pool; started again, it goes on where it was stopped
    finish    measure on held-out scenes, calibrate, export as float32 and int8

A run's folder holds recipe.json, run.json (what it was trained on), progress.jsonl and checkpoint.pt.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from parure.render.dataset.store import Record, read_records
from parure.training.detector_finish import Held, finish, load_average
from parure.training.detector_mixing import Mixing
from parure.training.detector_network import YoloxNano, settle
from parure.training.detector_pool import Pool, fill
from parure.training.detector_recipe import CLASSES, DetectorRecipe, read_detector_recipe, write_detector_recipe
from parure.training.detector_scenes import Scenes
from parure.training.detector_training import Progress, Trainer, as_input
from parure.training.detector_weights import load_coco_weights, load_exported_weights

__all__ = ["data_digest", "main", "train"]

_TOLD_EVERY = 25  # steps
_SAVED_EVERY = 100
_SETTLED_BY = 16  # scenes


def data_digest(records: Sequence[Record]) -> str:
    """Of the designs: their specs and the names of their pictures."""
    digest = hashlib.sha256()
    for record in records:
        digest.update(record.spec.encode())
        digest.update(" ".join(taken.name for taken in record.pictures).encode())
    return digest.hexdigest()


def start(weights: Path, pool: Pool, recipe: DetectorRecipe) -> YoloxNano:
    """The network to begin with: of an earlier run's checkpoint; of an ONNX file that one led to, as the one that
    ships; or, where the recipe wants new classes, of COCO's ONNX file with ours drawn anew."""
    if weights.suffix == ".pt":
        return load_average(weights)
    torch.manual_seed(recipe.seed)
    if recipe.new_classes:
        network = load_coco_weights(weights)
        network.renew(len(CLASSES))
    else:
        network = load_exported_weights(weights)
    settle(
        network, as_input(np.stack([pool.load(number).pixels for number in range(min(_SETTLED_BY, recipe.pool_first))]))
    )
    return network


def train(run: Path, pool: Path, *, weights: Path, recipe: DetectorRecipe, until: int | None = None) -> Trainer:
    """Train to the recipe's end, or to step `until`, from the run's checkpoint if there is one."""
    run.mkdir(parents=True, exist_ok=True)
    write_detector_recipe(recipe, run / "recipe.json")
    scenes = Pool(pool)
    trainer = Trainer(start(weights, scenes, recipe), Mixing(scenes, recipe), recipe)
    checkpoint = run / "checkpoint.pt"
    if checkpoint.exists():
        trainer.resume(checkpoint)
    goal = recipe.steps if until is None else until
    while trainer.step < goal:
        trainer.run(min(goal, trainer.step + _SAVED_EVERY), every=_TOLD_EVERY, told=lambda each: _tell(run, each))
        trainer.save(checkpoint)
    return trainer


def _tell(run: Path, progress: Progress) -> None:
    print(progress, flush=True)  # noqa: T201  (a training run is watched in a terminal)
    with (run / "progress.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(vars(progress)) + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    torch.set_num_threads(asked.threads)
    recipe = read_detector_recipe(asked.recipe) if asked.recipe else DetectorRecipe()
    if asked.command == "fill":
        told = lambda number: print(f"{number} scenes", flush=True)  # noqa: E731, T201
        fill(
            Pool(asked.pool),
            lambda: Scenes(asked.data, read_records(asked.data), recipe, far=asked.far),
            recipe.pool_most,
            told=told,
        )
    elif asked.command == "train":
        train(asked.run, asked.pool, weights=asked.weights, recipe=recipe)
        digest = data_digest(read_records(asked.data))
        about = {
            "data": digest,
            "weights": hashlib.sha256(asked.weights.read_bytes()).hexdigest(),
            "torch": torch.__version__,
        }
        (asked.run / "run.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    else:
        finish(asked.run, asked.out, Held(asked.held, asked.scenes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m parure.training.detector", description=__doc__)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--recipe", type=Path, help="JSON with the fields that differ from the usual recipe")
    commands = parser.add_subparsers(dest="command", required=True)
    filling, training, finishing = (commands.add_parser(name) for name in ("fill", "train", "finish"))
    for each in (filling, training):
        each.add_argument("--data", type=Path, required=True, help="a rendered data set")
        each.add_argument("--pool", type=Path, required=True)
    filling.add_argument("--far", type=Path, help="a data set of whole hands, ears and necks, see detector_far")
    training.add_argument(
        "--weights",
        type=Path,
        required=True,
        help="yolox_nano.onnx, trained on COCO; or, to train on, a run's checkpoint or, with new_classes false in the "
        "recipe, a detector that was exported",
    )
    for each in (training, finishing):
        each.add_argument("--run", type=Path, required=True)
    finishing.add_argument("--held", type=Path, required=True, help="a rendered data set of other designs")
    finishing.add_argument("--scenes", type=int, default=400)
    finishing.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    main()
