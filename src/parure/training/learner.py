"""One step of learning, and what changes between the two phases: what learns, how fast, and where the backbone is.

Unusual: in the second phase the backbone stays, so what it sees of each photograph is kept and learned from many times.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
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
from parure.training.reader_network import Maps, ReadCrop, Reader, joined_features
from parure.training.recipe import Recipe
from parure.training.vocabulary import Vocabulary

__all__ = ["Kept", "Learner", "as_input", "interpolated"]

State = Mapping[str, Tensor]
_LARGEST_GRADIENT = 5.0


@dataclass(frozen=True, eq=False)
class Kept:
    """Photographs as the backbone saw them, in half precision, with what is known of them. Rows can be drawn."""

    seen: tuple[Tensor, Tensor, Tensor, Tensor]
    colour: Tensor
    targets: Tensor
    parts: Tensor

    @classmethod
    def of(cls, reader: Reader, batch: Batch) -> Kept:
        with torch.no_grad():
            maps = reader.look(as_input(batch.pixels))
        seen = (maps.fine, maps.middle, maps.coarse, maps.pooled)
        fine, middle, coarse, pooled = (map_.half() for map_ in seen)
        return cls((fine, middle, coarse, pooled), torch.from_numpy(batch.colour), *_truth(batch))

    @classmethod
    def together(cls, all_kept: Sequence[Kept]) -> Kept:
        fine, middle, coarse, pooled = (torch.cat(maps) for maps in zip(*(one.seen for one in all_kept), strict=True))
        colour, targets, parts = (
            torch.cat([getattr(one, name) for one in all_kept]) for name in ("colour", "targets", "parts")
        )
        return cls((fine, middle, coarse, pooled), colour, targets, parts)

    def rows(self, chosen: Tensor) -> Kept:
        fine, middle, coarse, pooled = (map_[chosen] for map_ in self.seen)
        return Kept((fine, middle, coarse, pooled), self.colour[chosen], self.targets[chosen], self.parts[chosen])

    def maps(self) -> Maps:
        return Maps(*(map_.float() for map_ in self.seen))

    def __len__(self) -> int:
        return len(self.colour)


def _truth(batch: Batch) -> tuple[Tensor, Tensor]:
    return torch.from_numpy(batch.targets), torch.from_numpy(batch.parts)


class Learner:
    """Two phases: `step` tunes the backbone with everything else; after `move_back`, `settle_step` tunes the heads on
    maps of a backbone that stays. `tuned` is the backbone as the first phase left it."""

    def __init__(self, reader: Reader, recipe: Recipe, vocabulary: Vocabulary, steps: int) -> None:
        """`steps` is how many the first phase takes."""
        self.reader = reader.to(memory_format=torch.channels_last)  # type: ignore[call-overload, unused-ignore]
        self.recipe = recipe
        self.vocabulary = vocabulary
        self.history: list[dict[str, Any]] = []
        self.start: State = deepcopy(reader.backbone.state_dict())
        self.tuned: State = self.start
        self._untuned = self._teacher() if recipe.distillation else None
        self._weights = class_weights(vocabulary)
        self._steps = steps
        self.prepare()

    def prepare(self) -> None:
        """For the first phase: what learns, with a fresh optimiser."""
        recipe = self.recipe
        self.reader.tune(recipe.tuned_stages)
        backbone = [value for value in self.reader.backbone.parameters() if value.requires_grad]
        groups = [{"params": self._heads(), "lr": recipe.head_rate, "full": recipe.head_rate}]
        groups += [{"params": backbone, "lr": recipe.rate, "full": recipe.rate}] if backbone else []
        self.optimiser = torch.optim.AdamW(groups, weight_decay=recipe.weight_decay)

    def move_back(self, steps: int) -> None:
        """End the first phase; the second takes `steps`."""
        recipe = self.recipe
        self.tuned = deepcopy(self.reader.backbone.state_dict())
        self.reader.backbone.load_state_dict(interpolated(self.start, self.tuned, recipe.interpolation))
        self.reader.tune(0)
        group = {"params": self._heads(), "lr": recipe.head_rate, "full": recipe.head_rate}
        self.optimiser = torch.optim.AdamW([group], weight_decay=recipe.weight_decay)
        self._steps = steps

    def step(self, batch: Batch, number: int) -> dict[str, float]:
        """Learn from one batch; gives the losses by name."""
        colour = torch.from_numpy(batch.colour)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.recipe.bfloat16):
            below = self.reader.below(as_input(batch.pixels))
            maps = self.reader.above(below)
            with torch.no_grad():
                untuned = None if self._untuned is None else self._untuned.above(below).pooled
        losses = {"contrast": self._contrast(maps.pooled, colour, torch.from_numpy(batch.design))}
        if untuned is not None:
            losses["drift"] = self.recipe.distillation * drift_loss(maps.pooled, untuned)
        return self._learn(losses | self._told(self.reader.read(maps, colour), *_truth(batch)), number)

    def _teacher(self) -> Reader:
        """The network as it was given; it shares what its frozen stages see with the one that learns."""
        untuned: Reader = deepcopy(self.reader)
        untuned.tune(self.recipe.tuned_stages)
        return untuned

    def settle_step(self, kept: Kept, number: int) -> dict[str, float]:
        return self._learn(self._told(self.reader.read(kept.maps(), kept.colour), kept.targets, kept.parts), number)

    def _contrast(self, pooled: Tensor, colour: Tensor, design: Tensor) -> Tensor:
        recipe = self.recipe
        compared = joined_features(pooled, colour, recipe.colour_weight if recipe.contrast_colour else 0.0)
        contrast = supervised_contrast if recipe.contrast == "supervised" else triplet_contrast
        return recipe.contrast_weight * contrast(compared, design, recipe.temperature)

    def _told(self, read: ReadCrop, targets: Tensor, parts: Tensor) -> dict[str, Tensor]:
        recipe = self.recipe
        told = attribute_loss(read.attributes, targets, self._weights, smoothing=recipe.smoothing)
        return {
            "attributes": recipe.attribute_weight * told,
            "parts": recipe.part_weight * part_loss(read.parts, parts.long()),
        }

    def _learn(self, losses: Mapping[str, Tensor], number: int) -> dict[str, float]:
        for group in self.optimiser.param_groups:
            group["lr"] = group["full"] * self._pace(number)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        nn.utils.clip_grad_norm_(self.reader.parameters(), _LARGEST_GRADIENT)
        self.optimiser.step()
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def _heads(self) -> list[nn.Parameter]:
        return [value for name, value in self.reader.named_parameters() if not name.startswith("backbone.")]

    def _pace(self, step: int) -> float:
        """Up in a straight line, down in half a cosine."""
        warm = min(1.0, (step + 1) / max(1, self.recipe.warm_up))
        return warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / self._steps))))


def as_input(pixels: NDArray[Any]) -> Tensor:
    """(n, side, side, 3) bytes -> (n, 3, side, side) in -1..1, laid out channels last, as they already are."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(127.5).sub_(1)


def interpolated(start: State, tuned: State, share: float) -> dict[str, Tensor]:
    """`share` of the way from one set of weights to the other (WiSE-FT, Wortsman et al. 2022)."""
    return {name: value + share * (tuned[name] - value) for name, value in start.items()}
