"""A direction for every claim in the space of the pictures: what the tower is to say once it has understood a text.

Fitted from pictures and claims without a word of text, so that understanding language, of which there is no end of
examples, is learned apart from what a picture shows, of which there are only so many. A direction starts as that of
linear discriminants (the mean of what has the claim less the mean of what has not, by the inverse covariance of all)
and is refined so that sums of directions find the right pictures.
"""
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from parure.render.captions.claims import Claims
from parure.render.captions.facts import Claim
from parure.training.words_bank import Bank
from parure.training.words_batches import Captioner
from parure.training.words_losses import retrieval_loss
from parure.training.words_recipe import TextRecipe

__all__ = ["Teacher", "discriminants", "refined"]

_SHRINK = 1.0  # of the covariance, in its mean variance
_DOUBT = 3  # designs of which a claim is taken to be half known
_NOTHING = 1e-8


@dataclass(frozen=True, eq=False)
class Teacher:
    """`directions` (claims, d)."""

    claims: Claims
    directions: NDArray[np.float32]

    def vectors(self, stated: Sequence[frozenset[Claim]]) -> NDArray[np.float32]:
        """(n, d) of length 1, the sum of what is stated; zeros for statements of which nothing is known."""
        rows = self.claims.table(stated) @ self.directions
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _NOTHING), np.float32)


def discriminants(bank: Bank, claims: Claims) -> Teacher:
    """Pictures of which a claim may be true as well as not count on neither side."""
    views = bank.vectors.shape[1]
    rows = bank.vectors.reshape(-1, bank.vectors.shape[2]).astype(np.float64)
    rows -= rows.mean(axis=0)
    having, lacking = (np.repeat(table, views, axis=0) for table in (claims.true, 1 - claims.alike))
    between = _means(having, rows) - _means(lacking, rows)
    known = claims.true.sum(axis=0)[:, None]
    spread = rows.T @ rows / len(rows)
    spread += _SHRINK * np.trace(spread) / len(spread) * np.eye(len(spread))
    found = np.linalg.solve(spread, (between * known / (known + _DOUBT)).T).T
    lengths = np.linalg.norm(found, axis=1)
    return Teacher(claims, np.asarray(found / lengths[lengths > 0].mean(), np.float32))


def refined(teacher: Teacher, bank: Bank, recipe: TextRecipe) -> Teacher:
    """The same directions, moved a little so that captions' claims find their pictures and twins do not."""
    torch.manual_seed(recipe.seed)
    captioner, pictures = Captioner(bank.told, recipe, teacher.claims), torch.from_numpy(bank.vectors)
    start = torch.from_numpy(teacher.directions)
    moved = torch.zeros_like(start, requires_grad=True)
    optimiser = torch.optim.Adam([moved], lr=recipe.teacher_rate)
    for step in range(recipe.teacher_steps):
        for group in optimiser.param_groups:
            group["lr"] = recipe.teacher_rate * (1 - step / recipe.teacher_steps)
        batch = captioner.statements(step)
        sums = torch.from_numpy(teacher.claims.table(batch.stated)) @ (start + moved)
        texts = functional.normalize(sums + _NOTHING, dim=1) * recipe.teacher_scale
        loss = retrieval_loss(texts, pictures, batch, recipe) + recipe.teacher_decay * moved.square().sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return Teacher(teacher.claims, _array(start + moved))


def _means(chosen: NDArray[np.float32], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(chosen.T @ rows / np.maximum(chosen.sum(axis=0), 1)[:, None], np.float64)


def _array(tensor: Tensor) -> NDArray[np.float32]:
    return np.asarray(tensor.detach().numpy(), np.float32)
