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
from parure.training.words_losses import difference_loss, retrieval_loss
from parure.training.words_recipe import TextRecipe
from parure.training.words_teacher import Teacher
from parure.training.words_tower import TextTower

__all__ = ["Progress", "TextLearner", "train_tower"]

_SAVE_EVERY = 250  # steps
_TELL_EVERY = 25
_CHUNKS = 5  # of a batch, by length


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
    """The tower and its optimiser."""

    def __init__(self, bank: Bank, teacher: Teacher, recipe: TextRecipe) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.tower = TextTower(recipe)
        self.step = 0
        self._pictures = torch.from_numpy(bank.vectors)  # (n, v, d)
        self._teacher = teacher
        self._captioner = Captioner(bank.told, recipe, teacher.claims)
        self._optimiser = torch.optim.AdamW(self.tower.parameters(), lr=recipe.rate, weight_decay=recipe.weight_decay)

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
        self.step += 1
        return float(loss.detach())

    def save(self, path: Path) -> None:
        state = {"tower": self.tower.state_dict(), "step": self.step}
        part = path.with_suffix(".part")
        torch.save({**state, "optimiser": self._optimiser.state_dict()}, part)
        part.replace(path)

    def load(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.tower.load_state_dict(state["tower"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]

    def _pace(self) -> float:
        """Warm-up, then a half cosine down to nothing."""
        warm = min(1.0, (self.step + 1) / max(1, self.recipe.warm_up))
        return warm * 0.5 * (1 + math.cos(math.pi * min(1.0, self.step / self.recipe.steps)))

    def _loss(self, batch: TextBatch) -> Tensor:
        texts = functional.normalize(self._embedded(torch.from_numpy(batch.tokens)), dim=1) * self.recipe.scale
        taught = torch.from_numpy(self._teacher.vectors(batch.statements.stated)) * self.recipe.scale
        # Only what differs along pictures counts: a direction in which no two of them differ finds nothing.
        plain = self._pictures[:, 0].T
        said, wanted = texts @ plain, taught @ plain
        teaching = self.recipe.teacher * (said - wanted).square().mean()
        teaching = teaching + self.recipe.difference * difference_loss(said, wanted)
        return retrieval_loss(texts, self._pictures, batch.statements, self.recipe) + teaching

    def _embedded(self, tokens: Tensor) -> Tensor:
        """By length, short texts together: most of a long text's room would be computed for nothing."""
        order = (tokens > 0).sum(dim=1).argsort(stable=True)
        parts = [self.tower(tokens[rows]) for rows in order.chunk(_CHUNKS)]
        return torch.cat(parts)[order.argsort()]


def train_tower(learner: TextLearner, checkpoint: Path, said: Callable[[Progress], None]) -> None:
    """Trains to the end of the recipe, from `checkpoint` where there is one."""
    recipe = learner.recipe
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
