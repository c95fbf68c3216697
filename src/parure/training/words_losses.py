"""What the tower is trained on: a caption finds the pictures it is true of, a picture its captions, and no twin.

Unusual: a caption of few words is true of many designs, and none of them is wrong. What is true counts for, what is
neither true nor tellable (silver beside white gold) does not count at all, what is false counts against.
"""
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

__all__ = ["matching_loss", "twin_loss"]


def matching_loss(logits: Tensor, right: Tensor, ignored: Tensor, weights: Tensor) -> Tensor:
    """Mean over rows (q, n) of the weighted mean over what is right of -log of its share against what is wrong.

    `right` and `ignored` are (q, n); `weights` (q, n) is read where `right` holds. A row without anything right, or
    without anything wrong, teaches nothing.
    """
    wrong = ~(right | ignored)
    useful = right.any(dim=1) & wrong.any(dim=1)
    against = logits.masked_fill(~wrong, -torch.inf)[useful].logsumexp(dim=1, keepdim=True)
    each = functional.softplus(against - logits[useful])
    shares = (weights * right)[useful]
    shares = shares / shares.sum(dim=1, keepdim=True).clamp(min=1e-9)
    return (each * shares).sum(dim=1).mean() if bool(useful.any()) else logits.sum() * 0


def twin_loss(right: Tensor, wrong: Tensor) -> Tensor:
    """(n,) logits of a picture with its caption and with the twin: -log of the chance that the caption wins."""
    return functional.softplus(wrong - right).mean()
