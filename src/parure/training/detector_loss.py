"""Which cells answer for which piece, and what a wrong answer costs.

The assignment is that of SimOTA (Ge et al., YOLOX, 2021): among the cells near a piece's centre, those that already
answer best take it, as many as their overlaps add up to. It needs no rule of which size belongs to which grid, so a
chain as wide as the frame and a stud of ten pixels are learned alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional

from parure.training.detector_recipe import DetectorRecipe
from parure.vision.detector import LARGEST_LOG, cells

__all__ = ["Assigned", "Losses", "assign", "corners_of", "detection_loss", "generalised_iou", "pair_iou"]

_REACH = 2.5  # cells from a piece's centre
_BEST = 10  # overlaps that are added up
_BOX_COST = 3.0
_TINY = 1e-7


@dataclass(frozen=True, eq=False)
class Assigned:
    """`cells` (k,) rows of the network that answer, `pieces` (k,) for which piece each, `overlaps` (k,) IoU now."""

    cells: Tensor
    pieces: Tensor
    overlaps: Tensor


@dataclass(frozen=True, eq=False)
class Losses:
    total: Tensor
    box: float
    piece: float
    kind: float


@lru_cache(maxsize=8)
def _cells(side: int) -> tuple[Tensor, Tensor]:
    """(n, 2) corner of each cell, in cells, and (n, 1) pixels of a cell."""
    corner, stride = cells(side)
    return torch.from_numpy(corner).float(), torch.from_numpy(stride).float()


def corners_of(boxes: Tensor, side: int) -> Tensor:
    """(..., n, 4) dx, dy, log w, log h in cells to corners in pixels."""
    corner, stride = _cells(side)
    centres = (boxes[..., :2] + corner) * stride
    halves = boxes[..., 2:].clamp(max=LARGEST_LOG).exp() * stride / 2
    return torch.cat([centres - halves, centres + halves], -1)


def detection_loss(
    logits: Tensor, corners: list[Tensor], classes: list[Tensor], *, side: int, recipe: DetectorRecipe
) -> Losses:
    """Of a batch: `logits` (n, cells, 5 + classes); for each picture `corners` (k, 4) in pixels and `classes` (k,)."""
    boxes = corners_of(logits[..., :4], side)
    taken = [
        assign(boxes[at].detach(), logits[at].detach(), corners[at], classes[at], side=side)
        for at in range(len(corners))
    ]
    wanted = torch.zeros_like(logits[..., 4])
    for at, each in enumerate(taken):
        wanted[at, each.cells] = 1.0
    count = max(1, sum(len(each.cells) for each in taken))
    piece = functional.binary_cross_entropy_with_logits(logits[..., 4], wanted, reduction="sum") / count
    box = kind = logits.sum() * 0
    for at, each in enumerate(taken):
        box = box + (1 - generalised_iou(boxes[at, each.cells], corners[at][each.pieces])).sum()
        kind = kind + _kind_loss(logits[at, each.cells, 5:], classes[at][each.pieces], each.overlaps)
    box, kind = box / count, kind / count
    total = recipe.box_weight * box + piece + recipe.class_weight * kind
    return Losses(total, float(box.detach()), float(piece.detach()), float(kind.detach()))


def _kind_loss(logits: Tensor, classes: Tensor, overlaps: Tensor) -> Tensor:
    """The right class is asked for as far as the box fits: a score is worth what its box is worth."""
    wanted = functional.one_hot(classes, logits.shape[-1]) * overlaps[:, None]
    return functional.binary_cross_entropy_with_logits(logits, wanted, reduction="sum")


def assign(boxes: Tensor, logits: Tensor, corners: Tensor, classes: Tensor, *, side: int) -> Assigned:
    """Cells for the pieces of one picture: `boxes` (n, 4) as predicted, `logits` (n, 5 + classes), `corners` (k, 4)."""
    near = _near(corners, side)
    (rows,) = near.any(0).nonzero(as_tuple=True)
    if not len(corners) or not len(rows):
        nothing = torch.zeros(0, dtype=torch.long)
        return Assigned(nothing, nothing, torch.zeros(0))
    near = near[:, rows]
    overlaps = pair_iou(corners, boxes[rows])
    scores = (logits[rows, 5:].sigmoid() * logits[rows, 4:5].sigmoid()).sqrt().clamp(_TINY, 1 - _TINY)
    kinds = functional.one_hot(classes, scores.shape[1]).float()
    unlike = -(kinds @ scores.log().T + (1 - kinds) @ (1 - scores).log().T)
    cost = unlike - _BOX_COST * (overlaps + _TINY).log() + (~near) * 1e6
    chosen = _chosen(cost, torch.where(near, overlaps, 0.0))
    held = chosen.any(0)
    pieces = torch.where(chosen, cost, torch.inf).argmin(0)[held]
    (kept,) = held.nonzero(as_tuple=True)
    return Assigned(rows[kept], pieces, overlaps[pieces, kept])


def _chosen(cost: Tensor, overlaps: Tensor) -> Tensor:
    """(k, n): for each piece its cheapest cells, at least one and as many as the best overlaps add up to."""
    best = overlaps.topk(min(_BEST, overlaps.shape[1]), dim=1).values
    counts = best.sum(1).int().clamp(min=1)
    order = cost.argsort(dim=1).argsort(dim=1)
    return (order < counts[:, None]) & (cost < 1e5)


def _near(corners: Tensor, side: int) -> Tensor:
    """(k, n): is the cell's middle by the centre of the piece and in its box, or within half a cell of it?

    The half cell leaves a cell of every grid even to a piece that lies between the middles of all.
    """
    corner, stride = _cells(side)
    middles = ((corner + 0.5) * stride)[None]
    centres, halves = (
        (corners[:, None, :2] + corners[:, None, 2:]) / 2,
        (corners[:, None, 2:] - corners[:, None, :2]) / 2,
    )
    reach = torch.minimum(halves + stride / 2, _REACH * stride)
    return ((middles - centres).abs() <= reach).all(-1)


def pair_iou(first: Tensor, second: Tensor) -> Tensor:
    """(k, n) of corners (k, 4) and (n, 4)."""
    a, b = first[:, None], second[None]
    shared = _area(torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:]))
    return shared / (_area(a[..., :2], a[..., 2:]) + _area(b[..., :2], b[..., 2:]) - shared + _TINY)


def generalised_iou(first: Tensor, second: Tensor) -> Tensor:
    """(n,) of pairs of corners: IoU, less the share of the box around both that neither fills."""
    shared = _area(torch.maximum(first[:, :2], second[:, :2]), torch.minimum(first[:, 2:], second[:, 2:]))
    either = _area(first[:, :2], first[:, 2:]) + _area(second[:, :2], second[:, 2:]) - shared
    around = _area(torch.minimum(first[:, :2], second[:, :2]), torch.maximum(first[:, 2:], second[:, 2:]))
    return shared / (either + _TINY) - (around - either) / (around + _TINY)


def _area(low: Tensor, high: Tensor) -> Tensor:
    return (high - low).clamp(min=0).prod(-1)
