"""Same product, other photo, on real photos: every photo of the half whose product has another one asks for it among
all photos of both halves but itself. All are put in order as the search engine does; by cosine alone stands beside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parure.evaluation.bootstrap import share
from parure.evaluation.figures import Baseline, Curve, Failure, Interval, Line, Section, Series
from parure.evaluation.house.bench import Bench, RealSights
from parure.evaluation.retrieval import SameProduct
from parure.evaluation.search_lists import gallery_crowding
from parure.evaluation.seeing import Sight
from parure.evaluation.thumbnails import SHEET, thumbnail_of_file
from parure.search.crowding import put_in_order

__all__ = ["measure", "recall_curve"]

ID, TITLE = "same-product", "Same product, other photo (real)"
AIMS = {1: 0.60, 5: 0.75, 10: None}
AIM_MRR = 0.66
CURVE = 20

Floats = NDArray[np.float64]


def measure(bench: Bench) -> Section:
    sights = bench.real_sights
    whole = SameProduct.from_products([photo.product for photo in sights.photos])
    own = np.isin(whole.queries, np.asarray(sights.asked))
    task = SameProduct(whole.product, whole.queries[own])
    if not task.queries.size:
        return Section(ID, TITLE, skipped="No product of this half has two photos.")
    everyone = (sights.model, *sights.baselines)
    ordered = {sight.version: _ranks(task, sight) for sight in everyone}
    plain = {f"{sight.version}, cosine": _ranks(task, sight, crowds=False) for sight in everyone}
    ranks, (first, *_) = ordered | plain, plain
    groups = task.product[task.queries]
    lines = [
        _line(f"R@{k}", {n: (r <= k).astype(float) for n, r in ranks.items()}, groups, aim) for k, aim in AIMS.items()
    ]
    lines.append(_line("MRR", {name: 1 / found for name, found in ranks.items()}, groups, AIM_MRR))
    note = f"{len(task.queries)} photos ask among {len(sights.photos)}; intervals draw whole products again."
    return Section(
        ID,
        TITLE,
        tuple(lines),
        notes=(note,),
        curves=(recall_curve({**ordered, first: plain[first]}),),
        failures=_failures(sights, task, ranks[sights.model.version]),
    )


def recall_curve(ranks: dict[str, Floats]) -> Curve:
    """Recall@k for k up to 20, a line for each method."""
    steps = range(1, CURVE + 1)
    series = [
        Series(name, tuple((float(k), float(np.mean(found <= k))) for k in steps)) for name, found in ranks.items()
    ]
    return Curve("Recall at k", "k", "recall", tuple(series), 0.0, float(CURVE))


def _ranks(task: SameProduct, sight: Sight, *, crowds: bool = True) -> Floats:
    cosines = sight.vectors[task.queries] @ sight.vectors.T
    return task.ranks(put_in_order(cosines, gallery_crowding(sight.vectors)) if crowds else cosines)


def _line(what: str, values: dict[str, Floats], groups: NDArray[np.intp], aim: float | None) -> Line:
    figures: list[tuple[str, Interval]] = [(name, share(found, groups)) for name, found in values.items()]
    (_, first), *rest = figures
    return Line(what, first, tuple(Baseline(name, figure) for name, figure in rest), aim)


def _failures(sights: RealSights, task: SameProduct, ranks: Floats) -> tuple[Failure, ...]:
    """The searches whose right answer came last."""
    return tuple(_failure(sights, task, int(place), ranks) for place in _worst(ranks))


def _worst(ranks: Floats) -> Sequence[int]:
    order = np.argsort(-ranks, kind="stable")[:SHEET]
    return [int(place) for place in order if ranks[place] > 1]


def _failure(sights: RealSights, task: SameProduct, place: int, ranks: Floats) -> Failure:
    query = int(task.queries[place])
    scores = sights.model.vectors @ sights.model.vectors[query]
    scores[query] = -np.inf
    right = np.flatnonzero((task.product == task.product[query]) & (np.arange(len(scores)) != query))
    best = int(right[scores[right].argmax()])
    first = int(scores.argmax())
    return Failure(
        (
            thumbnail_of_file(sights.photos[query].path, "asked"),
            thumbnail_of_file(sights.photos[first].path, f"came first, {scores[first]:.2f}"),
            thumbnail_of_file(sights.photos[best].path, f"right, place {ranks[place]:.0f}, {scores[best]:.2f}"),
        )
    )
