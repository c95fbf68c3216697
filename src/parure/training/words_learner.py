"""The training loop: a step is a function of the seed and its number, so a run that was stopped goes on as if it had
not been."""
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import torch
from torch import Tensor
from torch.nn import functional

from parure.training.words_bank import Bank
from parure.training.words_batches import Captioner, TextBatch
from parure.training.words_losses import matching_loss, twin_loss
from parure.training.words_recipe import TextRecipe
from parure.training.words_tower import TextTower

__all__ = ["Progress", "TextLearner", "train_tower"]

_SAVE_EVERY = 250  # steps
_TELL_EVERY = 25
_CHUNKS = 5  # of a batch, by length
_COOLEST = math.log(60.0)  # of the learned scale: beyond, single designs are learned by heart


@dataclass(frozen=True)
class Progress:
    step: int
    steps: int
    loss: float
    seconds_per_step: float

    def __str__(self) -> str:
        left = (self.steps - self.step) * self.seconds_per_step / 60
        pace = f"{1 / self.seconds_per_step:.2f}/s  {left:.1f} min left"
        return f"step {self.step}/{self.steps}  loss {self.loss:.3f}  {pace}"


class TextLearner:
    """The tower, the scale of its similarities and their optimiser."""

    def __init__(self, bank: Bank, recipe: TextRecipe) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.tower = TextTower(recipe)
        self.log_scale = torch.nn.Parameter(torch.tensor(math.log(1 / recipe.temperature)))
        self.step = 0
        self._views = bank.vectors.shape[1]
        self._pictures = torch.from_numpy(bank.vectors)  # (n, v, d)
        self._captioner = Captioner(bank.told, recipe)
        self._optimiser = torch.optim.AdamW(
            [*self.tower.parameters(), self.log_scale], lr=recipe.rate, weight_decay=recipe.weight_decay
        )

    def learn(self) -> float:
        """One step; gives its loss."""
        torch.manual_seed(self.recipe.seed * 1_000_003 + self.step)
        for group in self._optimiser.param_groups:
            group["lr"] = self.recipe.rate * self._pace()
        self.tower.train()
        loss = self._loss(self._captioner.batch(self.step))
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.tower.parameters(), 1.0)
        self._optimiser.step()
        with torch.no_grad():
            self.log_scale.clamp_(max=_COOLEST)
        self.step += 1
        return float(loss.detach())

    def save(self, path: Path) -> None:
        state = {"tower": self.tower.state_dict(), "scale": self.log_scale.detach(), "step": self.step}
        part = path.with_suffix(".part")
        torch.save({**state, "optimiser": self._optimiser.state_dict()}, part)
        part.replace(path)

    def load(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.tower.load_state_dict(state["tower"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]
        with torch.no_grad():
            self.log_scale.copy_(state["scale"])

    def _pace(self) -> float:
        """Warm-up, then a half cosine down to nothing."""
        warm = min(1.0, (self.step + 1) / max(1, self.recipe.warm_up))
        return warm * 0.5 * (1 + math.cos(math.pi * min(1.0, self.step / self.recipe.steps)))

    def _loss(self, batch: TextBatch) -> Tensor:
        designs = torch.from_numpy(batch.designs)
        right, alike = torch.from_numpy(batch.right), torch.from_numpy(batch.alike)
        texts = functional.normalize(self._embedded(torch.from_numpy(batch.tokens)), dim=1) * self.log_scale.exp()
        pictures = self._pictures[designs, torch.randint(self._views, designs.shape)]
        found = matching_loss(
            texts @ self._pictures.flatten(0, 1).T,
            self._by_picture(right),
            self._by_picture(alike & ~right),
            self._by_picture(self._weights(right, designs)),
        )
        told = pictures @ texts.T  # (b, 2b)
        told_right, told_alike = right[:, designs].T, alike[:, designs].T
        named = matching_loss(told, told_right, told_alike & ~told_right, torch.ones_like(told))
        many = len(designs)
        twins = twin_loss(told[:, :many].diagonal(), told[:, many:].diagonal())
        return found + self.recipe.picture_to_text * named + self.recipe.twin * twins

    def _embedded(self, tokens: Tensor) -> Tensor:
        """By length, short texts together: most of a long text's room would be computed for nothing."""
        order = (tokens > 0).sum(dim=1).argsort(stable=True)
        parts = [self.tower(tokens[rows]) for rows in order.chunk(_CHUNKS)]
        return torch.cat(parts)[order.argsort()]

    def _weights(self, right: Tensor, designs: Tensor) -> Tensor:
        """(2b, n): a caption's own design counts `own_share`, all others that it is true of the rest."""
        share = self.recipe.own_share
        weights = (1 - share) * right / right.sum(dim=1, keepdim=True).clamp(min=1)
        own = torch.arange(len(designs))
        weights[own, designs] += share
        return weights

    def _by_picture(self, table: Tensor) -> Tensor:
        return table.repeat_interleave(self._views, dim=1)


def train_tower(bank: Bank, recipe: TextRecipe, checkpoint: Path, said: Callable[[Progress], None]) -> TextLearner:
    """Trains to the end of the recipe, from `checkpoint` where there is one."""
    learner = TextLearner(bank, recipe)
    if checkpoint.exists():
        learner.load(checkpoint)
    began, first, total = perf_counter(), learner.step, 0.0
    while learner.step < recipe.steps:
        total += learner.learn()
        if learner.step % _TELL_EVERY == 0:
            pace = (perf_counter() - began) / (learner.step - first)
            said(Progress(learner.step, recipe.steps, total / _TELL_EVERY, pace))
            total = 0.0
        if learner.step % _SAVE_EVERY == 0 or learner.step == recipe.steps:
            learner.save(checkpoint)
    return learner
