"""Fitting the verdict: a multinomial logistic regression over the features that `search.verdict` computes.

Newton's method in plain numpy. Classes are weighed while the slopes are fitted, since most results of a search are
"other"; that makes rare kinds seem likelier than they are, so one slope and a bias for each kind are fitted once more,
unweighed, on pairs of other designs. Both steps are the same minimisation over other columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.search.verdict import FEATURES, VerdictKind, VerdictModel

__all__ = ["CLAIMS", "PRECISIONS", "calibrated", "claimed", "fit", "minimise", "standard", "thresholds"]

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]

PRECISIONS = (0.90, 0.95, 0.99)
LEAST_CLAIMS = 20  # behind a threshold: a handful that happens to be right is no evidence
RIDGE = 1e-3  # of the mean loss, on slopes
ROUNDS, CLOSE = 100, 1e-9

# What a claim covers: an identical picture shows the same piece.
CLAIMS: Mapping[VerdictKind, tuple[VerdictKind, ...]] = {
    VerdictKind.IDENTICAL: (VerdictKind.IDENTICAL,),
    VerdictKind.SAME_PIECE: (VerdictKind.IDENTICAL, VerdictKind.SAME_PIECE),
    VerdictKind.VARIANT: (VerdictKind.VARIANT,),
}


@dataclass(frozen=True, eq=False)
class _Scale:
    mean: Floats
    scale: Floats


def fit(rows: Floats, kinds: Sequence[VerdictKind], *, encoder: str, ridge: float = RIDGE) -> VerdictModel:
    """A model without thresholds from features (n, 8), NaN where missing, and what each pair is.

    A kind that has no pair is left out of the model.
    """
    known = tuple(kind for kind in VerdictKind if kind in set(kinds))
    target = np.array([known.index(kind) for kind in kinds], np.intp)
    scale = _scale(rows)
    columns = _columns(standard(rows, scale.mean, scale.scale), len(known))
    width = len(FEATURES) + 1
    penalty = np.tile(np.append(np.full(len(FEATURES), ridge), 1e-9), len(known))
    found = minimise(columns, target, _balanced(target, len(known)), penalty).reshape(len(known), width)
    return VerdictModel(encoder, known, scale.mean, scale.scale, found[:, :-1], found[:, -1], {})


def calibrated(model: VerdictModel, rows: Floats, kinds: Sequence[VerdictKind]) -> VerdictModel:
    """The model with one slope for all its logits and a bias for each kind, fitted on these pairs as they are."""
    target = np.array([model.kinds.index(kind) for kind in kinds], np.intp)
    logits = standard(rows, model.mean, model.scale) @ model.weights.T + model.bias
    count = len(model.kinds)
    columns = np.concatenate([logits[:, :, None], np.broadcast_to(np.eye(count), (len(rows), count, count))], axis=2)
    start = np.append(1.0, np.zeros(count))
    penalty = np.append(0.0, np.full(count, 1e-6))
    slope, *biases = minimise(columns, target, np.ones(len(rows)), penalty, start=start)
    return VerdictModel(
        model.encoder, model.kinds, model.mean, model.scale, slope * model.weights, slope * model.bias + biases, {}
    )


def claimed(model: VerdictModel, probabilities: Floats, claim: VerdictKind) -> Floats:
    """(n,) probability of a claim from (n, k) probabilities of kinds."""
    covered = [place for place, kind in enumerate(model.kinds) if kind in CLAIMS[claim]]
    return np.asarray(probabilities[:, covered].sum(axis=1), np.float64)


def thresholds(said: Floats, right: NDArray[np.bool_]) -> dict[float, float]:
    """For each wanted precision the least probability from which all claims together keep it.

    A precision that no twenty claims reach has no threshold: nothing is claimed at it.
    """
    order = np.argsort(-said, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last = np.append(np.diff(said[order]) != 0, True)[: len(order)]  # claims that tie are made together
    last[: LEAST_CLAIMS - 1] = False
    found = {}
    for wanted in PRECISIONS:
        enough = np.flatnonzero(last & (precision >= wanted))
        if enough.size:
            found[wanted] = float(said[order][enough[-1]])
    return found


def minimise(
    columns: Floats, target: Numbers, weight: Floats, penalty: Floats, *, start: Floats | None = None
) -> Floats:
    """(p,) that minimise the weighed mean cross-entropy of softmax(columns @ x) plus half of penalty * x squared.

    `columns` (n, k, p) are what each number adds to the logit of each of k kinds. The loss is convex, so Newton steps,
    halved while they do not help, find its only minimum.
    """
    share = weight / weight.sum()
    found = np.zeros(columns.shape[2]) if start is None else start.astype(np.float64)
    loss = _loss(columns, target, share, penalty, found)
    for _ in range(ROUNDS):
        step = _newton_step(columns, target, share, penalty, found)
        size = 1.0
        while size > 1e-6 and _loss(columns, target, share, penalty, found - size * step) > loss:
            size /= 2
        better = _loss(columns, target, share, penalty, found - size * step)
        if not better < loss - CLOSE:
            break
        found, loss = found - size * step, better
    return found


def standard(rows: Floats, mean: Floats, scale: Floats) -> Floats:
    """Features in units of their spread; a missing one counts as the mean."""
    return np.nan_to_num((rows - mean) / scale, nan=0.0)


def _scale(rows: Floats) -> _Scale:
    """Of features that are never there 0 and 1, so that they stay without weight."""
    known = np.isfinite(rows)
    counts = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, rows, 0.0).sum(axis=0) / counts
    spread = np.sqrt(np.where(known, (rows - mean) ** 2, 0.0).sum(axis=0) / counts)
    return _Scale(mean, np.where(spread > 1e-9, spread, 1.0))


def _columns(features: Floats, kinds: int) -> Floats:
    """(n, k, k * (f + 1)): each kind has its own slopes and bias."""
    rows = np.concatenate([features, np.ones((len(features), 1))], axis=1)
    width = rows.shape[1]
    columns = np.zeros((len(rows), kinds, kinds * width))
    for kind in range(kinds):
        columns[:, kind, kind * width : (kind + 1) * width] = rows
    return columns


def _balanced(target: Numbers, kinds: int) -> Floats:
    """Weights by which each kind counts as the root of its number: rare ones more, common ones still most."""
    counts = np.bincount(target, minlength=kinds)
    return np.asarray(1 / np.sqrt(counts[target]), np.float64)


def _shares(columns: Floats, found: Floats) -> Floats:
    logits = columns @ found
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _loss(columns: Floats, target: Numbers, share: Floats, penalty: Floats, found: Floats) -> float:
    logits = columns @ found
    top = logits.max(axis=1)
    missed = np.log(np.exp(logits - top[:, None]).sum(axis=1)) + top - logits[np.arange(len(target)), target]
    return float(share @ missed + (penalty * found**2).sum() / 2)


def _newton_step(columns: Floats, target: Numbers, share: Floats, penalty: Floats, found: Floats) -> Floats:
    shares = _shares(columns, found)
    expected = np.einsum("nk,nkp->np", shares, columns)
    gradient = share @ (expected - columns[np.arange(len(target)), target]) + penalty * found
    apart = (columns - expected[:, None]) * np.sqrt(share[:, None] * shares)[:, :, None]
    flat = apart.reshape(-1, columns.shape[2])
    curvature = flat.T @ flat + np.diag(penalty + 1e-10)
    return np.asarray(np.linalg.solve(curvature, gradient))
