"""Fit the limits of what an analyser sees, from drawn photographs and, where there are some, real ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from parure import images
from parure.curate.quality_seen import Sight, sight_of
from parure.errors import ImageError
from parure.evaluation.curate.quality import ENOUGH, counts_for, file_width
from parure.evaluation.curate.quality_photos import CleanPhoto
from parure.evaluation.real_photos import in_half, read_real_photos
from parure.images import Header, Picture, Pixels
from parure.vision.analysis import Analyser

__all__ = ["FALSE_ALARMS", "fit_seen", "limit_of", "lower_seen", "sight_with", "stands_free"]

FALSE_ALARMS = 0.01
_DOUBT = 0.05  # probability of the sheet's type below which a person should look
_REAL = 600  # real photos shown to the analyser
_SIDE = 832  # px, as `parure curate see` reads them


def fit_seen(photos: Sequence[CleanPhoto], analyser: Analyser) -> dict[str, float]:
    """Limits of what the analyser tells. That of "type_agrees" is a choice, not a fit: see `_DOUBT`."""
    sights = [(photo, sight_with(analyser, photo.pixels)) for photo in photos]
    limits = {"jewellery": limit_of([sight.figures["jewellery"] for _, sight in sights], low=True)}
    for name, counts in (("sharpness", counts_for), ("cut", stands_free)):
        figures = [sight.figures[name] for photo, sight in sights if name in sight.figures and counts(photo, name)]
        limits[name] = limit_of(figures, low=name == "sharpness")
    sizes = [
        sight_with(analyser, photo.pixels, width=file_width(photo, ENOUGH)).figures.get("resolution", 1.0)
        for photo, _ in sights
        if stands_free(photo)
    ]
    return {**limits, "resolution": limit_of(sizes, low=True), "type_agrees": _DOUBT}


def lower_seen(limits: Mapping[str, float], real: Path, analyser: Analyser) -> dict[str, float]:
    """That of "jewellery" as low as it takes for no more than one in a hundred real photos to be blamed: pieces worn
    at arm's length are found less surely than drawn ones. Raises `IntakeError` where `real` has no manifest."""
    photos = [photo.path for photo in read_real_photos(real) if in_half(photo, "choose")]
    seen = [
        sight_with(analyser, pixels).figures["jewellery"]
        for pixels in _readable(photos[:: max(1, len(photos) // _REAL)])
    ]
    lowered = limit_of(seen, low=True) if seen else limits["jewellery"]
    return {**limits, "jewellery": min(limits["jewellery"], lowered)}


def _readable(paths: Sequence[Path]) -> Iterator[Pixels]:
    """Without what is missing or no picture."""
    for path in paths:
        try:
            yield images.decode(path.read_bytes(), shrink_to=_SIDE).pixels
        except (OSError, ImageError):
            continue


def sight_with(analyser: Analyser, pixels: Pixels, *, width: int = 0) -> Sight:
    """`width` is what the file is said to have; by default what it has."""
    height = round(pixels.shape[0] * width / pixels.shape[1]) if width else pixels.shape[0]
    picture = Picture(pixels, Header("jpeg", width or pixels.shape[1], height))
    return sight_of(picture, analyser.analyse_images([pixels])[0], analyser.version)


def stands_free(photo: CleanPhoto, name: str = "cut") -> bool:
    """Known to be whole and not worn, so that whatever runs along the frame is no fault."""
    return photo.whole and photo.background != "worn"


def limit_of(figures: Sequence[float], *, low: bool) -> float:
    """The figure from which on one of a hundred is blamed: below it where `low`, else above."""
    return round(float(np.quantile(figures, FALSE_ALARMS if low else 1 - FALSE_ALARMS)), 4)
