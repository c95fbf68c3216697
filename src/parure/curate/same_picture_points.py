"""Points of a picture (D. Lowe's SIFT), and the maps that matched points of two pictures agree on.

Mirrored pictures need no second look: seen in a mirror a descriptor's cells swap sides and its directions turn the
other way round, which is one reordering of its 128 numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.curate.duplicates_frame import Affine
from parure.curate.same_picture_opencv import opencv
from parure.images import Pixels

__all__ = ["Points", "find_points", "maps_by_points"]

_SIDE = 160  # pixels: finer points than a picture of this side has are seldom found again, and take half of the time
_POINTS = 250
_CONTRAST = 0.015  # of the difference of Gaussians; plain bands have little
_MATCHES = 120
_LEAST_COSINE = 0.7
_REACH = 3.0  # pixels from where the map says
_FEWEST = 6  # points that have to agree, of which three make any map
_MOST_STRETCH, _MOST_SCALE = 2.2, 7.0
Floats = NDArray[Any]
Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]  # rows of the first and of the second points


@dataclass(frozen=True, eq=False)
class Points:
    """`places` (n, 2) x and y in pixels; `levels` (n, 128), descriptors in 255 steps: a byte each is fine enough."""

    places: NDArray[np.float32]
    levels: NDArray[np.uint8]

    @property
    def descriptors(self) -> NDArray[np.float32]:
        """(n, 128) of length 1."""
        plain = self.levels.astype(np.float32)
        return np.asarray(plain / np.maximum(1e-6, np.linalg.norm(plain, axis=1, keepdims=True)))


def mirrored(descriptors: Floats) -> Floats:
    """(n, 128): those that the same places would have in a mirror."""
    cells = descriptors.reshape(-1, 4, 4, 8)[:, ::-1]
    return np.asarray(cells[..., _OTHER_WAY].reshape(-1, 128))


_OTHER_WAY = (-np.arange(8)) % 8


def find_points(pixels: Pixels, shown: NDArray[np.uint8]) -> Points:
    """Points of (h, w, 3) pixels where `shown` (h, w) is not 0. Raises `MissingExtra` without OpenCV."""
    cv2 = opencv()
    grey, share = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), _SIDE / max(shown.shape)
    if share < 1:
        grey = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        shown = cv2.resize(shown, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    finder = cv2.SIFT_create(nfeatures=_POINTS, nOctaveLayers=2, contrastThreshold=_CONTRAST, edgeThreshold=12)
    found, descriptors = finder.detectAndCompute(grey, shown)
    if descriptors is None or not len(found):
        return Points(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.uint8))
    larger = np.array([pixels.shape[1] / grey.shape[1], pixels.shape[0] / grey.shape[0]])
    places = (np.array([point.pt for point in found]) + 0.5) * larger - 0.5
    shares = descriptors / np.maximum(1e-6, descriptors.sum(axis=1, keepdims=True))
    roots = np.sqrt(shares)  # R. Arandjelović: roots of shares
    levels = np.rint(255 * roots / max(1e-6, float(roots.max())))
    return Points(places.astype(np.float32), levels.astype(np.uint8))


def maps_by_points(there: Points, back: Points) -> list[Affine]:
    """The plain and the mirrored map, as far as points agree on one, the better supported first."""
    if min(len(there.places), len(back.places)) < _FEWEST:
        return []
    ours, theirs = there.descriptors, back.descriptors
    plain = _agreed(there, back, _matched(ours, theirs), mirrored=False)
    other = _agreed(there, back, _matched(mirrored(ours), theirs), mirrored=True)
    return [found for _, found in sorted((each for each in (plain, other) if each), key=lambda each: -each[0])]


def _agreed(there: Points, back: Points, pairs: Pairs, *, mirrored: bool) -> tuple[int, Affine] | None:
    """How many points agree, and on what."""
    ours, theirs = pairs
    if len(ours) < _FEWEST:
        return None
    found, agreeing = opencv().estimateAffine2D(
        there.places[ours], back.places[theirs], ransacReprojThreshold=_REACH, maxIters=2000, confidence=0.995
    )
    if found is None or int(agreeing.sum()) < _FEWEST or not _plausible(found, mirrored=mirrored):
        return None
    return int(agreeing.sum()), np.asarray(found, np.float64)


def _matched(ours: Floats, theirs: Floats) -> Pairs:
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
