"""The looks a scan takes of every picture: fingerprints that find it again, and measures that tell its quality."""

from __future__ import annotations

from parure.curate.duplicates_prints import fingerprints_of
from parure.curate.scan_read import Looks
from parure.curate.values import Fingerprints, Measures
from parure.images import Limits, Picture
from parure.images.quality import measure

__all__ = ["usual_looks"]

_VERSION = "3"  # to be raised whenever a look comes out differently: every file is then read again


def usual_looks(limits: Limits) -> Looks:
    return Looks(_VERSION, _fingerprints, _measure, limits)


def _fingerprints(picture: Picture, sha256: str) -> Fingerprints:
    return fingerprints_of(picture.pixels, sha256=sha256)


def _measure(picture: Picture) -> Measures:
    measured = measure(picture)
    header = picture.header
    return Measures(header.width, header.height, measured.scores, measured.background, measured.piece)
