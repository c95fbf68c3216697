"""Fitting the small net of `images.quality.net`: one hidden layer, Adam, weight decay; seconds on one core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["NetPlan", "fit_net", "fit_nets"]

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class NetPlan:
    """`single` : one answer of several (softmax); else each output is a yes or no of its own."""

    inputs: Sequence[str]
    outputs: Sequence[str]
    units: int
    single: bool
    epochs: int = 40
    batch: int = 512
    rate: float = 4e-3
    decay: float = 1e-4
    seed: int = 0


def fit_net(rows: Floats, wanted: Floats, plan: NetPlan, *, weights: Floats | None = None) -> dict[str, Any]:
    """`rows` (n, inputs), `wanted` (n, outputs) from 0 to 1, `weights` (n,). Gives what `net_from` reads."""
    random = np.random.default_rng(plan.seed)
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    inputs = ((rows - mean) / scale).astype(np.float32)
    weights = np.ones(len(rows), np.float32) if weights is None else weights
    state = [
        random.normal(0, np.sqrt(2 / inputs.shape[1]), (inputs.shape[1], plan.units)).astype(np.float32),
        np.zeros(plan.units, np.float32),
        random.normal(0, np.sqrt(1 / plan.units), (plan.units, wanted.shape[1])).astype(np.float32),
        np.zeros(wanted.shape[1], np.float32),
    ]
    slow, square = [np.zeros_like(each) for each in state], [np.zeros_like(each) for each in state]
    step, steps = 0, plan.epochs * -(-len(rows) // plan.batch)
    for _ in range(plan.epochs):
        order = random.permutation(len(rows))
        for start in range(0, len(rows), plan.batch):
            batch = order[start : start + plan.batch]
            slopes = _slopes(state, inputs[batch], wanted[batch], weights[batch], plan)
            step += 1
            rate = plan.rate * 0.5 * (1 + np.cos(np.pi * step / steps))
            for k, slope in enumerate(slopes):
                slow[k] += 0.1 * (slope - slow[k])
                square[k] += 0.001 * (slope * slope - square[k])
                change = slow[k] / (1 - 0.9**step) / (np.sqrt(square[k] / (1 - 0.999**step)) + 1e-8)
                state[k] -= rate * (change + (plan.decay * 10 * state[k] if state[k].ndim == 2 else 0))
    return _told(state, mean, scale, plan)


def fit_nets(
    rows: Floats, wanted: Floats, plan: NetPlan, *, weights: Floats | None = None, count: int = 4
) -> dict[str, Any]:
    """Several nets from different beginnings as one: its log-odds are the mean of theirs, and chance counts less."""
    told = [fit_net(rows, wanted, replace(plan, seed=plan.seed + k), weights=weights) for k in range(count)]
    joined = {name: [each[name] for each in told] for name in ("hidden", "hidden_bias", "out", "out_bias")}
    return {
        **told[0],
        "hidden": np.concatenate(joined["hidden"], axis=1).tolist(),
        "hidden_bias": np.concatenate(joined["hidden_bias"]).tolist(),
        "out": np.round(np.concatenate(joined["out"]) / count, 5).tolist(),
        "out_bias": np.round(np.mean(joined["out_bias"], axis=0), 5).tolist(),
    }


def _slopes(state: list[Floats], rows: Floats, wanted: Floats, weights: Floats, plan: NetPlan) -> list[Floats]:
    hidden, hidden_bias, out, out_bias = state
    before = rows @ hidden + hidden_bias
    units = np.maximum(before, 0)
    odds = units @ out + out_bias
    if plan.single:
        shares = np.exp(odds - odds.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
    else:
        shares = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    error = (shares - wanted) * weights[:, None] / len(rows)
    back = (error @ out.T) * (before > 0)
    return [rows.T @ back, back.sum(0), units.T @ error, error.sum(0)]


def _told(state: list[Floats], mean: Floats, scale: Floats, plan: NetPlan) -> dict[str, Any]:
    names = ("hidden", "hidden_bias", "out", "out_bias")
    numbers: Mapping[str, Floats] = dict(zip(names, state, strict=True)) | {"mean": mean, "scale": scale}
    return {
        "inputs": list(plan.inputs),
        "outputs": list(plan.outputs),
        **{name: np.round(value.astype(np.float64), 4).tolist() for name, value in numbers.items()},
    }
