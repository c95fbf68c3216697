"""From labelled pairs to the verdict's JSON: which part of the pairs fits, calibrates, chooses thresholds, is reported.

Families of designs are dealt into four parts, so that no design and none of its twins is in two: two parts fit, one
calibrates and chooses thresholds, one is only measured. Real pairs may choose the threshold of "same piece".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError
from parure.evaluation.probability import calibration_error, precision_at_recall
from parure.search.verdict import FEATURES, VerdictKind, VerdictModel
from parure.training.verdict import CLAIMS, calibrated, claimed, fit, thresholds
from parure.training.verdict_pairs import Pairs

__all__ = ["ClaimFigures", "Fitted", "fit_verdict", "measure_claim", "write_verdict"]

_PARTS = 4
RECALL = 0.5


@dataclass(frozen=True)
class ClaimFigures:
    """Of one claim on some pairs: calibration error, precision where half of what is true is claimed, how many."""

    claim: VerdictKind
    error: float
    precision: float
    true: int
    pairs: int


@dataclass(frozen=True, eq=False)
class Fitted:
    """`rendered` on the part that is only measured, `real` on the pairs that chose the threshold, if any."""

    model: VerdictModel
    rendered: tuple[ClaimFigures, ...]
    real: tuple[ClaimFigures, ...]
    pairs: Mapping[str, int]


def fit_verdict(rendered: Pairs, encoder: str, *, real: Pairs | None = None) -> Fitted:
    """Raises `ModelError` where a kind that claims something has too few pairs to be fitted."""
    part = rendered.group % _PARTS
    first, second, last = (rendered.chosen(part < 2), rendered.chosen(part == 2), rendered.chosen(part == 3))
    for name, pairs in (("fit", first), ("calibrate", second), ("measure", last)):
        if not {VerdictKind.SAME_PIECE, VerdictKind.OTHER} <= set(pairs.kinds):
            raise ModelError(f"There are too few pairs to {name} the verdict. Give more designs.")
    model = fit(first.rows, first.kinds, encoder=encoder)
    second, last = (_known(pairs, model) for pairs in (second, last))
    model = calibrated(model, second.rows, second.kinds)
    chosen = {claim: _thresholds(model, second, claim) for claim in CLAIMS if claim in model.kinds}
    if real is not None:
        chosen[VerdictKind.SAME_PIECE] = _thresholds(model, real, VerdictKind.SAME_PIECE)
    model = VerdictModel(model.encoder, model.kinds, model.mean, model.scale, model.weights, model.bias, chosen)
    told = tuple(measure_claim(model, last, claim) for claim in CLAIMS if claim in model.kinds)
    on_real = (measure_claim(model, real, VerdictKind.SAME_PIECE),) if real is not None else ()
    counts = {kind.value: rendered.kinds.count(kind) for kind in VerdictKind}
    return Fitted(model, told, on_real, counts)


def measure_claim(model: VerdictModel, pairs: Pairs, claim: VerdictKind) -> ClaimFigures:
    said, right = _claims(model, pairs, claim)
    return ClaimFigures(
        claim,
        calibration_error(said, right),
        precision_at_recall(said, right, int(right.sum()), RECALL),
        int(right.sum()),
        len(right),
    )


def write_verdict(fitted: Fitted, path: Path) -> None:
    """What `search.verdict.load_verdicts` reads, and the figures beside it."""
    model = fitted.model
    data = {
        "encoder": model.encoder,
        "features": list(FEATURES),
        "kinds": [kind.value for kind in model.kinds],
        "mean": _rounded(model.mean),
        "scale": _rounded(model.scale),
        "weights": [_rounded(row) for row in model.weights],
        "bias": _rounded(model.bias),
        "thresholds": {kind.value: {f"{wanted:.2f}": round(least, 6) for wanted, least in given.items()}
                       for kind, given in model.thresholds.items()},
        "figures": {"rendered": _figures(fitted.rendered), "real_choose_half": _figures(fitted.real),
                    "pairs": dict(fitted.pairs)},
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def _known(pairs: Pairs, model: VerdictModel) -> Pairs:
    """Without pairs of a kind that the part that fits had none of."""
    return pairs.chosen(np.array([kind in model.kinds for kind in pairs.kinds], np.bool_))


def _claims(model: VerdictModel, pairs: Pairs, claim: VerdictKind) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    said = claimed(model, model.probabilities(pairs.rows), claim)
    return said, np.array([kind in CLAIMS[claim] for kind in pairs.kinds], np.bool_)


def _thresholds(model: VerdictModel, pairs: Pairs, claim: VerdictKind) -> dict[float, float]:
    return thresholds(*_claims(model, pairs, claim))


def _rounded(numbers: NDArray[np.float64]) -> list[float]:
    return [round(float(number), 8) for number in numbers]


def _figures(figures: tuple[ClaimFigures, ...]) -> dict[str, dict[str, float]]:
    return {
        each.claim.value: {"ece": round(each.error, 4), "precision_at_recall_.5": round(each.precision, 4),
                           "true": each.true, "pairs": each.pairs}
        for each in figures
    }  # fmt: skip
