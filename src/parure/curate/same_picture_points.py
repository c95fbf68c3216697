"""Points of a picture (D. Lowe's SIFT), and the maps that matched points of two pictures agree on.

Mirrored pictures need no second look: seen in a mirror a descriptor's cells swap sides and its directions turn the
other way round, which is one reordering of its 128 numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from parure.curate.duplicates_frame import Affine
from parure.curate.same_picture_opencv import opencv
from parure.images import Pixels

if TYPE_CHECKING:
    from parure.curate.same_picture_look import Look

__all__ = ["Points", "find_points", "maps_by_points"]

_POINTS = 250
_CONTRAST = 0.015  # of the difference of Gaussians; plain bands have little
_MATCHES = 120
_LEAST_COSINE = 0.7
_REACH = 3.0  # pixels from where the map says
_FEWEST = 6  # points that have to agree, of which three make any map
_MOST_STRETCH, _MOST_SCALE = 2.2, 7.0
Floats = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Points:
    """`places` (n, 2) x and y in pixels, `descriptors` (n, 128) of length 1."""

    places: NDArray[np.float32]
    descriptors: NDArray[np.float32]

    @property
    def mirrored(self) -> NDArray[np.float32]:
        """The descriptors that the same places would have in a mirror."""
        cells = self.descriptors.reshape(-1, 4, 4, 8)[:, ::-1]
        return np.asarray(cells[..., _OTHER_WAY].reshape(-1, 128))


_OTHER_WAY = (-np.arange(8)) % 8


def find_points(pixels: Pixels, shown: NDArray[np.uint8]) -> Points:
    """Points of (h, w, 3) pixels where `shown` (h, w) is not 0. Raises `MissingExtra` without OpenCV."""
    cv2 = opencv()
    finder = cv2.SIFT_create(nfeatures=_POINTS, nOctaveLayers=2, contrastThreshold=_CONTRAST, edgeThreshold=12)
    found, descriptors = finder.detectAndCompute(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), shown)
    if descriptors is None or not len(found):
        return Points(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32))
    places = np.array([point.pt for point in found], np.float32)
    shares = descriptors / np.maximum(1e-6, descriptors.sum(axis=1, keepdims=True))
    return Points(places, np.asarray(np.sqrt(shares), np.float32))  # R. Arandjelović: roots of shares


def maps_by_points(first: Look, second: Look) -> Iterator[Affine]:
    """The plain and the mirrored map, as far as points agree on one, the better supported first."""
    there, back = first.points, second.points
    if min(len(there.places), len(back.places)) < _FEWEST:
        return
    plain = _agreed(there, back, there.descriptors, mirrored=False)
    other = _agreed(there, back, there.mirrored, mirrored=True)
    for _, found in sorted((each for each in (plain, other) if each), key=lambda each: -each[0]):
        yield found


def _agreed(there: Points, back: Points, descriptors: Floats, *, mirrored: bool) -> tuple[int, Affine] | None:
    """How many points agree, and on what."""
    ours, theirs = _matched(descriptors, back.descriptors)
    if len(ours) < _FEWEST:
        return None
    found, agreeing = opencv().estimateAffine2D(
        there.places[ours], back.places[theirs], ransacReprojThreshold=_REACH, maxIters=2000, confidence=0.995
    )
    if found is None or int(agreeing.sum()) < _FEWEST or not _plausible(found, mirrored=mirrored):
        return None
    return int(agreeing.sum()), np.asarray(found, np.float64)


def _matched(ours: Floats, theirs: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs that are each other's nearest; those that stand out most from their second nearest first."""
    alike = ours @ theirs.T
    best, back = alike.argmax(axis=1), alike.argmax(axis=0)
    mine = np.flatnonzero((back[best] == np.arange(len(ours))) & (alike.max(axis=1) >= _LEAST_COSINE))
    two = np.partition(alike[mine], -2, axis=1)[:, -2:]
    order = mine[np.argsort(two[:, 0] - two[:, 1], kind="stable")][:_MATCHES]
    return order, best[order]


def _plausible(found: Floats, *, mirrored: bool) -> bool:
    if not np.isfinite(found).all() or (np.linalg.det(found[:, :2]) < 0) != mirrored:
        return False
    large, small = np.linalg.svd(found[:, :2], compute_uv=False)
    return bool(small > 1 / _MOST_SCALE and large < _MOST_SCALE and large < _MOST_STRETCH * small)
