"""Whether two pictures are one: which map leads from one to the other, and whether they agree under it in all places.

Maps are proposed, cheapest first: the whole frame laid on the whole frame in eight ways, then what matched points
agree on. A map alone proves nothing, since a watermark or a ground is shared by a thousand pictures. So each is tried
on all pixels that both show: light and dark have to run alike everywhere, and one change of colour for the whole
picture has to explain every part. Where the first holds and the second does not, it is a variant of the design.

Maps are affine: what is done to a picture on a screen keeps parallels, and six numbers are sure where eight are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from parure.curate.duplicates_frame import Affine
from parure.curate.same_picture_colour import recoloured_share
from parure.curate.same_picture_look import Look, Sketch, after, look_at
from parure.curate.same_picture_overlay import Overlay, lay_over, refined
from parure.curate.same_picture_points import maps_by_points

__all__ = ["Comparison", "Likeness", "Look", "Sketch", "Transform", "compare", "look_at", "maps_between", "try_maps"]

AGREEMENT = 0.885  # mean local correlation from which light and dark are said to run alike
ONE_SIDED, AT_LEAST = (
    0.89,
    0.45,
)  # the same where one picture shows something, if it is no less than this where any does
WORTH_REFINING = 0.35  # below, no small shift of the map would help
SURE = 0.92  # no need to look whether another map agrees more
RECOLOURED = 0.002  # share of what shows something that may be of another colour
LEAST_SHARED, LEAST_OF_ONE = 0.3, 0.6  # of the joint area; of the area of the one that shares more
_WHOLE_FRAME = 0.8  # correlation of two 32 x 32 thumbnails from which that map is tried
_TRIED = 2  # of the eight whole-frame maps, at most


class Likeness(StrEnum):
    SAME = "same"  # one picture, perhaps changed as a whole
    VARIANT = "variant"  # the same geometry, other colours at the piece
    OTHER = "other"


@dataclass(frozen=True)
class Transform:
    """What leads from the first picture to the second: mirrored (left to right) first, then turned counter-clockwise.

    `degrees` -180 to 180; `scale` of lengths, with both frames' longer sides as unit; `stretch` at least 1.
    """

    mirrored: bool
    degrees: float
    scale: float
    stretch: float

    @property
    def words(self) -> str:
        """ "mirrored, turned by 25°"; "as it is" where nothing is worth saying."""
        told = ["mirrored"] if self.mirrored else []
        told += [f"turned by {abs(self.degrees):.0f}°"] if abs(self.degrees) >= 1.5 else []
        told += [f"stretched by {self.stretch:.2f}"] if self.stretch >= 1.03 else []
        told += [f"scaled by {self.scale:.2f} in its frame"] if abs(np.log(self.scale)) >= 0.03 else []
        return ", ".join(told) or "as it is"


@dataclass(frozen=True)
class Comparison:
    """`overlap`: area that both show, of the area that either shows. `agreement`: -1 to 1, of light and dark there.

    `recoloured`: share of the textured area whose colour no change of the whole picture explains. `transform` is that
    of the best map tried, None where there was none.
    """

    likeness: Likeness
    overlap: float = 0.0
    agreement: float = 0.0
    recoloured: float = 0.0
    transform: Transform | None = None


def compare(first: Look, second: Look) -> Comparison:
    """Looks of two pictures, in either order. Raises `MissingExtra` without OpenCV."""
    return try_maps(first, second, maps_between(first.sketch, second.sketch))


def maps_between(first: Sketch, second: Sketch) -> Iterator[Affine]:
    """Affine maps from the first content's pixels to the second's, cheapest first; where none is, there is no likeness.

    Raises `MissingExtra` without OpenCV.
    """
    yield from _whole_frame(first, second)
    yield from maps_by_points(first.points, second.points)


def try_maps(first: Look, second: Look, maps: Iterable[Affine]) -> Comparison:
    """By the map under which both agree most."""
    best: Overlay | None = None
    for there in maps:
        laid = lay_over(first, second, there)
        if laid is not None and WORTH_REFINING <= laid.agreement < SURE:
            laid = refined(first, second, laid)
        if laid is not None and (best is None or laid.agreement > best.agreement):
            best = laid
        if best is not None and _holds(best) and best.agreement >= SURE:
            break
    return _judged(first, second, best) if best is not None else Comparison(Likeness.OTHER)


def _whole_frame(first: Sketch, second: Sketch) -> Iterator[Affine]:
    alike = second.views @ np.ravel(first.thumbnail.astype(np.float32))
    for view in np.argsort(-alike)[:_TRIED]:
        if alike[view] >= _WHOLE_FRAME:
            yield _view_map(first, second, int(view))


def _view_map(first: Sketch, second: Sketch, view: int) -> Affine:
    """The map that lays the first frame on the view of the second: bit 0 left to right, 1 upside down, 2 transposed."""
    (rows, columns), (height, width) = first.shape, second.shape
    unit = np.array([[1 / columns, 0, 0], [0, 1 / rows, 0], [0, 0, 1.0]])
    if view & 1:
        unit = np.array([[-1, 0, 1], [0, 1, 0], [0, 0, 1.0]]) @ unit
    if view & 2:
        unit = np.array([[1, 0, 0], [0, -1, 1], [0, 0, 1.0]]) @ unit
    if view & 4:
        unit = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1.0]]) @ unit
    return np.asarray((np.diag([width, height, 1.0]) @ unit)[:2])


def _holds(laid: Overlay) -> bool:
    shared = laid.overlap >= LEAST_SHARED and max(laid.of_first, laid.of_second) >= LEAST_OF_ONE
    alike = laid.agreement >= AGREEMENT or (laid.one_sided >= ONE_SIDED and laid.agreement >= AT_LEAST)
    return alike and shared


def _judged(first: Look, second: Look, laid: Overlay) -> Comparison:
    transform = _transform(first, second, laid.there)
    if not _holds(laid):
        return Comparison(Likeness.OTHER, laid.overlap, laid.agreement, 0.0, transform)
    recoloured = recoloured_share(laid)
    if recoloured > RECOLOURED:  # or does an edge lie a pixel beside the other?
        better = refined(first, second, laid)
        recoloured = min(recoloured, recoloured_share(better)) if better is not laid else recoloured
    likeness = Likeness.VARIANT if recoloured > RECOLOURED else Likeness.SAME
    return Comparison(likeness, laid.overlap, laid.agreement, recoloured, transform)


def _transform(first: Look, second: Look, there: Affine) -> Transform:
    whole = after(second.to_picture, after(there, _inverse(first.to_picture)))[:, :2]
    mirrored = bool(np.linalg.det(whole) < 0)
    turning = whole @ np.diag([-1.0 if mirrored else 1.0, 1.0])
    left, sizes, right = np.linalg.svd(turning)
    turn = left @ right
    degrees = float(np.degrees(np.arctan2(-turn[1, 0], turn[0, 0])))  # y runs down
    scale = float(np.sqrt(sizes.prod())) * first.longest / second.longest
    return Transform(mirrored, round(degrees, 1), round(scale, 3), round(float(sizes[0] / sizes[1]), 3))


def _inverse(there: Affine) -> Affine:
    return np.asarray(np.linalg.inv(np.vstack([there, [0, 0, 1]]))[:2])
