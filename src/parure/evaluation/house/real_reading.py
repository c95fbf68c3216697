"""What is read on real photos: the type among four, and the metal's colour, where the source says them.

A necklace is often sold with its pendant and a pendant on its chain, so told "pendant" counts as necklace; photos that
their source calls pendants are not asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from parure import images
from parure.evaluation.bootstrap import numbered, share, spread
from parure.evaluation.figures import Baseline, Failure, Interval, Line, Section
from parure.evaluation.house.bench import Bench, MadeSights, RealSights
from parure.evaluation.hue_rule import metal_colour_by_hue
from parure.evaluation.labels import class_recalls, confusion
from parure.evaluation.real_photos import FOUR_TYPES, RealPhoto
from parure.evaluation.seeing import Seen
from parure.evaluation.thumbnails import SHEET, thumbnail_of_file
from parure.render.families.table import wide_type
from parure.vision import Vectors
from parure.vision.analysis import Belief

__all__ = ["four_type", "measure_metal", "measure_type", "nearest_values", "three_colour"]

TYPE_ID, TYPE_TITLE = "real-type", "Type among four (real)"
METAL_ID, METAL_TITLE = "real-metal", "Metal colour (real)"
NO_READER = "{} reads no attributes."
AIM, AIM_RECALL = 0.85, 0.70
THREE_COLOURS = ("yellow", "white", "rose")
T = TypeVar("T")
_NEIGHBOURS = 5


def measure_type(bench: Bench) -> Section:
    if bench.analyser is None:
        return Section(TYPE_ID, TYPE_TITLE, skipped=NO_READER.format(bench.model.version))
    sights = bench.real_sights
    asked = sights.where(lambda photo: photo.type in FOUR_TYPES)
    if not asked:
        return Section(TYPE_ID, TYPE_TITLE, skipped="No photo of this half has one of the four types.")
    truth = [sights.photos[place].type for place in asked]
    told = [four_type(sights.model.seen[place]) for place in asked]
    baselines = [("most frequent", [Counter(truth).most_common(1)[0][0]] * len(truth))]
    if bench.renders is not None:
        baselines += _nearest_types(sights, bench.made_sights, asked)
    lines = _lines("accuracy", truth, told, baselines, _groups(sights, asked))
    for name in FOUR_TYPES:
        members = [place for place, kind in enumerate(truth) if kind == name]
        if members:
            rows = [(method, _at(values, members)) for method, values in baselines]
            mine = _groups(sights, _at(asked, members))
            lines += _lines(f"recall of {name}", _at(truth, members), _at(told, members), rows, mine, aim=AIM_RECALL)
    return Section(
        TYPE_ID,
        TYPE_TITLE,
        tuple(lines),
        notes=(f"{len(asked)} photos whose source names one of {', '.join(FOUR_TYPES)}.",),
        confusions=(confusion("Type", truth, told),),
        failures=_failures(sights, asked, truth, told),
    )


def measure_metal(bench: Bench) -> Section:
    sights = bench.real_sights
    asked = sights.where(lambda photo: bool(photo.metal_colour))
    if not asked:
        return Section(METAL_ID, METAL_TITLE, skipped="No photo of this half has a metal colour in its text.")
    truth = [sights.photos[place].metal_colour for place in asked]
    hue = [_hue(sights.photos[place], bench.side) for place in asked]
    baselines = [("hue rule", hue), ("most frequent", [Counter(truth).most_common(1)[0][0]] * len(truth))]
    groups = _groups(sights, asked)
    if bench.analyser is None:
        lines = tuple(Line(f"accuracy, {name}", None, (Baseline(name, _accuracy(truth, told, groups)),), AIM)
                      for name, told in baselines)  # fmt: skip
        return Section(METAL_ID, METAL_TITLE, lines, notes=(NO_READER.format(bench.model.version),))
    told = [three_colour(sights.model.seen[place]) for place in asked]
    outright = [_grey_is_white(sights.model.seen[place].value("metal_colour")) for place in asked]
    others = [
        Line(f"mean recall of {len(set(truth))} colours", _mean_recall(truth, told, groups),
             tuple(Baseline(name, _mean_recall(truth, values, groups)) for name, values in baselines)),
        Line("accuracy, all colours that it knows", _accuracy(truth, outright, groups)),
    ]  # fmt: skip
    return Section(
        METAL_ID,
        METAL_TITLE,
        (*_lines("accuracy", truth, told, baselines, groups), *others),
        notes=(
            f"{len(asked)} photos whose text says exactly one of yellow, white or rose.",
            (
                "The likeliest of the three is asked for, as the hue rule knows no others. Among all colours that the "
                "reader knows, two-tone, brown or black and what it cannot tell are misses."
            ),
        ),
        confusions=(confusion("Metal colour", truth, told), confusion("Metal colour by the hue rule", truth, hue)),
        failures=_failures(sights, asked, truth, told),
    )


def four_type(seen: Seen) -> str:
    """The likeliest of the four types, from all values the reader told; "" where it told none of them."""

    def four(value: str) -> str:
        name = wide_type(value)
        return "necklace" if name == "pendant" else name

    return _likeliest(seen, "type", FOUR_TYPES, four)


def three_colour(seen: Seen) -> str:
    """The likeliest of yellow, white (grey with it) and rose, from all values told; "" where it told none of them."""
    return _likeliest(seen, "metal_colour", THREE_COLOURS, _grey_is_white)


def nearest_values(
    rows: Vectors, gallery: Vectors, values: Sequence[str], *, neighbours: int = _NEIGHBOURS
) -> list[str]:
    """The value that most of the nearest gallery rows have, ties to the nearer one. (q, d) and (n, d) unit rows."""
    scores = rows @ gallery.T
    nearest = np.argsort(-scores, axis=1, kind="stable")[:, :neighbours]
    return [Counter(values[place] for place in line).most_common(1)[0][0] for line in nearest]


def _told(belief: Belief | None) -> list[tuple[str, float]]:
    pairs = [(belief.value, belief.probability), *belief.others] if belief else []
    return [(value, probability) for value, probability in pairs if value]


def _likeliest(seen: Seen, attribute: str, names: Sequence[str], name_of: Callable[[str], str]) -> str:
    belief = next((each for each in seen.beliefs if each.attribute == attribute), None)
    shares: dict[str, float] = defaultdict(float)
    for value, probability in _told(belief):
        shares[name_of(value)] += probability
    return max(names, key=lambda name: shares[name]) if any(shares[name] for name in names) else ""


def _grey_is_white(colour: str) -> str:
    return "white" if colour == "grey" else colour


def _hue(photo: RealPhoto, side: int) -> str:
    return metal_colour_by_hue(images.decode(photo.path.read_bytes(), shrink_to=side).pixels)


def _nearest_types(sights: RealSights, made: MadeSights, asked: Sequence[int]) -> list[tuple[str, list[str]]]:
    """Each baseline encoder with the types of the renders that are nearest to a photo."""
    wide = [wide_type(record.attributes["type"]) for record in made.designs.records]
    types = ["necklace" if kind == "pendant" else kind for kind in wide] * 2  # two photographs of each
    kept = [place for place, kind in enumerate(types) if kind in FOUR_TYPES]
    if not kept:
        return []
    names = [types[place] for place in kept]
    return [
        (f"{sight.version}, nearest renders", nearest_values(sight.vectors[list(asked)], held.vectors[kept], names))
        for sight, held in zip(sights.baselines, made.baselines, strict=True)
    ]


def _at(values: Sequence[T], places: Sequence[int]) -> list[T]:
    return [values[place] for place in places]


def _lines(
    what: str,
    truth: Sequence[str],
    told: Sequence[str],
    baselines: Sequence[tuple[str, Sequence[str]]],
    groups: Sequence[int],
    aim: float = AIM,
) -> list[Line]:
    rows = tuple(Baseline(name, _accuracy(truth, values, groups)) for name, values in baselines)
    return [Line(what, _accuracy(truth, told, groups), rows, aim)]


def _accuracy(truth: Sequence[str], told: Sequence[str], groups: Sequence[int]) -> Interval:
    return share([a == b for a, b in zip(truth, told, strict=True)], groups)


def _mean_recall(truth: Sequence[str], told: Sequence[str], groups: Sequence[int]) -> Interval:
    true, said = np.asarray(truth), np.asarray(told)
    return spread(lambda rows: float(np.mean(list(class_recalls(true[rows], said[rows]).values()))), groups)


def _groups(sights: RealSights, places: Sequence[int]) -> list[int]:
    return [int(n) for n in numbered([sights.photos[place].product for place in places])]


def _failures(
    sights: RealSights, asked: Sequence[int], truth: Sequence[str], told: Sequence[str]
) -> tuple[Failure, ...]:
    """Some of each confusion, the most frequent confusions first."""
    wrong = [place for place in range(len(asked)) if truth[place] != told[place]]
    kinds = Counter((truth[place], told[place]) for place in wrong)
    wrong.sort(key=lambda place: -kinds[truth[place], told[place]])
    step = max(1, len(wrong) // SHEET)
    return tuple(
        Failure((thumbnail_of_file(sights.photos[asked[place]].path,
                                   f"told {told[place] or 'nothing'}, is {truth[place]}"),))
        for place in wrong[::step][:SHEET]
    )  # fmt: skip
