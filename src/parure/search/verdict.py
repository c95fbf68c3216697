"""What a result is to the picture that was searched with: the same piece, a variant of it, or merely alike.

A multinomial logistic regression over a handful of named numbers. The numbers are computed here, in one pure function
that fitting calls too, so that both always mean the same. The model is a JSON file beside the weights; where there is
none, or it was fitted on the vectors of another encoder, no verdict is given.

    {"encoder": version, "features": [names as in FEATURES], "mean": [], "scale": [], "kinds": [names],
     "weights": [[kind x feature]], "bias": [kind], "thresholds": {kind: {"0.95": probability}}}

`thresholds` hold, per kind that claims something, the probability from which that wanted precision was reached.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError
from parure.search.traits import Traits, layout_agreement
from parure.vision.analysis import PART_VECTORS, Belief

__all__ = ["FEATURES", "Evidence", "Verdict", "VerdictKind", "VerdictModel", "features", "load_verdicts", "margins"]

FEATURES = (
    "similarity", "margin", "agreement", "metal", "stone", "setting_look", "stones_look", "layout", "above_crowd",
)  # fmt: skip
WEIGHTS_FILE = Path(__file__).parents[1] / "vision" / "weights" / "verdict.json"
CONFIDENT = 0.6  # probability from which a belief counts in the share of agreeing ones
_METAL = ("metal", "metal_colour")
_STONE = ("main_stone", "stone_colour", "main_stone_cut")


class VerdictKind(StrEnum):
    IDENTICAL = "identical"  # the same picture, perhaps cut or saved anew
    SAME_PIECE = "same_piece"
    VARIANT = "variant"  # the design in another metal or stone
    SIMILAR = "similar"
    OTHER = "other"


_CLAIMS = {
    VerdictKind.IDENTICAL: "Same picture",
    VerdictKind.SAME_PIECE: "Same piece",
    VerdictKind.VARIANT: "Variant of it",
}


@dataclass(frozen=True)
class Verdict:
    """`probability` is that of the claim (of the same piece: that of the identical picture included)."""

    kind: VerdictKind
    probability: float
    probabilities: Mapping[VerdictKind, float]

    @property
    def words(self) -> str:
        """ "Same piece, 96 %"; empty where nothing is claimed. Cut, not rounded: nothing is 100 % sure."""
        claim = _CLAIMS.get(self.kind)
        return f"{claim}, {min(99, int(self.probability * 100))} %" if claim else ""


@dataclass(frozen=True)
class Evidence:
    """What is known of a query picture and one result.

    `similarity` is the cosine of the whole pieces, `margin` how far the next product is behind (see `margins`),
    `crowding` the mean of that of query and result (see `crowding`), NaN where it is not known.
    """

    similarity: float
    margin: float
    asked: Traits = field(default_factory=Traits)
    held: Traits = field(default_factory=Traits)
    crowding: float = float("nan")


def features(evidence: Evidence) -> NDArray[np.float64]:
    """(9,) as named in `FEATURES`; NaN where there is nothing to compare."""
    asked = {belief.attribute: belief for belief in evidence.asked.beliefs}
    held = {belief.attribute: belief for belief in evidence.held.beliefs}
    both = sorted(asked.keys() & held.keys())
    sure = [name for name in both if _sure(asked[name]) and _sure(held[name])]
    agreeing = [float(asked[name].value == held[name].value) for name in sure]
    metal, stone = (
        [_overlap(asked[name], held[name]) for name in both if name in group and _told(asked[name], held[name])]
        for group in (_METAL, _STONE)
    )
    looks = [_part_similarity(part, evidence) for part in PART_VECTORS]
    told = (_mean(agreeing), _mean(metal), _mean(stone), *looks, _layout(evidence))
    above = evidence.similarity - evidence.crowding
    return np.array([evidence.similarity, evidence.margin, *told, above], np.float64)


def margins(similarities: Sequence[float]) -> NDArray[np.float64]:
    """(n,) how far each of the similarities, best first, is above the next; of the last one 0.

    >>> margins([0.9, 0.7, 0.7]).round(2)
    array([0.2, 0. , 0. ])
    """
    found = np.asarray(similarities, np.float64)
    return np.maximum(0.0, found - np.append(found[1:], found[-1:]))


@dataclass(frozen=True, eq=False)
class VerdictModel:
    """`mean` and `scale` (f,), `weights` (k, f), `bias` (k,), in the order of `FEATURES` and of `kinds`."""

    encoder: str  # version whose similarities it was fitted on
    kinds: tuple[VerdictKind, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    thresholds: Mapping[VerdictKind, Mapping[float, float]]

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, k) for (n, f) features; a missing one counts as the mean of the pairs the model was fitted on."""
        standard = np.nan_to_num((rows - self.mean) / self.scale, nan=0.0)
        logits = standard @ self.weights.T + self.bias
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def judge(self, evidence: Sequence[Evidence], *, precision: float = 0.95) -> list[Verdict]:
        """The strongest claim that holds at the wanted precision, else the likelier of similar and other."""
        if not evidence:
            return []
        rows = self.probabilities(np.stack([features(one) for one in evidence]))
        return [self._verdict(dict(zip(self.kinds, map(float, row), strict=True)), precision) for row in rows]

    def _verdict(self, held: Mapping[VerdictKind, float], precision: float) -> Verdict:
        identical = held.get(VerdictKind.IDENTICAL, 0.0)
        claims = {
            VerdictKind.IDENTICAL: identical,
            VerdictKind.SAME_PIECE: held.get(VerdictKind.SAME_PIECE, 0.0) + identical,
            VerdictKind.VARIANT: held.get(VerdictKind.VARIANT, 0.0),
        }
        for kind, probability in claims.items():
            if kind in self.kinds and probability >= self._threshold(kind, precision):
                return Verdict(kind, probability, held)
        rest = [kind for kind in (VerdictKind.SIMILAR, VerdictKind.OTHER) if kind in held]
        best = max(rest, key=lambda kind: held[kind])
        return Verdict(best, held[best], held)

    def _threshold(self, kind: VerdictKind, precision: float) -> float:
        """That of the lowest fitted precision that is at least the wanted one; unreachable if there is none."""
        enough = [given for given in self.thresholds.get(kind, {}) if given >= precision - 1e-9]
        return self.thresholds[kind][min(enough)] if enough else np.inf


def load_verdicts(encoder: str, path: Path = WEIGHTS_FILE) -> VerdictModel | None:
    """The model fitted for this encoder version; None without one. Raises `ModelError` for one that cannot be used."""
    model = _load(path, path.stat().st_mtime_ns) if path.exists() else None
    return model if model is not None and model.encoder == encoder else None


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> VerdictModel:
    try:
        return _model(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is no verdict model ({error}). Fit it again or remove the file.") from error


def _model(data: Mapping[str, Any]) -> VerdictModel:
    order = [data["features"].index(name) for name in FEATURES]
    kinds = tuple(VerdictKind(name) for name in data["kinds"])
    mean, scale, bias = (np.asarray(data[name], np.float64) for name in ("mean", "scale", "bias"))
    weights = np.asarray(data["weights"], np.float64)
    fitted = len(data["features"])
    good = mean.shape == scale.shape == (fitted,) and bias.shape == (len(kinds),) == weights.shape[:1]
    good = good and weights.shape[1:] == (fitted,)
    whole = np.concatenate([mean, scale, bias, weights.ravel()])
    if not good or fitted != len(FEATURES) or not np.isfinite(whole).all() or not (scale > 0).all():
        raise ValueError("its numbers have the wrong shape or are not finite")
    if not {VerdictKind.SIMILAR, VerdictKind.OTHER} & set(kinds):
        raise ValueError("it knows neither similar nor other")
    thresholds = {
        VerdictKind(kind): {float(precision): float(least) for precision, least in given.items()}
        for kind, given in data["thresholds"].items()
    }
    return VerdictModel(data["encoder"], kinds, mean[order], scale[order], weights[:, order], bias, thresholds)


def _sure(belief: Belief) -> bool:
    return bool(belief.value) and belief.probability >= CONFIDENT


def _told(first: Belief, second: Belief) -> bool:
    return bool(first.value and second.value)


def _overlap(first: Belief, second: Belief) -> float:
    """Bhattacharyya coefficient over the values that both name: 1 for equal distributions, 0 for disjoint ones."""
    ours, theirs = ({belief.value: belief.probability, **dict(belief.others)} for belief in (first, second))
    return float(sum((ours[value] * theirs[value]) ** 0.5 for value in ours.keys() & theirs.keys() if value))


def _part_similarity(part: str, evidence: Evidence) -> float:
    ours, theirs = evidence.asked.parts.get(part), evidence.held.parts.get(part)
    return float("nan") if ours is None or theirs is None else float(np.ravel(ours) @ np.ravel(theirs))


def _layout(evidence: Evidence) -> float:
    ours, theirs = evidence.asked.layout, evidence.held.layout
    return float("nan") if ours is None or theirs is None else layout_agreement(ours, theirs)


def _mean(numbers: Sequence[float]) -> float:
    return float(np.mean(numbers)) if numbers else float("nan")
