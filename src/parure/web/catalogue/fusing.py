"""Several photos' beliefs about one piece, made one. Pure.

The mean of the log-probabilities, made to sum to one: photos of a piece are taken in the same light and are not
independent, so that agreeing ones do not make each other surer (a sum would). A photo that cannot tell is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from parure.vision.analysis import Belief

__all__ = ["fuse"]

_LEAST = 1e-3  # probability of a value that a photo does not name; a single photo may not rule a value out for good


def fuse(photos: Iterable[Sequence[Belief]]) -> dict[str, tuple[str, float]]:
    """Attribute -> (value, probability) over the beliefs of each photo; attributes nobody can tell are left out.

    Of one photo it is that photo's belief. What a photo holds for none of the named values ("cannot tell" and all
    that was not listed) stays one possibility of its own, which is never the answer but takes its share.
    """
    told: dict[str, list[Mapping[str, float]]] = {}
    for beliefs in photos:
        for belief in beliefs:
            if belief.value:
                named = {belief.value: belief.probability, **dict(belief.others)}
                told.setdefault(belief.attribute, []).append({v: p for v, p in named.items() if v})
    return {attribute: _fused(held) for attribute, held in told.items()}


def _fused(photos: Sequence[Mapping[str, float]]) -> tuple[str, float]:
    values = sorted({value for photo in photos for value in photo})
    rows = []
    for photo in photos:
        rest = max(0.0, 1.0 - sum(photo.values()))
        rows.append([*(photo.get(value, min(rest, _LEAST)) for value in values), rest])
    logs = np.log(np.maximum(np.array(rows, np.float64), _LEAST if len(rows) > 1 else 1e-12)).mean(axis=0)
    shares = np.exp(logs) / np.exp(logs).sum()
    best = int(np.argmax(shares[:-1]))
    return values[best], float(shares[best])
