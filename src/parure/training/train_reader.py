"""Training the reader: photographs made on the fly, from our weights to a network that can be exported.

    python -m parure.training.train_reader DATA --weights FILE --out DIR [--config recipe.json] [--set epochs=4]

Unusual: two phases. First the upper stages of the backbone learn with everything else; then the backbone is moved
part of the way back to where it began (which real photos prefer) and the heads settle on that. A run that was stopped
goes on after its last whole epoch and ends with the same numbers. On a CPU, "channels last" takes half of the time of
the usual layout, and the frozen stages keep nothing for gradients.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import torch

from parure.errors import ModelError
from parure.render.dataset.store import read_records
from parure.training.batches import Deal, split_designs
from parure.training.checkpoint import (
    data_hash,
    load_checkpoint,
    save_checkpoint,
    save_reader,
    take_over,
    write_about,
)
from parure.training.dataset import Batch, Photographs, TrainingSteps
from parure.training.learner import Learner
from parure.training.loading import echoed, stream
from parure.training.mobilenet import load_weights
from parure.training.reader_network import Reader, fold_batch_norm
from parure.training.recipe import Recipe, read_recipe
from parure.training.settling import settle, settling_steps
from parure.training.vocabulary import Vocabulary, build_vocabulary

__all__ = ["changed", "keep_memory", "train_reader"]

Told = Callable[[str], None]

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD = -1, -2, -3  # malloc.h


def train_reader(
    data: Path,
    out: Path,
    recipe: Recipe,
    *,
    weights: Path,
    after: Path | None = None,
    workers: int = 1,
    told: Told = print,
) -> Path:
    """Train and save to `out`; gives the path of the network. Goes on where an earlier run in `out` stopped.

    `after` is the folder of another run, perhaps on fewer designs, that a new run begins with. The way back is still
    the way to `weights`.
    """
    records, held = split_designs(read_records(data), recipe)
    vocabulary = build_vocabulary(records, least=recipe.least_designs)
    steps = Deal(records, recipe).steps_per_epoch
    out.mkdir(parents=True, exist_ok=True)
    told(f"{len(records)} designs to learn from, {len(held)} held out, {steps} steps an epoch")
    write_about(out, recipe, vocabulary, data=data_hash([*records, *held]), weights=weights, after=after)
    all_steps = steps * recipe.epochs * (2 if recipe.twice else 1)
    learner = Learner(_new_reader(weights, vocabulary, recipe), recipe, vocabulary, all_steps)
    done = load_checkpoint(out, learner)
    if after is not None and not done:
        take_over(after, learner)
    source = TrainingSteps(Photographs(data, records, vocabulary, recipe), Deal(records, recipe), recipe)
    batches = stream(source, range(done * steps, recipe.epochs * steps), workers=workers)
    for epoch in range(done, recipe.epochs):
        told(_epoch(learner, batches, steps, epoch=epoch, told=told))
        save_checkpoint(out, learner, epoch + 1)
    settle(learner, settling_steps(data, records, vocabulary, recipe), workers=workers, told=told)
    return save_reader(out, learner)


def _new_reader(weights: Path, vocabulary: Vocabulary, recipe: Recipe) -> Reader:
    torch.manual_seed(recipe.seed)
    backbone = fold_batch_norm(load_weights(weights))
    return Reader(backbone, vocabulary.classes, hidden=recipe.hidden, pooling=recipe.pooling, dropout=recipe.dropout)


def _epoch(learner: Learner, batches: Iterator[Batch], steps: int, *, epoch: int, told: Told) -> str:
    """One epoch; tells rate and time left about every twenty seconds, gives a line with the mean losses."""
    torch.manual_seed(learner.recipe.seed + epoch)
    started = last = perf_counter()
    totals: dict[str, float] = {}
    pictures = 0
    fresh = islice(batches, steps)
    if learner.recipe.twice:
        steps *= 2
    for step, batch in enumerate(echoed(fresh) if learner.recipe.twice else fresh):
        losses = learner.step(batch, epoch * steps + step)
        pictures += len(batch.design)
        totals = {name: totals.get(name, 0.0) + value for name, value in losses.items()}
        if perf_counter() - last > 20:
            last = perf_counter()
            left = (learner.recipe.epochs - epoch) * steps - step - 1
            told(
                _progress(f"epoch {epoch + 1}, step {step + 1} of {steps}", pictures / (last - started), left, learner)
            )
    means = {name: round(total / steps, 4) for name, total in totals.items()}
    learner.history.append({"epoch": epoch, "seconds": round(perf_counter() - started, 1), **means})
    return f"epoch {epoch + 1}: " + ", ".join(f"{name} {value:.3f}" for name, value in means.items())


def _progress(place: str, rate: float, steps_left: int, learner: Learner) -> str:
    pictures = steps_left * learner.recipe.designs_per_batch * learner.recipe.photos_per_design
    return f"{place}: {rate:.0f} pictures/s, {pictures / rate / 60:.0f} min left"


def changed(recipe: Recipe, changes: Sequence[str]) -> Recipe:
    """The recipe with `name=value` pairs set; values are JSON or plain words. Raises `ModelError` for another name."""
    values: dict[str, Any] = {}
    for change in changes:
        name, _, text = change.partition("=")
        if name not in Recipe.__dataclass_fields__ or name == "style":
            raise ModelError(f"A recipe has no plain field called {name!r}.")
        try:
            values[name] = json.loads(text)
        except ValueError:
            values[name] = text
    return replace(recipe, **values)


def keep_memory() -> None:
    """Ask glibc not to give memory back between steps: fetching it again was a third of the time of a step.

    Other C libraries have no `mallopt` and need no such advice.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for option, value in ((_M_MMAP_THRESHOLD, 2**30), (_M_TRIM_THRESHOLD, 2**31 - 1), (_M_TOP_PAD, 2**28)):
            mallopt(option, value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="a rendered data set")
    parser.add_argument("--weights", type=Path, required=True, help="safetensors in the timm layout to start from")
    parser.add_argument("--out", type=Path, required=True, help="folder for the run")
    parser.add_argument("--after", type=Path, help="folder of an earlier run to begin with")
    parser.add_argument("--config", type=Path, help="recipe as JSON; fields left out keep their defaults")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="fields of the recipe to change")
    parser.add_argument("--workers", type=int, default=1, help="processes that make photographs")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="threads that train")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    keep_memory()
    recipe = changed(read_recipe(chosen.config) if chosen.config else Recipe(), chosen.set)
    path = train_reader(
        chosen.data,
        chosen.out,
        recipe,
        weights=chosen.weights,
        after=chosen.after,
        workers=chosen.workers,
        told=_say,
    )
    _say(f"{path}: python -m parure.training.export_reader {chosen.data} {chosen.out} exports it")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
