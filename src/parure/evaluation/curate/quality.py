"""How well faults are found: each measure against faults of known strength, and backgrounds against people's labels.

Limits are those shipped, fitted on other designs; the false alarms printed beside each measure are what they cost here.
Real photos are only measured: what a limit says of them has no truth beside it, but for the background.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from zlib import crc32

import numpy as np
from PIL import Image

from parure.curate.quality import faults_of
from parure.curate.quality_limits import FAULT_WORDS, load_limits
from parure.curate.values import Measures
from parure.errors import IntakeError, NotFound
from parure.evaluation.bootstrap import share
from parure.evaluation.curate.quality_faults import FAULTS, Fault
from parure.evaluation.curate.quality_photos import CleanPhoto, drawn_photos, shop_photos
from parure.evaluation.figures import Confusion, Line, Section
from parure.images import Header, Picture, Pixels, decode
from parure.images.quality import BACKGROUNDS, Measured, measure

__all__ = [
    "ENOUGH", "ID", "TITLE", "counts_for", "file_width", "measured_of", "quality_report", "read_background_labels",
]  # fmt: skip

ID, TITLE = "quality", "Faults of photos, at one false alarm in a hundred"
_SIDE = 384
_PIECE_SIDES = (100, 200, 250)  # px of the piece's longer side in a file that is too small
_NOT_OF_PIXELS = {"resolution", "jewellery", "type_agrees"}  # of the file, of a model
ENOUGH = 400  # px of it in one that is not


@dataclass(frozen=True, eq=False)
class _Photo:
    photo: CleanPhoto
    measured: Measured


def quality_report(
    renders: Path | None,
    real: Path | None = None,
    *,
    labels: Path | None = None,
    photos: int = 300,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Section, ...]:
    """`renders` is a data set of drawn designs, without it the sample shop alone is used; `real` a folder of photos;
    `labels` tells the backgrounds of some of them. `progress` gets faults done and their number."""
    clean = list(shop_photos(report=True)) if renders is None else list(drawn_photos(renders, photos, report=True))
    if renders is not None:
        clean += list(shop_photos(report=True))
    measured = [_Photo(photo, measured_of(photo.pixels)) for photo in clean]
    return (_faults(measured, progress or _quiet), _backgrounds(measured, real, labels), _real(real, labels))


def _quiet(done: int, count: int) -> None:
    pass


def measured_of(pixels: Pixels, *, width: int = 0) -> Measured:
    """`width` is what the file is said to have; by default what it has."""
    height = round(pixels.shape[0] * width / pixels.shape[1]) if width else pixels.shape[0]
    return measure(Picture(pixels, Header("jpeg", width or pixels.shape[1], height)))


def counts_for(photo: CleanPhoto, name: str) -> bool:
    """Whether a faultless photo tells of a measure's false alarms: a coloured ground is no fault, but has a tint."""
    if name == "cast":
        return photo.background == "white"
    if name == "sharpness":
        return photo.sharp
    return photo.whole and photo.background in {"white", "plain"} if name == "cut" else True


def _faults(measured: Sequence[_Photo], progress: Callable[[int, int], None]) -> Section:
    lines: list[Line] = []
    for done, fault in enumerate(FAULTS, 1):
        lines += [_line(fault, strength, measured) for strength in fault.strengths]
        progress(done, len(FAULTS))
    lines += _resolution_lines(measured)
    lines += [_alarm_line(name, measured) for name in FAULT_WORDS if name not in _NOT_OF_PIXELS]
    notes = (f"{_milliseconds(measured):.1f} ms for all measures of a picture of {_SIDE} px, on this machine now.",)
    return Section(ID, TITLE, lines=tuple(lines), notes=notes)


def _line(fault: Fault, strength: float, measured: Sequence[_Photo]) -> Line:
    random = np.random.default_rng((crc32(fault.name.encode()), fault.strengths.index(strength)))
    limits = load_limits()
    made = (fault.make(each.photo, strength, random) for each in measured)
    found = [
        limits.is_fault(fault.measure, measured_of(pixels).scores[fault.measure])
        for pixels in made
        if pixels is not None
    ]
    return Line(f"{fault.name}, {strength:g} {fault.unit}", share(found))


def _resolution_lines(measured: Sequence[_Photo]) -> Iterator[Line]:
    """The same pictures, from files of such a size that the piece has so many pixels."""
    limits = load_limits()
    known = [each.photo for each in measured if each.photo.whole and each.photo.background in {"white", "plain"}]
    for side in (*_PIECE_SIDES, ENOUGH):
        figures = [measured_of(photo.pixels, width=file_width(photo, side)).scores["resolution"] for photo in known]
        found = [limits.is_fault("resolution", figure) for figure in figures]
        yield Line(f"small, piece of {side} px" + (" (a false alarm)" if side == ENOUGH else ""), share(found))


def file_width(photo: CleanPhoto, side: int) -> int:
    assert photo.piece is not None
    shown = float(max(np.ptp(np.flatnonzero(photo.piece.any(axis))) + 1 for axis in (0, 1)))
    width: int = photo.pixels.shape[1]
    return max(1, round(side / shown * width))


def _alarm_line(name: str, measured: Sequence[_Photo]) -> Line:
    limits = load_limits()
    blamed = [limits.is_fault(name, each.measured.scores[name]) for each in measured if counts_for(each.photo, name)]
    return Line(f"false alarms of {name}", share(blamed), at_most=True)


def _milliseconds(measured: Sequence[_Photo]) -> float:
    pixels = np.asarray(Image.fromarray(measured[0].photo.pixels).resize((_SIDE, _SIDE), Image.Resampling.BICUBIC))
    spent = []
    for _ in range(15):
        began = perf_counter()
        measured_of(pixels)
        spent.append(perf_counter() - began)
    return min(spent) * 1000


def _backgrounds(measured: Sequence[_Photo], real: Path | None, labels: Path | None) -> Section:
    told = [(each.photo.background, each.measured.background) for each in measured if each.photo.background]
    lines = [_right("drawn photos", told)]
    confusions = [_confusion("Backgrounds of drawn photos", told)]
    if real and labels:
        pairs = read_background_labels(labels).items()
        seen = [(label, measured_of(_read(real, name)).background) for name, label in pairs]
        lines.append(_right("real photos labelled by eye", seen))
        confusions.append(_confusion("Backgrounds of real photos", seen))
    return Section(f"{ID}_background", "Background", lines=tuple(lines), confusions=tuple(confusions))


def _right(what: str, told: Sequence[tuple[str, str]]) -> Line:
    return Line(f"background right, {what}", share([label == answer for label, answer in told]))


def _confusion(title: str, told: Sequence[tuple[str, str]]) -> Confusion:
    counts = tuple(
        tuple(sum(1 for pair in told if pair == (label, answer)) for answer in BACKGROUNDS) for label in BACKGROUNDS
    )
    return Confusion(title, BACKGROUNDS, BACKGROUNDS, counts)


def _real(real: Path | None, labels: Path | None) -> Section:
    """What the limits say of real photos: no truth beside it, but a limit that blames many is wrong for shops."""
    title = "Real photos that each limit blames"
    if not (real and labels):
        return Section(f"{ID}_real", title, skipped="No folder of real photos with labels was given.")
    found = [_blamed(measured_of(_read(real, name))) for name in read_background_labels(labels)]
    words = [FAULT_WORDS[name] for name in FAULT_WORDS if name not in _NOT_OF_PIXELS]
    lines = tuple(Line(word, share([word in codes for codes in found]), at_most=True) for word in words)
    return Section(f"{ID}_real", title, lines=lines)


def _blamed(seen: Measured) -> set[str]:
    return {each.code for each in faults_of(Measures(_SIDE, _SIDE, seen.scores, seen.background, seen.piece))}


def read_background_labels(path: Path) -> dict[str, str]:
    """File name to label; lines that begin with # are comments. Raises `IntakeError` naming the line."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or line == "file\tbackground":
            continue
        name, _, label = line.partition("\t")
        if label not in BACKGROUNDS or not name:
            raise IntakeError(
                f"{path.name}, line {number}: expected a file, a tab and one of {', '.join(BACKGROUNDS)}."
            )
        found[name] = label
    return found


def _read(real: Path, name: str) -> Pixels:
    path = real / "images" / name if (real / "images").is_dir() else real / name
    if not path.exists():
        raise NotFound(f"{path} is labelled but not there.")
    return decode(path.read_bytes(), shrink_to=_SIDE, quick=True).pixels  # as a scan does
