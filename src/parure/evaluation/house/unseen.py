"""Designs that no training saw: each design's second photograph asks for its first among those of all designs, and is
read.

Attributes count where the photograph is enough to tell them; a value that the model cannot say is a miss. Classes with
fewer than five photographs are left out of a macro mean, where one photograph would move it by as much as a class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parure.evaluation.bootstrap import numbered, share, spread
from parure.evaluation.figures import Baseline, Confusion, Failure, Interval, Line, Section
from parure.evaluation.house.bench import Bench, MadeSights
from parure.evaluation.house.same_product import recall_curve
from parure.evaluation.hue_rule import metal_colour_by_hue
from parure.evaluation.labels import confusion, macro_f1, mean_iou
from parure.evaluation.metrics import best_ranks
from parure.evaluation.search_lists import gallery_crowding
from parure.evaluation.seeing import Sight
from parure.evaluation.thumbnails import SHEET, thumbnail_of
from parure.search.crowding import put_in_order

__all__ = ["measure", "same_design_ranks"]

ID, TITLE = "unseen-designs", "Unseen rendered designs"
AIM_R1, AIM_PARTS = 0.80, 0.80
AIMS = {"metal_colour": 0.95, "main_stone": 0.90, "main_stone_cut": 0.85, "setting": 0.85}
LEAST = 5  # photographs of a class that counts

Floats = NDArray[np.float64]


def measure(bench: Bench) -> Section:
    made = bench.made_sights
    ranks = {sight.version: same_design_ranks(sight, made.count) for sight in (made.model, *made.baselines)}
    groups = numbered(made.designs.families())
    lines = [_recall(k, ranks, groups, AIM_R1 if k == 1 else None) for k in (1, 5, 10)]
    notes = [f"{made.count} designs, two photographs each on set-ups of their own; one of each asks, one answers."]
    tables = []
    if made.model.seen:
        for attribute, aim in AIMS.items():
            found = _attribute(made, attribute, aim)
            if found:
                lines.append(found[0])
                tables.append(found[1])
        lines.append(_parts(made))
    else:
        notes.append(f"{made.model.version} reads no attributes and no parts.")
    return Section(
        ID,
        TITLE,
        tuple(lines),
        notes=tuple(notes),
        curves=(recall_curve(ranks),),
        confusions=tuple(tables),
        failures=_failures(made, ranks[made.model.version]),
    )


def same_design_ranks(sight: Sight, count: int) -> Floats:
    """(count,) ranks of the right design from `count` first photographs followed by `count` second ones."""
    gallery = sight.vectors[:count]
    scores = put_in_order(sight.vectors[count:] @ gallery.T, gallery_crowding(gallery))
    same = np.eye(count, dtype=np.bool_)
    return best_ranks(scores, same, np.zeros_like(same))


def _recall(k: int, ranks: dict[str, Floats], groups: NDArray[np.intp], aim: float | None) -> Line:
    (_, own), *rest = [(name, share(found <= k, groups)) for name, found in ranks.items()]
    return Line(f"R@{k}", own, tuple(Baseline(name, figure) for name, figure in rest), aim)


def _attribute(made: MadeSights, attribute: str, aim: float) -> tuple[Line, Confusion] | None:
    """Macro-F1 over all photographs that can tell the attribute; baselines copy from the nearest other design."""
    truths = [truth.get(attribute, "") for truth in made.truth]
    counts = Counter(truths)
    asked = [place for place, value in enumerate(truths) if value and counts[value] >= LEAST]
    if not asked:
        return None
    truth = [truths[place] for place in asked]
    told = [made.model.seen[place].value(attribute) for place in asked]
    groups = numbered([*made.designs.families()] * 2)[asked]
    copied = {sight.version: _copied(sight, made.count, truths, asked) for sight in made.baselines}
    baselines = [Baseline(f"{name}, nearest design", _f1(truth, values, groups)) for name, values in copied.items()]
    if attribute == "metal_colour":
        by_hue = [metal_colour_by_hue(made.designs.photo(*_place(p, made.count)).scene.pixels) for p in asked]
        baselines.append(Baseline("hue rule", _f1(truth, by_hue, groups)))
    line = Line(f"{attribute}, macro-F1 of {len(set(truth))}", _f1(truth, told, groups), tuple(baselines), aim)
    return line, confusion(f"{attribute} (unseen designs)", truth, told)


def _copied(sight: Sight, count: int, truths: Sequence[str], asked: Sequence[int]) -> list[str]:
    """For each asking photograph the value of the nearest one of another design that has any."""
    known = [place for place, value in enumerate(truths) if value]
    scores = sight.vectors[list(asked)] @ sight.vectors[known].T
    own = (np.asarray(asked) % count)[:, None] == (np.asarray(known) % count)[None, :]
    scores = np.where(own, -np.inf, scores)
    return [truths[known[int(best)]] for best in scores.argmax(axis=1)]


def _f1(truth: Sequence[str], told: Sequence[str], groups: NDArray[np.intp]) -> Interval:
    true, said = np.asarray(truth), np.asarray(told)
    return spread(lambda rows: macro_f1(true[rows], said[rows]), groups)


def _parts(made: MadeSights) -> Line:
    both = np.stack([each.both for each in made.parts])
    either = np.stack([each.either for each in made.parts])
    groups = numbered([*made.designs.families()] * 2)
    figure = spread(lambda rows: mean_iou(both[rows], either[rows]), groups)
    return Line("parts, mIoU", figure, aim=AIM_PARTS)


def _place(position: int, count: int) -> tuple[int, int]:
    """Design and picture of a photograph's position."""
    return position % count, position // count


def _failures(made: MadeSights, ranks: Floats) -> tuple[Failure, ...]:
    worst = [int(place) for place in np.argsort(-ranks, kind="stable")[:SHEET] if ranks[place] > 1]
    return tuple(_failure(made, design, ranks[design]) for design in worst)


def _failure(made: MadeSights, design: int, rank: float) -> Failure:
    scores = made.model.vectors[: made.count] @ made.model.vectors[made.count + design]
    first = int(scores.argmax())
    shown = ((design, 1, "asked"), (first, 0, f"came first, {scores[first]:.2f}"),
             (design, 0, f"right, place {rank:.0f}, {scores[design]:.2f}"))  # fmt: skip
    return Failure(
        tuple(thumbnail_of(made.designs.photo(number, picture).scene.pixels, told) for number, picture, told in shown)
    )
