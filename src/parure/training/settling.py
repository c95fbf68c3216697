"""The second phase of a reader's training: heads and masks on the backbone that ships.

Unusual: each photograph is looked at once, at the side that is exported, and learned from many times: with a backbone
that stays, what it sees is the costly part and can be kept (about 200 kB a photograph at 288 pixels).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import torch

from parure.render.dataset.store import Record
from parure.training.batches import Deal
from parure.training.dataset import Batch, Photographs, TrainingSteps
from parure.training.learner import Kept, Learner
from parure.training.loading import stream
from parure.training.recipe import Recipe
from parure.training.vocabulary import Vocabulary

__all__ = ["settle", "settling_steps"]

_MOST = 9_000  # photographs that are kept: at 288 px each takes a megabyte
_SHARPEST = 256  # pixels of a cut-out: a larger photograph shows no more


def settling_steps(data: Path, records: Sequence[Record], vocabulary: Vocabulary, recipe: Recipe) -> TrainingSteps:
    """Other photographs than those of the first phase, and larger."""
    larger = replace(recipe, seed=recipe.seed + 1_000_003, side=recipe.export_side, scene=max(recipe.scene, _SHARPEST))
    return TrainingSteps(Photographs(data, records, vocabulary, larger), Deal(records, larger), larger)


def settle(learner: Learner, source: TrainingSteps, *, workers: int, told: Callable[[str], None]) -> None:
    recipe = learner.recipe
    each = recipe.designs_per_batch * recipe.photos_per_design
    batches = min(recipe.settle_epochs * source.steps_per_epoch, _MOST // each)
    learner.move_back(recipe.settle_passes * batches)
    if not batches:
        return
    torch.manual_seed(recipe.seed + recipe.epochs)
    kept = _looked_at(learner, stream(source, range(batches), workers=workers), batches, told=told)
    for number in range(recipe.settle_passes):
        means = _one_pass(learner, kept, batches, first=number * batches)
        learner.history.append({"pass": number, **means})
        told(f"pass {number + 1}: " + ", ".join(f"{name} {value:.3f}" for name, value in means.items()))


def _looked_at(learner: Learner, batches: Iterator[Batch], count: int, *, told: Callable[[str], None]) -> Kept:
    """Every photograph as the backbone sees it; tells rate and time left about every twenty seconds."""
    started = last = perf_counter()
    kept = []
    for batch in batches:
        kept.append(Kept.of(learner.reader, batch))
        if perf_counter() - last > 20:
            last = perf_counter()
            rate = len(kept) / (last - started)
            told(f"looked at {len(kept)} batches of {count}: {(count - len(kept)) / rate / 60:.0f} min left")
    return Kept.together(kept)


def _one_pass(learner: Learner, kept: Kept, steps: int, *, first: int) -> dict[str, float]:
    """Mean losses; rows are drawn in a new order, so that types meet."""
    totals = dict[str, float]()
    for step, chosen in enumerate(torch.randperm(len(kept)).chunk(steps)):
        losses = learner.settle_step(kept.rows(chosen), first + step)
        totals = {name: totals.get(name, 0.0) + value for name, value in losses.items()}
    return {name: round(total / steps, 4) for name, total in totals.items()}
