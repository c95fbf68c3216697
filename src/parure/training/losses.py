"""What a reader is trained on: same design near, other designs far; attributes; parts; staying near where it began."""
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from parure.training.vocabulary import Vocabulary

__all__ = ["attribute_loss", "class_weights", "drift_loss", "part_loss", "supervised_contrast", "triplet_contrast"]

_IGNORED = -1
_WEIGHTS = (0.4, 4.0)  # least and most that a rare class may count


def supervised_contrast(features: Tensor, design: Tensor, temperature: float) -> Tensor:
    """Mean over rows (n, d) of length 1 of -log of the share that the other rows of the same design (n,) get.

    Khosla et al. 2020, equation 2: the mean over positives stands outside the logarithm.
    """
    itself = torch.eye(len(design), dtype=torch.bool, device=design.device)
    same = (design[:, None] == design[None, :]) & ~itself
    logits = (features @ features.T / temperature).masked_fill(itself, -torch.inf)
    shares = logits.log_softmax(dim=1).masked_fill(~same, 0.0)
    count = same.sum(dim=1)
    return -(shares.sum(dim=1) / count.clamp(min=1))[count > 0].mean()


def triplet_contrast(features: Tensor, design: Tensor, margin: float) -> Tensor:
    """The farthest row of the same design should be nearer than the nearest of another, by `margin` in similarity."""
    similar = features @ features.T
    same = design[:, None] == design[None, :]
    farthest = similar.masked_fill(~same, torch.inf).min(dim=1).values
    nearest = similar.masked_fill(same, -torch.inf).max(dim=1).values
    return functional.relu(nearest - farthest + margin).mean()


def class_weights(vocabulary: Vocabulary) -> tuple[Tensor, ...]:
    """One (classes,) for each attribute: rare values count more, by the square root, "cannot tell" counts 1."""
    weights = []
    for entry in vocabulary.attributes:
        counts = torch.tensor(entry.counts, dtype=torch.float32)
        values = (counts.median() / counts).sqrt().clamp(*_WEIGHTS)
        weights.append(torch.cat([values, torch.ones(1)]))
    return tuple(weights)


def attribute_loss(logits: Sequence[Tensor], targets: Tensor, weights: Sequence[Tensor], *, smoothing: float) -> Tensor:
    """Mean over attributes of the cross entropy; `targets` (n, attributes), -1 teaches nothing."""
    losses = [
        functional.cross_entropy(each, target, weight, ignore_index=_IGNORED, label_smoothing=smoothing)
        for each, target, weight in zip(logits, targets.T, weights, strict=True)
        if bool((target != _IGNORED).any())
    ]
    return torch.stack(losses).mean() if losses else targets.new_zeros((), dtype=torch.float32)


def part_loss(logits: Tensor, parts: Tensor) -> Tensor:
    """Cross entropy by cell, and 1 - the mean Dice overlap of the classes that are there.

    `logits` (n, 9, h, w), `parts` (n, h, w). Cross entropy alone forgets prongs: they are a hundredth of the cells.
    """
    by_cell = functional.cross_entropy(logits, parts)
    truth = functional.one_hot(parts, logits.shape[1]).movedim(-1, 1).to(logits.dtype)
    shares = logits.softmax(dim=1)
    both, sizes = (shares * truth).sum((0, 2, 3)), (shares + truth).sum((0, 2, 3))
    present = truth.sum((0, 2, 3)) > 0
    return by_cell + 1 - (2 * both / sizes.clamp(min=1e-6))[present].mean()


def drift_loss(pooled: Tensor, untuned: Tensor) -> Tensor:
    """1 - cosine between features (n, d) of length 1 and those the untuned network gives."""
    return (1 - (pooled * untuned).sum(dim=1)).mean()
