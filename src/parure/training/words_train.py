"""The text tower in one command, from rendered designs to `words.onnx` and its figures:

    python -m parure.training.words_train --data TRAIN --held HELD --encoder house-v0 --run RUN --out MODELS

`--encoder` is a name of the registry, or the `.onnx` of a reader. Run it again and it goes on: pictures that were
described, and steps that were made, are not made again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from parure.errors import ModelError
from parure.render.captions.claims import Claims
from parure.render.dataset.store import read_records
from parure.training.batches import split_designs
from parure.training.recipe import Recipe
from parure.training.words_bank import Bank, find_encoder, grow_bank, read_bank
from parure.training.words_export import export_tower, write_about
from parure.training.words_learner import TextLearner, train_tower
from parure.training.words_measure import measure_tower
from parure.training.words_recipe import TextRecipe, read_text_recipe, write_text_recipe
from parure.training.words_teacher import discriminants, refined
from parure.vision.onnx_runtime import open_session
from parure.vision.words import tokenise

__all__ = ["main"]

_VIEWS = 2


def main() -> None:
    options = _options()
    torch.set_num_threads(1)
    run: Path = options.run
    run.mkdir(parents=True, exist_ok=True)
    recipe = _recipe(options)
    train, held = _banks(options)
    _say(f"{len(train.told)} designs to learn from, {len(held.told)} to measure on")
    teacher = refined(discriminants(train, Claims(train.told)), train, recipe)
    learner = TextLearner(train, teacher, recipe)
    train_tower(learner, run / "checkpoint.pt", lambda progress: _say(str(progress)))
    model = export_tower(learner.tower, options.out / "words.onnx")
    figures = measure_tower(_encoder_of(model), train, held)
    made = {"encoder": Path(options.encoder).name, "views": _VIEWS, "claims": len(teacher.claims.known)}
    about = write_about(model, recipe, made=made, figures=figures)
    _say(f"{about}: {model.stat().st_size / 1e6:.2f} MB\n{json.dumps(figures, indent=1)}")
    _check(learner, model)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="data sets of designs to learn from")
    parser.add_argument("--held", type=Path, nargs="+", required=True, help="data sets of designs to measure on")
    parser.add_argument(
        "--unseen-share", type=float, default=0.0, help="share of --data that the reader's recipe held out: measured on"
    )
    parser.add_argument("--encoder", required=True, help="whose space: a name of the registry, or a reader's .onnx")
    parser.add_argument("--side", type=int, default=288, help="pixels that a reader given as a file looks at")
    parser.add_argument("--run", type=Path, required=True, help="folder for pictures as described, and the checkpoint")
    parser.add_argument("--out", type=Path, required=True, help="folder for words.onnx and words.json")
    parser.add_argument("--recipe", type=Path, help="JSON with fields of TextRecipe")
    parser.add_argument("--steps", type=int, help="instead of the recipe's")
    return parser.parse_args()


def _recipe(options: argparse.Namespace) -> TextRecipe:
    """What the run began with; a run is not continued with another recipe."""
    recipe = read_text_recipe(options.recipe) if options.recipe else TextRecipe()
    recipe = replace(recipe, steps=options.steps) if options.steps else recipe
    path = options.run / "recipe.json"
    if path.exists() and (options.run / "checkpoint.pt").exists() and read_text_recipe(path) != recipe:
        raise ModelError(f"{options.run} holds a run with another recipe ({path.name}). Choose another --run folder.")
    write_text_recipe(recipe, path)
    return recipe


def _banks(options: argparse.Namespace) -> tuple[Bank, Bank]:
    """Designs to learn from and to measure on. Once a run has made steps, it learns from the designs it began with."""
    folders, encode = (options.run / "train", options.run / "held"), find_encoder(options.encoder, side=options.side)
    begun = (options.run / "checkpoint.pt").exists()
    train = read_bank(folders[0]) if begun else grow_bank(folders[0], options.data, encode, views=_VIEWS, said=_say)
    held = grow_bank(folders[1], options.held, encode, views=_VIEWS, said=_say)
    train, unseen = train.parted(_unseen(options.data, options.unseen_share))
    return train, held.with_more(unseen)


def _unseen(roots: Sequence[Path], share: float) -> frozenset[str]:
    """The designs that a reader's training with this share held out never saw."""
    splits = [split_designs(read_records(root), Recipe(held_out=share)) for root in roots]
    return frozenset(record.id for _, held in splits for record in held)


def _encoder_of(model: Path) -> Any:
    session = open_session(model, threads=1)
    return lambda texts: np.concatenate([session.run("embedding", {"tokens": tokenise([text])}) for text in texts])


def _check(learner: TextLearner, model: Path) -> None:
    """The file gives what the network gives, as far as half precision goes. Raises `ModelError`."""
    texts = ["oval sapphire with round diamonds", "plain rose gold band", "", "pearl drop earrings " * 20]
    with torch.no_grad():
        wanted = learner.tower.eval()(torch.from_numpy(tokenise(texts))).numpy()
    found = open_session(model, threads=1).run("embedding", {"tokens": tokenise(texts)})
    cosine = (wanted * found).sum(1) / np.linalg.norm(wanted, axis=1) / np.linalg.norm(found, axis=1)
    if cosine.min() < 0.999:
        raise ModelError(f"{model} differs from the network it was made from (cosine {cosine.min():.4f}).")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
