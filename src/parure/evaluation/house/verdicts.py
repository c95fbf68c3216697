"""The "same piece" verdict on real photos: how many of its claims are right when it answers half of the searches.

A search is answered where its first result is claimed to be the same piece. Photos of unknown products are in the
gallery too, so a claim may be right and count as wrong; it never is the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parure.evaluation.bootstrap import spread
from parure.evaluation.figures import Baseline, Curve, Failure, Interval, Line, Section, Series
from parure.evaluation.house.bench import Bench, RealSights
from parure.evaluation.probability import calibration_error, precision_at_recall, precision_recall, reliability
from parure.evaluation.retrieval import SameProduct
from parure.evaluation.search_lists import Listed, gallery_crowding, list_results
from parure.evaluation.seeing import Sight
from parure.evaluation.thumbnails import SHEET, thumbnail_of_file
from parure.search.verdict import VerdictKind, VerdictModel, features

__all__ = ["first_results", "measure", "same_piece"]

ID, TITLE = "verdict", 'The verdict "same piece" (real)'
AIM, RECALL = 0.95, 0.5

Floats = NDArray[np.float64]


def measure(bench: Bench) -> Section:
    if bench.verdicts is None:
        return Section(ID, TITLE, skipped=f"There is no verdict model fitted for {bench.model.version}.")
    sights = bench.real_sights
    task, listed = first_results(sights, sights.model)
    if not listed:
        return Section(ID, TITLE, skipped="No product of this half has two photos.")
    said = same_piece(bench.verdicts, listed)
    right = _right(task, listed)
    groups = task.product[[each.query for each in listed]]
    ways = {"verdict": (said, right), "similarity alone": (_similarity(listed), right)}
    for sight in sights.baselines:
        _, own = first_results(sights, sight)
        ways[f"{sight.version}, similarity"] = (_similarity(own), _right(task, own))
    (_, first), *rest = [(name, _precision(*found, groups)) for name, found in ways.items()]
    lines = (
        Line(f"precision at recall {RECALL}", first, tuple(Baseline(*each) for each in rest), AIM),
        Line("ECE of the probability", spread(lambda rows: calibration_error(said[rows], right[rows]), groups),
             at_most=True),
        *_claimed(bench.verdicts, listed, right),
    )  # fmt: skip
    return Section(
        ID,
        TITLE,
        lines,
        notes=(f"{len(listed)} searches; the first result of each is judged.",),
        curves=(_precision_curve(ways), _reliability(said, right)),
        failures=_failures(sights, listed, said, right),
    )


def first_results(sights: RealSights, sight: Sight) -> tuple[SameProduct, list[Listed]]:
    """The first result of each asking photo of the half, among all photos but itself."""
    whole = SameProduct.from_products([photo.product for photo in sights.photos])
    found, crowded = [], gallery_crowding(sight.vectors)
    for query in np.intersect1d(whole.queries, np.asarray(sights.asked)):
        scores = np.asarray(sight.vectors @ sight.vectors[query], np.float64)
        scores[query] = -np.inf
        found += list_results(
            int(query), scores, whole.product, most=1,
            traits=(sight.traits[query], sight.traits), crowded=(float(crowded[query]), crowded),
        )  # fmt: skip
    return whole, found


def same_piece(model: VerdictModel, listed: Sequence[Listed]) -> Floats:
    """(n,) probability that a result shows the same piece, be it the same picture or another."""
    rows = model.probabilities(np.stack([features(each.evidence) for each in listed]))
    kinds = [place for place, kind in enumerate(model.kinds) if kind in (VerdictKind.IDENTICAL, VerdictKind.SAME_PIECE)]
    return np.asarray(rows[:, kinds].sum(axis=1), np.float64)


def _similarity(listed: Sequence[Listed]) -> Floats:
    return np.array([each.evidence.similarity for each in listed])


def _right(task: SameProduct, listed: Sequence[Listed]) -> NDArray[np.bool_]:
    return np.array([task.product[each.query] == task.product[each.photo] for each in listed])


def _precision(said: Floats, right: NDArray[np.bool_], groups: NDArray[np.intp]) -> Interval:
    return spread(lambda rows: precision_at_recall(said[rows], right[rows], len(rows), RECALL), groups)


def _claimed(model: VerdictModel, listed: Sequence[Listed], right: NDArray[np.bool_]) -> list[Line]:
    """At each wanted precision, what the claims that a person would see were worth."""
    lines = []
    for wanted in sorted(model.thresholds.get(VerdictKind.SAME_PIECE, {})):
        verdicts = model.judge([each.evidence for each in listed], precision=wanted)
        claims = np.array([one.kind in (VerdictKind.SAME_PIECE, VerdictKind.IDENTICAL) for one in verdicts])
        told = np.flatnonzero(claims)
        precision = spread(lambda rows, told=told: float(right[told[rows]].mean()), np.arange(len(told)))  # type: ignore[misc]
        lines.append(Line(f"precision where {wanted:.2f} is wanted, {len(told)} claims", precision, aim=wanted))
    return lines


def _precision_curve(ways: dict[str, tuple[Floats, NDArray[np.bool_]]]) -> Curve:
    series = []
    for name, (said, right) in ways.items():
        recalls, precisions = precision_recall(said, right, len(right))
        series.append(Series(name, tuple(zip(map(float, recalls), map(float, precisions), strict=True))))
    return Curve("Precision of the claim", "share of searches answered rightly", "precision", tuple(series))


def _reliability(said: Floats, right: NDArray[np.bool_]) -> Curve:
    points = tuple((each.said, each.held) for each in reliability(said, right))
    return Curve("Reliability of the verdict", "probability told", "share that is right",
                 (Series("verdict", points),), diagonal=True)  # fmt: skip


def _failures(
    sights: RealSights, listed: Sequence[Listed], said: Floats, right: NDArray[np.bool_]
) -> tuple[Failure, ...]:
    """The wrong claims that were the most certain."""
    wrong = [int(place) for place in np.argsort(-said, kind="stable") if not right[place]][:SHEET]
    return tuple(
        Failure((
            thumbnail_of_file(sights.photos[listed[place].query].path, "asked"),
            thumbnail_of_file(sights.photos[listed[place].photo].path, f"not the same, told {said[place]:.2f}"),
        ))
        for place in wrong
    )  # fmt: skip
