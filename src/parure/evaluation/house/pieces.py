"""Finding the pieces: average precision at an overlap of .5, on composed scenes of unseen designs and on real hands.

The detector is asked for its unsure boxes too, as the figure wants; in the product it tells those above its threshold.
Types are the reader's, as in the product, of the surest boxes of a photo; the others keep the detector's. As of any
detector in two steps, a box counts for each type it may be, scored by the chance that it holds a piece times that of
the type: the surest type alone would hide what the analysis tells beside it.
On hands, and beside a localiser that knows no types, every piece is of one class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parure import images
from parure.evaluation.bootstrap import spread
from parure.evaluation.detection import Boxes, Truth, average_precision, hits
from parure.evaluation.figures import Baseline, Curve, Interval, Line, Section, Series
from parure.evaluation.house.bench import Bench, Stage
from parure.evaluation.localiser import Localiser
from parure.evaluation.made_photos import HeldOut
from parure.evaluation.probability import precision_recall
from parure.evaluation.real_photos import in_half, read_real_photos
from parure.regions import Box, xyxy
from parure.vision import Pixels
from parure.vision.analysis import Analyser, Detection
from parure.vision.detector import Detector
from parure.vision.house_model import HouseAnalyser

__all__ = ["finder_of", "measure", "naming_of"]

ID, TITLE = "pieces", "Finding the pieces"
AIM_SCENES, ABOVE = 0.85, 0.10
SCENES = 300
LEAST = 5  # pieces of a type that counts in the mean
_UNSURE, _MANY = 0.005, 100  # least score and most boxes of a photo in these figures
_READ = 12  # boxes of a photo whose types are read

Floats = NDArray[np.float64]
Find = Callable[[Pixels], tuple[Detection, ...]]
Name = Callable[[Pixels, Sequence[Detection]], Sequence[Detection]]


@dataclass(frozen=True, eq=False)
class _Photo:
    pixels: Pixels
    boxes: tuple[Box, ...]
    types: tuple[str, ...]  # "" where only boxes are known


@dataclass(frozen=True, eq=False)
class _Found:
    """Of one photo: scores (n,), whether each box is right (n,), its type (n,), and the types there were (m,)."""

    scores: Floats
    right: NDArray[np.bool_]
    told: NDArray[np.str_]
    true: NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class _Results:
    """Of a set of photos: by type, by any type, and what the localiser found."""

    typed: tuple[_Found, ...]
    any_type: tuple[_Found, ...]
    localiser: tuple[_Found, ...]


def measure(bench: Bench) -> Section:
    if bench.analyser is None:
        return Section(ID, TITLE, skipped=f"{bench.model.version} finds no pieces.")
    find = finder_of(bench.analyser)
    localiser = Localiser(bench.localiser) if bench.localiser else None
    lines: list[Line] = []
    curves: list[Curve] = []
    notes = [] if localiser else ["No localiser was given (--localiser): the detector stands without its baseline."]
    if bench.renders is not None:
        scenes = HeldOut.read(bench.renders, bench.designs)
        found = _look(_scenes(scenes), SCENES, find, localiser, bench.stage, name=naming_of(bench.analyser))
        lines += [_mean_line(found.typed), *_agnostic("AP@50 of any type, composed scenes", found, above=None)]
        curves.append(_curve("Composed scenes, any type", found))
        notes.append(f"{SCENES} composed scenes of one to five pieces.")
    hands = _hands(bench)
    if hands:
        found = _look(_read(hands, bench.side), len(hands), find, localiser, bench.stage)
        lines += _agnostic("AP@50, real hands", found, above=ABOVE)
        curves.append(_curve("Real hands", found))
        notes.append(f"{len(hands)} real photos of hands; the aim is .10 above the localiser.")
    if not lines:
        return Section(ID, TITLE, skipped="No renders were given, and no real photo of this half has boxes.")
    return Section(ID, TITLE, tuple(lines), notes=tuple(notes), curves=tuple(curves))


def finder_of(analyser: Analyser) -> Find:
    """The analyser's detector with its threshold taken away; of analysers of another make, what they tell."""
    if isinstance(analyser, HouseAnalyser):
        card = replace(analyser.manifest.detector, threshold=_UNSURE, most=_MANY)
        return Detector(card, analyser.manifest.path).detect
    return lambda pixels: tuple(
        piece.detection for piece in analyser.analyse_images([pixels])[0].pieces if piece.detection.score > 0
    )


def naming_of(analyser: Analyser) -> Name:
    """Gives a photo and what was found on it back as a detection for each type that a piece may be, its score times the
    chance of the type."""
    if not isinstance(analyser, HouseAnalyser):
        return lambda pixels, found: found

    def named(pixels: Pixels, found: Sequence[Detection]) -> tuple[Detection, ...]:
        read = [
            replace(piece.detection, type=name, score=piece.detection.score * chance)
            for piece in analyser.read_found(pixels, found[:_READ])
            for name, chance in analyser.types_of(piece.reading).items()
        ]
        return (*read, *found[_READ:])

    return named


def _scenes(designs: HeldOut) -> Iterator[_Photo]:
    for number in range(SCENES):
        scene, types = designs.scene(number)
        boxes = tuple(piece.box for piece in scene.pieces)
        yield _Photo(scene.pixels, boxes, tuple(types[piece.source] for piece in scene.pieces))


def _hands(bench: Bench) -> list[tuple[bytes, tuple[Box, ...]]]:
    if bench.real is None:
        return []
    photos = [photo for photo in read_real_photos(bench.real) if photo.boxes and in_half(photo, bench.half)]
    return [(photo.path.read_bytes(), photo.boxes) for photo in photos if photo.path.exists()]


def _read(hands: Sequence[tuple[bytes, tuple[Box, ...]]], side: int) -> Iterator[_Photo]:
    for data, boxes in hands:
        yield _Photo(images.decode(data, shrink_to=side).pixels, boxes, ("",) * len(boxes))


def _look(
    photos: Iterator[_Photo],
    total: int,
    find: Find,
    localiser: Localiser | None,
    stage: Stage,
    *,
    name: Name = lambda pixels, found: found,
) -> _Results:
    typed, any_type, baseline = [], [], []
    with stage("Finding pieces") as progress:
        for number, photo in enumerate(photos, 1):
            found = find(photo.pixels)
            typed.append(_judged(name(photo.pixels, found), photo))
            any_type.append(_judged(_untold(found), _untyped(photo)))
            if localiser:
                boxes, sure = localiser.find(photo.pixels)
                baseline.append(_compared(boxes, sure, np.full(len(sure), ""), _untyped(photo)))
            progress(number, total)
    return _Results(tuple(typed), tuple(any_type), tuple(baseline))


def _judged(found: Sequence[Detection], photo: _Photo) -> _Found:
    scores = np.array([each.score for each in found], np.float64)
    return _compared(
        _corners([each.box for each in found]), scores, np.array([each.type for each in found], np.str_), photo
    )


def _compared(corners: Floats, scores: Floats, told: NDArray[np.str_], photo: _Photo) -> _Found:
    names = {name: number for number, name in enumerate(sorted({*told, *photo.types}))}
    boxes = Boxes(corners, scores, np.array([names[name] for name in told], np.intp))
    truth = Truth(_corners(photo.boxes), np.array([names[name] for name in photo.types], np.intp))
    return _Found(scores, hits(boxes, truth), told, np.array(photo.types, np.str_))


def _untold(found: Sequence[Detection]) -> list[Detection]:
    return [replace(each, type="") for each in found]


def _untyped(photo: _Photo) -> _Photo:
    return replace(photo, types=("",) * len(photo.boxes))


def _corners(boxes: Sequence[Box]) -> Floats:
    return xyxy([[box.x, box.y, box.w, box.h] for box in boxes])


def _precision(found: Sequence[_Found], types: Sequence[str]) -> float:
    """Mean of the average precisions of the types of which there is a piece."""
    scores, right, told, true = (np.concatenate([getattr(each, name) for each in found])
                                 for name in ("scores", "right", "told", "true"))  # fmt: skip
    counts = {name: int((true == name).sum()) for name in types}
    each = [average_precision(scores[told == n], right[told == n], count) for n, count in counts.items() if count]
    return float(np.mean(each)) if each else float("nan")


def _figure(found: Sequence[_Found], types: Sequence[str]) -> Interval:
    figure = spread(lambda rows: _precision([found[row] for row in rows], types), np.arange(len(found)))
    return replace(figure, count=sum(len(each.true) for each in found))


def _mean_line(found: Sequence[_Found]) -> Line:
    names, counts = np.unique(np.concatenate([each.true for each in found]), return_counts=True)
    types = [str(name) for name, count in zip(names, counts, strict=True) if count >= LEAST]
    return Line(f"mAP@50 of {len(types)} types, composed scenes", _figure(found, types), aim=AIM_SCENES)


def _agnostic(what: str, found: _Results, *, above: float | None) -> list[Line]:
    if not found.localiser:
        return [Line(what, _figure(found.any_type, [""]))]
    baseline = _figure(found.localiser, [""])
    aim = None if above is None else baseline.value + above
    return [Line(what, _figure(found.any_type, [""]), (Baseline("localiser", baseline),), aim)]


def _curve(title: str, found: _Results) -> Curve:
    sets = {"detector": found.any_type, "localiser": found.localiser}
    return Curve(f"{title}: precision of boxes", "recall", "precision",
                 tuple(_series(name, made) for name, made in sets.items() if made))  # fmt: skip


def _series(name: str, found: Sequence[_Found]) -> Series:
    scores, right = (np.concatenate([getattr(each, part) for each in found]) for part in ("scores", "right"))
    recalls, precisions = precision_recall(scores, right, sum(len(each.true) for each in found))
    step = max(1, len(recalls) // 200)  # points: more than a screen can show
    return Series(name, tuple(zip(map(float, recalls[::step]), map(float, precisions[::step]), strict=True)))
