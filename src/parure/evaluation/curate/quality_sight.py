"""How well what needs a model is told: pictures without jewellery, pieces of another type than the sheet's.

Limits are those shipped, fitted on other designs. Pictures without jewellery are drawn (`quality_strangers`); a folder
of real ones can be given, as drawn ones are easier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from parure.curate.quality_limits import FAULT_WORDS, load_limits
from parure.curate.quality_seen import Sight
from parure.evaluation.bootstrap import share
from parure.evaluation.curate.quality import counts_for, read_background_labels
from parure.evaluation.curate.quality_fit_seen import sight_with, stands_free
from parure.evaluation.curate.quality_photos import CleanPhoto, drawn_photos, shop_photos
from parure.evaluation.curate.quality_strangers import strangers
from parure.evaluation.figures import Line, Section
from parure.images import Pixels, decode
from parure.vision.analysis import Analyser

__all__ = ["ID", "TITLE", "sight_report"]

ID, TITLE = "sight", "What the analyser sees, at one false alarm in a hundred"
_STRANGERS = 240
_SIDE = 832  # px, as `parure curate see` reads them


def sight_report(
    analyser: Analyser, renders: Path | None, real: Path | None = None, *, labels: Path | None = None, photos: int = 300
) -> Section:
    """`real` holds photos of jewellery, named by `labels`; in a folder `strangers` beside them pictures of none."""
    clean = list(shop_photos(report=True))
    if renders is not None:
        clean += list(drawn_photos(renders, photos, report=True))
    lines = [*_strangers(analyser), *_alarms(analyser, clean)]
    if real is not None and labels is not None:
        lines += _real(analyser, real, list(read_background_labels(labels)))
    fitted = load_limits().analyser
    note = f"Limits fitted for {fitted}; seen by {analyser.version}."
    return Section(ID, TITLE, lines=tuple(lines), notes=(note,))


def _strangers(analyser: Analyser) -> Iterator[Line]:
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for kind, pixels in strangers(_STRANGERS, seed=1):
        by_kind[kind].append(_blamed(sight_with(analyser, pixels), "jewellery"))
    for kind, found in by_kind.items():
        yield Line(f"no jewellery: {kind}", share(found))
    yield Line("no jewellery, all kinds", share([each for found in by_kind.values() for each in found]))


def _alarms(analyser: Analyser, clean: Sequence[CleanPhoto]) -> Iterator[Line]:
    sights = [(photo, sight_with(analyser, photo.pixels)) for photo in clean]
    yield _alarm("jewellery", (sight for _, sight in sights))
    yield _alarm("sharpness", (sight for photo, sight in sights if counts_for(photo, "sharpness")))
    yield _alarm("cut", (sight for photo, sight in sights if stands_free(photo)))


def _real(analyser: Analyser, real: Path, names: Sequence[str]) -> Iterator[Line]:
    images = real / "images" if (real / "images").is_dir() else real
    sights = [sight_with(analyser, _read(images / name)) for name in names]
    yield _alarm("jewellery", sights, of="real photos of jewellery")
    others = real / "strangers"
    if others.is_dir():
        found = [_blamed(sight_with(analyser, pixels), "jewellery") for pixels in _pictures(others)]
        yield Line("no jewellery, real pictures", share(found))


def _alarm(name: str, sights: Iterable[Sight], *, of: str = "drawn photos") -> Line:
    blamed = [_blamed(sight, name) for sight in sights if name in sight.figures]
    return Line(f"false alarms of {FAULT_WORDS[name]}, {of}", share(blamed), at_most=True)


def _blamed(sight: Sight, name: str) -> bool:
    figures: Mapping[str, float] = sight.figures
    return name in figures and load_limits().for_seen().is_fault(name, figures[name])


def _pictures(folder: Path) -> Iterator[Pixels]:
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in {".png", ".jpg", ".jpeg", ".webp"}:
            with Image.open(path) as image:
                yield np.asarray(image.convert("RGB"))


def _read(path: Path) -> Pixels:
    return decode(path.read_bytes(), shrink_to=_SIDE).pixels
