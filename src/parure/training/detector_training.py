"""Training a detector from COCO weights, step by step; stopped at any time, it goes on from its last checkpoint.

Unusual: what is kept is the moving average of the weights, and a step's pictures follow from its number alone, so a
run that was stopped ends in the same weights as one that was not.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from parure.errors import ModelError
from parure.training.detector_loss import Losses, detection_loss
from parure.training.detector_mixing import Mixing
from parure.training.detector_network import YoloxNano
from parure.training.detector_recipe import DetectorRecipe

__all__ = ["Progress", "Trainer", "as_input"]

_FINISH = 0.02  # of the rate, at the last step


@dataclass(frozen=True)
class Progress:
    """After a step: its number, the mean losses since the last one told, pictures a second, seconds left."""

    step: int
    steps: int
    box: float
    piece: float
    kind: float
    pictures_per_second: float
    seconds_left: float

    def __str__(self) -> str:
        return (
            f"step {self.step}/{self.steps}  box {self.box:.3f}  piece {self.piece:.3f}  class {self.kind:.3f}  "
            f"{self.pictures_per_second:.1f} pictures/s  {self.seconds_left / 60:.0f} min left"
        )


class Trainer:
    """`network` is being trained, `average` is what to export."""

    def __init__(self, network: YoloxNano, mixing: Mixing, recipe: DetectorRecipe) -> None:
        self.network = network.to(memory_format=torch.channels_last).train()
        self.average = copy.deepcopy(network).eval()
        self.step = 0
        self._mixing = mixing
        self._recipe = recipe
        self._optimizer = torch.optim.AdamW(self._groups())

    def _groups(self) -> list[dict[str, Any]]:
        """Every weight at the rate of its part, times its size: a step changes large and small layers alike."""
        recipe, network = self._recipe, self.network
        rates = {"backbone": recipe.backbone_rate, "neck": recipe.neck_rate, "heads": 1.0}
        groups = []
        for name, weight in network.named_parameters():
            share = rates[name.split(".")[0]] * _size(weight)
            if "class_logits" in name and recipe.new_classes:
                share = recipe.new_rate
            decay = recipe.weight_decay if weight.ndim > 1 else 0.0
            groups.append({"params": [weight], "share": share, "lr": 0.0, "weight_decay": decay})
        return groups

    def run(self, until: int, *, every: int, told: Callable[[Progress], None]) -> None:
        """Train to step `until`, telling how it goes every so many steps."""
        began, first, losses = time.monotonic(), self.step, list[Losses]()
        while self.step < until:
            losses.append(self._advance())
            if self.step % every == 0 or self.step == until:
                rate = (self.step - first) / (time.monotonic() - began)
                told(self._progress(losses, rate))
                losses = []

    def _progress(self, losses: list[Losses], rate: float) -> Progress:
        recipe, count = self._recipe, len(losses)
        box, piece, kind = (sum(getattr(each, name) for each in losses) / count for name in ("box", "piece", "kind"))
        left = (recipe.steps - self.step) / rate
        size = recipe.small_batch if recipe.small(self.step - 1) else recipe.batch
        return Progress(self.step, recipe.steps, box, piece, kind, rate * size, left)

    def _advance(self) -> Losses:
        recipe, step = self._recipe, self.step
        batch = self._mixing.batch(step)
        for group in self._optimizer.param_groups:
            group["lr"] = recipe.rate * group["share"] * _schedule(step, recipe)
        self.network.backbone.requires_grad_(step >= recipe.frozen_backbone)
        corners = [torch.from_numpy(each) for each in batch.corners]
        classes = [torch.from_numpy(each) for each in batch.classes]
        losses = detection_loss(
            self.network(as_input(batch.pixels)), corners, classes, side=batch.pixels.shape[1], recipe=recipe
        )
        if not torch.isfinite(losses.total):
            raise ModelError(f"The loss of step {step} is not finite. Make the rate smaller.")
        self._optimizer.zero_grad(set_to_none=True)
        losses.total.backward()
        for part in self.network.children():
            nn.utils.clip_grad_norm_(part.parameters(), recipe.largest_gradient)
        self._optimizer.step()
        self.step += 1
        self._follow()
        return losses

    def _follow(self) -> None:
        """The average forgets quickly at first, since what it starts from knows nothing."""
        keep = min(self._recipe.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mean, now in _pairs(self.average, self.network):
                mean.lerp_(now, 1 - keep)

    def save(self, path: Path) -> None:
        state = {
            "step": self.step,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        part = path.with_suffix(".part")
        torch.save(state, part)
        part.replace(path)

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint of the same recipe."""
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.step = int(state["step"])


def as_input(rgb: NDArray[np.uint8]) -> Tensor:
    """(n, 3, side, side) float32, BGR 0..255, from (n, side, side, 3) RGB."""
    pixels = torch.from_numpy(rgb[..., ::-1].copy())
    return pixels.permute(0, 3, 1, 2).float().contiguous(memory_format=torch.channels_last)


def _pairs(first: nn.Module, second: nn.Module) -> Iterator[tuple[Tensor, Tensor]]:
    """Weights, and means and spreads of the norms."""
    for one, other in zip(first.state_dict().values(), second.state_dict().values(), strict=True):
        if one.is_floating_point():
            yield one, other


def _size(weight: Tensor) -> float:
    """1 for norms, biases, and convolutions of the usual size."""
    return max(0.02, 4 * float(weight.detach().square().mean().sqrt())) if weight.ndim > 1 else 1.0


def _schedule(step: int, recipe: DetectorRecipe) -> float:
    """Up in a line, down in half a cosine."""
    if step < recipe.warm_up:
        return (step + 1) / recipe.warm_up
    done = (step - recipe.warm_up) / max(1, recipe.steps - recipe.warm_up)
    return _FINISH + (1 - _FINISH) * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
