"""One step of learning, and what changes between the two phases: what learns, how fast, and where the backbone is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from parure.training.dataset import Batch
from parure.training.losses import (
    attribute_loss,
    class_weights,
    drift_loss,
    part_loss,
    supervised_contrast,
    triplet_contrast,
)
from parure.training.reader_network import ReadCrop, Reader, joined_features
from parure.training.recipe import Recipe
from parure.training.vocabulary import Vocabulary

__all__ = ["Learner", "as_input", "interpolated"]

State = Mapping[str, Tensor]
_LARGEST_GRADIENT = 5.0


class Learner:
    """`begin(epoch)` sets the phase, `step` learns from a batch. `tuned` is the backbone as the first phase left it."""

    def __init__(self, reader: Reader, recipe: Recipe, vocabulary: Vocabulary, steps_per_epoch: int) -> None:
        self.reader = reader.to(memory_format=torch.channels_last)  # type: ignore[call-overload, unused-ignore]
        self.recipe = recipe
        self.history: list[dict[str, Any]] = []
        self.start: State = deepcopy(reader.backbone.state_dict())
        self.tuned: State = self.start
        self._untuned = deepcopy(reader) if recipe.distillation else None
        self._weights = class_weights(vocabulary)
        self._steps = steps_per_epoch
        self._first_step = 0
        self._phase_steps = 1
        self.optimiser = torch.optim.AdamW(reader.parameters(), lr=recipe.rate)

    def begin(self, epoch: int) -> None:
        """Set up the phase of an epoch where a phase starts; elsewhere nothing changes."""
        if epoch in (0, self.recipe.epochs):
            if epoch == self.recipe.epochs:
                self.tuned = deepcopy(self.reader.backbone.state_dict())
                self.reader.backbone.load_state_dict(interpolated(self.start, self.tuned, self.recipe.interpolation))
            self.prepare(epoch)

    def prepare(self, epoch: int) -> None:
        """What learns in the phase of this epoch, with a fresh optimiser."""
        recipe, tuning = self.recipe, epoch < self.recipe.epochs
        self.reader.tune(recipe.tuned_stages if tuning else 0)
        self._first_step = 0 if tuning else recipe.epochs * self._steps
        self._phase_steps = (recipe.epochs if tuning else recipe.settle_epochs) * self._steps
        heads = [value for name, value in self.reader.named_parameters() if not name.startswith("backbone.")]
        backbone = [value for value in self.reader.backbone.parameters() if value.requires_grad]
        groups = [{"params": heads, "lr": recipe.head_rate, "full": recipe.head_rate}]
        groups += [{"params": backbone, "lr": recipe.rate, "full": recipe.rate}] if backbone else []
        self.optimiser = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=recipe.weight_decay)

    def step(self, batch: Batch, number: int) -> dict[str, float]:
        """Learn from one batch; gives the losses by name."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["full"] * self._pace(number - self._first_step)
        colour = torch.from_numpy(batch.colour)
        pixels = as_input(batch.pixels)
        read = self.reader(pixels, colour)
        losses = self._losses(read, batch, colour)
        if self._untuned is not None:
            with torch.no_grad():
                losses["drift"] = self.recipe.distillation * drift_loss(
                    read.pooled, self._untuned(pixels, colour).pooled
                )
        total = torch.stack(list(losses.values())).sum()
        self.optimiser.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(self.reader.parameters(), _LARGEST_GRADIENT)
        self.optimiser.step()
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def _losses(self, read: ReadCrop, batch: Batch, colour: Tensor) -> dict[str, Tensor]:
        recipe = self.recipe
        compared = joined_features(read.pooled, colour, recipe.colour_weight if recipe.contrast_colour else 0.0)
        contrast = supervised_contrast if recipe.contrast == "supervised" else triplet_contrast
        nearness = contrast(compared, torch.from_numpy(batch.design), recipe.temperature)
        targets = torch.from_numpy(batch.targets)
        told = attribute_loss(read.attributes, targets, self._weights, smoothing=recipe.smoothing)
        return {
            "contrast": recipe.contrast_weight * nearness,
            "attributes": recipe.attribute_weight * told,
            "parts": recipe.part_weight * part_loss(read.parts, torch.from_numpy(batch.parts).long()),
        }

    def _pace(self, step: int) -> float:
        """Up in a straight line, down in half a cosine."""
        warm = min(1.0, (step + 1) / max(1, self.recipe.warm_up))
        return warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / self._phase_steps))))


def as_input(pixels: NDArray[Any]) -> Tensor:
    """(n, side, side, 3) bytes -> (n, 3, side, side) in -1..1, laid out channels last, as they already are."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(127.5).sub_(1)


def interpolated(start: State, tuned: State, share: float) -> dict[str, Tensor]:
    """`share` of the way from one set of weights to the other (WiSE-FT, Wortsman et al. 2022)."""
    return {name: value + share * (tuned[name] - value) for name, value in start.items()}
