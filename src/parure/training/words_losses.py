"""What is learned: a caption finds the pictures it is true of, a picture its captions, and no twin.

Unusual: a caption of few words is true of many designs, and none of them is wrong. What is true counts for, what is
neither true nor tellable (silver beside white gold) does not count at all, what is false counts against.
"""
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from parure.training.words_batches import Statements
from parure.training.words_recipe import TextRecipe

__all__ = ["difference_loss", "matching_loss", "retrieval_loss", "twin_loss"]


def retrieval_loss(texts: Tensor, pictures: Tensor, batch: Statements, recipe: TextRecipe) -> Tensor:
    """Texts to pictures, pictures to texts, captions against twins.

    `texts` (2b, d) are b captions and their twins, their length the scale of similarities; `pictures` (n, v, d), of
    each design another one each time.
    """
    designs = torch.from_numpy(batch.designs)
    right, alike = torch.from_numpy(batch.right), torch.from_numpy(batch.alike)
    every = torch.arange(len(pictures))
    seen = pictures[every, torch.randint(pictures.shape[1], every.shape)]
    found = matching_loss(texts @ seen.T, right, alike & ~right, _weights(right, designs, recipe.own_share))
    told = seen[designs] @ texts.T  # (b, 2b)
    told_right, told_alike = right[:, designs].T, alike[:, designs].T
    named = matching_loss(told, told_right, told_alike & ~told_right, torch.ones_like(told))
    many = len(designs)
    true = right[torch.arange(many), designs]  # what is imagined is true of nothing
    twins = twin_loss(told[:, :many].diagonal()[true], told[:, many:].diagonal()[true])
    return found + recipe.picture_to_text * named + recipe.twin * twins


def matching_loss(logits: Tensor, right: Tensor, ignored: Tensor, weights: Tensor) -> Tensor:
    """Mean over rows (q, n) of the weighted mean over what is right of -log of its share against what is wrong.

    `right` and `ignored` are (q, n); `weights` (q, n) is read where `right` holds. A row without anything right, or
    without anything wrong, teaches nothing.
    """
    wrong = ~(right | ignored)
    useful = right.any(dim=1) & wrong.any(dim=1)
    if not bool(useful.any()):
        return logits.sum() * 0
    against = logits.masked_fill(~wrong, -torch.inf)[useful].logsumexp(dim=1, keepdim=True)
    each = functional.softplus(against - logits[useful])
    shares = (weights * right)[useful]
    return (each * shares / shares.sum(dim=1, keepdim=True).clamp(min=1e-9)).sum(dim=1).mean()


def twin_loss(right: Tensor, wrong: Tensor) -> Tensor:
    """(n,) logits of a picture with its caption and with the twin: -log of the chance that the caption wins."""
    return functional.softplus(wrong - right).sum() / max(1, len(right))


def difference_loss(texts: Tensor, taught: Tensor) -> Tensor:
    """1 - the correlation of how logits (2b, n) of captions differ from those of their twins with how they should.

    A twin differs by little, and the whole of a logit hides it: which stone is oval is learned from the difference.
    """
    many = len(texts) // 2
    return (1 - functional.cosine_similarity(texts[:many] - texts[many:], taught[:many] - taught[many:], dim=1)).mean()


def _weights(right: Tensor, designs: Tensor, own_share: float) -> Tensor:
    """(2b, n): a caption's own design counts `own_share`, all that it is true of share the rest."""
    weights = (1 - own_share) * right / right.sum(dim=1, keepdim=True).clamp(min=1)
    weights[torch.arange(len(designs)), designs] += own_share
    return weights
